"""What to try instead when nothing was found: copies, fewer filters, any of the words, spellings.

Each alternative is a request of its own, offered only when it does find something, with its count.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from search.backend import Backend
from search.errors import QueryTimeoutError
from search.matches import COUNT_ONLY, Matches
from search.preferences import Preferences
from search.query import ParsedQuery, Query, parse_query, to_query_text
from search.request import DATES, NO_CHOICE, NO_FILTERS, Filters, SearchRequest
from search.results import Alternative
from search.suggest.spelling import better_spellings, expect_spellings, respell

FEW_HITS = 3
"""Hits that are so few that another spelling is looked for."""


@dataclass(frozen=True, slots=True)
class AnsweredRequest:
    """A request that found nothing, or little.

    Attributes:
        request: what was asked.
        parsed: its query.
        matches: what that found.
    """

    request: SearchRequest
    parsed: ParsedQuery
    matches: Matches


class Offers(NamedTuple):
    """Alternatives, and whether time was short, so that some may have been left out."""

    alternatives: tuple[Alternative, ...] = ()
    is_cut_short: bool = False


def find_alternatives(
    backend: Backend, preferences: Preferences, answered: AnsweredRequest
) -> Offers:
    """Return alternatives that find something where a request found nothing, one of each kind."""
    offers: list[Alternative] = []
    is_cut_short = False
    try:
        _expect(backend, preferences, answered)
        offers.extend(_fewer_filters(backend, answered))
        offers.extend(_other_words(backend, preferences, answered))
    except QueryTimeoutError:  # the answer itself is there; offers can be left out
        is_cut_short = True
    first_of_kind: dict[str, Alternative] = {}
    for offer in offers:
        if offer.total:
            first_of_kind.setdefault(offer.kind, offer)
    return Offers(tuple(first_of_kind.values()), is_cut_short)


def better_spelling(
    backend: Backend, preferences: Preferences, answered: AnsweredRequest
) -> Offers:
    """Return another spelling that finds more where a request found little; none otherwise."""
    parsed, total = answered.parsed, answered.matches.total
    if total > FEW_HITS and not parsed.is_relaxed:
        return Offers()
    least = 0 if parsed.is_relaxed else total
    try:
        # The closest spelling alone: of a question whose words no document has together, any of
        # the words in another spelling would always be found.
        for offered in islice(_respelled(backend, preferences, answered), 1):
            found = _count(backend, preferences.parse(offered).query, answered.request.filters)
            if found > least:
                return Offers((Alternative("spelling", offered, found),))
    except QueryTimeoutError:  # the answer itself is there; an offer can be left out
        return Offers(is_cut_short=True)
    return Offers()


def _expect(backend: Backend, preferences: Preferences, answered: AnsweredRequest) -> None:
    """Tell what will be counted whatever the spelling, so that an index far away is asked once."""
    request, query = answered.request, answered.parsed.query
    any_word = preferences.parse(replace(request, any_word=True)).query
    expect_spellings(backend, answered.parsed.typed)
    backend.with_copies(copies=True).expect_count(query, request.filters)
    backend.expect_count(any_word, request.filters)
    if request.filters.names:
        backend.expect_count(query, NO_FILTERS)
        backend.expect_count(any_word, NO_FILTERS)


def _fewer_filters(backend: Backend, answered: AnsweredRequest) -> Iterator[Alternative]:
    request, query = answered.request, answered.parsed.query
    if not request.copies:
        total = _count(backend.with_copies(copies=True), query, request.filters)
        yield Alternative("with_copies", replace(request, copies=True, page=1), total)
    names = request.filters.names
    for name in names:
        total = answered.matches.total + answered.matches.total_without[name]
        yield Alternative(f"without_{name}", _without_filter(request, name), total)
    if len(names) > 1:
        total = _count(backend, query, NO_FILTERS)
        yield Alternative("without_filters", _without_filters(request), total)


def _other_words(
    backend: Backend, preferences: Preferences, answered: AnsweredRequest
) -> Iterator[Alternative]:
    filters = answered.request.filters
    reworded = [
        (kind, offered, preferences.parse(offered).query)
        for kind, offered in _rewordings(backend, preferences, answered)
    ]
    for _, _, query in reworded:
        backend.expect_count(query, filters)
        if filters.names:
            backend.expect_count(query, NO_FILTERS)
    for kind, offered, query in reworded:
        total = _count(backend, query, filters)
        if total or not filters.names:
            yield Alternative(kind, offered, total)
        else:
            total = _count(backend, query, NO_FILTERS)
            yield Alternative(f"{kind}_without_filters", _without_filters(offered), total)


def _rewordings(
    backend: Backend, preferences: Preferences, answered: AnsweredRequest
) -> Iterator[tuple[str, SearchRequest]]:
    """Yield the kind of each other wording and the request for it, the closest of a kind first."""
    for offered in _respelled(backend, preferences, answered):
        yield "spelling", offered
    any_word = replace(answered.request, any_word=True)
    if preferences.parse(any_word).typed != answered.parsed.typed:
        yield "any_words", replace(any_word, page=1)


def _respelled(
    backend: Backend, preferences: Preferences, answered: AnsweredRequest
) -> Iterator[SearchRequest]:
    """Yield the request in another spelling, the closest first."""
    request = answered.request
    better = better_spellings(backend, answered.parsed.typed)
    if any(better.values()):
        any_of_them = parse_query(request.query_text, any_word=True).query
        for query in dict.fromkeys((preferences.parse(request).typed, any_of_them)):
            text = to_query_text(respell(query, better))
            # The text spells out what any_word meant, so that must not be applied again.
            yield replace(request, query_text=text, any_word=False, page=1)


def _count(backend: Backend, query: Query, filters: Filters) -> int:
    return backend.find(query, COUNT_ONLY, filters).total


def _without_filter(request: SearchRequest, name: str) -> SearchRequest:
    if name == DATES:
        return replace(request, from_date=None, to_date=None, page=1)
    return request.with_choice(name, NO_CHOICE)


def _without_filters(request: SearchRequest) -> SearchRequest:
    return replace(request, choices=(), from_date=None, to_date=None, page=1)
