"""From results to the view model of their page and their JSON."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from search.request import PAGE_RANGE, SORTS, FacetChoice, SearchRequest
from search.results import Alternative, Hit, SearchResults
from web import formatting
from web.addresses import Addresses
from web.facet_view import chips, facet_view
from web.marked_text import marked_text
from web.messages import EXAMPLE_QUERIES, message
from web.timeline import timeline
from web.url_state import LANGUAGES, PageState, args_from_state
from web.view_models import (
    AlternativeView,
    HitView,
    Link,
    NoticeView,
    Paging,
    ResultsPage,
)

Say = Callable[..., str]

PAGES_AROUND = 2
"""How many pages before and after the current one get a link of their own."""

FORM_FIELDS = frozenset(
    {"q", "from", "to", "sort", "page", "without", "tag", "author", "month", "source", "category"}
)
"""Parameters that the form has inputs for, or that begin anew when it is sent."""


def results_page(results: SearchResults, lang: str, addresses: Addresses) -> ResultsPage:
    """Return everything that the page of results shows."""
    request = results.request
    state = PageState(request, lang)
    say = partial(message, lang)
    shown_chips = chips(state, say, addresses)
    return ResultsPage(
        lang=lang,
        query_text=request.query_text,
        understood=results.understood,
        is_front=request == SearchRequest(),
        notices=tuple(
            NoticeView(code=notice.code, message=say(f"notice_{notice.code}", text=notice.text))
            for notice in results.notices
        ),
        total=results.total,
        total_label=formatting.articles(lang, results.total),
        took_ms=round(results.took_ms, 2),
        generation=results.generation,
        hits=tuple(hit_view(hit, state, say, addresses) for hit in results.hits),
        facets=tuple(facet_view(facet, state, say, addresses) for facet in results.facets),
        timeline=timeline(results.months, state, say, addresses),
        chips=shown_chips,
        clear_url=addresses.results(PageState(_cleared(request), lang)),
        filter_count=len(shown_chips),
        sort=request.sort,
        sorts=tuple(
            Link(say(f"sort_{sort}"), _with(addresses, state, sort=sort), sort == request.sort)
            for sort in SORTS
        ),
        sort_values=tuple((sort, say(f"sort_{sort}")) for sort in SORTS),
        from_date=request.from_date.isoformat() if request.from_date else "",
        to_date=request.to_date.isoformat() if request.to_date else "",
        any_word=request.any_word,
        any_word_url=_with(addresses, state, any_word=not request.any_word),
        paging=paging(results.total, state, addresses),
        alternatives=tuple(
            _alternative(offer, lang, say, addresses) for offer in results.alternatives
        ),
        hidden_fields=_hidden_fields(state),
        languages=tuple(
            Link(code.upper(), addresses.results(PageState(request, code)), code == lang)
            for code in LANGUAGES
        ),
        examples=tuple(
            Link(text, addresses.results(PageState(SearchRequest(query_text=text), lang)))
            for text in EXAMPLE_QUERIES
        ),
        search_url=addresses.search(),
        home_url=addresses.home(lang),
        help_url=addresses.help(lang),
        json_url=addresses.results_json(state),
    )


def hit_view(hit: Hit, state: PageState, say: Say, addresses: Addresses) -> HitView:
    """Return one hit as it is shown."""
    return HitView(
        doc_id=hit.doc_id,
        title=marked_text(hit.title),
        snippet=marked_text(hit.snippet),
        date=hit.date.isoformat() if hit.date else "",
        date_label=formatting.day(state.lang, hit.date) if hit.date else say("no_date"),
        date_estimated=hit.date_source == "inferred",
        authors=facet_links("author", hit.authors, state.lang, addresses),
        editors=hit.editors,
        tags=facet_links("tag", hit.tags, state.lang, addresses),
        category=hit.category,
        source=hit.source,
        score=round(hit.score, 6),
        url=safe_url(hit.url),
        page_url=addresses.article(hit.doc_id, state),
    )


def facet_links(
    facet_name: str, values: tuple[str, ...], lang: str, addresses: Addresses
) -> tuple[Link, ...]:
    """Return links that each search for one value of a facet alone."""
    requests = (SearchRequest().with_choice(facet_name, FacetChoice((v,))) for v in values)
    addressed = (addresses.results(PageState(request, lang)) for request in requests)
    return tuple(Link(value, url) for value, url in zip(values, addressed, strict=True))


def safe_url(url: str) -> str:
    """Return an address that a link may lead to: http or https, else "".

    >>> safe_url("https://example.com/a"), safe_url("javascript:alert(1)")
    ('https://example.com/a', '')
    """
    return url if url.lower().startswith(("http://", "https://")) else ""


def paging(total: int, state: PageState, addresses: Addresses) -> Paging:
    """Return where the pages are; those beyond the bound of `page` have no address."""
    request = state.request
    page_count = min(-(-total // request.size), PAGE_RANGE[1])

    def url_of(page: int) -> str:
        exists = 1 <= page <= page_count and page != request.page
        return _with(addresses, state, page=page) if exists else ""

    return Paging(
        page=request.page,
        size=request.size,
        page_count=page_count,
        first_url=url_of(1),
        previous_url=url_of(min(request.page - 1, page_count)),
        next_url=url_of(request.page + 1),
        last_url=url_of(page_count),
        numbers=_page_links(request.page, page_count, partial(_with, addresses, state)),
    )


def _page_links(page: int, page_count: int, url_of: Callable[..., str]) -> tuple[Link, ...]:
    """Return links to the first, the last and the pages around; an empty label is a gap."""
    around = range(page - PAGES_AROUND, page + PAGES_AROUND + 1)
    worth = sorted({1, page_count, *around} & set(range(1, page_count + 1)))
    links: list[Link] = []
    for before, number in zip([0, *worth], worth, strict=False):
        if number - before > 1:
            links.append(Link("", ""))
        links.append(Link(str(number), url_of(page=number), number == page))
    return tuple(links)


def _alternative(offer: Alternative, lang: str, say: Say, addresses: Addresses) -> AlternativeView:
    return AlternativeView(
        kind=offer.kind,
        label=say(f"alternative_{offer.kind}", query=offer.request.query_text),
        total=offer.total,
        total_label=formatting.articles(lang, offer.total),
        url=addresses.results(PageState(offer.request, lang)),
    )


def _hidden_fields(state: PageState) -> tuple[tuple[str, str], ...]:
    pairs = args_from_state(state)
    return tuple(
        (name, value)
        for name, value in pairs
        if name not in FORM_FIELDS and not name.endswith("_match")
    )


def _cleared(request: SearchRequest) -> SearchRequest:
    return replace(request, choices=(), from_date=None, to_date=None, page=1)


def _with(addresses: Addresses, state: PageState, **changes: object) -> str:
    """Return the results with something changed, at the first page unless the page is changed."""
    request = replace(state.request, **{"page": 1, **changes})  # type: ignore[arg-type]  # named fields
    return addresses.results(PageState(request, state.lang))
