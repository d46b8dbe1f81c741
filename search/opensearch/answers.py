"""Answers of OpenSearch: from a response to the total, the counts of facets and what is incomplete.

Pure: what a response lacks is named, and asked for elsewhere.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from search.opensearch.search_body import DAYS, FACET_NAMES, MISSING, Search
from search.request import DATES


class FacetCounts(NamedTuple):
    """The counts of a response.

    Attributes:
        values: by facet, each value's count.
        missing: by facet, the documents without a value.
        incomplete: the facets of which not all values were counted, or some not wholly.
    """

    values: dict[str, dict[str, int]]
    missing: dict[str, int]
    incomplete: list[str]


def total_of(response: Any) -> int:
    """Return how many documents match and pass all filters."""
    return int(response["hits"]["total"]["value"])


def totals_without(response: Any, search: Search) -> dict[str, int]:
    """Return, by filter, how many documents only this one keeps out."""
    total, groups = total_of(response), response.get("aggregations", {})
    return {name: groups[name]["doc_count"] - total for name in search.filter_by_name}


def facet_counts(response: Any, search: Search) -> FacetCounts:
    """Return the counts of all facets."""
    counts = FacetCounts({}, {}, [])
    aggregations = response.get("aggregations", {})
    for name in FACET_NAMES:
        group = aggregations
        if search.filter_by_name:
            group = aggregations.get(search.group_of(name), {})
        if name in group:
            counts.values[name] = value_counts(group[name])
            if not is_complete(group[name]):
                counts.incomplete.append(name)
        counts.missing[name] = group.get(name + MISSING, {}).get("doc_count", 0)
    return counts


def day_counts(response: Any) -> dict[int, int]:
    """Return the counts by day (YYYYMMDD); a day without matches is not there."""
    group = response.get("aggregations", {}).get(DATES, {})
    buckets = group[DAYS][DAYS]["buckets"] if DAYS in group else ()
    return {int(bucket["key"]): bucket["doc_count"] for bucket in buckets}


def page_of(response: Any, name: str) -> tuple[Mapping[Any, Any], Any]:
    """Return a page of a field's buckets by value, and after which value the next one begins."""
    page = response["aggregations"][name]
    after = page.get("after_key")
    return {b["key"]["value"]: b for b in page["buckets"]}, after and after["value"]


def value_counts(terms: Any) -> dict[str, int]:
    """Return the count of each value, as OpenSearch has it."""
    return {bucket["key"]: bucket["doc_count"] for bucket in terms["buckets"]}


def is_complete(terms: Any) -> bool:
    """Return whether all values were counted, and wholly.

    Of several shards, each may have left out values that others count.
    """
    return not (terms["sum_other_doc_count"] or terms["doc_count_error_upper_bound"])
