"""Numbers, dates and times in the form of each language."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web.language.formatting import (
    format_articles,
    format_day,
    format_month,
    format_month_short,
    format_number,
    format_seconds,
)


@pytest.mark.parametrize(("lang", "written"), [("id", "1.234.567"), ("en", "1,234,567")])
def test_number_sets_thousands_apart(lang: str, written: str) -> None:
    """A comma is a decimal sign to an Indonesian reader, a point to an English one."""
    assert format_number(lang, 1_234_567) == written


@pytest.mark.parametrize(
    ("lang", "count", "written"),
    [("id", 1, "1 artikel"), ("id", 1234, "1.234 artikel"), ("en", 1, "1 article")],
)
def test_articles_names_what_is_counted(lang: str, count: int, written: str) -> None:
    """Indonesian has one form of the noun, English two."""
    assert format_articles(lang, count) == written


@pytest.mark.parametrize("count", [0, 2, 312])
def test_articles_is_plural_in_english_for_all_but_one(count: int) -> None:
    """0 articles, 2 articles."""
    assert format_articles("en", count) == f"{count} articles"


@pytest.mark.parametrize(("lang", "written"), [("id", "28 Agustus 2024"), ("en", "28 August 2024")])
def test_day_is_written_in_full(lang: str, written: str) -> None:
    """The order is day, month, year in both languages."""
    assert format_day(lang, dt.date(2024, 8, 28)) == written


def test_month_is_written_in_full_and_short() -> None:
    """The short form is for lists below a year."""
    assert (format_month("id", "2024-08"), format_month_short("id", "2024-08")) == (
        "Agustus 2024",
        "Agu",
    )
    assert (format_month("en", "2024-05"), format_month_short("en", "2024-05")) == (
        "May 2024",
        "May",
    )


@pytest.mark.parametrize(
    "period", ["2024", "2024-13", "0000-01", "2024-8", "beras", "", "2024-08\n"]
)
def test_text_that_is_no_month_is_returned_unchanged(period: str) -> None:
    """A month in a URL may be any text."""
    assert format_month("id", period) == format_month_short("en", period) == period


@pytest.mark.parametrize(
    ("milliseconds", "written"),
    [
        (0, "kurang dari 0,01 detik"),
        (23, "0,02 detik"),
        (412, "0,4 detik"),
        (12_345, "12,3 detik"),
    ],
)
def test_seconds_keeps_the_digits_a_reader_cares_for(milliseconds: float, written: str) -> None:
    """Shorter times have more digits."""
    assert format_seconds("id", milliseconds) == written


def test_seconds_is_written_in_english_when_asked() -> None:
    """The point is the decimal sign."""
    assert format_seconds("en", 412) == "0.4 seconds"


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=0, max_value=10**15))
def test_number_loses_no_digit(value: int) -> None:
    """Without its points it is the number again."""
    assert int(format_number("id", value).replace(".", "")) == value


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=12))
def test_month_never_fails_on_any_text(period: str) -> None:
    """No URL makes the page fail."""
    assert isinstance(format_month("id", period), str)
