"""Make the view model of a facet's own page: all its values by letter, with their counts.

A facet of an archive may have thousands of values. Its page shows those that begin with a letter,
at most as many as an engine counts in one answer; the commonest ones where they are more.
"""

import string
from collections.abc import Iterator
from dataclasses import replace

from search import FACET_SIZE_RANGE, FacetResult, RequestError, SearchRequest, SearchResults
from web.language import format_articles, format_number
from web.urls import PageState
from web.views.context import RequestContext
from web.views.facet_view import make_facet_view
from web.views.page_models import CountRow, FacetPage, Link

LETTERS = (*string.ascii_lowercase, "#")
"""What values begin with; "#" stands for all that begin with no letter."""
ORDERS = ("az", "count")
"""By value, or the commonest first."""


def facet_request(request: SearchRequest, name: str, letter: str) -> SearchRequest:
    """Return the request that counts the values of a facet.

    Args:
        request: of the results.
        name: of the facet.
        letter: one of `LETTERS`; "" for all values.

    Raises:
        RequestError: for another letter.
    """
    if letter and letter not in LETTERS:
        raise RequestError("letter", "bad_value", value=letter, known=", ".join(LETTERS))
    match = f"^{letter}" if letter else ""
    choice = replace(request.choice(name), match=match, size=FACET_SIZE_RANGE[1])
    return request.with_choice(name, choice)


def make_facet_page(
    found: SearchResults, name: str, letter: str, order: str, context: RequestContext
) -> FacetPage:
    """Return all that the page shows.

    Args:
        found: the results of `facet_request`.
        name: of the facet.
        letter: as there.
        order: one of `ORDERS`.
        context: the context of the results.

    Raises:
        RequestError: for another order.
    """
    if order not in ORDERS:
        raise RequestError("order", "bad_value", value=order, known=", ".join(ORDERS))
    results = {result.name: result for result in found.facets}
    result = results.get(name)
    rows = list(_rows(result, context)) if result else []
    if order == "az":
        rows.sort(key=lambda row: row.label.casefold())
    return FacetPage(
        frame=context.make_frame(lambda state: _url(name, letter, order, state, context)),
        heading=_heading(found, name, context),
        letters=tuple(_letters(name, letter, order, context)),
        orders=tuple(
            Link(
                context.say(f"order_{each}"),
                _url(name, letter, each, context.state, context),
                each == order,
            )
            for each in ORDERS
        ),
        rows=tuple(rows),
        shown_label=_shown_label(result, rows, context),
        back_url=context.url_of(context.request),
    )


def _rows(result: FacetResult, context: RequestContext) -> Iterator[CountRow]:
    for bucket in make_facet_view(result, context).buckets:
        if bucket.count:
            label, url = bucket.full_label, bucket.toggle_url
            yield CountRow(label=label, count=bucket.count, count_label=bucket.count_label, url=url)


def _heading(found: SearchResults, name: str, context: RequestContext) -> str:
    facet = context.say(f"facet_{name}")
    if not context.request.query_text:
        return context.say("facet_page_all", facet=facet)
    articles = format_articles(context.lang, found.total)
    query = context.request.query_text
    return context.say("facet_page_query", facet=facet, articles=articles, query=query)


def _letters(name: str, letter: str, order: str, context: RequestContext) -> Iterator[Link]:
    yield Link(
        context.say("letters_all"), _url(name, "", order, context.state, context), not letter
    )
    for each in LETTERS:
        url = _url(name, each, order, context.state, context)
        yield Link(each.upper(), url, each == letter)


def _url(name: str, letter: str, order: str, state: PageState, context: RequestContext) -> str:
    own = [("letter", letter), ("order", "" if order == ORDERS[0] else order)]
    return context.addresses.facet(name, state, [pair for pair in own if pair[1]])


def _shown_label(result: FacetResult | None, rows: list[CountRow], context: RequestContext) -> str:
    total = result.total if result else 0
    if total <= len(rows):
        return format_number(context.lang, total)
    return context.say("shown_of", shown=len(rows), total=total)
