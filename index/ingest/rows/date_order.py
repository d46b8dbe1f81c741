"""Date order: whether the dates of a table have the day or the month first, learned from them all.

03/04/2024 alone may be either. If another date of the same column has a number above 12 in one of
the two places, the day stands there in the whole column.

>>> rows = [[b"Panen", b"3/5/2024"], [b"Harga", b"2/27/2024"]]
>>> learn_order(["judul", "tanggal"], rows, {})
'month'
"""

import re
from collections.abc import Mapping, Sequence

from index.ingest.io import DateOrder
from index.ingest.rows.column_names import count_known

ROWS_MOST = 300
"""Rows at the beginning of a table that are looked at."""
BYTES_MOST = 1_000_000
"""Bytes of these rows."""
_NUMBERS = re.compile(rb"\s*(\d\d?)([/-])(\d\d?)\2(?:\d{4}|\d\d)\b")
_MONTHS = 12


def learn_order(
    names: Sequence[str], rows: Sequence[Sequence[bytes]], key_by_column: Mapping[str, str]
) -> DateOrder | None:
    """Return what comes first in the dates of a table; None if they do not tell, or disagree.

    Args:
        names: the names of its columns.
        rows: the cells of some of its rows.
        key_by_column: the columns that are mapped.
    """
    dated = [at for at, name in enumerate(names) if count_known([name], key_by_column) == {"date"}]
    orders: set[DateOrder] = set()
    for at in dated:
        for cells in rows:
            found = _NUMBERS.match(cells[at]) if at < len(cells) else None
            first, second = (int(found[1]), int(found[3])) if found else (0, 0)
            if first > _MONTHS >= second:
                orders.add("day")
            elif second > _MONTHS >= first > 0:
                orders.add("month")
    return orders.pop() if len(orders) == 1 else None
