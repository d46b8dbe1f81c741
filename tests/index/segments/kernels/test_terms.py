"""The kernels for lists of terms against Python's own sorting and joining."""

from itertools import accumulate

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.segments.kernels.terms import copy_terms, sort_terms
from tests.index.segments.packed_terms import blob_of, some_terms


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
