"""No reader waits for a compiler: what warming up leaves is all that any request needs."""

import json
import subprocess
import sys
from errno import EACCES
from pathlib import Path

import pytest

from search.warm_up import warm_up_kernels

PROGRAM = Path(__file__).with_name("ask_after_warm_up.py")
PROJECT = Path(__file__).parents[2]


def test_no_request_compiles_a_kernel(tmp_path: Path) -> None:
    """In a process of its own, since every other test compiles what it needs."""
    ran = subprocess.run(
        [sys.executable, str(PROGRAM), str(PROJECT / "samples"), str(tmp_path / "index")],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(ran.stdout) == []


def test_folder_that_cannot_be_removed_ends_no_warm_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build warms up, and may be where the system lets nobody remove anything any more."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(EACCES, "denied")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for name in ("unlink", "rmdir"):
        monkeypatch.setattr(f"os.{name}", refuse)
    warm_up_kernels()
    assert list(tmp_path.iterdir())
