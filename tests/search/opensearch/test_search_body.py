"""The body of a search: hits behind all filters, each facet behind all but its own."""

import datetime as dt
from typing import Any

import pytest

from search.matches import COUNT_ONLY, Selection
from search.opensearch.search_body import NOT_COPY, SOURCES_MOST, Search
from search.request import DAYS_MOST, FacetChoice, Filters

CLAUSE = {"match_none": {}}
TAG = {"bool": {"filter": [{"terms": {"facets.tag": ["beras"]}}]}}
DAYS = {"range": {"date": {"gte": 20240501}}}
FILTERS = Filters((("tag", FacetChoice(include=("beras",))),), from_date=dt.date(2024, 5, 1))
SIZES = {"tag": 5, "source": 2}
NEWEST = Selection(10, "newest", by_score=False)


def test_hits_pass_all_filters_and_a_facet_all_but_its_own() -> None:
    """The post filter leaves the counts alone."""
    body = Search(CLAUSE, FILTERS, copies=True).body(NEWEST, SIZES)
    assert body["post_filter"] == {"bool": {"filter": [TAG, DAYS]}}
    groups = {name: group["filter"] for name, group in body["aggs"].items()}
    assert groups == {
        "all": {"bool": {"filter": [TAG, DAYS]}},
        "tag": {"bool": {"filter": [DAYS]}},
        "dates": {"bool": {"filter": [TAG]}},
    }
    assert list(body["aggs"]["tag"]["aggs"]) == ["tag", "tag?"]
    assert list(body["aggs"]["all"]["aggs"]) == ["source", "source?"]
    assert body["aggs"]["dates"]["aggs"] == {}


def test_days_of_the_window_are_counted_behind_all_filters_but_their_own() -> None:
    """The window is the whole month, so that a day keeps its neighbours."""
    filters = Filters(FILTERS.choices, dt.date(2024, 5, 7), dt.date(2024, 5, 9))
    group = Search(CLAUSE, filters, copies=True).body(NEWEST, SIZES)["aggs"]["dates"]
    assert group["filter"] == {"bool": {"filter": [TAG]}}
    assert group["aggs"]["days"] == {
        "filter": {"range": {"date": {"gte": 20240501, "lte": 20240531}}},
        "aggs": {"days": {"terms": {"field": "date", "size": DAYS_MOST}}},
    }


def test_without_filters_facets_are_counted_at_once() -> None:
    """A choice of what is shown is no filter."""
    shown = Filters((("tag", FacetChoice(size=20, match="be")),))
    body = Search(CLAUSE, shown, copies=True).body(NEWEST, SIZES)
    assert "post_filter" not in body
    assert body["aggs"]["tag"] == {"terms": {"field": "facets.tag", "size": 5}}


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (FacetChoice(exclude=("a",)), {"must_not": [{"terms": {"facets.tag": ["a"]}}]}),
        (
            FacetChoice(without=True),
            {"filter": [{"bool": {"must_not": [{"exists": {"field": "facets.tag"}}]}}]},
        ),
    ],
)
def test_choice_is_a_filter(choice: FacetChoice, expected: dict[str, Any]) -> None:
    """What is excluded, and what has no value."""
    search = Search(CLAUSE, Filters((("tag", choice),)), copies=True)
    assert search.filter_by_name == {"tag": {"bool": expected}}


def test_near_duplicates_are_no_candidates() -> None:
    """They are kept out of hits, total and facets alike."""
    assert Search(CLAUSE, FILTERS, copies=False).query["bool"]["filter"] == [NOT_COPY]
    assert "filter" not in Search(CLAUSE, FILTERS, copies=True).query["bool"]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(1, "newest", by_score=True), ["_score", ("date", "desc"), "id"]),
        (Selection(1, "newest", by_score=False), [("date", "desc"), "id"]),
        (Selection(1, "oldest", by_score=False), [("date", "asc"), "id"]),
    ],
)
def test_order_of_hits(selection: Selection, expected: list[Any]) -> None:
    """Equals are ordered by date, then by id; what has no date comes last in either order."""
    sort = Search(CLAUSE, FILTERS, copies=True).body(selection, {})["sort"]
    names = [
        (name, way["order"]) if isinstance(way, dict) else name
        for row in sort
        for name, way in row.items()
    ]
    assert names == expected
    assert all(row["date"]["missing"] == "_last" for row in sort if "date" in row)


def test_documents_come_with_hits_but_not_with_deep_pages() -> None:
    """A page far behind would bring thousands that nobody sees."""
    search = Search(CLAUSE, FILTERS, copies=True)
    first = search.body(NEWEST, {})
    deep = search.body(Selection(SOURCES_MOST + 1, "newest", by_score=True), {})
    assert (first["_source"], deep["_source"]) == (["document"], False)
    assert "docvalue_fields" in first
    assert "docvalue_fields" not in deep


def test_counting_asks_for_no_hits() -> None:
    """Neither for scores, so that no shard asks another about idf."""
    body = Search(CLAUSE, FILTERS, copies=True).body(COUNT_ONLY, {})
    assert body["size"] == 0
    assert body["track_total_hits"] is True
    assert "track_scores" not in body
