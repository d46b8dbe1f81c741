"""Search body: one request to OpenSearch for hits, total and the counts of every facet; pure.

The query selects, a post filter keeps hits out, and each facet is counted behind every filter but
its own, so that hits, total and facets come from one pass over the same matches.

>>> from search.request import NO_FILTERS
>>> search = Search({"match_all": {}}, NO_FILTERS, copies=False)
>>> search.query["bool"]["filter"]
[{'bool': {'must_not': [{'term': {'is_copy': True}}]}}]
>>> search.group_of("tag"), Search({}, Filters((("tag", FacetChoice(include=("beras",))),)), \
copies=True).group_of("tag")
('all', 'tag')
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from index.opensearch import FACETS as FACET_OBJECT
from index.opensearch import to_keyword
from index.schema import FACET_FIELDS, ORDERS, day_number
from search.matches import Selection
from search.opensearch.query_body import EVERYTHING, Body, any_of, day_range
from search.request import DATES, DAYS_MOST, FacetChoice, Filters

VALUES_MOST = 20_000
"""Values of a facet that are counted by one search; more are divided among several, since a cluster
refuses more than 65,535 in one answer (search.max_buckets)."""
PAGE_VALUES = 10_000
"""Values of a page, where all are read when a generation is opened."""
SOURCES_MOST = 100
"""Hits whose documents come with them; of more, only those of the page are asked for."""

ALL = "all"
"""The group of facets that have no filter of their own: they are counted behind all filters."""
DAYS = "days"
"""The counts by day, in the group that leaves out the filter by days."""
MISSING = "?"
"""Behind a facet's name: the documents without a value."""

VALUE_FIELDS = ("id", "date", "is_copy", "copy_count", "representative")
"""What comes with a hit beside its document."""

FACET_NAMES = tuple(facet.name for facet in FACET_FIELDS)
NOT_COPY: Body = {"bool": {"must_not": [{"term": {"is_copy": True}}]}}
"""What matches documents that stand alone or represent their group."""


@dataclass(frozen=True)
class Search:
    """A query with its filters: what hits have to pass, and what each facet is counted behind.

    Attributes:
        clause: the query of the query tree.
        filters: of the request.
        copies: whether near duplicates are candidates.
    """

    clause: Body
    filters: Filters
    copies: bool

    @property
    def query(self) -> Body:
        """The query without filters: what scores, and which documents are candidates."""
        fewer = {} if self.copies else {"filter": [NOT_COPY]}
        return {"bool": {"must": [self.clause], **fewer}}

    @cached_property
    def filter_by_name(self) -> Mapping[str, Body]:
        """The filters that restrict, by name."""
        found = {name: _choice_filter(name, c) for name, c in self.filters.choices if c.restricts}
        if self.filters.from_date or self.filters.to_date:
            low, high = map(_day_number, (self.filters.from_date, self.filters.to_date))
            found[DATES] = day_range(low, high)
        return found

    @property
    def is_whole(self) -> bool:
        """Whether this finds all candidates, whose counts are known."""
        return self.clause == EVERYTHING and not self.filter_by_name

    def group_of(self, facet: str) -> str:
        """Return the group in which a facet is counted: by the filter that it leaves out."""
        return facet if facet in self.filter_by_name else ALL

    def filter_without(self, name: str) -> Body:
        """Return all filters but one; `ALL` leaves out none."""
        kept = [clause for own, clause in self.filter_by_name.items() if own != name]
        return {"bool": {"filter": kept}} if kept else {"match_all": {}}

    def body(self, selection: Selection, sizes: Mapping[str, int]) -> Body:
        """Return the whole body.

        Args:
            selection: how many hits, in which order.
            sizes: by facet that is counted, how many values at most.
        """
        is_filtered = bool(self.filter_by_name)
        return {
            "query": self.query,
            **({"post_filter": self.filter_without(ALL)} if is_filtered else {}),
            **hits_body(selection),
            "track_total_hits": True,
            "aggs": self._groups(sizes) if is_filtered else _facet_counts(sizes),
        }

    def part_bodies(self, facet: str, count: int, size: int) -> list[Body]:
        """Return the bodies that count the values of a facet in so many parts."""
        filters = self.filter_without(self.group_of(facet))
        query = {"bool": {"must": [self.query], "filter": [filters]}}
        parts = ({"partition": part, "num_partitions": count} for part in range(count))
        counted = ({**_terms(facet, size), "include": part} for part in parts)
        return [
            {"query": query, **count_only_body(), "aggs": {facet: {"terms": each}}}
            for each in counted
        ]

    def _groups(self, sizes: Mapping[str, int]) -> Body:
        """Return a filter aggregation for each filter left out, with the facets counted there."""
        groups: Body = {}
        for group in dict.fromkeys([ALL, *self.filter_by_name]):
            own = {name: size for name, size in sizes.items() if self.group_of(name) == group}
            if own or group != ALL:
                days = self._day_counts() if group == DATES and sizes else {}
                groups[group] = {
                    "filter": self.filter_without(group),
                    "aggs": {**_facet_counts(own), **days},
                }
        return groups

    def _day_counts(self) -> Body:
        """Return the aggregation that counts the days of the window, if there is one."""
        if not self.filters.day_window:
            return {}
        first, last = self.filters.day_window
        window = day_range(day_number(first), day_number(last))
        days = {"terms": {"field": "date", "size": DAYS_MOST}}
        return {DAYS: {"filter": window, "aggs": {DAYS: days}}}


def hits_body(selection: Selection) -> Body:
    """Return how many hits are wanted, in which order, and what comes with each."""
    if not selection.size:
        return {"size": 0}
    with_values = selection.size <= SOURCES_MOST
    return {
        "size": selection.size,
        "sort": _sort(selection),
        "track_scores": True,
        "_source": ["document"] if with_values else False,
        **({"docvalue_fields": list(VALUE_FIELDS)} if with_values else {}),
    }


def documents_body(query: Body, size: int, *, with_source: bool = True) -> Body:
    """Return the body that asks for documents by a query, in order of their ids."""
    return {
        "query": query,
        "size": size,
        "sort": [{"id": "asc"}],
        "track_total_hits": False,
        "_source": ["document"] if with_source else False,
        "docvalue_fields": list(VALUE_FIELDS),
    }


def count_only_body() -> Body:
    """Return the part of a body that asks for no hits and no total."""
    return {"size": 0, "track_total_hits": False}


def values_page(field: str, after: Any) -> Body:
    """Return the aggregation of a page of a field's values, in order of value."""
    source = {"value": {"terms": {"field": field}}}
    behind = {} if after is None else {"after": {"value": after}}
    return {"composite": {"size": PAGE_VALUES, "sources": [source], **behind}}


def facet_field(facet: str) -> str:
    """Return the field that has the values of a facet."""
    return f"{FACET_OBJECT}.{facet}"


def without_value(facet: str) -> Body:
    """Return what matches documents that have no value of a facet."""
    return {"bool": {"must_not": [{"exists": {"field": facet_field(facet)}}]}}


def _facet_counts(sizes: Mapping[str, int]) -> Body:
    counts: Body = {}
    for name, size in sizes.items():
        if size:
            counts[name] = {"terms": _terms(name, size)}
        counts[name + MISSING] = {"missing": {"field": facet_field(name)}}
    return counts


def _terms(facet: str, size: int) -> Body:
    return {"field": facet_field(facet), "size": size}


def _choice_filter(facet: str, choice: FacetChoice) -> Body:
    """Return what a document has to be for the choice in a facet."""
    parts: dict[str, list[Body]] = {}
    if choice.include or choice.without:
        chosen = [_any_value(facet, choice.include)] if choice.include else []
        absent = [without_value(facet)] if choice.without else []
        parts["filter"] = [any_of([*chosen, *absent])]
    if choice.exclude:
        parts["must_not"] = [_any_value(facet, choice.exclude)]
    return {"bool": parts}


def _day_number(day: dt.date | None) -> int | None:
    return day_number(day) if day else None


def _any_value(facet: str, values: Sequence[str]) -> Body:
    return {"terms": {facet_field(facet): list(map(to_keyword, values))}}


def _sort(selection: Selection) -> list[Body]:
    """Return the order of hits: a date decides between equals, then the id; undated ones last."""
    order = next(order for order in ORDERS if order.name == selection.order)
    number = {"order": "desc" if order.is_descending else "asc", "missing": "_last"}
    score: list[Body] = [{"_score": "desc"}] if selection.by_score else []
    return [*score, {order.number: number}, {order.key: "asc"}]
