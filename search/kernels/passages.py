"""The kernel that finds the passage of a text in which most of what was asked for stands."""

import numpy as np
from numpy.typing import NDArray

from index.compiled import compiled

Places = NDArray[np.int32]


@compiled
def best_passages(
    starts: Places,
    stops: Places,
    numbers: Places,
    bounds: NDArray[np.int64],
    room: int,
    counts: Places,
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
) -> None:
    """Find the best passage of each of some texts: most different marks, then most, then the first.

    Args:
        starts: where each found mark starts, in order.
        stops: where it stops.
        numbers: which mark it is.
        bounds: where the finds of each text begin; and where the last one's end.
        room: how long a passage may be.
        counts: room to count each mark, all zeros.
        firsts: gets the first find of each text's passage; where a text has none, its bound.
        lasts: gets the last one.
    """
    for text in range(len(firsts)):
        firsts[text] = first = bounds[text]
        lasts[text] = bounds[text]
        different = best_different = best_count = 0
        for last in range(bounds[text], bounds[text + 1]):
            different += counts[numbers[last]] == 0
            counts[numbers[last]] += 1
            while stops[last] - starts[first] > room and first < last:
                counts[numbers[first]] -= 1
                different -= counts[numbers[first]] == 0
                first += 1
            count = last - first + 1
            if different > best_different or (different == best_different and count > best_count):
                best_different, best_count = different, count
                firsts[text], lasts[text] = first, last
        for place in range(first, bounds[text + 1]):
            counts[numbers[place]] = 0
