"""Make the view model of a page of results, which its HTML and its JSON share."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from search import SORTS, Alternative, FacetResult, Notice, SearchRequest, SearchResults
from web.language import format_articles, format_iso_day, format_listing
from web.urls import DATE_NAMES, VIEWS
from web.views.context import RequestContext
from web.views.facet_view import make_chips, make_facet_view
from web.views.hit_view import make_hit_view
from web.views.page_models import Link
from web.views.paging import make_paging
from web.views.results_models import (
    AlternativeView,
    FacetView,
    NoticeView,
    ResultsView,
    SearchForm,
)
from web.views.results_page import ResultsPage
from web.views.timeline import make_timeline

FORM_FIELDS = frozenset({"q", *DATE_NAMES, "sort", "size", "page"})
"""Parameters that the form has inputs for, or that start anew when it is sent; facets aside."""

SIZES = (10, 25, 50, 100)
"""Hits on a page to choose from."""
PEAK_HITS_LEAST = 10
"""Hits of which the time with most of them is told: of fewer it says little."""

LEAD_FACETS = 3
"""Facets that the front page names in its first sentence."""


def make_results_page(results: SearchResults, context: RequestContext) -> ResultsPage:
    """Return all that the page of results shows; the context is that of their request."""
    view = make_results_view(results, context)
    is_front = context.request == SearchRequest()
    return ResultsPage(
        frame=context.make_frame(context.addresses.results),
        form=make_search_form(view, context),
        results=view,
        facets=tuple(filter(_has_values, view.facets)),
        correction=next((offer for offer in view.alternatives if offer.hits), None),
        others=tuple(offer for offer in view.alternatives if not offer.hits),
        is_front=is_front,
        leads=_leads(view, context) if is_front else (),
        heading=_heading(view, context),
        window_title=_window_title(view, context),
        is_dense=context.state.view != VIEWS[0],
        view_url=_other_view_url(context),
        chips=make_chips(context),
        clear_url=context.url_with(choices=(), from_date=None, to_date=None),
        printed=_printed(context),
    )


def make_results_view(results: SearchResults, context: RequestContext) -> ResultsView:
    """Return what both the page and the JSON show; the context is that of their request."""
    first = (context.request.page - 1) * context.request.size + 1
    return ResultsView(
        request=context.request,
        understood=results.understood,
        notices=tuple(_notice(notice, context) for notice in results.notices),
        total=results.total,
        total_label=format_articles(context.lang, results.total),
        took_ms=round(results.took_ms, 2),
        generation=results.generation,
        hits=tuple(
            make_hit_view(hit, rank, context) for rank, hit in enumerate(results.hits, first)
        ),
        facets=tuple(make_facet_view(facet, context) for facet in _shown_facets(results, context)),
        timeline=make_timeline(results, context),
        paging=make_paging(results.total, context),
        alternatives=tuple(_alternative(offer, context) for offer in results.alternatives),
        json_url=context.addresses.for_json().results(context.state),
    )


def make_search_form(results: ResultsView, context: RequestContext) -> SearchForm:
    """Return the state of the form: its order, dates, switches and hidden fields."""
    request = context.request
    return SearchForm(
        sort=request.sort,
        sorts=tuple((sort, context.say(f"sort_{sort}")) for sort in SORTS),
        size=request.size,
        sizes=tuple(sorted({*SIZES, request.size})),
        dates=tuple(_dates(context)),
        presets=tuple(_presets(context)),
        count_url=context.addresses.search_json(),
        any_word=request.any_word,
        any_word_url=context.url_with(any_word=not request.any_word),
        synonyms=request.synonyms,
        synonyms_url=context.url_with(synonyms=not request.synonyms),
        copies=request.copies,
        copies_url=context.url_with(copies=not request.copies),
        hidden_fields=_hidden_fields({facet.name for facet in results.facets}, context),
    )


def _dates(context: RequestContext) -> Iterator[tuple[str, str, str, str]]:
    request = context.request
    for name, day in (("from", request.from_date), ("to", request.to_date)):
        shown = context.date_label(day) if day else ""
        yield name, context.say(f"date_{name}"), format_iso_day(day), shown


def _presets(context: RequestContext) -> Iterator[Link]:
    """Yield usual spans of time, as links; one that is chosen leads back to all days."""
    today = context.today
    year = today.year - 1
    spans = {
        "today": (today, today),
        "week": (today - dt.timedelta(days=6), today),
        "month": (today.replace(day=1), today),
        "last_year": (dt.date(year, 1, 1), dt.date(year, 12, 31)),
    }
    chosen = (context.request.from_date, context.request.to_date)
    for name, (first, last) in spans.items():
        is_chosen = chosen == (first, last)
        days = {} if is_chosen else {"from_date": first, "to_date": last}
        url = context.url_with(**{"from_date": None, "to_date": None, **days})
        yield Link(context.say(f"preset_{name}"), url, selected=is_chosen)


def _heading(results: ResultsView, context: RequestContext) -> str:
    """Return what was found: "662 artikel tentang beras · puncak Agustus 2025"."""
    query = context.request.query_text
    if not results.total:
        return context.say("nothing_heading" if query else "nothing_heading_all", query=query)
    found = results.total_label
    if query:
        found = context.say("results_heading", articles=found, query=query)
    is_told = results.total >= PEAK_HITS_LEAST and (query or context.request.restricts)
    return " · ".join(filter(None, (found, results.timeline.peak_label if is_told else "")))


def _printed(context: RequestContext) -> str:
    """Return what a print says of itself: the site, the day, and where the results are."""
    address = context.site.origin + context.addresses.results(context.state)
    day = context.say("printed_on", day=context.date_label(context.today))
    return f"{context.site.name} · {day} · {address}"


def _window_title(results: ResultsView, context: RequestContext) -> str:
    """Return the title of the window: "662 artikel: beras (halaman 3)"."""
    request = context.request
    title = results.total_label
    if request.query_text:
        title = context.say("window_title", articles=title, query=request.query_text)
    if request.page > 1:
        title = context.say("window_title_page", title=title, page=request.page)
    return title


def _other_view_url(context: RequestContext) -> str:
    """Return the same page of hits with the other view."""
    other = next(view for view in VIEWS if view != context.state.view)
    return context.addresses.results(replace(context.state, view=other))


def _shown_facets(results: SearchResults, context: RequestContext) -> Iterator[FacetResult]:
    """Yield the facets that both the site shows and the archive has, in the site's order."""
    facet_by_name = {facet.name: facet for facet in results.facets}
    yield from (facet_by_name[name] for name in context.site.facets if name in facet_by_name)


def _hidden_fields(shown: set[str], context: RequestContext) -> tuple[tuple[str, str], ...]:
    """Return the parameters that have no input in the form, where these facets are shown.

    A value both chosen and excluded has a box for its exclusion alone.
    """
    fields = FORM_FIELDS | shown | {f"{name}_match" for name in shown}
    both = {
        (name, value)
        for name, choice in context.request.choices
        for value in choice.include
        if value in choice.exclude
    }
    fields |= {f"not_{name}" for name in shown}
    return tuple(
        (name, value)
        for name, value in context.addresses.args(context.state)
        if (name, value) in both
        or (name not in fields and not (name == "without" and value in shown))
    )


def _leads(results: ResultsView, context: RequestContext) -> tuple[str, ...]:
    """Return the site's own sentence, and one that says how many articles can be searched how."""
    own = (context.site.text,) if context.site.text else ()
    if not results.total:
        return own or (context.say("site_description"),)
    facets = [context.say(f"facet_{name}").lower() for name in context.site.facets[:LEAD_FACETS]]
    ways = format_listing(context.lang, [context.say("way_word"), *facets])
    return (*own, context.say("front_lead", articles=results.total_label, ways=ways))


def _notice(notice: Notice, context: RequestContext) -> NoticeView:
    message = context.say(f"notice_{notice.code}", text=notice.text)
    return NoticeView(code=notice.code, message=message)


def _alternative(offer: Alternative, context: RequestContext) -> AlternativeView:
    there = replace(context, state=replace(context.state, request=offer.request))
    return AlternativeView(
        kind=offer.kind,
        label=context.say(f"alternative_{offer.kind}", query=offer.request.query_text),
        total=offer.total,
        total_label=format_articles(context.lang, offer.total),
        url=context.url_of(offer.request),
        hits=tuple(make_hit_view(hit, rank, there) for rank, hit in enumerate(offer.hits, 1)),
    )


def _has_values(facet: FacetView) -> bool:
    """Return whether a facet has anything to choose, or a choice to undo."""
    is_chosen = any(bucket.selected or bucket.excluded for bucket in facet.buckets)
    has_counts = facet.missing or any(bucket.count for bucket in facet.buckets)
    return bool(has_counts or is_chosen or facet.missing_selected or facet.match)
