"""Calendar names: months, days and time zones in Indonesian papers, old spellings too.

Sources: CLDR for today's names. The spellings before the reforms of 1947 and 1972 and the
abbreviations of news sites were collected for Kliping. English names are here because feeds use
them, and Malay ones because outlets of the same language are in the same archives.

>>> parse_month("Agoestoes"), parse_weekday("Djum'at")
(8, 5)
"""

import datetime as dt

MONTH_NAMES: tuple[tuple[str, ...], ...] = (
    ("januari", "djanuari", "djanoeari", "january", "jan", "djan"),
    ("februari", "pebruari", "pebroeari", "february", "feb", "peb"),
    ("maret", "mar", "mrt", "march", "mac"),
    ("april", "apr"),
    ("mei", "mai", "may"),
    ("juni", "djuni", "djoeni", "june", "jun", "djun"),
    ("juli", "djuli", "djoeli", "july", "jul", "djul", "julai"),
    ("agustus", "agoestoes", "august", "agus", "agust", "agu", "agt", "ags", "aug", "ag", "ogos"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "december", "des", "dec", "disember"),
)
"""The names of each month from January on, in lower case."""

WEEKDAY_NAMES: tuple[tuple[str, ...], ...] = (
    ("senin", "senen", "monday", "mon", "sen", "isnin"),
    ("selasa", "tuesday", "tue", "tues", "sel"),
    ("rabu", "rebo", "wednesday", "wed", "rab"),
    ("kamis", "kemis", "thursday", "thu", "thurs", "kam", "khamis"),
    ("jumat", "jum'at", "djumat", "djum'at", "friday", "fri", "jum", "jumaat"),
    ("sabtu", "saptu", "saturday", "sat", "sab"),
    ("minggu", "ahad", "sunday", "sun", "min", "mgg"),
)
"""The names of each weekday from Monday on, in lower case, the usual name first."""

WEEKDAYS_IN_ENGLISH = (
    *("Monday", "Tuesday", "Wednesday", "Thursday"),
    *("Friday", "Saturday", "Sunday"),
)
"""The weekdays from Monday on, for notes, which are in English."""

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
"""Hours ahead of UTC, by zone. Indonesia has no summer time; RFC 822 names the American zones."""

JAKARTA = dt.timezone(dt.timedelta(hours=7), "WIB")
"""The zone Asia/Jakarta since 1964. Articles that state a time of day are all younger."""


def parse_month(name: str) -> int:
    """Return 1 to 12 for a month's name, 0 for another word; ignore case and a final dot."""
    return _number(MONTH_NAMES, name.rstrip("."))


def parse_weekday(name: str) -> int:
    """Return 1 (Monday) to 7 for a weekday's name, 0 for another word; ignore case."""
    return _number(WEEKDAY_NAMES, name.replace("’", "'").replace("ʼ", "'"))


def _number(table: tuple[tuple[str, ...], ...], name: str) -> int:
    word = name.lower()
    return next((number for number, names in enumerate(table, 1) if word in names), 0)


def build_pattern(table: tuple[tuple[str, ...], ...]) -> str:
    """Return a regular expression that matches any name of the table, longest first."""
    names = sorted((name for row in table for name in row), key=len, reverse=True)
    return "|".join(names).replace("'", "['’ʼ]")
