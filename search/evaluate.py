"""Run a Whoosh query over a snapshot: the total, the best hits and every facet.

For each segment the query becomes clauses (`search.whoosh_clauses`), the clauses a list of matches
(`search.clauses`), and the list is filtered, counted and searched for the best in one pass of a few
short loops (`index.kernels.collect`). What the segments found is put together here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from whoosh import query as whoosh

from index.kernels.collect import (
    KEPT,
    TOTAL,
    Failing,
    Tally,
    add_counts,
    collect,
    collect_most,
    drop_deleted,
    drop_failing,
    list_near,
)
from search.best_hits import best_hits
from search.clauses import Clauses, Docs, Listed, Stream, clause_cost, listed_stream, run
from search.deadline import Deadline
from search.filtering import failing_filters
from search.found import NUMBER_BIT, Counts, Filters, Found, Wanted
from search.snapshot import SegmentView, Snapshot, new_tally
from search.whoosh_clauses import Scope, clauses_of
from search.whoosh_scoring import lucene_idf
from search.whoosh_terms import FieldBytes, Term, terms_in


class Scoring(NamedTuple):
    """How terms of a snapshot are weighed, and how Whoosh runs what is not known here.

    Attributes:
        weights: by field; 1 where it is not named.
        field_bytes: from a field and a text to the bytes of its term, or None.
        run_matcher: from the number of a segment and a query to documents and scores.
    """

    weights: Mapping[str, float]
    field_bytes: FieldBytes
    run_matcher: Callable[[int, Any], tuple[list[int], list[float]]]


def evaluate(  # noqa: PLR0913, PLR0917 - each is a value of its own
    query: Any,
    snapshot: Snapshot,
    scoring: Scoring,
    wanted: Wanted,
    filters: Filters,
    deadline: Deadline,
) -> Found:
    """Return what a Whoosh query finds.

    Raises:
        QueryTimeoutError: at the deadline; it is looked at between segments.
    """
    is_everything = isinstance(query, whoosh.Every) and query.fieldname is None
    if is_everything and not filters:
        return _everything(snapshot, wanted)
    asked = _all(snapshot) if is_everything else _matches(query, snapshot, scoring)
    tallies = []
    for view, clauses in zip(snapshot.views, asked, strict=True):
        deadline.check()
        tallies.append(_tally(view, clauses, wanted, filters))
    return _merged(snapshot, wanted, tallies)


def _all(snapshot: Snapshot) -> Iterator[Clauses]:
    """Yield clauses that all documents of each segment match; they score 0."""
    for view in snapshot.views:
        yield _unscored(np.arange(view.segment.doc_count, dtype=np.uint16))


def _unscored(docs: Docs) -> Clauses:
    return Clauses([[listed_stream(docs, np.zeros(len(docs), np.float32))]])


def _matches(query: Any, snapshot: Snapshot, scoring: Scoring) -> Iterator[Clauses]:
    """Yield the clauses of a query for each segment."""
    terms = list(dict.fromkeys(terms_in(query, scoring.field_bytes)))
    places = [view.segment.places(terms) for view in snapshot.views]
    frequency = dict.fromkeys(terms, 0)
    for own in places:
        for term, (start, stop) in zip(terms, own, strict=True):
            frequency[term] += stop - start
    weights = [_weight(snapshot, scoring, frequency, name, [text]) for name, text in terms]
    for number, (view, own) in enumerate(zip(snapshot.views, places, strict=True)):
        rows = zip(terms, own, weights, strict=True)
        scope = Scope(
            view,
            {
                term: Stream(*place, view.length_rows[term[0]], weight)
                for term, place, weight in rows
                if place[1]
            },
            lambda name, texts: _weight(snapshot, scoring, frequency, name, texts),
            scoring.field_bytes,
            number,
            scoring.run_matcher,
        )
        yield clauses_of(query, scope)


def _tally(view: SegmentView, clauses: Clauses, wanted: Wanted, filters: Filters) -> Tally:
    """Find the matches of a segment, filter them, count their facets, and keep the best."""
    if filters:
        return _tally_passing(view, clauses, wanted, filters)
    segment, listed = view.segment, _live(view, run(clauses, view, in_order=False))
    is_most = 2 * len(listed.docs) > segment.doc_count
    tally = _new_tally(view, wanted, view.all_counts if is_most else None)
    if is_most:
        room = np.zeros(segment.doc_count, np.bool_), np.empty(segment.doc_count + 1, np.uint16)
        collect_most(segment.live, view.facets, tally, listed.docs, listed.scores, *room)
    else:
        collect(view.facets, tally, listed.docs, listed.scores)
    tally.totals[TOTAL] = len(listed.docs)
    return tally


def _tally_passing(view: SegmentView, clauses: Clauses, wanted: Wanted, filters: Filters) -> Tally:
    """Do the same with filters: what fails one of them counts in that one's facet."""
    tally = _new_tally(view, wanted, None)
    failing = failing_filters(filters, view)
    listed = _live(view, run(_narrowed(clauses, failing, filters), view, in_order=False))
    most = len(listed.docs) + 1
    docs, scores = np.empty(most, np.uint16), np.empty(most, np.float32)
    kept = drop_failing(view.facets, failing, tally, listed.docs, listed.scores, docs, scores)
    collect(view.facets, tally, docs[:kept], scores[:kept])
    tally.totals[TOTAL] = kept
    return tally


def _narrowed(clauses: Clauses, failing: Failing, filters: Filters) -> Clauses:
    """Let only documents match that fail one filter at most: nothing else is counted anywhere."""
    if len(filters) < 2:  # noqa: PLR2004 - of a single one every document fails one at most
        return clauses
    docs = np.empty(len(failing) + 1, np.uint16)
    near = docs[: list_near(failing, docs)]
    if len(near) > min(map(clause_cost, clauses.must)):
        return clauses
    return Clauses([*clauses.must, *_unscored(near).must], clauses.may, clauses.must_not)


def _live(view: SegmentView, listed: Listed) -> Listed:
    """Return the matches without deleted documents."""
    if not len(view.segment.live):
        return listed
    most = len(listed.docs) + 1
    docs, scores = np.empty(most, np.uint16), np.empty(most, np.float32)
    kept = drop_deleted(view.segment.live, listed.docs, listed.scores, docs, scores)
    return Listed(docs[:kept], scores[:kept])


def _new_tally(view: SegmentView, wanted: Wanted, known: Counts | None) -> Tally:
    ranks = view.segment.order(wanted.order)
    return new_tally(wanted.best, ranks, view.new_counts(known), by_score=wanted.by_score)


def _everything(snapshot: Snapshot, wanted: Wanted) -> Found:
    """Return all documents: nothing has to be counted, and the order is known."""
    tallies = []
    for view in snapshot.views:
        docs = view.docs_in_order(wanted.order)[: wanted.best]
        ranks = view.segment.order(wanted.order)
        tally = new_tally(len(docs), ranks, view.all_counts, by_score=False)
        tally.docs[:], tally.scores[:] = docs, 0
        tally.totals[KEPT] = len(docs)
        tallies.append(tally)
    hits = best_hits(snapshot, wanted, tallies)
    return Found(snapshot.doc_count, [0] * (NUMBER_BIT + 1), snapshot.everything, hits)


def _merged(snapshot: Snapshot, wanted: Wanted, tallies: Sequence[Tally]) -> Found:
    rows = [tally.totals[:KEPT].tolist() for tally in tallies]
    total, *without = [sum(column) for column in zip(*rows, strict=True)] or [0] * KEPT
    hits = best_hits(snapshot, wanted, tallies)
    return Found(total, without, _merged_counts(snapshot, tallies), hits)


def _merged_counts(snapshot: Snapshot, tallies: Sequence[Tally]) -> Counts:
    if len(tallies) == 1:  # one segment's ordinals are the snapshot's
        return tallies[0].counts[: len(snapshot.facet_values)]
    counts = np.zeros(len(snapshot.facet_values), np.uint32)
    for view, tally in zip(snapshot.views, tallies, strict=True):
        add_counts(counts, view.ordinals, tally.counts)
    return counts


def _weight(
    snapshot: Snapshot,
    scoring: Scoring,
    frequency: Mapping[Term, int],
    name: str,
    texts: Sequence[bytes],
) -> float:
    """Return weight times idf of terms side by side; 1 in a field without lengths or unknown."""
    statistics = snapshot.statistics.get(name)
    if statistics is None or not statistics.doc_count:
        return 1.0
    idf = sum(lucene_idf(statistics.doc_count, frequency[name, text]) for text in texts)
    return scoring.weights.get(name, 1.0) * idf
