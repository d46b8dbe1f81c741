"""Compiled kernels: machine code that is kept on disk serves until a source changes."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]

KERNEL = """
from typing import NamedTuple
import numpy as np
from index.compiled import compiled

class {name}(NamedTuple):
    numbers: np.ndarray

@compiled
def add_up(held: {name}) -> int:
    total = {start}
    for number in held.numbers:
        total += number
    return total

print(add_up({name}(np.arange(4))))
"""


def run_kernel(path: Path, name: str, start: int) -> str:
    """Write a module with a kernel, later than all that is kept, and run it in a new process."""
    path.write_text(KERNEL.format(name=name, start=start), encoding="utf-8")
    last = max((file.stat().st_mtime for file in path.parent.rglob("*.nbi")), default=0)
    os.utime(path, (last + 0.01, last + 0.01))
    return run(path)


def run(path: Path) -> str:
    """Import a module in a new process; return what it prints."""
    environment = {**os.environ, "PYTHONPATH": f"{PROJECT}{os.pathsep}{path.parent}"}
    command = [sys.executable, "-c", f"import {path.stem}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return done.stdout.strip()


def test_kept_machine_code_of_an_older_source_is_not_used(tmp_path: Path) -> None:
    """Not even read: it may name a class that is called otherwise now."""
    path = tmp_path / "sums.py"
    assert run_kernel(path, "Held", 0) == "6"
    assert list(tmp_path.rglob("*.nbi"))
    assert run_kernel(path, "Numbers", 100) == "106"


def test_kept_machine_code_is_used_again(tmp_path: Path) -> None:
    """To compile takes seconds, so a server that starts again must not."""
    path = tmp_path / "sums.py"
    run_kernel(path, "Held", 0)
    kept = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.nb?")}
    assert run(path) == "6"
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.nb?")} == kept
