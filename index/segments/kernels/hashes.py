"""The kernel that hashes words, for tables of terms."""

import numpy as np
from numpy.typing import NDArray

from index.compiled import compiled

WORD = 8
"""Bytes that are hashed at once, as one little-endian number; a byte at a time takes thrice as
long, and hashing would be a quarter of tokenizing."""

_ONE, _MOST_SHIFT, _HALF = np.uint64(1), np.uint64(63), np.uint64(32)
_ALL_ONES = np.uint64(0xFFFFFFFFFFFFFFFF)
# Odd, and half of the bits set, so that a product has something of every bit: 2**64 over the golden
# ratio, and a multiplier of MurmurHash3.
_SCATTER, _MULTIPLIER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC4CEB9FE1A85EC53)


Hashes = NDArray[np.uint64]


@compiled
def hash_spans(words: Hashes, ends: NDArray[np.int64], hashes: Hashes) -> None:
    """Write the hash of each of some words that stand end to end.

    Their bytes are handed in as numbers of eight, as many as `padded_length` says; what stands
    behind the last word does not matter.
    """
    start = 0
    for number in range(len(ends)):
        digest = np.uint64(ends[number] - start) * _SCATTER
        for place in range(start, ends[number], WORD):
            digest = (digest ^ _bytes_at(words, place, ends[number])) * _MULTIPLIER
            digest ^= digest >> _HALF
        digest *= _SCATTER
        # The high bits of a product are the good ones; a table of terms chooses slots by low ones.
        hashes[number] = digest ^ (digest >> _HALF)
        start = ends[number]


@compiled
def _bytes_at(words: Hashes, place: int, end: int) -> np.uint64:
    """Return the next bytes as a number; two words hold them, and what is behind the end is cut."""
    shift = np.uint64(WORD * (place % WORD))
    low, high = words[place // WORD] >> shift, words[place // WORD + 1] << (_MOST_SHIFT - shift)
    spare = np.uint64(WORD * max(0, place + WORD - end))
    found: np.uint64 = (low | (high << _ONE)) & (_ALL_ONES >> spare)
    return found


def padded_length(length: int) -> int:
    """Return how many bytes an array must have for words of so many bytes to be hashed in it."""
    return (length // WORD + 2) * WORD
