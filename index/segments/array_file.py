"""One file with many arrays: written once, checked as a whole, then mapped into memory.

    header      magic, version                              16 bytes
    arrays      each from a multiple of 64 bytes on
    directory   JSON: what the arrays are called, their kinds, lengths and places; and what the
                writer adds
    footer      place and length of the directory, checksum of all before, magic     40 bytes

Numbers are little-endian. The checksum is XXH3 of 128 bits, which reads as fast as memory does; it
tells damage, not forgery.
"""

import json
import mmap
import struct
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import xxhash
from numpy.typing import NDArray

from index.segments.errors import SegmentDamagedError, SegmentVersionError

MAGIC = b"KLIPCOLS"
VERSION = 2
"""Raised whenever the form of a segment changes; older ones are refused."""

SUFFIX = ".col"
_ALIGNMENT = 64  # a cache line: no array shares one with its neighbour
_HEADER = struct.Struct("<8sQ")
_FOOTER = struct.Struct("<QQ16s8s")

Arrays = dict[str, NDArray[Any]]


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]], told: Mapping[str, Any]) -> None:
    """Write a file of arrays; `told` is kept with them, as JSON."""
    if sys.byteorder != "little":
        raise SegmentVersionError(path, "it can be written on little-endian machines only")
    with path.open("wb") as file:
        writer = _Writer(file)
        writer.write(_HEADER.pack(MAGIC, VERSION))
        rows = {name: writer.write_array(array) for name, array in arrays.items()}
        directory = json.dumps({"arrays": rows, "told": told}, ensure_ascii=False).encode()
        place = writer.size
        writer.write(directory)
        digest = writer.digest(struct.pack("<QQ", place, len(directory)))
        file.write(_FOOTER.pack(place, len(directory), digest, MAGIC))


def map_arrays(path: Path, descriptor: int, *, is_vouched: bool) -> tuple[Arrays, dict[str, Any]]:
    """Return the arrays of an open file, and what was told with them; nothing is copied.

    Args:
        path: the file, to be named in an error.
        descriptor: the file, open for reading; it may be closed afterwards.
        is_vouched: whether its checksum was compared with one kept elsewhere.

    Raises:
        SegmentDamagedError: when the file was cut or altered.
        SegmentVersionError: when another version wrote it.
    """
    try:
        data = mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
    except (ValueError, OSError) as error:
        raise SegmentDamagedError(path, "it is empty") from error
    if len(data) < _HEADER.size + _FOOTER.size:
        raise SegmentDamagedError(path, "it was cut")
    place, length, digest, magic = _FOOTER.unpack_from(data, len(data) - _FOOTER.size)
    start_magic, version = _HEADER.unpack_from(data)
    if MAGIC not in (magic, start_magic):
        raise SegmentDamagedError(path, "it is no segment")
    if not is_vouched and not (magic == MAGIC and _is_whole(data, digest)):
        raise SegmentDamagedError(path, "it was cut or altered")
    if version != VERSION:
        raise SegmentVersionError(path, f"its version is {version}, not {VERSION}")
    directory = json.loads(data[place : place + length])
    return {name: _array(data, row) for name, row in directory["arrays"].items()}, directory["told"]


def map_file(
    path: Path, opened: Callable[[Path], BinaryIO] = lambda path: path.open("rb")
) -> tuple[Arrays, dict[str, Any]]:
    """Check and map the arrays of the file at a path; see `map_arrays`."""
    with opened(path) as file:
        return map_arrays(path, file.fileno(), is_vouched=False)


def _is_whole(data: mmap.mmap, digest: bytes) -> bool:
    with memoryview(data) as view:
        hashed = xxhash.xxh3_128(view[: len(view) - _FOOTER.size])
        hashed.update(view[len(view) - _FOOTER.size : len(view) - _FOOTER.size + 16])
    return hashed.digest() == digest


def _array(data: mmap.mmap, row: list[Any]) -> NDArray[Any]:
    kind, count, place = row
    return np.frombuffer(data, dtype=np.dtype(kind), count=count, offset=place)


class _Writer:
    """Writes bytes and keeps their checksum and number."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hashed = xxhash.xxh3_128()
        self.size = 0

    def write(self, data: Any) -> None:
        """Write the bytes of anything that holds bytes."""
        self._file.write(data)
        self._hashed.update(data)
        self.size += len(data)

    def write_array(self, array: NDArray[Any]) -> list[Any]:
        """Write an array; return its row of the directory."""
        self.write(bytes(-self.size % _ALIGNMENT))
        row = [array.dtype.str, len(array), self.size]
        self.write(np.ascontiguousarray(array).view(np.uint8).data)
        return row

    def digest(self, last: bytes) -> bytes:
        """Return the checksum of all that was written, and of these bytes behind it."""
        self._hashed.update(last)
        return self._hashed.digest()
