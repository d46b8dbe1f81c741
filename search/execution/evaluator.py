"""Run a Whoosh query over a snapshot: the total, the best hits and every facet.

For each segment the query becomes clauses (`search.execution.planner`), the clauses a list of
matches (`search.execution.clauses`), and the list is filtered, counted and searched for the best
(`search.execution.segment_collector`). What the segments found is put together here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from whoosh import query as whoosh

from search.execution.clauses import Clauses, Stream
from search.execution.deadline import Deadline
from search.execution.planner import Scope, clauses_of
from search.execution.segment_collector import NONE_WITHOUT, Tally, everything, tally, unscored
from search.execution.snapshot import Snapshot
from search.execution.terms import FieldBytes, Term, terms_in
from search.execution.top_hits import best_hits
from search.execution.whoosh_scoring import lucene_idf
from search.execution.word_clauses import WordClauses, clauses_at, word_clauses
from search.kernels.facet_counts import add_counts
from search.kernels.score import CONSTANT
from search.matches import Counts, Filters, Found, Wanted


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
        tallies = [everything(view, wanted) for view in snapshot.views]
        hits = best_hits(snapshot, wanted, [each.best for each in tallies])
        return Found(snapshot.doc_count, NONE_WITHOUT, snapshot.everything, hits)
    asked = _all(snapshot) if is_everything else _matches(query, snapshot, scoring)
    tallies = []
    for view, clauses in zip(snapshot.views, asked, strict=True):
        deadline.check()
        tallies.append(tally(view, clauses, wanted, filters))
    return _merged(snapshot, wanted, tallies)


def _all(snapshot: Snapshot) -> Iterator[Clauses]:
    """Yield clauses that all documents of each segment match; they score 0."""
    for view in snapshot.views:
        yield unscored(np.arange(view.segment.doc_count, dtype=np.uint16))


def _matches(query: Any, snapshot: Snapshot, scoring: Scoring) -> Iterator[Clauses]:
    """Yield the clauses of a query for each segment."""
    terms = list(dict.fromkeys(terms_in(query, scoring.field_bytes)))
    places = [view.segment.posting_ranges(terms) for view in snapshot.views]
    frequency = dict.fromkeys(terms, 0)
    for own in places:
        for term, (start, stop) in zip(terms, own, strict=True):
            frequency[term] += stop - start
    weights = [_weight(snapshot, scoring, frequency, name, [text]) for name, text in terms]
    words = _word_clauses(query, snapshot, scoring, terms)
    for number, (view, own) in enumerate(zip(snapshot.views, places, strict=True)):
        streams = [
            Stream(start, stop, view.length_rows.get(name, CONSTANT), weight)
            for (start, stop), (name, _), weight in zip(own, terms, weights, strict=True)
        ]
        if words:
            yield clauses_at(words, streams)
            continue
        scope = Scope(
            view,
            {term: stream for term, stream in zip(terms, streams, strict=True) if stream.stop},
            lambda name, texts: _weight(snapshot, scoring, frequency, name, texts),
            scoring.field_bytes,
            number,
            scoring.run_matcher,
        )
        yield clauses_of(query, scope)


def _word_clauses(
    query: Any, snapshot: Snapshot, scoring: Scoring, terms: Sequence[Term]
) -> WordClauses | None:
    """Return the clauses of a query of words alone, none of which is a number's."""
    names = {name for name, _ in terms}
    if any(view.segment.has_number(name) for view in snapshot.views for name in names):
        return None
    numbers = {term: number for number, term in enumerate(terms)}
    return word_clauses(query, numbers, scoring.field_bytes)


def _merged(snapshot: Snapshot, wanted: Wanted, tallies: Sequence[Tally]) -> Found:
    without = [
        sum(own) for own in zip(NONE_WITHOUT, *(each.without for each in tallies), strict=True)
    ]
    return Found(
        total=sum(each.total for each in tallies),
        total_without=without,
        counts=_merged_counts(snapshot, tallies),
        hits=best_hits(snapshot, wanted, [each.best for each in tallies]),
    )


def _merged_counts(snapshot: Snapshot, tallies: Sequence[Tally]) -> Counts:
    if len(tallies) == 1:  # one segment's ordinals are the snapshot's
        return tallies[0].counts[: len(snapshot.facet_values)]
    counts = np.zeros(len(snapshot.facet_values), np.uint32)
    for view, each in zip(snapshot.views, tallies, strict=True):
        add_counts(counts, view.ordinals, each.counts)
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
