"""Field lengths rounded as Lucene rounds them."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.segments.field_norms import encode_lengths, length_table

LONGEST = 2**31 - 1
"""The longest field that Lucene knows."""


def four_bits_of(length: int) -> int:
    """Return the length with all but its four highest bits cleared."""
    low = max(length.bit_length() - 4, 0)
    return length >> low << low


def round_length(length: int) -> int:
    """Return the length with which a field of this many tokens is scored."""
    return int(length_table()[encode_lengths(np.array([length]))[0]])


def test_short_lengths_are_exact() -> None:
    """The first 40 of Lucene's 256 lengths are the numbers from 0 to 39."""
    assert length_table()[:40].tolist() == list(range(40))


def test_long_lengths_grow_by_doubling_steps() -> None:
    """As Lucene decodes its bytes: eight steps of 2, eight of 4, and so on, up to its longest."""
    table = length_table().tolist()
    assert table[40:57] == [40, 42, 44, 46, 48, 50, 52, 54, 56, 60, 64, 68, 72, 76, 80, 84, 88]
    assert (len(table), table[-2:]) == (256, [1_879_048_216, 2_013_265_944])
    steps = np.diff(length_table()[40:])
    assert all(
        set(steps[start : start + 8].tolist()) == {2 << start // 8} for start in range(0, 208, 8)
    )


@given(st.integers(0, LONGEST))
@settings(max_examples=200, deadline=None)
def test_length_is_rounded_to_four_bits(length: int) -> None:
    """Lengths from 24 keep the four highest bits of what they are beyond 24."""
    expected = length if length < 24 else 24 + four_bits_of(length - 24)
    assert round_length(length) == expected


@given(st.integers(0, LONGEST), st.integers(0, LONGEST))
@settings(max_examples=200, deadline=None)
def test_rounding_is_down_and_monotone(first: int, second: int) -> None:
    """No field seems longer than it is, nor shorter than a shorter one."""
    shorter, longer = sorted((first, second))
    assert round_length(shorter) <= round_length(longer) <= longer


def test_rounding_is_off_by_less_than_an_eighth() -> None:
    """Four bits are what a score can do without."""
    lengths = np.arange(1, 100_000)
    rounded = length_table()[encode_lengths(lengths)]
    assert ((lengths - rounded) * 8 < lengths).all()


def test_every_byte_stands_for_itself() -> None:
    """A length that was rounded once is not rounded again."""
    assert encode_lengths(length_table()).tolist() == list(range(256))


def test_no_lengths_are_no_bytes() -> None:
    """An archive without documents has columns, too."""
    assert encode_lengths(np.array([], dtype=np.int64)).tolist() == []
