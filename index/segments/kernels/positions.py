"""Frequencies and positions of a segment, as the kernels read them.

A posting's positions begin after those of all postings before it. That place is kept for every
`BLOCK_POSTINGS` postings; from there on, frequencies are added up.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.compiled import Int, compiled, inlined

BLOCK_POSTINGS = 64
"""Postings between two entries of the positions' table: half as many are passed over on average."""

POSITION_MOST = 65_535
"""The position that stands for itself and all greater ones; those are listed apart."""

FREQUENCY_MOST = 255  # as in index.kernels.postings

Places = NDArray[np.int64]


class Positions(NamedTuple):
    """The postings of a segment with their positions; see `index.segments.segment`."""

    docs: NDArray[np.uint16]
    frequencies: NDArray[np.uint8]
    large: Places
    large_values: NDArray[np.uint32]
    data: NDArray[np.uint16]
    blocks: NDArray[np.uint32]
    far: Places
    far_values: NDArray[np.uint32]


@compiled
def _listed(places: Places, values: NDArray[np.uint32], place: Int) -> Int:
    """Return what is listed apart for a place: rarely asked for, so it is not inlined."""
    return np.int64(values[np.searchsorted(places, place)])


@inlined
def frequency_at(positions: Positions, posting: Int) -> Int:
    """Return how often a posting's word stands in its document."""
    found = np.int64(positions.frequencies[posting])
    if found == FREQUENCY_MOST:
        return _listed(positions.large, positions.large_values, posting)
    return found


@inlined
def position_at(positions: Positions, place: Int) -> Int:
    """Return the position at a place of the list of all."""
    position = np.int64(positions.data[place])
    if position == POSITION_MOST:
        return _listed(positions.far, positions.far_values, place)
    return position
