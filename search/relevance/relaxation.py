"""Relax a long query from AND to OR when no document has all of its words.

A reader who types a whole question would find nothing, though many documents are about it. So a
query of `search.relevance.questions.LONG_QUERY_WORDS` plain words and more is asked again with any
of the words, and a notice says so. Filters play no part in the decision: a value of a facet must
give as many hits as its count promised.
"""

from dataclasses import replace

from search.backend import Backend
from search.errors import QueryTimeoutError
from search.matches import COUNT_ONLY, Matches, Selection
from search.preferences import Preferences
from search.query import And, DateRange, Not, ParsedQuery, Query, Term
from search.relevance.adjacency import expect_adjacent, prefer_adjacent, short_words
from search.relevance.coverage import find_covering
from search.relevance.known_spellings import keep_known
from search.relevance.questions import subject_stems
from search.relevance.recency import find_recent
from search.request import NO_FILTERS, SearchRequest
from search.results import Notice

ANY_WORDS = "any_words"
"""The notice that not all words were required, since no document has them all."""
NO_TIME = "no_time_for_any_words"
"""The notice that a search for any of the words was left out, which might have found something."""


def find_relaxed(
    backend: Backend, request: SearchRequest, selection: Selection, preferences: Preferences
) -> tuple[ParsedQuery, Matches]:
    """Return a request's query, relaxed if need be and if time is left, and its matches.

    Raises:
        QueryTimeoutError: when the search for all words takes too long.
    """
    parsed = preferences.parse(request)
    is_relaxable = is_plain_and_long(parsed.typed)
    subject = subject_stems(parsed.typed) if request.any_word or is_relaxable else None

    def find(backend: Backend, query: Query) -> Matches:
        scored = prefer_adjacent(backend, query, words)
        return find_recent(
            lambda kept: find_covering(backend, scored, subject, kept, request.filters),
            selection,
            backend,
            preferences.recency,
        )

    is_ranked = selection.by_score and selection.size
    words = short_words(parsed.query, any_word=request.any_word) if is_ranked else ()
    expect_adjacent(backend, words)
    parsed = replace(parsed, query=keep_known(backend, parsed.query))
    matches = find(backend, parsed.query)
    if not matches.total and is_relaxable:
        try:
            hurried = backend.hurried()
            relaxed = _relaxed(hurried, request, parsed, preferences)
            return (relaxed, find(hurried, relaxed.query)) if relaxed else (parsed, matches)
        except QueryTimeoutError:  # nothing has all of the words: that is an answer, too
            parsed = replace(parsed, notices=(*parsed.notices, Notice(NO_TIME)))
    return parsed, matches


def _relaxed(
    backend: Backend, request: SearchRequest, parsed: ParsedQuery, preferences: Preferences
) -> ParsedQuery | None:
    """Return a query for any of the words; None where a document has all, or none has any."""
    relaxed = preferences.parse(replace(request, any_word=True))
    query = keep_known(backend, relaxed.query)
    for each in (parsed.query, query):  # together, where the index is far away
        backend.with_copies(copies=True).expect_count(each, NO_FILTERS)
    if _matches_anywhere(backend, parsed.query):
        return None
    if relaxed.typed == parsed.typed or not _matches_anywhere(backend, query):
        return None  # words joined by DAN, or none that any document has
    notices = (*relaxed.notices, Notice(ANY_WORDS))
    return replace(relaxed, query=query, notices=notices, is_relaxed=True)


def is_plain_and_long(query: Query) -> bool:
    """Return whether a query is a long row of plain words; dates and exclusions may stand beside.

    A reader who quotes, names a field or writes an operator means it: such a query is not relaxed.

    >>> from search.query.parser import parse_query
    >>> is_plain_and_long(parse_query("berapa harga beras di pasar -impor").query)
    True
    >>> is_plain_and_long(parse_query('berapa harga beras di "pasar induk"').query)
    False
    """
    if not isinstance(query, And) or subject_stems(query) is None:
        return False
    parts = (part for part in query.parts if not isinstance(part, Not | DateRange))
    return all(isinstance(part, Term) and part.field is None for part in parts)


def _matches_anywhere(backend: Backend, query: Query) -> bool:
    """Return whether any document matches, whatever the filters, near duplicates included."""
    return backend.with_copies(copies=True).find(query, COUNT_ONLY, NO_FILTERS).total > 0
