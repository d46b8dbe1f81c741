"""The units for systemd: systemd itself finds no fault in them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hang_guard import HANG_SECONDS

PROJECT = Path(__file__).parents[2]
UNITS = ("kliping.service", "kliping-update.service", "kliping-update.timer")


@pytest.mark.systemd
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_units_are_verified(tmp_path: Path) -> None:
    """With paths of this machine, since it looks whether programs are there; none has a blank."""
    project, python = tmp_path / "kliping", tmp_path / "python"
    project.symlink_to(PROJECT)
    python.symlink_to(sys.executable)
    for name in UNITS:
        text = (PROJECT / "deploy" / name).read_text()
        text = text.replace("/opt/kliping/.venv/bin/python", str(python))
        (tmp_path / name).write_text(text.replace("/opt/kliping", str(project)))
    ran = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in UNITS)],  # noqa: S607 - wherever it is
        capture_output=True,
        text=True,
        check=False,
        timeout=HANG_SECONDS,
    )
    told = [line for line in (ran.stdout + ran.stderr).splitlines() if "kliping" in line]
    assert (ran.returncode, told) == (0, [])


def test_units_and_container_run_scripts_that_exist() -> None:
    """And the examples name the same port."""
    texts = [(PROJECT / "deploy" / name).read_text() for name in (*UNITS, "Containerfile")]
    scripts = {word for text in texts for word in text.split() if word.startswith("scripts/")}
    named = {word.strip('"],') for word in scripts} | {"scripts/serve.py"}
    assert all((PROJECT / name).is_file() for name in named)
