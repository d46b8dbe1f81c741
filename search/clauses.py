"""What must match, what may, what must not: a query in the form in which kernels run it.

A clause is some streams: slices of the postings, or lists of documents that were made for the
query. `search.whoosh_clauses` makes clauses of queries.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.kernels.score import LISTED, Streams, list_streams, list_term, new_window
from search.snapshot import SegmentView

Docs = NDArray[np.uint16]
Scores = NDArray[np.float32]


class Listed(NamedTuple):
    """Documents of the segment, and the score of each."""

    docs: Docs
    scores: Scores


class Stream(NamedTuple):
    """A slice of the postings, or a list that was made for the query."""

    start: int
    stop: int
    weight: float
    row: int
    listed: Listed | None = None

    @property
    def cost(self) -> int:
        """How many documents it brings."""
        return self.stop - self.start

    def boosted(self, boost: float) -> "Stream":
        """Return the stream with its scores multiplied."""
        if self.listed is None:
            return self._replace(weight=self.weight * boost)
        return listed_stream(self.listed.docs, self.listed.scores * np.float32(boost))


Clause = list[Stream]


@dataclass(frozen=True, slots=True)
class Clauses:
    """What must match, what may, what must not; a clause matches where any of its streams does."""

    must: list[Clause]
    may: Clause = field(default_factory=list)
    must_not: Clause = field(default_factory=list)

    @property
    def is_single(self) -> bool:
        """Whether this is one clause and nothing else."""
        return len(self.must) == 1 and not self.may and not self.must_not

    def boosted(self, boost: float) -> "Clauses":
        """Return the clauses with all scores multiplied."""
        if boost == 1.0:
            return self
        must = [[stream.boosted(boost) for stream in clause] for clause in self.must]
        return Clauses(must, [stream.boosted(boost) for stream in self.may], self.must_not)


def run(clauses: Clauses, view: SegmentView, *, in_order: bool = True) -> Listed:
    """Return all documents that match, deleted ones included, with their scores.

    One stream alone has no need of windows; it is in order in any case.
    """
    if not all(clauses.must):
        return Listed(np.empty(0, np.uint16), np.empty(0, np.float32))
    if clauses.is_single and len(clauses.must[0]) == 1:
        return _run_alone(clauses.must[0][0], view)
    segment, streams = view.segment, to_streams(clauses)
    most = min(segment.doc_count, clause_cost(min(clauses.must, key=clause_cost)))
    docs, scores = np.empty(most, np.uint16), np.empty(most, np.float32)
    into = (new_window(streams.starts), docs, scores)
    count = list_streams(view.postings, streams, segment.doc_count, *into)
    order = np.argsort(docs[:count]) if in_order else slice(0, count)
    return Listed(docs[order], scores[order])


def _run_alone(stream: Stream, view: SegmentView) -> Listed:
    if stream.listed is not None:
        return stream.listed
    docs, scores = np.empty(stream.cost, np.uint16), np.empty(stream.cost, np.float32)
    term = (stream.start, stream.stop, stream.weight, stream.row)
    list_term(view.postings, *term, docs, scores)
    return Listed(docs, scores)


def to_streams(clauses: Clauses) -> Streams:
    """Return the clauses as the kernels take them, the one with fewest documents first."""
    must = sorted(clauses.must, key=clause_cost)
    groups = [*must, clauses.may, clauses.must_not]
    rows = [(*stream, number) for number, group in enumerate(groups) for stream in group]
    starts, stops, weights, kinds, lists, numbers = zip(*rows, strict=True) if rows else [()] * 6
    held = [listed for listed in lists if listed is not None]
    shifts = _shifts(lists) if held else 0
    return Streams(
        np.array(starts, np.int64) + shifts,
        np.array(stops, np.int64) + shifts,
        np.array(weights, np.float32),
        np.array(kinds, np.int64),
        np.array(numbers, np.int64),
        len(must),
        np.concatenate([np.empty(0, np.uint16), *(listed.docs for listed in held)]),
        np.concatenate([np.empty(0, np.float32), *(listed.scores for listed in held)]),
    )


def clause_cost(clause: Clause) -> int:
    """Return how many documents a clause brings at most."""
    return sum(stream.cost for stream in clause)


def listed_stream(docs: Docs, scores: Scores) -> Stream:
    """Return a list of documents, in order, as a stream."""
    return Stream(0, len(docs), 1.0, LISTED, Listed(docs, scores))


def _shifts(lists: Sequence[Listed | None]) -> NDArray[np.int64]:
    """Return where each list begins when they are laid end to end; 0 for what is no list."""
    sizes = np.array([0 if listed is None else len(listed.docs) for listed in lists], np.int64)
    return np.where(sizes > 0, np.cumsum(sizes) - sizes, 0)
