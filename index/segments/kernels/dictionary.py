"""Kernels for the dictionary of a segment: pack sorted terms, find them, unpack them.

A packed dictionary holds sorted terms in blocks of `BLOCK_TERMS`; a term is kept as how many bytes
it shares with the one before, how many follow, and these. Numbers are varints: seven bits a byte,
low ones first.
"""

from typing import NamedTuple

import numpy as np

from index.arrays import Int64Array, Uint8Array, Uint32Array, Uint64Array
from index.compiled import Int, compiled, inlined

BLOCK_TERMS = 16
"""Terms in a block: a look-up reads half a block; larger blocks save little more space."""

HEAD_BYTES = 8
"""Bytes of a term that are its head: as many as a number has."""


class PackedTerms(NamedTuple):
    """A packed dictionary.

    Attributes:
        data: its bytes.
        blocks: where each block begins in them.
        heads: the head of each block's first term (see `read_heads`).
    """

    data: Uint8Array
    blocks: Uint32Array
    heads: Uint64Array


@inlined
def _write_varint(out: Uint8Array, place: Int, number: Int) -> Int:
    while number >= 128:
        out[place] = (number & 127) | 128
        number >>= 7
        place += 1
    out[place] = number
    return place + 1


@compiled
def pack_terms(
    blob: Uint8Array, starts: Int64Array, ends: Int64Array, out: Uint8Array, blocks: Int64Array
) -> Int:
    """Write sorted terms as a dictionary; return its size in bytes.

    `out` has room for all terms and 20 bytes more for each; `blocks` gets where each begins.
    """
    place: Int = 0
    before: Int = 0
    for term in range(len(ends)):
        start, stop = starts[term], ends[term]
        shared = 0
        if term % BLOCK_TERMS == 0:
            blocks[term // BLOCK_TERMS] = place
        else:
            most = min(stop - start, ends[term - 1] - before)
            while shared < most and blob[before + shared] == blob[start + shared]:
                shared += 1
        place = _write_varint(out, place, shared)
        place = _write_varint(out, place, stop - start - shared)
        for offset in range(start + shared, stop):
            out[place] = blob[offset]
            place += 1
        before = start
    return place


@inlined
def read_varint(data: Uint8Array, place: Int) -> tuple[Int, Int]:
    """Return the number at an offset, and where the next one begins."""
    number: Int = 0
    shift = 0
    while data[place] >= 128:
        number |= (np.int64(data[place]) & 127) << shift
        shift += 7
        place += 1
    return number | (np.int64(data[place]) << shift), place + 1


@inlined
def _read_term(data: Uint8Array, place: Int, term: Uint8Array) -> tuple[Int, Int]:
    """Read a term over the one before it; return its length and where the next one begins."""
    shared, place = read_varint(data, place)
    added, place = read_varint(data, place)
    for offset in range(added):
        term[shared + offset] = data[place + offset]
    return shared + added, place + added


@inlined
def _compare(term: Uint8Array, length: Int, key: Uint8Array, start: Int, stop: Int) -> Int:
    for offset in range(min(length, stop - start)):
        if term[offset] != key[start + offset]:
            return -1 if term[offset] < key[start + offset] else 1
    return length - (stop - start)


@inlined
def head_of(text: Uint8Array, start: Int, stop: Int) -> np.uint64:
    """Return the first bytes of a text as a number that is in the same order; NULs fill it up."""
    head = np.uint64(0)
    for offset in range(HEAD_BYTES):
        byte = text[start + offset] if start + offset < stop else np.uint8(0)
        head = (head << np.uint64(8)) | np.uint64(byte)
    return head


@compiled
def read_heads(data: Uint8Array, blocks: Uint32Array, heads: Uint64Array) -> None:
    """Write the head of each block's first term."""
    for block in range(len(blocks)):
        _, place = read_varint(data, np.int64(blocks[block]))
        length, place = read_varint(data, place)
        heads[block] = head_of(data, place, place + length)


@compiled
def _block_of(terms: PackedTerms, key: Uint8Array, start: Int, stop: Int) -> Int:
    """Return the last block whose first term is not after the key; 0 where there is none.

    The heads lie side by side; the terms themselves, a cache miss each, are looked at where heads
    are equal.
    """
    data, heads, head = terms.data, terms.heads, head_of(key, start, stop)
    low, high = 0, len(heads)
    while high - low > 1:
        middle = (low + high) // 2
        is_before = heads[middle] < head
        if heads[middle] == head:
            _, place = read_varint(data, np.int64(terms.blocks[middle]))
            length, place = read_varint(data, place)
            is_before = _compare(data[place : place + length], length, key, start, stop) <= 0
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
    """Look up keys: each gets the ordinal of its term or, if there is none, -1 - that of the next.

    Args:
        terms: the dictionary.
        count: how many terms there are.
        term: room for the longest term.
        keys: what is looked for, end to end.
        ends: where each key ends.
        ordinals: gets an ordinal a key.
    """
    start = 0
    for number in range(len(ends)):
        stop = ends[number]
        block = _block_of(terms, keys, start, stop) if count else 0
        ordinal = block * BLOCK_TERMS
        last = min(ordinal + BLOCK_TERMS, count)
        place = np.int64(terms.blocks[block]) if count else 0
        found = False
        while ordinal < last:
            length, place = _read_term(terms.data, place, term)
            difference = _compare(term, length, keys, start, stop)
            if difference >= 0:
                found = difference == 0
                break
            ordinal += 1
        ordinals[number] = ordinal if found else -1 - ordinal
        start = stop


@compiled
def unpack_terms(
    terms: PackedTerms, first: int, term: Uint8Array, out: Uint8Array, ends: Int64Array
) -> int:
    """Read `len(ends)` terms from ordinal `first` on, end to end, while they fit into `out`.

    `term` is room for the longest. Returns how many were read.
    """
    place: Int = np.int64(terms.blocks[first // BLOCK_TERMS])
    end: Int = 0
    for ordinal in range(first // BLOCK_TERMS * BLOCK_TERMS, first + len(ends)):
        if ordinal % BLOCK_TERMS == 0:
            place = np.int64(terms.blocks[ordinal // BLOCK_TERMS])
        length, place = _read_term(terms.data, place, term)
        if ordinal >= first:
            if end + length > len(out):
                return ordinal - first
            for offset in range(length):
                out[end + offset] = term[offset]
            end += length
            ends[ordinal - first] = end
    return len(ends)
