"""Excel workbooks (.xlsx): each sheet with articles is read as a table.

A row of a sheet becomes a line as a CSV file has it, and goes the same way: `csv_table` finds the
header, names the columns and makes the documents. A workbook is a zip of XML parts and comes from
strangers, so the sizes and the tags of its parts are counted before the library opens it.

>>> to_text(dt.datetime(2024, 8, 28)), to_text(17.0), to_text(None)
('2024-08-28', '17', '')
"""

import datetime as dt
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from itertools import chain, islice
from typing import BinaryIO, cast

from index.document import Rejection
from index.errors import SourceError
from index.ingest.io import CHUNK_BYTES, Limits, NumberedItem, NumberedLine, Origin, make_budget
from index.ingest.rows.csv_table import LINES_ABOVE_MOST, has_header, read_rows

ZIP_MARK = b"PK\x03\x04"
"""The first bytes of a zip, and so of a workbook."""
OLD_MARK = b"\xd0\xcf\x11\xe0"
"""The first bytes of the binary files of old Excel; a password wraps new ones in such a file."""
_PARTS = {"[Content_Types].xml", "xl/workbook.xml"}
_TABLE_PARTS = ("xl/worksheets/", "xl/sharedstrings")
"""Where the cells and their texts are; the library builds all other parts in memory."""
_ENDS = re.compile(rb"</(?:\w{1,20}:)?(?:row|si)>")
"""The ends of rows and of texts: what stands between two of them is in memory at once."""
_TOGETHER_MOST = 200_000
"""Most tags of it, and of any other part; below its rows a sheet may have 65,530 links."""
_FORBIDDEN = (b"<!", b"\0")
"""Declarations, comments and UTF-16, which no spreadsheet program writes; entities need them."""
_ERRORS = frozenset("#N/A #REF! #VALUE! #DIV/0! #NAME? #NULL! #NUM!".split())
"""What cells show whose formula failed."""
_REMEDY = "open it in a spreadsheet program and save it anew, or save each sheet as CSV"
_SMALLER = "free some, or divide the workbook"

Cells = tuple[object, ...]


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Tell whether a zip is an Excel workbook, whatever it is called."""
    return set(archive.namelist()) >= _PARTS


def read_workbook(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read the articles of all sheets; the number of a row is the one that Excel shows.

    A sheet with other things is rejected by its name; empty sheets are passed over.

    Raises:
        SourceError: not_supported for old binary workbooks and passwords; too_large; malformed;
            empty.
    """
    packed = _take(stream, origin.limits)
    _check_parts(packed, origin.limits)
    sheets = [(name, *_look_ahead(rows)) for name, rows in _open_sheets(packed, origin.limits)]
    filled = [sheet for sheet in sheets if sheet[1]]
    if not filled:
        raise SourceError("empty", "the workbook has no row")
    for name, head, rest in filled:
        if len(filled) == 1 or has_header(_to_lines(iter(head), head, origin), origin):
            items = read_rows(_to_lines(chain(head, rest), head, origin), origin, b",")
            yield from (_name_sheet(item, name) if len(filled) > 1 else item for item in items)
        else:
            detail = f'the sheet "{name}" has no header with a text, and is passed over'
            yield origin.reject(0, SourceError("no_column", detail))


def _take(stream: BinaryIO, limits: Limits) -> bytes:
    """Return the bytes of a workbook: a zip is read from its end."""
    packed = stream.read(limits.workbook_bytes + 1)
    if packed.startswith(OLD_MARK):
        detail = "an old binary workbook, or one with a password; save it as .xlsx without one"
        raise SourceError("not_supported", detail)
    if len(packed) > limits.workbook_bytes:
        raise _too_large(f"has more than {limits.workbook_bytes} bytes")
    return packed


def _check_parts(packed: bytes, limits: Limits) -> None:
    """Raise SourceError for a workbook that costs too much, before it is opened."""
    with _told_as_malformed(), zipfile.ZipFile(BytesIO(packed)) as archive:
        if not is_workbook(archive):
            raise SourceError("malformed", f"the file is a zip, but no workbook; {_REMEDY}")
        size = sum(part.file_size for part in archive.infolist())  # no more than this is unpacked
        make_budget(len(packed), limits).spend(size)
        if size > limits.workbook_bytes:
            raise _too_large(f"unpacks to more than {limits.workbook_bytes} bytes")
        tags = 0
        for part in archive.infolist():
            tags += _count_tags(archive, part, limits)
            if tags > limits.workbook_tags:
                raise _too_large(f"has more than {limits.workbook_tags} tags")


def _count_tags(archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> int:
    """Return how many tags a part has, as long as not too many stand together."""
    name = part.filename.lower()
    forbidden = _FORBIDDEN if name.endswith((".xml", ".rels")) else ()
    tags, together, last = 0, 0, b""
    with archive.open(part) as content:
        while chunk := content.read(CHUNK_BYTES):
            if any(mark in last + chunk for mark in forbidden):
                detail = f"the part {part.filename} is not as Excel writes it; {_REMEDY}"
                raise SourceError("malformed", detail)
            last = chunk[-1:]
            for place, piece in enumerate(_ENDS.split(chunk)):
                new = piece.count(b"<") - piece.count(b"</")
                tags, together = (
                    tags + new,
                    new + (0 if place and name.startswith(_TABLE_PARTS) else together),
                )
                if together > _TOGETHER_MOST or tags > limits.workbook_tags:
                    raise _too_large(f"has too many tags in its part {part.filename}")
    return tags


def _open_sheets(packed: bytes, limits: Limits) -> list[tuple[str, Iterator[tuple[int, Cells]]]]:
    """Return the names of the sheets, each with its numbered rows that are not blank."""
    # Importing the library takes 0.2 s, which only workbooks are worth.
    from openpyxl import load_workbook  # noqa: PLC0415 - see above

    with _told_as_malformed():
        book = load_workbook(BytesIO(packed), read_only=True, data_only=True, keep_links=False)
        sheets = []
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what a file says of its size may be wrong, and costs cells
            rows = cast("Iterator[Cells]", sheet.iter_rows(values_only=True))
            sheets.append((str(sheet.title), _read_quietly(_filled(rows, limits))))
        return sheets


def _read_quietly(rows: Iterator[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]]:
    while True:
        with _told_as_malformed():
            row = next(rows, None)
        if row is None:
            return
        yield row


def _filled(rows: Iterator[Cells], limits: Limits) -> Iterator[tuple[int, Cells]]:
    """Yield the rows of a sheet that have a value, as long as the cells are not too many.

    One cell in the last corner makes the library fill all rows and columns before it.
    """
    left = limits.workbook_tags
    for number, row in enumerate(rows, 1):
        left -= len(row) + 1
        if left < 0:
            raise _too_large(f"has a sheet of more than {limits.workbook_tags} cells")
        size = max((at for at, cell in enumerate(row, 1) if cell is not None), default=0)
        if size:
            yield number, row[:size]


def _look_ahead(
    rows: Iterator[tuple[int, Cells]],
) -> tuple[list[tuple[int, Cells]], Iterator[tuple[int, Cells]]]:
    return list(islice(rows, LINES_ABOVE_MOST)), rows


def _to_lines(
    rows: Iterator[tuple[int, Cells]], head: list[tuple[int, Cells]], origin: Origin
) -> Iterator[NumberedLine]:
    """Return rows as lines of a CSV file that are as wide as the head of their table."""
    most = origin.limits.column_count
    width = max((len(cells) for _, cells in head if len(cells) <= most), default=0)
    for number, cells in rows:
        filled = cells + (None,) * (width - len(cells))
        texts = (to_text(cell).replace('"', '""') for cell in filled)
        line = ",".join(f'"{text}"' for text in texts).encode(errors="replace")
        yield number, line if len(line) <= origin.limits.line_bytes else None


def to_text(cell: object) -> str:
    """Return the value of a cell as text: a day as 2024-08-28, a whole number without a point."""
    if cell is None or (isinstance(cell, str) and cell in _ERRORS):
        return ""
    if isinstance(cell, dt.datetime):
        is_day = cell.time() == dt.time.min
        return cell.date().isoformat() if is_day else cell.isoformat(timespec="seconds")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("_x000D_\n", "\n").replace("_x000D_", "\n")


def _name_sheet(item: NumberedItem, sheet: str) -> NumberedItem:
    """Return a row's item; a rejection says in which of several sheets the row stands."""
    number, found = item
    if isinstance(found, Rejection):
        return number, replace(found, detail=f'{found.detail} (sheet "{sheet}")')
    return item


def _too_large(what: str) -> SourceError:
    return SourceError("too_large", f"the workbook {what}; divide it, or save each sheet as CSV")


@contextmanager
def _told_as_malformed() -> Iterator[None]:
    """Turn what the libraries raise into SourceError; what they warn of is no fault of a row."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except SourceError:
        raise
    except MemoryError as error:  # nothing is damaged, and the next update tries again
        raise SourceError("unreadable", f"memory ran out; {_SMALLER}") from error
    except Exception as error:  # the library lets through whatever a damaged part raises
        raise SourceError("malformed", f"the workbook is damaged: {error}; {_REMEDY}") from error
