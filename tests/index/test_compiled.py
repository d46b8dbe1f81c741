"""Compiled kernels: machine code that is kept on disk serves until any kernel changes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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


def run(folder: Path, program: str = "import index.kernels.sums") -> str:
    """Import the kernel in a new process, and call it; return what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(folder.parents[1])}
    environment.pop("NUMBA_CACHE_DIR", None)
    environment["HOME"] = "/proc/nowhere"
    command = [sys.executable, "-c", program]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env=environment, cwd=folder.parents[1]
    )
    return done.stdout.strip()


WITHOUT_RIGHTS = """
import ctypes
header, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
assert ctypes.CDLL(None).capset(header, none) == 0
from index.kernels.sums import add_one
print(sum(add_one.stats.cache_hits.values()))
"""
"""Give up all rights of an administrator, who may write anywhere; then call the kernel. Prints how
often its machine code was found, too."""


@contextmanager
def closed_to_writers(folder: Path) -> Iterator[None]:
    """Let nobody write below a folder."""
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for path in folders:
        path.chmod(0o555)
    try:
        yield
    finally:
        for path in folders:
            path.chmod(0o755)


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


@pytest.mark.skipif(sys.platform != "linux", reason="gives up rights in the way of Linux")
def test_user_who_may_write_nothing_gets_the_kept_machine_code(kernels: Path) -> None:
    """And where there is none, compiles for itself; there is no traceback either way."""
    with closed_to_writers(kernels.parent):
        assert run(kernels, WITHOUT_RIGHTS) == "6\n0"
        assert kept(kernels) == {}
    assert run(kernels) == "6"
    before = kept(kernels)
    with closed_to_writers(kernels.parent):
        assert run(kernels, WITHOUT_RIGHTS) == "6\n1"
    assert kept(kernels) == before != {}
