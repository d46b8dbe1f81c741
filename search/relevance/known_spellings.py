"""Spellings that an archive has: those that no document has are left out of a query.

Other spellings are added to a query without a look into the archive (`search.query.spellings`), and
most of what is added stands nowhere: harga beras could be joined to hargaberas. To look once costs
less than to plan, to score and to mark words that are not there.
"""

from collections.abc import Iterator, Sequence

from index.analysis import stem, tokenize
from search.backend import Backend
from search.query import Also, And, Or, Phrase, Query, Term

LOOKUP_FIELDS = ("body", "title")
STEM_FIELDS = ("body_stem", "title_stem")
"""Where a spelling has to stand, a word in any of its forms; what only tags or names have is no way
to write a word."""


def keep_known(backend: Backend, query: Query) -> Query:
    """Return a query without the spellings of plain words of which the archive lacks a word."""
    words = list(dict.fromkeys(word for name in _names(query) for word in _words(name)))
    if not words:
        return query
    stems = list(dict.fromkeys(stem(name.text) for name in _names(query) if isinstance(name, Term)))
    for fields, terms in ((LOOKUP_FIELDS, words), (STEM_FIELDS, stems)):
        for field in fields:
            backend.expect(field, terms)
    known = _known(backend, words, LOOKUP_FIELDS)
    return _kept(query, known, _known(backend, stems, STEM_FIELDS))


def _known(backend: Backend, terms: Sequence[str], fields: Sequence[str]) -> set[str]:
    counts = [backend.doc_frequencies(field, terms) for field in fields]
    return {term for term, *own in zip(terms, *counts, strict=True) if any(own)}


def _names(query: Query) -> Iterator[Phrase | Term]:
    match query:
        case Also(part, names):
            yield from names
            yield from _names(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _names(part)


def _kept(query: Query, known: set[str], stems: set[str]) -> Query:
    match query:
        case Also(part, names):
            kept = tuple(name for name in names if _is_kept(name, known, stems))
            typed = _kept(part, known, stems)
            return Also(typed, kept) if kept else typed
        case And(parts):
            return And(tuple(_kept(part, known, stems) for part in parts))
        case Or(parts):
            return Or(tuple(_kept(part, known, stems) for part in parts))
    return query


def _is_kept(name: Phrase | Term, known: set[str], stems: set[str]) -> bool:
    is_form = isinstance(name, Term) and stem(name.text) in stems  # penandatanganan alone
    return bool(name.field) or is_form or known.issuperset(_words(name))


def _words(name: Phrase | Term) -> tuple[str, ...]:
    return tuple(token.text for token in tokenize(name.text))
