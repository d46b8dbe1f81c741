"""Collect one segment's part of an answer: filter matches, count facet values, keep the top hits.

The list of matches goes through a few short loops (`search.kernels`), each of which does one thing;
one long loop that does all of it for each document takes several times as long.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from index.arrays import Int32Array, Uint8Array, Uint16Array, Uint32Array
from search.execution.clauses import Clauses, DocList, clause_cost, run, unscored
from search.execution.segment_view import SegmentView
from search.faceting import NUMBER_BIT, OrdinalFilters
from search.kernels.facet_counts import count_facet, count_facets
from search.kernels.filters import (
    drop_deleted,
    list_failing,
    list_failing_one_at_most,
    list_others,
    list_passing,
    mark_failing,
)
from search.kernels.top_docs import TopDocs, keep_best
from search.matches import Selection

CHUNK = 4096
"""Matches that are counted at once: their rows of facet values stay in the nearest cache."""

DATE_FIELD = "date"

NO_EXCLUDED = (0,) * (NUMBER_BIT + 1)


class SegmentMatches(NamedTuple):
    """What a segment contributes to an answer.

    Attributes:
        total: documents that match and pass all filters.
        excluded: by bit of a filter, documents that only this one keeps out.
        counts: by ordinal, documents that match and pass every filter but that facet's own.
        top: the best hits.
        days: by day (YYYYMMDD), documents that match and pass every filter but the one by days.
    """

    total: int
    excluded: Sequence[int]
    counts: Uint32Array
    top: TopDocs
    days: Mapping[int, int] = {}


def collect(
    view: SegmentView, clauses: Clauses, selection: Selection, filters: OrdinalFilters
) -> SegmentMatches:
    """Return a segment's part of an answer: its matches filtered, counted, and the best of them."""
    ranks = view.segment.order(selection.order)
    top = _new_top(selection.size, ranks, by_score=selection.by_score)
    if filters:
        return _collect_filtered(view, clauses, filters, top)
    matches = _without_deleted(view, run(clauses, view, in_order=False))
    keep_best(top, matches.docs, matches.scores)
    return SegmentMatches(len(matches.docs), NO_EXCLUDED, _count_all(view, matches.docs), top)


def collect_everything(view: SegmentView, selection: Selection) -> SegmentMatches:
    """Return a segment's part where all documents match: its counts and its order are known."""
    docs = view.docs_in_order(selection.order)[: selection.size]
    top = _new_top(len(docs), view.segment.order(selection.order), by_score=False)
    top.docs[:], top.scores[:], top.kept[0] = docs, 0, len(docs)
    return SegmentMatches(view.live_count, NO_EXCLUDED, view.all_counts, top)


def _collect_filtered(
    view: SegmentView, clauses: Clauses, filters: OrdinalFilters, top: TopDocs
) -> SegmentMatches:
    """Collect under filters: a document that fails one filter alone counts in that one's facet."""
    failing = _failing_bits(filters, view)
    matches = _without_deleted(
        view, run(_narrowed(clauses, failing, filters), view, in_order=False)
    )
    docs, scores = _empty_list(len(matches.docs))
    counts, excluded = view.new_counts(), list(NO_EXCLUDED)
    days: Counter[int] = Counter()
    for bit in filters.bits:
        failing_one = docs[: list_failing(failing, matches.docs, 1 << bit, docs)]
        excluded[bit] = len(failing_one)
        if bit != NUMBER_BIT:
            _count_one_facet(view, counts, failing_one, bit)
        elif filters.days:
            days.update(_count_days(view, failing_one, filters.days))
    kept = list_passing(failing, matches.docs, matches.scores, docs, scores)
    count_facets(view.facets, counts, docs[:kept], 1)
    if filters.days:
        days.update(_count_days(view, docs[:kept], filters.days))
    keep_best(top, docs[:kept], scores[:kept])
    return SegmentMatches(kept, excluded, counts, top, days)


def _failing_bits(filters: OrdinalFilters, view: SegmentView) -> Uint8Array:
    """Return a bit mask for each document: the filters that it fails."""
    failing = np.full(view.segment.doc_count, sum(1 << bit for bit in filters.allow), np.uint8)
    for bit, ordinals in filters.allow.items():
        for ordinal in ordinals:
            mark_failing(failing, view.docs_with(ordinal), np.uint8(~(1 << bit) & 255), np.uint8(0))
    for bit, ordinals in filters.deny.items():
        for ordinal in ordinals:
            mark_failing(failing, view.docs_with(ordinal), np.uint8(255), np.uint8(1 << bit))
    if filters.number:
        name, low, high = filters.number
        numbers = view.segment.number(name)
        failing[(numbers < low) | (numbers > high)] |= 1 << NUMBER_BIT
    return failing


def _narrowed(clauses: Clauses, failing: Uint8Array, filters: OrdinalFilters) -> Clauses:
    """Add a clause of the documents that fail one filter at most: no other is counted anywhere."""
    if len(filters.bits) == 1:
        return clauses
    docs = np.empty(len(failing) + 1, np.uint16)
    countable = docs[: list_failing_one_at_most(failing, docs)]
    if len(countable) > min(map(clause_cost, clauses.must)):
        return clauses
    return Clauses([*clauses.must, *unscored(countable).must], clauses.must_not)


def _count_all(view: SegmentView, docs: Uint16Array) -> Uint32Array:
    """Count all facets of documents; if they are most of the segment, subtract the others."""
    if 2 * len(docs) <= view.segment.doc_count:
        counts = view.new_counts()
        _add(view, counts, docs, 1)
        return counts
    counts = view.new_counts(view.all_counts)
    _add(view, counts, _others(view, docs), -1)
    return counts


def _count_one_facet(view: SegmentView, counts: Uint32Array, docs: Uint16Array, facet: int) -> None:
    """Count one facet of documents as `_count_all` counts all; its counters must be 0."""
    if 2 * len(docs) <= view.segment.doc_count:
        count_facet(view.facets, counts, docs, facet, 1)
        return
    own = np.flatnonzero(view.facets.numbers == facet)
    counts[own] = view.all_counts[own]
    count_facet(view.facets, counts, _others(view, docs), facet, -1)


def _count_days(view: SegmentView, docs: Uint16Array, days: tuple[int, int]) -> dict[int, int]:
    """Count the documents of each day, from the first to the last (YYYYMMDD)."""
    dates = view.segment.number(DATE_FIELD)[docs]
    found, counts = np.unique(dates[(dates >= days[0]) & (dates <= days[1])], return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _others(view: SegmentView, docs: Uint16Array) -> Uint16Array:
    """Return the documents that are not among these, nor deleted."""
    marked = np.zeros(view.segment.doc_count, np.bool_)
    others = np.empty(view.segment.doc_count + 1, np.uint16)
    return others[: list_others(view.live, docs, marked, others)]


def _add(view: SegmentView, counts: Uint32Array, docs: Uint16Array, step: int) -> None:
    for first in range(0, len(docs), CHUNK):
        count_facets(view.facets, counts, docs[first : first + CHUNK], step)


def _without_deleted(view: SegmentView, matches: DocList) -> DocList:
    """Return the matches that are candidates."""
    if not len(view.live):
        return matches
    docs, scores = _empty_list(len(matches.docs))
    kept = drop_deleted(view.live, matches.docs, matches.scores, docs, scores)
    return DocList(docs[:kept], scores[:kept])


def _empty_list(count: int) -> DocList:
    """Return lists with one entry to spare, as the kernels ask (see `search.kernels.filters`)."""
    return DocList(np.empty(count + 1, np.uint16), np.empty(count + 1, np.float32))


def _new_top(size: int, ranks: Int32Array, *, by_score: bool) -> TopDocs:
    """Return an empty list for the best hits."""
    size = min(size, len(ranks))
    docs, scores = np.empty(size, np.int32), np.empty(size, np.float32)
    return TopDocs(ranks, docs, scores, np.zeros(1, np.int64), by_score)
