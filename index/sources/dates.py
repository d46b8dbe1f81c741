"""Days out of Indonesian text: stated dates, and the date line of an article.

Every day is a day in Jakarta: an instant with another zone is moved there, one without is taken as
Jakarta time. What cannot be read with certainty is no date.

>>> parse_date("Rabu, 28 Agustus 2024 00.30 WIT")
datetime.date(2024, 8, 27)
>>> parse_date("10/21/2025") is None  # the day stands first; month first is not guessed
True
>>> date_line("Pada Selasa (28/8) mereka bertemu, pertama kali sejak Mei 2024.").date
datetime.date(2024, 8, 28)
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.document import DateSource
from index.sources.calendar_names import (
    JAKARTA,
    MONTH_NAMES,
    WEEKDAY_NAMES,
    WEEKDAYS_IN_ENGLISH,
    ZONE_HOURS,
    month_number,
    pattern_of,
    weekday_number,
)
from index.sources.past_months import latest_past_month

YEARS = (1800, 2100)
"""First and last year that is believed."""
DATE_CHARS_MOST = 80
"""Longest text that is read as a date."""
OPENING_LINES = 3
"""Lines of the body in which a date line is looked for."""
OPENING_CHARS = 3_000
"""The same in characters, for bodies without line breaks."""
LEAP_YEARS_APART = 8
"""Most years from one 29 February to the next."""
_CENTURY_TURN = 70
"""Two-digit years below this are 20xx, the others 19xx."""

_MONTH = pattern_of(MONTH_NAMES)
_WEEKDAY = pattern_of(WEEKDAY_NAMES)
_WEEKDAY_FIRST = rf"(?:(?:{_WEEKDAY}),? ?)?"
_CLOCK = (
    r"(?:[T ,|–-]{1,4}(?:pukul |jam )?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)"
    r"(?:[:.](?P<second>\d\d)(?:[.,]\d{1,9})?)?"
    r"(?: ?(?P<zone>wib|wita|wit|utc|gmt|z|[+-]\d\d:?\d\d|[+-]\d\d))?)?"
)
_STATED = tuple(
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        rf"(?P<year>\d{{4}})([-/])(?P<month>\d\d?)\2(?P<day>\d\d?){_CLOCK}",
        rf"{_WEEKDAY_FIRST}(?P<day>\d\d?)([-/.])(?P<month>\d\d?)\2(?P<year>\d{{4}}){_CLOCK}",
        rf"{_WEEKDAY_FIRST}(?P<day>\d\d?)[ -](?P<name>{_MONTH})\.?[ -](?P<year>\d{{4}}){_CLOCK}",
    )
)
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
        date: the day it names, or None when its year cannot be known.
        date_source: date_line with a year, inferred without one, unknown when there is no `date`.
        notes: what did not fit, one English sentence each.
    """

    date: dt.date | None
    date_source: DateSource
    notes: tuple[str, ...] = ()


def parse_date(text: str) -> dt.date | None:
    """Return the day in Jakarta that the whole text names; None when it is not surely one."""
    text = " ".join(text.split())
    if len(text) > DATE_CHARS_MOST:
        return None
    matches = (pattern.fullmatch(text) for pattern in _STATED)
    match = next((match for match in matches if match), None)
    return _stated_day(match) if match else None


def date_line(body: str) -> DateLine | None:
    """Return the first date line in the opening lines of a body; None when there is none.

    A date line without a year is the first such day not before the latest month, or year, that the
    body names as past (see `index.sources.past_months`).
    """
    opening = "\n".join(body[:OPENING_CHARS].split("\n")[:OPENING_LINES])
    for match in _date_line_matches(opening):
        day = int(match["day"])
        month = _month_of(match)
        if match["year"]:
            date = _believed(_full_year(match["year"]), month, day)
            if date:
                return DateLine(date, "date_line", _weekday_notes(match, date))
        elif _believed(2000, month, day):  # a leap year, so that 29/2 is a day
            return _infer(match, body, month, day)
    return None


def _date_line_matches(opening: str) -> Iterator[re.Match[str]]:
    found = (match for pattern in _DATE_LINES for match in pattern.finditer(opening))
    yield from sorted(found, key=lambda match: match.start())


def _infer(match: re.Match[str], body: str, month: int, day: int) -> DateLine:
    earliest = latest_past_month(body)
    shown = match.group().strip()
    if earliest is None:
        note = f"The date line {shown} has no year, and the text names no past month or year."
        return DateLine(None, "unknown", (note,))
    for year in range(earliest.year, earliest.year + LEAP_YEARS_APART + 2):
        date = _believed(year, month, day)
        if date and date >= earliest:
            return DateLine(date, "inferred", _weekday_notes(match, date))
    return DateLine(None, "unknown", (f"The date line {shown} fits no year that is believed.",))


def _weekday_notes(match: re.Match[str], date: dt.date) -> tuple[str, ...]:
    said = match["weekday"] or match.groupdict().get("inner")
    if not said or weekday_number(said) == date.isoweekday():
        return ()
    english = WEEKDAYS_IN_ENGLISH[date.weekday()]
    usual = WEEKDAY_NAMES[date.weekday()][0].capitalize()
    return (f"The page says {said}, but {date} is a {english} ({usual}).",)


def _stated_day(match: re.Match[str]) -> dt.date | None:
    day = _believed(int(match["year"]), _month_of(match), int(match["day"]))
    if day is None or match["hour"] is None:
        return day
    zone = _zone_of(match["zone"])
    try:
        clock = dt.time(
            int(match["hour"]), int(match["minute"]), int(match["second"] or 0), tzinfo=zone
        )
    except ValueError:
        return None
    moved = dt.datetime.combine(day, clock).astimezone(JAKARTA).date()
    return _believed(moved.year, moved.month, moved.day)


def _zone_of(name: str | None) -> dt.timezone:
    """Return the zone; Jakarta's when none is named."""
    if name is None:
        return JAKARTA
    if name[0] not in "+-":
        return dt.timezone(dt.timedelta(hours=ZONE_HOURS[name.lower()]))
    hours, minutes = int(name[1:3]), int(name[3:].strip(":") or 0)
    # Beyond a day an offset means nothing; dt.timezone would refuse it.
    offset = dt.timedelta(hours=min(hours, 23), minutes=min(minutes, 59))
    return dt.timezone(offset if name[0] == "+" else -offset)


def _month_of(match: re.Match[str]) -> int:
    groups = match.groupdict()
    return int(groups["month"]) if groups.get("month") else month_number(groups["name"])


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004  # digits of a short year, nothing to name
        return year
    return year + (2000 if year < _CENTURY_TURN else 1900)


def _believed(year: int, month: int, day: int) -> dt.date | None:
    if not YEARS[0] <= year <= YEARS[1]:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
