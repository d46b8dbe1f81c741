"""Dates in a URL: a span of time is one thing, written in its shortest form.

>>> date_args(dt.date(2022, 1, 1), dt.date(2022, 12, 31))
[('year', '2022')]
>>> date_args(dt.date(2025, 8, 1), dt.date(2025, 8, 31)), date_args(None, dt.date(1979, 12, 31))
([('from', '2025-08'), ('to', '2025-08')], [('to', '1979')])
"""

import datetime as dt

DATE_NAMES = ("year", "from", "to")
"""The parameters of a span of time, in their order in a URL."""

_DAY = dt.timedelta(days=1)


def date_args(first: dt.date | None, last: dt.date | None) -> list[tuple[str, str]]:
    """Return the parameters of a span of time; none for an end that is open.

    Both ends are written alike: as years, as months, or as days.
    """
    # An end that is open is the end of a year, so that it asks for nothing.
    start, stop = first or dt.date(1, 1, 1), last or dt.date(9999, 12, 31)
    length = len("YYYY-MM-DD")
    if start.day == 1 and (stop == dt.date.max or (stop + _DAY).day == 1):
        is_years = (start.month, stop.month) == (1, 12)
        length = len("YYYY") if is_years else len("YYYY-MM")
    texts = [day.isoformat()[:length] if day else "" for day in (first, last)]
    if texts[0] == texts[1] and length == len("YYYY"):
        return [("year", texts[0])] if first else []
    return [(name, text) for name, text in zip(("from", "to"), texts, strict=True) if text]
