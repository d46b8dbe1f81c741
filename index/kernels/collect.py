"""Kernels from matches to an answer: filter them, count their facets, keep the best.

Each is a short loop over the list of matches; one long loop that does all of it for each document
is several times as slow.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.kernels.compiled import Float, Int, compiled, inlined

CHUNK = 4096
"""Matches that are counted and compared before the next ones: these stay in the nearest cache."""

Places = NDArray[np.int64]
Floats = NDArray[np.float32]
Docs = NDArray[np.uint16]


class FacetView(NamedTuple):
    """Each document's facet ordinals, and the number of the facet that each ordinal belongs to."""

    offsets: NDArray[np.uint32]
    ordinals: NDArray[np.uint32]
    numbers: NDArray[np.uint8]


Failing = NDArray[np.uint8]
"""By document, the filters that it fails, a bit each, by the number of the filtered facet; empty
where nothing is filtered."""


class Tally(NamedTuple):
    """What a query finds; the kernels write into it.

    Attributes:
        counts: by ordinal, the documents that pass every filter but that facet's own.
        totals: [0] documents that pass all filters, [1] that match, [2 + b] that fail only bit b,
            [10] how many of the best are kept.
        ranks: each document's rank; of equal scores the lower one is better.
        docs, scores: the best, a heap with the worst on top.
        by_score: whether scores count at all.
    """

    counts: NDArray[np.uint32]
    totals: Places
    ranks: NDArray[np.int32]
    docs: NDArray[np.int32]
    scores: Floats
    by_score: bool


_BITS = np.array([bits.bit_length() - 1 for bits in range(256)], np.int8)
"""The number of a single bit."""

KEPT = 10
"""The place in `Tally.totals` that tells how many of the best are kept."""


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
    """Keep what is among the best of some matches: most are not, at one comparison each."""
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
def _count(facets: FacetView, tally: Tally, docs: Docs, first: Int, last: Int) -> None:
    """Count the facets of some matches."""
    for place in range(first, last):
        doc = np.int64(docs[place])
        for entry in range(facets.offsets[doc], facets.offsets[doc + 1]):
            tally.counts[facets.ordinals[entry]] += np.uint32(1)


@inlined
def _count_near(facets: FacetView, tally: Tally, doc: Int, failed: Int) -> None:
    """Count a document that fails one filter: in that filter's facet alone."""
    bit = _BITS[failed]
    tally.totals[2 + bit] += 1
    for entry in range(facets.offsets[doc], facets.offsets[doc + 1]):
        ordinal = facets.ordinals[entry]
        if facets.numbers[ordinal] == bit:
            tally.counts[ordinal] += np.uint32(1)


@compiled
def drop_deleted(
    live: NDArray[np.uint8], docs: Docs, scores: Floats, kept_docs: Docs, kept_scores: Floats
) -> int:
    """List the matches that were not deleted; return how many there are."""
    kept = 0
    for place in range(len(docs)):
        if live[docs[place]]:
            kept_docs[kept], kept_scores[kept] = docs[place], scores[place]
            kept += 1
    return kept


@compiled
def drop_failing(
    facets: FacetView,
    failing: Failing,
    tally: Tally,
    docs: Docs,
    scores: Floats,
    kept_docs: Docs,
    kept_scores: Floats,
) -> int:
    """List the matches that pass all filters; count those that fail one; return how many pass."""
    kept = 0
    for place in range(len(docs)):
        doc = np.int64(docs[place])
        failed = np.int64(failing[doc])
        if failed == 0:
            kept_docs[kept], kept_scores[kept] = doc, scores[place]
            kept += 1
        elif failed & (failed - 1) == 0:
            _count_near(facets, tally, doc, failed)
    return kept


@compiled
def collect(facets: FacetView, tally: Tally, docs: Docs, scores: Floats) -> None:
    """Count the facets of all matches, and keep the best of them."""
    for first in range(0, len(docs), CHUNK):
        last = min(first + CHUNK, len(docs))
        _count(facets, tally, docs, first, last)
        _keep_best(tally, docs, scores, first, last)


@compiled
def collect_most(
    live: NDArray[np.uint8],
    facets: FacetView,
    tally: Tally,
    docs: Docs,
    scores: Floats,
    marked: NDArray[np.bool_],
) -> None:
    """Do the same where most documents match: take the others off the counts of all.

    `tally.counts` begins with those of all documents, `marked` with False for each document.
    """
    for place in range(len(docs)):
        marked[docs[place]] = True
    for doc in range(len(marked)):
        if not marked[doc] and (len(live) == 0 or live[doc]):
            for entry in range(facets.offsets[doc], facets.offsets[doc + 1]):
                tally.counts[facets.ordinals[entry]] -= np.uint32(1)
    _keep_best(tally, docs, scores, 0, len(docs))


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
