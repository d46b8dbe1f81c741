"""Field norms: the length of a field in a document, rounded down to one byte as Lucene does.

Kliping scores with Lucene's lengths, so that another engine with the same lengths puts hits in the
same order. Lucene keeps lengths below 24 exactly and the rest as a small float of four significant
bits (`org.apache.lucene.util.SmallFloat.intToByte4`, Lucene 7 and later).

>>> length_table()[encode_lengths(np.array([0, 23, 24, 41, 250, 1000]))].tolist()
[0, 23, 24, 40, 248, 984]
"""

from functools import cache

import numpy as np

from index.arrays import Int64Array, Uint8Array

EXACT_LENGTHS = 24
"""Lengths below this are exact: 255 less the byte that Lucene gives the largest length."""


@cache
def length_table() -> Int64Array:
    """Return the length that each of the 256 bytes stands for, in order."""
    return np.array([_decode(byte) for byte in range(256)], dtype=np.int64)


def encode_lengths(lengths: Int64Array) -> Uint8Array:
    """Return the byte of each length in tokens: the greatest that stands for no more."""
    return (np.searchsorted(length_table(), lengths, side="right") - 1).astype(np.uint8)


def _decode(byte: int) -> int:
    if byte < EXACT_LENGTHS:
        return byte
    bits, shift = (byte - EXACT_LENGTHS) & 7, ((byte - EXACT_LENGTHS) >> 3) - 1
    return EXACT_LENGTHS + (bits if shift < 0 else (bits | 8) << shift)
