"""Which segments an update merges, up to each limit and not beyond it."""

from index.segments.layout import SEGMENT_DOCS_MOST
from index.segments.merge_policy import (
    SMALL_DOCS_MOST,
    SMALL_SEGMENTS_MOST,
    SegmentSize,
    segments_to_merge,
)


def live(*counts: int) -> list[SegmentSize]:
    """Return segments without deleted documents."""
    return [SegmentSize(count, count) for count in counts]


def test_so_many_small_segments_may_stand_side_by_side() -> None:
    """One more, and all of them become one."""
    most = live(*[100] * SMALL_SEGMENTS_MOST)
    assert segments_to_merge(most) == []
    assert segments_to_merge([*most, *live(100)]) == [list(range(SMALL_SEGMENTS_MOST + 1))]


def test_segment_of_the_limit_is_no_small_one() -> None:
    """It neither counts nor is merged; one document fewer does and is."""
    small = live(*[100] * SMALL_SEGMENTS_MOST)
    assert segments_to_merge([*live(SMALL_DOCS_MOST), *small]) == []
    assert segments_to_merge([*live(SMALL_DOCS_MOST - 1), *small]) == [
        list(range(SMALL_SEGMENTS_MOST + 1))
    ]


def test_merged_segment_is_filled_to_the_limit_of_a_segment() -> None:
    """A document more would not fit."""
    size = SEGMENT_DOCS_MOST // 5
    rest = SEGMENT_DOCS_MOST - 4 * size
    fits = live(*[size] * 4, rest, *[100] * 5)
    assert segments_to_merge(fits) == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
    beyond = live(*[size] * 4, rest + 1, *[100] * 5)
    assert segments_to_merge(beyond) == [[0, 1, 2, 3], [4, 5, 6, 7, 8, 9]]


def test_segment_with_more_deleted_than_live_documents_is_written_anew() -> None:
    """Half of each is not more; a large one counts as well as a small one."""
    sizes = [SegmentSize(10, 5), SegmentSize(10, 4), SegmentSize(SEGMENT_DOCS_MOST, 1)]
    assert segments_to_merge(sizes) == [[1], [2]]


def test_deleted_documents_do_not_make_a_segment_large() -> None:
    """Live documents alone are written when it is merged."""
    sizes = [SegmentSize(SEGMENT_DOCS_MOST, 100)] * (SMALL_SEGMENTS_MOST + 1)
    assert segments_to_merge(sizes) == [list(range(SMALL_SEGMENTS_MOST + 1))]


def test_index_without_segments_has_none_to_merge() -> None:
    """An update of an index whose articles are all gone."""
    assert segments_to_merge([]) == []
