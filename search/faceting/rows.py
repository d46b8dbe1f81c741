"""Facet rows: the facet ordinals of a segment's documents in rows of one width, for fast counting.

They are made when a segment is opened.

>>> slots_for(np.array([1, 1, 1, 1, 9])), slots_for(np.array([0, 2, 3, 3]))
(8, 3)
"""

import numpy as np
from numpy.typing import NDArray

from index.segments import Segment
from search.kernels.facet_counts import FacetRows, Rows, fill_rows

CROWDED_SHARE_MOST = 0.02
"""Share of the documents that may have more values of a facet than it has slots: each of them
takes some ten times as long to count."""

SLOTS_MOST = 8
"""Slots of a facet: each costs its step whether it is filled or not."""


def facet_rows(segment: Segment, numbers: NDArray[np.uint8]) -> FacetRows:
    """Return the rows of a segment; `numbers` tells the facet of each of its ordinals."""
    offsets, ordinals = segment.facet_offsets, segment.facet_ordinals
    widths = [slots_for(counts) for counts in _values_by_facet(segment, numbers)]
    bounds = np.cumsum([0, *widths], dtype=np.int64)
    rows = _empty_rows(segment.doc_count * int(bounds[-1]), len(numbers) + int(bounds[-1]))
    facets = FacetRows(rows, bounds, offsets, ordinals, numbers)
    fill_rows(facets, np.zeros(len(widths), np.uint32))
    return facets


def _empty_rows(size: int, highest: int) -> Rows:
    """Return an empty array for so many ordinals: 16 bits if the highest fits, else 32."""
    if highest <= np.iinfo(np.uint16).max:
        return np.empty(size, np.uint16)
    return np.empty(size, np.uint32)


def slots_for(counts: NDArray[np.int64]) -> int:
    """Return how many slots a facet gets, by how many values of it the documents have."""
    held = np.bincount(np.minimum(counts, SLOTS_MOST), minlength=SLOTS_MOST + 1)
    beyond = len(counts) - np.cumsum(held)
    return max(1, int(np.argmax(beyond <= CROWDED_SHARE_MOST * len(counts))))


def _values_by_facet(segment: Segment, numbers: NDArray[np.uint8]) -> list[NDArray[np.int64]]:
    """Return how many values of each facet the documents have."""
    docs = np.repeat(np.arange(segment.doc_count), segment.facet_entry_counts())
    facets = numbers[segment.facet_ordinals]
    return [
        np.bincount(docs[facets == number], minlength=segment.doc_count)
        for number in range(len(segment.facets))
    ]
