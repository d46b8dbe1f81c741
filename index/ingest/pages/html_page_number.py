"""Page numbers: which page of a long article a saved page is, where its stated address hides it.

Many outlets state the address of the first page on all pages of an article. The further pages would
count as copies of the first, and their words would be lost. The number stands in the address that
was fetched, at the end of the page's title, or at the marked number below the text.

>>> from index.ingest.pages.html_index import parse_page
>>> page = parse_page("<title>Kisah Garam Halaman 2 - Kabar Pagi</title><h1>Kisah Garam</h1>")
>>> number_address(page, "https://pagi.example/kisah", "")
'https://pagi.example/kisah?page=2'
"""

import re
from collections.abc import Iterator
from itertools import islice

from index.ingest.fields import find_page_mark, normalize_url
from index.ingest.pages.html_blocks import read_visible_text
from index.ingest.pages.html_class_names import join_class_names
from index.ingest.pages.html_index import HtmlPage
from index.ingest.pages.html_selectors import selectors_for

AROUND_MOST = 4
"""Elements above a marked number among which the row of numbers is."""
LINKS_MOST = 2_000
"""Links of a page that are searched for its own address."""

_IN_TITLE = re.compile(r"\s(?:halaman|hal|page)\W{1,3}(?P<number>\d{1,2})(?:\W*|\s[|–—-].{0,40})")
_MARKED = re.compile(r"active|current|selected", re.IGNORECASE)
_NUMBERS = re.compile(r"paging|pagination|page-?(?:links|numbers)|halaman|multipage", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,2}")


def number_address(page: HtmlPage, url: str, fetched: str) -> str:
    """Return the address of a page with its number, if it is a further page of an article.

    Args:
        page: the page.
        url: the address that it states.
        fetched: the address from which it was fetched, "" if that is not known.
    """
    base = normalize_url(url)
    if not base or find_page_mark(base):
        return url
    mark = find_page_mark(normalize_url(fetched))
    if mark and mark.base == base:
        return fetched if mark.number > 1 else url
    number = next((each for each in _numbers(page) if each > 1), 0)
    return _address_of(page, base, number) or _appended(url, number) if number else url


def _numbers(page: HtmlPage) -> Iterator[int]:
    """Yield the numbers that the page gives itself."""
    for selector in selectors_for("title"):
        for text in page.read_values(selector):
            match = re.search(rf"{_IN_TITLE.pattern}$", text, re.IGNORECASE)
            if match:
                yield int(match["number"])
    marked = (key for key in page.marks if key.startswith(".") and _MARKED.search(key))
    for key in marked:
        for element in page.find_elements(key):
            around = (element, *islice(element.iterancestors(), AROUND_MOST))
            text = " ".join(read_visible_text(element).split())
            is_number = _NUMBER.fullmatch(text) is not None
            if is_number and any(_NUMBERS.search(join_class_names(each)) for each in around):
                yield int(text)


def _address_of(page: HtmlPage, base: str, number: int) -> str:
    """Return the address of that number to which the page has a link, "" without one."""
    for link in page.marks.get("a", [])[:LINKS_MOST]:
        mark = find_page_mark(normalize_url(link.get("href", "")))
        if mark and (mark.base, mark.number) == (base, number):
            return str(link.get("href", ""))
    return ""


def _appended(url: str, number: int) -> str:
    address = url.partition("#")[0]
    return f"{address}{'&' if '?' in address else '?'}page={number}"
