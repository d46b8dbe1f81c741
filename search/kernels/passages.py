"""Best passages: the part of each text that holds most of a query's marks."""

from index.arrays import Int32Array, Int64Array
from index.compiled import compiled


@compiled
def best_passages(
    starts: Int32Array,
    stops: Int32Array,
    numbers: Int32Array,
    bounds: Int64Array,
    length: int,
    counts: Int32Array,
    firsts: Int64Array,
    lasts: Int64Array,
) -> None:
    """Find the best passage of each text: most different marks, then most finds, then the first.

    Args:
        starts: where each found mark starts, in order.
        stops: where it stops.
        numbers: which mark it is.
        bounds: where the finds of each text begin, and last where those of the last text end.
        length: how long a passage may be, in characters.
        counts: a counter for each mark, all zeros.
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
            while stops[last] - starts[first] > length and first < last:
                counts[numbers[first]] -= 1
                different -= counts[numbers[first]] == 0
                first += 1
            count = last - first + 1
            if different > best_different or (different == best_different and count > best_count):
                best_different, best_count = different, count
                firsts[text], lasts[text] = first, last
        for find in range(first, bounds[text + 1]):
            counts[numbers[find]] = 0
