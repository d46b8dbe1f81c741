"""Date ranges as readers type them: to a `DateRange` and back.

>>> parse_date_range("2024-05")
DateRange(start=datetime.date(2024, 5, 1), end=datetime.date(2024, 5, 31))
>>> to_date_text(parse_date_range("17/8/2024"))
'2024-08-17'
>>> to_date_text(parse_date_range("..2023"))
'..2023-12-31'
"""

import calendar
import datetime as dt
import re

from search.query.tree import DateRange

_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})([-/])(?P<month>[0-9]{1,2})\2(?P<year>[0-9]{4})")


def parse_date_range(text: str) -> DateRange | None:
    """Read a year, a month, a day, or a range of them (A..B, A.., ..B).

    Returns:
        The days, or None when the text is no date range or ends before it starts.
    """
    first, dots, last = text.strip(" ,;").partition("..")
    if not dots:
        return _read_period(first)
    start = _read_period(first) if first else DateRange(None, None)
    end = _read_period(last) if last else DateRange(None, None)
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
        if _read_period(shortest) == days:
            return shortest
    return f"{days.start}..{days.end}"


def _read_period(text: str) -> DateRange | None:
    found = _YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(found[part] or 0) for part in ("year", "month", "day"))
    try:
        start = dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return DateRange(start, start)
    last_month = month or 12
    return DateRange(start, dt.date(year, last_month, calendar.monthrange(year, last_month)[1]))
