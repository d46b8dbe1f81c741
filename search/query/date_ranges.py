"""Date ranges as readers type them: to a `DateRange` and back.

Numbers, names of months in Indonesian and English, and what is said from today (kemarin, 7 hari
terakhir), which is read only if today is given.

>>> parse_date_range("2024-05")
DateRange(start=datetime.date(2024, 5, 1), end=datetime.date(2024, 5, 31))
>>> to_date_text(parse_date_range("17/8/2024")), to_date_text(parse_date_range("1 April 2024"))
('2024-08-17', '2024-04-01')
>>> to_date_text(parse_date_range("..2023"))
'..2023-12-31'
>>> to_date_text(parse_date_range("7 hari terakhir", today=dt.date(2024, 3, 8)))
'2024-03-02..2024-03-08'
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence

from search.query.tree import DateRange

MONTH_NAMES = (
    ("januari", "january"),
    ("februari", "pebruari", "february"),
    ("maret", "march"),
    ("april",),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("agustus", "august", "agt", "ags"),
    ("september",),
    ("oktober", "october"),
    ("november", "nopember"),
    ("desember", "december"),
)
"""The names of each month; three letters of one are enough."""
MONTH_LETTERS_LEAST = 3

PERIODS = {
    "hari": 0,
    "day": 0,
    "minggu": 7,
    "pekan": 7,
    "week": 7,
    "bulan": 1,
    "month": 1,
    "tahun": 12,
    "year": 12,
}
"""Days of the short units, and months of the long ones."""
_LONG = frozenset({"bulan", "month", "tahun", "year"})

PARTS_OF_YEAR = {"q": 3, "kuartal": 3, "triwulan": 3, "quarter": 3, "semester": 6}
"""Months of the parts of a year that are numbered, in figures or as I to IV."""
_ROMAN = ("i", "ii", "iii", "iv")

CENTURY_TURN = 70
"""Years of two digits below this are of 2000 and later."""

_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
_CLOCK = r"(?:t[0-9:.]{2,15}(?:z|[-+][0-9:]{2,5})?)?"
_MONTH = r"(?P<name>[a-z]{3,9})\.?"
_STATED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}(?:([-/.])(?P<month>[0-9]{{1,2}})(?:\2(?P<day>[0-9]{{1,2}}){_CLOCK})?)?",
        rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})",
        r"(?P<day>[0-9]{1,2})([-/. ])(?P<month>[0-9]{1,2})\2(?P<year>[0-9]{4}|[0-9]{2})",
        rf"(?P<month>[0-9]{{1,2}})[-/]{_YEAR}",
        rf"(?:[a-z']+,? )?{_DAY}[- /]{_MONTH}(?:,?[- /]{_YEAR})?",
        rf"{_MONTH} {_DAY}(?:,? {_YEAR})?",
        rf"{_MONTH}(?:[- /]{_YEAR})?",
    )
)
_PART = rf"(?P<part>{'|'.join(PARTS_OF_YEAR)})[- ]?(?P<number>[1-4]|i{{1,3}}|iv)"
_PART_OF_YEAR = tuple(
    re.compile(pattern)
    for pattern in (rf"{_YEAR}[-/ ]?{_PART}", rf"{_PART}(?:[-/ ]|, | tahun ){_YEAR}")
)
_UNITS = "|".join(PERIODS)
_LAST = re.compile(
    rf"(?:(?P<count>[1-9][0-9]{{0,2}}) |(?P<one>se))(?P<unit>{_UNITS}) (?:terakhir|belakangan)"
    rf"|last (?P<number>[1-9][0-9]{{0,2}}) (?P<english>{_UNITS})s?"
)
_AGO = re.compile(r"(?P<count>[0-9]{1,3}) (?:hari (?:yang )?lalu|days? ago)")
_THIS = re.compile(
    rf"(?P<unit>{_UNITS}) (?P<which>ini|lalu|kemarin)|(?P<english>this|last) (?P<of>{_UNITS})"
)
_DAYS_AGO = {"hari ini": 0, "today": 0, "kemarin": 1, "kemaren": 1, "yesterday": 1}
_COMPARED = re.compile(r"(?P<sign>[<>])(?P<includes>=?) ?(?P<period>.+)")
_BETWEEN = re.compile(r"\.\.| (?:-|\u2013|\u2014|s/d|s\.?d\.?|sampai|hingga|to) ")


def parse_date_range(text: str, today: dt.date | None = None) -> DateRange | None:
    """Read a year, a month, a day, a time before today, or a range (A..B, A.., ..B, >A, <=B).

    Returns:
        The days, or None when the text is no date range or ends before it starts.
    """
    first, *rest = _BETWEEN.split(" ".join(text.lower().strip(" ,;").split()), maxsplit=1)
    if not rest:
        compared = _COMPARED.fullmatch(first)
        return _compared(compared, today) if compared else _read_period(first, today)
    last = rest[0]
    start = _read_start(first, last.split(), today) if first else DateRange(None, None)
    end = _read_period(last, today) if last else DateRange(None, None)
    if start is None or end is None or not (first or last):
        return None
    if start.start and end.end and start.start > end.end:
        return None
    return DateRange(start.start, end.end)


def to_date_text(days: DateRange) -> str:
    """Write the range in the shortest form that `parse_date_range` reads as the same days."""
    if days.start is None or days.end is None:
        return f"{days.start or ''}..{days.end or ''}"
    day = days.start.isoformat()
    for shortest in (day[:4], day[:7], day):
        if _read_period(shortest, None) == days:
            return shortest
    return f"{days.start}..{days.end}"


def _read_start(text: str, last: Sequence[str], today: dt.date | None) -> DateRange | None:
    """Read the first day of a range, which may lack what the last one says: 1 - 5 April 2024."""
    fuller = (" ".join([text, *last[len(last) - count :]]) for count in (2, 1, 0))
    return next(filter(None, (_read_period(each, today) for each in fuller)), None)


def _compared(found: re.Match[str], today: dt.date | None) -> DateRange | None:
    """Return the days before or after a period, with it if an equals sign says so."""
    days = _read_period(found["period"], today)
    if not (days and days.start and days.end):
        return None
    try:
        if found["sign"] == ">":
            start = days.start if found["includes"] else days.end + dt.timedelta(days=1)
            return DateRange(start, None)
        end = days.end if found["includes"] else days.start - dt.timedelta(days=1)
    except OverflowError:  # before the first day or after the last one that there is
        return None
    return DateRange(None, end)


def _read_period(text: str, today: dt.date | None) -> DateRange | None:
    for pattern in _STATED:
        found = pattern.fullmatch(text)
        if found and (days := next(_stated(found.groupdict(), today), None)):
            return days
    for pattern in _PART_OF_YEAR:
        if found := pattern.fullmatch(text):
            return _part_of_year(found["year"], found["part"], found["number"])
    return _before_today(text, today) if today else None


def _part_of_year(year: str, part: str, number: str) -> DateRange | None:
    """Return the days of a quarter or another part of a year."""
    count = _ROMAN.index(number) + 1 if number in _ROMAN else int(number)
    last = count * PARTS_OF_YEAR[part]
    first = last - PARTS_OF_YEAR[part] + 1
    days = [
        next(_stated({"year": year, "month": f"{month}"}, None), None) for month in (first, last)
    ]
    return DateRange(days[0].start, days[1].end) if days[0] and days[1] else None


def _stated(parts: dict[str, str | None], today: dt.date | None) -> Iterator[DateRange]:
    """Yield the days that numbers and a month's name say, if there are such days."""
    name, year, day = parts.get("name"), parts.get("year") or "", int(parts.get("day") or 0)
    month = _month_number(name) if name else int(parts.get("month") or 0)
    if (name and not month) or not (year or today):
        return
    if not year and today:
        # The last one before today: who asks in January for 1 December means the year before.
        year = f"{today.year - ((month, day) > (today.month, today.day)):04}"
    elif len(year) == len("24"):
        year = f"{19 + (int(year) < CENTURY_TURN)}{year}"
    try:
        start = dt.date(int(year), month or 1, day or 1)
    except ValueError:
        return
    last = month or 12
    end = start if day else start.replace(month=last, day=calendar.monthrange(start.year, last)[1])
    yield DateRange(start, end)


def _month_number(name: str) -> int:
    if len(name) < MONTH_LETTERS_LEAST:
        return 0
    matching = (
        number
        for number, names in enumerate(MONTH_NAMES, 1)
        if any(known.startswith(name) for known in names)
    )
    return next(matching, 0)


def _before_today(text: str, today: dt.date) -> DateRange | None:
    """Read a day or a period that is counted from today."""
    if text in _DAYS_AGO:
        return _day_before(today, _DAYS_AGO[text])
    if found := _AGO.fullmatch(text):
        return _day_before(today, int(found["count"]))
    if found := _LAST.fullmatch(text):
        unit, count = found["unit"] or found["english"], int(found["count"] or found["number"] or 1)
        return DateRange(_first_of_last(today, count, unit), today)
    if found := _THIS.fullmatch(text):
        is_last = (found["which"] or found["english"]) not in {"ini", "this"}
        return _calendar_period(found["unit"] or found["of"], today, is_last=is_last)
    return None


def _first_of_last(today: dt.date, count: int, unit: str) -> dt.date:
    """Return the first day of some periods of which today is the last: of 7 days, the seventh."""
    if unit in _LONG:
        return _months_before(today, count * PERIODS[unit]) + dt.timedelta(days=1)
    return today - dt.timedelta(days=count * (PERIODS[unit] or 1) - 1)


def _day_before(today: dt.date, count: int) -> DateRange:
    day = today - dt.timedelta(days=count)
    return DateRange(day, day)


def _months_before(today: dt.date, count: int) -> dt.date:
    """Return the same day some months before, or that month's last day."""
    years, month = divmod(today.year * 12 + today.month - 1 - count, 12)
    year = max(years, dt.MINYEAR)
    return dt.date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _calendar_period(unit: str, today: dt.date, *, is_last: bool) -> DateRange | None:
    """Return this week, month or year, or the one before."""
    if unit in {"hari", "day"}:
        return None
    if unit not in _LONG:
        monday = today - dt.timedelta(days=today.weekday() + 7 * is_last)
        return DateRange(monday, monday + dt.timedelta(days=6))
    within = _months_before(today, PERIODS[unit] * is_last)
    return _read_period(f"{within:%Y-%m}" if PERIODS[unit] == 1 else f"{within:%Y}", None)
