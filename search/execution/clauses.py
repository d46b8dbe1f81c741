"""Boolean clauses of a query in one segment, and the kernels' run over them.

A clause is some streams: slices of the postings, or lists of documents that were made for the
query. A document matches a clause where any of its streams has it.
`search.execution.segment_clauses` makes clauses of plans.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from index.arrays import Float32Array, Int64Array, Uint16Array
from search.execution.segment_view import SegmentView
from search.kernels.score import LISTED, WINDOW, list_streams, list_term
from search.kernels.streams import Streams, Window

_NO_DOCS, _NO_SCORES = np.empty(0, np.uint16), np.empty(0, np.float32)


class DocList(NamedTuple):
    """Matches of a segment: document numbers within it, and the score of each."""

    docs: Uint16Array
    scores: Float32Array


class Stream(NamedTuple):
    """One term's postings with its weight, or a list of documents that was made for the query.

    Attributes:
        start, stop: the slice of the segment's postings; of a list, 0 and its length.
        row: the row of lengths and norms of the term's field; `CONSTANT` or `LISTED`.
        weight: factor of each score: of a term, the field's weight times idf.
        listed: the list, where it is one.
    """

    start: int
    stop: int
    row: int
    weight: float
    listed: DocList | None = None

    @property
    def cost(self) -> int:
        """The number of documents in the stream, by which clauses are sorted."""
        return self.stop - self.start

    def with_weight(self, weight: float) -> "Stream":
        """Return the same slice with another weight."""
        return Stream(self.start, self.stop, self.row, weight)

    def boosted(self, boost: float) -> "Stream":
        """Return the stream with its scores multiplied."""
        if boost == 1.0:
            return self
        if self.listed is None:
            return self.with_weight(self.weight * boost)
        return listed_stream(self.listed.docs, self.listed.scores * np.float32(boost))


Clause = list[Stream]
"""Streams of which any has to match."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """A boolean query in one segment: what must match, and what must not.

    Attributes:
        must: clauses that all have to match.
        must_not: streams of which none may match.
    """

    must: list[Clause]
    must_not: Clause = field(default_factory=list)

    @property
    def is_single(self) -> bool:
        """Whether this is one clause and nothing else."""
        return len(self.must) == 1 and not self.must_not


def run(clauses: Clauses, view: SegmentView, *, in_order: bool = True) -> DocList:
    """Return all documents that match, deleted ones included, with their scores.

    One stream alone has no need of windows; it is in order in any case.
    """
    if not all(clauses.must):
        return DocList(np.empty(0, np.uint16), np.empty(0, np.float32))
    if clauses.is_single and len(clauses.must[0]) == 1:
        return _run_alone(clauses.must[0][0], view)
    segment, streams = view.segment, to_streams(clauses)
    most = min(segment.doc_count, clause_cost(min(clauses.must, key=clause_cost)))
    docs, scores = np.empty(most + 1, np.uint16), np.empty(most + 1, np.float32)
    into = (new_window(streams.starts), docs, scores)
    count = list_streams(view.postings, streams, segment.doc_count, *into)
    order = np.argsort(docs[:count]) if in_order else slice(0, count)
    return DocList(docs[order], scores[order])


def _run_alone(stream: Stream, view: SegmentView) -> DocList:
    if stream.listed is not None:
        return stream.listed
    docs, scores = np.empty(stream.cost, np.uint16), np.empty(stream.cost, np.float32)
    term = (stream.start, stream.stop, stream.weight, stream.row)
    list_term(view.postings, *term, docs, scores)
    return DocList(docs, scores)


def new_window(cursors: Int64Array) -> Window:
    """Return an empty window for streams whose postings begin at these cursors."""
    return Window(
        np.zeros(WINDOW, np.float64),
        np.zeros(WINDOW, np.uint16),
        np.empty(WINDOW + 1, np.uint16),
        np.empty(WINDOW, np.uint16),
        np.empty(WINDOW, np.float64),
        np.empty(WINDOW + 1, np.uint16),
        cursors.copy(),
    )


def to_streams(clauses: Clauses) -> Streams:
    """Return the clauses as the kernels take them, the one with fewest documents first."""
    must = sorted(clauses.must, key=clause_cost)
    groups = [*must, clauses.must_not]
    streams = [stream for group in groups for stream in group]
    numbers = [number for number, group in enumerate(groups) for _ in group]
    held = [stream.listed for stream in streams if stream.listed is not None]
    shifts = _shifts(streams) if held else [0] * len(streams)
    rows = [
        (stream.start + shift, stream.stop + shift, stream.row, number)
        for stream, shift, number in zip(streams, shifts, numbers, strict=True)
    ]
    # One array for all is made in a third of the time of four.
    starts, stops, kinds, clause_numbers = np.array(rows, np.int64).reshape(-1, 4).T.copy()
    return Streams(
        starts,
        stops,
        np.array([stream.weight for stream in streams], np.float64),
        kinds,
        clause_numbers,
        len(must),
        np.concatenate([listed.docs for listed in held]) if held else _NO_DOCS,
        np.concatenate([listed.scores for listed in held]) if held else _NO_SCORES,
    )


def merge_equal_streams(streams: Clause) -> Clause:
    """Merge streams of the same postings (a word and its synonym): their weights are added."""
    by_postings: dict[Any, Stream] = {}
    for stream in streams:
        postings = stream[:3] if stream.listed is None else id(stream)
        known = by_postings.get(postings)
        if known:
            stream = known.with_weight(known.weight + stream.weight)  # noqa: PLW2901 - it is both
        by_postings[postings] = stream
    return list(by_postings.values())


def clause_cost(clause: Clause) -> int:
    """Return how many documents a clause matches at most."""
    return sum(stream.cost for stream in clause)


def listed_stream(docs: Uint16Array, scores: Float32Array) -> Stream:
    """Return a list of documents, in order, as a stream."""
    return Stream(0, len(docs), LISTED, 1.0, DocList(docs, scores))


def unscored(docs: Uint16Array) -> Clauses:
    """Return clauses that these documents match, which are in order; they score 0."""
    return Clauses([[listed_stream(docs, np.zeros(len(docs), np.float32))]])


def _shifts(streams: Sequence[Stream]) -> list[int]:
    """Return the offset of each document list in all of them joined; 0 for postings."""
    shifts, end = [], 0
    for stream in streams:
        shifts.append(0 if stream.listed is None else end)
        end += 0 if stream.listed is None else len(stream.listed.docs)
    return shifts
