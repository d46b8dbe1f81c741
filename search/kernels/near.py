"""Words near each other: the shortest windows of a text that hold all of them.

A window is shortest if nothing can be cut off at either end (the minimal intervals of Lucene's
`unordered`). Where a word ends such a window, the window begins at the last position from which all
words have been passed. If the window before began there too, it lies within this one, and this one
is not counted.
"""

import numpy as np

from index.arrays import BoolArray, Float32Array, Int64Array
from index.compiled import Int, compiled, inlined
from index.segments.kernels.positions import Positions, position_at


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
def count_near(
    positions: Positions,
    spans: Int64Array,
    needs: Int64Array,
    width: int,
    passed: Int64Array,
    frequencies: Float32Array,
) -> None:
    """Count, in each document, the shortest windows that hold all words.

    Args:
        positions: those of the segment.
        spans: by document and word, where its positions begin and end.
        needs: how often each word is asked for.
        width: how long a window may be, in positions.
        passed: a number for each word; what it holds does not matter.
        frequencies: gets the counts.
    """
    for doc in range(len(spans)):
        passed[:] = 0
        before: Int = np.int64(-1)
        count: Int = 0
        while True:
            word = _next_word(positions, spans[doc], passed)
            if word < 0:
                break
            end = position_at(positions, spans[doc, word, 0] + passed[word])
            passed[word] += 1
            start = _window_start(positions, spans[doc], passed, needs)
            if start > before:
                before = start
                count += end - start < width
        frequencies[doc] = count


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
