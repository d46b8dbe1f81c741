"""Dates: what is read, as which day in Jakarta, and what is refused."""

import datetime as dt

import pytest

from index.ingest.fields.calendar_names import JAKARTA, WEEKDAY_NAMES
from index.ingest.fields.dateline_dates import find_date_line
from index.ingest.fields.dates import read_stated_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-08-28", "2024-08-28"),
        ("2024/8/28", "2024-08-28"),
        (" 2024-08-28T19:30:00 ", "2024-08-28"),
        ("2024-08-28 23:59", "2024-08-28"),
        ("2024-09-30T17:30:00Z", "2024-10-01"),
        ("2024-09-30T16:59:59.123Z", "2024-09-30"),
        ("2024-10-01T00:30:00+07:00", "2024-10-01"),
        ("2024-10-01T00:30:00+0900", "2024-09-30"),
        ("2024-10-01 00.30 WIT", "2024-09-30"),
        ("2024-10-01 00.30 WITA", "2024-09-30"),
        ("2024-10-01 00.30 WIB", "2024-10-01"),
        ("28 Agustus 2024", "2024-08-28"),
        ("Rabu, 28 Agustus 2024 19.30 WIB", "2024-08-28"),
        ("Rabu, 28 Agustus 2024 | pukul 19:30", "2024-08-28"),
        ("Jum'at, 30 Agustus 2024", "2024-08-30"),
        ("Jum’at 30 Agt. 2024", "2024-08-30"),
        ("Ahad, 1 September 2024", "2024-09-01"),
        ("17 Pebruari 1951", "1951-02-17"),
        ("3 Djuli 1947", "1947-07-03"),
        ("10 Nopember 1945", "1945-11-10"),
        ("1 Mei 1998", "1998-05-01"),
        ("9 Okt 2020", "2020-10-09"),
        ("9 Des 2020", "2020-12-09"),
        ("Wed, 28 Aug 2024 19:30:00 +0700", "2024-08-28"),
        ("28/8/2024", "2024-08-28"),
        ("28-08-2024 07:15 WIB", "2024-08-28"),
        ("5/6/2024", "2024-06-05"),
        ("29/2/2024", "2024-02-29"),
    ],
)
def test_date_is_read_as_a_day_in_jakarta(text: str, day: str) -> None:
    """Every usual form gives the day it was in Jakarta."""
    assert read_stated_date(text).date == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        *("", "kemarin", "Agustus 2024", "2024", "28 Agustus", "28/8"),
        *("31/4/2024", "29/2/2023", "30 Februari 2024", "0/1/2024", "2024-13-01"),
        *("1799-12-31", "2101-01-01", "2024-08-28 25:00", "2024-08-28 12:61", "28 Agustus 12024"),
        *("terbit 28 Agustus 2024 lalu", "1800-01-01T00:00:00+23:59", "٢٨/٨/٢٠٢٤", "2024-08/28"),
    ],
)
def test_what_is_not_surely_a_date_is_none(text: str) -> None:
    """Half dates and impossible ones are not guessed."""
    assert read_stated_date(text).date is None


def test_enormous_text_is_no_date() -> None:
    """Length is bounded before anything is tried."""
    assert read_stated_date("1" * 1_000_000).date is None


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("Pada Rabu (28/8/2024) mereka bertemu.", "2024-08-28"),
        ("Mereka bertemu (28/8/2024).", "2024-08-28"),
        ("Mereka bertemu Rabu, (28/08/24).", "2024-08-28"),
        ("Mereka bertemu (5/6/98).", "1998-06-05"),
        ("Mereka bertemu Rabu, 28 Agustus 2024, di Palu.", "2024-08-28"),
        ("Mereka bertemu (28 Agustus 2024).", "2024-08-28"),
        ("Mereka bertemu Rabu (28 Agustus 2024).", "2024-08-28"),
        ("Mereka bertemu (Rabu, 28/8/2024).", "2024-08-28"),
        ("Mereka bertemu Jum’at (30/8/2024).", "2024-08-30"),
        ("Satu.\nDua.\nTiga pada Rabu (28/8/2024).", "2024-08-28"),
        ("Rabu (31/2/2024), eh, Kamis (29/2/2024).", "2024-02-29"),
    ],
)
def test_date_line_with_a_year_is_the_day_it_says(opening: str, day: str) -> None:
    """A date line that names its year needs no guess."""
    found = find_date_line(opening)
    assert (found.date, found.date_source) == (dt.date.fromisoformat(day), "date_line")
    assert found.notes == ()


@pytest.mark.parametrize(
    "body",
    [
        "Mereka bertemu kemarin.",
        "Satu.\nDua.\nTiga.\nEmpat pada Rabu (28/8/2024).",
        "Pada 28 Agustus 2024 mereka lahir.",
        "Nilainya (28/13) dan (1/2/3/4).",
        "",
    ],
)
def test_text_without_date_line_has_none(body: str) -> None:
    """A date in running text, or too far down, is no date line."""
    assert find_date_line(body) is None


@pytest.mark.parametrize(
    ("mention", "day"),
    [
        ("sejak Mei 2024", "2024-08-28"),
        ("pada 28 Agustus 2024", "2024-08-28"),
        ("pada September 2023", "2024-08-28"),
        ("sejak 2022", "2022-08-28"),
        ("pada Mei 2023 dan November 2023", "2024-08-28"),
        ("pada 2022, lalu pada 2024", "2024-08-28"),
        ("sejak Mei 2024, dan akan rampung pada Maret 2025", "2024-08-28"),
        ("sejak Mei 2024. Target 2027", "2024-08-28"),
        ("sejak Mei 2024. Musim 2026 mendatang", "2024-08-28"),
    ],
)
def test_date_line_without_a_year_follows_the_latest_past_month(mention: str, day: str) -> None:
    """The first such day not before what the body names as past."""
    found = find_date_line(
        f"Mereka bertemu pada hari (28/8) di Palu.\nKabar itu beredar {mention}."
    )
    assert (found.date, found.date_source) == (dt.date.fromisoformat(day), "inferred")


@pytest.mark.parametrize(
    ("line", "mention", "day"),
    [
        ("Minggu (21/1)", "sejak Mei 2017", "2018-01-21"),  # the year inferred already fits
        ("Minggu (21/1)", "sejak Mei 2016", "2018-01-21"),  # one year later
        ("Minggu (21/1)", "dari angka Mei 2018", "2018-01-21"),  # one year earlier
        ("Minggu (21/1)", "sejak Mei 2015", "2018-01-21"),  # two years later
        ("(Minggu, 21/1)", "sejak Mei 2016", "2018-01-21"),
        ("Minggu 21 Januari", "sejak Mei 2016", "2018-01-21"),
    ],
)
def test_weekday_moves_an_inferred_year_to_the_nearest_that_has_it(
    line: str, mention: str, day: str
) -> None:
    """What a text names as past is often a plan or a figure; the weekday is of the day itself."""
    found = find_date_line(f"Mereka bertemu pada {line} di Palu.\nKabar itu beredar {mention}.")
    assert (found.date, found.date_source) == (dt.date.fromisoformat(day), "inferred")
    assert (found.is_doubtful, found.notes) == (False, ())


@pytest.mark.parametrize(
    ("line", "mention", "day"),
    [
        ("Selasa (28/8)", "sejak Mei 2024", "2024-08-28"),  # Tuesdays: 2018, 2029
        ("Senin (21/1)", "sejak Mei 2015", "2016-01-21"),  # Monday in 2019, three years away
    ],
)
def test_inferred_day_whose_weekday_fits_no_near_year_is_doubtful(
    line: str, mention: str, day: str
) -> None:
    """The day stays, marked, with a note that tells the weekday it has."""
    found = find_date_line(f"Mereka bertemu pada {line} di Palu.\nKabar itu beredar {mention}.")
    assert (found.date, found.date_source) == (dt.date.fromisoformat(day), "inferred")
    assert found.is_doubtful
    assert "The page says" in found.notes[0]


def test_weekday_never_moves_a_date_into_the_future() -> None:
    """The nearest year with that weekday may still be to come; then the day is doubtful."""
    last_year = dt.datetime.now(JAKARTA).date() - dt.timedelta(days=300)
    weekday = WEEKDAY_NAMES[last_year.replace(year=last_year.year + 1).weekday()][0]
    line = f"{weekday} ({last_year.day}/{last_year.month})"
    body = f"Mereka bertemu pada {line}.\nSejak Januari {last_year.year}."
    found = find_date_line(body)
    assert found.date
    assert found.date <= dt.datetime.now(JAKARTA).date() + dt.timedelta(days=1)


def test_full_date_line_with_another_weekday_is_doubtful() -> None:
    """The year stands there, so the date is kept; which of the two is the slip is unknown."""
    found = find_date_line("Mereka bertemu pada Selasa (28/8/2024).")
    assert (found.date, found.is_doubtful) == (dt.date(2024, 8, 28), True)


def test_leap_day_without_a_year_goes_to_the_next_leap_year() -> None:
    """29 February waits for a year that has one."""
    assert find_date_line("Rapat (29/2) itu.\nSejak Mei 2021.").date == dt.date(2024, 2, 29)
    assert find_date_line("Rapat (29/2) itu.\nSejak Mei 1996.").date == dt.date(2000, 2, 29)


def test_date_line_without_any_year_in_the_text_stays_unknown() -> None:
    """Nothing to go by: no date, and a note that says so."""
    found = find_date_line("Mereka bertemu pada Rabu (28/8).\nAkan rampung pada 2027.")
    assert (found.date, found.date_source) == (None, "unknown")
    assert "Rabu (28/8) has no year" in found.notes[0]


def test_weekday_that_disagrees_is_noted_and_changes_nothing() -> None:
    """The date stands; the note says what it really is."""
    found = find_date_line("Pada Selasa (28/8/2024) mereka bertemu.")
    assert found.date == dt.date(2024, 8, 28)
    assert found.notes == ("The page says Selasa, but 2024-08-28 is a Wednesday (Rabu).",)
