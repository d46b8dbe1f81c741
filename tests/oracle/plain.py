"""Filters, totals and facets, counted a document at a time.

>>> held = Held("a", 20240105, {"tag": frozenset({"beras"})})
>>> PlainFilters({"tag": frozenset({"gula", ""})}).failing(held)
['tag']
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from search.execution.snapshot import Snapshot
from search.matches import Filters


class Held(NamedTuple):
    """What is known of a document besides its words: its id, its date, and its facet values."""

    doc_id: str
    date: int | None
    values: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class PlainFilters:
    """What a request keeps out; "" is a document without a value.

    Attributes:
        allow: by facet, the values of which a document must have one.
        deny: by facet, the values of which it must have none.
        dates: the least and the greatest date.
    """

    allow: Mapping[str, frozenset[str]] = field(default_factory=dict)
    deny: Mapping[str, frozenset[str]] = field(default_factory=dict)
    dates: tuple[int, int] | None = None

    def failing(self, held: Held) -> list[str]:
        """Return the names of the facets, or "date", whose filter a document fails."""
        failed = {name for name, some in self.allow.items() if not some & _values(held, name)}
        failed |= {name for name, some in self.deny.items() if some & _values(held, name)}
        if self.dates:
            low, high = self.dates
            if held.date is None or not low <= held.date <= high:
                failed.add("date")
        return sorted(failed)

    def as_ordinals(self, snapshot: Snapshot) -> Filters:
        """Return the filters in a snapshot's ordinals; what it does not have is left out."""
        bits = {name: bit for bit, name in enumerate(snapshot.facets)}

        def ordinals(choices: Mapping[str, frozenset[str]]) -> dict[int, Sequence[int]]:
            return {bits[name]: _ordinals(snapshot, name, some) for name, some in choices.items()}

        number = ("date", *self.dates) if self.dates else None
        return Filters(ordinals(self.allow), ordinals(self.deny), number)


class Counted(NamedTuple):
    """Documents that pass all filters, and each facet's counts without its own; "" is "none"."""

    passing: set[int]
    counts: dict[str, Counter[str]]


def count(
    documents: Sequence[Held], matches: Iterable[int], filters: PlainFilters, names: Iterable[str]
) -> Counted:
    """Filter and count what a query matches."""
    failing = {number: filters.failing(documents[number]) for number in matches}
    counts = {
        name: Counter(
            value
            for number, failed in failing.items()
            if failed in ([], [name])
            for value in _values(documents[number], name)
        )
        for name in names
    }
    return Counted({number for number, failed in failing.items() if not failed}, counts)


def in_order(
    documents: Sequence[Held], scores: Mapping[int, float], order: str, *, by_score: bool
) -> list[int]:
    """Put documents in order: score, then date, the undated last, then id."""

    def place(number: int) -> tuple[float, bool, int, bytes]:
        held = documents[number]
        date = held.date or 0
        signed = -date if order == "newest" else date
        return -scores[number] if by_score else 0.0, held.date is None, signed, held.doc_id.encode()

    return sorted(scores, key=place)


def _values(held: Held, name: str) -> frozenset[str]:
    return held.values[name] or frozenset({""})


def _ordinals(snapshot: Snapshot, name: str, values: Iterable[str]) -> list[int]:
    none = snapshot.facets[name].none
    found = [none if value == "" else snapshot.facet_ordinal(name, value) for value in values]
    return [ordinal for ordinal in found if ordinal is not None]
