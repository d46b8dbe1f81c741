"""The clauses of a plan in one segment: where the postings of its terms are, and what must match.

A term is a stream of postings, any of several terms is one clause of streams, and all of several
terms are a clause each. What does not fit into one clause (an "or" of "ands", a phrase, a prefix)
is run by itself first and takes part as a list of documents and scores.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from index.arrays import BoolArray
from index.segments import NO_NUMBER
from index.segments.kernels.postings import mark_terms
from search.execution import planner
from search.execution.clauses import (
    Clause,
    Clauses,
    DocList,
    Stream,
    listed_stream,
    merge_equal_streams,
    run,
    unscored,
)
from search.execution.deadline import Deadline
from search.execution.phrases import near_in, phrase_in
from search.execution.segment_view import SegmentView
from search.execution.terms import prefix_range


class PlanStreams(NamedTuple):
    """The terms of a plan in one segment.

    Attributes:
        view: the segment.
        streams: the postings of the plan's terms in it; those of a term that it lacks are empty.
        deadline: when to stop.
    """

    view: SegmentView
    streams: Sequence[Stream]
    deadline: Deadline


def clauses_of(node: planner.PlanNode, own: PlanStreams) -> Clauses:
    """Return the clauses of a plan's node in one segment.

    Raises:
        QueryTimeoutError: at the deadline, which is checked at each node.
    """
    own.deadline.check()
    view = own.view
    match node:
        case planner.AnyTerm() | planner.AnyOf():
            return Clauses([_one_clause(node, own)])
        case planner.AllOf(must, must_not):
            return _all_of(must, must_not, own)
        case planner.TermsTogether():
            return _together(node, own)
        case planner.TermsFrom(field, prefix, score):
            return _constant(_with_prefix(view, field, prefix), score)
        case planner.NumberRange():
            return _constant(_in_range(node, view), 1.0)
        case planner.EveryDocument():
            return _constant(np.ones(view.segment.doc_count, np.bool_), 1.0)


def every_document(view: SegmentView) -> Clauses:
    """Return clauses that all documents match; they score 0."""
    return unscored(np.arange(view.segment.doc_count, dtype=np.uint16))


def _one_clause(node: planner.PlanNode, own: PlanStreams) -> Clause:
    """Return a node as one clause: its streams, or the list of the documents that match it."""
    if isinstance(node, planner.AnyTerm):
        return merge_equal_streams(
            [own.streams[number] for number in node.numbers if own.streams[number].stop]
        )
    if isinstance(node, planner.AnyOf):
        parts = [stream for part in node.parts for stream in _one_clause(part, own)]
        return [stream.boosted(node.boost) for stream in merge_equal_streams(parts)]
    clauses = clauses_of(node, own)
    if clauses.is_single:
        return clauses.must[0]
    found = run(clauses, own.view)
    return [listed_stream(found.docs, found.scores)]


def _all_of(
    must: Sequence[planner.PlanNode], must_not: Sequence[planner.PlanNode], own: PlanStreams
) -> Clauses:
    parts = [clauses_of(part, own) for part in must]
    excluded = [stream for part in parts for stream in part.must_not]
    if must_not:
        excluded += _one_clause(planner.AnyOf(tuple(must_not)), own)
    return Clauses([clause for part in parts for clause in part.must], excluded)


def _together(node: planner.TermsTogether, own: PlanStreams) -> Clauses:
    """Return the documents of a phrase, or of words near each other.

    A phrase is scored as one term: its idf is the sum of its words', its frequency the number of
    times it stands in the document. Near words score what they score as words.
    """
    view = own.view
    words = [own.streams[number] for number in node.numbers]
    row = view.segment.fields.get(node.field)
    if row is None or not row.has_positions or not all(stream.stop for stream in words):
        return Clauses([[]])
    if node.reach is not None:
        return _near(words, node.reach, own)
    found = phrase_in(view, words, own.deadline.check)
    weight = np.float32(sum(stream.weight for stream in words))
    lengths = view.postings.lengths[row.length_row][found.docs]
    norms = view.postings.norms[row.length_row][lengths]
    return _listed(DocList(found.docs, weight * (found.scores / (found.scores + norms))))


def _near(words: Sequence[Stream], reach: int, own: PlanStreams) -> Clauses:
    """Return the documents in which words are near each other, with the scores of the words."""
    near = near_in(own.view, words, reach, own.deadline.check)
    scored = run(Clauses([[word] for word in dict.fromkeys(words)]), own.view)
    return _listed(DocList(near, scored.scores[np.searchsorted(scored.docs, near)]))


def _with_prefix(view: SegmentView, field: str, prefix: bytes) -> BoolArray:
    """Mark the documents that have a term with this prefix."""
    segment = view.segment
    marked = np.zeros(segment.doc_count, np.bool_)
    if field in segment.fields:
        ordinals = slice(*prefix_range(view, field, prefix))
        starts, counts = segment.posting_starts[ordinals], segment.doc_counts[ordinals]
        mark_terms(segment.docs, starts, counts, marked)
    return marked


def _in_range(node: planner.NumberRange, view: SegmentView) -> BoolArray:
    """Mark the documents whose number lies in a range."""
    numbers = view.segment.number(node.field)
    marked: BoolArray = numbers != NO_NUMBER
    if node.low is not None:
        marked &= numbers >= node.low
    if node.high is not None:
        marked &= numbers <= node.high
    return marked


def _constant(marked: BoolArray, score: float) -> Clauses:
    docs = np.flatnonzero(marked).astype(np.uint16)
    return _listed(DocList(docs, np.full(len(docs), score, np.float32)))


def _listed(docs: DocList) -> Clauses:
    return Clauses([[listed_stream(docs.docs, docs.scores)]])
