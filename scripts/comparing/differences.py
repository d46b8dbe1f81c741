"""Differences between the answers of two engines to one request."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search import Engine, Hit, SearchRequest, SearchResults

SCORE_ERROR_MOST = 1e-4
"""How far scores of the same document may be apart, as a share: one sums in single precision."""
SET_MOST = 300
"""Matches whose ids are compared, in order of date; of larger sets, the first ones."""
PAGE = 100

PARTS = (
    "total",
    "facets",
    "months",
    "days",
    "notices",
    "understood",
)
"""The parts of an answer that have to be equal, beside what else is offered."""


@dataclass(frozen=True)
class Difference:
    """How two answers differ.

    Attributes:
        parts: the parts that differ; `set` is the set of matches.
        is_same_page: whether the hits are the same, in the same order.
        score_error: the greatest distance of the scores at a place of the page, as a share.
    """

    parts: tuple[str, ...]
    is_same_page: bool
    score_error: float


def compare(first: Engine, second: Engine, request: SearchRequest) -> Difference:
    """Ask both engines, and return how their answers differ."""
    one, other = first.search(request), second.search(request)
    parts = [name for name in PARTS if getattr(one, name) != getattr(other, name)]
    if _offers(one) != _offers(other):
        parts.append("alternatives")
    # Behind the last date, the same matches come in one order only, so sets are compared as lists.
    dated = replace(request, sort="newest", size=PAGE, page=1)
    if one.total and list(_ids(first, dated)) != list(_ids(second, dated)):
        parts.append("set")
    is_same = [hit.doc_id for hit in _hits(one)] == [hit.doc_id for hit in _hits(other)]
    return Difference(tuple(parts), is_same, _score_error(one, other))


def _offers(results: SearchResults) -> list[tuple[str, SearchRequest, int]]:
    """Return what else is offered, without its hits."""
    return [(offer.kind, offer.request, offer.total) for offer in results.alternatives]


def _hits(results: SearchResults) -> list[Hit]:
    """Return the hits of a page, those of a correction first."""
    return [*(hit for offer in results.alternatives for hit in offer.hits), *results.hits]


def _ids(engine: Engine, request: SearchRequest) -> Iterator[str]:
    """Yield the ids of the first matches."""
    for page in range(1, SET_MOST // PAGE + 1):
        hits = engine.search(replace(request, page=page)).hits
        yield from (hit.doc_id for hit in hits)
        if len(hits) < PAGE:
            return


def _score_error(one: SearchResults, other: SearchResults) -> float:
    """Return how far the scores at the same place are apart, at most, as a share."""
    pairs = zip(_hits(one), _hits(other), strict=False)
    return max((abs(a.score - b.score) / max(a.score, b.score, 1e-9) for a, b in pairs), default=0)
