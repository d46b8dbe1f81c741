"""Stated dates: every form, the order of day and month, zones, and what is left out with a note."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.fields.dates import StatedDate, read_stated_date
from index.ingest.io.limits import DateOrder


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-09-28WIB19:17:34+07:00", "2019-09-28"),
        ("2019-09-28WIB19:17", "2019-09-28"),
        ("2019-09-28WIT00:17", "2019-09-27"),
        ("28/08/24", "2024-08-28"),
        ("28-08-24", "2024-08-28"),
        ("28.08.24", "2024-08-28"),
        ("1724779800123456", "2024-08-28"),
        ("1724779800123456789", "2024-08-28"),
        ("21+January+2019", "2019-01-21"),
        ("Senin,+21+January+2019", "2019-01-21"),
        ("20240305", "2024-03-05"),
        ("20240305T200000Z", "2024-03-06"),
        ("Sel, 05 Mar 2024", "2024-03-05"),
        ("Rabu , 13 Apr 2022, 10:00 WIB", "2022-04-13"),
        ("Selasa (12/4/2022)", "2022-04-12"),
        ("March 5th, 2024", "2024-03-05"),
        ("5th of March 2024", "2024-03-05"),
        ("Tue Mar 05 2024 10:00:00 GMT+0700 (Western Indonesia Time)", "2024-03-05"),
        ("Tue 5 Mar 23:30:00 UTC 2024", "2024-03-06"),
        ("05/Mar/2024:10:00:00 +0700", "2024-03-05"),
        ("/Date(1709600400000+0700)/", "2024-03-05"),
        ("Tue Mar 05 20:00:00 +0000 2024", "2024-03-06"),
        ("Tue Mar  5 10:00:00 2024", "2024-03-05"),
        ("Isnin, 1 Julai 2019", "2019-07-01"),
        ("2023-11-02T20-59-53Z", "2023-11-03"),
        ("datetime.datetime(2024, 3, 5, 10, 0)", "2024-03-05"),
        ("45356.4375", "2024-03-05"),
        ("28/08/98", "1998-08-28"),
        ("28-Agu-24", "2024-08-28"),
        ("28.08.2024", "2024-08-28"),
        ("Aug 28, 2024", "2024-08-28"),
        ("Agustus 28, 2024", "2024-08-28"),
        ("Wednesday, August 28, 2024 11:30 PM", "2024-08-28"),
        ("Aug 28, 2024 11:30 PM GMT", "2024-08-29"),
        ("Aug 28, 2024 12:30 AM +0900", "2024-08-27"),
        ("Wed, 28 Aug 2024 19:30:00 GMT", "2024-08-29"),
        ("28 Aug 24 10:00:00 PST", "2024-08-29"),
        ("28 Agustus 2024 23:30 GMT+8", "2024-08-28"),
        ("28 Agustus 2024 00.30 WITA", "2024-08-27"),
        ("28 Agustus 2024 00.30 WIT", "2024-08-27"),
        ("28 Agustus 2024 00.30 WIB", "2024-08-28"),
        ("(28 Agustus 2024)", "2024-08-28"),
        ("12 Djanuari 1955", "1955-01-12"),
        ("17 Agoestoes 1945", "1945-08-17"),
        ("5 Mrt 1999", "1999-03-05"),
        ("1724779800", "2024-08-28"),
        ("1724779800123", "2024-08-28"),
        ("1724779800.0", "2024-08-28"),
        ("05/05/2024", "2024-05-05"),
    ],
)
def test_form_is_read_without_a_doubt(text: str, day: str) -> None:
    """What can mean only one day is that day, in Jakarta."""
    assert read_stated_date(text) == StatedDate(dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("text", "order", "day", "doubt"),
    [
        ("03/04/2024", None, "2024-04-03", "ambiguous"),
        ("03-04-2024 10:00", None, "2024-04-03", "ambiguous"),
        ("03/04/24", None, "2024-04-03", "ambiguous"),
        ("03.04.2024", None, "2024-04-03", ""),
        ("03/04/2024", "day", "2024-04-03", ""),
        ("03/04/2024", "month", "2024-03-04", ""),
        ("04/28/2024", None, "2024-04-28", "only be month first"),
        ("04/28/2024", "day", "2024-04-28", "only be month first"),
        ("28/04/2024", "month", "2024-04-28", "only be day first"),
        ("Rabu, 03/04/2024", None, "2024-04-03", ""),
        ("Senin, 03/04/2024", None, "2024-03-04", ""),
        ("Minggu, 03/04/2024", None, "2024-04-03", "ambiguous"),
    ],
)
def test_order_of_day_and_month_is_never_guessed_in_silence(
    text: str, order: DateOrder | None, day: str, doubt: str
) -> None:
    """Day first unless the order is given; a weekday decides, and what stays doubtful is noted."""
    stated = read_stated_date(text, order)
    assert stated.date == dt.date.fromisoformat(day)
    assert bool(stated.notes) == bool(doubt)
    assert doubt in "".join(stated.notes)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31/02/2024", "does not exist"),
        ("1970-01-01 07:00:00", "never set"),
        ("2024-13-01", "does not exist"),
        ("28.13.2024", "does not exist"),
        ("0000-00-00 00:00:00", "does not exist"),
        ("28 Agustus 2024 25:00", "does not exist"),
        ("1944-12-31", "before 1945"),
        ("31 Desember 1899", "before 1945"),
        ("9999-12-31", "in the future"),
        ("9999-12-31 23:00 UTC", "does not exist"),
        ("28/08/69", "in the future"),
    ],
)
def test_day_that_cannot_be_is_left_out_with_a_note(text: str, why: str) -> None:
    """A wrong day is worse than none."""
    stated = read_stated_date(text)
    assert stated.date is None
    assert why in stated.notes[0]
    assert len(stated.notes) == 1


def test_tomorrow_is_no_future_and_the_week_after_is() -> None:
    """Papers are dated ahead by a day at most."""
    today = dt.datetime.now(dt.UTC).date()
    assert read_stated_date(f"{today:%Y-%m-%d}").date == today
    assert read_stated_date(f"{today + dt.timedelta(days=7):%Y-%m-%d}").date is None


@given(st.text() | st.from_regex(r"[0-9]{1,4}[-/. ][0-9A-Za-z]{1,9}[-/. ][0-9]{1,13}.{0,20}"))
def test_any_text_is_a_believable_day_or_none(text: str) -> None:
    """Nothing is raised, whatever a field holds."""
    stated = read_stated_date(text)
    assert stated.date is None or stated.date.year >= 1945
