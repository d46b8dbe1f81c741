"""The path of a request: parse, match, filter, count, show; each step is a module, in this order.

What matches is found once; hits and facets come from the same matches and the same filters.
"""

from search.alternatives import alternatives
from search.counting import combined, count_facets, count_months, filter_masks
from search.evaluate import in_order
from search.highlight import Marks, highlight, marks_of, snippet
from search.parser import parse_query
from search.request import PAGE_RANGE, SearchRequest
from search.results import FoundDocument, Hit, Notice, SearchResults, Snippet
from search.whoosh_reader import GenerationReader

PAGE_BEYOND = "page_beyond"
"""The notice of a page after the last one."""
PAGE_BOUND = "page_bound"
"""The notice of the last page that can be asked for, when more hits follow."""


def answer(reader: GenerationReader, request: SearchRequest) -> SearchResults:
    """Return the results of a request; the caller adds how long it took.

    Raises:
        QueryTimeoutError: when a query takes too long.
    """
    parsed = parse_query(request.query_text, any_word=request.any_word)
    matches, dropped = reader.matched(parsed.query)
    masks = filter_masks(reader.columns, request)
    matched = matches.mask(reader.columns.doc_count)
    kept = matches.within(combined(masks, matched))
    total = len(kept.docs)
    start = (request.page - 1) * request.size
    page = in_order(kept, reader.columns, request.sort, start + request.size)
    marks = marks_of(parsed.query)
    return SearchResults(
        request=request,
        understood=parsed.understood,
        notices=parsed.notices + dropped + _page_notice(request, total),
        total=total,
        hits=tuple(
            _hit(reader, int(number), float(score), marks)
            for number, score in zip(page.docs[start:], page.scores[start:], strict=True)
        ),
        facets=count_facets(reader.columns, request, matched, masks),
        months=count_months(reader.columns, request, matched, masks),
        alternatives=() if total else alternatives(reader, request, parsed, matched, masks),
        took_ms=0.0,
        generation=reader.number,
    )


def found_document(reader: GenerationReader, doc_id: str, query_text: str) -> FoundDocument:
    """Return a stored document, with what the query would mark in it.

    Raises:
        DocumentMissingError: when there is none.
    """
    document = reader.document(reader.number_of(doc_id))
    marks = marks_of(parse_query(query_text).query)
    return FoundDocument(
        document,
        highlight(document.title, marks, "title"),
        highlight(document.body, marks, "body"),
        reader.number,
    )


def _hit(reader: GenerationReader, number: int, score: float, marks: Marks) -> Hit:
    document = reader.document(number)
    return Hit(
        doc_id=document.doc_id,
        score=score,
        title=Snippet(document.title, highlight(document.title, marks, "title")),
        snippet=snippet(document.body, marks, "body"),
        date=document.date,
        date_source=document.date_source,
        authors=document.authors,
        editors=document.editors,
        tags=document.tags,
        category=document.category,
        source=document.source,
        url=document.url,
    )


def _page_notice(request: SearchRequest, total: int) -> tuple[Notice, ...]:
    start = (request.page - 1) * request.size
    if start and start >= total > 0:
        return (Notice(PAGE_BEYOND),)
    if request.page == PAGE_RANGE[1] and start + request.size < total:
        return (Notice(PAGE_BOUND),)
    return ()
