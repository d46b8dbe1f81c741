"""All words are required, until a question is typed that no article answers word by word.

Of two or three words a reader expects every one in every hit, and where that finds nothing, is
offered what else to try (`search.suggest.alternatives`). A question is different: of 3,117 whole
questions asked of the passages that answer them, 99.8 % find nothing when all words are required.
So a query of `LONG_QUERY_WORDS` plain words and more, all of which stand in no article of the
archive, asks for any of them, and the answer says so. Filters have no part in this, so that
choosing a value of a facet gives as many hits as its count promised.
"""

from dataclasses import replace

from search.execution.reader import GenerationReader
from search.faceting.counts import request_filters
from search.matches import Filters, Found, Wanted
from search.query.parser import ParsedQuery
from search.query.tree import And, DateRange, Not, Query, Term
from search.relevance.coverage import find_best
from search.relevance.questions import LongQuery, read_long_query
from search.relevance.recency import find_recent
from search.request import SearchRequest
from search.results import Notice

ANY_WORDS = "any_words"
"""The notice that not all words were required, since no article has them all."""

_COUNT_ONLY = Wanted(best=0, order="newest", by_score=False)


def find_asked(
    reader: GenerationReader, request: SearchRequest, wanted: Wanted
) -> tuple[ParsedQuery, Found]:
    """Return a request's query as it was understood in the end, and what it finds.

    Raises:
        QueryTimeoutError: when it takes too long.
    """
    filters = request_filters(reader.snapshot, request)
    parsed = reader.parse(request)
    is_long = request.any_word or is_question(parsed.typed)
    asked = read_long_query(parsed.typed) if is_long else None
    found = _find(reader, parsed.query, asked, wanted, filters)
    if found.total or not is_question(parsed.typed) or _is_anywhere(reader, parsed.query):
        return parsed, found
    loose = reader.parse(replace(request, any_word=True))
    notices = (*loose.notices, Notice(ANY_WORDS))
    found = _find(reader, loose.query, read_long_query(loose.typed), wanted, filters)
    return replace(loose, notices=notices, is_loosened=True), found


def _find(
    reader: GenerationReader,
    query: Query,
    asked: LongQuery | None,
    wanted: Wanted,
    filters: Filters,
) -> Found:
    def find(wanted: Wanted) -> Found:
        return find_best(reader, query, asked, wanted, filters)

    return find_recent(find, wanted, reader.snapshot, reader.preferences.recency)


def is_question(query: Query) -> bool:
    """Return whether this is a long row of plain words; dates and exclusions may stand beside them.

    Who quotes, names a field or writes an operator means it.

    >>> from search.query.parser import parse_query
    >>> is_question(parse_query("berapa harga beras di pasar -impor").query)
    True
    >>> is_question(parse_query('berapa harga beras di "pasar induk"').query)
    False
    """
    if not isinstance(query, And) or not read_long_query(query):
        return False
    wanted = (part for part in query.parts if not isinstance(part, Not | DateRange))
    return all(isinstance(part, Term) and part.field is None for part in wanted)


def _is_anywhere(reader: GenerationReader, query: Query) -> bool:
    """Return whether any article matches, near copies and what filters keep out included."""
    return reader.among(copies=True).find(query, _COUNT_ONLY, Filters()).total > 0
