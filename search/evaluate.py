"""Run a Whoosh query over a snapshot: the total, the best hits and every facet.

For each segment the query becomes clauses (`search.whoosh_clauses`), the clauses a list of matches
(`search.clauses`), and the list is filtered, counted and searched for the best in one pass of a few
short loops (`index.kernels.collect`). What the segments found is put together here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from whoosh import query as whoosh

from index.kernels.collect import KEPT, Tally, collect, collect_most, drop_deleted, drop_failing
from search.best_hits import best_hits
from search.clauses import Listed, run
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
    found = _all(snapshot) if is_everything else _matches(query, snapshot, scoring)
    tallies = []
    for view, listed in zip(snapshot.views, found, strict=True):
        deadline.check()
        tallies.append(_tally(view, listed, wanted, filters))
    return _merged(snapshot, wanted, tallies)


def _all(snapshot: Snapshot) -> Iterator[Listed]:
    """Yield all documents of each segment; they score 0."""
    for view in snapshot.views:
        count = view.segment.doc_count
        yield Listed(np.arange(count, dtype=np.uint16), np.zeros(count, np.float32))


def _matches(query: Any, snapshot: Snapshot, scoring: Scoring) -> Iterator[Listed]:
    """Yield the documents of each segment that match a query."""
    terms = list(dict.fromkeys(terms_in(query, scoring.field_bytes)))
    ordinals = [view.segment.find(terms).tolist() if terms else [] for view in snapshot.views]
    frequency = _frequencies(snapshot, terms, ordinals)
    for number, view in enumerate(snapshot.views):
        scope = Scope(
            view,
            dict(zip(terms, ordinals[number], strict=True)),
            lambda name, text: _weight(snapshot, scoring, frequency, name, [text]),
            lambda name, texts: _weight(snapshot, scoring, frequency, name, texts),
            scoring.field_bytes,
            number,
            scoring.run_matcher,
        )
        yield run(clauses_of(query, scope), view, in_order=False)


def _tally(view: SegmentView, listed: Listed, wanted: Wanted, filters: Filters) -> Tally:
    """Filter the matches of a segment, count their facets, and keep the best."""
    segment, ranks = view.segment, view.segment.order(wanted.order)
    if len(segment.live):
        listed = _live(view, listed)
    if not filters and 2 * len(listed.docs) > segment.doc_count:
        tally = new_tally(wanted.best, ranks, view.all_counts.copy(), by_score=wanted.by_score)
        marked = np.zeros(segment.doc_count, np.bool_)
        collect_most(segment.live, view.facets, tally, listed.docs, listed.scores, marked)
    else:
        counts = np.zeros(len(view.ordinals), np.uint32)
        tally = new_tally(wanted.best, ranks, counts, by_score=wanted.by_score)
        passing = _passing(view, listed, filters, tally) if filters else listed
        collect(view.facets, tally, passing.docs, passing.scores)
        tally.totals[0] = len(passing.docs)
    tally.totals[:2] = (len(listed.docs) if not filters else tally.totals[0], len(listed.docs))
    return tally


def _live(view: SegmentView, listed: Listed) -> Listed:
    docs, scores = np.empty_like(listed.docs), np.empty_like(listed.scores)
    kept = drop_deleted(view.segment.live, listed.docs, listed.scores, docs, scores)
    return Listed(docs[:kept], scores[:kept])


def _passing(view: SegmentView, listed: Listed, filters: Filters, tally: Tally) -> Listed:
    failing = failing_filters(filters, view)
    docs, scores = np.empty_like(listed.docs), np.empty_like(listed.scores)
    matched = (listed.docs, listed.scores)
    kept = drop_failing(view.facets, failing, tally, *matched, docs, scores)
    return Listed(docs[:kept], scores[:kept])


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
    count, hits = snapshot.doc_count, best_hits(snapshot, wanted, tallies)
    return Found(count, count, [0] * (NUMBER_BIT + 1), snapshot.everything, hits)


def _merged(snapshot: Snapshot, wanted: Wanted, tallies: Sequence[Tally]) -> Found:
    rows = [tally.totals[:KEPT].tolist() for tally in tallies]
    total, matched, *without = [sum(column) for column in zip(*rows, strict=True)] or [0] * KEPT
    hits = best_hits(snapshot, wanted, tallies)
    return Found(total, matched, without, _merged_counts(snapshot, tallies), hits)


def _merged_counts(snapshot: Snapshot, tallies: Sequence[Tally]) -> Counts:
    if len(tallies) == 1:
        return tallies[0].counts  # one segment's ordinals are the snapshot's
    counts = np.zeros(len(snapshot.facet_values), np.uint32)
    for view, tally in zip(snapshot.views, tallies, strict=True):
        counts[view.ordinals] += tally.counts
    return counts


def _frequencies(
    snapshot: Snapshot, terms: Sequence[Term], ordinals: Sequence[Sequence[int]]
) -> dict[Term, int]:
    """Return how many documents have each term, over all segments."""
    frequency = dict.fromkeys(terms, 0)
    for view, found in zip(snapshot.views, ordinals, strict=True):
        for term, ordinal in zip(terms, found, strict=True):
            if ordinal >= 0:
                frequency[term] += int(view.segment.doc_counts[ordinal])
    return frequency


def _weight(
    snapshot: Snapshot,
    scoring: Scoring,
    frequency: Mapping[Term, int],
    name: str,
    texts: Sequence[bytes],
) -> float:
    """Return weight times idf of terms side by side; 1 in a field without lengths."""
    statistics = snapshot.statistics[name]
    if not statistics.doc_count:
        return 1.0
    idf = sum(lucene_idf(statistics.doc_count, frequency[name, text]) for text in texts)
    return scoring.weights.get(name, 1.0) * idf
