"""Kernels for lists of terms: number them as they come, sort them, copy them.

A list of terms is a blob, the bytes of all terms end to end, and where each term ends in it.
"""

from typing import NamedTuple

import numpy as np

from index.arrays import Int32Array, Int64Array, Uint8Array, Uint32Array, Uint64Array
from index.compiled import Int, compiled, inlined


class KnownTerms(NamedTuple):
    """A hash table of terms, each with its number.

    Attributes:
        slots: open addressing: 0 is free, else a number + 1; the length is a power of two.
        blob: the terms, end to end.
        ends: for each number, where its term ends.
        hashes: for each number, the hash of its term.
    """

    slots: Int32Array
    blob: Uint8Array
    ends: Int64Array
    hashes: Uint64Array


@inlined
def _is_known(known: KnownTerms, number: Int, blob: Uint8Array, start: Int, stop: Int) -> bool:
    """Whether the term of a number has these bytes."""
    begin = known.ends[number - 1] if number else 0
    if stop - start != known.ends[number] - begin:
        return False
    for offset in range(stop - start):
        if blob[start + offset] != known.blob[begin + offset]:
            return False
    return True


@compiled
def number_terms(
    blob: Uint8Array,
    ends: Int64Array,
    hashes: Uint64Array,
    known: KnownTerms,
    count: int,
    numbers: Uint32Array,
    first: int,
) -> tuple[int, int]:
    """Give each term of a list its number in a hash table; a new term gets the next number.

    It begins with the list's term `first`, and stops at a new term for which the table is too
    small. Returns how many terms the table knows, and at which term of the list it stopped.
    """
    mask = len(known.slots) - 1
    start = ends[first - 1] if first else 0
    for term in range(first, len(ends)):
        stop = ends[term]
        slot = np.int64(hashes[term] & np.uint64(mask))
        number: Int = np.int64(known.slots[slot]) - 1
        while number >= 0 and (
            known.hashes[number] != hashes[term] or not _is_known(known, number, blob, start, stop)
        ):
            slot = (slot + 1) & mask
            number = np.int64(known.slots[slot]) - 1
        if number < 0:
            number = count
            begin = known.ends[count - 1] if count else 0
            if count == len(known.ends) or begin + stop - start > len(known.blob):
                return count, term
            for offset in range(stop - start):
                known.blob[begin + offset] = blob[start + offset]
            known.ends[count] = begin + stop - start
            known.hashes[count] = hashes[term]
            count += 1
            known.slots[slot] = count
        numbers[term] = number
        start = stop
    return count, len(ends)


@compiled
def fill_slots(slots: Int32Array, hashes: Uint64Array, count: int) -> None:
    """Put the first terms of a hash table into its new slots, which are all free."""
    mask = len(slots) - 1
    for number in range(count):
        slot = np.int64(hashes[number] & np.uint64(mask))
        while slots[slot]:
            slot = (slot + 1) & mask
        slots[slot] = number + 1


@inlined
def _is_before(
    blob: Uint8Array, starts: Int64Array, ends: Int64Array, first: Int, second: Int
) -> bool:
    """Whether one term comes before another in the order of bytes."""
    start, other = starts[first], starts[second]
    length, other_length = ends[first] - start, ends[second] - other
    for offset in range(min(length, other_length)):
        if blob[start + offset] != blob[other + offset]:
            return bool(blob[start + offset] < blob[other + offset])
    return bool(length < other_length)


@compiled
def sort_terms(
    blob: Uint8Array, starts: Int64Array, ends: Int64Array, order: Int64Array, spare: Int64Array
) -> bool:
    """Sort the numbers of terms by the terms' bytes: a merge sort, which keeps equal ones in order.

    `order` has the numbers, `spare` is as long. Returns whether the result is in `order`; otherwise
    it is in `spare`.
    """
    count = len(ends)
    width, is_swapped = 1, False
    while width < count:
        for low in range(0, count, 2 * width):
            middle, high = min(low + width, count), min(low + 2 * width, count)
            left, right = low, middle
            for rank in range(low, high):
                if left < middle and (
                    right >= high or not _is_before(blob, starts, ends, order[right], order[left])
                ):
                    spare[rank] = order[left]
                    left += 1
                else:
                    spare[rank] = order[right]
                    right += 1
        order, spare = spare, order
        is_swapped = not is_swapped
        width *= 2
    return not is_swapped


@compiled
def copy_terms(
    prefix: int,
    blob: Uint8Array,
    starts: Int64Array,
    ends: Int64Array,
    out: Uint8Array,
    out_ends: Int64Array,
    end: int,
) -> int:
    """Copy terms to `out` from `end` on, each behind the byte `prefix`, or alone if it is below 0.

    `out_ends` receives where each copy ends. Returns where the last one does.
    """
    for term in range(len(ends)):
        if prefix >= 0:
            out[end] = prefix
            end += 1
        for offset in range(starts[term], ends[term]):
            out[end] = blob[offset]
            end += 1
        out_ends[term] = end
    return end
