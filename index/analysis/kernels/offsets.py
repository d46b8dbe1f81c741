"""The kernel that turns places in UTF-8 into places in text, counted in code points."""

import numpy as np
from numpy.typing import NDArray

from index.compiled import compiled

Places = NDArray[np.int64]
Points = NDArray[np.int32]


@compiled
def to_code_points(
    continued: Places,
    origins: Places,
    counts: NDArray[np.int32],
    starts: Places,
    stops: Places,
    first_points: Points,
    last_points: Points,
) -> None:
    """Write where tokens start and stop in their own texts, in code points.

    A place in code points is the place in bytes less the bytes before it that begin none; those are
    few in news, so they are listed.

    Args:
        continued: the places of those bytes.
        origins: where each text begins in the source.
        counts: the tokens of each text.
        starts: where each token starts in the source, in bytes.
        stops: where it stops.
        first_points: gets where each starts in its own text, in code points.
        last_points: gets where it stops.
    """
    token = passed = 0
    for text in range(len(counts)):
        while passed < len(continued) and continued[passed] < origins[text]:
            passed += 1
        shift = origins[text] - passed
        for _ in range(counts[text]):
            while passed < len(continued) and continued[passed] < starts[token]:
                passed += 1
            first_points[token] = starts[token] - passed - shift
            while passed < len(continued) and continued[passed] < stops[token]:
                passed += 1
            last_points[token] = stops[token] - passed - shift
            token += 1
