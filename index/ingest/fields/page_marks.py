"""Page marks: what in an address says which page of a long article it names.

Whether two addresses are pages of one article is for others to say, who have seen the articles
(`index.indexer.article_pages`): the same mark may stand in the addresses of two articles.

>>> mark = find_page_mark("pagi.example/kisah_2.html?page=2&id=7")
>>> mark.base, mark.number
('pagi.example/kisah.html?id=7', 2)
>>> find_page_mark("pagi.example/kisah?page=all").number == WHOLE
True
"""

import re
from typing import NamedTuple

WHOLE = 0
"""The number of a page that shows the whole article."""
_MARKS = (
    re.compile(r"(?<=[?&])(?:page|halaman|hal|paged)=(?P<number>\d{1,2}|all)(?:&|$)"),
    re.compile(r"_(?P<number>\d{1,2})(?=\.html?(?:\?|$))"),
    re.compile(r"/(?:page/|halaman/)?(?P<number>\d{1,2})(?=\?|$)"),
)
"""The forms of a mark, in addresses as `normalize_url` gives them."""
_SINGLE = re.compile(r"\?single=1$|(?<=\?)single=1&|&single=1(?=&|$)")
"""The mark of a whole article at Detik and its kin."""
_IN_HEADLINE = re.compile(
    r"[\W_]*\b(?:halaman|hal|page)\W*\d{1,2}(?:\W*(?:dari|of)?\W*\d{1,2})?\W*$", re.IGNORECASE
)
_END_CHARS = 40
"""Characters at the end of a headline that are looked at."""


class PageMark(NamedTuple):
    """What an address says of the page.

    Attributes:
        base: the address without the mark.
        number: of the page, from 1; `WHOLE` for all pages together.
    """

    base: str
    number: int


def find_page_mark(address: str) -> PageMark | None:
    """Return the mark in a normalized address; None if there is none."""
    single = _SINGLE.search(address)
    if single:
        return PageMark(address[: single.start()] + address[single.end() :], WHOLE)
    base, number = address, ""
    for mark in _MARKS:
        match = mark.search(base)
        if match and number in ("", match["number"]):
            number = match["number"]
            base = (base[: match.start()] + base[match.end() :]).rstrip("?&")
    if number in {"", "0", "00"} or "/" not in base:
        return None
    return PageMark(base, WHOLE if number == "all" else int(number))


def without_page_number(headline: str) -> str:
    """Return a headline without the number of a page at its end.

    >>> without_page_number("Kisah Garam - Halaman 2 dari 3")
    'Kisah Garam'
    """
    start = max(0, len(headline) - _END_CHARS)
    match = _IN_HEADLINE.search(headline, start)
    return headline[: match.start()] if match else headline
