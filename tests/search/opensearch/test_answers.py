"""Answers of OpenSearch as counts: what is there, what is missing, and what is incomplete."""

from typing import Any

import pytest

from search.opensearch.answers import day_counts, facet_counts, page_of, totals_without
from search.opensearch.search_body import Search
from search.request import NO_FILTERS, FacetChoice, Filters


def terms(counts: dict[str, int], other: int = 0, error: int = 0) -> dict[str, Any]:
    """Return the answer of a terms aggregation."""
    buckets = [{"key": value, "doc_count": count} for value, count in counts.items()]
    sums = {"sum_other_doc_count": other, "doc_count_error_upper_bound": error}
    return {"buckets": buckets, **sums}


def answer(total: int, aggregations: dict[str, Any]) -> dict[str, Any]:
    """Return an answer with a total and aggregations."""
    return {"hits": {"total": {"value": total}, "hits": []}, "aggregations": aggregations}


PLAIN = Search({"match_all": {}}, NO_FILTERS, copies=True)
CHOSEN = Search({}, Filters((("tag", FacetChoice(include=("beras",))),)), copies=True)


@pytest.mark.parametrize(
    ("other", "error", "incomplete"), [(0, 0, []), (1, 0, ["tag"]), (0, 1, ["tag"])]
)
def test_facet_whose_values_were_not_all_counted_is_named(
    other: int, error: int, incomplete: list[str]
) -> None:
    """One shard left some out, or several of them may have."""
    counts = facet_counts(answer(9, {"tag": terms({"beras": 3}, other, error)}), PLAIN)
    assert counts.values == {"tag": {"beras": 3}}
    assert counts.incomplete == incomplete


def test_facet_is_read_from_the_group_of_its_filter() -> None:
    """A chosen facet stands behind the other filters, all others behind every filter."""
    groups = {
        "all": {"doc_count": 2, "source": terms({"Antara": 2}), "source?": {"doc_count": 0}},
        "tag": {"doc_count": 7, "tag": terms({"beras": 2, "gula": 5}), "tag?": {"doc_count": 4}},
    }
    counts = facet_counts(answer(2, groups), CHOSEN)
    assert counts.values == {"tag": {"beras": 2, "gula": 5}, "source": {"Antara": 2}}
    assert counts.missing["tag"] == 4
    assert totals_without(answer(2, groups), CHOSEN) == {"tag": 5}


def test_days_are_read_from_the_group_without_dates() -> None:
    """Where no days were asked for, there are none."""
    days = {"buckets": [{"key": 20240507, "doc_count": 3}]}
    groups = {"dates": {"doc_count": 9, "days": {"doc_count": 3, "days": days}}}
    assert day_counts(answer(2, groups)) == {20240507: 3}
    assert day_counts(answer(2, {"dates": {"doc_count": 9}})) == {}
    assert day_counts(answer(2, {})) == {}


def test_page_names_where_the_next_one_begins() -> None:
    """The last one does not."""
    bucket = {"key": {"value": "beras"}, "doc_count": 3}
    page = {"buckets": [bucket], "after_key": {"value": "beras"}}
    assert page_of({"aggregations": {"tag": page}}, "tag") == ({"beras": bucket}, "beras")
    assert page_of({"aggregations": {"tag": {"buckets": []}}}, "tag") == ({}, None)
