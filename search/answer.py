"""The path of a request: parse, find, count, show; each step is a module, in this order.

Hits, total and facets come from one pass over the same matches with the same filters.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from index.document import Document
from search.execution.reader import GenerationReader
from search.faceting.counts import count_facets, count_months
from search.highlight.matching import Marks
from search.highlight.snippets import highlight, highlights, marks_of, snippets
from search.matches import Filters, Found, FoundHit, Wanted
from search.query.parser import ParsedQuery
from search.relevance.relaxation import find_asked
from search.request import PAGE_RANGE, SearchRequest
from search.results import (
    NO_GROUP,
    Alternative,
    FoundDocument,
    Group,
    Hit,
    Notice,
    SearchResults,
    Snippet,
)
from search.suggest.alternatives import alternatives, better_spelling
from search.suggest.completions import Completion, title_query

SIMILAR_SHOWN = 5
"""Articles on the same subject that an article's page lists."""
COPIES_SHOWN = 100
"""Articles of a group of copies that are listed on an article's page."""

PAGE_BEYOND = "page_beyond"
"""The notice of a page after the last one."""
PAGE_BOUND = "page_bound"
"""The notice of the last page that can be asked for, when more hits follow."""


def answer(reader: GenerationReader, request: SearchRequest) -> SearchResults:
    """Return the results of a request; the caller adds how long it took.

    Raises:
        QueryTimeoutError: when a query takes too long.
    """
    reader = reader.among(copies=request.copies)
    snapshot = reader.snapshot
    start = (request.page - 1) * request.size
    parsed, found = find_asked(reader, request, _wanted(request, start + request.size))
    return SearchResults(
        request=request,
        understood=parsed.understood,
        notices=parsed.notices + _page_notice(request, found.total),
        total=found.total,
        hits=tuple(_hits(reader, found.hits[start:], marks_of(parsed.query))),
        facets=count_facets(snapshot, request, found),
        months=count_months(snapshot, request, found),
        alternatives=_offers(reader, request, parsed, found),
        took_ms=0.0,
        generation=reader.number,
    )


def _offers(
    reader: GenerationReader, request: SearchRequest, parsed: ParsedQuery, found: Found
) -> tuple[Alternative, ...]:
    """Return what else to try: where nothing was found, and another spelling where little was."""
    offer = better_spelling if found.total else alternatives
    return offer(reader, request, parsed, found)


def _wanted(request: SearchRequest, best: int) -> Wanted:
    """Return how hits are put in order: by score, or by date; the newest of equals first."""
    if request.sort == "relevance":
        return Wanted(best, "newest", by_score=True)
    return Wanted(best, request.sort, by_score=False)


def found_document(reader: GenerationReader, doc_id: str, query_text: str) -> FoundDocument:
    """Return a stored document, with what the query would mark in it.

    Raises:
        DocumentMissingError: when there is none.
    """
    number = reader.number_of(doc_id)
    document = reader.document(number)
    marks = marks_of(reader.parse(SearchRequest(query_text=query_text)).query)
    return FoundDocument(
        document,
        highlight(document.title, marks, "title"),
        highlight(document.body, marks, "body"),
        reader.number,
        _group(reader, number),
        tuple(similar_documents(reader, doc_id, SIMILAR_SHOWN)),
    )


def similar_documents(reader: GenerationReader, doc_id: str, most: int) -> Iterator[Document]:
    """Yield the stored documents that are most like one.

    Raises:
        DocumentMissingError: when there is no such document.
        QueryTimeoutError: when finding them takes too long.
    """
    for number in reader.similar(reader.number_of(doc_id), most):
        yield reader.document(number)


def title_completions(reader: GenerationReader, typed: str, most: int) -> Iterator[Completion]:
    """Yield headlines that continue a text, the best first, each once.

    Raises:
        QueryTimeoutError: when finding them takes too long.
    """
    query = title_query(typed)
    if query is None:
        return
    wanted = Wanted(most, "newest", by_score=True)
    hits = reader.among(copies=False).find(query, wanted, Filters()).hits
    documents = {reader.document(hit.number).title: hit.number for hit in reversed(hits)}
    for title, number in reversed(documents.items()):
        yield Completion("title", title, 1, reader.document(number).doc_id)


def _group(reader: GenerationReader, number: int) -> Group:
    """Return the near copies of a document, the earliest and longest, which represents them, first.

    The representative is the group's first; the rest follows by date.
    """
    first, *members = reader.snapshot.copies.group_of(number) or [number]
    if not members:
        return NO_GROUP
    shown = [reader.document(member) for member in (first, *members[: COPIES_SHOWN - 1])]
    shown[1:] = sorted(
        shown[1:], key=lambda document: (document.date or dt.date.max, document.doc_id)
    )
    return Group(tuple(shown), 1 + len(members))


def _hits(reader: GenerationReader, found: Sequence[FoundHit], marks: Marks) -> Iterator[Hit]:
    """Yield the hits of a page; their texts are marked together."""
    documents = [reader.document(hit.number) for hit in found]
    titles = highlights([document.title for document in documents], marks, "title")
    bodies = snippets([document.body for document in documents], marks, "body")
    copies = reader.snapshot.copies
    for hit, document, title, body in zip(found, documents, titles, bodies, strict=True):
        yield Hit(
            doc_id=document.doc_id,
            score=hit.score,
            title=Snippet(document.title, title),
            snippet=body,
            date=document.date,
            date_source=document.date_source,
            authors=document.authors,
            editors=document.editors,
            tags=document.tags,
            category=document.category,
            source=document.source,
            url=document.url,
            copy_count=copies.count(hit.number),
            is_copy=copies.representative_of(hit.number) != hit.number,
        )


def _page_notice(request: SearchRequest, total: int) -> tuple[Notice, ...]:
    start = (request.page - 1) * request.size
    if start and start >= total > 0:
        return (Notice(PAGE_BEYOND),)
    if request.page == PAGE_RANGE[1] and start + request.size < total:
        return (Notice(PAGE_BOUND),)
    return ()
