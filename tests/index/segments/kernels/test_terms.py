"""The kernels for terms against Python's own sorting and bisecting."""

from bisect import bisect_left
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.segments.kernels.dictionary import (
    BLOCK_TERMS,
    find_terms,
    pack_terms,
    read_heads,
    unpack_terms,
)
from index.segments.kernels.terms import copy_terms, sort_terms

Places = NDArray[np.int64]

short_terms = st.binary(max_size=3)
shared_terms = st.integers(0, 300).map(lambda n: b"x" * n)
near_terms = st.builds(lambda first, last: b"abc" * 50 + first + last, short_terms, short_terms)
some_terms = st.lists(short_terms | shared_terms | near_terms, max_size=120)


class Dictionary(NamedTuple):
    """Packed terms, as a segment holds them."""

    terms: list[bytes]
    data: NDArray[np.uint8]
    blocks: NDArray[np.uint32]
    longest: int


def blob_of(terms: list[bytes]) -> tuple[NDArray[np.uint8], Places, Places]:
    """Terms end to end, where each begins and where each ends."""
    bounds = [0, *accumulate(map(len, terms))]
    blob = np.frombuffer(b"".join(terms), np.uint8)
    return blob, np.array(bounds[:-1], np.int64), np.array(bounds[1:], np.int64)


def packed(terms: set[bytes]) -> Dictionary:
    """Pack terms, in their order."""
    ordered = sorted(terms)
    blob, starts, ends = blob_of(ordered)
    out = np.zeros(len(blob) + 20 * len(ordered), np.uint8)
    blocks = np.empty(-(-len(ordered) // BLOCK_TERMS), np.int64)
    size = pack_terms(blob, starts, ends, out, blocks)
    longest = max(map(len, ordered), default=1) or 1
    return Dictionary(ordered, out[:size].copy(), blocks.astype(np.uint32), longest)


def found(dictionary: Dictionary, keys: list[bytes]) -> list[int]:
    """Look up keys."""
    blob, _, ends = blob_of(keys)
    ordinals = np.empty(len(keys), np.int64)
    room = np.empty(dictionary.longest, np.uint8)
    count = len(dictionary.terms)
    heads = np.empty(len(dictionary.blocks), np.uint64)
    read_heads(dictionary.data, dictionary.blocks, heads)
    find_terms(dictionary.data, dictionary.blocks, heads, count, room, blob, ends, ordinals)
    return ordinals.tolist()


@settings(max_examples=200, deadline=None)
@given(terms=some_terms, keys=some_terms)
def test_find_is_bisect_over_sorted_bytes(terms: list[bytes], keys: list[bytes]) -> None:
    """Those that are there, those between two, and those beyond either end."""
    dictionary = packed(set(terms))
    expected = []
    for key in [*terms, *keys, b"", b"\xff" * 400]:
        place = bisect_left(dictionary.terms, key)
        is_there = dictionary.terms[place : place + 1] == [key]
        expected.append(place if is_there else -1 - place)
    assert found(dictionary, [*terms, *keys, b"", b"\xff" * 400]) == expected


def test_terms_that_begin_alike_are_found_in_many_blocks() -> None:
    """Words of one family fill whole blocks, whose first bytes then tell nothing."""
    terms = {b"pertanggungjawaban%03d" % number for number in range(0, 10 * BLOCK_TERMS, 2)}
    short = {b"pertangg", b"pertangg\0", b"pertang", b"a", b"z"}
    dictionary = packed(terms | short)
    assert found(dictionary, dictionary.terms) == list(range(len(dictionary.terms)))
    missing = [b"pertanggungjawaban%03d" % number for number in range(1, 10 * BLOCK_TERMS, 2)]
    places = [bisect_left(dictionary.terms, key) for key in missing]
    assert found(dictionary, missing) == [-1 - place for place in places]


@settings(max_examples=200, deadline=None)
@given(terms=some_terms.filter(bool), data=st.data())
def test_unpacked_terms_are_those_that_were_packed(terms: list[bytes], data: st.DataObject) -> None:
    """From any ordinal on; where the room ends, the number that fitted is told."""
    dictionary = packed(set(terms))
    first = data.draw(st.integers(0, len(dictionary.terms) - 1))
    wanted = dictionary.terms[first : first + data.draw(st.integers(1, 40))]
    room = data.draw(st.integers(0, sum(map(len, wanted))))
    out, ends = np.empty(room, np.uint8), np.empty(len(wanted), np.int64)
    term = np.empty(dictionary.longest, np.uint8)
    count = unpack_terms(dictionary.data, dictionary.blocks, first, term, out, ends)
    fitting = sum(end <= room for end in accumulate(map(len, wanted)))
    assert count == fitting
    bounds = [0, *ends[:count].tolist()]
    assert [out[start:end].tobytes() for start, end in pairwise(bounds)] == wanted[:count]


@settings(max_examples=200, deadline=None)
@given(terms=some_terms)
def test_terms_are_sorted_as_python_sorts_bytes(terms: list[bytes]) -> None:
    """Equal ones keep their order."""
    order, spare = np.arange(len(terms)), np.empty(len(terms), np.int64)
    is_in_order = sort_terms(*blob_of(terms), order, spare)
    expected = sorted(range(len(terms)), key=terms.__getitem__)
    assert (order if is_in_order else spare).tolist() == expected


@settings(max_examples=100, deadline=None)
@given(terms=some_terms, prefix=st.none() | st.integers(0, 255))
def test_copied_terms_stand_end_to_end(terms: list[bytes], prefix: int | None) -> None:
    """Each behind the byte of its field, if there is one."""
    before = b"" if prefix is None else bytes([prefix])
    expected = [before + term for term in terms]
    out, ends = np.zeros(sum(map(len, expected)) + 5, np.uint8), np.empty(len(terms), np.int64)
    last = copy_terms(-1 if prefix is None else prefix, *blob_of(terms), out, ends, 5)
    assert out[5:last].tobytes() == b"".join(expected)
    assert ends.tolist() == [5 + end for end in accumulate(map(len, expected))]
