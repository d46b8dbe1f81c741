"""The date that a text shows among other words, in the forms that outlets write."""

import pytest

from index.ingest.fields.shown_dates import find_date


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
