"""The start of every script: Ctrl-C while it loads, and a memory that is too small to load."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hang_guard import HANG_SECONDS

SCRIPTS = Path(__file__).parents[2] / "scripts"
FAILED, STOPPED = 1, 130
PRESS = """
import os, signal, sys

class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if signal.getsignal(signal.SIGINT) != signal.default_int_handler:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Finder)
"""
"""Presses Ctrl-C at the first import after a script has said that it is ready for it."""
LOADING = ("backup", "check_index", "explain")
BUILDING = ("reindex", "correct", "serve")


def run(name: str, megabytes: int = 0, path: Path | None = None) -> tuple[int, str]:
    """Ask a script for help; return its exit code, and what it says of failing.

    Args:
        name: of the script.
        megabytes: the address space that it may take; 0 for any.
        path: a folder with a module that Python loads first.
    """

    def limit() -> None:
        if megabytes:
            resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    ran = subprocess.run(
        [sys.executable, str(SCRIPTS / f"{name}.py"), "--help"],
        capture_output=True,
        text=True,
        check=False,
        timeout=HANG_SECONDS,
        preexec_fn=limit,
        env={"PYTHONPATH": f"{path}:{SCRIPTS.parent}"} if path else None,
    )
    return ran.returncode, ran.stderr


@pytest.mark.parametrize("name", sorted(path.stem for path in SCRIPTS.glob("*.py")))
def test_ctrl_c_while_a_script_loads_is_one_line(tmp_path: Path, name: str) -> None:
    """And the exit code of a command that was stopped."""
    (tmp_path / "sitecustomize.py").write_text(PRESS)
    assert run(name, path=tmp_path) == (STOPPED, f"{name}: stopped; nothing was changed\n")


@pytest.mark.parametrize(
    ("name", "megabytes"),
    [
        *((name, most) for name in BUILDING for most in (400, 700, 1000)),
        *((name, most) for name in LOADING for most in (300, 500)),
    ],
)
def test_memory_that_is_too_small_is_a_sentence(name: str, megabytes: int) -> None:
    """Libraries written in C would end the process, or wait for ever, while they are loaded."""
    code, told = run(name, megabytes)
    assert (code, told.count("\n")) == (FAILED, 1)
    assert "ulimit -v" in told
