"""Kernels for the term dictionary: pack sorted terms, find them, unpack them.

A packed dictionary has sorted terms in blocks of `BLOCK_TERMS`. A term is kept as three things: how
many bytes it shares with the term before it, how many follow, and these. The first term of a block
shares none. Numbers are varints: seven bits a byte, the low ones first.
"""

from typing import NamedTuple

import numpy as np

from index.arrays import Int64Array, Uint8Array, Uint32Array, Uint64Array
from index.compiled import Int, compiled, inlined

BLOCK_TERMS = 16
"""Terms of a block: a look-up reads half a block; larger blocks would save little space."""

HEAD_BYTES = 8
"""Bytes of a term's head: as many as one number has."""


class PackedTerms(NamedTuple):
    """A packed dictionary.

    Attributes:
        data: its bytes.
        blocks: where each block begins in them.
        heads: the head of each block's first term: its first bytes as a number, see `head_of`.
    """

    data: Uint8Array
    blocks: Uint32Array
    heads: Uint64Array


@inlined
def _write_varint(out: Uint8Array, offset: Int, number: Int) -> Int:
    """Write a number at an offset; return the offset behind it."""
    while number >= 128:
        out[offset] = (number & 127) | 128
        number >>= 7
        offset += 1
    out[offset] = number
    return offset + 1


@compiled
def pack_terms(
    blob: Uint8Array, starts: Int64Array, ends: Int64Array, out: Uint8Array, blocks: Int64Array
) -> Int:
    """Pack sorted terms; return the size of the dictionary in bytes.

    `out` has as many bytes as all terms and 20 more for each; `blocks` receives where each block
    begins.
    """
    offset: Int = 0
    before: Int = 0
    for term in range(len(ends)):
        start, stop = starts[term], ends[term]
        shared = 0
        if term % BLOCK_TERMS == 0:
            blocks[term // BLOCK_TERMS] = offset
        else:
            most = min(stop - start, ends[term - 1] - before)
            while shared < most and blob[before + shared] == blob[start + shared]:
                shared += 1
        offset = _write_varint(out, offset, shared)
        offset = _write_varint(out, offset, stop - start - shared)
        for byte in range(start + shared, stop):
            out[offset] = blob[byte]
            offset += 1
        before = start
    return offset


@inlined
def read_varint(data: Uint8Array, offset: Int) -> tuple[Int, Int]:
    """Return the number at an offset, and the offset behind it."""
    number: Int = 0
    shift = 0
    while data[offset] >= 128:
        number |= (np.int64(data[offset]) & 127) << shift
        shift += 7
        offset += 1
    return number | (np.int64(data[offset]) << shift), offset + 1


@inlined
def _read_term(data: Uint8Array, offset: Int, term: Uint8Array) -> tuple[Int, Int]:
    """Read a term over the one before it; return its length, and the offset behind it."""
    shared, offset = read_varint(data, offset)
    added, offset = read_varint(data, offset)
    for byte in range(added):
        term[shared + byte] = data[offset + byte]
    return shared + added, offset + added


@inlined
def _compare(term: Uint8Array, length: Int, key: Uint8Array, start: Int, stop: Int) -> Int:
    """Return a number below 0 if the term comes before the key, 0 if they are equal."""
    for offset in range(min(length, stop - start)):
        if term[offset] != key[start + offset]:
            return -1 if term[offset] < key[start + offset] else 1
    return length - (stop - start)


@inlined
def head_of(text: Uint8Array, start: Int, stop: Int) -> np.uint64:
    """Return the first bytes of a text, with NULs for missing ones, as a number in their order."""
    head = np.uint64(0)
    for offset in range(HEAD_BYTES):
        byte = text[start + offset] if start + offset < stop else np.uint8(0)
        head = (head << np.uint64(8)) | np.uint64(byte)
    return head


@compiled
def read_heads(data: Uint8Array, blocks: Uint32Array, heads: Uint64Array) -> None:
    """Write the head of each block's first term."""
    for block in range(len(blocks)):
        _, offset = read_varint(data, np.int64(blocks[block]))
        length, offset = read_varint(data, offset)
        heads[block] = head_of(data, offset, offset + length)


@compiled
def _block_of(terms: PackedTerms, key: Uint8Array, start: Int, stop: Int) -> Int:
    """Return the last block whose first term is not after the key; 0 where there is none.

    The heads are compared first, since they stand side by side. A term itself costs a cache miss,
    and is read only where the heads are equal.
    """
    data, heads, head = terms.data, terms.heads, head_of(key, start, stop)
    low, high = 0, len(heads)
    while high - low > 1:
        middle = (low + high) // 2
        is_before = heads[middle] < head
        if heads[middle] == head:
            _, offset = read_varint(data, np.int64(terms.blocks[middle]))
            length, offset = read_varint(data, offset)
            is_before = _compare(data[offset : offset + length], length, key, start, stop) <= 0
        if is_before:
            low = middle
        else:
            high = middle
    return low


@compiled
def find_terms(
    terms: PackedTerms,
    count: int,
    term: Uint8Array,
    keys: Uint8Array,
    ends: Int64Array,
    ordinals: Int64Array,
) -> None:
    """Look up keys: write the ordinal of each; where it is no term, -1 less that of the next term.

    Args:
        terms: the dictionary.
        count: how many terms it has.
        term: as long as the longest term; written over.
        keys: the keys, end to end.
        ends: where each key ends.
        ordinals: receives an ordinal a key.
    """
    start = 0
    for number in range(len(ends)):
        stop = ends[number]
        block = _block_of(terms, keys, start, stop) if count else 0
        ordinal = block * BLOCK_TERMS
        last = min(ordinal + BLOCK_TERMS, count)
        offset = np.int64(terms.blocks[block]) if count else 0
        is_found = False
        while ordinal < last:
            length, offset = _read_term(terms.data, offset, term)
            difference = _compare(term, length, keys, start, stop)
            if difference >= 0:
                is_found = difference == 0
                break
            ordinal += 1
        ordinals[number] = ordinal if is_found else -1 - ordinal
        start = stop


@compiled
def unpack_terms(
    terms: PackedTerms, first: int, term: Uint8Array, out: Uint8Array, ends: Int64Array
) -> int:
    """Read `len(ends)` terms from ordinal `first` on, end to end, while they fit into `out`.

    `term` is as long as the longest one and is written over; `ends` receives where each term ends.
    Returns how many terms were read.
    """
    offset: Int = np.int64(terms.blocks[first // BLOCK_TERMS])
    end: Int = 0
    for ordinal in range(first // BLOCK_TERMS * BLOCK_TERMS, first + len(ends)):
        if ordinal % BLOCK_TERMS == 0:
            offset = np.int64(terms.blocks[ordinal // BLOCK_TERMS])
        length, offset = _read_term(terms.data, offset, term)
        if ordinal >= first:
            if end + length > len(out):
                return ordinal - first
            for byte in range(length):
                out[end + byte] = term[byte]
            end += length
            ends[ordinal - first] = end
    return len(ends)
