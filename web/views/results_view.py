"""From results to the view model of their page and their JSON."""

from search.request import SORTS, SearchRequest
from search.results import Alternative, Notice, SearchResults
from web.language import formatting
from web.language.messages import EXAMPLE_QUERIES
from web.urls.url_state import FACET_PARAMETERS, args_from_state
from web.views.context import Reader
from web.views.facet_view import chips, facet_view
from web.views.hit_view import hit_view
from web.views.page_models import Link
from web.views.paging import paging
from web.views.results_models import (
    AlternativeView,
    NoticeView,
    ResultsPage,
    ResultsView,
    SearchForm,
)
from web.views.timeline import timeline

FORM_FIELDS = frozenset({"q", "from", "to", "sort", "page", "without", *FACET_PARAMETERS})
"""Parameters that the form has inputs for, or that begin anew when it is sent."""


def results_page(results: SearchResults, reader: Reader) -> ResultsPage:
    """Return everything that the page of results shows; the reader asked for these results."""
    return ResultsPage(
        frame=reader.frame(reader.addresses.results),
        form=search_form(reader),
        found=results_view(results, reader),
        is_front=reader.request == SearchRequest(),
        chips=chips(reader),
        clear_url=reader.results(choices=(), from_date=None, to_date=None),
        examples=_examples(reader),
    )


def results_view(results: SearchResults, reader: Reader) -> ResultsView:
    """Return what the page and the JSON both tell; the reader asked for these results."""
    return ResultsView(
        request=reader.request,
        understood=results.understood,
        notices=tuple(_notice(notice, reader) for notice in results.notices),
        total=results.total,
        total_label=formatting.articles(reader.lang, results.total),
        took_ms=round(results.took_ms, 2),
        generation=results.generation,
        hits=tuple(hit_view(hit, reader) for hit in results.hits),
        facets=tuple(facet_view(facet, reader) for facet in results.facets),
        timeline=timeline(results.months, reader),
        paging=paging(results.total, reader),
        alternatives=tuple(_alternative(offer, reader) for offer in results.alternatives),
        json_url=reader.addresses.results_json(reader.state),
    )


def search_form(reader: Reader) -> SearchForm:
    """Return what the form of filters shows as chosen."""
    request = reader.request
    return SearchForm(
        sort=request.sort,
        sorts=tuple((sort, reader.say(f"sort_{sort}")) for sort in SORTS),
        from_date=request.from_date.isoformat() if request.from_date else "",
        to_date=request.to_date.isoformat() if request.to_date else "",
        any_word=request.any_word,
        any_word_url=reader.results(any_word=not request.any_word),
        synonyms=request.synonyms,
        synonyms_url=reader.results(synonyms=not request.synonyms),
        copies=request.copies,
        copies_url=reader.results(copies=not request.copies),
        hidden_fields=_hidden_fields(reader),
    )


def _hidden_fields(reader: Reader) -> tuple[tuple[str, str], ...]:
    """Return what the form has no input for; a value both chosen and excluded has no checkbox."""
    excluded = {(name, v) for name, choice in reader.request.choices for v in choice.exclude}
    return tuple(
        (name, value)
        for name, value in args_from_state(reader.state)
        if (name not in FORM_FIELDS and not name.endswith("_match")) or (name, value) in excluded
    )


def _examples(reader: Reader) -> tuple[Link, ...]:
    """Return searches to try, which only the front page shows."""
    if reader.request != SearchRequest():
        return ()
    addresses = (reader.results_of(SearchRequest(query_text=text)) for text in EXAMPLE_QUERIES)
    return tuple(map(Link, EXAMPLE_QUERIES, addresses))


def _notice(notice: Notice, reader: Reader) -> NoticeView:
    message = reader.say(f"notice_{notice.code}", text=notice.text)
    return NoticeView(code=notice.code, message=message)


def _alternative(offer: Alternative, reader: Reader) -> AlternativeView:
    return AlternativeView(
        kind=offer.kind,
        label=reader.say(f"alternative_{offer.kind}", query=offer.request.query_text),
        total=offer.total,
        total_label=formatting.articles(reader.lang, offer.total),
        url=reader.results_of(offer.request),
    )
