"""What to try instead when nothing was found: fewer filters, any of the words, another spelling.

Each alternative is a request of its own, offered only when it does find something, with its count.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from search.counting import DATES, Mask, combined
from search.parser import ParsedQuery, parse_query, to_query_text
from search.query import Query
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
    offers = [
        *_fewer_filters(request, matched, masks),
        *_other_words(reader, request, parsed, masks),
    ]
    return tuple(offer for offer in offers if offer.total)


def _fewer_filters(
    request: SearchRequest, matched: Mask, masks: dict[str, Mask]
) -> Iterator[Alternative]:
    for name in masks:
        relaxed = _without_filter(request, name)
        yield Alternative(f"without_{name}", relaxed, int(np.sum(combined(masks, matched, name))))
    if len(masks) > 1:
        bare = SearchRequest(
            query_text=request.query_text,
            any_word=request.any_word,
            sort=request.sort,
            size=request.size,
        )
        yield Alternative("without_filters", bare, int(np.sum(matched)))


def _without_filter(request: SearchRequest, name: str) -> SearchRequest:
    if name == DATES:
        return replace(request, from_date=None, to_date=None, page=1)
    return request.with_choice(name, NO_CHOICE)


def _other_words(
    reader: GenerationReader,
    request: SearchRequest,
    parsed: ParsedQuery,
    masks: dict[str, Mask],
) -> Iterator[Alternative]:
    if len(parsed.words) > 1 and not request.any_word:
        any_word = replace(request, any_word=True, page=1)
        query = parse_query(request.query_text, any_word=True).query
        yield Alternative("any_words", any_word, _count(reader, query, masks))
    replacements = spelling_alternative(parsed.words, reader.frequency, reader.near_words)
    if replacements:
        respelt = respell(parsed.query, replacements)
        text = to_query_text(respelt)
        # The text spells out what any_word meant, so that must not be applied again.
        request = replace(request, query_text=text, any_word=False, page=1)
        yield Alternative("spelling", request, _count(reader, respelt, masks))


def _count(reader: GenerationReader, query: Query, masks: dict[str, Mask]) -> int:
    matched = reader.matched(query).matches.mask(reader.columns.doc_count)
    return int(np.sum(combined(masks, matched)))
