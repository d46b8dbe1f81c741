"""What to try instead when nothing was found: copies, fewer filters, any of the words, spellings.

Each alternative is a request of its own, offered only when it does find something, with its count.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice

from search.errors import QueryTimeoutError
from search.execution.reader import GenerationReader
from search.faceting.counts import DATES, filter_names, request_filters, total_without
from search.matches import Filters, Found, Wanted
from search.query.parser import ParsedQuery, parse_query, to_query_text
from search.request import NO_CHOICE, SearchRequest
from search.results import Alternative
from search.suggest.spelling import SLIPS_MOST, respell, spelling_alternative

FEW_HITS = 3
"""Hits that are so few that another spelling is looked for."""

_COUNT_ONLY = Wanted(best=0, order="newest", by_score=False)


def alternatives(
    reader: GenerationReader, request: SearchRequest, parsed: ParsedQuery, found: Found
) -> tuple[Alternative, ...]:
    """Return what would find something where `request` found nothing.

    Args:
        reader: the generation that was searched.
        request: what was asked.
        parsed: its query.
        found: what that found: matches, but none that passes all filters.
    """
    offers = list(_fewer_filters(reader, request, parsed, found))
    with suppress(QueryTimeoutError):  # the answer itself is there; offers can be left out
        offers.extend(_other_words(reader, request, parsed))
    first_of_kind: dict[str, Alternative] = {}
    for offer in offers:
        if offer.total:
            first_of_kind.setdefault(offer.kind, offer)
    return tuple(first_of_kind.values())


def better_spelling(
    reader: GenerationReader, request: SearchRequest, parsed: ParsedQuery, found: Found
) -> tuple[Alternative, ...]:
    """Return another spelling that finds more where a request found little; none otherwise.

    Args:
        reader: the generation that was searched.
        request: what was asked.
        parsed: its query.
        found: what that found.
    """
    if found.total > FEW_HITS and not parsed.is_loosened:
        return ()
    least = 0 if parsed.is_loosened else found.total
    with suppress(QueryTimeoutError):  # the answer itself is there; an offer can be left out
        filters = request_filters(reader.snapshot, request)
        # The closest spelling alone: of a question whose words nobody has together, any of the
        # words in another spelling would always be found.
        for offered in islice(_respelled(reader, request, parsed), 1):
            total = reader.find(reader.parse(offered).query, _COUNT_ONLY, filters).total
            if total > least:
                return (Alternative("spelling", offered, total),)
    return ()


def _fewer_filters(
    reader: GenerationReader, request: SearchRequest, parsed: ParsedQuery, found: Found
) -> Iterator[Alternative]:
    if not request.copies:
        copies = replace(request, copies=True, page=1)
        everyone = reader.among(copies=True)
        filters = request_filters(everyone.snapshot, copies)
        total = everyone.find(parsed.query, _COUNT_ONLY, filters).total
        yield Alternative("with_copies", copies, total)
    names = filter_names(request)
    for name in names:
        total = total_without(reader.snapshot, found, name)
        yield Alternative(f"without_{name}", _without_filter(request, name), total)
    if len(names) > 1:
        total = reader.find(parsed.query, _COUNT_ONLY, Filters()).total
        yield Alternative("without_filters", _without_filters(request), total)


def _other_words(
    reader: GenerationReader, request: SearchRequest, parsed: ParsedQuery
) -> Iterator[Alternative]:
    filters = request_filters(reader.snapshot, request)
    for kind, offered in _rewordings(reader, request, parsed):
        query = reader.parse(offered).query
        total = reader.find(query, _COUNT_ONLY, filters).total
        if total or not filters:
            yield Alternative(kind, offered, total)
        else:
            total = reader.find(query, _COUNT_ONLY, Filters()).total
            yield Alternative(f"{kind}_without_filters", _without_filters(offered), total)


def _rewordings(
    reader: GenerationReader, request: SearchRequest, parsed: ParsedQuery
) -> Iterator[tuple[str, SearchRequest]]:
    """Yield the kind of each other wording and the request for it, the closest of a kind first."""
    if reader.parse(replace(request, any_word=True)).query != parsed.query:
        yield "any_words", replace(request, any_word=True, page=1)
    for offered in _respelled(reader, request, parsed):
        yield "spelling", offered


def _respelled(
    reader: GenerationReader, request: SearchRequest, parsed: ParsedQuery
) -> Iterator[SearchRequest]:
    """Yield the request in another spelling, the closest first."""
    # A word of which other forms are common is spelled right, though this form is rare.
    doubtful = [word for word in parsed.words if reader.form_frequency(word) <= SLIPS_MOST]
    replacements = spelling_alternative(doubtful, reader.frequency, reader.near_words)
    if replacements:
        loose = parse_query(request.query_text, any_word=True).query
        for query in dict.fromkeys((reader.parse(request).typed, loose)):
            text = to_query_text(respell(query, replacements))
            # The text spells out what any_word meant, so that must not be applied again.
            yield replace(request, query_text=text, any_word=False, page=1)


def _without_filter(request: SearchRequest, name: str) -> SearchRequest:
    if name == DATES:
        return replace(request, from_date=None, to_date=None, page=1)
    return request.with_choice(name, NO_CHOICE)


def _without_filters(request: SearchRequest) -> SearchRequest:
    return replace(request, choices=(), from_date=None, to_date=None, page=1)
