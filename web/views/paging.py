"""Where the pages of results are."""

from search.request import PAGE_RANGE
from web.urls.link_variations import Place
from web.views.context import Reader
from web.views.page_models import Link
from web.views.results_models import Paging

PAGES_AROUND = 2
"""How many pages before and after the current one get a link of their own."""


def paging(total: int, reader: Reader) -> Paging:
    """Return where the pages are; those beyond the bound of `page` have no address."""
    page, size = reader.request.page, reader.request.size
    page_count = -(-total // size)
    last = min(page_count, PAGE_RANGE[1])
    place = reader.varied.at("page")

    def url_of(number: int) -> str:
        exists = 1 <= number <= last and number != page
        return _address(place, number) if exists else ""

    return Paging(
        page=page,
        size=size,
        page_count=page_count,
        first_url=url_of(1),
        previous_url=url_of(min(page - 1, last)),
        next_url=url_of(page + 1),
        last_url=url_of(last),
        numbers=_page_links(last, page, place),
    )


def _page_links(last: int, page: int, place: Place) -> tuple[Link, ...]:
    """Return links to the first, the last and the pages around; an empty label is a gap."""
    around = range(page - PAGES_AROUND, page + PAGES_AROUND + 1)
    worth = sorted({1, last, *around} & set(range(1, last + 1)))
    links: list[Link] = []
    for before, number in zip([0, *worth], worth, strict=False):
        if number - before > 1:
            links.append(Link("", ""))
        links.append(Link(str(number), _address(place, number), number == page))
    return tuple(links)


def _address(place: Place, number: int) -> str:
    return place.address(() if number == 1 else (str(number),))
