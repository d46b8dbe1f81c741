"""A file of named arrays: written once, verified as a whole, then mapped into memory.

    header      magic, version                                           16 bytes
    arrays      each begins at a multiple of 64 bytes
    directory   JSON: the type, length and offset of each array by name, and the writer's metadata
    footer      offset and length of the directory, checksum, magic      40 bytes

Numbers are little-endian. The checksum, XXH3 of 128 bits over all bytes before it, takes no longer
than reading the file does. It detects damage, not forgery.
"""

import json
import mmap
import struct
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import xxhash
from numpy.typing import NDArray

from index.segments.errors import SegmentDamagedError, SegmentVersionError

MAGIC = b"KLIPCOLS"
VERSION = 3
"""Raised whenever the format of a segment changes; older files are refused."""

SUFFIX = ".col"
_ALIGNMENT = 64  # a cache line, so that no array shares one with its neighbour
_HEADER = struct.Struct("<8sQ")
_FOOTER = struct.Struct("<QQ16s8s")

Arrays = dict[str, NDArray[Any]]


def write_arrays(
    path: Path, arrays: Mapping[str, NDArray[Any]], metadata: Mapping[str, Any]
) -> None:
    """Write a file of arrays, and metadata that JSON can hold."""
    if sys.byteorder != "little":
        raise SegmentVersionError(path, "it can be written on little-endian machines only")
    with path.open("wb") as file:
        writer = _Writer(file)
        writer.write(_HEADER.pack(MAGIC, VERSION))
        rows = {name: writer.write_array(array) for name, array in arrays.items()}
        directory = json.dumps({"arrays": rows, "metadata": metadata}, ensure_ascii=False).encode()
        offset = writer.size
        writer.write(directory)
        digest = writer.digest(struct.pack("<QQ", offset, len(directory)))
        file.write(_FOOTER.pack(offset, len(directory), digest, MAGIC))


def map_arrays(path: Path, descriptor: int, *, is_verified: bool) -> tuple[Arrays, dict[str, Any]]:
    """Return the arrays of an open file, without copying them, and its metadata.

    Args:
        path: the file, to name in an error.
        descriptor: the file, open for reading; it may be closed afterwards.
        is_verified: whether the file was already compared with a checksum kept elsewhere.

    Raises:
        SegmentDamagedError: when the file was cut or altered.
        SegmentVersionError: when another version wrote it.
        OSError: when the system does not map it, for want of memory.
    """
    try:
        data = mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
    except ValueError as error:
        raise SegmentDamagedError(path, "it is empty") from error
    if len(data) < _HEADER.size + _FOOTER.size:
        raise SegmentDamagedError(path, "it was cut")
    offset, length, digest, magic = _FOOTER.unpack_from(data, len(data) - _FOOTER.size)
    start_magic, version = _HEADER.unpack_from(data)
    if MAGIC not in (magic, start_magic):
        raise SegmentDamagedError(path, "it is no segment")
    if not is_verified and not (magic == MAGIC and _is_whole(data, digest)):
        raise SegmentDamagedError(path, "it was cut or altered")
    if version != VERSION:
        raise SegmentVersionError(path, f"its version is {version}, not {VERSION}")
    directory = json.loads(data[offset : offset + length])
    arrays = {name: _array(data, row) for name, row in directory["arrays"].items()}
    return arrays, directory["metadata"]


def map_file(path: Path) -> tuple[Arrays, dict[str, Any]]:
    """Verify and map the file at a path; see `map_arrays`."""
    with path.open("rb") as file:
        return map_arrays(path, file.fileno(), is_verified=False)


def _is_whole(data: mmap.mmap, digest: bytes) -> bool:
    """Return whether the checksum is that of the bytes before it."""
    with memoryview(data) as view:
        hashed = xxhash.xxh3_128(view[: len(view) - _FOOTER.size])
        hashed.update(view[len(view) - _FOOTER.size : len(view) - _FOOTER.size + 16])
    return hashed.digest() == digest


def _array(data: mmap.mmap, row: list[Any]) -> NDArray[Any]:
    kind, count, offset = row
    return np.frombuffer(data, dtype=np.dtype(kind), count=count, offset=offset)


class _Writer:
    """Writes bytes; keeps their checksum and their number."""

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
