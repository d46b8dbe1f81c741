"""The front page's choices: several outlets, subjects that stand out, this day of other years."""

import datetime as dt
from dataclasses import replace
from math import log

import pytest

from search import Bucket, FacetResult, Hit, MonthCount, SearchRequest, SearchResults, Snippet
from search.keyness import log_likelihood
from web.http.front_requests import (
    choose_newest,
    choose_subjects,
    day_requests,
    example_queries,
    newest_month,
)

NOTHING = SearchResults(
    request=SearchRequest(),
    understood="",
    notices=(),
    total=0,
    hits=(),
    facets=(),
    months=(),
    alternatives=(),
    took_ms=0,
    generation=1,
)


def hit(number: int, source: str) -> Hit:
    """Return a hit of an outlet."""
    return Hit(
        doc_id=f"a{number}",
        score=0,
        title=Snippet(f"Judul {number}"),
        snippet=Snippet(""),
        date=dt.date(2026, 1, 1),
        date_source="field",
        date_doubtful=False,
        authors=(),
        editors=(),
        tags=(),
        category="",
        source=source,
        url="",
    )


def chosen(sources: str) -> str:
    """Return the outlets, a letter each, of the newest articles that are shown."""
    hits = [hit(number, source.strip()) for number, source in enumerate(sources)]
    return "".join(each.source or " " for _, each in choose_newest(hits))


@pytest.mark.parametrize(
    ("newest", "shown"),
    [
        ("aaaaaaaaaaaa", "aaaaaaaaaa"),
        ("aaaaaabbbbbbbcc", "aaaabbbbcc"),
        ("aaaaaaaaaaaab", "aaaaaaaaab"),
        ("            ", "          "),
        ("ab", "ab"),
        ("", ""),
    ],
)
def test_no_outlet_fills_the_front_page(newest: str, shown: str) -> None:
    """Unless there is no other; the order stays, and nothing is left out where there are few."""
    assert chosen(newest) == shown


def test_rank_is_that_among_all() -> None:
    """So that the article's page finds its neighbours."""
    hits = [hit(number, "a" if number < 8 else "b") for number in range(20)]
    assert [rank for rank, _ in choose_newest(hits)] == [1, 2, 3, 4, 5, 6, 9, 10, 11, 12]


def tagged(total: int, **counts: int) -> SearchResults:
    """Return results with counts of tags."""
    buckets = tuple(Bucket(value, count) for value, count in counts.items())
    facet = FacetResult(
        name="tag", buckets=buckets, total=len(counts), missing=0, missing_selected=False, other=0
    )
    return replace(NOTHING, total=total, facets=(facet,))


def test_subject_stands_out_from_all_other_months() -> None:
    """A tag as common as ever is none, nor one of two articles; the strongest comes first."""
    archive = tagged(10_000, politik=1_000, banjir=60, pilkada=40, baru=2)
    month = tagged(100, politik=10, banjir=30, pilkada=20, baru=2)
    assert choose_subjects(month, archive) == (("banjir", 30), ("pilkada", 20))


def test_archive_without_tags_has_no_subjects() -> None:
    """Nothing is shown then."""
    assert choose_subjects(NOTHING, NOTHING) == ()


def test_log_likelihood_is_that_of_the_formula() -> None:
    """Observed times the logarithm of observed by expected, in both parts, twice."""
    first, second = 100 * 20 / 1100, 1000 * 20 / 1100
    expected = 2 * (12 * log(12 / first) + 8 * log(8 / second))
    assert log_likelihood(12, 100, 8, 1000) == pytest.approx(expected)
    assert log_likelihood(12, 100, 0, 1000) > log_likelihood(12, 100, 8, 1000)
    assert log_likelihood(0, 100, 0, 1000) == 0


def test_newest_month_is_one_with_articles() -> None:
    """Months without any may follow it."""
    months = (MonthCount("2025-01", 3), MonthCount("2025-02", 1), MonthCount("2025-03", 0))
    assert newest_month(replace(NOTHING, months=months)) == "2025-02"
    assert newest_month(NOTHING) == ""


def test_this_day_is_asked_of_earlier_years_whose_month_has_articles() -> None:
    """The last year first; 29 February is no day of most years, and no error."""
    months = ("2019-02", "2020-02", "2021-03", "2023-02", "2024-02", "2025-02")
    results = replace(NOTHING, months=tuple(MonthCount(month, 1) for month in months))
    asked = [request.from_date for request in day_requests(results, dt.date(2024, 2, 29))]
    assert asked == [dt.date(2020, 2, 29)]
    asked = [request.to_date for request in day_requests(results, dt.date(2024, 2, 3))]
    assert asked == [dt.date(2023, 2, 3), dt.date(2020, 2, 3), dt.date(2019, 2, 3)]


def test_examples_show_three_ways_to_ask() -> None:
    """Plain, exact, and in headlines; fewer where the archive has fewer words."""
    made = list(example_queries(["banjir", "Jawa Timur"], ["harga beras"]))
    assert made == ["banjir", '"harga beras"', 'judul:"Jawa Timur"']
    assert list(example_queries([], [])) == []
