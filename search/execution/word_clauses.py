"""Queries of words alone, which most are: an "and" of "ors" of words.

Their clauses are the same in every segment, but for where the postings stand; so they are read from
the query once, and not once a segment (see `search.execution.planner`, which knows all queries).
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from whoosh import query as whoosh

from search.execution.clauses import Clauses, Stream, summed
from search.execution.terms import FieldBytes, Term


class Word(NamedTuple):
    """A word of a query: its number among the query's terms, and its boost."""

    number: int
    boost: float


WordClauses = list[list[Word]]
"""Clauses that must match, each by any of its words."""


def word_clauses(
    query: Any, numbers: Mapping[Term, int], field_bytes: FieldBytes
) -> WordClauses | None:
    """Return the clauses of a query of words alone; None for any other query.

    >>> numbers = {("body", b"beras"): 0, ("title", b"beras"): 1}
    >>> either = whoosh.Or([whoosh.Term("body", "beras"), whoosh.Term("title", "beras", boost=2.0)])
    >>> word_clauses(whoosh.And([either]), numbers, lambda _, text: text.encode())
    [[Word(number=0, boost=1.0), Word(number=1, boost=2.0)]]
    """
    is_and = type(query) is whoosh.And
    clauses: WordClauses = []
    for part in query.subqueries if is_and else [query]:
        words = _words(part, numbers, field_bytes)
        if words is None:
            return None
        clauses.append(_boosted(words, compound_boost(query)) if is_and else words)
    return clauses or None


def clauses_at(clauses: WordClauses, streams: Sequence[Stream]) -> Clauses:
    """Return the clauses as they are in a segment, where the terms have these streams."""
    return Clauses(
        [
            summed(
                [
                    streams[number] if boost == 1.0 else streams[number].boosted(boost)
                    for number, boost in words
                    if streams[number].stop
                ]
            )
            for words in clauses
        ]
    )


def compound_boost(query: Any) -> float:
    """Return the boost of an "and" or an "or": Whoosh ignores that of one part alone."""
    return query.boost if len(query.subqueries) > 1 else 1.0


def _words(query: Any, numbers: Mapping[Term, int], field_bytes: FieldBytes) -> list[Word] | None:
    """Return the words of which any is to match; None where something else may match too."""
    if type(query) is whoosh.Term:
        text = field_bytes(query.fieldname, query.text)
        number = None if text is None else numbers.get((query.fieldname, text))
        return [] if number is None else [Word(number, query.boost)]
    if type(query) is not whoosh.Or or query.scale or query.minmatch:
        return None
    words: list[Word] = []
    for part in query.subqueries:
        own = _words(part, numbers, field_bytes)
        if own is None:
            return None
        words += own
    return _boosted(words, compound_boost(query))


def _boosted(words: list[Word], boost: float) -> list[Word]:
    if boost == 1.0:
        return words
    return [Word(number, own * boost) for number, own in words]
