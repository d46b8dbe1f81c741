"""Record what a command does to files: a library is built and loaded before the C library.

It needs a C compiler (`cc`). The records come back in the order of the changes.
"""

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

from index.errors import ArchiveError

SOURCE = Path(__file__).with_name("recorder.c")
COMPILER = "cc"
_HEAD = struct.Struct("<IIQQQ")


class Kind(IntEnum):
    """Kinds of changes, numbered as in recorder.c."""

    CREATE = 1
    RESIZE = 2
    WRITE = 3
    SYNC = 4
    RENAME = 5
    LINK = 6
    UNLINK = 7
    MKDIR = 8
    RMDIR = 9
    UNSEEN = 10


class Change(NamedTuple):
    """A change to a file or a folder.

    Attributes:
        kind: what was done.
        inode: of the file or folder, where the change goes by it.
        number: the offset of a write, or the new size.
        first: a path, or the bytes that were written.
        second: the path of the new name.
    """

    kind: Kind
    inode: int
    number: int
    first: bytes
    second: bytes


class RecorderError(ArchiveError):
    """What a command does to files cannot be recorded on this machine."""


def can_record() -> bool:
    """Return whether this machine has what recording needs."""
    return sys.platform == "linux" and shutil.which(COMPILER) is not None


def build_library(source: Path, folder: Path) -> Path:
    """Compile a source in C into a folder; return the library.

    Raises:
        RecorderError: when there is no compiler, or it fails.
    """
    library = folder / f"{source.stem}.so"
    if not can_record():
        raise RecorderError("This campaign needs Linux and a C compiler: apt-get install gcc")
    libraries = ["-lpthread", "-ldl"]
    ran = subprocess.run(  # noqa: S603 - our own source
        [COMPILER, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), *libraries],
        capture_output=True,
        check=False,
    )
    if ran.returncode:
        raise RecorderError(f"{source.name} does not compile: {ran.stderr.decode()}")
    return library


def record(library: Path, command: Sequence[str], log: Path) -> list[Change]:
    """Run a command; return its changes to files and folders.

    Raises:
        RecorderError: when the command fails.
    """
    log.unlink(missing_ok=True)
    loaded = {"LD_PRELOAD": str(library), "KLIPING_RECORD": str(log)}
    ran = subprocess.run(  # noqa: S603 - the campaign's own commands
        command, env={**os.environ, **loaded}, capture_output=True, check=False
    )
    if ran.returncode:
        raise RecorderError(f"{' '.join(command)} failed: {ran.stderr.decode()}")
    return list(read_changes(log.read_bytes()))


def read_changes(data: bytes) -> Iterator[Change]:
    """Yield the changes in the bytes of a record."""
    at = 0
    while at < len(data):
        kind, first, inode, number, second = _HEAD.unpack_from(data, at)
        start = at + _HEAD.size
        at = start + first + second
        yield Change(
            Kind(kind), inode, number, data[start : start + first], data[start + first : at]
        )
