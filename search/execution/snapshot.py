"""One index as queries see it: its segments, and what follows from all of them together.

A snapshot is made once, when a generation is opened, and shared by all threads. It knows without
computing what never changes: how many documents have each facet value, how long fields are on
average, in which order the newest articles come.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.corpus.duplicate_groups import NO_GROUPS, DuplicateGroups
from index.segments.field_norms import length_table
from index.segments.kernels.positions import Positions
from index.segments.kernels.postings import invert_entries
from index.segments.layout import Order
from index.segments.segment import Segment
from search.execution.duplicate_groups import Copies
from search.execution.whoosh_scoring import FieldStatistics
from search.faceting.ordinals import facet_numbers, facet_table
from search.faceting.rows import facet_rows
from search.kernels.facet_counts import FacetRows, add_counts, count_facets
from search.kernels.score import CONSTANT, KNOWN_FREQUENCIES
from search.kernels.streams import Postings
from search.ranking import K1, B

Counts = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A segment in the form in which the kernels take it.

    Attributes:
        segment: the segment.
        live: a byte a document, 0 for one that is no candidate; empty where all are.
        offset: the number of its first document among all documents.
        postings, positions, facets: its arrays.
        length_rows: by field, its row of lengths and norms, or `CONSTANT`.
        ordinals: from its facet ordinals to the snapshot's.
        docs_by_ordinal, ordinal_starts: the documents of each facet ordinal.
    """

    segment: Segment
    live: NDArray[np.uint8]
    offset: int
    postings: Postings
    positions: Positions
    facets: FacetRows
    length_rows: dict[str, int]
    ordinals: NDArray[np.int64]

    docs_by_ordinal: NDArray[np.uint16]
    ordinal_starts: NDArray[np.int64]
    _held: dict[str, NDArray[np.int32]] = field(default_factory=dict, init=False, repr=False)
    _held_counts: dict[str, NDArray[np.uint32]] = field(
        default_factory=dict, init=False, repr=False
    )

    def without(self, docs: NDArray[np.int64]) -> "SegmentView":
        """Return the same view, in which some more documents are no candidates."""
        live = self.live.copy() if len(self.live) else np.ones(self.segment.doc_count, np.uint8)
        live[docs] = 0
        return replace(self, live=live)

    @property
    def live_count(self) -> int:
        """How many documents are candidates."""
        return int(np.count_nonzero(self.live)) if len(self.live) else self.segment.doc_count

    @property
    def all_counts(self) -> NDArray[np.uint32]:
        """How many candidates have each facet value."""
        if not len(self.live):
            return self.segment.facet_counts
        if "" not in self._held_counts:
            live = np.flatnonzero(self.live).astype(np.uint16)
            counts = self.new_counts()
            count_facets(self.facets, counts, live, 1)
            self._held_counts[""] = counts[: len(self.ordinals)]
        return self._held_counts[""]

    def new_counts(self, known: Counts | None = None) -> Counts:
        """Return counters for a query: zeros, or what is known."""
        counts = np.zeros(self.facets.counter_count, np.uint32)
        if known is not None:
            counts[: len(known)] = known
        return counts

    def docs_with(self, ordinal: int) -> NDArray[np.uint16]:
        """Return the documents that have a facet value, by the snapshot's ordinal."""
        own = int(np.searchsorted(self.ordinals, ordinal))  # they are in the same order
        if own == len(self.ordinals) or self.ordinals[own] != ordinal:
            return self.docs_by_ordinal[:0]
        return self.docs_by_ordinal[self.ordinal_starts[own] : self.ordinal_starts[own + 1]]

    def docs_in_order(self, name: str) -> NDArray[np.int32]:
        """Return the candidates in an order."""
        if name not in self._held:
            docs = np.argsort(self.segment.order(name)).astype(np.int32)
            live = self.live
            self._held[name] = docs[live[docs] > 0] if len(live) else docs
        return self._held[name]

    def key(self, name: str, doc: int) -> bytes:
        """Return a document's value in a field of keys; empty where it has none."""
        ordinal = int(self._ordinals_by_doc(name)[doc])
        return self.segment.terms.term(ordinal) if ordinal >= 0 else b""

    def _ordinals_by_doc(self, name: str) -> NDArray[np.int32]:
        if name not in self._held:
            self._held[name] = self.segment.ordinals_by_doc(name)
        return self._held[name]


class Snapshot:
    """The segments of an index, and what follows from them.

    Attributes:
        doc_count: candidates: documents without deleted ones.
        copies: the groups of near copies.
        leading: the same, but of each group one document alone is a candidate.
        facet_values: every facet's values, end to end; "" for "none".
        facets: each facet's range in them.
        orders: how documents can be sorted; the first decides between equal scores.
        views: a view a segment.
    """

    def __init__(
        self,
        segments: Sequence[tuple[Segment, int]],
        facets: Sequence[str],
        orders: Sequence[Order],
        groups: DuplicateGroups = NO_GROUPS,
    ) -> None:
        self.orders = {order.name: order for order in orders}
        self.statistics = _statistics([segment for segment, _ in segments])
        self.facet_values, self.facets = facet_table([s for s, _ in segments], facets)
        numbers = facet_numbers(list(self.facets.values()), len(self.facet_values))
        self.views = tuple(self._view(segment, offset, numbers) for segment, offset in segments)
        self.doc_count = sum(view.live_count for view in self.views)
        self.copies = Copies(groups)
        self.leading = self._without(groups.members) if len(groups.members) else self

    def facet_ordinal(self, name: str, value: str) -> int | None:
        """Return the ordinal of a facet's value, or None where no document has it."""
        return self._ordinal_by_value.get((name, value))

    def place_of(self, number: int) -> tuple[SegmentView, int]:
        """Return the segment of a document number, and its number in that."""
        view = next(view for view in reversed(self.views) if view.offset <= number)
        return view, number - view.offset

    def number_of(self, field: str, text: bytes) -> int | None:
        """Return the number of the first document that has a term and was not deleted."""
        for view in self.views:
            ordinal = view.segment.terms.ordinal(field, text)
            start, stop = view.segment.posting_range(ordinal) if ordinal >= 0 else (0, 0)
            for doc in view.segment.docs[start:stop].tolist():
                if not len(view.segment.live) or view.segment.live[doc]:
                    return view.offset + int(doc)
        return None

    def doc_frequency(self, field: str, text: bytes) -> int:
        """Return how many documents have a term, deleted ones included."""
        found = ((view.segment, view.segment.terms.ordinal(field, text)) for view in self.views)
        return sum(int(segment.doc_counts[place]) for segment, place in found if place >= 0)

    @cached_property
    def everything(self) -> Counts:
        """How many documents have each facet value."""
        counts = np.zeros(len(self.facet_values), np.uint32)
        for view in self.views:
            add_counts(counts, view.ordinals, view.all_counts)
        return counts

    @cached_property
    def _ordinal_by_value(self) -> Mapping[tuple[str, str], int]:
        return {
            (name, self.facet_values[ordinal]): ordinal
            for name, place in self.facets.items()
            for ordinal in range(place.first, place.none)
        }

    def _without(self, numbers: NDArray[np.int64]) -> "Snapshot":
        """Return the same snapshot, in which some documents are no candidates."""
        leading = copy(self)
        bounds = np.searchsorted(
            numbers, [*(view.offset for view in self.views), np.iinfo(np.int64).max]
        )
        leading.views = tuple(
            view.without(numbers[first:last] - view.offset) if first < last else view
            for view, (first, last) in zip(self.views, pairwise(bounds.tolist()), strict=True)
        )
        leading.doc_count = sum(view.live_count for view in leading.views)
        return leading

    def _view(self, segment: Segment, offset: int, numbers: NDArray[np.uint8]) -> SegmentView:
        ordinals = self._ordinals_of(segment)
        shared = (segment.docs, segment.frequencies, segment.large, segment.large_values)
        norms = _norms(segment, self.statistics)
        return SegmentView(
            segment,
            segment.live,
            offset,
            Postings(*shared, segment.lengths, norms, _saturations(norms)),
            Positions(
                *(*shared, segment.positions, segment.position_blocks),
                *(segment.far, segment.far_values),
            ),
            facet_rows(segment, numbers[ordinals]),
            _length_rows(segment),
            ordinals,
            *_by_ordinal(segment),
        )

    def _ordinals_of(self, segment: Segment) -> NDArray[np.int64]:
        if segment.facet_values == self.facet_values:
            return np.arange(len(self.facet_values))
        ordinals = np.empty(len(segment.facet_values), np.int64)
        for name, place in segment.facets.items():
            values = segment.facet_values[place.first : place.none]
            found = [self._ordinal_by_value[name, value] for value in values]
            ordinals[place.first : place.none] = found
            ordinals[place.none] = self.facets[name].none
        return ordinals


def _statistics(segments: Sequence[Segment]) -> dict[str, FieldStatistics]:
    names = dict.fromkeys(name for segment in segments for name in segment.fields)
    statistics = {}
    for name in names:
        rows = [segment.fields[name] for segment in segments if name in segment.fields]
        doc_count = sum(row.doc_count for row in rows)
        token_count = sum(row.token_count for row in rows)
        statistics[name] = FieldStatistics(doc_count, token_count / max(doc_count, 1))
    return statistics


def _norms(segment: Segment, statistics: Mapping[str, FieldStatistics]) -> NDArray[np.float32]:
    """Return k1 * (1 - b + b * length / average) for each row of lengths and each byte."""
    norms = np.zeros((len(segment.lengths), 256), np.float32)
    for row in segment.fields.values():
        if row.length_row >= 0:
            average = max(statistics[row.name].average, 1e-9)
            norms[row.length_row] = K1 * (1 - B + B * length_table() / average)
    return norms


def _length_rows(segment: Segment) -> dict[str, int]:
    rows = ((row.name, row.length_row) for row in segment.fields.values())
    return {name: row if row >= 0 else CONSTANT for name, row in rows}


def _saturations(norms: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return tf / (tf + norm) for each row of norms, each small frequency, and each norm."""
    frequencies = np.arange(KNOWN_FREQUENCIES, dtype=np.float32)[:, None]
    with np.errstate(invalid="ignore"):  # 0 / 0, of frequencies and fields that are not there
        return frequencies / (frequencies + norms[:, None, :])


def _by_ordinal(segment: Segment) -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
    """Return the documents of each facet ordinal, and where those of each begin."""
    docs = np.empty(len(segment.facet_ordinals), np.uint16)
    starts = np.concatenate(([0], np.cumsum(segment.facet_counts, dtype=np.int64)))
    invert_entries(segment.facet_offsets, segment.facet_ordinals, starts[:-1].copy(), docs)
    return docs, starts
