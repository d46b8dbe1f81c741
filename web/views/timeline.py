"""The picture of articles over time: a bar a month, or a bar a year where months are too many."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from search.request import CHOICES_MOST
from search.results import MonthCount
from web.language import formatting
from web.urls.addresses import quoted
from web.urls.link_variations import Place, Variations
from web.urls.url_state import PageState
from web.views.context import Reader
from web.views.results_models import BarView, Timeline

MONTHS_MOST = 240
"""Most months drawn, each with its own bar: twenty years, four pixels a bar on wide screens."""

LEAST_SHARE = 0.03
"""Height of the bar of a single article, as a share of the picture's: it must be seen."""


class _Periods(NamedTuple):
    """Stretches of time, each with one bar, oldest first, column by column: there are hundreds."""

    names: Sequence[str]
    hit_counts: Sequence[int]
    selected: Sequence[bool]
    urls: Sequence[str]


def timeline(months: Sequence[MonthCount], reader: Reader) -> Timeline:
    """Return the bars of all months from the first to the last, those without hits included."""
    names = _months_between(months[0].month, months[-1].month) if months else ()
    by_year = len(names) > MONTHS_MOST
    periods = _years(months, reader) if by_year else _months(months, names, reader)
    most = max(periods.hit_counts, default=0)
    return Timeline(
        bars=_bars(periods, most, reader),
        first_label=formatting.month(reader.lang, periods.names[0]) if months else "",
        last_label=formatting.month(reader.lang, periods.names[-1]) if months else "",
        width=len(periods.names),
        height=most,
        by_year=by_year,
    )


def _bars(periods: _Periods, most: int, reader: Reader) -> tuple[BarView, ...]:
    names, hit_counts, selected, urls = periods
    least = round(LEAST_SHARE * most, 2)
    heights = [max(least, count) if count else 0 for count in hit_counts]
    tops = [most - height for height in heights]
    places = range(len(names))
    labels = _labels(periods, reader)
    columns = (names, labels, hit_counts, places, tops, heights, selected, urls)
    return tuple(map(BarView._make, zip(*columns, strict=True)))


def _labels(periods: _Periods, reader: Reader) -> list[str]:
    lang, label = reader.lang, reader.say("bar", period="{}", articles="{}").format
    counts = map(formatting.articles, repeat(lang), periods.hit_counts)
    return list(map(label, map(formatting.month, repeat(lang), periods.names), counts))


def _months(months: Sequence[MonthCount], names: Sequence[str], reader: Reader) -> _Periods:
    found = months
    if len(months) < len(names):
        known = {month.month: month for month in months}
        found = [known.get(name) or MonthCount(name, 0) for name in names]
    addresses = _month_addresses(reader)
    before, after = addresses.adding("month", (), ())
    all_months = addresses.address((), ())
    return _Periods(
        names,
        [month.hit_count for month in found],
        [month.selected for month in found],
        [
            all_months if month.selected else f"{before}{quoted(month.month)}{after}"
            for month in found
        ],
    )


def _years(months: Sequence[MonthCount], reader: Reader) -> _Periods:
    addresses = _month_addresses(reader)
    inside: dict[str, list[MonthCount]] = {
        f"{year:04}": [] for year in range(int(months[0].month[:4]), int(months[-1].month[:4]) + 1)
    }
    for month in months:
        inside[month.month[:4]].append(month)
    return _Periods(
        list(inside),
        [sum(month.hit_count for month in own) for own in inside.values()],
        [bool(own) and all(month.selected for month in own) for own in inside.values()],
        [_year_url(year, own, addresses, reader) for year, own in inside.items()],
    )


def _year_url(year: str, own: Sequence[MonthCount], addresses: Place, reader: Reader) -> str:
    """Return the results of a year alone; of all months again if it is chosen already."""
    if not own:  # the archive has nothing of it, and so no month to choose
        first, last = dt.date(int(year), 1, 1), dt.date(int(year), 12, 31)
        return reader.results(from_date=first, to_date=last)
    if all(month.selected for month in own):
        return addresses.address((), ())
    return addresses.address([month.month for month in own[:CHOICES_MOST]], ())


def _month_addresses(reader: Reader) -> Place:
    """Return the addresses of months alone: "without a month" is no longer chosen in them."""
    choice = replace(reader.request.choice("month"), without=False)
    state = PageState(reader.request.with_choice("month", choice), reader.lang)
    return Variations(reader.addresses, state).at("month", "not_month")


@lru_cache(maxsize=8)
def _months_between(first: str, last: str) -> tuple[str, ...]:
    """Return all months of a stretch of time: an archive's is the same at every request."""
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    stop = int(last[:4]) * 12 + int(last[5:])
    return tuple(f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, stop))
