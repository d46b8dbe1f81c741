"""Branch-free filters of matches, by deletion and by failing bits.

Every document is written to the output, and the cursor moves on only if the document passes. So an
output needs one spare slot behind the last entry. A processor has no branch to guess, which is most
of what a filter costs. `failing` has a byte for each document: a bit for each filter that it fails.
"""

import numpy as np

from index.arrays import BoolArray, Float32Array, Uint8Array, Uint16Array
from index.compiled import Int, compiled


@compiled
def drop_deleted(
    live: Uint8Array,
    docs: Uint16Array,
    scores: Float32Array,
    kept_docs: Uint16Array,
    kept_scores: Float32Array,
) -> int:
    """List the matches that were not deleted; return how many there are."""
    kept = 0
    for item in range(len(docs)):
        kept_docs[np.uint64(kept)], kept_scores[np.uint64(kept)] = docs[item], scores[item]
        kept += live[docs[item]] > 0
    return kept


@compiled
def mark_failing(failing: Uint8Array, docs: Uint16Array, kept: np.uint8, added: np.uint8) -> None:
    """Update the failing bits of some documents: AND with `kept`, OR with `added`."""
    for item in range(len(docs)):
        failing[docs[item]] = (failing[docs[item]] & kept) | added


@compiled
def list_failing_one_at_most(failing: Uint8Array, docs: Uint16Array) -> int:
    """List all documents that fail one filter at most; return how many there are."""
    count = 0
    for doc in range(len(failing)):
        docs[np.uint64(count)] = doc
        count += failing[doc] & (failing[doc] - 1) == 0
    return count


@compiled
def list_failing(failing: Uint8Array, docs: Uint16Array, bits: Int, kept: Uint16Array) -> int:
    """List the documents that fail exactly these filters; return how many there are."""
    count = 0
    for item in range(len(docs)):
        kept[np.uint64(count)] = docs[item]
        count += failing[docs[item]] == bits
    return count


@compiled
def list_passing(
    failing: Uint8Array,
    docs: Uint16Array,
    scores: Float32Array,
    kept_docs: Uint16Array,
    kept_scores: Float32Array,
) -> int:
    """List the matches that pass all filters; return how many there are."""
    kept = 0
    for item in range(len(docs)):
        kept_docs[np.uint64(kept)], kept_scores[np.uint64(kept)] = docs[item], scores[item]
        kept += failing[docs[item]] == 0
    return kept


@compiled
def list_others(live: Uint8Array, docs: Uint16Array, marked: BoolArray, rest: Uint16Array) -> int:
    """List the documents that are neither among `docs` nor deleted; return how many there are.

    `marked` must be False for each document.
    """
    for item in range(len(docs)):
        marked[docs[item]] = True
    count = 0
    for doc in range(len(marked)):
        rest[np.uint64(count)] = doc
        count += not marked[doc] and (len(live) == 0 or live[doc] > 0)
    return count
