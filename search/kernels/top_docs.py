"""Top documents: keep the best matches of a segment in a heap, the worst of them on top."""

from typing import NamedTuple

import numpy as np

from index.arrays import Float32Array, Int32Array, Int64Array, Uint16Array
from index.compiled import Float, Int, compiled

BLOCK = 32
"""Scores that are compared at once with the worst of the top: mostly none is above it."""


class TopDocs(NamedTuple):
    """A heap of the best documents so far; the kernels write into it.

    Attributes:
        ranks: the rank of each document in the order; of equal scores the lower rank is better.
        docs, scores: the top, a heap with the worst on top.
        kept: [0] how many documents there are.
        by_score: whether scores count at all.
    """

    ranks: Int32Array
    docs: Int32Array
    scores: Float32Array
    kept: Int64Array
    by_score: bool


@compiled
def _is_worse(top: TopDocs, first: Int, second: Int) -> bool:
    """Return whether one entry of the heap ranks below another."""
    if top.by_score and top.scores[first] != top.scores[second]:
        return bool(top.scores[first] < top.scores[second])
    return bool(top.ranks[top.docs[first]] > top.ranks[top.docs[second]])


@compiled
def _swap(top: TopDocs, first: Int, second: Int) -> None:
    doc, score = top.docs[first], top.scores[first]
    top.docs[first], top.scores[first] = top.docs[second], top.scores[second]
    top.docs[second], top.scores[second] = doc, score


@compiled
def _sift_down(top: TopDocs) -> None:
    """Restore the heap after its top was replaced: move it down."""
    node, count = 0, top.kept[0]
    while True:
        child = 2 * node + 1
        if child >= count:
            return
        if child + 1 < count and _is_worse(top, child + 1, child):
            child += 1
        if not _is_worse(top, child, node):
            return
        _swap(top, child, node)
        node = child


@compiled
def _sift_up(top: TopDocs) -> None:
    """Restore the heap after an entry was appended: move it up."""
    node = top.kept[0] - 1
    while node and _is_worse(top, node, (node - 1) // 2):
        _swap(top, node, (node - 1) // 2)
        node = (node - 1) // 2


@compiled
def _keep(top: TopDocs, doc: Int, score: Float) -> None:
    """Push a document into the heap; if it is full, replace the worst one."""
    kept = top.kept[0]
    if kept < len(top.docs):
        top.docs[kept], top.scores[kept] = doc, score
        top.kept[0] = kept + 1
        _sift_up(top)
    else:
        top.docs[0], top.scores[0] = doc, score
        _sift_down(top)


@compiled
def _keep_some(
    top: TopDocs, docs: Uint16Array, scores: Float32Array, first: Int, last: Int
) -> None:
    """Put each match of a range into the heap, unless it is worse than all documents in it."""
    size = len(top.docs)
    for node in range(first, last):
        doc, score = np.int64(docs[node]), scores[node]
        if top.kept[0] == size:
            if top.by_score and score < top.scores[0]:
                continue
            is_equal = not top.by_score or score == top.scores[0]
            if is_equal and top.ranks[doc] > top.ranks[top.docs[0]]:
                continue
        _keep(top, doc, score)


@compiled
def keep_best(top: TopDocs, docs: Uint16Array, scores: Float32Array) -> None:
    """Keep the best of some matches; blocks whose scores are all too low are skipped."""
    is_full = False
    for start in range(0, len(docs) if len(top.docs) else 0, BLOCK):
        stop = min(start + BLOCK, len(docs))
        if is_full:
            is_above = False
            for node in range(start, stop):
                is_above |= scores[node] >= top.scores[0]
            if not is_above:
                continue
        _keep_some(top, docs, scores, start, stop)
        is_full = top.by_score and top.kept[0] == len(top.docs)
