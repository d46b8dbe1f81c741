"""The picture of articles over time: a bar a month, or a bar a year where months are too many."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from search.request import CHOICES_MOST
from search.results import MonthCount
from web import formatting
from web.reader import Reader
from web.results_models import BarView, Timeline
from web.url_state import PageState
from web.variations import Place, Variations

MONTHS_MOST = 240
"""Most months drawn, each with its own bar: twenty years, four pixels a bar on wide screens."""

LEAST_SHARE = 0.03
"""Height of the bar of a single article, as a share of the picture's: it must be seen."""


class _Period(NamedTuple):
    """A stretch of time with one bar: its months that the archive has, and their hits."""

    name: str
    months: tuple[str, ...]
    hit_count: int
    selected: bool


def timeline(months: Sequence[MonthCount], reader: Reader) -> Timeline:
    """Return the bars of all months from the first to the last, those without hits included."""
    names = _months_between(months[0].month, months[-1].month) if months else ()
    by_year = len(names) > MONTHS_MOST
    periods = _years(months) if by_year else _months(months, names)
    most = max((period.hit_count for period in periods), default=0)
    return Timeline(
        bars=tuple(_bars(periods, most, reader)),
        first_label=formatting.month(reader.lang, periods[0].name) if periods else "",
        last_label=formatting.month(reader.lang, periods[-1].name) if periods else "",
        width=len(periods),
        height=most,
        by_year=by_year,
    )


def _bars(periods: Sequence[_Period], most: int, reader: Reader) -> Iterator[BarView]:
    lang, least = reader.lang, round(LEAST_SHARE * most, 2)
    label = reader.say("bar", period="{}", articles="{}")
    addresses = _month_addresses(reader)
    for place, period in enumerate(periods):
        hit_count = period.hit_count
        height = max(least, hit_count) if hit_count else 0
        yield BarView(
            period.name,
            label.format(formatting.month(lang, period.name), formatting.articles(lang, hit_count)),
            hit_count,
            place,
            most - height,
            height,
            period.selected,
            _url(period, reader, addresses),
        )


def _url(period: _Period, reader: Reader, addresses: Place) -> str:
    """Return the results of this period alone; of all months again if it is chosen already."""
    if not period.months:  # a year of which the archive has nothing, and so no month to choose
        year = int(period.name)
        return reader.results(from_date=dt.date(year, 1, 1), to_date=dt.date(year, 12, 31))
    months = () if period.selected else period.months[:CHOICES_MOST]
    return addresses.address(months, ())


def _month_addresses(reader: Reader) -> Place:
    """Return the addresses of months alone: "without a month" is no longer chosen in them."""
    choice = replace(reader.request.choice("month"), without=False)
    state = PageState(reader.request.with_choice("month", choice), reader.lang)
    return Variations(reader.addresses, state).at("month", "not_month")


def _months(months: Sequence[MonthCount], names: Sequence[str]) -> list[_Period]:
    found = months
    if len(months) < len(names):
        known = {month.month: month for month in months}
        found = [known.get(name) or MonthCount(name, 0) for name in names]
    return [_Period(month, (month,), count, selected) for month, count, selected in found]


def _years(months: Sequence[MonthCount]) -> list[_Period]:
    years = range(int(months[0].month[:4]), int(months[-1].month[:4]) + 1)
    return [_year(f"{year:04}", months) for year in years]


def _year(year: str, months: Sequence[MonthCount]) -> _Period:
    inside = [month for month in months if month.month[:4] == year]
    selected = bool(inside) and all(month.selected for month in inside)
    return _Period(year, tuple(m.month for m in inside), sum(m.hit_count for m in inside), selected)


@lru_cache(maxsize=8)
def _months_between(first: str, last: str) -> tuple[str, ...]:
    """Return all months of a stretch of time: an archive's is the same at every request."""
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    stop = int(last[:4]) * 12 + int(last[5:])
    return tuple(f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, stop))
