"""The facet values of all segments in one table, end to end, from which ordinals count."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.segments.segment import Segment


@dataclass(frozen=True, slots=True)
class FacetRange:
    """Where a facet's values stand among all values: from `first` to `none`, which is "none"."""

    first: int
    none: int


def facet_table(
    segments: Sequence[Segment], names: Sequence[str]
) -> tuple[tuple[str, ...], dict[str, FacetRange]]:
    """Return the values of all facets, "" for "none" last in each, and where each facet's are."""
    if len(segments) == 1:
        ranges = {n: FacetRange(p.first, p.none) for n, p in segments[0].facets.items()}
        return segments[0].facet_values, ranges
    all_values: list[str] = []
    ranges = {}
    for name in names:
        held: set[str] = set()
        for segment in segments:
            place = segment.facets[name]
            held.update(segment.facet_values[place.first : place.none])
        ranges[name] = FacetRange(len(all_values), len(all_values) + len(held))
        all_values += [*sorted(held), ""]
    return tuple(all_values), ranges


def facet_numbers(ranges: Sequence[FacetRange], count: int) -> NDArray[np.uint8]:
    """Return the number of the facet to which each ordinal belongs."""
    numbers = np.zeros(count, np.uint8)
    for number, place in enumerate(ranges):
        numbers[place.first : place.none + 1] = number
    return numbers
