"""What must match, what may, what must not: a query in the form in which kernels run it.

A clause is some streams: slices of the postings, or lists of documents that were made for the
query. `search.execution.planner` makes clauses of queries.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.execution.snapshot import SegmentView
from search.kernels.score import LISTED, WINDOW, list_streams, list_term
from search.kernels.streams import Streams, Window

Docs = NDArray[np.uint16]
Scores = NDArray[np.float32]


_NO_DOCS, _NO_SCORES = np.empty(0, np.uint16), np.empty(0, np.float32)


class Listed(NamedTuple):
    """Documents of the segment, and the score of each."""

    docs: Docs
    scores: Scores


class Stream(NamedTuple):
    """A slice of the postings, or a list that was made for the query."""

    start: int
    stop: int
    row: int
    weight: float
    listed: Listed | None = None

    @property
    def cost(self) -> int:
        """How many documents it brings."""
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
    docs, scores = np.empty(most + 1, np.uint16), np.empty(most + 1, np.float32)
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


def new_window(cursors: NDArray[np.int64]) -> Window:
    """Return an empty window for streams that begin at these places."""
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
    groups = [*must, clauses.may, clauses.must_not]
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


def summed(streams: Clause) -> Clause:
    """Return the streams, those of the same postings as one: a word and its alias."""
    by_place: dict[Any, Stream] = {}
    for stream in streams:
        place = stream[:3] if stream.listed is None else id(stream)
        known = by_place.get(place)
        if known:
            stream = known.with_weight(known.weight + stream.weight)  # noqa: PLW2901 - it is both
        by_place[place] = stream
    return list(by_place.values())


def clause_cost(clause: Clause) -> int:
    """Return how many documents a clause brings at most."""
    return sum(stream.cost for stream in clause)


def listed_stream(docs: Docs, scores: Scores) -> Stream:
    """Return a list of documents, in order, as a stream."""
    return Stream(0, len(docs), LISTED, 1.0, Listed(docs, scores))


def _shifts(streams: Sequence[Stream]) -> list[int]:
    """Return where each list begins when they are laid end to end; 0 for what is no list."""
    shifts, end = [], 0
    for stream in streams:
        shifts.append(0 if stream.listed is None else end)
        end += 0 if stream.listed is None else len(stream.listed.docs)
    return shifts
