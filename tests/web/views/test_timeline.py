"""The timeline: its bars are complete, to scale, as long as asked, and link one level down."""

import csv
import datetime as dt
import io
from collections.abc import Sequence

import pytest

from search import DayCount, FacetChoice, MonthCount, SearchRequest, SearchResults
from web.urls import Addresses, PageState
from web.views import RequestContext, make_csv, make_timeline
from web.views.timeline_models import Timeline

WHOLE = SearchRequest(query_text="beras")


def _timeline(
    *months: MonthCount,
    request: SearchRequest = WHOLE,
    days: Sequence[DayCount] = (),
    chart: str = "count",
    lang: str = "id",
) -> Timeline:
    results = SearchResults(
        request=request,
        understood="",
        notices=(),
        total=sum(month.hit_count for month in months),
        hits=(),
        facets=(),
        months=months,
        days=tuple(days),
        alternatives=(),
        took_ms=1.0,
        generation=1,
    )
    return make_timeline(results, RequestContext(PageState(request, lang, chart), Addresses()))


def _months(first: int, count: int, hits: int = 1, docs: int = 10) -> list[MonthCount]:
    """So many months from January of a year on, each with as many hits and articles."""
    return [
        MonthCount(f"{first + n // 12:04}-{n % 12 + 1:02}", hits, doc_count=docs)
        for n in range(count)
    ]


def _between(first: dt.date, last: dt.date) -> SearchRequest:
    return SearchRequest(query_text="beras", from_date=first, to_date=last)


def _days(month: int, hits: dict[int, int]) -> list[DayCount]:
    """The 30 days of a month of 2025 with some hits."""
    return [DayCount(dt.date(2025, month, day), hits.get(day, 0), 9) for day in range(1, 31)]


def test_archive_without_a_date_has_no_chart() -> None:
    """The timeline is empty."""
    drawn = _timeline()
    assert (drawn.charts, drawn.bars, drawn.level) == ((), (), "")


def test_nothing_found_is_not_drawn() -> None:
    """Months without hits make no chart."""
    assert _timeline(*_months(2024, 3, hits=0)).charts == ()


def test_month_that_the_archive_lacks_has_an_empty_bar() -> None:
    """Every month has a bar, also over the end of a year."""
    drawn = _timeline(MonthCount("2023-11", 2), MonthCount("2024-02", 4))
    assert [bar.period for bar in drawn.bars] == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert [bar.hit_count for bar in drawn.bars] == [2, 0, 0, 4]
    assert drawn.bars[1].height == 0


def test_bars_are_to_scale_and_the_least_is_seen() -> None:
    """The highest fills the chart, half as many articles are half as high."""
    one, half, most = _timeline(
        MonthCount("2024-01", 1), MonthCount("2024-02", 50_000), MonthCount("2024-03", 100_000)
    ).bars
    assert half.height == pytest.approx(most.height / 2)
    assert 0 < one.height < half.height
    assert one.top + one.height == pytest.approx(most.top + most.height)


@pytest.mark.parametrize(
    ("year_count", "levels"),
    [
        (2, [("all", "month")]),
        (10, [("wide", "month"), ("narrow", "year")]),
        (30, [("all", "year")]),
        (60, [("wide", "year"), ("narrow", "decade")]),
        (200, [("all", "decade")]),
    ],
)
def test_bars_are_as_long_as_can_be_hit(year_count: int, levels: list[tuple[str, str]]) -> None:
    """Months where they are few, else years, else decades; sooner on a narrow screen."""
    drawn = _timeline(*_months(1801, 12 * year_count))
    assert [(chart.screens, chart.level) for chart in drawn.charts] == levels


def test_wrong_dates_do_not_break_the_timeline() -> None:
    """The whole calendar has a hundred centuries."""
    drawn = _timeline(MonthCount("0001-01", 1), MonthCount("9999-12", 1))
    assert (len(drawn.bars), drawn.level) == (100, "century")
    assert (drawn.bars[0].period, drawn.bars[-1].last_day) == ("00XX", "9999-12-31")


def test_decade_shows_its_months() -> None:
    """The axis is the span that is asked for."""
    request = _between(dt.date(1970, 1, 1), dt.date(1979, 12, 31))
    drawn = _timeline(*_months(1950, 12 * 60), request=request)
    assert (drawn.bars[0].period, drawn.bars[-1].period) == ("1970-01", "1979-12")
    assert [crumb.label for crumb in drawn.crumbs] == ["Semua", "1970–1979"]


def test_year_shows_all_its_months() -> None:
    """Also those in which the archive has nothing."""
    request = _between(dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    drawn = _timeline(*_months(2023, 30), request=request)
    assert [bar.period for bar in drawn.bars] == [f"2025-{n:02}" for n in range(1, 13)]
    assert drawn.bars[7].url == "/search?q=beras&from=2025-08&to=2025-08"


def test_month_shows_its_days_with_crumbs_back() -> None:
    """Each day is a link, and the crumbs lead to the year and to all time."""
    request = _between(dt.date(2025, 9, 1), dt.date(2025, 9, 30))
    drawn = _timeline(*_months(2025, 12), request=request, days=_days(9, {3: 5, 4: 1}))
    assert (drawn.level, len(drawn.bars)) == ("day", 30)
    assert drawn.bars[2].url == "/search?q=beras&from=2025-09-03&to=2025-09-03"
    assert drawn.bars[2].label == "3 September 2025, 5 artikel"
    assert drawn.crumbs == (
        ("Semua", "/search?q=beras"),
        ("2025", "/search?q=beras&year=2025"),
        ("September", ""),
    )
    assert not any(bar.selected for bar in drawn.bars)


def test_day_is_marked_among_its_month() -> None:
    """The other days stay in sight, and the day leads back to its month."""
    day = dt.date(2025, 9, 3)
    drawn = _timeline(*_months(2025, 12), request=_between(day, day), days=_days(9, {3: 5, 4: 1}))
    assert [bar.period for bar in drawn.bars if bar.selected] == ["2025-09-03"]
    assert drawn.crumbs[2] == ("September", "/search?q=beras&from=2025-09&to=2025-09")
    assert drawn.crumbs[3] == ("3 September 2025", "")


def test_months_of_a_span_that_is_cut_stay_within_it() -> None:
    """A month of which only a part was asked for leads to that part."""
    request = _between(dt.date(2025, 1, 15), dt.date(2025, 4, 30))
    first = _timeline(*_months(2025, 12), request=request).bars[0]
    assert (first.first_day, first.last_day) == ("2025-01-15", "2025-01-31")


def test_chosen_month_is_marked_and_gives_way_to_a_bar() -> None:
    """A bar of another month asks for that month alone."""
    request = SearchRequest().with_choice("month", FacetChoice(("2024-02",), ("2024-01",)))
    one, two = _timeline(
        MonthCount("2024-01", 1), MonthCount("2024-02", 1, selected=True), request=request
    ).bars
    assert (one.selected, two.selected) == (False, True)
    assert one.url == "/search?from=2024-01&to=2024-01"


def test_years_link_to_the_year_as_one_thing() -> None:
    """A year is one parameter."""
    bar = _timeline(*_months(1990, 12 * 30)).bars[5]
    assert (bar.period, bar.url) == ("1995", "/search?q=beras&year=1995")


def test_few_articles_far_from_all_others_are_cut_off_and_told() -> None:
    """A wrong year does not fill the axis with nothing; its hits are a link, at either end."""
    old, new = MonthCount("1945-08", 1, doc_count=1), MonthCount("2099-01", 2, doc_count=2)
    drawn = _timeline(old, *_months(2020, 48, hits=5), new)
    assert (drawn.bars[0].period, drawn.bars[-1].period) == ("2020-01", "2023-12")
    assert drawn.left_out == (
        ("1 artikel dari Agustus 1945 tidak digambar", "/search?q=beras&from=1945-08&to=1945-08"),
        ("2 artikel dari Januari 2099 tidak digambar", "/search?q=beras&from=2099-01&to=2099-01"),
    )


def test_newest_month_is_never_cut_off_for_having_few_articles() -> None:
    """It has just begun."""
    months = [*_months(2000, 300, docs=100), MonthCount("2025-01", 1, doc_count=1)]
    assert _timeline(*months).bars[-1].period == "2025"


def test_hits_that_lie_there_are_not_cut_off() -> None:
    """A search for the old articles shows them."""
    months = [MonthCount("1945-08", 1, doc_count=1), *_months(2020, 48, hits=0)]
    drawn = _timeline(*months)
    assert (drawn.bars[0].period, drawn.left_out) == ("1945", ())


def test_shares_are_to_the_scale_of_times_with_articles_enough() -> None:
    """One of one article is no trend: it fills the chart and does not flatten the others."""
    months = [
        MonthCount("2024-01", 1, doc_count=1),
        MonthCount("2024-02", 10, doc_count=100),
        MonthCount("2024-03", 40, doc_count=200),
    ]
    drawn = _timeline(*months, chart="share")
    one, ten, twenty = drawn.bars
    assert one.height == twenty.height == pytest.approx(2 * ten.height)
    assert drawn.most_label == "paling tinggi 20%"
    assert twenty.label == "Maret 2024, 40 artikel, 20% dari semua"
    assert drawn.unit_url == "/search?q=beras"


def test_shares_are_one_click_away_where_they_differ() -> None:
    """Where all articles are hits, each share is the whole."""
    assert _timeline(*_months(2024, 3)).unit_url == "/search?q=beras&chart=share"
    assert _timeline(*_months(2024, 3, hits=10)).unit_url == ""


def test_peak_is_the_month_with_the_most_hits() -> None:
    """None where two have as many, or where one month has all."""
    months = [*_months(2024, 3), MonthCount("2024-08", 7, doc_count=9)]
    assert (_timeline(*months).peak_label, _timeline(*months).peak) == (
        "puncak Agustus 2024",
        "2024-08",
    )
    assert _timeline(*months, lang="en").peak_label == "peak August 2024"
    assert _timeline(*_months(2024, 3)).peak_label == ""
    assert _timeline(MonthCount("2024-08", 7)).peak_label == ""


def test_ghost_is_the_shape_of_the_whole_archive() -> None:
    """A step for each bar, the highest at the top."""
    (chart,) = _timeline(
        MonthCount("2024-01", 1, doc_count=50), MonthCount("2024-02", 1, doc_count=100)
    ).charts
    assert chart.ghost == "M0 100V50h1V0h1V100Z"


def test_ticks_name_years_and_are_few() -> None:
    """Never more than there is room for, and none twice."""
    for count in (1, 12, 30, 120, 600, 5000):
        for chart in _timeline(*_months(1501, count)).charts:
            labels = [tick.label for tick in chart.ticks]
            assert 0 < len(labels) <= 12
            assert len(set(labels)) == len(labels)


def test_table_has_what_has_hits_the_newest_first() -> None:
    """With all articles of the time, and the share."""
    drawn = _timeline(
        MonthCount("2024-01", 1234, doc_count=2468), MonthCount("2024-03", 1, doc_count=3)
    )
    assert [row.label for row in drawn.rows] == ["Maret 2024", "Januari 2024"]
    assert drawn.rows[1][2:] == ("1.234", "2.468", "50%")


def test_csv_is_utf8_for_spreadsheets_and_has_no_formula() -> None:
    """A byte order mark, a row for each bar, and numbers as programs read them."""
    text = make_csv(
        _timeline(MonthCount("2024-01", 1, doc_count=3), MonthCount("2024-03", 2, doc_count=2))
    )
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows == [
        ["period", "from", "to", "articles", "all_articles", "share"],
        ["2024-01", "2024-01-01", "2024-01-31", "1", "3", "0.333333"],
        ["2024-02", "2024-02-01", "2024-02-29", "0", "0", "0"],
        ["2024-03", "2024-03-01", "2024-03-31", "2", "2", "1.0"],
    ]
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row if cell)
