"""Calendar names: months, days and time zones in Indonesian papers, old spellings too.

Sources: CLDR for today's names; spellings before the reforms of 1947 and 1972, and the
abbreviations of news sites, collected for Kliping; English names, because feeds carry them.
"""

import datetime as dt

MONTH_NAMES: tuple[tuple[str, ...], ...] = (
    ("januari", "djanuari", "djanoeari", "january", "jan", "djan"),
    ("februari", "pebruari", "pebroeari", "february", "feb", "peb"),
    ("maret", "mar", "mrt", "march"),
    ("april", "apr"),
    ("mei", "mai", "may"),
    ("juni", "djuni", "djoeni", "june", "jun", "djun"),
    ("juli", "djuli", "djoeli", "july", "jul", "djul"),
    ("agustus", "agoestoes", "august", "agus", "agust", "agu", "agt", "ags", "aug", "ag"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "december", "des", "dec"),
)
"""What January, February, ... may be called, in lower case."""

WEEKDAY_NAMES: tuple[tuple[str, ...], ...] = (
    ("senin", "senen", "monday", "mon"),
    ("selasa", "tuesday", "tue"),
    ("rabu", "rebo", "wednesday", "wed"),
    ("kamis", "kemis", "thursday", "thu"),
    ("jumat", "jum'at", "djumat", "djum'at", "friday", "fri"),
    ("sabtu", "saptu", "saturday", "sat"),
    ("minggu", "ahad", "sunday", "sun"),
)
"""What Monday, Tuesday, ... may be called, in lower case; the first name is the usual one."""

WEEKDAYS_IN_ENGLISH = (
    *("Monday", "Tuesday", "Wednesday", "Thursday"),
    *("Friday", "Saturday", "Sunday"),
)

ZONE_HOURS = {
    "wib": 7,
    "wita": 8,
    "wit": 9,
    "z": 0,
    "ut": 0,
    "utc": 0,
    "gmt": 0,
    "sgt": 8,
    "myt": 8,
    "jst": 9,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
}
"""Hours ahead of UTC; Indonesia keeps no summer time. American zones as RFC 822 names them."""

JAKARTA = dt.timezone(dt.timedelta(hours=7), "WIB")
"""Asia/Jakarta, as it has been since 1964; articles with a clock and a zone are all younger."""


def parse_month(name: str) -> int:
    """Return 1 to 12 for a month's name, 0 for another word; case and a final dot do not matter."""
    return _number(MONTH_NAMES, name.rstrip("."))


def parse_weekday(name: str) -> int:
    """Return 1 (Monday) to 7 for a day's name, 0 for another word."""
    return _number(WEEKDAY_NAMES, name.replace("’", "'").replace("ʼ", "'"))


def _number(table: tuple[tuple[str, ...], ...], name: str) -> int:
    word = name.lower()
    return next((number for number, names in enumerate(table, 1) if word in names), 0)


def build_pattern(table: tuple[tuple[str, ...], ...]) -> str:
    """Return a regular expression for any name of the table, longest first."""
    names = sorted((name for row in table for name in row), key=len, reverse=True)
    return "|".join(names).replace("'", "['’ʼ]")
