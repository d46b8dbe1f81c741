"""Make the timeline: a bar chart of articles by month, or by year where months are too many."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from search import CHOICES_MOST, MonthCount
from web.language import format_articles, format_month
from web.urls import LinkVariations, Slot
from web.views.context import RequestContext
from web.views.results_models import BarView, Timeline

MONTHS_MOST = 240
"""Most months that get a bar each: twenty years, at four pixels a bar on wide screens."""

LEAST_SHARE = 0.03
"""Height of the bar of a single article, as a share of the chart's height, so that it is seen."""


class _Periods(NamedTuple):
    """The months or years of the chart, oldest first, stored by column: there are hundreds."""

    names: Sequence[str]
    hit_counts: Sequence[int]
    selected: Sequence[bool]
    urls: Sequence[str]


def make_timeline(months: Sequence[MonthCount], context: RequestContext) -> Timeline:
    """Return the bars from the first month to the last, those without hits included."""
    names = _months_between(months[0].month, months[-1].month) if months else ()
    by_year = len(names) > MONTHS_MOST
    periods = _years(months, context) if by_year else _months(months, names, context)
    most = max(periods.hit_counts, default=0)
    return Timeline(
        bars=_bars(periods, most, context),
        first_label=format_month(context.lang, periods.names[0]) if months else "",
        last_label=format_month(context.lang, periods.names[-1]) if months else "",
        width=len(periods.names),
        height=most,
        by_year=by_year,
    )


def _bars(periods: _Periods, most: int, context: RequestContext) -> tuple[BarView, ...]:
    names, hit_counts, selected, urls = periods
    least = round(LEAST_SHARE * most, 2)
    heights = [max(least, count) if count else 0 for count in hit_counts]
    tops = [most - height for height in heights]
    lefts = range(len(names))
    labels = _labels(periods, context)
    columns = (names, labels, hit_counts, lefts, tops, heights, selected, urls)
    return tuple(map(BarView._make, zip(*columns, strict=True)))


def _labels(periods: _Periods, context: RequestContext) -> list[str]:
    lang, label = context.lang, context.say("bar", period="{}", articles="{}").format
    counts = map(format_articles, repeat(lang), periods.hit_counts)
    return list(map(label, map(format_month, repeat(lang), periods.names), counts))


def _months(
    months: Sequence[MonthCount], names: Sequence[str], context: RequestContext
) -> _Periods:
    shown = months
    if len(months) < len(names):
        count_by_month = {month.month: month for month in months}
        shown = [count_by_month.get(name) or MonthCount(name, 0) for name in names]
    slot = _month_slot(context)
    all_months, urls = slot.address((), ()), slot.adding("month", (), ()).to_each(names)
    return _Periods(
        names,
        [month.hit_count for month in shown],
        [month.selected for month in shown],
        [all_months if month.selected else url for month, url in zip(shown, urls, strict=True)],
    )


def _years(months: Sequence[MonthCount], context: RequestContext) -> _Periods:
    slot = _month_slot(context)
    months_by_year: dict[str, list[MonthCount]] = {
        f"{year:04}": [] for year in range(int(months[0].month[:4]), int(months[-1].month[:4]) + 1)
    }
    for month in months:
        months_by_year[month.month[:4]].append(month)
    return _Periods(
        list(months_by_year),
        [sum(month.hit_count for month in own) for own in months_by_year.values()],
        [bool(own) and all(month.selected for month in own) for own in months_by_year.values()],
        [_year_url(year, own, slot, context) for year, own in months_by_year.items()],
    )


def _year_url(year: str, own: Sequence[MonthCount], slot: Slot, context: RequestContext) -> str:
    """Return the results of a year alone, or of all months again if the year is chosen already."""
    if not own:  # no month of the year has an article, so there is no month to choose
        first, last = dt.date(int(year), 1, 1), dt.date(int(year), 12, 31)
        return context.url_with(from_date=first, to_date=last)
    if all(month.selected for month in own):
        return slot.address((), ())
    return slot.address([month.month for month in own[:CHOICES_MOST]], ())


def _month_slot(context: RequestContext) -> Slot:
    """Return the slot of the month in a URL in which "without a month" is not chosen."""
    choice = replace(context.request.choice("month"), without=False)
    request = context.request.with_choice("month", choice)
    state = replace(context.state, request=request)
    return LinkVariations(context.addresses, state).at("month", "not_month")


@lru_cache(maxsize=8)
def _months_between(first: str, last: str) -> tuple[str, ...]:
    """Return all months from the first to the last; an archive's are the same at each request."""
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    stop = int(last[:4]) * 12 + int(last[5:])
    return tuple(f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, stop))
