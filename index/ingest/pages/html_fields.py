"""HTML field extraction: title, category, outlet, address of a page, by the table of selectors.

The first selector that gives something usable decides. The name of an outlet is no part of a
headline. The date (`html_date`), the tags (`html_tags`) and the people (`html_people`) of a page
are read apart.

>>> remove_outlet("Harga Beras Turun - Kabar Pagi Online", ["kabarpagi"])
'Harga Beras Turun'
"""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from index.ingest.fields import find_site, is_outlet
from index.ingest.pages.html_blocks import fold_words, read_visible_text
from index.ingest.pages.html_index import HtmlPage
from index.ingest.pages.html_selectors import FieldName, Selector, selectors_for
from index.ingest.pages.json_ld import find_node, read_texts
from index.ingest.text import join_broken_words

OUTLET_CHARS_LEAST = 4
"""Shorter names are ignored: they stand inside words that have nothing to do with the outlet."""
OUTLET_WORDS_MOST = 6
"""More words behind a headline are a part of it."""

_SUFFIX = re.compile(r"\s+(?:[-|–—»•]|::)\s*|\s*(?:[|»•]|::)\s+")
_PREFIX = re.compile(r"(?P<name>[\w. ]{3,40}?)\s?(?::|[|–—»•]|\s-)\s+(?=\S)")
"""A name before a headline, as in "Kabar Pagi: Harga Turun"."""
_HOST_PART = re.compile(r"(?:www|m|amp|news|id|com|co|net|org|go|ac|or|web|info|tv)")
_HOME = frozenset({"home", "beranda", "depan", "index", "news", "berita", "article"})


def find_outlet_names(page: HtmlPage) -> list[str]:
    """Return the names of the outlet, folded: as the page states it, and as its host names it."""
    if page.outlets is None:
        page.outlets = _find_outlet_names(page)
    return page.outlets


def _find_outlet_names(page: HtmlPage) -> list[str]:
    stated = [text for selector in selectors_for("source") for text in page.read_values(selector)]
    host = urlsplit(read_url(page)).hostname or ""
    parts = [part for part in host.split(".")[:-1] if not _HOST_PART.fullmatch(part)]
    names = [fold_words(text) for text in [*stated, *parts[-1:]]]
    # "kompas.com" is also "kompas": the end of a host is no part of the name.
    names += [re.sub(r"(?:com|coid|online|news)$", "", name) for name in names]
    return [name for name in dict.fromkeys(names) if len(name) >= OUTLET_CHARS_LEAST]


def remove_outlet(title: str, names: Sequence[str], sections: Sequence[str] = ()) -> str:
    """Return a title without the outlet and the section behind it, or the outlet before it."""
    folded_sections = {fold_words(section) for section in sections}
    while breaks := list(_SUFFIX.finditer(title)):
        end = title[breaks[-1].end() :]
        last = fold_words(end)
        is_own = any(name in last for name in names) or last in folded_sections
        if not is_own and not is_outlet(end):
            break
        title = title[: breaks[-1].start()].strip()
    start = _PREFIX.match(title)
    is_prefixed = start and (fold_words(start["name"]) in names or is_outlet(start["name"]))
    return title[start.end() :].strip() if start and is_prefixed else title


def read_titles(page: HtmlPage) -> list[tuple[str, Selector]]:
    """Return what the page states as its title, in every place, in the order of trust."""
    if page.titles is None:
        page.titles = _find_titles(page)
    return page.titles


def _find_titles(page: HtmlPage) -> list[tuple[str, Selector]]:
    names = find_outlet_names(page)
    stated = [
        (join_broken_words(text), selector)
        for selector in selectors_for("title")
        for text in page.read_values(selector)
    ]
    site = _find_site_name(page, stated)
    return [
        (text, selector)
        for text, selector in stated
        if fold_words(text) not in names and text != site
    ]


def _find_site_name(page: HtmlPage, titles: Sequence[tuple[str, Selector]]) -> str:
    """Return the first heading, if it is the site's: the page's title has another beside it.

    >>> from index.ingest.pages.html_index import parse_page
    >>> page = parse_page("<title>Kabar: Panen Garam</title><h1>Kabar</h1><h3>Panen Garam</h3>")
    >>> [text for text, _ in read_titles(page)]
    ['Kabar: Panen Garam']
    """
    first = next((text for text, selector in titles if selector.key == "h1"), "")
    whole = next((text for text, selector in titles if selector.key == "title"), "")
    around = whole.split(first) if first else []
    rest = {fold_words(part) for part in around} - {""}
    # Behind a headline stands the outlet: then the first heading is the headline.
    if len(around) < 2 or not rest or len(first) > max(map(len, rest)):  # noqa: PLR2004
        return ""
    below = [each for tag in ("h2", "h3", "h4") for each in page.find_elements(tag)]
    return first if rest & {fold_words(read_visible_text(each)) for each in below} else ""


def read_title(page: HtmlPage, shown: str) -> str:
    """Return the headline, "" without one.

    Args:
        page: the page.
        shown: the headline above the text, "" if that is not known.
    """
    names = find_outlet_names(page)
    category = read_category(page)
    sections = [category, *category.split("/")] if category else []
    for text, selector in read_titles(page):
        title = remove_outlet(text, names, sections)
        if not title or fold_words(title) in names:
            continue
        page.note_origin("title", selector)
        if title != shown and _is_framed(title, shown) and not shown.isupper():
            page.note_origin("title", "the headline above the text")
            return shown
        return title
    return ""


def _is_framed(title: str, shown: str) -> bool:
    """Tell whether a title is the shown headline with a name before or behind it, or its start."""
    if not shown:
        return False
    if title.endswith(("...", "…")):
        return shown.startswith(title.rstrip(".… "))
    if fold_words(title) == fold_words(shown):  # as a reader sees it, with all its signs
        return True
    before, found, behind = title.partition(shown)
    edges = (before.rstrip(), behind.lstrip())
    is_parted = all(
        not edge or not edge[side].isalnum() for edge, side in zip(edges, (-1, 0), strict=True)
    )
    return bool(found) and is_parted and len(before + behind) < len(shown)


def read_category(page: HtmlPage) -> str:
    """Return the section, "" without one; of several breadcrumbs, the last that is a section."""
    # Breadcrumbs may end in the article itself, which is no section.
    titles = [fold_words(text) for text, _ in read_titles(page)]
    names = [*find_outlet_names(page), *titles]
    for selector in selectors_for("category"):
        texts = [text for text in page.read_values(selector) if _is_section(text, names)]
        if texts:
            page.note_origin("category", selector)
            return texts[-1] if selector.key.endswith(" a") else texts[0]
    crumbs = find_node(page.nodes, frozenset({"BreadcrumbList"})).get("itemListElement")
    steps = [step for step in crumbs if isinstance(step, dict)] if isinstance(crumbs, list) else []
    named = [text for step in steps for text in read_texts(step.get("name") or step.get("item"))]
    sections = [text for text in named if _is_section(text, names)]
    if sections:
        page.note_origin("category", "JSON-LD breadcrumbs")
    return sections[0] if sections else ""


def find_title_end(page: HtmlPage, headline: str) -> str:
    """Return the outlet that stands behind the headline in the page's title, "" without one.

    >>> from index.ingest.pages.html_index import parse_page
    >>> page = parse_page("<title>Panen Garam | Dinas Kelautan</title>")
    >>> find_title_end(page, "Panen Garam"), find_title_end(page, "Panen")
    ('Dinas Kelautan', '')
    """
    for selector in selectors_for("title"):
        for text in page.read_values(selector) if selector.key == "title" else ():
            before, found, end = text.partition(headline)
            mark = _SUFFIX.match(end) if found and not before.strip() else None
            name = end[mark.end() :] if mark else ""
            if name and len(name.split()) <= OUTLET_WORDS_MOST and not _SUFFIX.search(name):
                page.note_origin("source", "the end of the page's title")
                return name
    return ""


def read_source(page: HtmlPage) -> str:
    """Return the outlet as the page states it, else its host."""
    stated = read_first(page, "source")
    if stated:
        return find_site(stated)
    page.note_origin("source", "the address")
    return find_site(urlsplit(read_url(page)).hostname or "")


def read_first(page: HtmlPage, name: FieldName) -> str:
    """Return the first value of a field that the page states, "" without one."""
    for selector in selectors_for(name):
        for text in page.read_values(selector):
            page.note_origin(name, selector)
            return text
    return ""


def read_url(page: HtmlPage) -> str:
    """Return the URL of the article, "" without one."""
    for selector in selectors_for("url"):
        for text in page.read_values(selector):
            if is_address(text):
                page.note_origin("url", selector)
                return text
    return ""


def is_address(url: str) -> bool:
    """Tell whether a text is the URL of a page."""
    try:
        return url.startswith(("http://", "https://")) and bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _is_section(text: str, outlets: Sequence[str]) -> bool:
    is_outlet = fold_words(text) in outlets or any(
        text.lower().endswith(end) for end in (".com", ".id")
    )
    return fold_words(text) not in _HOME and not is_outlet and len(text) <= 60  # noqa: PLR2004
