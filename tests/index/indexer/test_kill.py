"""A build that is killed at any moment leaves one whole index, and the next build clears up.

A process of its own builds a second generation over `OLD_IDS` and kills itself with SIGKILL: at a
step of `index.indexer.build.STEPS`, or while it reads. That it died so is asserted first, so these
tests fail when the kill is removed.
"""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import IndexMissingError, NoDocumentsError, NoPreviousGenerationError
from index.indexer.build import STEPS, build_index
from index.indexer.rollback import roll_back_index as roll_back
from tests.hang_guard import HANG_SECONDS

Served = Callable[[Path], list[str]]
Articles = Callable[..., Path]

READING = "reading"
"""The moment within the first step at which articles come in."""

NEW_IDS = ["baru-1", "baru-2", "baru-3", "baru-4"]
NEXT_IDS = ["lain-1", "lain-2", "lain-3", "lain-4"]

KILLED_BUILD = """
import os, signal, sys
from pathlib import Path
from index.ingest import ReadOptions
from index.indexer.build import build_index

archive, index_path, moment = sys.argv[1:]

def die_at(step):
    if step == moment:
        os.kill(os.getpid(), signal.SIGKILL)

build_index([Path(archive)], Path(index_path),
            ReadOptions(on_bytes=lambda _: die_at("reading")), on_step=die_at)
"""


def build_and_die(archive: Path, index_path: Path, moment: str) -> None:
    """Build in another process that kills itself at the moment, and make sure that it did."""
    command = [sys.executable, "-c", KILLED_BUILD, str(archive), str(index_path), moment]
    ran = subprocess.run(command, check=False, timeout=HANG_SECONDS)
    assert ran.returncode == -signal.SIGKILL


def left_over(index_path: Path) -> list[str]:
    """Return what lies in an index directory beside two generations and the files that stay."""
    kept = {"current", "generations", "lock", "rejected.jsonl"}
    numbers = sorted(path.name for path in (index_path / "generations").iterdir())
    return [name for name in numbers if not name.isdigit()] + [
        path.name for path in index_path.iterdir() if path.name not in kept
    ]


@pytest.mark.parametrize("moment", [READING, *STEPS])
def test_killed_build_leaves_one_whole_index_and_the_next_build_works(
    old_index: Path, old_ids: list[str], articles: Articles, served: Served, moment: str
) -> None:
    """Old before the swap, new from it on; nothing of the dead build is in the way or left."""
    build_and_die(articles(*NEW_IDS), old_index, moment)
    is_new = moment in STEPS[STEPS.index("current") :]
    assert served(old_index) == (NEW_IDS if is_new else old_ids)
    report = build_index([articles(*NEXT_IDS, name="next.jsonl")], old_index)
    assert served(old_index) == NEXT_IDS
    assert left_over(old_index) == []
    assert len(list((old_index / "generations").iterdir())) == 2
    assert roll_back(old_index).generation < report.generation
    assert served(old_index) == (NEW_IDS if is_new else old_ids)


@pytest.mark.parametrize("moment", ["committed", "numbered"])
def test_first_build_that_is_killed_leaves_no_index(
    tmp_path: Path, articles: Articles, served: Served, moment: str
) -> None:
    """A generation that was never served is neither opened nor rolled back to."""
    index_path = tmp_path / "index"
    build_and_die(articles(*NEW_IDS), index_path, moment)
    with pytest.raises(IndexMissingError):
        served(index_path)
    build_index([articles(*NEXT_IDS, name="next.jsonl")], index_path)
    assert served(index_path) == NEXT_IDS
    with pytest.raises(NoPreviousGenerationError):
        roll_back(index_path)


def test_build_killed_twice_is_as_good_as_killed_once(
    old_index: Path, old_ids: list[str], articles: Articles, served: Served
) -> None:
    """The remains of one dead build do not hinder another, nor add up."""
    for moment in ("numbered", "synced"):
        build_and_die(articles(*NEW_IDS), old_index, moment)
    assert served(old_index) == old_ids
    build_index([articles(*NEXT_IDS)], old_index)
    assert (served(old_index), left_over(old_index)) == (NEXT_IDS, [])


def test_pointer_that_was_written_and_not_swapped_is_no_hindrance(
    old_index: Path, old_ids: list[str], articles: Articles, served: Served
) -> None:
    """Killed within the last instant before the swap, a build leaves half a pointer beside."""
    (old_index / "current.tmp").write_bytes(b"")
    assert served(old_index) == old_ids
    build_index([articles(*NEXT_IDS)], old_index)
    assert (served(old_index), left_over(old_index)) == (NEXT_IDS, [])


def test_roll_back_after_a_kill_never_serves_what_was_unfinished(
    old_index: Path, articles: Articles, served: Served
) -> None:
    """Only generations that were once current, or could have been, are gone back to."""
    build_index([articles("a", "b", "c")], old_index)
    build_and_die(articles(*NEW_IDS), old_index, "checked")
    roll_back(old_index)
    assert served(old_index) == ["lama-1", "lama-2", "lama-3"]


@pytest.mark.parametrize("moment", ["committed", "numbered", "current"])
def test_next_command_clears_up_before_it_needs_room(
    old_index: Path, articles: Articles, moment: str
) -> None:
    """However many builds were killed, a failing one finds no more than two generations."""
    for _ in range(3):
        build_and_die(articles(*NEW_IDS), old_index, moment)
    folders = []

    def look(step: str) -> None:
        if step == "locked":
            folders.extend(path.name for path in (old_index / "generations").iterdir())

    with pytest.raises(NoDocumentsError):
        build_index([articles()], old_index, on_step=look)
    assert len([name for name in folders if name.isdigit()]) <= 2
    assert len([name for name in folders if name.endswith(".tmp")]) == 1  # its own


def test_rollback_clears_up(old_index: Path, articles: Articles) -> None:
    """It needs hardly any room; but a full disk may be why it is run."""
    build_index([articles(*NEXT_IDS)], old_index)
    build_and_die(articles(*NEW_IDS), old_index, "committed")
    roll_back(old_index)
    assert left_over(old_index) == ["rejected.failed.jsonl"]  # what that one refused
