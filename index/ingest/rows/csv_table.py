r"""CSV and TSV tables: a header, then a document for each row.

The header names the columns (`index.ingest.rows.column_names` knows them), and says whether commas,
semicolons, tabs or bars separate the cells. The name of a report, comments or `sep=;` may stand
above it. Each cell is decoded by itself, because a table that
was put together on several machines has several encodings.

>>> from io import BytesIO
>>> table = BytesIO(b"Judul;Tanggal;Isi\nPanen Garam;28/8/2024;Panen membaik.")
>>> [item.title for _, item in read_table(table, Origin(path="a.csv", location="a.csv"))]
['Panen Garam']
"""

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import BinaryIO

from index.errors import SourceError
from index.ingest.io import (
    NumberedItem,
    NumberedLine,
    Origin,
    end_with_line_feeds,
    read_lines,
    to_utf_8,
)
from index.ingest.rows.column_names import Named, count_known, name_values, tell_columns
from index.ingest.rows.csv_cells import NumberedCells
from index.ingest.rows.csv_quotes import TableForm, has_single_quotes, split_table
from index.ingest.rows.date_order import BYTES_MOST, ROWS_MOST, learn_order
from index.ingest.rows.record import read_row
from index.ingest.text import decode_text

DELIMITERS = (b",", b";", b"\t", b"|", b"^", b"~")
"""The bytes that may separate two cells, the usual one first."""
LINES_ABOVE_MOST = 10
"""Lines above a header that are looked at: the name of a report, comments, Excel's `sep=;`."""
_BLANK_CELLS_MOST = 20
"""Cells without anything in them that a row may have too many."""
_CELL_CHARS_LEAST = 100
"""A first line with a cell of this length or an address is a row: the table has no header."""


def read_table(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read the rows of a table; the number of a row is that of its first line.

    Raises:
        SourceError: as `read_rows`; or what the stream raises.
    """
    lines = read_lines(end_with_line_feeds(to_utf_8(stream)), origin.limits.line_bytes)
    yield from read_rows(lines, origin)


def read_rows(
    lines: Iterator[NumberedLine], origin: Origin, delimiter: bytes = b""
) -> Iterator[NumberedItem]:
    """Read the lines of a table; the header tells the delimiter if none is given.

    A line that repeats the header, where two tables were put together, is passed over.

    Raises:
        SourceError: empty; malformed for a header that is no row.
    """
    first, lines = _skip_above(lines, origin)
    delimiter = delimiter or _find_delimiter(first[1] or b"", origin)
    is_single = has_single_quotes(first[1] or b"")
    header, taken = _read_header(chain([first], lines), delimiter, origin, is_single=is_single)
    names, rest = tell_columns(header), lines
    if _is_row(header, origin):
        names = tell_columns(["" for _ in header])
        rest = chain(taken, rest)
    cell_count, row_bytes = len(names) + _BLANK_CELLS_MOST, origin.limits.line_bytes
    form = TableForm(delimiter, len(names), cell_count, row_bytes, is_single)
    head, rows = _take_head(split_table(rest, form))
    origin = _with_order(names, head, origin)
    row_count = 0
    for number, cells in chain(head, rows):
        row_count += 1
        if isinstance(cells, SourceError) or number == first[0] or not _repeats(cells, header):
            yield read_row(partial(_to_row, cells, names, origin), number, origin)
    if not row_count:
        raise SourceError("empty", "the file has a header and no row")


def _take_head(
    rows: Iterator[NumberedCells],
) -> tuple[list[NumberedCells], Iterator[NumberedCells]]:
    """Return the first rows, from which the order of dates is learned, and the others."""
    head: list[NumberedCells] = []
    size = 0
    for row in rows:
        head.append(row)
        size += sum(map(len, row[1])) if isinstance(row[1], list) else 0
        if len(head) == ROWS_MOST or size > BYTES_MOST:
            break
    return head, rows


def _with_order(names: list[str], head: list[NumberedCells], origin: Origin) -> Origin:
    """Return the origin with the order of dates that the first rows of a table tell."""
    if origin.limits.date_order:
        return origin
    rows = [cells for _, cells in head if isinstance(cells, list)]
    order = learn_order(names, rows, origin.key_by_column)
    return replace(origin, limits=replace(origin.limits, date_order=order)) if order else origin


def _skip_above(
    lines: Iterator[NumberedLine], origin: Origin
) -> tuple[NumberedLine, Iterator[NumberedLine]]:
    """Return the header's line and those below it, without what was written above a header."""
    head = [line for line in islice(lines, LINES_ABOVE_MOST) if line[1] is None or line[1].strip()]
    head += islice((line for line in lines if line[1] is None or line[1].strip()), not head)
    if not head:
        raise SourceError("empty", "the file has no row")
    known = [count_known_columns(line[1] or b"", origin) for line in head]
    is_above = len(known[0]) <= 1 and not (head[0][1] or b"").count(b'"') % 2
    place = next((at for at, keys in enumerate(known) if is_above and _are_header(keys)), 0)
    return head[place], chain(head[place + 1 :], lines)


def _are_header(keys: set[str]) -> bool:
    return len(keys) > 1 and not keys.isdisjoint({"title", "body"})


def has_header(lines: Iterable[NumberedLine], origin: Origin) -> bool:
    """Tell whether one of the lines is the header of a table of articles."""
    return any(_are_header(count_known_columns(line or b"", origin)) for _, line in lines)


def count_known_columns(line: bytes, origin: Origin) -> set[str]:
    """Return the keys that a line names if it is read as the header of a table."""
    return max((_known(line, delimiter, origin) for delimiter in DELIMITERS), key=len)


def _find_delimiter(line: bytes, origin: Origin) -> bytes:
    """Return the delimiter that gives the line the most keys, then the most cells."""
    return max(DELIMITERS, key=lambda byte: (len(_known(line, byte, origin)), line.count(byte)))


def _known(line: bytes, delimiter: bytes, origin: Origin) -> set[str]:
    if delimiter not in line:
        return set()
    most = origin.limits.column_count
    form = TableForm(delimiter, most, most, len(line), has_single_quotes(line))
    for _, cells in split_table([(1, line)], form):
        if not isinstance(cells, SourceError):
            header = [cell.decode(errors="replace") for cell in cells]
            return count_known(header, origin.key_by_column)
    return set()


def _read_header(
    lines: Iterable[NumberedLine], delimiter: bytes, origin: Origin, *, is_single: bool
) -> tuple[list[str], list[NumberedLine]]:
    """Return the cells of the header and the lines that it takes."""
    taken: list[NumberedLine] = []
    limits = origin.limits
    most = limits.column_count
    form = TableForm(delimiter, most, most, limits.line_bytes, is_single)
    for _, cells in split_table(_record(lines, taken), form):
        if isinstance(cells, SourceError):
            raise SourceError(cells.reason, f"in the header, {cells.detail}") from cells
        return [_decode(cell) for cell in cells], taken
    raise SourceError("empty", "the file has no row")


def _record(lines: Iterable[NumberedLine], taken: list[NumberedLine]) -> Iterator[NumberedLine]:
    for line in lines:
        taken.append(line)
        yield line


def _is_row(header: list[str], origin: Origin) -> bool:
    """Tell whether the first line is no header: it names nothing, and holds what a row holds."""
    if count_known(header, origin.key_by_column):
        return False
    return any(len(cell) > _CELL_CHARS_LEAST or "://" in cell for cell in header)


def _repeats(cells: list[bytes], header: list[str]) -> bool:
    """Tell whether a row has the words of the header."""
    if len(cells) != len(header) or len(b"".join(cells)) > 4 * sum(map(len, header)):
        return False
    plain = [cell.removeprefix(BOM_UTF8).decode(errors="replace") for cell in cells]
    return [text.strip().lower() for text in plain] == [name.strip().lower() for name in header]


def _to_row(cells: list[bytes] | SourceError, names: list[str], origin: Origin) -> Named:
    if isinstance(cells, SourceError):
        raise cells
    while len(cells) > len(names) and not cells[-1].strip():  # delimiters end the line
        cells = cells[:-1]
    if len(cells) > len(names):
        raise SourceError("malformed", f"the row has more than {len(names)} cells")
    missing = names[len(cells) :]
    if count_known(missing, origin.key_by_column) or len(missing) > len(cells):
        raise SourceError("malformed", f"the row has {len(cells)} of {len(names)} cells")
    row = zip(names, map(_decode, cells), strict=False)
    named = name_values(dict(row), origin.key_by_column)
    return Named({key: value for key, value in named.values.items() if value}, named.columns)


def _decode(cell: bytes) -> str:
    return decode_text(cell) if cell.strip() else ""
