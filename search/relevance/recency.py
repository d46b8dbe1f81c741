"""Recency boost: recent documents rank a little higher, where a site's settings ask for it.

The best hits by score are reranked by

    score' = score * (1 + share * 2 ** (-age / HALF_LIFE))

A document of today gains the share that is set, one of half a year ago half of it, and one of long
ago, or without a date, nothing. Age counts from the newest document of the archive, not from today,
so that an answer does not change by itself.

>>> boosted(10.0, age=0, share=0.2), boosted(10.0, age=HALF_LIFE, share=0.2)
(12.0, 11.0)
"""

from collections.abc import Callable
from dataclasses import replace

from search.backend import Backend
from search.matches import Matches, ScoredDocument, Selection

HALF_LIFE = 180
"""Days after which the gain is half."""
RERANKED_HITS = 100
"""Hits that are reranked; the others follow."""


def find_recent(
    find: Callable[[Selection], Matches], selection: Selection, backend: Backend, share: float
) -> Matches:
    """Find matches, and rerank the best hits by recency.

    Args:
        find: finds the matches, given how many hits to keep.
        selection: how many hits, in which order.
        backend: where the hits are.
        share: how much the newest gain; 0 leaves everything as it is.
    """
    if not (share and selection.by_score and selection.size):
        return find(selection)
    matches = find(replace(selection, size=max(selection.size, RERANKED_HITS)))
    ordered = prefer_recent(matches, backend, share)
    return replace(ordered, hits=ordered.hits[: selection.size])


def prefer_recent(matches: Matches, backend: Backend, share: float) -> Matches:
    """Return the same matches, the best hits reranked by recency."""
    newest = backend.newest_date()
    if not matches.hits or newest is None:
        return matches
    first, rest = matches.hits[:RERANKED_HITS], matches.hits[RERANKED_HITS:]
    dates = backend.dates([hit.number for hit in first])
    scored = [
        hit
        if date is None
        else ScoredDocument(hit.number, boosted(hit.score, age=(newest - date).days, share=share))
        for hit, date in zip(first, dates, strict=True)
    ]
    return replace(matches, hits=[*sorted(scored, key=lambda hit: -hit.score), *rest])


def boosted(score: float, *, age: float, share: float) -> float:
    """Return a score with the recency boost of an age in days."""
    return score * (1 + share * 2 ** (-max(age, 0) / HALF_LIFE))
