"""Decompression of packed files as they are read, within a budget.

>>> stream = unpack(io.BytesIO(gzip.compress(b"Panen")), ".gz", Budget(1000))
>>> stream.read()
b'Panen'
>>> split_packing("Arsip/2024.CSV.ZST")
('Arsip/2024.CSV', '.zst')
"""

import gzip
import io
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol, cast

import zstandard

from index.errors import SourceError
from index.ingest.io.limits import Limits
from index.ingest.io.streams import RawStream, buffer_stream

_PACKED_BYTES = 1_024
"""Packed bytes that are unpacked at a time. Zstandard packs 128 kB of one letter into 4 bytes, so
these may become 32 MB."""
_WINDOW_BYTES = 2**27
"""Most bytes of memory that a frame may ask for: what Zstandard's own program allows."""

UNPACKING_ERRORS = (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError)
"""The errors that the unpacking libraries raise for a damaged file."""


class _Reads(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Budget:
    """The number of bytes that one file, with all that is packed inside it, may unpack to."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._left = most

    def spend(self, count: int) -> None:
        """Take bytes from the budget.

        Raises:
            SourceError: too_large, when fewer are left.
        """
        self._left -= count
        if self._left < 0:
            detail = f"the file unpacks to more than {self._most} bytes"
            raise SourceError("too_large", f"{detail}; what follows was not read")


def make_budget(size: int, limits: Limits) -> Budget:
    """Return the budget of a file of `size` bytes."""
    return Budget(limits.expansion_free_bytes + limits.expansion_factor * size)


def split_packing(name: str) -> tuple[str, str]:
    """Split a file's name into the name of what is packed and the suffix of its packing."""
    suffix = next((suffix for suffix in PACKINGS if name.lower().endswith(suffix)), "")
    return name.removesuffix(name[len(name) - len(suffix) :]), suffix


def unpack(stream: BinaryIO, suffix: str, budget: Budget) -> BinaryIO:
    """Return a stream of the unpacked bytes; the suffix "" leaves the stream as it is.

    Reading from the returned stream raises SourceError: malformed, or too_large when the budget is
    spent.
    """
    return limit_to_budget(PACKINGS[suffix](stream), budget) if suffix else stream


def limit_to_budget(packed: _Reads, budget: Budget) -> BinaryIO:
    """Return a stream of what a library unpacks that keeps to the budget.

    Errors of the library become SourceError.
    """
    return buffer_stream(_Bounded(packed, budget))


class _Bounded(RawStream):
    def __init__(self, unpacked: _Reads, budget: Budget) -> None:
        super().__init__()
        self._unpacked = unpacked
        self._budget = budget

    def take(self, size: int) -> bytes:
        try:
            data = self._unpacked.read(size)
        except UNPACKING_ERRORS as error:
            detail = f"the packed file is damaged: {error}; what follows was not read"
            raise SourceError("malformed", detail) from error
        self._budget.spend(len(data))
        return data


class _ZstdReader:
    """Unpacks Zstandard frame by frame, and notices a last frame that is cut short.

    The library's own stream reader does not: it takes the end of the file for the end of a frame.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW_BYTES)
        self._frame = self._unpacker.decompressobj()
        self._is_inside = False
        self._packed = b""
        self._ready = io.BytesIO()

    def read(self, size: int, /) -> bytes:
        while not (data := self._ready.read(size)):
            self._packed = self._packed or self._stream.read(_PACKED_BYTES)
            if not self._packed:
                if self._is_inside:
                    raise EOFError("the last frame has no end")
                return b""
            self._ready = io.BytesIO(self._frame.decompress(self._packed))
            self._is_inside = not self._frame.eof
            self._packed = self._frame.unused_data
            if self._frame.eof:
                self._frame = self._unpacker.decompressobj()
        return data


def _open_gzip(stream: BinaryIO) -> _Reads:
    return cast("_Reads", gzip.GzipFile(fileobj=stream))


PACKINGS: dict[str, Callable[[BinaryIO], _Reads]] = {".gz": _open_gzip, ".zst": _ZstdReader}
"""The packings by suffix, each with the function that unpacks it. A .zip is an archive of many
files, and stands in `index.ingest.zip_archives`."""
