"""The timeline: its bars are complete, to scale, and link to their articles."""

import pytest

from search.request import FacetChoice, SearchRequest
from search.results import MonthCount
from web.urls import Addresses, PageState
from web.views import RequestContext
from web.views.results_models import Timeline
from web.views.timeline import MONTHS_MOST, make_timeline


def _timeline(*months: MonthCount, request: SearchRequest | None = None) -> Timeline:
    return make_timeline(months, RequestContext(PageState(request or SearchRequest()), Addresses()))


def _month(number: int) -> str:
    return f"{2000 + number // 12:04}-{number % 12 + 1:02}"


def test_archive_without_a_date_has_no_bars() -> None:
    """The timeline is empty."""
    drawn = _timeline()
    assert (drawn.bars, drawn.first_label, drawn.last_label) == ((), "", "")


def test_month_that_the_archive_lacks_has_an_empty_bar() -> None:
    """Every month has a bar, also over the end of a year."""
    drawn = _timeline(MonthCount("2023-11", 2), MonthCount("2024-02", 4))
    assert [bar.period for bar in drawn.bars] == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert [bar.hit_count for bar in drawn.bars] == [2, 0, 0, 4]
    assert [bar.height / drawn.height for bar in drawn.bars] == [0.5, 0, 0, 1]


def test_bars_stand_side_by_side_inside_the_picture() -> None:
    """Bars do not overlap and do not leave the chart."""
    months = [MonthCount(_month(number), number * 7) for number in range(MONTHS_MOST)]
    drawn = _timeline(*months)
    assert [bar.left for bar in drawn.bars] == list(range(MONTHS_MOST))
    assert drawn.width == MONTHS_MOST
    assert all(bar.top + bar.height == pytest.approx(drawn.height) for bar in drawn.bars)


def test_single_article_beside_many_can_be_seen() -> None:
    """Its bar has a least height."""
    drawn = _timeline(MonthCount("2024-01", 1), MonthCount("2024-02", 100_000))
    assert drawn.bars[0].height / drawn.height >= 0.02


def test_label_has_month_and_count() -> None:
    """For screen readers."""
    drawn = _timeline(MonthCount("2024-08", 1234))
    assert drawn.bars[0].label == "Agustus 2024, 1.234 artikel"
    assert drawn.first_label == drawn.last_label == "Agustus 2024"


def test_bar_chooses_its_month_alone_and_keeps_the_rest() -> None:
    """Its link drops months that were chosen or excluded before."""
    request = SearchRequest(query_text="beras", page=3).with_choice(
        "month", FacetChoice(("2024-02",), exclude=("2024-01",), without=True, size=5)
    )
    drawn = _timeline(MonthCount("2024-01", 1), MonthCount("2024-02", 1, True), request=request)
    assert drawn.bars[0].url == "/search?q=beras&month=2024-01&month_size=5"


def test_chosen_bar_leads_back_to_all_months() -> None:
    """A second click undoes the first."""
    request = SearchRequest(query_text="beras").with_choice("month", FacetChoice(("2024-02",)))
    drawn = _timeline(MonthCount("2024-02", 1, True), request=request)
    assert drawn.bars[0].selected
    assert drawn.bars[0].url == "/search?q=beras"


def test_too_many_months_are_drawn_as_years() -> None:
    """A bar narrower than four pixels could not be seen or clicked."""
    months = [MonthCount(_month(number), 1) for number in range(MONTHS_MOST + 1)]
    drawn = _timeline(*months)
    assert drawn.by_year
    assert [bar.period for bar in drawn.bars] == [str(year) for year in range(2000, 2021)]
    assert sum(bar.hit_count for bar in drawn.bars) == MONTHS_MOST + 1
    assert drawn.bars[0].label == "2000, 12 artikel"
    assert drawn.bars[0].url.count("month=2000-") == 12


def test_year_is_chosen_when_all_its_months_are() -> None:
    """If only some months are chosen, the bar chooses all of them."""
    months = [MonthCount("1990-01", 1), MonthCount("2024-01", 1, True), MonthCount("2024-02", 1)]
    part = _timeline(*months).bars[-1]
    whole = _timeline(*months[:2], MonthCount("2024-02", 1, True)).bars[-1]
    assert (part.selected, whole.selected) == (False, True)
    assert part.url == "/search?month=2024-01&month=2024-02"
    assert whole.url == "/"


def test_years_far_apart_are_drawn_in_full() -> None:
    """A wrong date in the archive does not break the timeline."""
    drawn = _timeline(MonthCount("0001-01", 1), MonthCount("9999-12", 1))
    assert (drawn.bars[0].period, drawn.bars[-1].period) == ("0001", "9999")


def test_year_of_which_the_archive_has_nothing_leads_to_nothing() -> None:
    """It has no month to choose, so its link uses dates."""
    drawn = _timeline(MonthCount("1945-08", 1), MonthCount("2024-02", 1))
    empty = drawn.bars[1]
    assert (drawn.by_year, empty.period, empty.hit_count) == (True, "1946", 0)
    assert empty.url == "/search?from=1946-01-01&to=1946-12-31"
