"""Postings as plain Python lists, for the kernels that read and write them as arrays."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

Posting = tuple[int, tuple[int, ...]]
"""A document, and the positions of a term in it."""

DOCS_MOST = 100
"""Documents of the segments: more than a block of them, and more than are sorted by insertion."""

some_positions = st.lists(st.integers(0, 70_000), min_size=1, max_size=4).map(tuple)
some_postings = st.dictionaries(
    st.integers(0, DOCS_MOST - 1), some_positions, min_size=1, max_size=60
).map(lambda by_doc: sorted(by_doc.items()))
"""The postings of a term."""

some_segment = st.lists(some_postings, min_size=1, max_size=5)
"""The postings of the terms of a segment."""


class Arrays(NamedTuple):
    """The postings of a segment, as kernels take them; `starts` also has where the last ends."""

    docs: Any
    frequencies: Any
    positions: Any
    starts: Any


def to_arrays(segment: Sequence[Sequence[Posting]]) -> Arrays:
    """Return the arrays of the postings of a segment's terms."""
    postings = [posting for term in segment for posting in term]
    return Arrays(
        np.array([doc for doc, _ in postings], np.uint16),
        np.array([len(positions) for _, positions in postings], np.uint32),
        np.array([p for _, positions in postings for p in positions], np.uint32),
        np.array([0, *accumulate(map(len, segment))], np.int64),
    )


def summed(terms: Sequence[Sequence[Posting]]) -> list[tuple[int, int]]:
    """Return the documents of several terms in order, each with the sum of its frequencies."""
    sums: Counter[int] = Counter()
    for postings in terms:
        for doc, positions in postings:
            sums[doc] += len(positions)
    return sorted(sums.items())
