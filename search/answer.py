"""Answer a request, step by step: parse, match, count, show; each step is a package.

Hits, total and facets come from one pass over the same matches with the same filters.
"""

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from index.document import Document
from search.backend import Backend
from search.errors import QueryTimeoutError
from search.highlight import Marks, highlight, highlights, make_snippets, marks_of
from search.matches import ScoredDocument, Selection
from search.preferences import Preferences
from search.relevance import NO_TIME, find_relaxed
from search.request import PAGE_RANGE, SearchRequest
from search.results import (
    NO_GROUP,
    Alternative,
    DocumentResult,
    Group,
    Highlight,
    Hit,
    Notice,
    SearchResults,
    Snippet,
)
from search.suggest import (
    AnsweredRequest,
    Offers,
    better_spelling,
    find_alternatives,
    similar_documents,
)

SIMILAR_SHOWN = 5
"""Articles on the same subject that an article's page lists."""
COPIES_SHOWN = 100
"""Articles of a group of near duplicates that are listed on an article's page."""

CORRECTED_HITS = 3
"""First hits of another spelling that are shown: enough to see whether it is what was meant."""

NO_HIGHLIGHTS: tuple[Highlight, ...] = ()
NO_DOCUMENTS: tuple[Document, ...] = ()
"""What is left out when time is over."""

PAGE_BEYOND = "page_beyond"
"""The notice of a page after the last one."""
PAGE_BOUND = "page_bound"
"""The notice of the last page that can be asked for, when more hits follow."""


def answer(backend: Backend, request: SearchRequest, preferences: Preferences) -> SearchResults:
    """Return the results of a request.

    Raises:
        QueryTimeoutError: when a query takes too long.
    """
    started = time.perf_counter()
    backend = backend.with_copies(copies=request.copies)
    start = (request.page - 1) * request.size
    selection = _selection(request, start + request.size)
    parsed, matches = find_relaxed(backend, request, selection, preferences)
    hits = tuple(_hits(backend, matches.hits[start:], marks_of(parsed.query)))
    facets, months = backend.count_facets(request, matches), backend.count_months(request, matches)
    days = backend.count_days(request, matches)
    # Last, since they can be left out.
    offers = _offers(backend, preferences, AnsweredRequest(request, parsed, matches))
    return SearchResults(
        request=request,
        understood=parsed.understood,
        notices=parsed.notices + _page_notice(request, matches.total),
        total=matches.total,
        hits=hits,
        facets=facets,
        months=months,
        days=days,
        alternatives=offers.alternatives,
        took_ms=(time.perf_counter() - started) * 1000,
        generation=backend.generation_number,
        is_cut_short=offers.is_cut_short or Notice(NO_TIME) in parsed.notices,
    )


def _selection(request: SearchRequest, size: int) -> Selection:
    """Return which hits to keep: by score, the newest of equals first, or by date."""
    if request.sort == "relevance":
        return Selection(size, "newest", by_score=True)
    return Selection(size, request.sort, by_score=False)


def _offers(backend: Backend, preferences: Preferences, answered: AnsweredRequest) -> Offers:
    """Return what else to try: where nothing was found, and another spelling where little was."""
    offer = better_spelling if answered.matches.total else find_alternatives
    found, is_cut_short = offer(backend.hurried(), preferences, answered)
    offers = sorted(found, key=_is_no_correction)
    if not offers or _is_no_correction(offers[0]):
        return Offers(tuple(offers), is_cut_short)
    first = _with_first_hits(backend, preferences, offers[0])
    return Offers((first, *offers[1:]), is_cut_short or not first.hits)


def _is_no_correction(offer: Alternative) -> bool:
    return not offer.is_correction


def _with_first_hits(
    backend: Backend, preferences: Preferences, correction: Alternative
) -> Alternative:
    """Return a correction with its first hits, by one more search; without them if time is over."""
    request = correction.request
    with suppress(QueryTimeoutError):
        hurried = backend.hurried()
        selection = _selection(request, CORRECTED_HITS)
        parsed, matches = find_relaxed(hurried, request, selection, preferences)
        hits = _hits(hurried, matches.hits, marks_of(parsed.query))
        return replace(correction, hits=tuple(hits))
    return correction


def document_result(
    backend: Backend, doc_id: str, query_text: str, preferences: Preferences
) -> DocumentResult:
    """Return a stored document, with what the query would mark in it.

    The text is shown however late it is: marks and similar documents can be left out.

    Raises:
        DocumentMissingError: when there is none.
        QueryTimeoutError: when reading its near duplicates takes too long.
    """
    number = backend.document_number_of(doc_id)
    (document,) = backend.documents([number])
    group = _group(backend, number)
    marks = marks_of(preferences.parse(SearchRequest(query_text=query_text)).query)
    title_marks, body_marks = NO_HIGHLIGHTS, NO_HIGHLIGHTS
    similar, is_cut_short = NO_DOCUMENTS, False
    try:
        hurried = backend.hurried()
        title_marks = highlight(document.title, marks, "title", hurried.check_time)
        body_marks = highlight(document.body, marks, "body", hurried.check_time)
    except QueryTimeoutError:
        is_cut_short = True
    try:
        similar = tuple(similar_documents(backend.hurried(), number, SIMILAR_SHOWN))
    except QueryTimeoutError:
        is_cut_short = True
    return DocumentResult(
        document,
        title_marks,
        body_marks,
        backend.generation_number,
        group,
        similar,
        is_cut_short,
    )


def _group(backend: Backend, number: int) -> Group:
    """Return the near duplicates of a document: their representative, then the others by date."""
    numbers = backend.group_of(number)
    if not numbers:
        return NO_GROUP
    first, *others = backend.documents(numbers[:COPIES_SHOWN])
    others.sort(key=lambda document: (document.date or dt.date.max, document.doc_id))
    return Group((first, *others), len(numbers))


def _hits(backend: Backend, scored: Sequence[ScoredDocument], marks: Marks) -> Iterator[Hit]:
    """Yield the hits of a page; their texts are marked together."""
    numbers = [hit.number for hit in scored]
    documents, roles = backend.documents(numbers), backend.copy_roles(numbers)
    check = backend.check_time
    titles = highlights([document.title for document in documents], marks, "title", check)
    bodies = make_snippets([document.body for document in documents], marks, "body", check=check)
    for hit, document, role, title, body in zip(
        scored, documents, roles, titles, bodies, strict=True
    ):
        yield Hit(
            doc_id=document.doc_id,
            score=hit.score,
            title=Snippet(document.title, title),
            snippet=body,
            date=document.date,
            date_source=document.date_source,
            date_doubtful=document.date_doubtful,
            authors=document.authors,
            editors=document.editors,
            tags=document.tags,
            category=document.category,
            source=document.source,
            url=document.url,
            copy_count=role.copy_count,
            is_copy=role.is_copy,
        )


def _page_notice(request: SearchRequest, total: int) -> tuple[Notice, ...]:
    start = (request.page - 1) * request.size
    if start and start >= total > 0:
        return (Notice(PAGE_BEYOND),)
    if request.page == PAGE_RANGE[1] and start + request.size < total:
        return (Notice(PAGE_BOUND),)
    return ()
