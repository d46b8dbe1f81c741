"""Make the paging of results: links to the first, last and neighbouring pages."""

from search import PAGE_RANGE
from web.urls import Slot
from web.views.context import RequestContext
from web.views.page_models import Link
from web.views.results_models import Paging

NEIGHBOURS = 2
"""Pages before and after the current one that get a link of their own."""


def make_paging(total: int, context: RequestContext) -> Paging:
    """Return the links to the pages of so many hits; pages beyond the bound have none."""
    page, size = context.request.page, context.request.size
    page_count = -(-total // size)
    last = min(page_count, PAGE_RANGE[1])
    slot = context.links.at("page")

    def url_of(number: int) -> str:
        exists = 1 <= number <= last and number != page
        return _page_url(slot, number) if exists else ""

    return Paging(
        page=page,
        size=size,
        page_count=page_count,
        first_url=url_of(1),
        previous_url=url_of(min(page - 1, last)),
        next_url=url_of(page + 1),
        last_url=url_of(last),
        numbers=_page_links(last, page, slot),
    )


def _page_links(last: int, page: int, slot: Slot) -> tuple[Link, ...]:
    """Return links to the first, the last and the neighbouring pages; an empty label is a gap."""
    neighbours = range(page - NEIGHBOURS, page + NEIGHBOURS + 1)
    shown = sorted({1, last, *neighbours} & set(range(1, last + 1)))
    links: list[Link] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            links.append(Link("", ""))
        links.append(Link(str(number), _page_url(slot, number), number == page))
    return tuple(links)


def _page_url(slot: Slot, number: int) -> str:
    return slot.address(() if number == 1 else (str(number),))
