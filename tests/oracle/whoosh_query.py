"""Query trees and plans as Whoosh queries, which Whoosh's own matchers run: the oracle.

A word without a field becomes one Whoosh term for each field that plain words search (see
`search.ranking`). Some queries are written so that Whoosh 3.54 runs them as it documents them:

- An exclusion is `Require(..., Not(...))`. The matcher of its `AndNot` never compares its first
  document with an exclusion that begins earlier, and lets it through.
- A boost is a `Boosted` around the query: an `And` or an `Or` of one part ignores its own.
- A prefix is scored from outside, since by itself it scores by the size of the index; in an unknown
  field it finds nothing, where Whoosh's raises.
- A range that is empty is no range: Whoosh raises where it begins above the greatest number.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from whoosh import query as whoosh
from whoosh.matching import WrappingMatcher
from whoosh.query.wrappers import WrappingQuery

from index.analysis.analyzer import tokenize
from index.analysis.stemmer import stem
from index.schema import day_number
from search.execution.planner import (
    AllOf,
    AnyOf,
    AnyTerm,
    EveryDocument,
    NumberRange,
    Plan,
    PlanNode,
    TermsFrom,
    TermsTogether,
)
from search.execution.terms import IndexTerm
from search.query.tree import (
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

from .whoosh_scoring import LuceneNear, LucenePhrase


class Boosted(WrappingQuery):
    """A query whose scores are multiplied."""

    def __init__(self, child: whoosh.Query, boost: float) -> None:
        super().__init__(child)
        self.boost = boost

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher of the query that multiplies its scores."""
        return WrappingMatcher(self.child.matcher(searcher, context), self.boost)


class _PrefixOfAnyField(whoosh.Prefix):
    def _btexts(self, ixreader: Any) -> Any:
        return super()._btexts(ixreader) if self.fieldname in ixreader.schema else ()


def excluding(query: whoosh.Query, excluded: Sequence[whoosh.Query]) -> whoosh.Query:
    """Return a query for what one query matches and none of some others does."""
    return whoosh.Require(query, whoosh.Not(whoosh.Or(list(excluded)))) if excluded else query


def plan_to_whoosh(plan: Plan) -> Any:
    """Return the Whoosh query for a plan."""
    return _node_to_whoosh(plan.root, plan.terms)


def _node_to_whoosh(node: PlanNode, terms: Sequence[IndexTerm]) -> Any:  # noqa: PLR0911 - as below
    match node:
        case AnyOf(parts, boost):
            return Boosted(whoosh.Or([_node_to_whoosh(part, terms) for part in parts]), boost)
        case AllOf(must, must_not):
            required = whoosh.And([_node_to_whoosh(part, terms) for part in must])
            return excluding(required, [_node_to_whoosh(part, terms) for part in must_not])
        case AnyTerm(numbers):
            own = (terms[number] for number in numbers)
            return whoosh.Or([whoosh.Term(field, text.decode()) for field, text in own])
        case TermsTogether(field, numbers, reach):
            words = [terms[number][1].decode() for number in numbers]
            return _together(field, words, reach)
        case TermsFrom(field, prefix, score):
            return _prefix(field, prefix.decode(), score)
        case NumberRange(field, low, high):
            return _number_range(field, low, high)
        case EveryDocument():
            return whoosh.Every()


def to_whoosh(query: Query) -> Any:  # noqa: C901, PLR0911 - one return a class of the tree
    """Return the Whoosh query for a tree, made without the product's planner."""
    match query:
        case All() | Nothing():
            return whoosh.Every() if isinstance(query, All) else whoosh.NullQuery
        case Term(text, field):
            return _term(_words(text), field)
        case Phrase(text, field):
            return _phrase(_words(text), field)
        case Near(text, reach, field):
            return _in_any_exact_field(_words(text), field, reach)
        case Prefix(text, field):
            return _any_prefix(_words(text), field)
        case Stem(text, index_field):
            return whoosh.Term(index_field, text)
        case DateRange(start, end):
            return _number_range("date", _day_number(start), _day_number(end))
        case Or(parts):
            return whoosh.Or([to_whoosh(part) for part in parts])
        case Not(part):
            return excluding(whoosh.Every(), [to_whoosh(part)])
        case Also(part, names, weight):
            others = [Boosted(to_whoosh(name), weight) for name in names]
            return whoosh.Or([to_whoosh(part), *others])
        case And(parts):
            return _and(parts)


def _and(parts: tuple[Query, ...]) -> Any:
    required = [to_whoosh(part) for part in parts if not isinstance(part, Not)]
    excluded = [to_whoosh(part.part) for part in parts if isinstance(part, Not)]
    return excluding(whoosh.And(required) if required else whoosh.Every(), excluded)


def _term(words: list[str], field: str | None) -> Any:
    if len(words) > 1:
        return _phrase(words, field)
    return whoosh.Or(
        [
            whoosh.Term(name, stem(word) if name.endswith("_stem") else word)
            for name in searched_fields(field)
            for word in words
        ]
    )


def _phrase(words: list[str], field: str | None) -> Any:
    if len(words) == 1:
        return whoosh.Or([whoosh.Term(name, words[0]) for name in _exact_fields(field)])
    return _in_any_exact_field(words, field, None)


def _any_prefix(words: list[str], field: str | None) -> Any:
    if len(words) != 1:
        return _phrase(words, field)
    return whoosh.Or(
        [_prefix(name, words[0], WEIGHT_BY_NAME[name]) for name in _exact_fields(field)]
    )


def _in_any_exact_field(words: list[str], field: str | None, reach: int | None) -> Any:
    return whoosh.Or([_together(name, words, reach) for name in _exact_fields(field)])


def _together(field: str, words: list[str], reach: int | None) -> Any:
    if not words:
        return whoosh.NullQuery
    if reach is None:
        return LucenePhrase(field, words)
    return LuceneNear(field, words, slop=reach + 1)


def _prefix(field: str, text: str, score: float) -> Any:
    return whoosh.ConstantScoreQuery(_PrefixOfAnyField(field, text), score)


def _number_range(field: str, low: int | None, high: int | None) -> Any:
    if low is not None and high is not None and low > high:
        return whoosh.NullQuery
    return whoosh.NumericRange(field, low, high)


def _words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


def _exact_fields(field: str | None) -> list[str]:
    return [name for name in searched_fields(field) if not name.endswith("_stem")]


def _day_number(day: dt.date | None) -> int | None:
    return day_number(day) if day else None
