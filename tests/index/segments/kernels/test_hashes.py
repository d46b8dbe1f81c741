"""The kernel that hashes terms against the same arithmetic in Python, where numbers have no end."""

from itertools import accumulate

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.segments.kernels.hashes import hash_spans, padded_length
from tests.index.segments.packed_terms import some_terms

SCATTER, MULTIPLIER, MASK = 0x9E3779B97F4A7C15, 0xC4CEB9FE1A85EC53, 2**64 - 1


def hashes_of(terms: list[bytes], before: bytes = b"", behind: int = 0) -> list[int]:
    """Return what the kernel makes of terms; `behind` is the byte that fills the array."""
    blob = before + b"".join(terms)
    words = np.full(padded_length(len(blob)), behind, np.uint8)
    words[: len(blob)] = np.frombuffer(blob, np.uint8)
    sizes = [*([len(before)] if before else []), *map(len, terms)]
    ends = np.fromiter(accumulate(sizes), np.int64, len(sizes))
    hashes = np.zeros(len(ends), np.uint64)
    hash_spans(words.view(np.uint64), ends, hashes)
    return [int(each) for each in hashes[bool(before) :]]


def plain_hash(term: bytes) -> int:
    """Hash a term eight bytes at a time."""
    digest = len(term) * SCATTER & MASK
    for offset in range(0, len(term), 8):
        number = int.from_bytes(term[offset : offset + 8], "little")
        digest = (digest ^ number) * MULTIPLIER & MASK
        digest ^= digest >> 32
    digest = digest * SCATTER & MASK
    return digest ^ digest >> 32


@settings(max_examples=200, deadline=None)
@given(terms=st.lists(st.binary(max_size=40), max_size=12) | some_terms)
def test_hashes_are_those_of_plain_arithmetic(terms: list[bytes]) -> None:
    """Of short and long terms, and of empty ones."""
    assert hashes_of(terms) == list(map(plain_hash, terms))


@settings(max_examples=200, deadline=None)
@given(
    term=st.binary(max_size=40),
    before=st.binary(min_size=1, max_size=20),
    behind=st.integers(0, 255),
)
def test_hash_depends_on_the_term_alone(term: bytes, before: bytes, behind: int) -> None:
    """And neither on where it begins in a word of eight bytes, nor on what stands behind it."""
    assert hashes_of([term], before, behind) == hashes_of([term])
