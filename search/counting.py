"""Count facets over arrays, each without its own filter, and apply filters.

Every filter is a mask over all documents. A facet's counts are taken over the documents that the
query matches and that every mask but the facet's own lets through; so choosing a value never hides
its siblings, and a value's count is what choosing it alone would give.
"""

import datetime as dt
import heapq
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from index.analysis import fold
from index.columns import NO_DAY, Columns, FacetColumn
from search.facets import FACETS, Facet
from search.request import FacetChoice, SearchRequest
from search.results import Bucket, FacetResult, MonthCount

Mask = NDArray[np.bool_]

DATES = "dates"
"""The name of the filter by days, beside the facets' names."""


def filter_masks(columns: Columns, request: SearchRequest) -> dict[str, Mask]:
    """Return the mask of each filter that is set, by facet name, or `DATES`."""
    masks = {
        name: _choice_mask(columns.facets[name], choice)
        for name, choice in request.choices
        if choice.restricts
    }
    if request.from_date or request.to_date:
        masks[DATES] = _dates_mask(columns, request.from_date, request.to_date)
    return masks


def combined(masks: dict[str, Mask], matched: Mask, without: str = "") -> Mask:
    """Return what the query matched and every mask lets through, but for the one named."""
    others = (mask for name, mask in masks.items() if name != without)
    return reduce(np.logical_and, others, matched)


def count_facets(
    columns: Columns, request: SearchRequest, matched: Mask, masks: dict[str, Mask]
) -> tuple[FacetResult, ...]:
    """Return every facet that the archive has values enough for, or that is chosen."""
    return tuple(
        _count(facet, columns.facets[facet.name], request, combined(masks, matched, facet.name))
        for facet in FACETS
        if len(columns.facets[facet.name].values) >= facet.fewest
        or request.choice(facet.name).restricts
    )


def count_months(
    columns: Columns, request: SearchRequest, matched: Mask, masks: dict[str, Mask]
) -> tuple[MonthCount, ...]:
    """Return the hits of every month that the archive has, oldest first, zeros included."""
    column = columns.facets["month"]
    counts = column.counts(combined(masks, matched, "month")).tolist()
    chosen = set(request.choice("month").include)
    return tuple(
        MonthCount(month, count, month in chosen)
        for month, count in zip(column.values, counts, strict=True)
    )


def _choice_mask(column: FacetColumn, choice: FacetChoice) -> Mask:
    mask = np.ones(len(column.offsets) - 1, dtype=bool)
    if choice.include or choice.without:
        mask = column.having(_ordinals(column, choice.include))
        if choice.without:
            mask = mask | ~column.present()
    if choice.exclude:
        mask = mask & ~column.having(_ordinals(column, choice.exclude))
    return mask


def _ordinals(column: FacetColumn, values: tuple[str, ...]) -> list[int]:
    found = (column.ordinal(value) for value in values)
    return [ordinal for ordinal in found if ordinal is not None]


def _dates_mask(columns: Columns, start: dt.date | None, end: dt.date | None) -> Mask:
    mask: Mask = columns.days != NO_DAY
    if start:
        mask = mask & (columns.days >= _day(start))
    if end:
        mask = mask & (columns.days <= _day(end))
    return mask


def _day(date: dt.date) -> int:
    return int(np.datetime64(date, "D").astype(int))


def _count(facet: Facet, column: FacetColumn, request: SearchRequest, seen: Mask) -> FacetResult:
    choice = request.choice(facet.name)
    counts = column.counts(seen)
    candidates = [int(place) for place in np.flatnonzero(counts)]
    if choice.match:
        wanted = fold(choice.match)
        candidates = [place for place in candidates if wanted in fold(column.values[place])]
    buckets = _buckets(facet, column, counts, candidates, choice)
    shown = {bucket.value for bucket in buckets}
    hidden = (place for place in candidates if column.values[place] not in shown)
    return FacetResult(
        name=facet.name,
        buckets=buckets,
        total=len(candidates),
        missing=int(np.sum(seen & ~column.present())),
        missing_selected=choice.without,
        other=sum(int(counts[place]) for place in hidden),
    )


def _buckets(
    facet: Facet,
    column: FacetColumn,
    counts: NDArray[np.int64],
    candidates: list[int],
    choice: FacetChoice,
) -> tuple[Bucket, ...]:
    """Return the buckets to show: the first by the facet's order, and all that were chosen."""
    size = facet.size if choice.size is None else choice.size
    if facet.order == "count":
        first = heapq.nsmallest(size, candidates, key=lambda p: (-counts[p], column.values[p]))
    else:
        first = heapq.nlargest(size, candidates)
    count_of = {column.values[place]: int(counts[place]) for place in first}
    for value in (*choice.include, *choice.exclude):
        ordinal = column.ordinal(value)
        count_of.setdefault(value, 0 if ordinal is None else int(counts[ordinal]))
    buckets = (
        Bucket(value, count, value in choice.include, value in choice.exclude)
        for value, count in count_of.items()
    )
    if facet.order == "value":
        return tuple(sorted(buckets, key=lambda bucket: bucket.value, reverse=True))
    chosen_first = sorted(buckets, key=lambda b: (not b.selected, -b.count, b.value))
    return tuple(chosen_first)
