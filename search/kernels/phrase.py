"""Kernel for phrases: the documents in which words stand side by side, and how often they do.

Only documents that have all words are looked at; the rarest word leads, the others are found by
leaps. In such a document each place of the first word is stamped, and each further word stamps on
those that it follows: nothing is compared in order, so there is nothing that a processor would have
to guess. In a text too long for the stamps, the places of the first word are held, and each further
word strikes those that it does not follow.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.arrays import Int64Array
from index.compiled import Int, compiled, inlined
from index.segments.kernels.positions import (
    BLOCK_POSTINGS,
    POSITION_MOST,
    Positions,
    frequency_at,
    position_at,
)

NEAR = 16
"""Postings that are passed one by one before a leap: in common words the next document is near."""


class Room(NamedTuple):
    """What the search for a phrase writes to.

    Attributes:
        cursors: each word's posting.
        places: where the positions of that posting begin.
        stamps: by place where a phrase may begin, how far it went; no two documents use the same
            numbers.
        held: room for the positions of the first word in one long document.
        short: [0] how long `held` should have been.
    """

    cursors: Int64Array
    places: Int64Array
    stamps: NDArray[np.uint32]
    held: Int64Array
    short: Int64Array


def new_room(positions: Positions, starts: Int64Array) -> Room:
    """Return the room for a phrase whose words' postings begin at these places."""
    blocks = starts // BLOCK_POSTINGS
    places = positions.blocks[blocks].astype(np.int64)
    for word, start in enumerate(starts.tolist()):
        for before in range(start // BLOCK_POSTINGS * BLOCK_POSTINGS, start):
            places[word] += frequency_at(positions, before)
    stamps = np.zeros(POSITION_MOST + 1 + len(starts), np.uint32)
    return Room(starts.copy(), places, stamps, np.empty(1024, np.int64), np.zeros(1, np.int64))


@inlined
def _advance(docs: NDArray[np.uint16], start: Int, stop: Int, target: Int) -> Int:
    """Return the first place from `start` on whose document is not before the target."""
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
def _leap(positions: Positions, room: Room, word: Int, stop: Int, target: Int) -> None:
    """Move a word far ahead, to the first document that is not before the target."""
    before = room.cursors[word]
    after = _advance(positions.docs, before, stop, target)
    block = after // BLOCK_POSTINGS
    if block * BLOCK_POSTINGS > before:
        before = block * BLOCK_POSTINGS
        room.places[word] = positions.blocks[block] if after < stop else 0
    for posting in range(before, after):
        room.places[word] += frequency_at(positions, posting)
    room.cursors[word] = after


@inlined
def _move(positions: Positions, room: Room, word: Int, stop: Int, target: Int) -> None:
    """Move a word to the first document from where it stands that is not before the target."""
    cursor, place = room.cursors[word], room.places[word]
    last = min(stop, cursor + NEAR)
    while cursor < last and positions.docs[cursor] < target:
        place += frequency_at(positions, cursor)
        cursor += 1
    room.cursors[word], room.places[word] = cursor, place
    if cursor == last and cursor < stop:
        _leap(positions, room, word, stop, target)


@inlined
def _strike(
    positions: Positions, place: Int, frequency: Int, distance: Int, held: Int64Array, count: Int
) -> Int:
    """Keep the held places that this word follows at the distance; return how many they are."""
    kept = number = 0
    for token in range(place, place + frequency):
        position = position_at(positions, token)
        while number < count and held[number] + distance < position:
            number += 1
        if number < count and held[number] + distance == position:
            held[kept] = held[number]
            kept += 1
            number += 1
    return kept


@inlined
def _meet(positions: Positions, room: Room, stops: Int64Array, lead: Int) -> bool:
    """Move all words to the first document that they share, from the leader's on."""
    while room.cursors[lead] < stops[lead]:
        doc = np.int64(positions.docs[room.cursors[lead]])
        behind = doc
        for word in range(len(stops)):
            _move(positions, room, word, stops[word], doc)
            if room.cursors[word] == stops[word]:
                return False
            found = np.int64(positions.docs[room.cursors[word]])
            if found > doc:
                behind = found
                break
        if behind == doc:
            return True
        _move(positions, room, lead, stops[lead], behind)
    return False


@inlined
def _is_long(positions: Positions, room: Room) -> bool:
    """Whether a word stands in the document at a place that is listed apart."""
    for word in range(len(room.cursors)):
        frequency = frequency_at(positions, room.cursors[word])
        if positions.data[room.places[word] + frequency - 1] == POSITION_MOST:
            return True
    return False


@inlined
def _stamped_frequency(positions: Positions, room: Room, stamp: Int) -> Int:
    """Return how often the phrase stands in the document; stamps from this number on are free."""
    stamps, last, count = room.stamps, len(room.cursors) - 1, 0
    if last == 0:
        return frequency_at(positions, room.cursors[0])
    for word in range(last + 1):
        place = room.places[word]
        tokens = positions.data[place : place + frequency_at(positions, room.cursors[word])]
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
def _struck_frequency(positions: Positions, room: Room) -> Int:
    """Return the same for a long document."""
    count = frequency_at(positions, room.cursors[0])
    for number in range(count):
        room.held[number] = position_at(positions, room.places[0] + number)
    for word in range(1, len(room.cursors)):
        frequency = frequency_at(positions, room.cursors[word])
        count = _strike(positions, room.places[word], frequency, word, room.held, count)
        if not count:
            break
    return count


@inlined
def _count_here(positions: Positions, room: Room, lead: int) -> Int:
    """Return how often the phrase stands in the document on which all words are."""
    if not _is_long(positions, room):
        stamp = np.int64(positions.docs[room.cursors[lead]]) * len(room.cursors)
        return _stamped_frequency(positions, room, stamp)
    frequency = frequency_at(positions, room.cursors[0])
    if frequency > len(room.held):
        room.short[0] = frequency
        return 0
    return _struck_frequency(positions, room)


@compiled
def find_phrase(
    positions: Positions,
    stops: Int64Array,
    lead: int,
    room: Room,
    found: int,
    docs: NDArray[np.uint16],
    frequencies: NDArray[np.float32],
) -> int:
    """List the documents that hold a phrase, in order, and how often each does.

    Args:
        positions: those of the segment.
        stops: where the postings of each word of the phrase end.
        lead: the rarest word.
        room: what is known between two calls.
        found: how many documents were listed before.
        docs: gets the documents; it has room for the rarest word's.
        frequencies: gets how often each has the phrase.

    Returns:
        How many are listed; if `room.short` is not 0, `room.held` has to be that long: call again.
    """
    room.short[0] = 0
    while _meet(positions, room, stops, lead):
        count = _count_here(positions, room, lead)
        if room.short[0]:
            return found
        if count:
            docs[found], frequencies[found] = positions.docs[room.cursors[lead]], count
            found += 1
        room.places[lead] += frequency_at(positions, room.cursors[lead])
        room.cursors[lead] += 1
    return found


@compiled
def list_places(
    positions: Positions,
    stops: Int64Array,
    lead: int,
    room: Room,
    docs: NDArray[np.uint16],
    places: Int64Array,
) -> int:
    """List the documents that have all words; return how many they are.

    `places` gets where each word's positions in each document begin, and where they end.
    """
    found = 0
    while _meet(positions, room, stops, lead):
        docs[found] = positions.docs[room.cursors[lead]]
        for word in range(len(stops)):
            places[found, word, 0] = places[found, word, 1] = room.places[word]
            places[found, word, 1] += frequency_at(positions, room.cursors[word])
        room.places[lead] = places[found, lead, 1]
        room.cursors[lead] += 1
        found += 1
    return found
