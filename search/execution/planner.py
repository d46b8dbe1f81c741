"""Query planner: from the query tree to the terms of the index that have to match.

A plan is made once a query and holds for all segments: the texts of the tree are analysed, and the
terms that they stand for are numbered, so that each segment looks all of them up at once
(`search.execution.segment_clauses` goes on from there).

>>> plan = plan_query(And((Term("harga", "title"), Not(Prefix("ber", "tag")))))
>>> plan.terms
(('title', b'harga'), ('title_stem', b'harga'))
>>> plan.root.must
(AnyTerm(numbers=(0, 1)),)
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.analysis import stem, tokenize
from index.schema import day_number
from search.execution.terms import IndexTerm, term_bytes
from search.query import (
    All,
    Also,
    And,
    DateRange,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Query,
    Stem,
    Term,
)
from search.ranking import WEIGHT_BY_NAME, searched_fields

DATE_FIELD = "date"
"""The number field of days, as YYYYMMDD."""


class AnyTerm(NamedTuple):
    """Documents with any of these terms, by their numbers in the plan."""

    numbers: tuple[int, ...]


class TermsTogether(NamedTuple):
    """Documents with these terms of one field side by side; with a reach, near each other."""

    field: str
    numbers: tuple[int, ...]
    reach: int | None


class TermsFrom(NamedTuple):
    """Documents with any term of a field that begins with a prefix; all have the same score."""

    field: str
    prefix: bytes
    score: float


class NumberRange(NamedTuple):
    """Documents whose number in a field lies in a range, both ends included; None: an open end."""

    field: str
    low: int | None
    high: int | None


class EveryDocument(NamedTuple):
    """All documents."""


class AnyOf(NamedTuple):
    """Documents that any part matches; all scores are multiplied by the boost."""

    parts: "tuple[PlanNode, ...]"
    boost: float = 1.0


class AllOf(NamedTuple):
    """Documents that every part of `must` matches, and no part of `must_not`."""

    must: "tuple[PlanNode, ...]"
    must_not: "tuple[PlanNode, ...]" = ()


PlanNode = AnyTerm | TermsTogether | TermsFrom | NumberRange | EveryDocument | AnyOf | AllOf


@dataclass(frozen=True, slots=True)
class Plan:
    """A query as index terms and conditions, the same for all segments.

    Attributes:
        root: what has to match.
        terms: the terms that are looked up by name, each once; nodes name them by number.
    """

    root: PlanNode
    terms: tuple[IndexTerm, ...]


def plan_query(query: Query) -> Plan:
    """Return the plan of a query."""
    planner = _Planner()
    root = planner.node(query)
    return Plan(root, tuple(planner.numbers))


class _Planner:
    """Makes the nodes of a plan, and numbers the terms in the order in which it meets them."""

    def __init__(self) -> None:
        self.numbers: dict[IndexTerm, int] = {}

    def node(self, query: Query) -> PlanNode:
        """Return the node of a tree."""
        match query:
            case And() | Not():
                return self._all_of(query.parts if isinstance(query, And) else (query,))
            case Or(parts):
                return AnyOf(tuple(map(self.node, parts)))
            case Also(part, names, weight):
                others = (AnyOf((self.node(name),), weight) for name in names)
                return AnyOf((self.node(part), *others))
            case DateRange(start, end):
                return NumberRange(DATE_FIELD, _day_number(start), _day_number(end))
            case All() | Nothing():
                return EveryDocument() if isinstance(query, All) else AnyOf(())
        return self._leaf(query)

    def _all_of(self, parts: Sequence[Query]) -> AllOf:
        must = tuple(self.node(part) for part in parts if not isinstance(part, Not))
        must_not = tuple(self.node(part.part) for part in parts if isinstance(part, Not))
        return AllOf(must or (EveryDocument(),), must_not)

    def _leaf(self, leaf: Term | Phrase | Near | Prefix | Stem) -> PlanNode:
        if isinstance(leaf, Stem):
            return self._any_term([(leaf.index_field, leaf.stem)])
        words = [token.text for token in tokenize(leaf.text)]
        if isinstance(leaf, Near):
            return self._together(words, leaf.field, leaf.reach)
        if len(words) > 1:  # a word of several tokens (anti-korupsi) is a phrase, too
            return self._together(words, leaf.field, None)
        if isinstance(leaf, Prefix):
            return AnyOf(tuple(_prefixes(words, leaf.field)))
        names = searched_fields(leaf.field) if isinstance(leaf, Term) else _exact_fields(leaf.field)
        return self._any_term((name, _form(name, word)) for word in words for name in names)

    def _together(self, words: Sequence[str], field: str | None, reach: int | None) -> AnyOf:
        numbers = ((n, self._numbers((n, word) for word in words)) for n in _exact_fields(field))
        return AnyOf(
            tuple(
                TermsTogether(name, known, reach)
                for name, known in numbers
                if words and len(known) == len(words)
            )
        )

    def _any_term(self, terms: Iterable[tuple[str, str]]) -> AnyTerm:
        return AnyTerm(self._numbers(terms))

    def _numbers(self, terms: Iterable[tuple[str, str]]) -> tuple[int, ...]:
        """Return the numbers of terms; a text that no term can be is left out."""
        texts = ((field, term_bytes(text)) for field, text in terms)
        return tuple(
            self.numbers.setdefault((field, text), len(self.numbers))
            for field, text in texts
            if text is not None
        )


def _prefixes(words: Sequence[str], field: str | None) -> Iterable[TermsFrom]:
    texts = [text for word in words if (text := term_bytes(word)) is not None]
    for name in _exact_fields(field):
        yield from (TermsFrom(name, text, WEIGHT_BY_NAME[name]) for text in texts)


def _exact_fields(field: str | None) -> list[str]:
    return [name for name in searched_fields(field) if not name.endswith("_stem")]


def _form(field: str, word: str) -> str:
    """Return the form of a word in a field: its stem in a stem field, else the word."""
    return stem(word) if field.endswith("_stem") else word


def _day_number(day: dt.date | None) -> int | None:
    return day_number(day) if day else None
