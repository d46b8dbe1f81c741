"""The picture of articles over time: a bar a month, or a bar a year where months are too many."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.request import CHOICES_MOST
from search.results import MonthCount
from web import formatting
from web.reader import Reader
from web.results_models import BarView, Timeline

MONTHS_MOST = 240
"""Most months drawn, each with its own bar: twenty years, four pixels a bar on wide screens."""

LEAST_HEIGHT = 3
"""Height of the bar of a single article, in hundredths of the picture: it must be seen."""

WIDTH, HEIGHT = 1000, 100


@dataclass(frozen=True, slots=True)
class _Period:
    """A stretch of time with one bar: its months that the archive has, and their hits."""

    name: str
    months: tuple[str, ...]
    count: int
    selected: bool


def timeline(months: Sequence[MonthCount], reader: Reader) -> Timeline:
    """Return the bars of all months from the first to the last, those without hits included."""
    names = list(_months_between(months[0].month, months[-1].month)) if months else []
    by_year = len(names) > MONTHS_MOST
    periods = _years(months) if by_year else _months(months, names)
    most = max((period.count for period in periods), default=0)
    drawing = _Drawing(reader, WIDTH / max(len(periods), 1), most)
    return Timeline(
        bars=tuple(drawing.bar(place, period) for place, period in enumerate(periods)),
        first_label=formatting.month(reader.lang, periods[0].name) if periods else "",
        last_label=formatting.month(reader.lang, periods[-1].name) if periods else "",
        by_year=by_year,
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What all bars share: `width` of each, and the count that is as high as the picture."""

    reader: Reader
    width: float
    most: int

    def bar(self, place: int, period: _Period) -> BarView:
        height = max(LEAST_HEIGHT, HEIGHT * period.count / self.most) if period.count else 0
        articles = formatting.articles(self.reader.lang, period.count)
        name = formatting.month(self.reader.lang, period.name)
        return BarView(
            period=period.name,
            label=self.reader.say("bar", period=name, articles=articles),
            count=period.count,
            left=round(place * self.width, 2),
            width=round(self.width, 2),
            top=round(HEIGHT - height, 2),
            height=round(height, 2),
            selected=period.selected,
            url=_url(period, self.reader),
        )


def _url(period: _Period, reader: Reader) -> str:
    """Return the results of this period alone; of all months again if it is chosen already."""
    if not period.months:  # a year of which the archive has nothing, and so no month to choose
        year = int(period.name)
        return reader.results(from_date=dt.date(year, 1, 1), to_date=dt.date(year, 12, 31))
    months = () if period.selected else period.months[:CHOICES_MOST]
    return reader.choosing("month", include=months, exclude=(), without=False)


def _months(months: Sequence[MonthCount], names: list[str]) -> list[_Period]:
    known = {month.month: month for month in months}
    found = (known.get(name, MonthCount(name, 0)) for name in names)
    return [_Period(m.month, (m.month,), m.count, m.selected) for m in found]


def _years(months: Sequence[MonthCount]) -> list[_Period]:
    years = range(int(months[0].month[:4]), int(months[-1].month[:4]) + 1)
    return [_year(f"{year:04}", months) for year in years]


def _year(year: str, months: Sequence[MonthCount]) -> _Period:
    inside = [month for month in months if month.month[:4] == year]
    selected = bool(inside) and all(month.selected for month in inside)
    return _Period(year, tuple(m.month for m in inside), sum(m.count for m in inside), selected)


def _months_between(first: str, last: str) -> Iterator[str]:
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    stop = int(last[:4]) * 12 + int(last[5:])
    for number in range(start, stop):
        yield f"{number // 12:04}-{number % 12 + 1:02}"
