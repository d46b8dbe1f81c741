"""JSON lines: an object on each line. A bad line is rejected alone; the next one is read.

What bulk files for Elasticsearch have between their rows is passed over.

A large file can be cut into pieces between lines, which is quick, and the pieces read in parallel.

>>> import io
>>> lines = io.BytesIO(b'{"title": "Panen", "body": "Membaik."}')
>>> [(number, piece)] = cut_json_lines(lines, Origin(path="a.jsonl", location="a.jsonl"))
>>> [(number, document.title) for number, document in read_piece(piece)]
[(1, 'Panen')]
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, NamedTuple

from index.errors import SourceError
from index.ingest.io import (
    NumberedItem,
    NumberedLine,
    Origin,
    end_with_line_feeds,
    read_lines,
    to_utf_8,
)
from index.ingest.rows.column_names import Named
from index.ingest.rows.json_rows import name_row
from index.ingest.rows.json_values import parse_record
from index.ingest.rows.record import read_row

_ACTION = re.compile(
    rb'\s*+\{\s*+"(?:index|create|update)"\s*+:\s*+\{[^{}]{0,500}\}\s*+\}\s*+,?\s*+'
)
"""The line before each row in a file for the bulk API of Elasticsearch."""
PIECE_BYTES = 1 << 20
"""Bytes of a piece: some 500 articles."""


class Piece(NamedTuple):
    """Lines of a file that were not parsed yet, and the file."""

    lines: list[NumberedLine]
    origin: Origin


def read_json_lines(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read the rows of a file, in the memory of one row.

    Raises:
        SourceError: empty, or what the stream raises.
    """
    for _, piece in cut_json_lines(stream, origin, piece_bytes=1):
        yield from read_piece(piece)


def cut_json_lines(
    stream: BinaryIO, origin: Origin, piece_bytes: int = PIECE_BYTES
) -> Iterator[tuple[int, Piece]]:
    """Cut a file into pieces without parsing its rows; yield them with their last line's number.

    Raises:
        SourceError: empty, or what the stream raises, after the lines before it were yielded.
    """
    lines: list[NumberedLine] = []
    size = number = 0
    try:
        for number, line in _rows(stream, origin):
            lines.append((number, line))
            size += len(line or b"")
            if size >= piece_bytes:
                yield number, Piece(lines, origin)
                lines, size = [], 0
    except (SourceError, OSError):
        yield number, Piece(lines, origin)
        raise
    if not number:
        raise SourceError("empty", "the file has no row")
    yield number, Piece(lines, origin)


def read_piece(piece: Piece) -> Iterator[NumberedItem]:
    """Read the rows of a piece."""
    for number, line in piece.lines:
        yield read_row(partial(_parse_line, line, piece.origin), number, piece.origin)


def _rows(stream: BinaryIO, origin: Origin) -> Iterator[NumberedLine]:
    lines = end_with_line_feeds(to_utf_8(stream))
    for number, line in read_lines(lines, origin.limits.line_bytes):
        if line is None or (line.strip() and not _ACTION.fullmatch(line)):
            yield number, line


def _parse_line(line: bytes | None, origin: Origin) -> Named:
    if line is None:
        raise SourceError("too_large", f"the row has more than {origin.limits.line_bytes} bytes")
    return name_row(parse_record(line.rstrip().removesuffix(b",")), origin)
