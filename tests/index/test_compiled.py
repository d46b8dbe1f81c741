"""Compiled kernels: machine code that is kept on disk serves until any kernel changes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index import compiled

USER = """
from index.compiled import compiled
from index.kernels.inlined import Numbers, first_of
import numpy as np

@compiled
def add_one(numbers: Numbers) -> int:
    return first_of(numbers) + 1

print(add_one(Numbers(np.arange(5, 9))))
"""

USED = """
from typing import NamedTuple
import numpy as np
from index.compiled import inlined

class {name}(NamedTuple):
    values: np.ndarray

{alias}

@inlined
def first_of(numbers: {name}) -> int:
    return numbers.values[{index}]
"""


@pytest.fixture
def kernels(tmp_path: Path) -> Path:
    """Return a folder of kernels in a project of its own."""
    folder = tmp_path / "index" / "kernels"
    folder.mkdir(parents=True)
    shutil.copyfile(compiled.__file__, tmp_path / "index" / "compiled.py")
    (folder / "sums.py").write_text(USER, encoding="utf-8")
    write_used(folder, "Numbers", 0)
    return folder


def write_used(folder: Path, name: str, index: int) -> None:
    """Write the module from which the kernel inlines a function, and takes a class."""
    alias = "" if name == "Numbers" else f"Numbers = {name}"
    text = USED.format(name=name, alias=alias, index=index)
    (folder / "inlined.py").write_text(text, encoding="utf-8")


def run(folder: Path) -> str:
    """Import the kernel in a new process, and call it; return what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(folder.parents[1])}
    environment.pop("NUMBA_CACHE_DIR", None)
    command = [sys.executable, "-c", "import index.kernels.sums"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env=environment, cwd=folder.parents[1]
    )
    return done.stdout.strip()


def kept(folder: Path) -> dict[Path, int]:
    """Return the files of kept machine code, and when each was written."""
    return {path: path.stat().st_mtime_ns for path in folder.parents[1].rglob("*.nb?")}


def test_change_of_what_a_kernel_inlines_is_seen(kernels: Path) -> None:
    """Though the kernel's own module is the same."""
    assert run(kernels) == "6"
    write_used(kernels, "Numbers", 2)
    assert run(kernels) == "8"


def test_class_of_a_kernel_may_be_renamed(kernels: Path) -> None:
    """Machine code that names the old one is not even read."""
    assert run(kernels) == "6"
    write_used(kernels, "Values", 1)
    assert run(kernels) == "7"


def test_kept_machine_code_is_used_again(kernels: Path) -> None:
    """To compile takes seconds, so a server that starts again must not."""
    run(kernels)
    before = kept(kernels)
    assert len(before) == 2
    assert run(kernels) == "6"
    assert kept(kernels) == before
