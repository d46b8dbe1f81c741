"""The merge policy: which segments to merge after an update, since few answer faster than many."""

from collections.abc import Sequence
from typing import NamedTuple

from index.segments.layout import SEGMENT_DOCS_MOST

SMALL_DOCS_MOST = SEGMENT_DOCS_MOST // 4
"""A segment with fewer live documents is small; to merge larger ones would gain little."""

SMALL_SEGMENTS_MOST = 8
"""Small segments that may stay side by side. Each costs a query some 20 microseconds, each update
makes one, and a merge writes all of them anew."""

LIVE_SHARE_LEAST = 0.5
"""A segment with more deleted documents than live ones is written anew."""


class SegmentSize(NamedTuple):
    """How many documents a segment has, and how many of them are not deleted."""

    doc_count: int
    live_count: int


def segments_to_merge(sizes: Sequence[SegmentSize]) -> list[list[int]]:
    """Return groups of segments, by their numbers; each group is to become one segment.

    >>> segments_to_merge([SegmentSize(60_000, 60_000), SegmentSize(100, 20)])
    [[1]]
    >>> segments_to_merge([SegmentSize(9_000, 9_000)] * 9)
    [[0, 1, 2, 3, 4, 5, 6], [7, 8]]
    """
    small = [number for number, size in enumerate(sizes) if size.live_count < SMALL_DOCS_MOST]
    if len(small) > SMALL_SEGMENTS_MOST:
        return _group(small, sizes)
    return [
        [number]
        for number, size in enumerate(sizes)
        if size.live_count < LIVE_SHARE_LEAST * size.doc_count
    ]


def _group(numbers: Sequence[int], sizes: Sequence[SegmentSize]) -> list[list[int]]:
    """Return the segments in groups, each as large as one segment may be."""
    groups: list[list[int]] = [[]]
    total = 0
    for number in numbers:
        live_count = sizes[number].live_count
        if total + live_count > SEGMENT_DOCS_MOST:
            groups.append([])
            total = 0
        groups[-1].append(number)
        total += live_count
    return groups
