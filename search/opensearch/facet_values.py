"""Facet values of a generation: the table of all values, in which an answer's counts are laid out.

The values are read once, when a generation is opened, in order; so an answer's counts become one
array by ordinal, and facets and months are made of it by the rules that every engine has
(`search.faceting`).

>>> values = FacetValues({"tag": {"beras": ValueCount(3, 2), "gula": ValueCount(1, 0)}}, \
{"tag": ValueCount(5, 4)})
>>> values.table(copies=False).totals.tolist(), values.size_of("tag")
([2, 0, 4], 2)
>>> values.counts({"tag": {"beras": 1}}, {"tag": 7}).tolist()
[1, 0, 7]
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from index.arrays import Int64Array, Uint32Array
from index.opensearch import to_keyword
from index.segments import FacetRange
from search.faceting import FacetTable


class ValueCount(NamedTuple):
    """How many documents have a value, and how many of them represent others or stand alone."""

    total: int
    representatives: int


class _Counted(NamedTuple):
    """Counts of all values, as a facet table takes them; see `search.faceting`."""

    ordinals: Int64Array
    all_counts: Uint32Array


class FacetValues:
    """All facet values of a generation, counted with and without near duplicates."""

    def __init__(
        self,
        values: Mapping[str, Mapping[str, ValueCount]],
        missing: Mapping[str, ValueCount],
    ) -> None:
        """Lay the values out, of each facet in order of value, and last its "no value"."""
        texts: list[str] = []
        rows: list[ValueCount] = []
        ranges = {}
        for name, own in values.items():
            ranges[name] = FacetRange(name, len(texts), len(texts) + len(own))
            texts += [*sorted(own), ""]
            rows += [*(own[value] for value in sorted(own)), missing[name]]
        columns = np.array(rows, np.uint32).reshape(-1, 2)
        ordinals = np.arange(len(texts))
        # By what stands in an answer, so that no value of it has to be decoded.
        self._ordinals = {
            name: {to_keyword(texts[n]): n for n in range(own.first, own.none)}
            for name, own in ranges.items()
        }
        self._tables = [
            FacetTable(tuple(texts), ranges, [_Counted(ordinals, columns[:, column].copy())])
            for column in range(2)
        ]

    def table(self, *, copies: bool) -> FacetTable:
        """Return the table, counted over all documents or without near duplicates."""
        return self._tables[0 if copies else 1]

    def size_of(self, facet: str) -> int:
        """Return how many values a facet has."""
        own = self._tables[0].ranges[facet]
        return own.none - own.first

    def counts(
        self, by_facet: Mapping[str, Mapping[str, int]], missing: Mapping[str, int]
    ) -> Uint32Array:
        """Return the counts of an answer by ordinal; a value that is not counted has 0.

        Args:
            by_facet: the values as OpenSearch has them, with their counts.
            missing: the documents without a value.
        """
        table = self._tables[0]
        counts = np.zeros(len(table.values), np.uint32)
        for name, own in table.ranges.items():
            found = by_facet.get(name, {})
            ordinals = list(map(self._ordinals[name].__getitem__, found))
            counts[ordinals] = list(found.values())
            counts[own.none] = missing.get(name, 0)
        return counts
