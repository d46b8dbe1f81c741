"""What one segment says to a query: its matches filtered, their facets counted, the best kept.

The list of matches goes through a few short loops (`search.kernels`), each of which does one thing;
one long loop that does all of it for each document takes several times as long.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.execution.clauses import Clauses, Docs, Listed, clause_cost, listed_stream, run
from search.execution.filtering import failing_filters
from search.execution.snapshot import SegmentView
from search.kernels.facet_counts import count_facet, count_facets
from search.kernels.filters import (
    Failing,
    drop_deleted,
    list_failing,
    list_near,
    list_others,
    list_passing,
)
from search.kernels.top_docs import Best, keep_best
from search.matches import NUMBER_BIT, Counts, Filters, Wanted

CHUNK = 4096
"""Matches that are counted at once: their rows stay in the nearest cache."""


class Tally(NamedTuple):
    """What a segment found.

    Attributes:
        total: documents that match and pass all filters.
        without: by bit of a filter, documents that this one alone keeps out.
        counts: by ordinal, documents that pass every filter but that facet's own.
        best: the best hits.
    """

    total: int
    without: Sequence[int]
    counts: Counts
    best: Best


NONE_WITHOUT = (0,) * (NUMBER_BIT + 1)


def new_best(size: int, ranks: NDArray[np.int32], *, by_score: bool) -> Best:
    """Return room for the best hits."""
    size = min(size, len(ranks))
    docs, scores = np.empty(size, np.int32), np.empty(size, np.float32)
    return Best(ranks, docs, scores, np.zeros(1, np.int64), by_score)


def tally(view: SegmentView, clauses: Clauses, wanted: Wanted, filters: Filters) -> Tally:
    """Find the matches of a segment, filter them, count their facets, and keep the best."""
    best = new_best(wanted.best, view.segment.order(wanted.order), by_score=wanted.by_score)
    if filters:
        return _tally_passing(view, clauses, filters, best)
    listed = _live(view, run(clauses, view, in_order=False))
    keep_best(best, listed.docs, listed.scores)
    return Tally(len(listed.docs), NONE_WITHOUT, _counts(view, listed.docs), best)


def everything(view: SegmentView, wanted: Wanted) -> Tally:
    """Return what a segment holds: nothing has to be counted, and the order is known."""
    docs = view.docs_in_order(wanted.order)[: wanted.best]
    best = new_best(len(docs), view.segment.order(wanted.order), by_score=False)
    best.docs[:], best.scores[:], best.kept[0] = docs, 0, len(docs)
    return Tally(view.live_count, NONE_WITHOUT, view.all_counts, best)


def unscored(docs: Docs) -> Clauses:
    """Return clauses that these documents match, which are in order; they score 0."""
    return Clauses([[listed_stream(docs, np.zeros(len(docs), np.float32))]])


def _counts(view: SegmentView, docs: Docs) -> Counts:
    """Count the facets of documents: where they are most, by what the others take off."""
    if 2 * len(docs) <= view.segment.doc_count:
        counts = view.new_counts()
        _add(view, counts, docs, 1)
        return counts
    counts = view.new_counts(view.all_counts)
    _add(view, counts, _others(view, docs), -1)
    return counts


def _count_own(view: SegmentView, counts: Counts, docs: Docs, facet: int) -> None:
    """Count one facet of documents, in the same way; its counters are 0 so far."""
    if 2 * len(docs) <= view.segment.doc_count:
        count_facet(view.facets, counts, docs, facet, 1)
        return
    own = np.flatnonzero(view.facets.numbers == facet)
    counts[own] = view.all_counts[own]
    count_facet(view.facets, counts, _others(view, docs), facet, -1)


def _others(view: SegmentView, docs: Docs) -> Docs:
    """Return the documents that are not among these, nor deleted."""
    marked = np.zeros(view.segment.doc_count, np.bool_)
    others = np.empty(view.segment.doc_count + 1, np.uint16)
    return others[: list_others(view.live, docs, marked, others)]


def _add(view: SegmentView, counts: Counts, docs: Docs, step: int) -> None:
    for first in range(0, len(docs), CHUNK):
        count_facets(view.facets, counts, docs[first : first + CHUNK], step)


def _tally_passing(view: SegmentView, clauses: Clauses, filters: Filters, best: Best) -> Tally:
    """Do the same with filters: what fails one of them counts in that one's facet."""
    failing = failing_filters(filters, view)
    listed = _live(view, run(_narrowed(clauses, failing, filters), view, in_order=False))
    docs, scores = _room_for(len(listed.docs))
    counts, without = view.new_counts(), list(NONE_WITHOUT)
    for bit in filters.bits:
        near = docs[: list_failing(failing, listed.docs, 1 << bit, docs)]
        without[bit] = len(near)
        if bit != NUMBER_BIT:
            _count_own(view, counts, near, bit)
    kept = list_passing(failing, listed.docs, listed.scores, docs, scores)
    count_facets(view.facets, counts, docs[:kept], 1)
    keep_best(best, docs[:kept], scores[:kept])
    return Tally(kept, without, counts, best)


def _narrowed(clauses: Clauses, failing: Failing, filters: Filters) -> Clauses:
    """Let only documents match that fail one filter at most: nothing else is counted anywhere."""
    if len(filters.bits) == 1:
        return clauses
    docs = np.empty(len(failing) + 1, np.uint16)
    near = docs[: list_near(failing, docs)]
    if len(near) > min(map(clause_cost, clauses.must)):
        return clauses
    return Clauses([*clauses.must, *unscored(near).must], clauses.may, clauses.must_not)


def _live(view: SegmentView, listed: Listed) -> Listed:
    """Return the matches that are candidates."""
    if not len(view.live):
        return listed
    docs, scores = _room_for(len(listed.docs))
    kept = drop_deleted(view.live, listed.docs, listed.scores, docs, scores)
    return Listed(docs[:kept], scores[:kept])


def _room_for(count: int) -> Listed:
    """Return lists of matches with room for one more, as the kernels ask (see `filters`)."""
    return Listed(np.empty(count + 1, np.uint16), np.empty(count + 1, np.float32))
