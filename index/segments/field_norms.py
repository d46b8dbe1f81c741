"""Field lengths as Lucene keeps them: rounded down to one byte.

Kliping scores with Lucene's lengths, so that two engines put hits in the same order. Lucene keeps
lengths below 24 exactly and the rest as a small float of four significant bits
(`org.apache.lucene.util.SmallFloat.intToByte4`, Lucene 7 and later).

>>> [rounded_length(length) for length in (0, 23, 24, 41, 250, 1000)]
[0, 23, 24, 40, 248, 984]
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

EXACT_LENGTHS = 24
"""Lengths below this one are kept as they are: 255 less the byte of Lucene's largest length."""


@cache
def length_table() -> NDArray[np.int64]:
    """Return the length that each of the 256 bytes stands for, in order."""
    return np.array([_decoded(byte) for byte in range(256)], dtype=np.int64)


def encoded_lengths(lengths: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return the bytes for lengths in tokens: the greatest that stands for no more."""
    places = np.searchsorted(length_table(), lengths, side="right") - 1
    return places.astype(np.uint8)


def rounded_length(length: int) -> int:
    """Return the length that is scored for a field of this many tokens."""
    return int(length_table()[encoded_lengths(np.array([length]))[0]])


def _decoded(byte: int) -> int:
    if byte < EXACT_LENGTHS:
        return byte
    bits, shift = (byte - EXACT_LENGTHS) & 7, ((byte - EXACT_LENGTHS) >> 3) - 1
    return EXACT_LENGTHS + (bits if shift < 0 else (bits | 8) << shift)
