"""Seeded random whole numbers, the same on every machine.

Only two streams of NumPy are used: `SeedSequence`, inside `PCG64(seed)`, and `PCG64.random_raw`.
NumPy promises that both never change (NEP 19). The methods of `Generator` may change from release
to release and are not used. Everything else is whole-number arithmetic, so no rounding differs.

>>> draws = Draws(7)
>>> draws.below(10, 5).tolist()
[6, 8, 7, 2, 3]
>>> draws.ranks(zipf_thresholds(1_000), 5).tolist()
[418, 0, 295, 252, 32]
"""

import numpy as np
from numpy.random import PCG64
from numpy.typing import NDArray

ZIPF_EXPONENT = 1.07
"""How fast frequency falls with rank; newspapers lie between 1.0 and 1.1."""

ZIPF_SHIFT = 2.7
"""Mandelbrot's correction: with it, one word in thirty is the first; without it, one in nine."""

Ranks = NDArray[np.int64]
Thresholds = NDArray[np.uint32]

_HALF = np.uint64(32)


class Draws:
    """A stream of random numbers that depends on the seed alone."""

    def __init__(self, seed: int) -> None:
        self._bits = PCG64(seed)

    def below(self, limit: int, count: int) -> Ranks:
        """Draw whole numbers from 0 to `limit` - 1, all equally likely; `limit` is below 2**32."""
        return ((self._halves(count) * np.uint64(limit)) >> _HALF).astype(np.int64)

    def ranks(self, thresholds: Thresholds, count: int) -> Ranks:
        """Draw ranks from 0, with the frequencies that `thresholds` give."""
        halves = self._halves(count).astype(np.uint32)
        ranks: Ranks = np.searchsorted(thresholds, halves, side="right").astype(np.int64)
        return ranks

    def chance(self, percent: int, count: int) -> NDArray[np.bool_]:
        """Draw true with a probability of `percent` in a hundred."""
        return self.below(100, count) < percent

    def _halves(self, count: int) -> NDArray[np.uint64]:
        raw: NDArray[np.uint64] = self._bits.random_raw(count)
        return raw >> _HALF


def zipf_thresholds(size: int) -> Thresholds:
    """Return the upper end of each of `size` ranks but the last, when all are spread over 2**32."""
    # Each weight is rounded to a whole number before it is summed: the last bit of a power may
    # differ between C libraries, and would otherwise move a boundary now and then.
    weights = [round(2**32 * (rank + ZIPF_SHIFT) ** -ZIPF_EXPONENT) for rank in range(1, size + 1)]
    return spread_thresholds(weights)


def spread_thresholds(weights: list[int]) -> Thresholds:
    """Return the upper end of each weight but the last, when all are spread over 2**32."""
    ends = np.cumsum(np.array(weights, dtype=np.uint64))
    unit = (ends[-1] >> np.uint64(8)) + np.uint64(1)
    thresholds: Thresholds = ((ends[:-1] << np.uint64(24)) // unit).astype(np.uint32)
    return thresholds
