"""Count facet values of documents, over rows of facet ordinals that all have one width."""

from typing import NamedTuple

import numpy as np

from index.arrays import Int64Array, Uint8Array, Uint16Array, Uint32Array
from index.compiled import Int, compiled

ALL_FACETS = -1
"""Instead of the number of one facet."""

Rows = Uint16Array | Uint32Array


class FacetRows(NamedTuple):
    """The facet ordinals of each document, in rows of one width.

    A loop that runs equally often for each document has no end that a processor could guess wrong;
    that is worth more than the memory of empty slots. An empty slot has an ordinal behind those of
    all values; it is counted and never read. A few documents have more values of a facet than it
    has slots: their first slot says `crowded`, and their entries are walked one by one.

    Attributes:
        rows: the rows, end to end.
        bounds: where the slots of each facet begin in a row, and last the width of a row.
        offsets, ordinals: the entries of each document.
        numbers: the facet of each ordinal.
    """

    rows: Rows
    bounds: Int64Array
    offsets: Uint32Array
    ordinals: Uint32Array
    numbers: Uint8Array

    @property
    def counter_count(self) -> int:
        """How many counters a query needs: for ordinals, empty slots, and `crowded`."""
        return len(self.numbers) + int(self.bounds[-1]) + 1


@compiled
def _count_entries(facets: FacetRows, counts: Uint32Array, doc: Int, facet: Int, step: Int) -> None:
    """Count the values of one facet of a document that has more of them than slots."""
    for entry in range(facets.offsets[doc], facets.offsets[doc + 1]):
        ordinal = facets.ordinals[entry]
        if facets.numbers[ordinal] == facet:
            counts[ordinal] += np.uint32(step)


@compiled
def _count_crowded(
    facets: FacetRows, counts: Uint32Array, docs: Uint16Array, facet: Int, step: Int
) -> None:
    """Count what is not in the rows of some documents, if any is crowded: of one facet or all."""
    bounds, width = facets.bounds, facets.bounds[-1]
    crowded = len(facets.numbers) + width
    if counts[crowded] == 0:
        return
    counts[crowded] = 0
    for item in range(len(docs)):
        doc = np.int64(docs[item])
        for each in range(len(bounds) - 1):
            is_counted = facet in (ALL_FACETS, each)
            if is_counted and facets.rows[doc * width + bounds[each]] == crowded:
                _count_entries(facets, counts, doc, each, step)


@compiled
def count_facets(facets: FacetRows, counts: Uint32Array, docs: Uint16Array, step: Int) -> None:
    """Count the values of all facets of some documents: add `step` to their counters."""
    rows, width = facets.rows, np.uint64(facets.bounds[-1])
    for item in range(len(docs)):
        start = np.uint64(docs[item]) * width
        for slot in range(width):
            counts[rows[start + np.uint64(slot)]] += np.uint32(step)
    _count_crowded(facets, counts, docs, ALL_FACETS, step)


@compiled
def count_facet(
    facets: FacetRows, counts: Uint32Array, docs: Uint16Array, facet: Int, step: Int
) -> None:
    """Count the values of one facet of some documents: add `step` (1 or -1) to their counters."""
    rows, width = facets.rows, np.uint64(facets.bounds[-1])
    first, slots = (
        np.uint64(facets.bounds[facet]),
        facets.bounds[facet + 1] - facets.bounds[facet],
    )
    for item in range(len(docs)):
        start = np.uint64(docs[item]) * width + first
        for slot in range(slots):
            counts[rows[start + np.uint64(slot)]] += np.uint32(step)
    _count_crowded(facets, counts, docs, facet, step)


@compiled
def fill_rows(facets: FacetRows, counts: Uint32Array) -> None:
    """Fill the rows from the entries; `counts` has a zero for each facet, and is left so."""
    width = facets.bounds[-1]
    blank = len(facets.numbers)
    for doc in range(len(facets.offsets) - 1):
        start = doc * width
        for slot in range(width):
            facets.rows[start + slot] = blank + slot
        for entry in range(facets.offsets[doc], facets.offsets[doc + 1]):
            facet = facets.numbers[facets.ordinals[entry]]
            slot = facets.bounds[facet] + counts[facet]
            counts[facet] += np.uint32(1)
            if slot < facets.bounds[facet + 1]:
                facets.rows[start + slot] = facets.ordinals[entry]
        for facet in range(len(counts)):
            if counts[facet] > facets.bounds[facet + 1] - facets.bounds[facet]:
                for slot in range(facets.bounds[facet], facets.bounds[facet + 1]):
                    facets.rows[start + slot] = blank + slot
                facets.rows[start + facets.bounds[facet]] = blank + width
            counts[facet] = 0


@compiled
def add_counts(counts: Uint32Array, ordinals: Int64Array, own: Uint32Array) -> None:
    """Add a segment's counts to those of all segments."""
    for item in range(len(ordinals)):
        counts[ordinals[item]] += own[item]


@compiled
def greatest_counts(counts: Uint32Array, offsets: Int64Array, sums: Int64Array) -> int:
    """List the offsets of the greatest counts (top k), the greatest first, of equal ones the first.

    Args:
        counts: the counts; zeros are not listed.
        offsets: gets the offsets. Its length is k, which should be small: a count that is great
            enough is put among them by insertion.
        sums: gets how many counts are not zero, and their sum.

    Returns:
        How many offsets were listed.
    """
    listed = above = total = 0
    most = len(offsets)
    for offset in range(len(counts)):
        count = counts[offset]
        if count == 0:
            continue
        above += 1
        total += count
        if listed == most and (most == 0 or count <= counts[offsets[most - 1]]):
            continue
        hole = listed if listed < most else most - 1
        while hole and counts[offsets[hole - 1]] < count:
            offsets[hole] = offsets[hole - 1]
            hole -= 1
        offsets[hole] = offset
        listed = min(listed + 1, most)
    sums[0], sums[1] = above, total
    return listed
