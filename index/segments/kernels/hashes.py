"""The kernel that hashes terms, eight bytes at a time."""

import numpy as np

from index.arrays import Int64Array, Uint64Array
from index.compiled import compiled

WORD_BYTES = 8
"""Bytes that are hashed at once, as one little-endian number. A byte at a time takes three times as
long, and hashing would be a quarter of tokenizing."""

_ONE, _MOST_SHIFT, _HALF = np.uint64(1), np.uint64(63), np.uint64(32)
_ALL_ONES = np.uint64(0xFFFFFFFFFFFFFFFF)
# Odd, with about half of the bits set, so that every bit of a factor changes the product: 2**64
# divided by the golden ratio, and a multiplier of MurmurHash3.
_SCATTER, _MULTIPLIER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC4CEB9FE1A85EC53)


@compiled
def hash_spans(words: Uint64Array, ends: Int64Array, hashes: Uint64Array) -> None:
    """Write the hash of each of some terms that stand end to end.

    Args:
        words: the bytes, as numbers of eight bytes. There must be as many as `padded_length` says;
            what stands behind the last term does not matter.
        ends: where each term ends, in bytes.
        hashes: receives a hash a term.
    """
    start = 0
    for number in range(len(ends)):
        digest = np.uint64(ends[number] - start) * _SCATTER
        for offset in range(start, ends[number], WORD_BYTES):
            digest = (digest ^ _bytes_at(words, offset, ends[number])) * _MULTIPLIER
            digest ^= digest >> _HALF
        digest *= _SCATTER
        # The high bits of a product are the better ones; a table of terms takes the low ones.
        hashes[number] = digest ^ (digest >> _HALF)
        start = ends[number]


@compiled
def _bytes_at(words: Uint64Array, offset: int, end: int) -> np.uint64:
    """Return eight bytes as a number, with zeros for those behind the end."""
    shift = np.uint64(WORD_BYTES * (offset % WORD_BYTES))
    low = words[offset // WORD_BYTES] >> shift
    high = words[offset // WORD_BYTES + 1] << (_MOST_SHIFT - shift)
    spare = np.uint64(WORD_BYTES * max(0, offset + WORD_BYTES - end))
    number: np.uint64 = (low | (high << _ONE)) & (_ALL_ONES >> spare)
    return number


def padded_length(length: int) -> int:
    """Return how many bytes an array must have for terms of this length to be hashed in it."""
    return (length // WORD_BYTES + 2) * WORD_BYTES
