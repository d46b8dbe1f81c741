"""The table of all facet values, in which counts are laid out."""

from search.faceting import to_facet_results, to_month_counts
from search.opensearch.facet_values import FacetValues, ValueCount
from search.opensearch.search_body import FACET_NAMES
from search.request import SearchRequest

COUNTS = {
    "tag": {"beras": ValueCount(3, 2), "gula": ValueCount(1, 1)},
    "month": {"2024-05": ValueCount(3, 2), "2024-04": ValueCount(1, 0)},
}
VALUES = FacetValues(
    {name: COUNTS.get(name, {}) for name in FACET_NAMES},
    {name: ValueCount(5, 4) for name in FACET_NAMES},
)


def test_counts_become_facets_by_the_rules_of_all_engines() -> None:
    """Values, how many there are, and the documents without one."""
    counts = VALUES.counts({"tag": {"gula": 1}}, {"tag": 2})
    tag, *_ = to_facet_results(VALUES.table(copies=True), SearchRequest(), counts)
    assert [(each.value, each.count) for each in tag.buckets] == [("gula", 1)]
    assert (tag.total, tag.missing, tag.other) == (1, 2, 0)


def test_month_that_only_near_duplicates_have_is_not_shown_without_them() -> None:
    """It is one where they are asked for."""
    counts = VALUES.counts({}, {})
    months = {
        copies: [
            each.month
            for each in to_month_counts(VALUES.table(copies=copies), SearchRequest(), counts)
        ]
        for copies in (True, False)
    }
    assert months == {True: ["2024-04", "2024-05"], False: ["2024-05"]}
