"""The latest month or year a text names as past, and what does not count."""

import datetime as dt

import pytest

from index.ingest.fields.past_months import find_latest_past_month

MAY_2024 = dt.date(2024, 5, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Sejak Mei 2024.",
        "SEJAK MEI 2024!",
        "Pada 3 Mei 2024 dan November 2023.",
        "Pada 3/5/2024, seperti pada 2022.",
        "Harga akan turun lagi seperti sejak Mei 2024.",
        "Jembatan akan dibuka, sedangkan jalan rampung Mei 2024.",
        "Musim 2019-2023, lalu Mei 2024.",
    ],
)
def test_latest_month_counts(text: str) -> None:
    """The latest of all mentions that are past decides."""
    assert find_latest_past_month(text) == MAY_2024


@pytest.mark.parametrize(
    "future",
    [
        "Jembatan akan rampung pada Maret 2025",
        "Jembatan ditargetkan rampung pada Maret 2025",
        "Jembatan ditargetkan, kata kepala dinas, rampung pada Maret 2025",
        "Rencananya dibuka Maret 2025",
        "Program berjalan hingga Maret 2025",
        "Laporan masuk paling lambat 31/3/2025",
        "Jembatan dibuka pada Maret 2025 nanti",
        "Jembatan dibuka pada 2025 mendatang",
        "Rencana 2020-2045",
    ],
)
def test_future_of_its_clause_does_not_count(future: str) -> None:
    """A month or year that is said to come tells nothing of the day of writing."""
    assert find_latest_past_month(f"Sejak Mei 2024. {future}.") == MAY_2024


@pytest.mark.parametrize(
    "number",
    [
        "2025 orang",
        "Rp2025",
        "2.025",
        "2025,5",
        "2025%",
        "20251",
        "Blok-2025",
        "2025 rumah",
        "1970-an",
    ],
)
def test_number_that_is_no_year_does_not_count(number: str) -> None:
    """Counts, amounts and parts of longer numbers are no years."""
    assert find_latest_past_month(f"Ada {number} di sana.") is None
