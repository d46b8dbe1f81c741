"""Facet ordinals: the values of all facets of an index in one table, end to end.

The ordinal of a value is its position in that table. Counting facets is then adding to an array,
and a filter is a list of ordinals.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Protocol

import numpy as np

from index.arrays import Int64Array, Uint8Array, Uint32Array
from index.segments import FacetRange, Segment
from search.kernels.facet_counts import add_counts


class SegmentCounts(Protocol):
    """A segment whose facet values are counted."""

    @property
    def ordinals(self) -> Int64Array:
        """The ordinal in the table of each facet ordinal of the segment."""

    @property
    def all_counts(self) -> Uint32Array:
        """How many of its candidates have each value, by its own ordinals."""


class FacetTable:
    """The values of every facet, and how many candidates have each.

    Attributes:
        values: all values, by ordinal; of each facet in order, and last "" for "no value".
        ranges: the ordinals of each facet.
    """

    def __init__(
        self,
        values: tuple[str, ...],
        ranges: Mapping[str, FacetRange],
        segments: Sequence[SegmentCounts] = (),
    ) -> None:
        """Take the values, the range of each facet, and the segments to count them over."""
        self.values, self.ranges = values, ranges
        self._segments = segments

    def counted_over(self, segments: Sequence[SegmentCounts]) -> "FacetTable":
        """Return the same values, counted over the candidates of these segments."""
        counted = copy(self)  # with the numbers of the values, if they are made
        counted._segments = segments  # noqa: SLF001 - it is of this class
        vars(counted).pop("totals", None)
        return counted

    @cached_property
    def totals(self) -> Uint32Array:
        """How many candidates have each value; counted when first used."""
        counts = np.zeros(len(self.values), np.uint32)
        for segment in self._segments:
            add_counts(counts, segment.ordinals, segment.all_counts)
        return counts

    def ordinal(self, name: str, value: str) -> int | None:
        """Return the ordinal of a facet's value; None where no document has it."""
        return self._ordinal_by_value.get((name, value))

    def ordinals_of(self, segment: Segment) -> Int64Array:
        """Return the ordinal in this table of each facet ordinal of a segment."""
        if segment.facet_values == self.values:
            return np.arange(len(self.values))
        ordinals = np.empty(len(segment.facet_values), np.int64)
        for name, own in segment.facets.items():
            values = segment.facet_values[own.first : own.none]
            ordinals[own.first : own.none] = [self._ordinal_by_value[name, v] for v in values]
            ordinals[own.none] = self.ranges[name].none
        return ordinals

    @cached_property
    def _ordinal_by_value(self) -> Mapping[tuple[str, str], int]:
        return {
            (name, self.values[ordinal]): ordinal
            for name, own in self.ranges.items()
            for ordinal in range(own.first, own.none)
        }


def facet_values(
    segments: Sequence[Segment], names: Sequence[str]
) -> tuple[tuple[str, ...], dict[str, FacetRange]]:
    """Return the values of all facets in all segments, end to end, and the range of each facet."""
    if len(segments) == 1:
        return segments[0].facet_values, dict(segments[0].facets)
    all_values: list[str] = []
    ranges = {}
    for name in names:
        found: set[str] = set()
        for segment in segments:
            own = segment.facets[name]
            found.update(segment.facet_values[own.first : own.none])
        ranges[name] = FacetRange(name, len(all_values), len(all_values) + len(found))
        all_values += [*sorted(found), ""]
    return tuple(all_values), ranges


def facet_numbers(table: FacetTable) -> Uint8Array:
    """Return the number of the facet to which each ordinal belongs."""
    numbers = np.zeros(len(table.values), np.uint8)
    for number, own in enumerate(table.ranges.values()):
        numbers[own.first : own.none + 1] = number
    return numbers
