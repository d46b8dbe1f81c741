"""Dateline dates: the day that an article's opening lines name in prose.

Running text is Indonesian, so the day comes before the month. A day before 1945 or in the future is
not believed.

>>> find_date_line("Pada Selasa (28/8) mereka bertemu, pertama kali sejak Mei 2024.").date
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
    """

    date: dt.date | None
    date_source: DateSource
    notes: tuple[str, ...] = ()


def find_date_line(body: str) -> DateLine | None:
    """Return the first date line in the first lines of a body; None without one.

    A date line without a year gets the first year in which its day is not before the latest month
    or year that the body names as past (see `index.ingest.fields.past_months`).
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
                return DateLine(date, "date_line", _weekday_notes(match, date))
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
            return DateLine(date, "inferred", _weekday_notes(match, date))
    return DateLine(None, "unknown", (f"The date line {shown} fits no year that is believed.",))


def _weekday_notes(match: re.Match[str], date: dt.date) -> tuple[str, ...]:
    stated = match["weekday"] or match.groupdict().get("inner")
    if not stated or parse_weekday(stated) == date.isoweekday():
        return ()
    english = WEEKDAYS_IN_ENGLISH[date.weekday()]
    usual = WEEKDAY_NAMES[date.weekday()][0].capitalize()
    return (f"The page says {stated}, but {date} is a {english} ({usual}).",)


def _month_of(match: re.Match[str]) -> int:
    groups = match.groupdict()
    return int(groups["month"]) if groups.get("month") else parse_month(groups["name"])
