"""From the query tree to a Whoosh query.

A word without a field becomes one Whoosh term for each field that plain words search; which fields
those are, and what each counts for, is told in `search.ranking`.
"""

import datetime as dt
from typing import Any

from search.execution.whoosh_scoring import LuceneNear, LucenePhrase
from whoosh import query as whoosh

from index.analysis.analyzer import tokenize
from index.analysis.stemmer import stem
from index.schema import day_number
from search.query.tree import All, Also, And, DateRange, Near, Not, Or, Phrase, Prefix, Query, Term
from search.ranking import SYNONYM_WEIGHT, WEIGHT_BY_NAME, searched_fields


def to_whoosh(query: Query) -> Any:  # noqa: C901, PLR0911 - one return a node of the tree
    """Return the Whoosh query for a tree."""
    match query:
        case All():
            return whoosh.Every()
        case Term(text, field):
            return _term(text, field)
        case Phrase(text, field):
            return _phrase(_words(text), field)
        case Near(text, reach, field):
            return _near(_words(text), reach, field)
        case Prefix(text, field):
            return _prefix(text, field)
        case DateRange(start, end):
            return whoosh.NumericRange("date", _day_number(start), _day_number(end))
        case Or(parts):
            return whoosh.Or([to_whoosh(part) for part in parts])
        case Not(part):
            return whoosh.AndNot(whoosh.Every(), to_whoosh(part))
        case Also(part, names):
            others = [to_whoosh(name).with_boost(SYNONYM_WEIGHT) for name in names]
            return whoosh.Or([to_whoosh(part), *others])
        case And(parts):
            return _and(parts)


def _and(parts: tuple[Query, ...]) -> Any:
    wanted = [to_whoosh(part) for part in parts if not isinstance(part, Not)]
    unwanted = [to_whoosh(part.part) for part in parts if isinstance(part, Not)]
    matched = whoosh.And(wanted) if wanted else whoosh.Every()
    return whoosh.AndNot(matched, whoosh.Or(unwanted)) if unwanted else matched


def _term(text: str, field: str | None) -> Any:
    words = _words(text)
    if len(words) > 1:
        return _phrase(words, field)
    return whoosh.Or([_whoosh_term(name, w) for name in searched_fields(field) for w in words])


def _phrase(words: list[str], field: str | None) -> Any:
    names = _exact_fields(field)
    if len(words) == 1:
        return whoosh.Or([whoosh.Term(name, words[0]) for name in names])
    return whoosh.Or([LucenePhrase(name, words) for name in names if words])


def _near(words: list[str], reach: int, field: str | None) -> Any:
    return whoosh.Or([LuceneNear(name, words, slop=reach + 1) for name in _exact_fields(field)])


def _prefix(text: str, field: str | None) -> Any:
    words = _words(text)
    if len(words) != 1:
        return _phrase(words, field)
    return whoosh.Or(
        [
            whoosh.ConstantScoreQuery(whoosh.Prefix(name, words[0]), WEIGHT_BY_NAME[name])
            for name in _exact_fields(field)
        ]
    )


def _words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


def _exact_fields(field: str | None) -> list[str]:
    return [name for name in searched_fields(field) if not name.endswith("_stem")]


def _whoosh_term(name: str, word: str) -> Any:
    return whoosh.Term(name, stem(word) if name.endswith("_stem") else word)


def _day_number(day: dt.date | None) -> int | None:
    return day_number(day) if day else None
