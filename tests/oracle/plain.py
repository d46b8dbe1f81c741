"""Filters, totals, facet counts, sort orders and lengths, worked out one document at a time.

>>> document = PlainDocument("a", 20240105, {"tag": frozenset({"beras"})})
>>> PlainFilters({"tag": frozenset({"gula", ""})}).failing(document)
['tag']
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from search.execution.evaluator import counts_of
from search.faceting.counts import NUMBER_BIT, OrdinalFilters
from search.faceting.ordinals import FacetTable
from search.matches import Matches
from search.request import DATES


class PlainDocument(NamedTuple):
    """What filters, facets and sort orders need of a document.

    Attributes:
        doc_id: its id.
        number: the number by which it is sorted, such as its date.
        values: by facet, its values.
    """

    doc_id: str
    number: int | None
    values: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class PlainFilters:
    """Filters by value; "" stands for a document without a value.

    Attributes:
        allow: by facet, the values of which a document must have one.
        deny: by facet, the values of which it must have none.
        numbers: the least and the greatest number.
    """

    allow: Mapping[str, frozenset[str]] = field(default_factory=dict)
    deny: Mapping[str, frozenset[str]] = field(default_factory=dict)
    numbers: tuple[int, int] | None = None

    @property
    def names(self) -> set[str]:
        """The names of the filters that are set: facets, or `DATES` for the number."""
        return {*self.allow, *self.deny} | ({DATES} if self.numbers else set())

    def failing(self, document: PlainDocument) -> list[str]:
        """Return the names of the filters that a document fails."""
        failed = {name for name, some in self.allow.items() if not some & _values(document, name)}
        failed |= {name for name, some in self.deny.items() if some & _values(document, name)}
        if self.numbers:
            low, high = self.numbers
            if document.number is None or not low <= document.number <= high:
                failed.add(DATES)
        return sorted(failed)

    def as_ordinals(self, table: FacetTable, number_field: str) -> OrdinalFilters:
        """Return the filters in the ordinals of a facet table; unknown values are left out."""
        bits = {name: bit for bit, name in enumerate(table.ranges)}

        def ordinals(choices: Mapping[str, frozenset[str]]) -> dict[int, Sequence[int]]:
            return {bits[name]: _ordinals(table, name, some) for name, some in choices.items()}

        return OrdinalFilters(
            ordinals(self.allow),
            ordinals(self.deny),
            (number_field, *self.numbers) if self.numbers else None,
            {NUMBER_BIT: DATES, **{bit: name for name, bit in bits.items()}},
        )


NO_FILTERS = PlainFilters()


class Counted(NamedTuple):
    """What filters leave of the matches of a query.

    Attributes:
        passing: the documents that pass all filters.
        counts: by facet, the documents with each value that pass every filter but that facet's own.
        total_without: by name of a filter, how many documents only this one keeps out.
    """

    passing: set[int]
    counts: dict[str, Counter[str]]
    total_without: dict[str, int]


def count(
    documents: Sequence[PlainDocument],
    matches: Iterable[int],
    filters: PlainFilters,
    facets: Iterable[str],
) -> Counted:
    """Filter the matches of a query, and count the values of their facets."""
    failing = {number: filters.failing(documents[number]) for number in matches}
    counts = {
        name: Counter(
            value
            for number, failed in failing.items()
            if failed in ([], [name])
            for value in _values(documents[number], name)
        )
        for name in facets
    }
    without = {name: sum(failed == [name] for failed in failing.values()) for name in filters.names}
    return Counted({number for number, failed in failing.items() if not failed}, counts, without)


def facet_counts(table: FacetTable, matches: Matches, name: str) -> Counter[str]:
    """Return a facet's counts of matches by value, "" for "no value"; zeros left out."""
    own = slice(table.ranges[name].first, table.ranges[name].none + 1)
    counts = counts_of(matches).facets[own].tolist()
    return +Counter(dict(zip(table.values[own], counts, strict=True)))


def lucene_length(length: int) -> int:
    """The length of which Lucene's byte keeps four significant bits, from 24 upwards."""
    beyond = max(0, length - 24)
    shift = max(0, beyond.bit_length() - 4)
    return length - beyond + (beyond >> shift << shift)


def in_order(
    documents: Sequence[PlainDocument], scores: Mapping[int, float], order: str, *, by_score: bool
) -> list[int]:
    """Sort documents by score, then by number, those without one last, then by id."""

    def sort_key(number: int) -> tuple[float, bool, int, bytes]:
        document = documents[number]
        own = document.number or 0
        signed = -own if order == "newest" else own
        score = -scores[number] if by_score else 0.0
        return score, document.number is None, signed, document.doc_id.encode()

    return sorted(scores, key=sort_key)


def _values(document: PlainDocument, name: str) -> frozenset[str]:
    return document.values[name] or frozenset({""})


def _ordinals(table: FacetTable, name: str, values: Iterable[str]) -> list[int]:
    none = table.ranges[name].none
    ordinals = (none if value == "" else table.ordinal(name, value) for value in values)
    return [ordinal for ordinal in ordinals if ordinal is not None]
