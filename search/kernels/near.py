"""Words near each other: the shortest windows of a text that hold all of them.

Where a word ends a window, the shortest one begins at the last position from which all words have
been passed. Words are near where any of these windows is short enough.
"""

import numpy as np

from index.arrays import BoolArray, Int64Array
from index.compiled import Int, compiled, inlined
from index.segments.kernels.positions import Positions, position_at

COMPARED_POSITIONS = 1 << 20
"""Positions that one call compares: some hundredths of a second."""


@inlined
def _next_word(positions: Positions, spans: Int64Array, passed: Int64Array) -> Int:
    """Return the word with the next position in the text; -1 at its end."""
    nearest: Int = np.int64(0)
    found = -1
    for word in range(len(passed)):
        number = spans[word, 0] + passed[word]
        if number < spans[word, 1]:
            position = position_at(positions, number)
            if found < 0 or position < nearest:
                nearest, found = position, word
    return found


@inlined
def _window_start(
    positions: Positions, spans: Int64Array, passed: Int64Array, needs: Int64Array
) -> Int:
    """Return where the shortest window that ends here begins; -1 while a word is missing."""
    start: Int = np.int64(-1)
    for word in range(len(passed)):
        if passed[word] < needs[word]:
            return np.int64(-1)
        position = position_at(positions, spans[word, 0] + passed[word] - needs[word])
        if start < 0 or position < start:
            start = position
    return start


@compiled
def find_near(
    positions: Positions,
    spans: Int64Array,
    needs: Int64Array,
    width: int,
    first: int,
    passed: Int64Array,
    is_near: BoolArray,
) -> int:
    """Find the documents in which a window no longer than `width` holds all words.

    Returns the document at which to go on: one call does so much that the time can be checked
    between two calls, and may end within a long text.

    Args:
        positions: those of the segment.
        spans: by document and word, where its positions begin and end.
        needs: how often each word is asked for.
        width: how long a window may be, in positions.
        first: the document at which to begin.
        passed: for each word, how many of its positions there were passed by the call before; zeros
            at first.
        is_near: gets whether each document has such a window; all False.
    """
    left = COMPARED_POSITIONS
    for doc in range(first, len(spans)):
        while not is_near[doc]:
            if left <= 0:
                return doc
            left -= len(passed)
            word = _next_word(positions, spans[doc], passed)
            if word < 0:
                break
            end = position_at(positions, spans[doc, word, 0] + passed[word])
            passed[word] += 1
            start = _window_start(positions, spans[doc], passed, needs)
            is_near[doc] = start >= 0 and end - start < width
        passed[:] = 0
    return len(spans)


@compiled
def mark_near(
    positions: Int64Array,
    words: Int64Array,
    needs: Int64Array,
    width: int,
    counts: Int64Array,
    marked: BoolArray,
) -> None:
    """Mark the tokens that stand in any of the shortest windows that hold all words.

    Args:
        positions: of each token, in order.
        words: which of the words it is.
        needs: how often each word is asked for.
        width: how long a window may be, in positions.
        counts: a counter for each word, all zeros.
        marked: gets whether the token stands in a window; all False.
    """
    first, missing = 0, needs.sum()
    for last in range(len(words)):
        word = words[last]
        missing -= counts[word] < needs[word]
        counts[word] += 1
        while counts[words[first]] > needs[words[first]]:
            counts[words[first]] -= 1
            first += 1
        is_shortest = missing == 0 and counts[word] == needs[word]
        if is_shortest and positions[last] - positions[first] < width:
            marked[first : last + 1] = True
