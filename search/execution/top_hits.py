"""The best hits of all segments in one order: by score or by date, then by what no two share."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from heapq import merge
from itertools import islice

from index.segments.segment import NO_NUMBER
from search.execution.snapshot import SegmentView, Snapshot
from search.kernels.top_docs import Best
from search.matches import FoundHit, Wanted


def best_hits(snapshot: Snapshot, wanted: Wanted, found: Sequence[Best]) -> list[FoundHit]:
    """Return the best of all segments, in order."""
    if len(found) == 1:
        return [FoundHit(doc, score) for _, _, doc, score in _in_order(wanted, found[0])]
    lists = [
        _candidates(snapshot, wanted, view, best)
        for view, best in zip(snapshot.views, found, strict=True)
    ]
    return [candidate.hit for candidate in islice(merge(*lists), wanted.best)]


class _Candidate:
    """One of the best of a segment, among those of others.

    Number and key, which decide between equals of two segments, are looked up for these alone.
    """

    __slots__ = ("__dict__", "doc", "first", "hit", "order_name", "snapshot", "view")

    def __init__(
        self, snapshot: Snapshot, wanted: Wanted, view: SegmentView, doc: int, score: float
    ) -> None:
        self.snapshot, self.order_name, self.view, self.doc = snapshot, wanted.order, view, doc
        self.hit = FoundHit(view.offset + doc, score)
        self.first = -score if wanted.by_score else self._number

    def __lt__(self, other: "_Candidate") -> bool:
        if self.first != other.first:
            return self.first < other.first
        if self._number != other._number:
            return self._number < other._number
        return self._key < other._key

    @cached_property
    def _number(self) -> float:
        """A document's number as it is ordered; what has none comes last."""
        order = self.snapshot.orders[self.order_name]
        number = int(self.view.segment.number(order.number)[self.doc])
        if number == NO_NUMBER:
            return float("inf")
        return float(-number if order.is_descending else number)

    @cached_property
    def _key(self) -> bytes:
        return self.view.key(self.snapshot.orders[self.order_name].key, self.doc)


def _candidates(
    snapshot: Snapshot, wanted: Wanted, view: SegmentView, best: Best
) -> Iterator[_Candidate]:
    for _, _, doc, score in _in_order(wanted, best):
        yield _Candidate(snapshot, wanted, view, doc, score)


def _in_order(wanted: Wanted, best: Best) -> list[tuple[float, int, int, float]]:
    """Return what orders the best of a segment within it, the document, and its score."""
    kept = slice(0, best.kept[0])
    docs, scores = best.docs[kept], best.scores[kept]
    signs = (-scores).tolist() if wanted.by_score else [0.0] * len(docs)
    columns = (signs, best.ranks[docs].tolist(), docs.tolist(), scores.tolist())
    return sorted(zip(*columns, strict=True))
