r"""CSV and TSV tables: a header, then a document for each row.

The header says which column holds which key (`index.ingest.rows.column_names`), and whether commas,
semicolons or tabs separate the cells. Each cell is decoded by itself, because a table that was put
together on several machines has several encodings.

>>> from io import BytesIO
>>> table = BytesIO(b"Judul;Tanggal;Isi\nPanen Garam;28/8/2024;Panen membaik.")
>>> [item.title for _, item in read_table(table, Origin(path="a.csv", location="a.csv"))]
['Panen Garam']
"""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from typing import BinaryIO

from index.errors import SourceError
from index.ingest.io import NumberedItem, NumberedLine, Origin, read_lines, to_utf_8
from index.ingest.rows.column_names import name_columns
from index.ingest.rows.csv_cells import split_rows
from index.ingest.rows.record import KEYS, Row, read_row
from index.ingest.text import clean_text, decode_text, to_one_line

DELIMITERS = (b",", b";", b"\t")
"""The bytes that may separate two cells, the usual one first."""
_SHOWN_COLUMNS = 20
"""Columns of a header that an error shows."""
_SHOWN_CHARS = 40
"""Characters of a column's name that an error shows."""


def read_table(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read the rows of a table; the number of a row is that of its first line.

    Raises:
        SourceError: empty; malformed for a header without a body column; or what the stream raises.
    """
    lines = read_lines(to_utf_8(stream), origin.limits.line_bytes)
    first = next((line for line in lines if line[1] is None or line[1].strip()), None)
    if first is None:
        raise SourceError("empty", "the file has no row")
    delimiter = _find_delimiter(first[1] or b"", origin)
    names, rest = _read_header(chain([first], lines), delimiter, origin)
    row_count = 0
    for number, cells in split_rows(rest, delimiter, len(names), origin.limits.line_bytes):
        row_count += 1
        yield read_row(partial(_to_row, cells, names), number, origin)
    if not row_count:
        raise SourceError("empty", "the file has a header and no row")


def count_known_columns(line: bytes, origin: Origin) -> int:
    """Return how many keys a line names if it is read as the header of a table."""
    return max(_count_known(line, delimiter, origin) for delimiter in DELIMITERS)


def _find_delimiter(line: bytes, origin: Origin) -> bytes:
    """Return the delimiter that gives the line the most keys, then the most cells."""
    return max(DELIMITERS, key=lambda byte: (_count_known(line, byte, origin), line.count(byte)))


def _count_known(line: bytes, delimiter: bytes, origin: Origin) -> int:
    for _, cells in split_rows([(1, line)], delimiter, origin.limits.column_count, len(line)):
        if not isinstance(cells, SourceError):
            header = [cell.decode(errors="replace") for cell in cells]
            return sum(name in KEYS for name in name_columns(header, origin.key_by_column))
    return 0


def _read_header(
    lines: Iterable[NumberedLine], delimiter: bytes, origin: Origin
) -> tuple[list[str], Iterable[NumberedLine]]:
    """Return the names of the columns and the lines below the header."""
    rest = iter(lines)
    limits = origin.limits
    for _, cells in split_rows(rest, delimiter, limits.column_count, limits.line_bytes):
        if isinstance(cells, SourceError):
            raise SourceError(cells.reason, f"in the header, {cells.detail}") from cells
        header = [_decode(cell) for cell in cells]
        names = name_columns(header, origin.key_by_column)
        _check_header(header, names)
        return names, rest
    raise SourceError("empty", "the file has no row")


def _check_header(header: list[str], names: list[str]) -> None:
    if "body" in names:
        return
    found = ", ".join(
        to_one_line(clean_text(column))[:_SHOWN_CHARS] for column in header[:_SHOWN_COLUMNS]
    )
    more = f" and {len(header) - _SHOWN_COLUMNS} more" if len(header) > _SHOWN_COLUMNS else ""
    missing = "body" if "title" in names else "title or body"
    remedy = "say which one is, for each: --map COLUMN=body --map COLUMN=title"
    raise SourceError("malformed", f"no column is known as {missing} among {found}{more}; {remedy}")


def _to_row(cells: list[bytes] | SourceError, names: list[str]) -> Row:
    if isinstance(cells, SourceError):
        raise cells
    if len(cells) != len(names):
        raise SourceError("malformed", f"the row has {len(cells)} of {len(names)} cells")
    return {name: _decode(cell) for name, cell in zip(names, cells, strict=True) if cell.strip()}


def _decode(cell: bytes) -> str:
    return decode_text(cell) if cell.strip() else ""
