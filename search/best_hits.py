"""The best hits of all segments in one order: by score or by date, then by what no two share."""

from collections.abc import Sequence

from index.columnar.layout import Order
from index.columnar.segment import NO_NUMBER
from index.kernels.collect import KEPT, Tally
from search.found import FoundHit, Wanted
from search.snapshot import SegmentView, Snapshot


def best_hits(snapshot: Snapshot, wanted: Wanted, tallies: Sequence[Tally]) -> list[FoundHit]:
    """Return the best of all segments, in order."""
    if len(tallies) == 1:
        tally = tallies[0]
        kept = slice(0, tally.totals[KEPT])
        docs, scores = tally.docs[kept], tally.scores[kept]
        signs = (-scores).tolist() if wanted.by_score else [0.0] * len(docs)
        columns = (signs, tally.ranks[docs].tolist(), docs.tolist(), scores.tolist())
        hits = sorted(zip(*columns, strict=True))
        return [FoundHit(doc, score) for _, _, doc, score in hits]
    order_row = snapshot.orders[wanted.order]
    candidates = [
        (_sort_key(order_row, view, doc, score, wanted), FoundHit(view.offset + doc, score))
        for view, tally in zip(snapshot.views, tallies, strict=True)
        for doc, score in zip(*(a[: tally.totals[KEPT]].tolist() for a in tally[3:5]), strict=True)
    ]
    candidates.sort()
    return [hit for _, hit in candidates[: wanted.best]]


def _sort_key(
    order: Order, view: SegmentView, doc: int, score: float, wanted: Wanted
) -> tuple[float, float, bytes]:
    """Return what orders hits of different segments: score, number, key."""
    number = int(view.segment.number(order.number)[doc])
    first = -score if wanted.by_score else 0.0
    second = (
        float("inf") if number == NO_NUMBER else float(-number if order.is_descending else number)
    )
    return first, second, view.key(order.key, doc)
