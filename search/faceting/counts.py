"""Facet counts: from the filters of a request to ordinals, and from counts to the facets shown.

The counts of a facet are taken over the documents that the query matches and that pass every filter
but the facet's own. So choosing a value never hides its siblings, and the count of a value is what
choosing it alone would give. The kernels count all of that in one pass; here is what they take, and
what their numbers mean.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import NamedTuple

import numpy as np

from index.analysis import fold
from index.arrays import Uint32Array
from index.schema import day_number
from search.faceting.ordinals import FacetTable
from search.facets import FACETS, Facet
from search.kernels.facet_counts import greatest_counts
from search.request import DATES, FacetChoice, Filters, SearchRequest
from search.results import Bucket, DayCount, FacetResult, MonthCount

NUMBER_BIT = 7
"""The bit of the filter by days; the facets have those below it."""

BEGINS = "^"
"""Before a text to search inside a facet: values that begin with it, not all that contain it."""
NO_LETTER = "#"
"""Behind that sign: values that begin with no letter."""

INSERTED_MOST = 50
"""Values that are found by insertion; sorting all is quicker for more."""

_UNCHECKED_VALUES = 1_000
"""Values that are compared with a text, in some milliseconds, before time is looked at again."""


class MatchCounts(NamedTuple):
    """The counts of matches.

    Attributes:
        facets: by ordinal, the documents that match and pass every filter but the facet's own.
        days: by day (YYYYMMDD) of `Filters.day_window`, those that pass all but the dates' own.
    """

    facets: Uint32Array
    days: Mapping[int, int] = {}


_FIRST_DAY, _LAST_DAY = 1, 2**31 - 1
"""Ends of an open range of days; a document without a date is in none."""


@dataclass(frozen=True, slots=True)
class OrdinalFilters:
    """The filters of a request in the ordinals of a facet table; each filter is a bit.

    Attributes:
        allow: by bit of the facet, the values of which a document must have one.
        deny: by bit of the facet, the values of which it must have none.
        number: the field, the least and the greatest number; None for no such filter.
        names: by bit, the name of the filter.
        days: the first and the last day (YYYYMMDD) that are counted one by one, if any are.
    """

    allow: Mapping[int, Sequence[int]] = field(default_factory=dict)
    deny: Mapping[int, Sequence[int]] = field(default_factory=dict)
    number: tuple[str, int, int] | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    days: tuple[int, int] | None = None

    def __bool__(self) -> bool:
        return bool(self.bits)

    @property
    def bits(self) -> list[int]:
        """The bits of the filters that are set: one for all choices of a facet."""
        number = [NUMBER_BIT] if self.number else []
        return sorted({*self.allow, *self.deny, *number})


def to_ordinals(filters: Filters, table: FacetTable) -> OrdinalFilters:
    """Translate filters from values to the facet ordinals of a table."""
    bits = {name: number for number, name in enumerate(table.ranges)}
    allow, deny = {}, {}
    for name, choice in filters.choices:
        if choice.include or choice.without:
            none = [table.ranges[name].none] if choice.without else []
            allow[bits[name]] = [*_ordinals(table, name, choice.include), *none]
        if choice.exclude:
            deny[bits[name]] = _ordinals(table, name, choice.exclude)
    names = {NUMBER_BIT: DATES, **{bit: name for name, bit in bits.items()}}
    window = filters.day_window
    days = (day_number(window[0]), day_number(window[1])) if window else None
    return OrdinalFilters(allow, deny, _day_range(filters), names, days)


def to_facet_results(
    table: FacetTable,
    request: SearchRequest,
    counts: Uint32Array,
    check: Callable[[], None] = lambda: None,
) -> tuple[FacetResult, ...]:
    """Return every facet that the archive has values enough for, or that is chosen.

    Args:
        table: the values.
        request: what was chosen, and how many buckets to show.
        counts: by ordinal, the documents that match and pass every filter but the facet's own.
        check: called between the steps; what it raises ends the work.
    """
    shown = []
    for facet in FACETS:
        check()
        own, choice = table.ranges[facet.name], request.choice(facet.name)
        value_count = np.count_nonzero(table.totals[own.first : own.none])
        if value_count >= facet.fewest or choice.restricts:
            shown.append(_count(facet, counts[own.first : own.none + 1], choice, table, check))
    return tuple(shown)


def to_month_counts(
    table: FacetTable, request: SearchRequest, counts: Uint32Array
) -> tuple[MonthCount, ...]:
    """Return the matches of every month of the archive, the oldest first, zeros included.

    Args: as in `to_facet_results`.
    """
    own = table.ranges["month"]
    values = slice(own.first, own.none)
    months, chosen = table.values[values], set(request.choice("month").include)
    selected = [month in chosen for month in months]
    totals = table.totals[values].tolist()
    columns = (months, counts[values].tolist(), selected, totals)
    # A month that only deleted documents have is not a month of the archive.
    return tuple(compress(map(MonthCount._make, zip(*columns, strict=True)), totals))


def to_day_counts(
    filters: Filters, found: Mapping[int, int], archive: Mapping[int, int]
) -> tuple[DayCount, ...]:
    """Return the matches of every day of the window of a request, zeros included.

    Args:
        filters: of the request.
        found: by day (YYYYMMDD), the matches.
        archive: by day, all candidates.
    """
    first, last = filters.day_window or (dt.date.max, dt.date.min)
    days = map(dt.date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
    numbered = ((day, day_number(day)) for day in days)
    return tuple(DayCount(day, found.get(n, 0), archive.get(n, 0)) for day, n in numbered)


def _day_range(filters: Filters) -> tuple[str, int, int] | None:
    if not (filters.from_date or filters.to_date):
        return None
    low = day_number(filters.from_date) if filters.from_date else _FIRST_DAY
    high = day_number(filters.to_date) if filters.to_date else _LAST_DAY
    return "date", low, high


def _ordinals(table: FacetTable, name: str, values: Iterable[str]) -> list[int]:
    found = (table.ordinal(name, value) for value in values)
    return [ordinal for ordinal in found if ordinal is not None]


class CommonestValues(NamedTuple):
    """The greatest counts of a facet.

    Attributes:
        offsets: where they stand among the counts, the greatest first.
        above_zero: how many counts are not zero.
        total: the sum of all counts.
    """

    offsets: list[int]
    above_zero: int
    total: int


def commonest_values(counts: Uint32Array, size: int) -> CommonestValues:
    """Return the top k of the counts; of equal ones the first."""
    sums = np.empty(2, np.int64)
    offsets = np.empty(min(size, INSERTED_MOST), np.int64)
    listed = greatest_counts(counts, offsets, sums)
    if size <= INSERTED_MOST:
        return CommonestValues(offsets[:listed].tolist(), *sums.tolist())
    above_zero = np.flatnonzero(counts)
    order = np.argsort(-counts[above_zero].astype(np.int64), kind="stable")
    return CommonestValues(above_zero[order[:size]].tolist(), *sums.tolist())


def _count(
    facet: Facet,
    counts: Uint32Array,
    choice: FacetChoice,
    table: FacetTable,
    check: Callable[[], None],
) -> FacetResult:
    """Make the result of a facet; `counts` has those of its values and, last, of "no value"."""
    start = table.ranges[facet.name].first
    size = facet.size if choice.size is None else choice.size
    matching = _matching(table.values, start, counts[:-1], choice.match, check)
    best, value_count, total = commonest_values(matching, 0 if facet.order == "value" else size)
    first = np.flatnonzero(matching)[-size:].tolist() if facet.order == "value" else best
    if choice.match and size:
        first = _equal_first(table.values, start, matching, choice.match, first)[:size]
    ordinals = _ordinals(table, facet.name, (*choice.include, *choice.exclude))
    shown = list(dict.fromkeys([*first, *(ordinal - start for ordinal in ordinals)]))
    return FacetResult(
        name=facet.name,
        buckets=_buckets(facet, {table.values[start + n]: int(counts[n]) for n in shown}, choice),
        total=value_count,
        missing=int(counts[-1]),
        missing_selected=choice.without,
        other=total - int(matching[shown].sum()),
    )


def _matching(
    values: Sequence[str], start: int, counts: Uint32Array, match: str, check: Callable[[], None]
) -> Uint32Array:
    """Return the counts of the values from `start` on that match a text, and 0 for the others."""
    if not match:
        return counts
    is_match = _matcher(match)
    matching = np.zeros_like(counts)
    for number in np.flatnonzero(counts).tolist():
        if not number % _UNCHECKED_VALUES:
            check()
        if is_match(fold(values[start + number])):
            matching[number] = counts[number]
    return matching


def _matcher(match: str) -> Callable[[str], bool]:
    """Return whether a folded value contains a text, or begins with what follows `BEGINS`.

    `BEGINS` and `NO_LETTER` ask for values that begin with no letter.
    """
    text = fold(match.removeprefix(BEGINS))
    if match == BEGINS + NO_LETTER:
        return lambda value: not value[:1].isalpha()
    if match.startswith(BEGINS):
        return lambda value: value.startswith(text)
    return lambda value: text in value


def _equal_first(
    values: Sequence[str], start: int, matching: Uint32Array, match: str, first: Sequence[int]
) -> list[int]:
    """Return the shown values, before them what equals the text: the tag AI among many in -ai."""
    text = fold(match)
    equal = (n for n in np.flatnonzero(matching).tolist() if fold(values[start + n]) == text)
    return list(dict.fromkeys((*equal, *first)))


def _buckets(
    facet: Facet, count_by_value: Mapping[str, int], choice: FacetChoice
) -> tuple[Bucket, ...]:
    """Return the buckets in order; chosen and excluded values are among them, at 0 if need be."""
    chosen = dict.fromkeys((*choice.include, *choice.exclude), 0)
    buckets = [
        Bucket(value, count, value in choice.include, value in choice.exclude)
        for value, count in {**chosen, **count_by_value}.items()
    ]
    if facet.order == "value":
        return tuple(sorted(buckets, key=lambda bucket: bucket.value, reverse=True))
    text = fold(choice.match)
    return tuple(
        sorted(buckets, key=lambda b: (not b.selected, fold(b.value) != text, -b.count, b.value))
    )
