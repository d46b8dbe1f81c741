"""Filters and facets of a request, as ordinals and counts of a snapshot.

A facet's counts are taken over the documents that the query matches and that every filter but the
facet's own lets through; so choosing a value never hides its siblings, and a value's count is what
choosing it alone would give. The kernel counts all of that in one pass; here is what it is told,
and what its numbers mean.
"""

from collections.abc import Iterable, Sequence
from itertools import compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analysis.analyzer import fold
from index.schema import day_number
from search.execution.snapshot import Snapshot
from search.facets import FACETS, Facet
from search.kernels.facet_counts import greatest_counts
from search.matches import NUMBER_BIT, Filters, Found
from search.request import FacetChoice, SearchRequest
from search.results import Bucket, FacetResult, MonthCount

DATES = "dates"
"""The name of the filter by days, beside the facets' names."""

Counts = NDArray[np.uint32]

INSERTED_MOST = 50
"""Values that are found by insertion; sorting all is quicker for more."""

_FIRST_DAY, _LAST_DAY = 1, 2**31 - 1
"""Ends of an open range of days; a document without a date is in none."""


def request_filters(snapshot: Snapshot, request: SearchRequest) -> Filters:
    """Return what the request keeps out, in the snapshot's ordinals."""
    bits = _bits(snapshot)
    allow, deny = {}, {}
    for name, choice in request.choices:
        if choice.include or choice.without:
            none = [snapshot.facets[name].none] if choice.without else []
            allow[bits[name]] = [*_ordinals(snapshot, name, choice.include), *none]
        if choice.exclude:
            deny[bits[name]] = _ordinals(snapshot, name, choice.exclude)
    if not (request.from_date or request.to_date):
        return Filters(allow, deny)
    low = day_number(request.from_date) if request.from_date else _FIRST_DAY
    high = day_number(request.to_date) if request.to_date else _LAST_DAY
    return Filters(allow, deny, ("date", low, high))


def filter_names(request: SearchRequest) -> list[str]:
    """Return the names of the filters that are set: facets, or `DATES`."""
    names = [name for name, choice in request.choices if choice.restricts]
    return [*names, DATES] if request.from_date or request.to_date else names


def total_without(snapshot: Snapshot, found: Found, name: str) -> int:
    """Return how many hits there would be without one of the filters."""
    bit = NUMBER_BIT if name == DATES else _bits(snapshot)[name]
    return found.total + found.total_without[bit]


def count_facets(
    snapshot: Snapshot, request: SearchRequest, found: Found
) -> tuple[FacetResult, ...]:
    """Return every facet that the archive has values enough for, or that is chosen."""
    shown = []
    for facet in FACETS:
        place = snapshot.facets[facet.name]
        value_count = np.count_nonzero(snapshot.everything[place.first : place.none])
        if value_count >= facet.fewest or request.choice(facet.name).restricts:
            counts = found.counts[place.first : place.none + 1]
            shown.append(_count(facet, counts, request.choice(facet.name), snapshot))
    return tuple(shown)


def count_months(
    snapshot: Snapshot, request: SearchRequest, found: Found
) -> tuple[MonthCount, ...]:
    """Return the hits of every month that the archive has, oldest first, zeros included."""
    place = snapshot.facets["month"]
    values = slice(place.first, place.none)
    counts, archive = found.counts[values].tolist(), snapshot.everything[values].tolist()
    months, chosen = snapshot.facet_values[values], set(request.choice("month").include)
    selected = [month in chosen for month in months]
    rows = map(MonthCount._make, zip(months, counts, selected, strict=True))
    return tuple(compress(rows, archive))  # a month of deleted articles alone is not the archive's


def _bits(snapshot: Snapshot) -> dict[str, int]:
    return {name: number for number, name in enumerate(snapshot.facets)}


def _ordinals(snapshot: Snapshot, name: str, values: Iterable[str]) -> list[int]:
    found = (snapshot.facet_ordinal(name, value) for value in values)
    return [ordinal for ordinal in found if ordinal is not None]


class Commonest(NamedTuple):
    """The places of the greatest counts, in order; how many are not zero, and the sum of all."""

    places: list[int]
    above_zero: int
    total: int


def commonest(counts: Counts, size: int) -> Commonest:
    """Return the places of the greatest counts, of equal ones the first place."""
    told = np.empty(2, np.int64)
    places = np.empty(min(size, INSERTED_MOST), np.int64)
    listed = greatest_counts(counts, places, told)
    if size <= INSERTED_MOST:
        return Commonest(places[:listed].tolist(), *told.tolist())
    held = np.flatnonzero(counts)
    order = np.argsort(-counts[held].astype(np.int64), kind="stable")
    return Commonest(held[order[:size]].tolist(), *told.tolist())


def _count(facet: Facet, counts: Counts, choice: FacetChoice, snapshot: Snapshot) -> FacetResult:
    """Return a facet; `counts` has those of its values and, last, of "none"."""
    values, start = snapshot.facet_values, snapshot.facets[facet.name].first
    size = facet.size if choice.size is None else choice.size
    held = _matching(values, start, counts[:-1], choice.match)
    best, value_count, total = commonest(held, 0 if facet.order == "value" else size)
    first = np.flatnonzero(held)[-size:].tolist() if facet.order == "value" else best
    ordinals = _ordinals(snapshot, facet.name, (*choice.include, *choice.exclude))
    chosen = [ordinal - start for ordinal in ordinals]
    shown = list(dict.fromkeys([*first, *chosen]))
    return FacetResult(
        name=facet.name,
        buckets=_buckets(facet, {values[start + p]: int(counts[p]) for p in shown}, choice),
        total=value_count,
        missing=int(counts[-1]),
        missing_selected=choice.without,
        other=total - int(held[shown].sum()),
    )


def _matching(values: Sequence[str], start: int, counts: Counts, match: str) -> Counts:
    """Return the counts of the values from `start` on that contain a text, and 0 for the others."""
    if not match:
        return counts
    wanted = fold(match)
    held = np.zeros_like(counts)
    for place in np.flatnonzero(counts).tolist():
        if wanted in fold(values[start + place]):
            held[place] = counts[place]
    return held


def _buckets(facet: Facet, count_of: dict[str, int], choice: FacetChoice) -> tuple[Bucket, ...]:
    """Return the buckets in order; what was chosen is among them, at 0 if need be."""
    for value in (*choice.include, *choice.exclude):
        count_of.setdefault(value, 0)
    buckets = [
        Bucket(value, count, value in choice.include, value in choice.exclude)
        for value, count in count_of.items()
    ]
    if facet.order == "value":
        return tuple(sorted(buckets, key=lambda bucket: bucket.value, reverse=True))
    return tuple(sorted(buckets, key=lambda b: (not b.selected, -b.count, b.value)))
