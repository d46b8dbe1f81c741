"""Forms of a date: every way in which pages and exports write a day.

>>> write_day(dt.date(2019, 1, 21), "{weekday}, {day} {month} {year} / 22:05 WIB")
'Senin, 21 Januari 2019 / 22:05 WIB'
"""

import datetime as dt
import re

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
MONTHS_ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
WEEKDAYS_ENGLISH = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}

SHOWN_FORMS = (
    "{weekday}, {day} {month} {year}",
    "{weekday}, {day} {month} {year} / 22:05 WIB",
    "{weekday}, {day} {month} {year} | 22:05 WIB",
    "{weekday}, {d2} {mon} {year} 22:05 WIB",
    "{wd}, {d2} {mon} {year}, 10.41 WITA",
    "{weekday} , {day} {mon} {year}, 10:00 WIB",
    "{day} {month} {year}",
    "{d2}/{m2}/{year} 23:00 WIB",
    "{d2}-{m2}-{year}",
    "{weekday} ({day}/{m1}/{year})",
    "{year}-{m2}-{d2} 22:05",
    "{mon_english} {day}, {year}",
    "{month_english} {day}{ordinal}, {year}",
    "{wd_english}, {day} {mon_english} {year}",
    "Tayang: {weekday}, {day} {month} {year} 10:41 WIB",
    "Diterbitkan 21.26, {d2}/{m2}/{year}",
    "Kabar Lembah - {d2}/{m2}/{year}, 23:00 WIB",
    "Kabar Lembah | {weekday}, {d2}/{m2}/{year} 20:15 WIB",
)
"""How a day is shown to readers, beside a headline and in rows."""

STORED_FORMS = (
    "{year}-{m2}-{d2}",
    "{year}-{m2}-{d2}T22:05:00+07:00",
    "{year}-{m2}-{d2}T02:05:00Z",
    "{year}-{m2}-{d2} 22:05:00.000000",
    "{year}{m2}{d2}",
    "{day}+{month_english}+{year}",
    "{wd_english}, {d2} {mon_english} {year} 10:00:00 +0700",
    "{wd_english} {mon_english} {d2} {year} 10:00:00 GMT+0700 (Waktu Indonesia Barat)",
    "{wd_english} {mon_english} {d2} 03:00:00 +0000 {year}",
    '[<div class="waktu">{d2}/{m2}/{year}, 23:00 WIB</div>]',
    "{epoch}",
    "{epoch}000",
)
"""How programs store a day in rows."""

_DAY_PATTERNS = (
    r"0?{day}[ +](?:{month}|{mon}|{month_english}|{mon_english})[ +,]+{year}",
    r"(?:{month_english}|{mon_english})\.? 0?{day}(?:st|nd|rd|th)?,? {year}",
    r"{year}-{m2}-{d2}|{year}/{m2}/{d2}|{year}{m2}{d2}|{epoch_day}",
    r"0?{day}[/.-]0?{m1}[/.-]{year}",
)
_NOON = dt.time(12)


def write_day(day: dt.date, form: str) -> str:
    """Return a day in a form."""
    return form.format_map(_names_of(day))


def find_day(day: dt.date) -> re.Pattern[str]:
    """Return a pattern that finds a day in the forms that pages have.

    >>> bool(find_day(dt.date(2019, 1, 21)).search("Senin, 21 Jan 2019"))
    True
    """
    named = {name: re.escape(value) for name, value in _names_of(day).items()}
    # The parts of a day in seconds that the time of day leaves alone are few; a stamp of any
    # other hour is found by its first five digits.
    pattern = "|".join(form.format_map(named) for form in _DAY_PATTERNS)
    return re.compile(rf"(?<!\d)(?:{pattern})", re.IGNORECASE)


def _names_of(day: dt.date) -> dict[str, str]:
    month, weekday = day.month - 1, day.weekday()
    epoch = int(dt.datetime.combine(day, _NOON, dt.timezone(dt.timedelta(hours=7))).timestamp())
    return {
        "day": str(day.day),
        "d2": f"{day.day:02}",
        "m1": str(day.month),
        "m2": f"{day.month:02}",
        "year": str(day.year),
        "month": MONTHS[month],
        "mon": MONTHS[month][:3],
        "month_english": MONTHS_ENGLISH[month],
        "mon_english": MONTHS_ENGLISH[month][:3],
        "weekday": WEEKDAYS[weekday],
        "wd": WEEKDAYS[weekday][:3],
        "wd_english": WEEKDAYS_ENGLISH[weekday][:3],
        "ordinal": ORDINALS.get(day.day, "th"),
        "epoch": str(epoch),
        "epoch_day": str(epoch)[:5],
    }
