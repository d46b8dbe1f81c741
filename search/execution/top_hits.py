"""Top hits: merge the best documents of all segments, by score or by date.

Between equals a document's date decides, and then its key, which no two documents share.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from heapq import merge
from itertools import islice

from index.segments import NO_NUMBER
from search.execution.segment_view import SegmentView
from search.execution.snapshot import Snapshot
from search.kernels.top_docs import TopDocs
from search.matches import ScoredDocument, Selection


def merge_top(
    snapshot: Snapshot, selection: Selection, tops: Sequence[TopDocs]
) -> list[ScoredDocument]:
    """Merge the top documents of each segment into the top hits of all."""
    if len(tops) == 1:
        return [ScoredDocument(doc, score) for _, _, doc, score in _in_order(selection, tops[0])]
    lists = [
        _candidates(snapshot, selection, view, top)
        for view, top in zip(snapshot.views, tops, strict=True)
    ]
    return [candidate.hit for candidate in islice(merge(*lists), selection.size)]


class _Candidate:
    """A top document of one segment, comparable with those of other segments.

    Number and key, which decide between equals of two segments, are looked up for these alone.
    """

    __slots__ = ("__dict__", "doc", "first", "hit", "order_name", "snapshot", "view")

    def __init__(
        self, snapshot: Snapshot, selection: Selection, view: SegmentView, doc: int, score: float
    ) -> None:
        self.snapshot, self.order_name, self.view, self.doc = snapshot, selection.order, view, doc
        self.hit = ScoredDocument(view.offset + doc, score)
        self.first = -score if selection.by_score else self._number

    def __lt__(self, other: "_Candidate") -> bool:
        if self.first != other.first:
            return self.first < other.first
        if self._number != other._number:
            return self._number < other._number
        return self._key < other._key

    @cached_property
    def _number(self) -> float:
        """A document's sort value, such as its day; a document without one comes last."""
        order = self.snapshot.orders[self.order_name]
        number = int(self.view.segment.number(order.number)[self.doc])
        if number == NO_NUMBER:
            return float("inf")
        return float(-number if order.is_descending else number)

    @cached_property
    def _key(self) -> bytes:
        return self.view.key(self.snapshot.orders[self.order_name].key, self.doc)


def _candidates(
    snapshot: Snapshot, selection: Selection, view: SegmentView, top: TopDocs
) -> Iterator[_Candidate]:
    for _, _, doc, score in _in_order(selection, top):
        yield _Candidate(snapshot, selection, view, doc, score)


def _in_order(selection: Selection, top: TopDocs) -> list[tuple[float, int, int, float]]:
    """Sort the top documents of a segment: (sort value, rank, document, score)."""
    kept = slice(0, top.kept[0])
    docs, scores = top.docs[kept], top.scores[kept]
    signs = (-scores).tolist() if selection.by_score else [0.0] * len(docs)
    columns = (signs, top.ranks[docs].tolist(), docs.tolist(), scores.tolist())
    return sorted(zip(*columns, strict=True))
