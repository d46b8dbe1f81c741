"""Find the neighbours of an article in the results: the previous and the next hit.

A hit's link carries its rank, so that its page can lead on through the results. The rank is only a
hint: whoever follows an old link gets neighbours where the article still stands at that rank.

>>> request = SearchRequest(query_text="beras")
>>> window_of(request, 10).page, window_of(request, 10).size
(1, 11)
"""

from dataclasses import replace

from search import PAGE_RANGE, SIZE_RANGE, Hit, SearchRequest, SearchResults
from web.language import format_number
from web.urls import PageState
from web.views.context import RequestContext
from web.views.page_models import Neighbours

HIT_ID = "hit-"
"""What the HTML id of a hit in the results begins with; its rank follows."""


def window_of(request: SearchRequest, rank: int) -> SearchRequest | None:
    """Return the request of a page that has a hit with both its neighbours; None if there is none.

    Some page size from 10 to 12 has the three ranks on one page: a page of 10 divides them in two
    cases of ten, and a page of 11 or 12 divides others.

    Args:
        request: the request of the results.
        rank: of the hit, from 1.
    """
    before, after = max(rank - 2, 0), rank  # positions from 0
    for size in range(SIZE_RANGE[0], SIZE_RANGE[1] + 1):
        page = before // size
        if page == after // size and page < PAGE_RANGE[1]:
            return replace(request, page=page + 1, size=size)
    return None


def make_neighbours(
    doc_id: str, rank: int, found: SearchResults, context: RequestContext
) -> Neighbours:
    """Return where an article stands in the results of `window_of`.

    Args:
        doc_id: of the article.
        rank: where its link says that it stands.
        found: the results of the window.
        context: the context of the results from which the reader came.
    """
    page, size = found.request.page, found.request.size
    hit_by_rank = dict(enumerate(found.hits, (page - 1) * size + 1))
    if rank not in hit_by_rank or hit_by_rank[rank].doc_id != doc_id:
        return no_neighbours(context)
    labels = {"rank": rank, "total": format_number(context.lang, found.total)}
    previous, following = hit_by_rank.get(rank - 1), hit_by_rank.get(rank + 1)
    return Neighbours(
        rank_label=context.say("rank", **labels),
        previous_url=_url(previous, rank - 1, context),
        previous_title=previous.title.text if previous else "",
        next_url=_url(following, rank + 1, context),
        next_title=following.title.text if following else "",
        back_url=f"{context.url_of(_at(rank, context).request)}#{HIT_ID}{rank}",
    )


def no_neighbours(context: RequestContext) -> Neighbours:
    """Return what an article has that is not reached from results."""
    return Neighbours(
        rank_label="",
        previous_url="",
        previous_title="",
        next_url="",
        next_title="",
        back_url=context.url_of(context.request),
    )


def _url(hit: Hit | None, rank: int, context: RequestContext) -> str:
    """Return the link to a neighbour, which keeps the results and tells its own rank."""
    return context.addresses.hit(hit.doc_id, _at(rank, context), rank) if hit else ""


def _at(rank: int, context: RequestContext) -> PageState:
    """Return the state of the page of results on which a rank stands."""
    page = (rank - 1) // context.request.size + 1
    return replace(context.state, request=replace(context.request, page=page))
