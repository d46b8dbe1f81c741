"""Campaigns, each in short, and the disk that loses power."""

import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hang_guard import HANG_SECONDS

SCRIPTS = Path(__file__).parents[2] / "scripts"
SCRIPT = SCRIPTS / "campaign.py"
USAGE = 2


@pytest.fixture(scope="module")
def campaigns() -> dict[str, Any]:
    """Return the names of the script, without running it; its packages can be imported then."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SCRIPTS))
        return runpy.run_path(str(SCRIPT))


@pytest.fixture
def recorded(campaigns: dict[str, Any], tmp_path: Path) -> Any:
    """Return what runs a program that changes a folder, on a disk that records it."""
    assert campaigns["CAMPAIGNS"]
    recording = sys.modules["campaigns.recording"]
    model = sys.modules["campaigns.disk_model"]
    if not recording.can_record():
        pytest.skip("no C compiler, or not Linux")
    root = tmp_path / "disk"
    root.mkdir()

    def run(program: str) -> Any:
        disk = model.Disk(root)
        library = recording.build_library(recording.SOURCE, tmp_path)
        command = [sys.executable, "-c", f"import os, sys; os.chdir(sys.argv[1])\n{program}", root]
        for change in recording.record(library, list(map(str, command)), tmp_path / "log"):
            disk.apply(change)
        on_disk = {path.name: path.read_bytes() for path in root.iterdir()}
        assert disk.live() == on_disk
        return [
            disk.after_cut(getattr(model, name)) for name in ("LOST", "NAMES_ONLY", "BYTES_ONLY")
        ]

    return run


def test_time_over_the_limit_is_measured_for_each_address(
    campaigns: dict[str, Any], tmp_path: Path
) -> None:
    """Of a small archive, once each: figures, with none left out."""
    task = campaigns["Task"](tmp_path, seed=1, is_short=True, rounds=1)
    outcome = campaigns["measure_time_limit"](task)
    measured = [what for what in outcome.tried if what.startswith("ms over the limit")]
    assert len(measured) > 30
    assert "ms over the limit: similar articles 2" in measured  # of long texts, and of a usual one
    assert outcome.tried["requests"] % len(measured) == 0


def test_power_cuts_leave_an_index(campaigns: dict[str, Any], tmp_path: Path) -> None:
    """The old one or the new one, at every change to the disk; once a command ends, the new one."""
    if not sys.modules["campaigns.recording"].can_record():
        pytest.skip("no C compiler, or not Linux")
    outcome = campaigns["cut_power"](campaigns["Task"](tmp_path, seed=1, is_short=True))
    assert outcome.failures == []
    assert outcome.tried["different disks that a cut left"] > 100


@pytest.mark.parametrize(
    "name",
    [
        "errors",
        "openings",
        "kills",
        "damage",
        "load",
        "swaps",
        "http",
        "soak",
        "slow-readers",
        "fuzz",
    ],
)
def test_short_campaign_finds_no_failure(
    campaigns: dict[str, Any], tmp_path: Path, name: str
) -> None:
    """What it tries is tried, and all is as docs/reliability.md promises."""
    if not sys.modules["campaigns.recording"].can_record():
        pytest.skip("no C compiler, or not Linux")
    run = next(each.run for each in campaigns["CAMPAIGNS"] if each.name == name)
    outcome = run(campaigns["Task"](tmp_path, seed=1, is_short=True))
    assert outcome.failures == []
    assert sum(outcome.tried.values())


SYNCED = "f = open('a', 'wb'); f.write(b'xy'); f.flush(); os.fsync(f.fileno())"
NAMED = f"{SYNCED}; os.fsync(os.open('.', os.O_RDONLY))"
WHOLE = {"a": b"xy"}


@pytest.mark.parametrize(
    ("program", "left"),
    [
        ("open('a', 'wb').write(b'xy')", [{}, {"a": b""}, {}]),
        (SYNCED, [{}, WHOLE, {}]),
        (f"{NAMED}; os.rename('a', 'b')", [WHOLE, {"b": b"xy"}, WHOLE]),
        (f"{NAMED}; os.link('a', 'c'); os.unlink('a')", [WHOLE, {"c": b"xy"}, WHOLE]),
        (f"{NAMED}; os.pwrite(f.fileno(), b'z', 1)", [WHOLE, WHOLE, {"a": b"xz"}]),
        (f"{NAMED}; f.truncate(1)", [WHOLE, WHOLE, {"a": b"x"}]),
    ],
)
def test_what_is_not_synced_may_be_lost(
    recorded: Any, program: str, left: list[dict[str, bytes]]
) -> None:
    """Its bytes, its name, or both, in whatever order; and every change is seen."""
    assert recorded(program) == left


def test_sqlite_and_numpy_are_seen(recorded: Any) -> None:
    """What a library in C writes is written by the C library's functions, too."""
    program = (
        "import sqlite3, numpy\n"
        "database = sqlite3.connect('q')\n"
        "database.execute('CREATE TABLE t (n)')\n"
        "database.executemany('INSERT INTO t VALUES (?)', [(n,) for n in range(9999)])\n"
        "database.commit()\n"
        "open('n', 'wb').write(numpy.arange(9).data)"
    )
    recorded(program)


def test_unknown_campaign_is_wrong_usage() -> None:
    """The message names those that there are."""
    ran = subprocess.run(
        [sys.executable, str(SCRIPT), "floods"],
        capture_output=True,
        text=True,
        check=False,
        timeout=HANG_SECONDS,
    )
    assert ran.returncode == USAGE
    assert "power-cuts" in ran.stderr
