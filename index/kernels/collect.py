"""Kernels from matches to an answer: filter them, count their facets, keep the best.

Each is a short loop over the list of matches; one long loop that does all of it for each document
is several times as slow.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.kernels.compiled import Float, Int, compiled

CHUNK = 4096
"""Matches that are counted and compared before the next ones: these stay in the nearest cache."""

Places = NDArray[np.int64]
Floats = NDArray[np.float32]
Docs = NDArray[np.uint16]


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


Failing = NDArray[np.uint8]
"""By document, the filters that it fails, a bit each, by the number of the filtered facet."""

Counts = NDArray[np.uint32]


class Tally(NamedTuple):
    """What a query finds; the kernels write into it.

    Attributes:
        counts: by ordinal, the documents that pass every filter but that facet's own; behind them
            the counters of `FacetRows`.
        totals: `TOTAL`: documents that match and pass all filters; `NEAR` + b: that fail bit b
            alone; `KEPT`: how many of the best are kept.
        ranks: each document's rank; of equal scores the lower one is better.
        docs, scores: the best, a heap with the worst on top.
        by_score: whether scores count at all.
    """

    counts: Counts
    totals: Places
    ranks: NDArray[np.int32]
    docs: NDArray[np.int32]
    scores: Floats
    by_score: bool


FILTERS_MOST = 8
"""Filters that have a bit in a byte."""

BLOCK = 32
"""Scores that are compared at once with the worst of the best: mostly none is above it."""

ALL_FACETS = -1
"""Stands for no facet alone."""

TOTAL, NEAR, KEPT = 0, 1, 9
"""Places in `Tally.totals`."""


@compiled
def _is_worse(tally: Tally, first: Int, second: Int) -> bool:
    """Whether one of the best is worse than another."""
    if tally.by_score and tally.scores[first] != tally.scores[second]:
        return bool(tally.scores[first] < tally.scores[second])
    return bool(tally.ranks[tally.docs[first]] > tally.ranks[tally.docs[second]])


@compiled
def _swap(tally: Tally, first: Int, second: Int) -> None:
    doc, score = tally.docs[first], tally.scores[first]
    tally.docs[first], tally.scores[first] = tally.docs[second], tally.scores[second]
    tally.docs[second], tally.scores[second] = doc, score


@compiled
def _sink(tally: Tally) -> None:
    """Let the top of the heap down to where it belongs."""
    place, count = 0, tally.totals[KEPT]
    while True:
        child = 2 * place + 1
        if child >= count:
            return
        if child + 1 < count and _is_worse(tally, child + 1, child):
            child += 1
        if not _is_worse(tally, child, place):
            return
        _swap(tally, child, place)
        place = child


@compiled
def _rise(tally: Tally) -> None:
    """Let the last of the heap up to where it belongs."""
    place = tally.totals[KEPT] - 1
    while place and _is_worse(tally, place, (place - 1) // 2):
        _swap(tally, place, (place - 1) // 2)
        place = (place - 1) // 2


@compiled
def _keep(tally: Tally, doc: Int, score: Float) -> None:
    """Put a document among the best; the worst of them goes if there is no room."""
    kept = tally.totals[KEPT]
    if kept < len(tally.docs):
        tally.docs[kept], tally.scores[kept] = doc, score
        tally.totals[KEPT] = kept + 1
        _rise(tally)
    else:
        tally.docs[0], tally.scores[0] = doc, score
        _sink(tally)


@compiled
def _keep_best(tally: Tally, docs: Docs, scores: Floats, first: Int, last: Int) -> None:
    """Keep what is among the best of some matches."""
    room = len(tally.docs)
    for place in range(first, last if room else first):
        doc, score = np.int64(docs[place]), scores[place]
        if tally.totals[KEPT] == room:
            if tally.by_score and score < tally.scores[0]:
                continue
            is_equal = not tally.by_score or score == tally.scores[0]
            if is_equal and tally.ranks[doc] > tally.ranks[tally.docs[0]]:
                continue
        _keep(tally, doc, score)


@compiled
def _keep_best_blocks(tally: Tally, docs: Docs, scores: Floats, first: Int, last: Int) -> None:
    """Do the same; blocks in which no score is good enough are passed over."""
    is_full = tally.by_score and tally.totals[KEPT] == len(tally.docs) > 0
    for start in range(first, last, BLOCK):
        stop = min(start + BLOCK, last)
        if is_full:
            is_above = False
            for place in range(start, stop):
                is_above |= scores[place] >= tally.scores[0]
            if not is_above:
                continue
        _keep_best(tally, docs, scores, start, stop)
        is_full = tally.by_score and tally.totals[KEPT] == len(tally.docs) > 0


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
def _count(facets: FacetRows, counts: Counts, docs: Docs, step: Int) -> None:
    """Add a number to the counters of all facets of some documents."""
    rows, width = facets.rows, np.uint64(facets.bounds[-1])
    for place in range(len(docs)):
        start = np.uint64(docs[place]) * width
        for slot in range(width):
            counts[rows[start + np.uint64(slot)]] += np.uint32(step)
    _walk_crowded(facets, counts, docs, ALL_FACETS, step)


@compiled
def _count_facet(facets: FacetRows, counts: Counts, docs: Docs, number: Int) -> None:
    """Add 1 to the counters of one facet of some documents."""
    rows, width = facets.rows, np.uint64(facets.bounds[-1])
    first, slots = (
        np.uint64(facets.bounds[number]),
        facets.bounds[number + 1] - facets.bounds[number],
    )
    for place in range(len(docs)):
        start = np.uint64(docs[place]) * width + first
        for slot in range(slots):
            counts[rows[start + np.uint64(slot)]] += np.uint32(1)
    _walk_crowded(facets, counts, docs, number, 1)


@compiled
def drop_deleted(
    live: NDArray[np.uint8], docs: Docs, scores: Floats, kept_docs: Docs, kept_scores: Floats
) -> int:
    """List the matches that were not deleted, with room for one more; return how many there are."""
    kept = 0
    for place in range(len(docs)):
        kept_docs[np.uint64(kept)], kept_scores[np.uint64(kept)] = docs[place], scores[place]
        kept += live[docs[place]] > 0
    return kept


@compiled
def drop_failing(
    facets: FacetRows,
    failing: Failing,
    tally: Tally,
    docs: Docs,
    scores: Floats,
    kept_docs: Docs,
    kept_scores: Floats,
) -> int:
    """List the matches that pass all filters; count those that fail one; return how many pass.

    The lists have room for one more than there are matches.
    """
    failed = np.uint8(0)
    for place in range(len(docs)):
        failed |= failing[docs[place]]
    for bit in range(FILTERS_MOST):
        if (failed >> bit) & 1:
            near = _list_failing(failing, docs, 1 << bit, kept_docs)
            tally.totals[NEAR + bit] = near
            if bit < len(facets.bounds) - 1:
                _count_facet(facets, tally.counts, kept_docs[:near], bit)
    kept = 0
    for place in range(len(docs)):
        kept_docs[np.uint64(kept)], kept_scores[np.uint64(kept)] = docs[place], scores[place]
        kept += failing[docs[place]] == 0
    return kept


@compiled
def _list_failing(failing: Failing, docs: Docs, bits: Int, kept: Docs) -> int:
    """List the documents that fail just these filters; return how many they are."""
    count = 0
    for place in range(len(docs)):
        kept[np.uint64(count)] = docs[place]
        count += failing[docs[place]] == bits
    return count


@compiled
def mark_failing(failing: Failing, docs: Docs, kept: np.uint8, added: np.uint8) -> None:
    """Keep some bits of documents, and add some."""
    for place in range(len(docs)):
        failing[docs[place]] = (failing[docs[place]] & kept) | added


@compiled
def list_near(failing: Failing, docs: Docs) -> int:
    """List all documents that fail one filter at most; `docs` has room for one more than all."""
    count = 0
    for doc in range(len(failing)):
        docs[np.uint64(count)] = doc
        count += failing[doc] & (failing[doc] - 1) == 0
    return count


@compiled
def collect(facets: FacetRows, tally: Tally, docs: Docs, scores: Floats) -> None:
    """Count the facets of all matches, and keep the best of them."""
    for first in range(0, len(docs), CHUNK):
        last = min(first + CHUNK, len(docs))
        _count(facets, tally.counts, docs[first:last], 1)
        _keep_best_blocks(tally, docs, scores, first, last)


@compiled
def collect_most(
    live: NDArray[np.uint8],
    facets: FacetRows,
    tally: Tally,
    docs: Docs,
    scores: Floats,
    marked: NDArray[np.bool_],
    rest: Docs,
) -> None:
    """Do the same where most documents match: take the others off the counts of all.

    `tally.counts` begins with those of all documents, `marked` with False for each document; `rest`
    has room for one more than there are documents.
    """
    for place in range(len(docs)):
        marked[docs[place]] = True
    count = 0
    for doc in range(len(marked)):
        rest[np.uint64(count)] = doc
        count += not marked[doc] and (len(live) == 0 or live[doc] > 0)
    for first in range(0, count, CHUNK):
        _count(facets, tally.counts, rest[first : min(first + CHUNK, count)], -1)
    _keep_best_blocks(tally, docs, scores, 0, len(docs))


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
