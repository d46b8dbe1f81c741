r"""WARC reader: the records of a web archive, in the memory of one block.

A record is a head of named lines, a blank line, and a block of as many bytes as the head says. What
stands where a record should begin is damage: it is reported once, and skipped up to the next one.

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
"""How a record begins."""
HEAD_BYTES = 64_000
"""Most bytes of a head, of WARC or of HTTP; servers refuse more than a quarter of that."""

_VERSION = re.compile(rb"WARC/[01]\.\d{1,2}\s*")
_LENGTH = re.compile(r"\d{1,15}")

Head = dict[str, str]
"""The lines of a head by name in lower case; of lines with one name, the first."""


class Record(NamedTuple):
    """A record's head, and up to one byte more of its block than was asked for."""

    head: Head
    block: bytes


NumberedRecord = tuple[int, Record | SourceError]
"""A record's number, from 1, and the record, or what is wrong with it."""


def split_records(
    stream: BinaryIO, most: int, is_wanted: Callable[[Head], bool]
) -> Iterator[NumberedRecord]:
    """Yield the records that are wanted, and what is damaged.

    Args:
        stream: the archive, unpacked.
        most: bytes of a block that are kept; one more is read, so that a longer block is noticed.
        is_wanted: tells by a record's head whether its block is.
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
        found = _read_record(stream, most, is_wanted)
        if found is not None:
            yield number, found
        line = _next_line(stream)


def parse_head(stream: BinaryIO) -> Head | None:
    """Read named lines to the blank one; None when they do not end in time."""
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
    """Return the next line that is not blank, cut if it is long; b"" at the end."""
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
    stream: BinaryIO, most: int, is_wanted: Callable[[Head], bool]
) -> Record | SourceError | None:
    """Read a record below its first line; None for one that is not wanted."""
    head = parse_head(stream)
    if head is None:
        return SourceError("malformed", "the head of the record does not end")
    length = head.get("content-length", "")
    if not _LENGTH.fullmatch(length):
        return SourceError("malformed", f"the record says no length: {length[:40]}")
    is_kept = is_wanted(head)
    block = stream.read(min(int(length), most + 1)) if is_kept else b""
    left = _pass_over(stream, int(length) - len(block))
    if left:
        detail = f"the file ends {left} bytes before the record does"
        return SourceError("malformed", detail)
    return Record(head, block) if is_kept else None


def _pass_over(stream: BinaryIO, count: int) -> int:
    """Read so many bytes, and return how many of them are missing."""
    while count and (data := stream.read(min(count, CHUNK_BYTES))):
        count -= len(data)
    return count
