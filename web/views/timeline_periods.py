"""Periods of the timeline: centuries, decades, years and months, as ranges of month numbers.

A month's number counts the months from year 0, so that a level is a division.

>>> [period.name for period in periods_between(LEVEL_BY_NAME["decade"], 1965 * 12, 1979 * 12)]
['196X', '197X']
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator
from typing import NamedTuple


class Level(NamedTuple):
    """How long the periods of a chart are, in months; days have none."""

    name: str
    months: int


class Period(NamedTuple):
    """A period with its numbers: its name (EDTF), its days, its hits and all its articles."""

    name: str
    first: dt.date
    last: dt.date
    hit_count: int = 0
    doc_count: int = 0
    selected: bool = False


LEVELS = (Level("month", 1), Level("year", 12), Level("decade", 120), Level("century", 1200))
"""The levels above days, the finest first."""

LEVEL_BY_NAME = {level.name: level for level in LEVELS}
DAY = "day"


def month_number(year: int, month: int) -> int:
    """Return the number of a month."""
    return year * 12 + month - 1


def number_of(month: str) -> int:
    """Return the number of a month YYYY-MM."""
    return month_number(int(month[:4]), int(month[5:]))


def level_of(first: int, last: int, most: int) -> Level:
    """Return the finest level with so many periods at most between two months."""
    fitting = (v for v in LEVELS if last // v.months - first // v.months < most)
    return next(fitting, LEVELS[-1])


def periods_between(level: Level, first: int, last: int) -> Iterator[Period]:
    """Yield the periods of a level from one month to another, without numbers yet."""
    for number in range(first // level.months, last // level.months + 1):
        start = max(number * level.months, month_number(1, 1))
        stop = min((number + 1) * level.months, month_number(dt.MAXYEAR, 12) + 1) - 1
        year, month = stop // 12, stop % 12 + 1
        end = dt.date(year, month, monthrange(year, month)[1])
        yield Period(_name(level, start), dt.date(start // 12, start % 12 + 1, 1), end)


def _name(level: Level, month: int) -> str:
    year = f"{month // 12:04}"
    match level.name:
        case "month":
            return f"{year}-{month % 12 + 1:02}"
        case "year":
            return year
    return f"{year[:3]}X" if level.name == "decade" else f"{year[:2]}XX"
