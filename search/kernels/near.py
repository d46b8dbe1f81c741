"""Words near each other: the shortest windows of a text that hold all of them.

Where a word ends a window, the shortest one begins at the last position from which all words have
been passed. Words are near where any of these windows is short enough.
"""

from typing import NamedTuple

import numpy as np

from index.arrays import BoolArray, Int64Array
from index.compiled import Int, compiled, inlined
from index.segments.kernels.positions import Positions, position_at

COMPARED_POSITIONS = 1 << 20
"""Positions that one call compares: some milliseconds."""

READ_COST = 32
"""Comparisons that take as long as to read a position of a long text."""

END = 1 << 40
"""Beyond every position: where a word stands next that stands nowhere any more."""


class NearBuffers(NamedTuple):
    """How far a document was read, by word.

    Attributes:
        passed: how many of the word's positions were passed; zeros before the first document.
        nexts: its next position; `END` where there is none.
        starts: where its part of the shortest window begins; -1 where too few were passed.
    """

    passed: Int64Array
    nexts: Int64Array
    starts: Int64Array


def new_near_buffers(word_count: int) -> NearBuffers:
    """Return the buffers for so many words, before the first document."""
    return NearBuffers(*(np.zeros(word_count, np.int64) for _ in range(3)))


@inlined
def _load_word(
    positions: Positions, spans: Int64Array, needs: Int64Array, buffers: NearBuffers, word: Int
) -> None:
    """Read where a word stands next, and where its part of the window begins."""
    number = spans[word, 0] + buffers.passed[word]
    buffers.nexts[word] = position_at(positions, number) if number < spans[word, 1] else END
    buffers.starts[word] = -1
    if buffers.passed[word] >= needs[word]:
        buffers.starts[word] = position_at(positions, number - needs[word])


@inlined
def _load_words(
    positions: Positions, spans: Int64Array, needs: Int64Array, buffers: NearBuffers
) -> None:
    """Read where each word stands, as above."""
    for word in range(len(needs)):
        _load_word(positions, spans, needs, buffers, word)


@inlined
def _least(values: Int64Array) -> Int:
    """Return which of some values is the least, the first of equals."""
    found = 0
    for number in range(1, len(values)):
        if values[number] < values[found]:
            found = number
    return found


@compiled
def find_near(
    positions: Positions,
    spans: Int64Array,
    needs: Int64Array,
    width: int,
    first: int,
    buffers: NearBuffers,
    is_near: BoolArray,
) -> int:
    """Find the documents in which a window no longer than `width` holds all words.

    Returns the document at which to go on, so that time can be checked between two calls.

    Args:
        positions: those of the segment.
        spans: by document and word, where its positions begin and end.
        needs: how often each word is asked for.
        width: how long a window may be, in positions.
        first: the document at which to begin.
        buffers: how far the call before has read it; it may have ended within a long text.
        is_near: gets whether each document has such a window; all False.
    """
    left, word_count = COMPARED_POSITIONS, len(needs)
    for doc in range(first, len(spans)):
        _load_words(positions, spans[doc], needs, buffers)
        left -= word_count * READ_COST
        while not is_near[doc]:
            if left <= 0:
                return doc
            left -= word_count + READ_COST
            nearest = _least(buffers.nexts)
            end = buffers.nexts[nearest]
            if end == END:
                break
            buffers.passed[nearest] += 1
            _load_word(positions, spans[doc], needs, buffers, nearest)
            begin: Int = buffers.starts[_least(buffers.starts)]
            is_near[doc] = begin >= 0 and end - begin < width
        buffers.passed[:] = 0
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
