"""Kernels for terms: number them as they come, sort them, copy them.

A list of terms is a blob of bytes and the place where each term ends.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.compiled import Int, compiled, inlined

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]


class KnownTerms(NamedTuple):
    """A table of terms with their numbers.

    Attributes:
        slots: open addressing: 0 is free, else a number + 1; as many as a power of two.
        blob: the terms, end to end.
        ends: by number, where each ends.
        hashes: by number.
    """

    slots: NDArray[np.int32]
    blob: Bytes
    ends: Places
    hashes: NDArray[np.uint64]


@inlined
def _is_known(known: KnownTerms, number: Int, blob: Bytes, start: Int, stop: Int) -> bool:
    """Whether bytes are those of a known term."""
    begin = known.ends[number - 1] if number else 0
    if stop - start != known.ends[number] - begin:
        return False
    for offset in range(stop - start):
        if blob[start + offset] != known.blob[begin + offset]:
            return False
    return True


@compiled
def number_terms(
    blob: Bytes,
    ends: Places,
    hashes: NDArray[np.uint64],
    known: KnownTerms,
    count: int,
    numbers: NDArray[np.uint32],
    first: int,
) -> tuple[int, int]:
    """Give each term from `first` on the number of the same term in a table, new ones the next.

    Returns how many terms the table knows, and the first place for which it has no room.
    """
    mask = len(known.slots) - 1
    start = ends[first - 1] if first else 0
    for place in range(first, len(ends)):
        stop = ends[place]
        slot = np.int64(hashes[place] & np.uint64(mask))
        number: Int = np.int64(known.slots[slot]) - 1
        while number >= 0 and (
            known.hashes[number] != hashes[place] or not _is_known(known, number, blob, start, stop)
        ):
            slot = (slot + 1) & mask
            number = np.int64(known.slots[slot]) - 1
        if number < 0:
            number = count
            begin = known.ends[count - 1] if count else 0
            if count == len(known.ends) or begin + stop - start > len(known.blob):
                return count, place
            for offset in range(stop - start):
                known.blob[begin + offset] = blob[start + offset]
            known.ends[count] = begin + stop - start
            known.hashes[count] = hashes[place]
            count += 1
            known.slots[slot] = count
        numbers[place] = number
        start = stop
    return count, len(ends)


@compiled
def fill_slots(slots: NDArray[np.int32], hashes: NDArray[np.uint64], known: int) -> None:
    """Put the known terms into an empty table of slots."""
    mask = len(slots) - 1
    for number in range(known):
        slot = np.int64(hashes[number] & np.uint64(mask))
        while slots[slot]:
            slot = (slot + 1) & mask
        slots[slot] = number + 1


@inlined
def _is_before(blob: Bytes, starts: Places, ends: Places, first: Int, second: Int) -> bool:
    start, other = starts[first], starts[second]
    length, other_length = ends[first] - start, ends[second] - other
    for offset in range(min(length, other_length)):
        if blob[start + offset] != blob[other + offset]:
            return bool(blob[start + offset] < blob[other + offset])
    return bool(length < other_length)


@compiled
def sort_terms(blob: Bytes, starts: Places, ends: Places, order: Places, spare: Places) -> bool:
    """Sort the terms' numbers by their bytes: a merge sort, from runs of one.

    `order` holds the numbers, `spare` is as long; returns whether `order` has the result, and not
    `spare`.
    """
    count = len(ends)
    width, is_swapped = 1, False
    while width < count:
        for low in range(0, count, 2 * width):
            middle, high = min(low + width, count), min(low + 2 * width, count)
            left, right = low, middle
            for place in range(low, high):
                if left < middle and (
                    right >= high or not _is_before(blob, starts, ends, order[right], order[left])
                ):
                    spare[place] = order[left]
                    left += 1
                else:
                    spare[place] = order[right]
                    right += 1
        order, spare = spare, order
        is_swapped = not is_swapped
        width *= 2
    return not is_swapped


@compiled
def copy_terms(
    prefix: int, blob: Bytes, starts: Places, ends: Places, out: Bytes, out_ends: Places, end: int
) -> int:
    """Copy terms to `out` from `end` on, each behind a byte, or alone if that is below 0.

    `out_ends` gets where each ends. Returns where the last one does.
    """
    for term in range(len(ends)):
        if prefix >= 0:
            out[end] = prefix
            end += 1
        for place in range(starts[term], ends[term]):
            out[end] = blob[place]
            end += 1
        out_ends[term] = end
    return end
