"""What to try instead when nothing was found: fewer filters, any of the words, another spelling.

Each alternative is a request of its own, offered only when it does find something, with its count.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import numpy as np

from search.counting import DATES, Mask, combined
from search.errors import QueryTimeoutError
from search.parser import ParsedQuery, parse_query, to_query_text
from search.request import NO_CHOICE, SearchRequest
from search.results import Alternative
from search.suggest import respell, spelling_alternative
from search.whoosh_reader import GenerationReader


def alternatives(
    reader: GenerationReader,
    request: SearchRequest,
    parsed: ParsedQuery,
    matched: Mask,
    masks: dict[str, Mask],
) -> tuple[Alternative, ...]:
    """Return what would find something where `request` found nothing.

    Args:
        reader: the generation that was searched.
        request: what was asked.
        parsed: its query.
        matched: which documents the query alone matches.
        masks: the filters, as `search.counting.filter_masks` gives them.
    """
    offers = list(_fewer_filters(request, matched, masks))
    with suppress(QueryTimeoutError):  # the answer itself is there; offers can be left out
        offers.extend(_other_words(reader, request, parsed, masks))
    first_of_kind: dict[str, Alternative] = {}
    for offer in offers:
        if offer.total:
            first_of_kind.setdefault(offer.kind, offer)
    return tuple(first_of_kind.values())


def _fewer_filters(
    request: SearchRequest, matched: Mask, masks: dict[str, Mask]
) -> Iterator[Alternative]:
    for name in masks:
        relaxed = _without_filter(request, name)
        yield Alternative(f"without_{name}", relaxed, int(np.sum(combined(masks, matched, name))))
    if len(masks) > 1:
        yield Alternative("without_filters", _without_filters(request), int(np.sum(matched)))


def _other_words(
    reader: GenerationReader,
    request: SearchRequest,
    parsed: ParsedQuery,
    masks: dict[str, Mask],
) -> Iterator[Alternative]:
    for kind, offered in _rewordings(reader, request, parsed):
        query = parse_query(offered.query_text, any_word=offered.any_word).query
        matched = reader.matched(query).matches.mask(reader.columns.doc_count)
        total = int(np.sum(combined(masks, matched)))
        if total or not masks:
            yield Alternative(kind, offered, total)
        else:
            bare = _without_filters(offered)
            yield Alternative(f"{kind}_without_filters", bare, int(np.sum(matched)))


def _rewordings(
    reader: GenerationReader, request: SearchRequest, parsed: ParsedQuery
) -> Iterator[tuple[str, SearchRequest]]:
    """Yield the kind of each other wording and the request for it, the closest of a kind first."""
    if parse_query(request.query_text, any_word=True).query != parsed.query:
        yield "any_words", replace(request, any_word=True, page=1)
    replacements = spelling_alternative(parsed.words, reader.frequency, reader.near_words)
    if replacements:
        loose = parse_query(request.query_text, any_word=True).query
        for query in dict.fromkeys((parsed.query, loose)):
            text = to_query_text(respell(query, replacements))
            # The text spells out what any_word meant, so that must not be applied again.
            yield "spelling", replace(request, query_text=text, any_word=False, page=1)


def _without_filter(request: SearchRequest, name: str) -> SearchRequest:
    if name == DATES:
        return replace(request, from_date=None, to_date=None, page=1)
    return request.with_choice(name, NO_CHOICE)


def _without_filters(request: SearchRequest) -> SearchRequest:
    return replace(request, choices=(), from_date=None, to_date=None, page=1)
