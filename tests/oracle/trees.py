"""Random query trees of every class within each other, made of an archive's own words."""

import datetime as dt
from collections.abc import Callable
from typing import get_args

from search.query import (
    QUERY_FIELDS,
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
from search.ranking import ADJACENCY_WEIGHT, SYNONYM_WEIGHT, searched_fields

from .vocabulary import UNKNOWN, Rng, Vocabulary, chance, draw_phrase

FIELDS = (*(None, None, None), *(field.name for field in QUERY_FIELDS if field.name != "date"))
CLASSES: tuple[type, ...] = get_args(Query)
"""Every class of the tree."""


def random_tree(rng: Rng, known: Vocabulary, kind: type | None = None, depth: int = 3) -> Query:
    """Return a tree whose root is of a class, or of any; its parts are of any class."""
    joins = (And, And, Or, Not, Also)
    if kind is None:
        kind = rng.choice(joins) if depth and chance(rng, 0.7) else rng.choice(list(LEAVES))

    def parts(least: int) -> tuple[Query, ...]:
        count = max(least, rng.choice((0, 1, 2, 2, 3, 4)))
        return tuple(random_tree(rng, known, None, max(depth - 1, 0)) for _ in range(count))

    if kind is And:
        return And(parts(1))
    if kind is Or:
        return Or(parts(0))
    if kind is Not:
        return Not(*parts(1)[:1])
    if kind is Also:
        names = (_phrase(rng, known) for _ in range(rng.randint(1, 2)))
        return Also(parts(1)[0], tuple(names), rng.choice((SYNONYM_WEIGHT, ADJACENCY_WEIGHT)))
    return LEAVES[kind](rng, known)


def _term(rng: Rng, known: Vocabulary) -> Term:
    """A word of a field, or of several tokens; at times unknown, or of no token."""
    field = rng.choice(FIELDS)
    if chance(rng, 0.1):
        return Term(rng.choice((UNKNOWN, "", "?!")), field)
    word = rng.choice(_words_of(field, known))
    return Term(f"{word}-{word}" if chance(rng, 0.1) else word, field)


def _phrase(rng: Rng, known: Vocabulary) -> Phrase:
    index_field, words = draw_phrase(rng, known)
    words = words[: rng.choice((0, 1, 2, 3, 3))]
    return Phrase(" ".join(words), rng.choice((None, *_query_fields(index_field))))


def _near(rng: Rng, known: Vocabulary) -> Near:
    index_field, words = draw_phrase(rng, known)
    rng.shuffle(words)
    field = rng.choice((None, *_query_fields(index_field)))
    return Near(" ".join(words[: rng.choice((1, 2, 3))]), rng.choice((0, 1, 5, 20)), field)


def _prefix(rng: Rng, known: Vocabulary) -> Prefix:
    field = rng.choice(FIELDS)
    return Prefix(rng.choice(_words_of(field, known))[: rng.randint(1, 4)], field)


def _stem(rng: Rng, known: Vocabulary) -> Stem:
    index_field = rng.choice(list(known.stems))
    return Stem(rng.choice(known.stems[index_field]), index_field)


def _date_range(rng: Rng, known: Vocabulary) -> DateRange:
    first, last = sorted(rng.choices(known.dates, k=2))
    return DateRange(
        None if chance(rng, 0.2) else _day(first), None if chance(rng, 0.2) else _day(last)
    )


LEAVES: dict[type, Callable[[Rng, Vocabulary], Query]] = {
    Term: _term,
    Phrase: _phrase,
    Near: _near,
    Prefix: _prefix,
    Stem: _stem,
    DateRange: _date_range,
    All: lambda _rng, _known: All(),
    Nothing: lambda _rng, _known: Nothing("&"),
}
"""How to make a random tree without parts, of each class."""


def _words_of(field: str | None, known: Vocabulary) -> list[str]:
    """Return words that a field of the query language finds, or, where it is empty, any."""
    names = [name for name in searched_fields(field) if name in known.words]
    return [word for name in names or known.words for word in known.words[name]]


def _query_fields(index_field: str) -> list[str]:
    return [f.name for f in QUERY_FIELDS if index_field in searched_fields(f.name)]


def _day(number: int) -> dt.date:
    return dt.date(number // 10_000, number // 100 % 100, number % 100)
