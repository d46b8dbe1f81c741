"""From a Whoosh query to clauses, for one segment.

Most queries become streams of postings at once: a word is a stream, any of several words one clause
of streams, all of several words a clause each. What does not fit (an "or" of "ands", a phrase, a
prefix) is first run by itself, and takes part as a list of documents and scores. A query of a class
that is not known here is run by Whoosh's own matchers.

Scores are those of Whoosh's matchers, quirks included: a compound of one part ignores its boost. In
one thing they differ: a prefix or a range of terms always scores its boost, as Whoosh documents it;
its matchers do so or not by the size of the index and the number of terms.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import singledispatch
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import query as whoosh

from index.segments.kernels.postings import mark_terms
from index.segments.segment import NO_NUMBER
from search.execution.clauses import Clause, Clauses, Listed, Stream, listed_stream, run, summed
from search.execution.phrases import near_in, phrase_in
from search.execution.snapshot import SegmentView
from search.execution.term_ranges import place_of_term, prefix_range
from search.execution.whoosh_scoring import LuceneNear, LucenePhrase
from search.execution.word_clauses import compound_boost
from search.kernels.score import CONSTANT


class Scope(NamedTuple):
    """What the clauses of one segment are made of.

    Attributes:
        view: the segment.
        streams: of each term of the query (field, bytes) that the segment has.
        phrase_weight_of: the same for the terms of a phrase together.
        field_bytes: from a field and a text to the bytes of its term, or None.
        number: the segment's number.
        run_matcher: runs a query by Whoosh's own matchers on it: documents and scores.
    """

    view: SegmentView
    streams: Mapping[tuple[str, bytes], Stream]
    phrase_weight_of: Callable[[str, Sequence[bytes]], float]
    field_bytes: Callable[[str, Any], bytes | None]
    number: int
    run_matcher: Callable[[int, Any], tuple[list[int], list[float]]]


NOTHING = Clauses([[]])


@singledispatch
def clauses_of(query: Any, scope: Scope) -> Clauses:
    """Return the clauses of a query: here, of one that only Whoosh's matchers know."""
    return _left_to_whoosh(query, scope)


@clauses_of.register
def _(query: whoosh.Term, scope: Scope) -> Clauses:
    segment = scope.view.segment
    if query.fieldname not in segment.fields and segment.has_number(query.fieldname):
        return _left_to_whoosh(query, scope)
    return Clauses([_term_clause(query, scope)])


@clauses_of.register
def _(query: whoosh.Or, scope: Scope) -> Clauses:
    if query.scale or query.minmatch:
        return _left_to_whoosh(query, scope)
    streams = [stream for part in query.subqueries for stream in one_clause(part, scope)]
    return Clauses([summed(streams)]).boosted(compound_boost(query))


@clauses_of.register
def _(query: whoosh.And, scope: Scope) -> Clauses:
    if not query.subqueries:
        return NOTHING
    parts = [clauses_of(part, scope) for part in query.subqueries]
    return Clauses(
        [clause for part in parts for clause in part.must],
        [stream for part in parts for stream in part.may],
        [stream for part in parts for stream in part.must_not],
    ).boosted(compound_boost(query))


@clauses_of.register
def _(query: whoosh.AndNot, scope: Scope) -> Clauses:
    wanted = clauses_of(query.a, scope)
    unwanted = as_one_clause(_unscored(query.b, scope), scope)
    return Clauses(wanted.must, wanted.may, wanted.must_not + unwanted)


@clauses_of.register
def _(query: whoosh.AndMaybe, scope: Scope) -> Clauses:
    wanted = clauses_of(query.a, scope)
    return Clauses(wanted.must, wanted.may + one_clause(query.b, scope), wanted.must_not)


@clauses_of.register
def _(query: whoosh.Require, scope: Scope) -> Clauses:
    scored = clauses_of(query.a, scope)
    docs = run(_unscored(query.b, scope), scope.view).docs
    required = [listed_stream(docs, np.zeros(len(docs), np.float32))]
    return Clauses([*scored.must, required], scored.may, scored.must_not)


@clauses_of.register
def _(query: whoosh.Not, scope: Scope) -> Clauses:
    unwanted = run(_unscored(query.query, scope), scope.view).docs
    marked = np.ones(scope.view.segment.doc_count, bool)
    marked[unwanted] = False
    return _constant(marked, 1.0)


@clauses_of.register
def _(query: whoosh.ConstantScoreQuery, scope: Scope) -> Clauses:
    child = _unscored(query.child, scope)
    if child.is_single and len(child.must[0]) == 1:
        stream = child.must[0][0]
        if stream.listed is None:
            return _single(Stream(stream.start, stream.stop, CONSTANT, query.score))
    return _rescored(child, scope, query.score)


@clauses_of.register
def _(query: whoosh.Every, scope: Scope) -> Clauses:
    segment = scope.view.segment
    if query.fieldname is None:
        return _constant(np.ones(segment.doc_count, bool), query.boost)
    if segment.has_number(query.fieldname):
        return _constant(segment.number(query.fieldname) != NO_NUMBER, query.boost)
    row = segment.fields.get(query.fieldname)
    return _terms(scope, row.first, row.last, query.boost) if row else NOTHING


@clauses_of.register(whoosh.MultiTerm)
def _(query: Any, scope: Scope) -> Clauses:
    found = _left_to_whoosh(query, scope)
    return _rescored(found, scope, query.boost) if query.constantscore else found


@clauses_of.register
def _(query: whoosh.Prefix, scope: Scope) -> Clauses:
    text = scope.field_bytes(query.fieldname, query.text)
    row = scope.view.segment.fields.get(query.fieldname)
    if not query.constantscore or text is None or row is None:
        return clauses_of.dispatch(whoosh.MultiTerm)(query, scope)
    first, last = prefix_range(scope.view, query.fieldname, text)
    return _terms(scope, first, last, query.boost)


@clauses_of.register
def _(query: whoosh.TermRange, scope: Scope) -> Clauses:
    row = scope.view.segment.fields.get(query.fieldname)
    start = scope.field_bytes(query.fieldname, query.start or "")
    end = None if query.end is None else scope.field_bytes(query.fieldname, query.end)
    if not query.constantscore or row is None or start is None:
        return clauses_of.dispatch(whoosh.MultiTerm)(query, scope)
    first = place_of_term(scope.view, query.fieldname, start, after_equal=query.startexcl)
    last = row.last
    if end is not None:
        last = place_of_term(scope.view, query.fieldname, end, after_equal=not query.endexcl)
    return _terms(scope, first, max(first, last), query.boost)


@clauses_of.register
def _(query: whoosh.NumericRange, scope: Scope) -> Clauses:
    segment = scope.view.segment
    if not query.constantscore or not segment.has_number(query.fieldname):
        return _left_to_whoosh(query, scope)
    numbers = segment.number(query.fieldname)
    marked = numbers != NO_NUMBER
    if query.start is not None:
        marked &= numbers > query.start if query.startexcl else numbers >= query.start
    if query.end is not None:
        marked &= numbers < query.end if query.endexcl else numbers <= query.end
    return _constant(marked, query.boost)


@clauses_of.register
def _(query: whoosh.Phrase, scope: Scope) -> Clauses:
    row = scope.view.segment.fields.get(query.fieldname)
    if query.slop != 1 or row is None or not row.has_positions or len(query.words) < 2:  # noqa: PLR2004 - one word is no phrase
        return _left_to_whoosh(query, scope)
    found = _phrase(query, scope)
    if found is None:
        return NOTHING
    terms = [clauses_of(whoosh.Term(query.fieldname, word), scope).must[0] for word in query.words]
    side_by_side = [listed_stream(found.docs, np.zeros(len(found.docs), np.float32))]
    return Clauses([side_by_side, *terms]).boosted(query.boost)


@clauses_of.register
def _(query: LucenePhrase, scope: Scope) -> Clauses:
    row = scope.view.segment.fields.get(query.fieldname)
    found = _phrase(query, scope) if row and row.has_positions else None
    if found is None or row is None:
        return NOTHING
    texts = [text for word in query.words if (text := scope.field_bytes(query.fieldname, word))]
    weight = np.float32(scope.phrase_weight_of(query.fieldname, texts) * query.boost)
    postings = scope.view.postings
    norms = postings.norms[row.length_row][postings.lengths[row.length_row][found.docs]]
    scores = weight * (found.scores / (found.scores + norms))
    return _single(listed_stream(found.docs, scores))


def _left_to_whoosh(query: Any, scope: Scope) -> Clauses:
    """Return what Whoosh's matcher finds, as a list; some of its matchers repeat documents."""
    docs, scores = scope.run_matcher(scope.number, query)
    unique, places = np.unique(np.array(docs, np.uint16), return_index=True)
    return _single(listed_stream(unique, np.array(scores, np.float32)[places]))


def _unscored(query: Any, scope: Scope) -> Clauses:
    """Return clauses for whose scores nobody asks: Whoosh may be unable to tell them."""
    if clauses_of.dispatch(type(query)) is clauses_of.dispatch(object):
        return _left_to_whoosh(whoosh.ConstantScoreQuery(query), scope)
    return clauses_of(query, scope)


def _rescored(clauses: Clauses, scope: Scope, score: float) -> Clauses:
    """Return what clauses find, all with one score."""
    docs = run(clauses, scope.view).docs
    return _single(listed_stream(docs, np.full(len(docs), score, np.float32)))


def one_clause(query: Any, scope: Scope) -> Clause:
    """Return a query as one clause: its own streams, or the list of what it finds."""
    if type(query) is whoosh.Term and query.fieldname in scope.view.segment.fields:
        return _term_clause(
            query, scope
        )  # most parts are words: half the time of asking who does it
    return as_one_clause(clauses_of(query, scope), scope)


def as_one_clause(clauses: Clauses, scope: Scope) -> Clause:
    """Return clauses as one: as they are, or the list of what they find."""
    if clauses.is_single:
        return clauses.must[0]
    found = run(clauses, scope.view)
    return [listed_stream(found.docs, found.scores)]


def _term_clause(query: whoosh.Term, scope: Scope) -> Clause:
    """Return the stream of a word, or no stream where no document has it."""
    stream = _stream(query.fieldname, query.text, scope)
    return [stream.boosted(query.boost)] if stream else []


def _stream(name: str, text: Any, scope: Scope) -> Stream | None:
    found = scope.field_bytes(name, text)
    return None if found is None else scope.streams.get((name, found))


def _terms(scope: Scope, first: int, last: int, score: float) -> Clauses:
    """Return the documents of a range of terms."""
    segment, places = scope.view.segment, slice(first, last)
    marked = np.zeros(segment.doc_count, bool)
    mark_terms(segment.docs, segment.posting_starts[places], segment.doc_counts[places], marked)
    return _constant(marked, score)


def _phrase(query: Any, scope: Scope) -> Listed | None:
    """Return the documents that hold a phrase and how often; None where a word is nowhere."""
    streams = [_stream(query.fieldname, word, scope) for word in query.words]
    found = [stream for stream in streams if stream]
    if not found or len(found) < len(streams):
        return None
    if isinstance(query, LuceneNear):
        return near_in(scope.view, found, query.reach)
    return phrase_in(scope.view, found)


def _constant(marked: NDArray[np.bool_], score: float) -> Clauses:
    docs = np.flatnonzero(marked).astype(np.uint16)
    return _single(listed_stream(docs, np.full(len(docs), score, np.float32)))


def _single(stream: Stream) -> Clauses:
    return Clauses([[stream]])
