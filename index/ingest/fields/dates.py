"""Date parsing: every usual form of a date to its day in Jakarta, with what is doubtful.

An instant with a zone is moved to Jakarta; one without is taken as Jakarta time. Numbers alone are
read day first, as Indonesia writes them, and a note says so where the other order is possible too:

>>> read_stated_date("Rabu, 28 Agustus 2024 00.30 WIT").date
datetime.date(2024, 8, 27)
>>> read_stated_date("03/04/2024").notes
('The date 03/04/2024 is ambiguous; it was read day first, as 2024-04-03.',)
>>> read_stated_date("03/04/2024", "month")
StatedDate(date=datetime.date(2024, 3, 4), notes=())

What is impossible, before 1945 or in the future is no date, and a note says why.
"""

import datetime as dt
import re
from dataclasses import dataclass

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
"""No archive of the republic's press is older; what is, is a clock that was never set."""
DATE_CHARS_MOST = 80
"""Longest text that is read as a date."""
_CENTURY_TURN = 70
"""Two-digit years below this are 20xx, the others 19xx."""
_SHORT_DIGITS = 2
_NOON = 12
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d{1,9})?", re.ASCII)
"""Seconds since 1970, or thousandths of them; ten digits reach from 2001 to 2286."""

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
        rf"{_WEEKDAY_FIRST}(?P<left>\d\d?)(?P<sep>/)(?P<right>\d\d?)/(?P<year>\d\d)",
        rf"{_WEEKDAY_FIRST}(?P<day>\d\d?)[ -](?P<name>{_MONTH})\.?,?[ -](?P<year>\d{{4}}|\d\d)",
        rf"{_WEEKDAY_FIRST}(?P<name>{_MONTH})\.? (?P<day>\d\d?),? (?P<year>\d{{4}})",
    )
)


@dataclass(frozen=True, slots=True)
class StatedDate:
    """What a field says of the day.

    Attributes:
        date: the day in Jakarta; None when the text is surely none.
        notes: what was doubtful or impossible, one English sentence each; a text that has not even
            the form of a date has none.
    """

    date: dt.date | None
    notes: tuple[str, ...] = ()


def read_stated_date(text: str, order: DateOrder | None = None) -> StatedDate:
    """Read a text that is a date as a whole.

    Args:
        text: the field.
        order: what stands first in dates of numbers alone; None when nobody has said so.
    """
    text = " ".join(text.split()).strip(" ,;|()[]")
    if len(text) > DATE_CHARS_MOST:
        return StatedDate(None)
    if epoch := _EPOCH.fullmatch(text):
        return _believed(dt.datetime.fromtimestamp(int(epoch[1]), JAKARTA).date(), text)
    match = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    if match is None:
        return StatedDate(None)
    day, notes = _numbered_day(match, order) if "left" in match.re.groupindex else _named_day(match)
    moved = _moved(day, match) if day else None
    found = _believed(moved, text)
    return StatedDate(found.date, (*notes, *found.notes) if found.date else found.notes)


def parse_date(text: str, order: DateOrder | None = None) -> dt.date | None:
    """Return the day in Jakarta that the whole text names; None when it is not surely one."""
    return read_stated_date(text, order).date


def expand_year(digits: str) -> int:
    """Return the year that two or four digits stand for."""
    year = int(digits)
    if len(digits) > _SHORT_DIGITS:
        return year
    return year + (2000 if year < _CENTURY_TURN else 1900)


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """Return the day, None when the calendar has none."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def find_doubt(date: dt.date) -> str:
    """Return why a day cannot be that of an article, "" when it can."""
    if date.year < FIRST_YEAR:
        return f"lies before {FIRST_YEAR}"
    # A day more: clocks elsewhere are ahead, and editors date tomorrow's paper.
    tomorrow = dt.datetime.now(JAKARTA).date() + dt.timedelta(days=1)
    return "lies in the future" if date > tomorrow else ""


def _believed(date: dt.date | None, text: str) -> StatedDate:
    doubt = find_doubt(date) if date else "does not exist"
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
    """Return the day of three numbers, and a note where its order is not certain."""
    year, left, right = expand_year(match["year"]), int(match["left"]), int(match["right"])
    readings: dict[DateOrder, dt.date | None] = {"day": make_date(year, right, left)}
    if match["sep"] != ".":  # nobody writes the month first with full stops
        readings["month"] = make_date(year, left, right)
    possible = {name: date for name, date in readings.items() if date}
    if match["weekday"] and len(possible) > 1:  # it may tell which of the two is meant
        weekday = parse_weekday(match["weekday"])
        agreeing = {key: date for key, date in possible.items() if date.isoweekday() == weekday}
        if len(agreeing) == 1:
            return next(iter(agreeing.values())), ()
    wanted = order or "day"
    if wanted not in possible:
        return _only_reading(match.group(), possible)
    date = possible[wanted]
    if order is not None or len(set(possible.values())) == 1:
        return date, ()
    return date, (f"The date {match.group()} is ambiguous; it was read day first, as {date}.",)


def _only_reading(
    shown: str, possible: dict[DateOrder, dt.date]
) -> tuple[dt.date | None, tuple[str, ...]]:
    for name, date in possible.items():
        return date, (f"The date {shown} can only be {name} first; it was read as {date}.",)
    return None, ()


def _moved(day: dt.date, match: re.Match[str]) -> dt.date | None:
    """Return the day in Jakarta at the instant that the clock, if there is one, tells."""
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
    """Return the zone; Jakarta's when none is named."""
    if name is None:
        return JAKARTA
    if name.lower() in ZONE_HOURS:
        return dt.timezone(dt.timedelta(hours=ZONE_HOURS[name.lower()]))
    digits = re.sub(r"\D", "", name)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > _SHORT_DIGITS else (digits, "0")
    # Beyond a day an offset means nothing; dt.timezone would refuse it.
    offset = dt.timedelta(hours=min(int(hours), 23), minutes=min(int(minutes), 59))
    return dt.timezone(-offset if "-" in name else offset)
