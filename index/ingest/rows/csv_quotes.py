r"""CSV quotes: rows of tables whose quotes are not the usual ones, or stand around whole lines.

Excel puts quotes around a line that it had read as one cell; other programs quote cells with the
single quote. Both give the same cells as the usual way.

>>> lines = [(1, b"'Panen','Garam, \"naik\"'\n")]
>>> form = TableForm(b",", 2, 2, 100, is_single=has_single_quotes(b"'judul','isi'"))
>>> list(split_table(lines, form))
[(1, [b'Panen', b'Garam, "naik"'])]
>>> list(split_table([(1, b'"Panen,\"\"Garam, naik\"\""')], TableForm(b",", 2, 2, 100)))
[(1, [b'Panen', b'Garam, naik'])]
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from index.ingest.io import NumberedLine
from index.ingest.rows.csv_cells import NumberedCells, split_rows

_SWAP = bytes.maketrans(b"'\"", b"\"'")
_SINGLE = re.compile(rb"\s*'[^'\"]{1,60}' ?[,;\t|] ?'")
"""How a header begins whose cells stand in single quotes."""


def has_single_quotes(header: bytes) -> bool:
    """Tell whether the cells of a table stand in single quotes, by its header."""
    return _SINGLE.match(header) is not None


class TableForm(NamedTuple):
    """How the rows of a table are written.

    Attributes:
        delimiter: the byte between two cells.
        column_count: how many columns the table has.
        cell_count: most cells of a row.
        row_bytes: most bytes of a row.
        is_single: whether the cells stand in single quotes.
    """

    delimiter: bytes
    column_count: int
    cell_count: int
    row_bytes: int
    is_single: bool = False


def split_table(lines: Iterable[NumberedLine], form: TableForm) -> Iterator[NumberedCells]:
    """Yield the cells of every row that is not blank, as `split_rows`."""
    if form.is_single:
        lines = ((number, line and line.translate(_SWAP)) for number, line in lines)
    delimiter, columns, cell_count, row_bytes, is_single = form
    for number, cells in split_rows(lines, delimiter, cell_count, row_bytes):
        if isinstance(cells, list) and len(cells) == 1 < columns and delimiter in cells[0]:
            yield from split_rows([(number, cells[0])], delimiter, cell_count, row_bytes)
        elif is_single and isinstance(cells, list):
            yield number, [cell.translate(_SWAP) for cell in cells]
        else:
            yield number, cells
