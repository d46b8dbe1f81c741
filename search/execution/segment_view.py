"""A segment view: the arrays of a segment as queries read them, with norms and facet rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from index.arrays import Float32Array, Int32Array, Int64Array, Uint8Array, Uint16Array, Uint32Array
from index.segments import Segment, length_table
from index.segments.kernels.positions import Positions
from index.segments.kernels.postings import invert_entries
from search.faceting import facet_rows
from search.kernels.facet_counts import FacetRows, count_facets
from search.kernels.score import CONSTANT, KNOWN_FREQUENCIES
from search.kernels.streams import Postings
from search.ranking import K1, B, FieldStatistics


class _Held:
    """What is made of a segment and its candidates when it is first needed.

    Attributes:
        counts: how many candidates have each facet value.
        orders: the candidates in each sort order.
    """

    __slots__ = ("counts", "orders")

    def __init__(self) -> None:
        self.counts: Uint32Array | None = None
        self.orders: dict[str, Int32Array] = {}


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
    live: Uint8Array
    offset: int
    postings: Postings
    positions: Positions
    facets: FacetRows
    length_rows: dict[str, int]
    ordinals: Int64Array

    docs_by_ordinal: Uint16Array
    ordinal_starts: Int64Array
    _held: _Held = field(default_factory=_Held, repr=False)
    _of_file: dict[str, Int32Array] = field(default_factory=dict, repr=False)
    """Arrays that all views of a file share, whatever is deleted; made when first needed."""

    def without(self, docs: Int64Array) -> "SegmentView":
        """Return the same view, in which some more documents are no candidates."""
        live = self.live.copy() if len(self.live) else np.ones(self.segment.doc_count, np.uint8)
        live[docs] = 0
        return replace(self, live=live, _held=_Held())

    def sharing(self, other: "SegmentView | None") -> "SegmentView":
        """Return the same view, with what was made of another one's candidates if they are ours."""
        if other is None or not np.array_equal(self.live, other.live):
            return self
        return replace(self, live=other.live, _held=other._held)  # noqa: SLF001 - it is of this class

    def renewed(
        self,
        segment: Segment,
        offset: int,
        statistics: Mapping[str, FieldStatistics],
        ordinals: Int64Array,
    ) -> "SegmentView":
        """Return the view of a segment of the same file; arguments as of `view_segment`."""
        norms = _norms(segment, statistics)
        postings = self.postings
        if not np.array_equal(norms, postings.norms):
            postings = postings._replace(norms=norms, saturations=_saturations(norms))
        renewed = replace(
            self,
            segment=segment,
            live=segment.live,
            offset=offset,
            postings=postings,
            ordinals=ordinals,
            _held=_Held(),
        )
        return renewed.sharing(self)

    @property
    def live_count(self) -> int:
        """How many documents are candidates."""
        return int(np.count_nonzero(self.live)) if len(self.live) else self.segment.doc_count

    @property
    def all_counts(self) -> Uint32Array:
        """How many candidates have each facet value."""
        if not len(self.live):
            return self.segment.facet_counts
        held = self._held
        if held.counts is None:
            live = np.flatnonzero(self.live).astype(np.uint16)
            counts = self.new_counts()
            count_facets(self.facets, counts, live, 1)
            held.counts = counts[: len(self.ordinals)]
        return held.counts

    def new_counts(self, known: Uint32Array | None = None) -> Uint32Array:
        """Return counters for a query: zeros, or what is known."""
        counts = np.zeros(self.facets.counter_count, np.uint32)
        if known is not None:
            counts[: len(known)] = known
        return counts

    def docs_with(self, ordinal: int) -> Uint16Array:
        """Return the documents that have a facet value, by the snapshot's ordinal."""
        own = int(np.searchsorted(self.ordinals, ordinal))  # they are in the same order
        if own == len(self.ordinals) or self.ordinals[own] != ordinal:
            return self.docs_by_ordinal[:0]
        return self.docs_by_ordinal[self.ordinal_starts[own] : self.ordinal_starts[own + 1]]

    def docs_in_order(self, name: str) -> Int32Array:
        """Return the candidates in a sort order."""
        orders, live = self._held.orders, self.live
        if name not in orders:
            docs = self._made(f"order {name}", lambda: _sorted_docs(self.segment, name))
            orders[name] = docs[live[docs] > 0] if len(live) else docs
        return orders[name]

    def key(self, name: str, doc: int) -> bytes:
        """Return a document's value in a field of keys; empty where it has none."""
        ordinals = self._made(f"key {name}", lambda: self.segment.ordinals_by_doc(name))
        ordinal = int(ordinals[doc])
        return self.segment.terms.term(ordinal) if ordinal >= 0 else b""

    def _made(self, key: str, make: Callable[[], Int32Array]) -> Int32Array:
        if key not in self._of_file:
            self._of_file[key] = make()
        return self._of_file[key]


def view_segment(
    segment: Segment,
    offset: int,
    statistics: Mapping[str, FieldStatistics],
    ordinals: Int64Array,
    facet_numbers: Uint8Array,
) -> SegmentView:
    """Return the view of a segment.

    Args:
        segment: the segment.
        offset: the number of its first document among all documents.
        statistics: of each field, over all segments.
        ordinals: from its facet ordinals to the snapshot's.
        facet_numbers: the facet of each of the snapshot's ordinals.
    """
    shared = (segment.docs, segment.frequencies, segment.large, segment.large_values)
    norms = _norms(segment, statistics)
    return SegmentView(
        segment,
        segment.live,
        offset,
        Postings(*shared, segment.lengths, norms, _saturations(norms)),
        Positions(
            *(*shared, segment.positions, segment.position_blocks),
            *(segment.far, segment.far_values),
        ),
        facet_rows(segment, facet_numbers[ordinals]),
        _length_rows(segment),
        ordinals,
        *_by_ordinal(segment),
    )


def _sorted_docs(segment: Segment, name: str) -> Int32Array:
    """Return all documents in a sort order."""
    return np.argsort(segment.order(name)).astype(np.int32)


def _norms(segment: Segment, statistics: Mapping[str, FieldStatistics]) -> Float32Array:
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


def _saturations(norms: Float32Array) -> Float32Array:
    """Return tf / (tf + norm) for each row of norms, each small frequency, and each norm."""
    frequencies = np.arange(KNOWN_FREQUENCIES, dtype=np.float32)[:, None]
    with np.errstate(invalid="ignore"):  # 0 / 0, of frequencies and fields that are not there
        return frequencies / (frequencies + norms[:, None, :])


def _by_ordinal(segment: Segment) -> tuple[Uint16Array, Int64Array]:
    """Invert the facet ordinals: the documents of each, and where those of each begin."""
    docs = np.empty(len(segment.facet_ordinals), np.uint16)
    starts = np.concatenate(([0], np.cumsum(segment.facet_counts, dtype=np.int64)))
    invert_entries(segment.facet_offsets, segment.facet_ordinals, starts[:-1].copy(), docs)
    return docs, starts
