"""Evaluate a query over a snapshot: the total, the top hits and every facet.

`search.execution.planner` makes the plan of a query. For each segment the plan becomes clauses
(`search.execution.segment_clauses`), and the clauses become a list of matches that is filtered and
counted (`search.execution.segment_collector`). What the segments found is merged here.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from index.arrays import Uint32Array
from search.execution.clauses import Clauses, Stream
from search.execution.deadline import Deadline
from search.execution.planner import EveryDocument, Plan
from search.execution.segment_clauses import PlanStreams, clauses_of, every_document
from search.execution.segment_collector import SegmentMatches, collect, collect_everything
from search.execution.snapshot import Snapshot
from search.execution.terms import IndexTerm
from search.execution.top_hits import merge_top
from search.faceting import MatchCounts, OrdinalFilters
from search.kernels.facet_counts import add_counts
from search.kernels.score import CONSTANT
from search.matches import Matches, Selection
from search.ranking import idf


class Scope(NamedTuple):
    """The snapshot, the field weights and the deadline of a request.

    Attributes:
        snapshot: the index.
        weights: the weight of each field; 1 where it is not named.
        deadline: when to stop.
    """

    snapshot: Snapshot
    weights: Mapping[str, float]
    deadline: Deadline


def evaluate(plan: Plan, scope: Scope, selection: Selection, filters: OrdinalFilters) -> Matches:
    """Return the matches of a query's plan; their counts are `MatchCounts`.

    Where all documents are asked for, they score 0.

    Raises:
        QueryTimeoutError: at the deadline, which is checked for each segment and part of the query.
    """
    snapshot = scope.snapshot
    if isinstance(plan.root, EveryDocument) and not filters:
        parts = [collect_everything(view, selection) for view in snapshot.views]
        hits = merge_top(snapshot, selection, [part.top for part in parts])
        return Matches(snapshot.doc_count, {}, hits, MatchCounts(snapshot.facets.totals))
    parts = []
    for view, clauses in zip(snapshot.views, _clauses(plan, scope), strict=True):
        scope.deadline.check()
        parts.append(collect(view, clauses, selection, filters))
    excluded = ((bit, sum(part.excluded[bit] for part in parts)) for bit in filters.bits)
    return Matches(
        total=sum(part.total for part in parts),
        total_without={filters.names[bit]: count for bit, count in excluded},
        hits=merge_top(snapshot, selection, [part.top for part in parts]),
        counts=MatchCounts(_merged_counts(snapshot, parts), _merged_days(parts)),
    )


def counts_of(matches: Matches) -> MatchCounts:
    """Return the counts of matches that `evaluate` returned."""
    counts: MatchCounts = matches.counts  # type: ignore[assignment]  # it is one of our own
    return counts


def _clauses(plan: Plan, scope: Scope) -> Iterator[Clauses]:
    """Yield the clauses of a plan for each segment."""
    views = scope.snapshot.views
    if isinstance(plan.root, EveryDocument):
        yield from map(every_document, views)
        return
    slices = [view.segment.posting_ranges(plan.terms) for view in views]
    weights = _weights(plan.terms, slices, scope)
    for view, own in zip(views, slices, strict=True):
        streams = [
            Stream(start, stop, view.length_rows.get(field, CONSTANT), weight)
            for (start, stop), (field, _), weight in zip(own, plan.terms, weights, strict=True)
        ]
        yield clauses_of(plan.root, PlanStreams(view, streams, scope.deadline))


def _weights(
    terms: Sequence[IndexTerm], slices: Sequence[Sequence[tuple[int, int]]], scope: Scope
) -> list[float]:
    """Return the weight of each term's field times its idf; 1 in a field that has no lengths."""
    weights = []
    for number, (field, _) in enumerate(terms):
        statistics = scope.snapshot.statistics.get(field)
        if statistics is None or not statistics.doc_count:
            weights.append(1.0)
            continue
        frequency = sum(own[number][1] - own[number][0] for own in slices)
        weights.append(scope.weights.get(field, 1.0) * idf(statistics.doc_count, frequency))
    return weights


def _merged_days(parts: Sequence[SegmentMatches]) -> Mapping[int, int]:
    days: Counter[int] = Counter()
    for part in parts:
        days.update(part.days)
    return days


def _merged_counts(snapshot: Snapshot, parts: Sequence[SegmentMatches]) -> Uint32Array:
    if len(parts) == 1:  # the ordinals of a segment alone are the snapshot's
        return parts[0].counts[: len(snapshot.facets.values)]
    counts = np.zeros(len(snapshot.facets.values), np.uint32)
    for view, part in zip(snapshot.views, parts, strict=True):
        add_counts(counts, view.ordinals, part.counts)
    return counts
