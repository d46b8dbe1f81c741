"""The kernel that turns offsets in UTF-8, counted in bytes, into offsets in code points."""

from index.arrays import Int32Array, Int64Array
from index.compiled import compiled


@compiled
def to_code_points(
    continued: Int64Array,
    origins: Int64Array,
    counts: Int32Array,
    starts: Int64Array,
    stops: Int64Array,
    code_starts: Int32Array,
    code_stops: Int32Array,
) -> None:
    """Write where tokens start and stop in their own texts, in code points.

    An offset in code points is the offset in bytes, less the bytes before it that continue a code
    point; news has few of those, so they are listed.

    Args:
        continued: the offsets of the bytes that continue a code point.
        origins: where each text begins in the source, in bytes.
        counts: the tokens of each text.
        starts: where each token starts in the source, in bytes.
        stops: where each token stops there.
        code_starts: receives where each token starts in its own text, in code points.
        code_stops: receives where each token stops there.
    """
    token = passed = 0
    for text in range(len(counts)):
        while passed < len(continued) and continued[passed] < origins[text]:
            passed += 1
        shift = origins[text] - passed
        for _ in range(counts[text]):
            while passed < len(continued) and continued[passed] < starts[token]:
                passed += 1
            code_starts[token] = starts[token] - passed - shift
            while passed < len(continued) and continued[passed] < stops[token]:
                passed += 1
            code_stops[token] = stops[token] - passed - shift
            token += 1
