"""The kernels that read frequencies and positions give back what was packed."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.segments.kernels.positions import (
    POSITION_MOST,
    Positions,
    frequency_at,
    position_at,
)
from index.segments.kernels.postings import FREQUENCY_MOST


@settings(max_examples=100, deadline=None)
@given(
    frequencies=st.lists(st.integers(1, 300), max_size=12),
    positions=st.lists(st.integers(0, 3) | st.integers(65_530, 70_000), max_size=12),
)
@example(frequencies=[254, 255, 256], positions=[65_534, 65_535, 65_536])
def test_small_and_large_numbers_are_read_alike(
    frequencies: list[int], positions: list[int]
) -> None:
    """Those that do not fit are listed apart, as are those that stand for them."""
    large = [n for n, each in enumerate(frequencies) if each >= FREQUENCY_MOST]
    far = [n for n, each in enumerate(positions) if each >= POSITION_MOST]
    packed = Positions(
        docs=np.zeros(len(frequencies), np.uint16),
        frequencies=np.minimum(np.array(frequencies, np.int64), FREQUENCY_MOST).astype(np.uint8),
        large=np.array(large, np.int64),
        large_values=np.array([frequencies[n] for n in large], np.uint32),
        data=np.minimum(np.array(positions, np.int64), POSITION_MOST).astype(np.uint16),
        blocks=np.zeros(1, np.uint32),
        far=np.array(far, np.int64),
        far_values=np.array([positions[n] for n in far], np.uint32),
    )
    assert [frequency_at(packed, n) for n in range(len(frequencies))] == frequencies
    assert [position_at(packed, n) for n in range(len(positions))] == positions
