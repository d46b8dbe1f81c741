"""Dateline dates: the day that an article's opening lines name in prose.

Running text is Indonesian, so the day comes before the month. A day before 1945 or in the future is
not believed.

>>> find_date_line("Pada Rabu (28/8) mereka bertemu, pertama kali sejak Mei 2024.").date
datetime.date(2024, 8, 28)
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.document import DateSource
from index.ingest.fields.calendar_names import (
    MONTH_NAMES,
    WEEKDAY_NAMES,
    WEEKDAYS_IN_ENGLISH,
    build_pattern,
    parse_month,
    parse_weekday,
)
from index.ingest.fields.dates import expand_year, find_doubt, make_date
from index.ingest.fields.past_months import find_latest_past_month

OPENING_LINES = 3
"""Lines of the body that are searched for a date line."""
OPENING_CHARS = 3_000
"""Characters of the body that are searched, for bodies without line breaks."""
LEAP_YEARS_APART = 4
"""Most years from one 29 February to the next, since 1945."""
WEEKDAY_YEARS_MOST = 2
"""Years by which a weekday may move an inferred date. What a text names as past is often a plan or
a figure of some other year, and weekdays repeat within five or six years."""

_MONTH = build_pattern(MONTH_NAMES)
_WEEKDAY = build_pattern(WEEKDAY_NAMES)
_NUMBERS = r"(?P<day>\d\d?)/(?P<month>\d\d?)(?:/(?P<year>\d{4}|\d\d))?"
_WORDS = rf"(?P<day>\d\d?) (?P<name>{_MONTH})\.?(?: (?P<year>\d{{4}}))?"
_DATE_LINES = tuple(
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        rf"(?:\b(?P<weekday>{_WEEKDAY}),? ?)?\((?:(?P<inner>{_WEEKDAY}),? )?(?:{_NUMBERS})\)",
        rf"(?:\b(?P<weekday>{_WEEKDAY}),? ?)?\((?:(?P<inner>{_WEEKDAY}),? )?(?:{_WORDS})\)",
        rf"\b(?P<weekday>{_WEEKDAY}),? (?:{_WORDS})\b",
        rf"\b(?P<weekday>{_WEEKDAY}),? (?:{_NUMBERS})\b",
    )
)


@dataclass(frozen=True, slots=True)
class DateLine:
    """The date line of a text.

    Attributes:
        date: the day it names; None when its year cannot be known.
        date_source: date_line if it has a year, inferred if not, unknown without a `date`.
        notes: what is doubtful, one English sentence each.
        is_doubtful: whether the line names a weekday that the date is not.
    """

    date: dt.date | None
    date_source: DateSource
    notes: tuple[str, ...] = ()
    is_doubtful: bool = False


def find_date_line(body: str) -> DateLine | None:
    """Return the first date line in the first lines of a body; None without one.

    A date line without a year gets the first year in which its day is not before the latest month
    or year that the body names as past (see `index.ingest.fields.past_months`). If the line names
    another weekday, it gets the nearest year with that weekday, at most two years away; without
    one, the date is doubtful.
    """
    opening = "\n".join(body[:OPENING_CHARS].split("\n")[:OPENING_LINES])
    doubtful: DateLine | None = None
    for match in _date_line_matches(opening):
        day = int(match["day"])
        month = _month_of(match)
        if match["year"]:
            date = make_date(expand_year(match["year"]), month, day)
            doubt = find_doubt(date) if date else ""
            if date and not doubt:
                return _with_weekday(match, date, "date_line")
            doubtful = doubtful or _without_date(match, doubt)
        elif make_date(2000, month, day):  # a leap year, so that 29/2 is a day
            return _infer(match, body, month, day)
    return doubtful


def _without_date(match: re.Match[str], doubt: str) -> DateLine:
    note = f"The date line {match.group().strip()} {doubt or 'does not exist'}, and was left out."
    return DateLine(None, "unknown", (note,))


def _date_line_matches(opening: str) -> Iterator[re.Match[str]]:
    found = (match for pattern in _DATE_LINES for match in pattern.finditer(opening))
    yield from sorted(found, key=lambda match: match.start())


def _infer(match: re.Match[str], body: str, month: int, day: int) -> DateLine:
    earliest = find_latest_past_month(body)
    shown = match.group().strip()
    if earliest is None:
        note = f"The date line {shown} has no year, and the text names no past month or year."
        return DateLine(None, "unknown", (note,))
    for year in range(earliest.year, earliest.year + LEAP_YEARS_APART + 2):
        date = make_date(year, month, day)
        if date and date >= earliest and not find_doubt(date):
            return _with_weekday(match, _nearest_agreeing(match, date) or date, "inferred")
    return DateLine(None, "unknown", (f"The date line {shown} fits no year that is believed.",))


def _nearest_agreeing(match: re.Match[str], date: dt.date) -> dt.date | None:
    """Return the date in the nearest year in which it has the stated weekday; None without one."""
    nearest = sorted(range(-WEEKDAY_YEARS_MOST, WEEKDAY_YEARS_MOST + 1), key=abs)
    dates = (make_date(date.year + years, date.month, date.day) for years in nearest)
    agreeing = (each for each in dates if each and not _disagreeing_weekday(match, each))
    return next((each for each in agreeing if not find_doubt(each)), None)


def _with_weekday(match: re.Match[str], date: dt.date, date_source: DateSource) -> DateLine:
    """Return a date line, doubtful if it names another weekday."""
    stated = _disagreeing_weekday(match, date)
    if not stated:
        return DateLine(date, date_source)
    english = WEEKDAYS_IN_ENGLISH[date.weekday()]
    usual = WEEKDAY_NAMES[date.weekday()][0].capitalize()
    note = f"The page says {stated}, but {date} is a {english} ({usual})."
    return DateLine(date, date_source, (note,), is_doubtful=True)


def _disagreeing_weekday(match: re.Match[str], date: dt.date) -> str:
    """Return the weekday that a date line names, "" if it names none or that of the date."""
    stated = match["weekday"] or match.groupdict().get("inner") or ""
    return stated if stated and parse_weekday(stated) != date.isoweekday() else ""


def _month_of(match: re.Match[str]) -> int:
    groups = match.groupdict()
    return int(groups["month"]) if groups.get("month") else parse_month(groups["name"])
