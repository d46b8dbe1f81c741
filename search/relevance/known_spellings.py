"""Spellings that an archive has: those that no document has are left out of a query.

Other spellings are added to a query without a look into the archive (`search.query.spellings`), and
most of what is added stands nowhere: harga beras could be joined to hargaberas. To look once costs
less than to plan, to score and to mark words that are not there.
"""

from collections.abc import Iterator

from index.analysis import tokenize
from search.backend import Backend
from search.query import Also, And, Or, Phrase, Query, Term

LOOKUP_FIELDS = ("body", "title")
"""Where a spelling has to stand; what only tags or names have is no way to write a word."""


def keep_known(backend: Backend, query: Query) -> Query:
    """Return a query without the spellings of plain words of which the archive lacks a word."""
    words = list(dict.fromkeys(word for name in _names(query) for word in _words(name)))
    if not words:
        return query
    counts = [backend.doc_frequencies(field, words) for field in LOOKUP_FIELDS]
    known = {word for word, *own in zip(words, *counts, strict=True) if any(own)}
    return _kept(query, known)


def _names(query: Query) -> Iterator[Phrase | Term]:
    match query:
        case Also(part, names):
            yield from names
            yield from _names(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _names(part)


def _kept(query: Query, known: set[str]) -> Query:
    match query:
        case Also(part, names):
            kept = tuple(name for name in names if name.field or known.issuperset(_words(name)))
            return Also(_kept(part, known), kept) if kept else _kept(part, known)
        case And(parts):
            return And(tuple(_kept(part, known) for part in parts))
        case Or(parts):
            return Or(tuple(_kept(part, known) for part in parts))
    return query


def _words(name: Phrase | Term) -> tuple[str, ...]:
    return tuple(token.text for token in tokenize(name.text))
