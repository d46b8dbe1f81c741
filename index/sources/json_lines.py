"""JSON lines: an object a line. A bad line is refused alone, and the next one is read."""

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from index.errors import SourceError
from index.sources.columns import rename_keys
from index.sources.origin import NumberedItem, Origin
from index.sources.records import Row, parse_record
from index.sources.rows import read_row
from index.sources.streams import as_utf_8, bounded_lines


def read_json_lines(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read a file of rows, one after the other, in bounded memory.

    Raises:
        SourceError: empty, or what the stream raises.
    """
    is_empty = True
    for number, line in bounded_lines(as_utf_8(stream), origin.limits.line_bytes):
        if line is None or line.strip():
            is_empty = False
            yield read_row(partial(_parse_line, line, origin), number, origin)
    if is_empty:
        raise SourceError("empty", "the file has no row")


def _parse_line(line: bytes | None, origin: Origin) -> Row:
    if line is None:
        raise SourceError("too_large", f"the row has more than {origin.limits.line_bytes} bytes")
    return rename_keys(parse_record(line), origin.key_by_column)
