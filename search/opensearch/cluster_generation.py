"""Open a generation on a cluster: its manifest, its facet values and what else stays the same.

Everything here is read once, when the alias names another index, and shared by all requests.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from index.corpus import Coverage, hash_text
from index.opensearch import Connection, from_keyword, to_keyword
from index.schema import FIELDS
from search.execution import Deadline
from search.opensearch.answers import page_of
from search.opensearch.dictionary import KnownFrequencies
from search.opensearch.facet_values import FacetValues, ValueCount
from search.opensearch.found import to_date
from search.opensearch.query_body import Body, any_of
from search.opensearch.round_trips import Searches
from search.opensearch.search_body import (
    FACET_NAMES,
    NOT_COPY,
    count_only_body,
    facet_field,
    values_page,
    without_value,
)
from search.suggest import COMPLETED_FACETS, ValueCompletions

OPEN_SECONDS = 600.0
"""How long the values of a generation may take to be read."""

_TEXT_FIELDS = tuple(row.name for row in FIELDS if row.kind in {"words", "stems"})
_FEWER: Body = {"fewer": {"filter": NOT_COPY}}
"""The documents of a bucket that are no near duplicates."""


@dataclass(frozen=True, kw_only=True)
class ClusterGeneration:
    """One generation on a cluster, open for searching; shared by all requests.

    Attributes:
        connection: to the cluster.
        index: the physical index.
        number: of the generation.
        built_at: when it was built, in UTC, ISO 8601.
        doc_count: its documents, with and without near duplicates.
        values: its facet values.
        days: how many documents each day (YYYYMMDD) has.
        newest_date: of all documents.
        field_doc_counts: how many documents have each field of words or stems.
        phrases, coverage: what was found when it was built.
        frequencies: the document frequencies that were asked for.
    """

    connection: Connection
    index: str
    number: int
    built_at: str
    doc_count: ValueCount
    values: FacetValues
    days: Mapping[int, ValueCount]
    newest_date: dt.date | None
    field_doc_counts: Mapping[str, int]
    phrases: tuple[str, ...]
    coverage: Coverage
    frequencies: KnownFrequencies = field(default_factory=KnownFrequencies)

    @cached_property
    def doc_counts_by_day(self) -> tuple[Mapping[int, int], Mapping[int, int]]:
        """How many candidates each day (YYYYMMDD) has: without near duplicates, and with them."""
        fewer = {day: count.representatives for day, count in self.days.items()}
        return fewer, {day: count.total for day, count in self.days.items()}

    @cached_property
    def completions(self) -> ValueCompletions:
        """The values of facets and the phrases to be offered."""
        table = self.values.table(copies=False)
        ranges = ((name, table.ranges[name]) for name in COMPLETED_FACETS)
        slices = {name: slice(own.first, own.none) for name, own in ranges}
        values = {
            name: zip(table.values[own], table.totals[own].tolist(), strict=True)
            for name, own in slices.items()
        }
        return ValueCompletions(values, self.phrases)


def read_values(connection: Connection, index: str) -> dict[str, Any]:
    """Return what is counted of a generation, by the names of `ClusterGeneration`.

    Raises:
        EngineUnavailableError: when a part of the cluster does not answer.
    """
    deadline, searches = Deadline(OPEN_SECONDS), Searches(connection, index)
    (summary,) = searches.ask([_summary_body()], deadline)
    found = summary["aggregations"]
    rows = {
        name: {
            from_keyword(value): count
            for value, count in _read_values(searches, facet_field(name), deadline)
        }
        for name in FACET_NAMES
    }
    newest = found["newest"]["value"]
    return {
        "doc_count": _both(found["documents"]),
        "values": FacetValues(rows, {name: _both(found[f"?{name}"]) for name in FACET_NAMES}),
        "days": dict(_read_values(searches, "date", deadline)),
        "newest_date": None if newest is None else to_date(newest),
        "field_doc_counts": {name: found[name]["doc_count"] for name in _TEXT_FIELDS},
    }


def query_of_id(doc_id: str) -> Body:
    """Return what matches the article that has an id, and those to which it leads."""
    own, former = {"id": to_keyword(doc_id)}, {"former_ids": hash_text(doc_id)}
    return any_of([{"term": own}, {"term": former}])


def _summary_body() -> Body:
    counted: Body = {"documents": {"match_all": {}}}
    counted |= {f"?{name}": without_value(name) for name in FACET_NAMES}
    fields = {name: {"filter": {"exists": {"field": name}}} for name in _TEXT_FIELDS}
    both = {name: {"filter": query, "aggs": _FEWER} for name, query in counted.items()}
    newest = {"newest": {"max": {"field": "date"}}}
    return {**count_only_body(), "aggs": {**fields, **both, **newest}}


def _read_values(
    searches: Searches, field: str, deadline: Deadline
) -> Iterator[tuple[Any, ValueCount]]:
    """Yield all values of a field as OpenSearch has them, page by page."""
    after: Any = None
    while True:
        page = {"values": {**values_page(field, after), "aggs": _FEWER}}
        (response,) = searches.ask([{**count_only_body(), "aggs": page}], deadline)
        buckets, after = page_of(response, "values")
        yield from ((value, _both(bucket)) for value, bucket in buckets.items())
        if after is None:
            return


def _both(bucket: Any) -> ValueCount:
    return ValueCount(bucket["doc_count"], bucket["fewer"]["doc_count"])
