"""The kernel of fuzzy search: the terms of a dictionary within an edit distance of a word.

Sorted terms share their beginnings. So the rows of Levenshtein's table of one term serve the next
term, up to where the two differ. When every number of a row is beyond the limit, so is every term
with that beginning: these are passed over, by whole blocks if the next block has that beginning.
"""

from typing import NamedTuple

import numpy as np

from index.arrays import Int64Array, Uint8Array, Uint32Array
from index.compiled import Int, compiled, inlined
from index.segments.kernels.dictionary import (
    BLOCK_TERMS,
    HEAD_BYTES,
    PackedTerms,
    head_of,
    read_varint,
)


class DistanceTable(NamedTuple):
    """Edit distances between a word and the beginnings of a term, a row a character of the term.

    Attributes:
        word: the word's code points.
        limit: the greatest distance that counts as near.
        rows: `rows[i, j]` is the distance between the first i characters of the term and the first
            j of the word. Where i and j differ by more than the limit, so does the distance, and
            nothing is written but one number beyond the limit at either end of a row.
        counts: for each byte of the key at which a character ends, how many characters there are.
    """

    word: Uint32Array
    limit: int
    rows: Uint8Array
    counts: Int64Array


@compiled
def find_near_terms(
    terms: PackedTerms,
    first: int,
    last: int,
    table: DistanceTable,
    key: Uint8Array,
    out: Uint8Array,
    ends: Int64Array,
) -> tuple[int, int]:
    """Write the near terms from ordinal `first` to `last`, while they fit into `out` and `ends`.

    `key` is as long as the longest key and is written over. Returns how many terms were written,
    and the ordinal from which to go on.
    """
    found, is_far = 0, False
    end: Int = 0
    known: Int = 0
    offset: Int = 0
    ordinal = first // BLOCK_TERMS * BLOCK_TERMS
    while ordinal < last:
        is_head = ordinal % BLOCK_TERMS == 0
        if is_head and is_far and _is_block_far(terms, ordinal // BLOCK_TERMS, key, known):
            ordinal += BLOCK_TERMS
            continue
        offset = np.int64(terms.blocks[ordinal // BLOCK_TERMS]) if is_head else offset
        stored, offset = read_varint(terms.data, offset)
        added, offset = read_varint(terms.data, offset)
        shared = _shared_bytes(terms.data, offset, key, min(known, added)) if is_head else stored
        if not is_far or shared < known:
            length = _copy_rest(terms.data, offset, stored, added, shared, key)
            known, is_far = _measure(key, max(shared, 1), length, table)
            if not is_far and ordinal >= first and _is_near(table, known):
                if found == len(ends) or end + length > len(out):
                    return found, ordinal
                end = _write_term(key, length, out, end)
                ends[found] = end
                found += 1
        offset += added
        ordinal += 1
    return found, last


@inlined
def _is_block_far(terms: PackedTerms, block: Int, key: Uint8Array, known: Int) -> bool:
    """Whether the next block begins with the key's first bytes, as then all of this one does."""
    if known > HEAD_BYTES or block + 1 == len(terms.blocks):
        return False
    shift = np.uint64(8 * (HEAD_BYTES - known))
    return bool(terms.heads[block + 1] >> shift == head_of(key, 0, known) >> shift)


@inlined
def _shared_bytes(data: Uint8Array, offset: Int, key: Uint8Array, most: Int) -> Int:
    """Return how many bytes, `most` of them at most, the key shares with the text at an offset."""
    shared = 0
    while shared < most and data[offset + shared] == key[shared]:
        shared += 1
    return shared


@inlined
def _copy_rest(
    data: Uint8Array, offset: Int, stored: Int, added: Int, shared: Int, key: Uint8Array
) -> Int:
    """Copy to the key the bytes of a term that it does not share; return the term's length."""
    for byte in range(shared, stored + added):
        key[byte] = data[offset - stored + byte]
    return stored + added


@compiled
def _measure(key: Uint8Array, start: Int, length: Int, table: DistanceTable) -> tuple[Int, bool]:
    """Fill in the rows from a byte of the key on, up to one that is beyond the limit.

    Returns the byte behind the last row's character, and whether that row is beyond the limit.
    """
    table.counts[1] = 0  # the first byte is the number of the field
    # Two characters can begin with the same bytes: go back to where this one begins.
    while 1 < start < length and key[start] & 0xC0 == 0x80:
        start -= 1
    count: Int = table.counts[start]
    while start < length:
        code, start = _code_at(key, start)
        count += 1
        table.counts[start] = count
        if _add_row(table, count, code) > table.limit:
            return start, True
    return start, False


@inlined
def _code_at(text: Uint8Array, offset: Int) -> tuple[Int, Int]:
    """Return the code point at an offset, and where the next one begins."""
    byte = np.int64(text[offset])
    size = 1 + (byte >= 0xC0) + (byte >= 0xE0) + (byte >= 0xF0)
    code = byte & (0xFF >> (size + (size > 1)))
    for number in range(1, size):
        code = (code << 6) | (np.int64(text[offset + number]) & 0x3F)
    return code, offset + size


@inlined
def _add_row(table: DistanceTable, count: Int, code: Int) -> Int:
    """Fill in the row of the term's next character; return its least number.

    It is Levenshtein's table, within the diagonals that the limit leaves (Ukkonen, 1985).
    """
    word, rows, width, limit = table.word, table.rows, len(table.word), table.limit
    first, last = max(1, count - limit), min(width, count + limit)
    least = min(count, limit + 1)
    rows[count, first - 1] = least
    for column in range(first, last + 1):
        cost = np.int64(rows[count - 1, column - 1]) + (word[column - 1] != code)
        cost = min(cost, rows[count - 1, column] + 1, rows[count, column - 1] + 1)
        rows[count, column] = cost
        least = min(least, cost)
    if last < width:
        rows[count, last + 1] = limit + 1
    return least


@inlined
def _is_near(table: DistanceTable, known: Int) -> bool:
    """Whether a term that ends at a byte is within the limit."""
    count, width = table.counts[known], len(table.word)
    return bool(abs(count - width) <= table.limit and table.rows[count, width] <= table.limit)


@inlined
def _write_term(key: Uint8Array, length: Int, out: Uint8Array, end: Int) -> Int:
    """Write a key without the number of its field; return where it ends."""
    for byte in range(1, length):
        out[end] = key[byte]
        end += 1
    return end
