"""Counted ids: a column of ids that only counts the rows of a file, which is no id.

Tables that were written with a row number, or put together from several, have a column "id" that
runs from 0 or 1, or begins again and again. It moves with every row that is put in front, and in
another file the same numbers name other articles. Where the rows have addresses, these give the
ids, and the number becomes the former id, so links that have it still lead to the article.

>>> counts_rows(["0", "1", "2", "3"]), counts_rows(["7", "0", "1", "0", "1"])
(True, True)
>>> counts_rows(["48213", "48220", "48219"]), counts_rows(["1"])
(False, False)
"""

from collections.abc import Sequence
from itertools import pairwise

DIGITS_MOST = 9
"""Digits of a number that may count rows; an id that is a hash has more."""
RUNNING_SHARE = 0.5
"""Share of the steps from row to row that go one up, or one down, in a column that counts rows:
between them rows may have been refused, and a file may be put together from several."""


def may_count(doc_id: str) -> bool:
    """Return whether an id is a number such as rows have."""
    return len(doc_id) <= DIGITS_MOST and doc_id.isascii() and doc_id.isdigit()


def counts_rows(ids: Sequence[str]) -> bool:
    """Return whether the ids of the rows of a file, whose addresses all differ, only count them.

    Args:
        ids: in the order of the rows; each is a number.
    """
    return len(set(ids)) < len(ids) or is_running(ids)


def is_running(ids: Sequence[str]) -> bool:
    """Return whether numbers mostly go up, or down, by one from row to row."""
    steps = [int(second) - int(first) for first, second in pairwise(ids)]
    return any(steps.count(step) > RUNNING_SHARE * len(steps) for step in (1, -1))
