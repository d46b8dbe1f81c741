"""The date that a text shows among other words, in the forms that outlets write."""

import pytest

from index.ingest.fields.shown_dates import find_address_date, find_date, find_stated_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-09-28WIB19:17:34+07:00", "2019-09-28"),
        ("2019-09-28WIT00:17:34", "2019-09-27"),
        ("2024-01-01T00:30:00+09:00", "2023-12-31"),
        ("2024-08-27T17:30:00.000Z", "2024-08-28"),
        ("1724779800", "2024-08-28"),
        ("1724779800123", "2024-08-28"),
        ("Kabar Pagi - 28/08/2024, 19:30 WIB", "2024-08-28"),
        ("Jumat , 17 February 2017, 13:16 WIB", "2017-02-17"),
        ("on 16 Feb 2016 at 09:20 WIB", "2016-02-16"),
        ("Agustus 28, 2024", "2024-08-28"),
        ("Diterbitkan 28 Agustus 2024, diperbarui 30 Agustus 2024", "2024-08-28"),
        ("Diperbarui 30 Agustus 2024", None),
        ("31/02/2024", None),
        ("99999999999", None),
    ],
)
def test_day_is_found_in_what_outlets_write(text: str, day: str | None) -> None:
    """The day is Jakarta's; the day of a change is not the day it appeared."""
    found = find_date(text)
    assert (str(found) if found else None) == day


def test_date_of_a_change_counts_in_a_field_that_holds_no_other() -> None:
    """A cell may hold what the page shows: when the article was changed."""
    assert find_stated_date("Diperbarui 20 Jun 2025, 05:50 WIB").date is None
    changed = find_stated_date("Diperbarui 20 Jun 2025, 05:50 WIB", changes=True).date
    assert changed is not None
    assert changed.isoformat() == "2025-06-20"


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://pagi.example/2025/06/13/panen-raya/", "2025-06-13"),
        ("https://pagi.example/tekno/20210804140659-37-266/ponsel", "2021-08-04"),
        ("https://pagi.example/read/20250703/235/1890046/panen", "2025-07-03"),
        ("https://pagi.example/berita/d-8100912/panen-2024-12-1", ""),
        ("https://pagi.example/read/2025/13/41/278/panen", ""),
        ("panen", ""),
    ],
)
def test_address_names_the_day(url: str, day: str) -> None:
    """A number of an article is no day."""
    found = find_address_date(url)
    assert (found.isoformat() if found else "") == day
