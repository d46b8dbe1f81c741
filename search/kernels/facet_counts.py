"""Kernels that count facets: over rows of one width, a short loop for each document."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.compiled import Int, compiled

ALL_FACETS = -1
"""Stands for no facet alone."""

Places = NDArray[np.int64]
Docs = NDArray[np.uint16]
Counts = NDArray[np.uint32]
Rows = NDArray[np.uint16] | NDArray[np.uint32]


class FacetRows(NamedTuple):
    """The facet ordinals of each document, in rows of one width.

    A loop that is run equally often for each document has no end that a processor would have to
    guess; that is worth more than the room. An empty slot has an ordinal of its own behind those of
    values, which is counted and never looked at. The few documents with more values of a facet than
    it has slots have `crowded` in the first one, and their entries are walked.

    Attributes:
        rows: the rows, end to end.
        bounds: where the slots of each facet begin in a row; and how long a row is.
        offsets, ordinals: each document's entries.
        numbers: the facet that each ordinal belongs to.
    """

    rows: Rows
    bounds: Places
    offsets: NDArray[np.uint32]
    ordinals: NDArray[np.uint32]
    numbers: NDArray[np.uint8]

    @property
    def counter_count(self) -> int:
        """How many counters a query needs: of ordinals, of empty slots, and of `crowded`."""
        return len(self.numbers) + int(self.bounds[-1]) + 1


@compiled
def _walk_entries(facets: FacetRows, counts: Counts, doc: Int, facet: Int, step: Int) -> None:
    """Count the values of one facet of a document that has more of them than slots."""
    for entry in range(facets.offsets[doc], facets.offsets[doc + 1]):
        ordinal = facets.ordinals[entry]
        if facets.numbers[ordinal] == facet:
            counts[ordinal] += np.uint32(step)


@compiled
def _walk_crowded(facets: FacetRows, counts: Counts, docs: Docs, number: Int, step: Int) -> None:
    """Count what is not in the rows of some documents, if any is crowded: of one facet or all."""
    bounds, width = facets.bounds, facets.bounds[-1]
    crowded = len(facets.numbers) + width
    if counts[crowded] == 0:
        return
    counts[crowded] = 0
    for place in range(len(docs)):
        doc = np.int64(docs[place])
        for facet in range(len(bounds) - 1):
            is_asked = number in (ALL_FACETS, facet)
            if is_asked and facets.rows[doc * width + bounds[facet]] == crowded:
                _walk_entries(facets, counts, doc, facet, step)


@compiled
def count_facets(facets: FacetRows, counts: Counts, docs: Docs, step: Int) -> None:
    """Add a number to the counters of all facets of some documents."""
    rows, width = facets.rows, np.uint64(facets.bounds[-1])
    for place in range(len(docs)):
        start = np.uint64(docs[place]) * width
        for slot in range(width):
            counts[rows[start + np.uint64(slot)]] += np.uint32(step)
    _walk_crowded(facets, counts, docs, ALL_FACETS, step)


@compiled
def count_facet(facets: FacetRows, counts: Counts, docs: Docs, number: Int, step: Int) -> None:
    """Add a number to the counters of one facet of some documents."""
    rows, width = facets.rows, np.uint64(facets.bounds[-1])
    first, slots = (
        np.uint64(facets.bounds[number]),
        facets.bounds[number + 1] - facets.bounds[number],
    )
    for place in range(len(docs)):
        start = np.uint64(docs[place]) * width + first
        for slot in range(slots):
            counts[rows[start + np.uint64(slot)]] += np.uint32(step)
    _walk_crowded(facets, counts, docs, number, step)


@compiled
def fill_rows(facets: FacetRows, counts: Counts) -> None:
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
def add_counts(counts: Counts, ordinals: Places, own: Counts) -> None:
    """Add a segment's counts to those of all segments."""
    for place in range(len(ordinals)):
        counts[ordinals[place]] += own[place]


@compiled
def greatest_counts(counts: NDArray[np.uint32], places: Places, told: Places) -> int:
    """List the places of the greatest counts, the greatest first, of equal ones the first place.

    Zeros are not listed. `told` gets how many counts are not zero, and their sum. Returns how many
    places were listed; `places` has room for those wanted, which are to be few: each count that is
    great enough is put among them by insertion.
    """
    listed = above = total = 0
    room = len(places)
    for place in range(len(counts)):
        count = counts[place]
        if count == 0:
            continue
        above += 1
        total += count
        if listed == room and (room == 0 or count <= counts[places[room - 1]]):
            continue
        hole = listed if listed < room else room - 1
        while hole and counts[places[hole - 1]] < count:
            places[hole] = places[hole - 1]
            hole -= 1
        places[hole] = place
        listed = min(listed + 1, room)
    told[0], told[1] = above, total
    return listed
