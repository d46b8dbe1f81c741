r"""Streams for readers: a look ahead, UTF-8 without a byte order mark, bounded lines.

>>> head, stream = look_ahead(io.BytesIO(b"judul;isi"), 5)
>>> head, stream.read()
(b'judul', b'judul;isi')
>>> to_utf_8(io.BytesIO("judul".encode("utf-16"))).read()
b'judul'
>>> list(read_lines(io.BytesIO(b"satu\nterlalu panjang\ndua"), 6))
[(1, b'satu\n'), (2, None), (3, b'dua')]
"""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, cast

CHUNK_BYTES = 65_536
"""Bytes that are read, recoded or parsed at a time."""
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD_BYTES = 64
"""Bytes at the beginning of a file that tell its encoding."""
_LETTERS_LEAST = 8
"""Fewest letters of ASCII that tell UTF-16 without a byte order mark."""

_BEYOND_ASCII = re.compile(
    rb"([\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}"
    rb"|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})|[\x80-\xff]"
)
"""A character of UTF-8 beyond ASCII (group 1), or a byte that is part of none."""
_UNFINISHED = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{0,2}\Z")
"""The beginning of a character at the end of a chunk, whose other bytes may follow."""

NumberedLine = tuple[int, bytes | None]
"""The number of a line, from 1, and its bytes; None for a line that is too long."""


def look_ahead(stream: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """Return the first `size` bytes of a stream, and a stream that still begins with them."""
    head = stream.read(size)
    return head, buffer_stream(_Rejoined(head, stream))


def to_utf_8(stream: BinaryIO) -> BinaryIO:
    """Return the stream without its byte order mark, recoded if it is UTF-16."""
    head = stream.read(_HEAD_BYTES)
    codec = _find_utf_16(head)
    rejoined = buffer_stream(_Rejoined(head.removeprefix(codecs.BOM_UTF8), stream))
    return buffer_stream(_Recoded(rejoined, codec)) if codec else rejoined


def _find_utf_16(head: bytes) -> str:
    """Return the codec of a file in UTF-16, "" for others; without a mark its zero bytes tell.

    >>> _find_utf_16("judul;isi".encode("utf-16-le")), _find_utf_16(b"judul;isi")
    ('utf-16-le', '')
    """
    if head.startswith(_UTF_16_MARKS):
        return "utf-16"
    if b"\0" not in head:  # as in nearly every file
        return ""
    for codec, zeros, letters in (
        ("utf-16-le", head[1::2], head[::2]),
        ("utf-16-be", head[::2], head[1::2]),
    ):
        is_sure = len(zeros) >= _LETTERS_LEAST and zeros.count(b"\0") * 4 > len(zeros) * 3
        if is_sure and b"\0" not in letters:
            return codec
    return ""


def mend_utf_8(stream: BinaryIO) -> BinaryIO:
    """Return the stream as UTF-8; bytes that are not are read as cp1252, as old Windows wrote.

    >>> mend_utf_8(io.BytesIO("Café".encode("cp1252") + "é".encode())).read().decode()
    'Caféé'
    """
    return buffer_stream(_Mended(stream))


def read_lines(stream: BinaryIO, line_bytes: int) -> Iterator[NumberedLine]:
    """Yield the lines with their numbers, in the memory of one line of `line_bytes`."""
    number = 0
    while line := stream.readline(line_bytes + 1):
        number += 1
        is_too_long = len(line) > line_bytes and not line.endswith(b"\n")
        while is_too_long and line and not line.endswith(b"\n"):
            line = stream.readline(line_bytes)
        yield number, None if is_too_long else line


def is_utf_8(data: bytes) -> bool:
    """Tell whether bytes are valid UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def buffer_stream(raw: io.RawIOBase) -> BinaryIO:
    """Return a buffered stream over a raw one."""
    return cast("BinaryIO", io.BufferedReader(raw, CHUNK_BYTES))


class RawStream(io.RawIOBase):
    """A raw stream whose subclass implements one method, `take`."""

    def take(self, size: int) -> bytes:
        """Return at most `size` bytes, none at the end."""
        raise NotImplementedError

    def readable(self) -> bool:
        """Return True, as `io` requires of a stream that can be read."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill the buffer with the bytes that `take` returns, and return their number."""
        data = self.take(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Rejoined(RawStream):
    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head = io.BytesIO(head)
        self._rest = rest

    def take(self, size: int) -> bytes:
        return self._head.read(size) or self._rest.read(size)


class _Recoded(RawStream):
    def __init__(self, stream: BinaryIO, codec: str) -> None:
        super().__init__()
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(codec)(errors="replace")
        self._ready = io.BytesIO()

    def take(self, size: int) -> bytes:
        while not (data := self._ready.read(size)):
            given = self._stream.read(CHUNK_BYTES)
            text = self._decoder.decode(given, final=not given)
            if not given and not text:
                return b""
            self._ready = io.BytesIO(text.encode(errors="replace"))
        return data


class _Mended(RawStream):
    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self._ready = io.BytesIO()
        self._unfinished = b""

    def take(self, size: int) -> bytes:
        while not (data := self._ready.read(size)):
            given = self._stream.read(CHUNK_BYTES)
            if not given and not self._unfinished:
                return b""
            self._ready = io.BytesIO(self._mend(given))
        return data

    def _mend(self, given: bytes) -> bytes:
        data, self._unfinished = self._unfinished + given, b""
        if given and (cut := _UNFINISHED.search(data, max(0, len(data) - 3))):
            data, self._unfinished = data[: cut.start()], data[cut.start() :]
        return data if is_utf_8(data) else _BEYOND_ASCII.sub(_as_utf_8_letter, data)


def _as_utf_8_letter(found: re.Match[bytes]) -> bytes:
    return found[1] or found.group().decode("cp1252", errors="replace").encode()


class _LineFeeds(RawStream):
    """A stream with line feeds where there were carriage returns, as old Macs ended lines."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream

    def take(self, size: int) -> bytes:
        """Return the next bytes."""
        return self._stream.read(size).replace(b"\r", b"\n")


def end_with_line_feeds(stream: BinaryIO) -> BinaryIO:
    """Return the stream with line feeds at the ends of its lines."""
    head, stream = look_ahead(stream, CHUNK_BYTES)
    return buffer_stream(_LineFeeds(stream)) if b"\r" in head and b"\n" not in head else stream
