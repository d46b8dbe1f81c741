"""The axis of the timeline: which months or days are drawn, and with which numbers.

What is drawn is what was asked for: all time, or the span of the dates. An article with a wrong
year would stretch all time over centuries of nothing, so a few articles far from all others are
cut off and told.
"""

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from search import DayCount, MonthCount, SearchRequest
from web.views.timeline_periods import (
    LEVEL_BY_NAME,
    Level,
    Period,
    month_number,
    number_of,
    periods_between,
)

OUTLIERS_MOST = 0.02
"""Largest share of all articles, and of the hits, that is cut off at both ends together."""
CUT_LEAST, CUT_SHARE = 60, 1 / 3
"""Fewest months, and the least share of all time, that are worth cutting off at one end: an axis
of few years has room for all, and the newest month has few articles while it lasts."""


class Axis(NamedTuple):
    """The first and the last month that are drawn, by number, and the hits cut off at the ends.

    Attributes:
        before, after: hits and articles of the months that are cut off.
    """

    first: int
    last: int
    before: tuple[MonthCount, ...] = ()
    after: tuple[MonthCount, ...] = ()


def axis_of(months: Sequence[MonthCount], request: SearchRequest) -> Axis | None:
    """Return the months to draw; None where the archive has nothing in the span."""
    start, stop = request.from_date, request.to_date
    if not (start or stop):
        return _without_outliers(months)
    if not months:
        return None
    first, last = number_of(months[0].month), number_of(months[-1].month)
    if start and stop and start.year == stop.year and last // 12 >= start.year >= first // 12:
        return Axis(month_number(start.year, start.month), month_number(stop.year, stop.month))
    if start:
        first = max(first, month_number(start.year, start.month))
    if stop:
        last = min(last, month_number(stop.year, stop.month))
    return Axis(first, last) if first <= last else None


def periods_of(
    months: Sequence[MonthCount], axis: Axis, level: Level, request: SearchRequest
) -> list[Period]:
    """Return the periods of a level on an axis, with their numbers."""
    hits: Counter[int] = Counter()
    docs: Counter[int] = Counter()
    chosen: dict[int, bool] = {}
    for month in months:
        number = number_of(month.month)
        if axis.first <= number <= axis.last:
            key = number // level.months
            hits[key] += month.hit_count
            docs[key] += month.doc_count
            chosen[key] = chosen.get(key, True) and month.selected
    keys = range(axis.first // level.months, axis.last // level.months + 1)
    periods = periods_between(level, axis.first, axis.last)
    return [
        period._replace(
            first=max(period.first, request.from_date or dt.date.min),
            last=min(period.last, request.to_date or dt.date.max),
            hit_count=hits[key],
            doc_count=docs[key],
            selected=chosen.get(key, False),
        )
        for key, period in zip(keys, periods, strict=True)
    ]


def day_periods(days: Sequence[DayCount], request: SearchRequest) -> list[Period]:
    """Return the days of a window; those of the span are chosen if the window has others."""
    start, stop = request.from_date, request.to_date
    is_wider = bool(days) and (days[0].day, days[-1].day) != (start, stop)
    return [
        Period(
            day.isoformat(),
            *(day, day, hit_count, doc_count),
            selected=bool(is_wider and start and stop and start <= day <= stop),
        )
        for day, hit_count, doc_count in days
    ]


def months_as_periods(months: Sequence[MonthCount]) -> list[Period]:
    """Return months as periods, whatever lies between them."""
    numbers = (number_of(month.month) for month in months)
    found = (next(periods_between(LEVEL_BY_NAME["month"], n, n)) for n in numbers)
    return [
        period._replace(hit_count=month.hit_count, doc_count=month.doc_count)
        for period, month in zip(found, months, strict=True)
    ]


def _without_outliers(months: Sequence[MonthCount]) -> Axis | None:
    """Return all time, without few articles that would fill much of the axis with nothing."""
    if not months:
        return None
    numbers = [number_of(month.month) for month in months]
    least = max(CUT_LEAST, (numbers[-1] - numbers[0] + 1) * CUT_SHARE)
    low, high = _core(months)
    low = low if numbers[low] - numbers[0] >= least else 0
    high = high if numbers[-1] - numbers[high - 1] >= least else len(months)
    before, after = tuple(months[:low]), tuple(months[high:])
    hits_out = sum(month.hit_count for month in (*before, *after))
    if hits_out > OUTLIERS_MOST * sum(month.hit_count for month in months):
        return Axis(numbers[0], numbers[-1])
    return Axis(numbers[low], numbers[high - 1], before, after)


def _core(months: Sequence[MonthCount]) -> tuple[int, int]:
    """Return where the months begin and end that hold nearly all articles, whole years first."""
    least = OUTLIERS_MOST / 2 * sum(month.doc_count for month in months)
    low = bisect_right(list(accumulate(month.doc_count for month in months)), least)
    rest = bisect_right(list(accumulate(month.doc_count for month in reversed(months))), least)
    year = months[min(low, len(months) - 1)].month[:4]
    low = next(place for place, month in enumerate(months) if month.month[:4] == year)
    return low, max(low + 1, len(months) - rest)
