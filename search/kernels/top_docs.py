"""Kernels that keep the best of the matches, in a heap with the worst of them on top."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.compiled import Float, Int, compiled

BLOCK = 32
"""Scores that are compared at once with the worst of the best: mostly none is above it."""

Docs = NDArray[np.uint16]
Floats = NDArray[np.float32]


class Best(NamedTuple):
    """The best so far; the kernels write into it.

    Attributes:
        ranks: each document's rank; of equal scores the lower one is better.
        docs, scores: the best, a heap with the worst on top.
        kept: [0] how many there are.
        by_score: whether scores count at all.
    """

    ranks: NDArray[np.int32]
    docs: NDArray[np.int32]
    scores: Floats
    kept: NDArray[np.int64]
    by_score: bool


@compiled
def _is_worse(best: Best, first: Int, second: Int) -> bool:
    """Whether one of the best is worse than another."""
    if best.by_score and best.scores[first] != best.scores[second]:
        return bool(best.scores[first] < best.scores[second])
    return bool(best.ranks[best.docs[first]] > best.ranks[best.docs[second]])


@compiled
def _swap(best: Best, first: Int, second: Int) -> None:
    doc, score = best.docs[first], best.scores[first]
    best.docs[first], best.scores[first] = best.docs[second], best.scores[second]
    best.docs[second], best.scores[second] = doc, score


@compiled
def _sink(best: Best) -> None:
    """Let the top of the heap down to where it belongs."""
    place, count = 0, best.kept[0]
    while True:
        child = 2 * place + 1
        if child >= count:
            return
        if child + 1 < count and _is_worse(best, child + 1, child):
            child += 1
        if not _is_worse(best, child, place):
            return
        _swap(best, child, place)
        place = child


@compiled
def _rise(best: Best) -> None:
    """Let the last of the heap up to where it belongs."""
    place = best.kept[0] - 1
    while place and _is_worse(best, place, (place - 1) // 2):
        _swap(best, place, (place - 1) // 2)
        place = (place - 1) // 2


@compiled
def _keep(best: Best, doc: Int, score: Float) -> None:
    """Put a document among the best; the worst of them goes if there is no room."""
    kept = best.kept[0]
    if kept < len(best.docs):
        best.docs[kept], best.scores[kept] = doc, score
        best.kept[0] = kept + 1
        _rise(best)
    else:
        best.docs[0], best.scores[0] = doc, score
        _sink(best)


@compiled
def _keep_some(best: Best, docs: Docs, scores: Floats, first: Int, last: Int) -> None:
    """Keep what is among the best of some matches."""
    room = len(best.docs)
    for place in range(first, last):
        doc, score = np.int64(docs[place]), scores[place]
        if best.kept[0] == room:
            if best.by_score and score < best.scores[0]:
                continue
            is_equal = not best.by_score or score == best.scores[0]
            if is_equal and best.ranks[doc] > best.ranks[best.docs[0]]:
                continue
        _keep(best, doc, score)


@compiled
def keep_best(best: Best, docs: Docs, scores: Floats) -> None:
    """Keep the best of some matches; blocks in which no score is good enough are passed over."""
    is_full = False
    for start in range(0, len(docs) if len(best.docs) else 0, BLOCK):
        stop = min(start + BLOCK, len(docs))
        if is_full:
            is_above = False
            for place in range(start, stop):
                is_above |= scores[place] >= best.scores[0]
            if not is_above:
                continue
        _keep_some(best, docs, scores, start, stop)
        is_full = best.by_score and best.kept[0] == len(best.docs)
