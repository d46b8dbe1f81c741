r"""WARC reader: the records of a web archive, in the memory of one block.

A record has a head of named lines, a blank line, and a block of as many bytes as the head says.
Bytes between two records are damage: it is yielded as one error, and skipped to the next record.

>>> from io import BytesIO
>>> record = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 5\r\n\r\nPanen\r\n\r\n"
>>> [each.block for _, each in split_records(BytesIO(record), 99, lambda head: True)]
[b'Panen']
"""

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from index.errors import SourceError
from index.ingest.io import CHUNK_BYTES

WARC_MARK = b"WARC/"
"""The bytes with which a record begins."""
HEAD_BYTES = 64_000
"""Most bytes of the head of a record or of an HTTP response; servers allow a quarter of that."""

_VERSION = re.compile(rb"WARC/[01]\.\d{1,2}\s*")
_LENGTH = re.compile(r"\d{1,15}")

Head = dict[str, str]
"""The values of a head by name in lower case; of several with one name, the first."""


class Record(NamedTuple):
    """The head of a record, and the beginning of its block; see `split_records`."""

    head: Head
    block: bytes


NumberedRecord = tuple[int, Record | SourceError]
"""The number of a record, from 1, and the record or the error in it."""


def split_records(
    stream: BinaryIO, most: int, is_kept: Callable[[Head], bool]
) -> Iterator[NumberedRecord]:
    """Yield the records that are kept, and the errors.

    Args:
        stream: the archive, unpacked.
        most: bytes of a block that are kept, and one more, which shows that a block is longer.
        is_kept: decides by the head of a record whether the record is kept.
    """
    number = 0
    line = _next_line(stream)
    while line:
        number += 1
        if _VERSION.fullmatch(line) is None:
            detail = "no record begins where one should; what stands there was passed over"
            yield number, SourceError("malformed", detail)
            line = _find_version(stream)
            continue
        record = _read_record(stream, most, is_kept)
        if record is not None:
            yield number, record
        line = _next_line(stream)


def parse_head(stream: BinaryIO) -> Head | None:
    """Read the lines of a head to the blank line; None if there is none within `HEAD_BYTES`."""
    head: Head = {}
    left = HEAD_BYTES
    while left > 0:
        line = stream.readline(left)
        left -= len(line)
        if not line.strip():
            return head if line else None
        name, colon, value = line.decode(errors="replace").partition(":")
        if colon and not line[:1].isspace():
            head.setdefault(name.strip().lower(), value.strip())
    return None


def _next_line(stream: BinaryIO) -> bytes:
    """Return the next line that is not blank, at most `HEAD_BYTES` of it; b"" at the end."""
    line = stream.readline(HEAD_BYTES)
    while line and not line.strip():
        line = stream.readline(HEAD_BYTES)
    return line


def _find_version(stream: BinaryIO) -> bytes:
    line = stream.readline(HEAD_BYTES)
    while line and not _VERSION.fullmatch(line):
        line = stream.readline(HEAD_BYTES)
    return line


def _read_record(
    stream: BinaryIO, most: int, is_kept: Callable[[Head], bool]
) -> Record | SourceError | None:
    """Read a record below its first line; return None for a record that is not kept."""
    head = parse_head(stream)
    if head is None:
        return SourceError("malformed", "the head of the record does not end")
    length = head.get("content-length", "")
    if not _LENGTH.fullmatch(length):
        return SourceError("malformed", f"the record says no length: {length[:40]}")
    keeps_block = is_kept(head)
    block = stream.read(min(int(length), most + 1)) if keeps_block else b""
    missing = _skip(stream, int(length) - len(block))
    if missing:
        detail = f"the file ends {missing} bytes before the record does"
        return SourceError("malformed", detail)
    return Record(head, block) if keeps_block else None


def _skip(stream: BinaryIO, count: int) -> int:
    """Skip `count` bytes, and return how many of them are missing."""
    while count and (data := stream.read(min(count, CHUNK_BYTES))):
        count -= len(data)
    return count
