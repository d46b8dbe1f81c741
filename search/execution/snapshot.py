"""A snapshot: an open index for queries, with statistics and facets over all its segments.

It is made once, when a generation is opened, and shared by all threads. What never changes is
known without computing: how long fields are on average, which values the facets have, in which
order the newest documents come. The snapshot of a later generation shares what was made of the
segments that both have.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property
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
        base: "Snapshot | None" = None,
    ) -> None:
        """Compute statistics of segments, each given with the number of its first document.

        Args:
            segments: the segments.
            facets: the names of the facets.
            orders: how documents can be sorted.
            groups: the groups of near duplicates.
            base: an earlier snapshot of the same facets and orders, some of whose segments are of
                the same files.
        """
        held = [segment for segment, _ in segments]
        self.orders = {order.name: order for order in orders}
        self.statistics = _statistics(held)
        is_same = base is not None and base.has_files_of(held)
        table: FacetTable = (
            base.facets if base and is_same else FacetTable(*facet_values(held, facets))
        )
        self.views = tuple(self._view(*each, table, base) for each in segments)
        self.facets: FacetTable = table.counted_over(self.views)
        self.doc_count = sum(view.live_count for view in self.views)
        self.copies = GroupLookup(groups)
        # None, and not itself: a snapshot that held itself would hold its files until Python looks
        # for garbage, which a server does seldom.
        self._fewer = self._without(groups.members, base) if len(groups.members) else None

    @property
    def representatives(self) -> "Snapshot":
        """The same snapshot, with one document of each group as its only candidate."""
        return self._fewer or self

    @cached_property
    def doc_count_by_day(self) -> Mapping[int, int]:
        """How many candidates each day (YYYYMMDD) has; counted when first used."""
        dates = [view.segment.number("date")[view.docs_in_order("newest")] for view in self.views]
        all_dates = np.concatenate([*dates, np.empty(0, np.int32)])
        found, counts = np.unique(all_dates, return_counts=True)
        return dict(zip(found.tolist(), counts.tolist(), strict=True))

    def prepare(self) -> None:
        """Make now what requests share: counts, and documents in order; no reader waits for it."""
        for snapshot in (self, self.representatives):
            snapshot.facets.totals  # noqa: B018 - counted when first used
            for view in snapshot.views:
                for order in self.orders.values():
                    view.docs_in_order(order.name)
                    view.key(order.key, 0)

    def has_files_of(self, segments: Sequence[Segment]) -> bool:
        """Return whether these segments are of the same mapped files, in the same order."""
        own = [view.segment for view in self.views]
        return len(own) == len(segments) and all(map(Segment.shares_file, own, segments))

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

    def _view(
        self, segment: Segment, offset: int, table: FacetTable, base: "Snapshot | None"
    ) -> SegmentView:
        """Return the view of a segment, made from the base's where that is of the same file."""
        known, ordinals = _view_like(segment, base), table.ordinals_of(segment)
        if known:
            return known.renewed(segment, offset, self.statistics, ordinals)
        return view_segment(segment, offset, self.statistics, ordinals, facet_numbers(table))

    def _without(self, numbers: Int64Array, base: "Snapshot | None") -> "Snapshot":
        """Return the same snapshot, in which some documents are no candidates.

        Args:
            numbers: of these documents, in order.
            base: as the snapshot's own.
        """
        before = base and base.representatives
        fewer = copy(self)
        bounds = np.searchsorted(
            numbers, [*(view.offset for view in self.views), np.iinfo(np.int64).max]
        )
        fewer.views = tuple(
            view.without(numbers[first:last] - view.offset).sharing(
                _view_like(view.segment, before)
            )
            if first < last
            else view
            for view, (first, last) in zip(self.views, pairwise(bounds.tolist()), strict=True)
        )
        fewer.doc_count = sum(view.live_count for view in fewer.views)
        fewer.facets = self.facets.counted_over(fewer.views)
        return fewer


def _view_like(segment: Segment, base: Snapshot | None) -> SegmentView | None:
    """Return the base's view of a segment that is of the same file."""
    views = base.views if base else ()
    return next((view for view in views if segment.shares_file(view.segment)), None)


def _statistics(segments: Sequence[Segment]) -> Mapping[str, FieldStatistics]:
    names = dict.fromkeys(name for segment in segments for name in segment.fields)
    statistics = {}
    for name in names:
        rows = [segment.fields[name] for segment in segments if name in segment.fields]
        doc_count = sum(row.doc_count for row in rows)
        token_count = sum(row.token_count for row in rows)
        statistics[name] = FieldStatistics(doc_count, token_count / max(doc_count, 1))
    return statistics
