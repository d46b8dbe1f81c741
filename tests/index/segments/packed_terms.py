"""Lists of terms, as the kernels take them, and the packed dictionary of a list."""

from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from index.arrays import Int64Array, Uint8Array
from index.segments.kernels.dictionary import BLOCK_TERMS, PackedTerms, pack_terms, read_heads

short_terms = st.binary(max_size=3)
shared_terms = st.integers(0, 300).map(lambda n: b"x" * n)
near_terms = st.builds(lambda first, last: b"abc" * 50 + first + last, short_terms, short_terms)
some_terms = st.lists(short_terms | shared_terms | near_terms, max_size=120)


class Dictionary(NamedTuple):
    """Terms in order, packed as a segment holds them, and the length of the longest."""

    terms: list[bytes]
    packed: PackedTerms
    longest: int


def blob_of(terms: list[bytes]) -> tuple[Uint8Array, Int64Array, Int64Array]:
    """Terms end to end, where each begins and where each ends."""
    bounds = [0, *accumulate(map(len, terms))]
    blob = np.frombuffer(b"".join(terms), np.uint8)
    return blob, np.array(bounds[:-1], np.int64), np.array(bounds[1:], np.int64)


def packed(terms: Iterable[bytes]) -> Dictionary:
    """Pack different terms, in their order."""
    ordered = sorted(terms)
    blob, starts, ends = blob_of(ordered)
    out = np.zeros(len(blob) + 20 * len(ordered), np.uint8)
    blocks = np.empty(-(-len(ordered) // BLOCK_TERMS), np.int64)
    size = pack_terms(blob, starts, ends, out, blocks)
    longest = max(map(len, ordered), default=1) or 1
    data, blocks = out[:size].copy(), blocks.astype(np.uint32)
    heads = np.empty(len(blocks), np.uint64)
    read_heads(data, blocks, heads)
    return Dictionary(ordered, PackedTerms(data, blocks, heads), longest)
