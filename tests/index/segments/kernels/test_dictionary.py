"""The packed dictionary against Python's own bisecting of a sorted list."""

from bisect import bisect_left
from itertools import accumulate, pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.segments.kernels.dictionary import BLOCK_TERMS, find_terms, unpack_terms
from tests.index.segments.packed_terms import Dictionary, blob_of, packed, some_terms


def found(dictionary: Dictionary, keys: list[bytes]) -> list[int]:
    """Look up keys."""
    blob, _, ends = blob_of(keys)
    ordinals = np.empty(len(keys), np.int64)
    buffer = np.empty(dictionary.longest, np.uint8)
    find_terms(dictionary.packed, len(dictionary.terms), buffer, blob, ends, ordinals)
    return ordinals.tolist()


@settings(max_examples=200, deadline=None)
@given(terms=some_terms, keys=some_terms)
def test_find_is_bisect_over_sorted_bytes(terms: list[bytes], keys: list[bytes]) -> None:
    """Those that are there, those between two, and those beyond either end."""
    dictionary = packed(set(terms))
    expected = []
    for key in [*terms, *keys, b"", b"\xff" * 400]:
        rank = bisect_left(dictionary.terms, key)
        is_there = dictionary.terms[rank : rank + 1] == [key]
        expected.append(rank if is_there else -1 - rank)
    assert found(dictionary, [*terms, *keys, b"", b"\xff" * 400]) == expected


def test_terms_that_begin_alike_are_found_in_many_blocks() -> None:
    """Words of one family fill whole blocks, whose first bytes are then all the same."""
    terms = {b"pertanggungjawaban%03d" % number for number in range(0, 10 * BLOCK_TERMS, 2)}
    short = {b"pertangg", b"pertangg\0", b"pertang", b"a", b"z"}
    dictionary = packed(terms | short)
    assert found(dictionary, dictionary.terms) == list(range(len(dictionary.terms)))
    missing = [b"pertanggungjawaban%03d" % number for number in range(1, 10 * BLOCK_TERMS, 2)]
    ranks = [bisect_left(dictionary.terms, key) for key in missing]
    assert found(dictionary, missing) == [-1 - rank for rank in ranks]


@settings(max_examples=200, deadline=None)
@given(terms=some_terms.filter(bool), data=st.data())
def test_unpacked_terms_are_those_that_were_packed(terms: list[bytes], data: st.DataObject) -> None:
    """From any ordinal on; where the output is full, the number that fitted is returned."""
    dictionary = packed(set(terms))
    first = data.draw(st.integers(0, len(dictionary.terms) - 1))
    expected = dictionary.terms[first : first + data.draw(st.integers(1, 40))]
    size = data.draw(st.integers(0, sum(map(len, expected))))
    out, ends = np.empty(size, np.uint8), np.empty(len(expected), np.int64)
    term = np.empty(dictionary.longest, np.uint8)
    count = unpack_terms(dictionary.packed, first, term, out, ends)
    fitting = sum(end <= size for end in accumulate(map(len, expected)))
    assert count == fitting
    bounds = [0, *ends[:count].tolist()]
    assert [out[start:end].tobytes() for start, end in pairwise(bounds)] == expected[:count]
