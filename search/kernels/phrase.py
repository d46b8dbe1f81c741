"""Phrases: the documents in which words stand side by side, and how often they do.

Only documents that have all words are read; the rarest word leads, and the others leap to its
documents. In such a document each position of the first word gets a stamp, and each further word
raises the stamps that it follows. Nothing is compared in order, so a processor has no branch to
guess. In a text too long for the stamps, the positions of the first word are listed, and each
further word removes those that it does not follow.
"""

from typing import NamedTuple

import numpy as np

from index.arrays import Float32Array, Int64Array, Uint16Array, Uint32Array
from index.compiled import Int, compiled, inlined
from index.segments.kernels.positions import (
    BLOCK_POSTINGS,
    POSITION_MOST,
    Positions,
    find_offsets,
    frequency_at,
    list_positions,
    near_or_far,
    next_far,
)

STEPS_BEFORE_GALLOP = 16
"""Postings that are passed one by one first: in common words the next document is near."""

READ_POSITIONS = 1 << 20
"""Positions that one call reads, about: some milliseconds, so that time can be checked between."""


class PhraseBuffers(NamedTuple):
    """The state of a search for a phrase, which the kernels write to.

    Attributes:
        cursors: each word's posting.
        offsets: where the positions of that posting begin.
        stamps: by position where a phrase may begin, how many words follow; no two documents use
            the same numbers.
        firsts: the positions of the first word in one long document.
        reached: in that document, [0] how many words were looked at and [1] how many of `firsts`
            they follow; zeros before it is begun.
        missing: [0] how long `firsts` has to be; 0 where it is long enough.
        left: [0] how many positions this call may still read, about.
    """

    cursors: Int64Array
    offsets: Int64Array
    stamps: Uint32Array
    firsts: Int64Array
    reached: Int64Array
    missing: Int64Array
    left: Int64Array


def new_buffers(positions: Positions, starts: Int64Array) -> PhraseBuffers:
    """Return the buffers for a phrase whose words' postings begin at these offsets."""
    offsets = np.empty(len(starts), np.int64)
    find_offsets(positions, starts, offsets)
    stamps = np.zeros(POSITION_MOST + 1 + len(starts), np.uint32)
    firsts, reached = np.empty(1024, np.int64), np.zeros(2, np.int64)
    missing, left = np.zeros(1, np.int64), np.zeros(1, np.int64)
    return PhraseBuffers(starts.copy(), offsets, stamps, firsts, reached, missing, left)


@inlined
def advance(docs: Uint16Array, start: Int, stop: Int, target: Int) -> Int:
    """Find the first posting from `start` on of a document >= the target, by galloping search."""
    if start >= stop or docs[start] >= target:
        return start
    step, low = 1, start
    while low + step < stop and docs[low + step] < target:
        low += step
        step *= 2
    high = min(low + step, stop)
    while low < high:
        middle = (low + high) // 2
        if docs[middle] < target:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _advance_far(
    positions: Positions, buffers: PhraseBuffers, word: Int, stop: Int, target: Int
) -> None:
    """Move a word's cursor far ahead (galloping search) to the target document or beyond it."""
    before = buffers.cursors[word]
    after = advance(positions.docs, before, stop, target)
    block = after // BLOCK_POSTINGS
    if block * BLOCK_POSTINGS > before:
        before = block * BLOCK_POSTINGS
        buffers.offsets[word] = positions.blocks[block] if after < stop else 0
    for posting in range(before, after):
        buffers.offsets[word] += frequency_at(positions, posting)
    buffers.cursors[word] = after


@inlined
def _advance_word(
    positions: Positions, buffers: PhraseBuffers, word: Int, stop: Int, target: Int
) -> None:
    """Move a word's cursor to the target document, or to the first one after it."""
    cursor, offset = buffers.cursors[word], buffers.offsets[word]
    last = min(stop, cursor + STEPS_BEFORE_GALLOP)
    while cursor < last and positions.docs[cursor] < target:
        offset += frequency_at(positions, cursor)
        cursor += 1
    buffers.cursors[word], buffers.offsets[word] = cursor, offset
    if cursor == last and cursor < stop:
        _advance_far(positions, buffers, word, stop, target)


@inlined
def _keep_followed(
    positions: Positions, offset: Int, frequency: Int, distance: Int, firsts: Int64Array, count: Int
) -> Int:
    """Keep the phrase beginnings that this word follows at its distance; return how many remain."""
    kept = number = 0
    far: Int = np.int64(-1)
    for token in range(offset, offset + frequency):
        far = next_far(positions, token, far)
        position = near_or_far(positions, token, far)
        while number < count and firsts[number] + distance < position:
            number += 1
        if number < count and firsts[number] + distance == position:
            firsts[kept] = firsts[number]
            kept += 1
            number += 1
    return kept


@inlined
def _find_shared_document(
    positions: Positions, buffers: PhraseBuffers, stops: Int64Array, lead: Int
) -> bool:
    """Intersect the postings: move all cursors to the next document that has every word.

    Returns whether there is one; False, too, where this call has read enough.
    """
    while buffers.cursors[lead] < stops[lead] and buffers.left[0] > 0:
        buffers.left[0] -= len(stops)
        doc = np.int64(positions.docs[buffers.cursors[lead]])
        behind = doc
        for word in range(len(stops)):
            _advance_word(positions, buffers, word, stops[word], doc)
            if buffers.cursors[word] == stops[word]:
                return False
            found = np.int64(positions.docs[buffers.cursors[word]])
            if found > doc:
                behind = found
                break
        if behind == doc:
            return True
        _advance_word(positions, buffers, lead, stops[lead], behind)
    return False


@inlined
def _is_long(positions: Positions, buffers: PhraseBuffers) -> bool:
    """Return whether a word has a position in the document that is listed apart."""
    for word in range(len(buffers.cursors)):
        frequency = frequency_at(positions, buffers.cursors[word])
        if positions.data[buffers.offsets[word] + frequency - 1] == POSITION_MOST:
            return True
    return False


@inlined
def _stamped_frequency(positions: Positions, buffers: PhraseBuffers, stamp: Int) -> Int:
    """Return the phrase frequency in a document by stamps; those from `stamp` on are unused."""
    stamps, last, count = buffers.stamps, len(buffers.cursors) - 1, 0
    if last == 0:
        return frequency_at(positions, buffers.cursors[0])
    for word in range(last + 1):
        start = buffers.offsets[word]
        tokens = positions.data[start : start + frequency_at(positions, buffers.cursors[word])]
        before, shift = np.uint32(stamp + word), np.uint64(last - word)
        for number in range(len(tokens)):
            begin = np.uint64(tokens[number]) + shift
            if word == 0:
                stamps[begin] = before + np.uint32(1)
            elif word < last:
                stamps[begin] += np.uint32(stamps[begin] == before)
            else:
                count += stamps[begin] == before
    return count


@compiled
def _listed_frequency(positions: Positions, buffers: PhraseBuffers) -> Int:
    """Return how often the phrase stands in a long document, from a list of positions.

    It is -1 where this call has read enough; the next one goes on with the next word.
    """
    reached = buffers.reached
    while reached[0] < len(buffers.cursors) and buffers.left[0] > 0:
        word, offset = reached[0], buffers.offsets[reached[0]]
        frequency = frequency_at(positions, buffers.cursors[word])
        if word == 0:
            reached[1] = frequency
            list_positions(positions, offset, frequency, buffers.firsts)
        else:
            reached[1] = _keep_followed(
                positions, offset, frequency, word, buffers.firsts, reached[1]
            )
        reached[0] = word + 1 if reached[1] else len(buffers.cursors)
        buffers.left[0] -= frequency
    if reached[0] < len(buffers.cursors):
        return -1
    reached[0] = 0
    count: Int = reached[1]
    return count


@inlined
def _phrase_frequency(positions: Positions, buffers: PhraseBuffers, lead: int) -> Int:
    """Return the phrase frequency in the document at which all cursors stand; -1 as above."""
    if not _is_long(positions, buffers):
        stamp = np.int64(positions.docs[buffers.cursors[lead]]) * len(buffers.cursors)
        for word in range(len(buffers.cursors)):
            buffers.left[0] -= frequency_at(positions, buffers.cursors[word])
        return _stamped_frequency(positions, buffers, stamp)
    frequency = frequency_at(positions, buffers.cursors[0])
    if frequency > len(buffers.firsts):
        buffers.missing[0] = frequency
        return 0
    return _listed_frequency(positions, buffers)


@compiled
def find_phrase(
    positions: Positions,
    stops: Int64Array,
    lead: int,
    buffers: PhraseBuffers,
    found: int,
    docs: Uint16Array,
    frequencies: Float32Array,
) -> int:
    """List the documents that hold a phrase, in order, and how often each does.

    Args:
        positions: those of the segment.
        stops: where the postings of each word of the phrase end.
        lead: the rarest word.
        buffers: the state of the search, kept between two calls.
        found: how many documents were listed before.
        docs: gets the documents; it is as long as the postings of the rarest word.
        frequencies: gets how often each document has the phrase.

    Returns:
        How many documents are listed. If `buffers.missing` is not 0, call again with
        `buffers.firsts` of that length; if `buffers.left` is not above 0, call again.
    """
    buffers.missing[0], buffers.left[0] = 0, READ_POSITIONS
    while _find_shared_document(positions, buffers, stops, lead):
        count = _phrase_frequency(positions, buffers, lead)
        if buffers.missing[0] or count < 0:
            return found
        if count:
            docs[found], frequencies[found] = positions.docs[buffers.cursors[lead]], count
            found += 1
        buffers.offsets[lead] += frequency_at(positions, buffers.cursors[lead])
        buffers.cursors[lead] += 1
    return found


@compiled
def list_spans(
    positions: Positions,
    stops: Int64Array,
    lead: int,
    buffers: PhraseBuffers,
    found: int,
    docs: Uint16Array,
    spans: Int64Array,
) -> int:
    """List the documents that have all words; return how many they are.

    `found` is how many were listed before. Call again where `buffers.left` is not above 0 after it,
    or where `docs` is full, for those that follow.
    `spans` gets, by document and word, where its positions begin and end.
    """
    buffers.left[0] = READ_POSITIONS
    while found < len(docs) and _find_shared_document(positions, buffers, stops, lead):
        docs[found] = positions.docs[buffers.cursors[lead]]
        for word in range(len(stops)):
            spans[found, word, 0] = spans[found, word, 1] = buffers.offsets[word]
            spans[found, word, 1] += frequency_at(positions, buffers.cursors[word])
        buffers.offsets[lead] = spans[found, lead, 1]
        buffers.cursors[lead] += 1
        found += 1
    return found
