"""Frequencies and positions of postings, as other kernels read them.

The positions of all postings stand end to end. Where those of a posting begin is kept for every
`BLOCK_POSTINGS` postings; from there, the frequencies of the postings between are added up.
"""

from typing import NamedTuple

import numpy as np

from index.arrays import Int64Array, Uint8Array, Uint16Array, Uint32Array
from index.compiled import Int, compiled, inlined
from index.segments.kernels.postings import FREQUENCY_MOST

BLOCK_POSTINGS = 64
"""Postings for which one start is kept: on average, the frequencies of half as many are added."""

POSITION_MOST = 65_535
"""The position that stands for itself and for all greater ones, which are listed apart."""


class Positions(NamedTuple):
    """The postings of a segment with their positions (see `index.segments.segment`).

    Attributes:
        docs: the document of each posting.
        frequencies: its frequency; `FREQUENCY_MOST` where it is in `large_values`.
        large: the postings whose frequencies are listed apart, in order.
        large_values: the frequency of each of those.
        data: the positions, end to end; `POSITION_MOST` where one is in `far_values`.
        blocks: for every `BLOCK_POSTINGS` postings, where the positions of the first begin.
        far: the indices in `data` whose positions are listed apart, in order.
        far_values: the position of each of those.
    """

    docs: Uint16Array
    frequencies: Uint8Array
    large: Int64Array
    large_values: Uint32Array
    data: Uint16Array
    blocks: Uint32Array
    far: Int64Array
    far_values: Uint32Array


@compiled
def _listed(indices: Int64Array, values: Uint32Array, index: Int) -> Int:
    """Return the value that is listed apart for an index; rarely needed, so it is not inlined."""
    return np.int64(values[np.searchsorted(indices, index)])


@inlined
def frequency_at(positions: Positions, posting: Int) -> Int:
    """Return how many tokens of the posting's term are in its document."""
    frequency = np.int64(positions.frequencies[posting])
    if frequency == FREQUENCY_MOST:
        return _listed(positions.large, positions.large_values, posting)
    return frequency


@inlined
def position_at(positions: Positions, index: Int) -> Int:
    """Return one of all positions, by its index in `data`."""
    position = np.int64(positions.data[index])
    if position == POSITION_MOST:
        return _listed(positions.far, positions.far_values, index)
    return position


@compiled
def find_offsets(positions: Positions, starts: Int64Array, offsets: Int64Array) -> None:
    """Find where the positions of some postings begin: of a block's start, and those behind it."""
    for word in range(len(starts)):
        block = starts[word] // BLOCK_POSTINGS
        offsets[word] = positions.blocks[block]
        for before in range(block * BLOCK_POSTINGS, starts[word]):
            offsets[word] += frequency_at(positions, before)


@inlined
def next_far(positions: Positions, index: Int, far: Int) -> Int:
    """Return where in `far` an index of `data` is; -1 where it is not.

    Positions are in order, so what follows one that is listed apart is, too: only the first is
    sought. `far` is what this returned for the index before, of the same posting; -1 at first.
    """
    if positions.data[index] != POSITION_MOST:
        return np.int64(-1)
    return far + 1 if far >= 0 else np.searchsorted(positions.far, index)


@inlined
def near_or_far(positions: Positions, index: Int, far: Int) -> Int:
    """Return a position by its index in `data` and, where it is listed apart, in `far`."""
    return np.int64(positions.data[index]) if far < 0 else np.int64(positions.far_values[far])


@inlined
def list_positions(positions: Positions, offset: Int, frequency: Int, into: Int64Array) -> None:
    """List the positions of a posting."""
    far: Int = np.int64(-1)
    for number in range(frequency):
        far = next_far(positions, offset + number, far)
        into[number] = near_or_far(positions, offset + number, far)
