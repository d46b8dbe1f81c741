"""Date parsing: every usual form of a date to its day in Jakarta, with what is doubtful.

A time with a zone is moved to Jakarta; a time without one is taken as Jakarta's. A date of numbers
alone is read day first, as Indonesia writes it. Where the other order is possible as well, a note
says so:

>>> read_stated_date("Rabu, 28 Agustus 2024 00.30 WIT").date
datetime.date(2024, 8, 27)
>>> read_stated_date("03/04/2024").notes
('The date 03/04/2024 is ambiguous; it was read day first, as 2024-04-03.',)
>>> read_stated_date("03/04/2024", "month")
StatedDate(date=datetime.date(2024, 3, 4), notes=())

A day that does not exist, before 1945 or in the future is no date, and a note says why.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from index.ingest.fields.calendar_names import (
    JAKARTA,
    MONTH_NAMES,
    WEEKDAY_NAMES,
    ZONE_HOURS,
    build_pattern,
    parse_month,
    parse_weekday,
)
from index.ingest.io import DateOrder

FIRST_YEAR = 1945
"""No archive of the republic's press is older. An older date comes from a clock that was never
set."""
DATE_CHARS_MOST = 80
"""Longest text that is read as a date."""
_CENTURY_TURN = 70
"""Years of two digits below this are 20xx, the others 19xx."""
_SHORT_DIGITS = 2
_NOON = 12
_EPOCH = re.compile(
    r"(?:/Date\()?(\d{10})(?:\d{3}){0,3}(?:\.\d{1,9})?(?:(?:[+-]\d{4})?\)/)?", re.ASCII
)
"""Seconds since 1970 or their thousandths, down to nanoseconds, also as
/Date(1709600400000+0700)/; ten digits of seconds reach from 2001 to 2286."""

_SERIAL = re.compile(r"([3-5]\d{4})(?:\.\d{1,15})?", re.ASCII)
"""Days since the end of 1899, as spreadsheets count them; five digits reach from 1982 to 2064."""
_SERIAL_START = dt.date(1899, 12, 30)
_NEVER_SET = dt.date(1970, 1, 1)
"""The day that a clock shows whose count is 0."""

_MONTH = build_pattern(MONTH_NAMES)
_ZONE = build_pattern((tuple(ZONE_HOURS),))
_WEEKDAY_FIRST = rf"(?:(?P<weekday>{build_pattern(WEEKDAY_NAMES)}),? ?)?"
_CLOCK = (
    r"(?:(?:[T ,|–-]{1,4}(?:pukul |jam |at )?|(?P<glued>wib|wita|wit) ?)"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d{1,9})?)?"
    rf"(?: ?(?P<half>am|pm))?(?: ?(?P<zone>{_ZONE}|(?:utc|gmt)?[+-]\d\d?(?::?\d\d)?))?)?"
)
_FORMS = tuple(
    re.compile(pattern + _CLOCK, re.ASCII | re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d\d?)(?P=sep)(?P<day>\d\d?)",
        rf"{_WEEKDAY_FIRST}(?P<left>\d\d?)(?P<sep>[-/.])(?P<right>\d\d?)(?P=sep)(?P<year>\d{{4}})",
        rf"{_WEEKDAY_FIRST}(?P<left>\d\d?)(?P<sep>[-/.])(?P<right>\d\d?)(?P=sep)(?P<year>\d\d)",
        rf"{_WEEKDAY_FIRST}(?P<day>\d\d?)[ -](?P<name>{_MONTH})\.?,?[ -](?P<year>\d{{4}}|\d\d)",
        rf"{_WEEKDAY_FIRST}(?P<name>{_MONTH})\.? (?P<day>\d\d?),? (?P<year>\d{{4}})",
    )
)


_REWRITTEN = tuple(
    (re.compile(pattern, re.ASCII | re.IGNORECASE), template)
    for pattern, template in (
        # Senin,+21+January+2019, as an address has it
        (r"(?<=,)\+(?=\d)", " "),
        (r"(\d)\+([a-z]{3,9})\+(\d{4})", r"\1 \2 \3"),
        # March 5th, 2024; 5th of March 2024
        (r"(?<=\d)(?:st|nd|rd|th)\b(?: of)?", ""),
        # 2026-09-26 13:52:58 || WIB; Rabu , 13 Apr 2022
        (r" ?\|\| ?", " "),
        (r" ,", ","),
        # a weekday with the day in brackets behind it
        (r"^([a-z']{3,9}),? ?\(([^()]{6,40})\)?$", r"\1, \2"),
        # Tue Mar 05 2024 10:00:00 GMT+0700 (Western Indonesia Time)
        (r"((?:gmt|utc)[+-]\d{4}) ?\([^()]{1,60}\)?$", r"\1"),
        # Tue Mar 05 10:00:00 +0000 2024; Tue 5 Mar 10:00:00 WIB 2024
        (
            (
                rf"^[a-z]{{3,9}},? ((?:{_MONTH}) \d\d?|\d\d? (?:{_MONTH})) "
                r"(\d\d?:\d\d(?::\d\d)?) (?:([+-]\d{4}|[a-z]{3,4}) )?(\d{4})$"
            ),
            r"\1 \4 \2 \3",
        ),
        # 05/Mar/2024:10:00:00 +0700, as a server logs it
        (rf"^(\d\d?)/({_MONTH})/(\d{{4}})(?::(?=\d))?", r"\1 \2 \3 "),
        # 20240305, 20240305T100000Z, 20240305100000
        (
            r"^((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?:T?([01]\d|2[0-3])([0-5]\d)([0-5]\d)?(z?))?$",
            r"\1-\2-\3 \4:\5 \7",
        ),
        (r"^(\d{4}-\d\d-\d\d) : $", r"\1"),
        # 2023-11-02T20-59-53Z
        (r"^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)", r"\1T\2:\3:\4"),
        # as Python prints its own dates
        (r"^datetime\.(?:datetime|date)\((\d{4}), (\d\d?), (\d\d?)(?:,.*)?\)?$", r"\1-\2-\3"),
        (r"^timestamp\('([^']{8,40})'(?:,.*)?\)?$", r"\1"),
    )
)
"""Forms that are written as one of `_FORMS` before they are read."""


@dataclass(frozen=True, slots=True)
class StatedDate:
    """The date that a text states.

    Attributes:
        date: the day in Jakarta; None when the text states none that can be believed.
        notes: what is doubtful or impossible, one English sentence each. A text without the form
            of a date has none.
    """

    date: dt.date | None
    notes: tuple[str, ...] = ()


def read_stated_date(text: str, order: DateOrder | None = None) -> StatedDate:
    """Read a text that is a date from beginning to end.

    Args:
        text: the text of a field.
        order: what comes first in a date of numbers alone; None when that is not known.
    """
    text = " ".join(text.split()).strip(" ,;|()[]")
    parsed = _parse(text, order) if len(text) <= DATE_CHARS_MOST else None
    if parsed is None:
        plain = _rewrite(text) if len(text) <= DATE_CHARS_MOST else text
        return StatedDate(None) if plain == text else read_stated_date(plain, order)
    day, notes = parsed
    found = _believed(day, text)
    return StatedDate(found.date, (*notes, *found.notes) if found.date else found.notes)


@lru_cache(maxsize=1024)
def _parse(text: str, order: DateOrder | None) -> tuple[dt.date | None, tuple[str, ...]] | None:
    """Return the day that a text names, and notes; None for a text without the form of a date.

    Articles of one day come together, so the last texts are remembered. What may change from one
    day to the next, whether a day lies in the future, is no part of it.
    """
    if epoch := _EPOCH.fullmatch(text):
        return dt.datetime.fromtimestamp(int(epoch[1]), JAKARTA).date(), ()
    if serial := _SERIAL.fullmatch(text):
        return _SERIAL_START + dt.timedelta(days=int(serial[1])), ()
    match = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    if match is None:
        return None
    day, notes = _numbered_day(match, order) if "left" in match.re.groupindex else _named_day(match)
    return (_moved(day, match) if day else None), notes


def _rewrite(text: str) -> str:
    """Return a date of `_REWRITTEN` in one of the `_FORMS`."""
    for pattern, template in _REWRITTEN:
        text = pattern.sub(template, text)
    return text.strip()


def expand_year(digits: str) -> int:
    """Return the year that two or four digits stand for."""
    year = int(digits)
    if len(digits) > _SHORT_DIGITS:
        return year
    return year + (2000 if year < _CENTURY_TURN else 1900)


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """Return the day, or None if the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def find_doubt(date: dt.date) -> str:
    """Return why no article can be of that day, or "" if one can."""
    if date.year < FIRST_YEAR:
        return f"lies before {FIRST_YEAR}"
    # One more day: clocks elsewhere are ahead, and editors date tomorrow's paper.
    tomorrow = dt.datetime.now(JAKARTA).date() + dt.timedelta(days=1)
    return "lies in the future" if date > tomorrow else ""


def _believed(date: dt.date | None, text: str) -> StatedDate:
    doubt = find_doubt(date) if date else "does not exist"
    if date == _NEVER_SET:
        doubt = "is what a clock shows that was never set"
    if not doubt:
        return StatedDate(date)
    return StatedDate(None, (f"The date {text} {doubt}, and was left out.",))


def _named_day(match: re.Match[str]) -> tuple[dt.date | None, tuple[str, ...]]:
    is_named = "name" in match.re.groupindex
    month = parse_month(match["name"]) if is_named else int(match["month"])
    return make_date(expand_year(match["year"]), month, int(match["day"])), ()


def _numbered_day(
    match: re.Match[str], order: DateOrder | None
) -> tuple[dt.date | None, tuple[str, ...]]:
    """Return the day of a date of three numbers, and a note if its order is not certain."""
    year, left, right = expand_year(match["year"]), int(match["left"]), int(match["right"])
    dates: dict[DateOrder, dt.date | None] = {"day": make_date(year, right, left)}
    if match["sep"] != ".":  # nobody writes the month first with full stops
        dates["month"] = make_date(year, left, right)
    date_by_order = {name: date for name, date in dates.items() if date}
    if match["weekday"] and len(date_by_order) > 1:  # it may decide between the two
        weekday = parse_weekday(match["weekday"])
        agreeing = [date for date in date_by_order.values() if date.isoweekday() == weekday]
        if len(agreeing) == 1:
            return agreeing[0], ()
    date = date_by_order.get(order or "day")
    if date is None:
        return _in_other_order(match.group(), date_by_order)
    if order is not None or len(set(date_by_order.values())) == 1:
        return date, ()
    return date, (f"The date {match.group()} is ambiguous; it was read day first, as {date}.",)


def _in_other_order(
    text: str, date_by_order: dict[DateOrder, dt.date]
) -> tuple[dt.date | None, tuple[str, ...]]:
    for order, date in date_by_order.items():
        return date, (f"The date {text} can only be {order} first; it was read as {date}.",)
    return None, ()


def _moved(day: dt.date, match: re.Match[str]) -> dt.date | None:
    """Return the day in Jakarta at the stated time; the day itself if no time is stated."""
    if match["hour"] is None:
        return day
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % _NOON + (_NOON if match["half"].lower() == "pm" else 0)
    zone = _zone_of(match["zone"] or match["glued"])
    try:
        clock = dt.time(hour, int(match["minute"]), int(match["second"] or 0), tzinfo=zone)
        return dt.datetime.combine(day, clock).astimezone(JAKARTA).date()
    except (ValueError, OverflowError):
        return None


def _zone_of(name: str | None) -> dt.timezone:
    """Return the zone, Jakarta's if none is named."""
    if name is None:
        return JAKARTA
    if name.lower() in ZONE_HOURS:
        return dt.timezone(dt.timedelta(hours=ZONE_HOURS[name.lower()]))
    digits = re.sub(r"\D", "", name)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > _SHORT_DIGITS else (digits, "0")
    # An offset of more than a day means nothing, and dt.timezone raises for it.
    offset = dt.timedelta(hours=min(int(hours), 23), minutes=min(int(minutes), 59))
    return dt.timezone(-offset if "-" in name else offset)
