"""Format numbers, dates and times for a reader, in Indonesian or English.

Only the form of a number or a date is decided here; the sentences around it are in
`web.language.messages`.

>>> format_number("id", 1234), format_number("en", 1234)
('1.234', '1,234')
>>> format_articles("en", 1), format_seconds("id", 412)
('1 article', '0,4 detik')
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Sequence
from functools import cache, lru_cache

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent, get_group_symbol

_ARTICLE_WORDS = {"id": ("artikel", "artikel"), "en": ("article", "articles")}
"""The noun for one article and for any other number; Indonesian has one form."""
_SECOND_WORDS = {"id": "detik", "en": "seconds"}
_LESS_THAN = {"id": "kurang dari", "en": "less than"}
_SHORTEST_SECONDS = 0.01
"""A reader does not care about shorter times, so they are "less than" this."""
_ONE_DIGIT_SECONDS = 0.1
"""From here on, one digit after the decimal sign is enough."""
_ONE_DIGIT_SHARE = 0.1
"""Below this, a share has one digit after the decimal sign."""
CACHED_VALUES = 4096
"""Formatted values that each function caches: a page of results has hundreds of months and counts,
and Babel takes some twenty microseconds for a month."""

_MONTH = re.compile(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])")


def format_number(lang: str, value: int) -> str:
    """Return a whole number with a mark between thousands: 1.234 or 1,234."""
    return f"{value:,}".replace(",", _group_symbol(lang))


@lru_cache(maxsize=CACHED_VALUES)
def format_articles(lang: str, count: int) -> str:
    """Return a number of articles: 312 artikel, 1 article."""
    one, other = _ARTICLE_WORDS[_language(lang)]
    return f"{format_number(lang, count)} {one if count == 1 else other}"


def format_iso_day(date: dt.date | None) -> str:
    """Return a day as YYYY-MM-DD, as JSON, URLs and HTML have it; "" for none."""
    return date.isoformat() if date else ""


def format_listing(lang: str, parts: Sequence[str]) -> str:
    """Return parts as a list in a sentence: kata, tag, dan bulan; word, tag and month."""
    # British English has no comma before "and", as the rest of the page.
    return format_list(parts, locale="en_GB" if _language(lang) == "en" else "id")


@lru_cache(maxsize=CACHED_VALUES)
def format_day(lang: str, date: dt.date) -> str:
    """Return a day in full: 28 Agustus 2024."""
    return format_date(date, "d MMMM y", locale=_language(lang))


@lru_cache(maxsize=CACHED_VALUES)
def format_span(lang: str, first: dt.date, last: dt.date) -> str:
    """Return the days from the first to the last in the fewest words.

    >>> format_span("id", dt.date(2025, 8, 1), dt.date(2025, 8, 31))
    'Agustus 2025'
    >>> format_span("id", dt.date(1970, 1, 1), dt.date(1979, 12, 31))
    '1970–1979'
    >>> format_span("id", dt.date(2025, 8, 5), dt.date(2025, 8, 7))
    '5–7 Agustus 2025'
    """
    is_whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if is_whole and (first.month, last.month) == (1, 12):
        ends = [f"{day.year}" for day in (first, last)]
        return "–".join(dict.fromkeys(ends))
    form = "MMMM y" if is_whole else "d MMMM y"
    end = format_date(last, form, locale=_language(lang))
    if first == last or (is_whole and _month_of(first) == _month_of(last)):
        return end
    if _month_of(first) == _month_of(last):
        return f"{first.day}–{end}"
    form = form.removesuffix(" y") if first.year == last.year else form
    return f"{format_date(first, form, locale=_language(lang))} – {end}"


def _month_of(day: dt.date) -> tuple[int, int]:
    return day.year, day.month


def format_share(lang: str, part: int, whole: int) -> str:
    """Return a part of a whole in per cent: 3,4%; of nothing 0%."""
    share = part / whole if whole else 0.0
    digits = "#,##0.0%" if share < _ONE_DIGIT_SHARE else "#,##0%"
    return format_percent(share, digits, locale=_language(lang))


@lru_cache(maxsize=CACHED_VALUES)
def format_month(lang: str, period: str) -> str:
    """Return a month (YYYY-MM) in full: Agustus 2024.

    Any other text is returned unchanged: a chosen month comes from a URL, which may hold anything.
    """
    return _month_as("MMMM y", lang, period)


@lru_cache(maxsize=CACHED_VALUES)
def format_month_short(lang: str, period: str) -> str:
    """Return a month (YYYY-MM) as it stands below its year: Agu; any other text unchanged."""
    return _month_as("LLL", lang, period)


@lru_cache(maxsize=CACHED_VALUES)
def format_month_name(lang: str, day: dt.date) -> str:
    """Return the month of a day without its year: Agustus."""
    return format_date(day, "LLLL", locale=_language(lang))


@lru_cache(maxsize=CACHED_VALUES)
def format_day_of_year(lang: str, day: dt.date) -> str:
    """Return a day without its year: 28 Agustus."""
    return format_date(day, "d MMMM", locale=_language(lang))


def format_seconds(lang: str, milliseconds: float) -> str:
    """Return a time in seconds, with few digits: 12,3 detik; 0,4 detik; 0,02 detik."""
    spent = milliseconds / 1000
    words = _SECOND_WORDS[_language(lang)]
    if spent < _SHORTEST_SECONDS:
        shortest = format_decimal(_SHORTEST_SECONDS, locale=_language(lang))
        return f"{_LESS_THAN[_language(lang)]} {shortest} {words}"
    digits = "#,##0.0" if spent >= _ONE_DIGIT_SECONDS else "#,##0.00"
    return f"{format_decimal(spent, digits, locale=_language(lang))} {words}"


@cache
def _group_symbol(lang: str) -> str:
    return get_group_symbol(_language(lang))


def _month_as(pattern: str, lang: str, period: str) -> str:
    match = _MONTH.fullmatch(period)
    if match is None or match["year"] == "0000":
        return period
    first_day = dt.date(int(match["year"]), int(match["month"]), 1)
    return format_date(first_day, pattern, locale=_language(lang))


def _language(lang: str) -> str:
    """Return "en" or "id": whatever is not English is Indonesian."""
    return "en" if lang == "en" else "id"
