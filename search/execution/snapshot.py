"""A snapshot: an open index for queries, with statistics and facets over all its segments.

It is made once, when a generation is opened, and shared by all threads. What never changes is
known without computing: how long fields are on average, which values the facets have, in which
order the newest documents come.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from itertools import pairwise

import numpy as np

from index.arrays import Int64Array
from index.corpus import NO_GROUPS, DuplicateGroups
from index.segments import Segment, SortOrder
from search.execution.duplicate_groups import GroupLookup
from search.execution.segment_view import SegmentView, view_segment
from search.faceting import FacetTable, facet_numbers, facet_values
from search.ranking import FieldStatistics


class Snapshot:
    """The segments of an index, with field statistics, facet table and near-duplicate groups.

    Attributes:
        doc_count: candidates: documents without deleted ones.
        copies: the groups of near duplicates.
        facets: the values of all facets, and how many candidates have each.
        orders: how documents can be sorted; the first decides between equal scores.
        statistics: of each field: how many documents have it, how long it is.
        views: one for each segment.
    """

    def __init__(
        self,
        segments: Sequence[tuple[Segment, int]],
        facets: Sequence[str],
        orders: Sequence[SortOrder],
        groups: DuplicateGroups = NO_GROUPS,
    ) -> None:
        """Compute statistics of segments, each given with the number of its first document."""
        held = [segment for segment, _ in segments]
        self.orders = {order.name: order for order in orders}
        self.statistics = _statistics(held)
        table = FacetTable(*facet_values(held, facets))
        numbers = facet_numbers(table)
        self.views = tuple(
            view_segment(segment, offset, self.statistics, table.ordinals_of(segment), numbers)
            for segment, offset in segments
        )
        self.facets = table.counted_over(self.views)
        self.doc_count = sum(view.live_count for view in self.views)
        self.copies = GroupLookup(groups)
        # None, and not itself: a snapshot that held itself would hold its files until Python looks
        # for garbage, which a server does seldom.
        self._fewer = self._without(groups.members) if len(groups.members) else None

    @property
    def representatives(self) -> "Snapshot":
        """The same snapshot, with one document of each group as its only candidate."""
        return self._fewer or self

    def view_of(self, number: int) -> tuple[SegmentView, int]:
        """Return the segment view that has a document number, and its number in the segment."""
        view = next(view for view in reversed(self.views) if view.offset <= number)
        return view, number - view.offset

    def first_document_with(self, field: str, text: bytes) -> int | None:
        """Return the number of the first document that has a term and was not deleted."""
        for view in self.views:
            ordinal = view.segment.terms.ordinal(field, text)
            start, stop = view.segment.posting_range(ordinal) if ordinal >= 0 else (0, 0)
            for doc in view.segment.docs[start:stop].tolist():
                if not len(view.segment.live) or view.segment.live[doc]:
                    return view.offset + int(doc)
        return None

    def doc_frequencies(self, terms: Sequence[tuple[str, bytes]]) -> list[int]:
        """Return how many documents have each term, deleted ones included."""
        frequencies = [0] * len(terms)
        for view in self.views:
            for number, (start, stop) in enumerate(view.segment.posting_ranges(terms)):
                frequencies[number] += stop - start
        return frequencies

    def _without(self, numbers: Int64Array) -> "Snapshot":
        """Return the same snapshot, in which some documents are no candidates."""
        fewer = copy(self)
        bounds = np.searchsorted(
            numbers, [*(view.offset for view in self.views), np.iinfo(np.int64).max]
        )
        fewer.views = tuple(
            view.without(numbers[first:last] - view.offset) if first < last else view
            for view, (first, last) in zip(self.views, pairwise(bounds.tolist()), strict=True)
        )
        fewer.doc_count = sum(view.live_count for view in fewer.views)
        fewer.facets = self.facets.counted_over(fewer.views)
        return fewer


def _statistics(segments: Sequence[Segment]) -> Mapping[str, FieldStatistics]:
    names = dict.fromkeys(name for segment in segments for name in segment.fields)
    statistics = {}
    for name in names:
        rows = [segment.fields[name] for segment in segments if name in segment.fields]
        doc_count = sum(row.doc_count for row in rows)
        token_count = sum(row.token_count for row in rows)
        statistics[name] = FieldStatistics(doc_count, token_count / max(doc_count, 1))
    return statistics
