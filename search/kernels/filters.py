"""Kernels that filter matches: each writes a list before it is known which entries count.

A list that is written to has room for one more than there can be.
"""

import numpy as np
from numpy.typing import NDArray

from index.compiled import Int, compiled

Docs = NDArray[np.uint16]
Floats = NDArray[np.float32]
Failing = NDArray[np.uint8]
"""By document, the filters that it fails, a bit each, by the number of the filtered facet."""


@compiled
def drop_deleted(
    live: NDArray[np.uint8], docs: Docs, scores: Floats, kept_docs: Docs, kept_scores: Floats
) -> int:
    """List the matches that were not deleted, with room for one more; return how many there are."""
    kept = 0
    for place in range(len(docs)):
        kept_docs[np.uint64(kept)], kept_scores[np.uint64(kept)] = docs[place], scores[place]
        kept += live[docs[place]] > 0
    return kept


@compiled
def mark_failing(failing: Failing, docs: Docs, kept: np.uint8, added: np.uint8) -> None:
    """Keep some bits of documents, and add some."""
    for place in range(len(docs)):
        failing[docs[place]] = (failing[docs[place]] & kept) | added


@compiled
def list_near(failing: Failing, docs: Docs) -> int:
    """List all documents that fail one filter at most; `docs` has room for one more than all."""
    count = 0
    for doc in range(len(failing)):
        docs[np.uint64(count)] = doc
        count += failing[doc] & (failing[doc] - 1) == 0
    return count


@compiled
def list_failing(failing: Failing, docs: Docs, bits: Int, kept: Docs) -> int:
    """List the documents that fail just these filters; return how many they are."""
    count = 0
    for place in range(len(docs)):
        kept[np.uint64(count)] = docs[place]
        count += failing[docs[place]] == bits
    return count


@compiled
def list_passing(
    failing: Failing, docs: Docs, scores: Floats, kept_docs: Docs, kept_scores: Floats
) -> int:
    """List the matches that pass all filters; return how many they are."""
    kept = 0
    for place in range(len(docs)):
        kept_docs[np.uint64(kept)], kept_scores[np.uint64(kept)] = docs[place], scores[place]
        kept += failing[docs[place]] == 0
    return kept


@compiled
def list_others(live: NDArray[np.uint8], docs: Docs, marked: NDArray[np.bool_], rest: Docs) -> int:
    """List the documents that are not among some, nor deleted; return how many they are.

    `marked` begins with False for each document.
    """
    for place in range(len(docs)):
        marked[docs[place]] = True
    count = 0
    for doc in range(len(marked)):
        rest[np.uint64(count)] = doc
        count += not marked[doc] and (len(live) == 0 or live[doc] > 0)
    return count
