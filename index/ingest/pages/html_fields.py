"""HTML field extraction: title, date, authors, tags of a page, by the table of selectors.

The first selector that gives something usable decides. The name of an outlet is no author and no
part of a headline, and a menu of topics is no list of tags.

>>> remove_outlet("Harga Beras Turun - Kabar Pagi Online", ["kabarpagi"])
'Harga Beras Turun'
"""

import re
from collections.abc import Sequence
from itertools import islice
from urllib.parse import urlsplit

from index.ingest.fields import (
    PeopleKind,
    StatedDate,
    find_people,
    find_site,
    find_stated_date,
    first_dated,
    is_newsroom,
    is_outlet,
    split_tags,
)
from index.ingest.io import DateOrder
from index.ingest.pages.html_index import HtmlPage, read_visible_text
from index.ingest.pages.html_selectors import selectors_for
from index.ingest.pages.json_ld import find_node, read_texts
from index.ingest.text import clean_text, join_broken_words, to_one_line

OUTLET_CHARS_LEAST = 4
"""Shorter names are ignored: they stand inside words that have nothing to do with the outlet."""
TAGS_MOST = 15
"""More tags at a selector for any site are a menu of topics."""
NAME_WORDS_MOST = 8
"""A text with more words is no name."""

BYLINE_CHARS_MOST = 150
"""A longer line that begins like a byline is a paragraph."""
BYLINES_MOST = 20
"""Most lines that are tried: pages have a few, and lists of articles hundreds."""

_BYLINE_TAGS = ("p", "div", "span", "li", "small", "em", "h5", "h6", "address")
_BYLINE_START = re.compile(
    r"\s*(?:reporter|penulis|pewarta|jurnalis|wartawan|oleh|rep|editor|redaktur|red)\s?:",
    re.IGNORECASE,
)
_FOLDED = re.compile(r"[\W_]+")
_SUFFIX = re.compile(r"\s+(?:[-|–—»•]|::)\s*|\s*(?:[|»•]|::)\s+")
_HOST_PART = re.compile(r"(?:www|m|amp|news|id|com|co|net|org|go|ac|or|web|info|tv)")
_NO_PERSON = re.compile(
    r"https?:|@|\.(?:com|co|id|net)\b|\b(?:admin|administrator|redaktur|editor|"
    r"penulis|jurnalis|reporter|wartawan|media|news|online)\b",
    re.IGNORECASE,
)
_NO_TAGS = frozenset(
    {
        *("berita", "berita terkini", "berita hari ini", "berita terbaru", "berita online"),
        *("berita indonesia", "portal indonesia", "portal berita", "indonesia", "news"),
    }
)
"""Keywords that outlets give to every page."""
_HOME = frozenset({"home", "beranda", "depan", "index", "news", "berita", "article"})


def find_outlet_names(page: HtmlPage) -> list[str]:
    """Return the names of the outlet, folded: as the page states it, and as its host names it."""
    stated = [text for selector in selectors_for("source") for text in page.read_values(selector)]
    host = urlsplit(read_url(page)).hostname or ""
    parts = [part for part in host.split(".")[:-1] if not _HOST_PART.fullmatch(part)]
    names = [_fold(text) for text in [*stated, *parts[-1:]]]
    # "kompas.com" is also "kompas": the end of a host is no part of the name.
    names += [re.sub(r"(?:com|coid|online|news)$", "", name) for name in names]
    return [name for name in dict.fromkeys(names) if len(name) >= OUTLET_CHARS_LEAST]


def remove_outlet(title: str, names: Sequence[str], sections: Sequence[str] = ()) -> str:
    """Return a title without the outlet and the section behind it."""
    folded_sections = {_fold(section) for section in sections}
    while breaks := list(_SUFFIX.finditer(title)):
        last = _fold(title[breaks[-1].end() :])
        if not any(name in last for name in names) and last not in folded_sections:
            break
        title = title[: breaks[-1].start()].strip()
    return title


def read_title(page: HtmlPage, category: str) -> str:
    """Return the headline, "" without one."""
    names = find_outlet_names(page)
    sections = [category, *category.split("/")] if category else []
    for selector in selectors_for("title"):
        for text in page.read_values(selector):
            title = remove_outlet(join_broken_words(text), names, sections)
            if title and _fold(title) not in names:
                return title
    return ""


def read_date(page: HtmlPage, order: DateOrder | None = None) -> StatedDate:
    """Return the date on which the article appeared, with notes on what is doubtful."""
    texts = (text for selector in selectors_for("date") for text in page.read_values(selector))
    return first_dated(find_stated_date(text, order) for text in texts)


def read_people(page: HtmlPage, field: PeopleKind) -> list[str]:
    """Return the "authors" or the "editors"; a newsroom, if no selector gives a person."""
    names = find_outlet_names(page)
    newsroom: list[str] = []
    for selector in selectors_for(field):
        texts = page.read_values(selector)
        people = [name for text in texts for name in read_byline(text, field, names)]
        if not all(map(is_newsroom, people)):
            return people
        newsroom = newsroom or people
    return _written_byline(page, field, names) or newsroom


def _written_byline(page: HtmlPage, field: PeopleKind, outlets: Sequence[str]) -> list[str]:
    """Return the people of a labelled line anywhere on the page: "Reporter: A | Editor: B"."""
    bylines = (
        each
        for tag in _BYLINE_TAGS
        for each in page.marks.get(tag, [])
        if _BYLINE_START.match(each.text or "")
    )
    for element in islice(bylines, BYLINES_MOST):
        line = to_one_line(clean_text(read_visible_text(element)))
        if len(line) <= BYLINE_CHARS_MOST:
            people = find_people(line, field, "editors" if field == "authors" else "authors")
            kept = [name for name in people if _is_person(name, outlets)]
            if kept:
                return kept
    return []


def read_byline(text: str, field: PeopleKind, outlets: Sequence[str]) -> list[str]:
    """Return the people in a byline: those behind labels of the field, or without a label."""
    if "://" in text:  # some outlets state their page at a social network as an author
        return []
    people = find_people(text, field, field)
    return [name for name in people if is_newsroom(name) or _is_person(name, outlets)]


def read_tags(page: HtmlPage) -> tuple[list[str], list[str]]:
    """Return the tags, and the editors that some outlets state as tags ("Editor:Ani Lestari")."""
    sections = {
        _fold(text) for selector in selectors_for("category") for text in page.read_values(selector)
    }
    for selector in selectors_for("tags"):
        texts = page.read_values(selector)
        # A second meta tag of keywords is the site's, not the article's.
        texts = texts[:1] if selector.key == "keywords" and selector.kind == "meta" else texts
        given = [tag for text in texts for tag in split_tags(text)]
        tags = [tag for tag in given if _is_tag(tag, sections)]
        if selector.kind == "text":  # the first link to a tag is often that of the section
            tags = [tag for tag in tags if _fold(tag) not in sections]
        is_menu = selector.family == "any" and len(tags) > TAGS_MOST
        if tags and not is_menu:
            return tags, [tag[7:].strip() for tag in given if tag.lower().startswith("editor:")]
    return [], []


def read_category(page: HtmlPage) -> str:
    """Return the section, "" without one; of several breadcrumbs, the last that is a section."""
    # Breadcrumbs may end in the article itself, which is no section.
    names = find_outlet_names(page)
    names.append(_fold(read_title(page, "")))
    for selector in selectors_for("category"):
        texts = [text for text in page.read_values(selector) if _is_section(text, names)]
        if texts:
            return texts[-1] if selector.key.endswith(" a") else texts[0]
    crumbs = find_node(page.nodes, frozenset({"BreadcrumbList"})).get("itemListElement")
    steps = [step for step in crumbs if isinstance(step, dict)] if isinstance(crumbs, list) else []
    named = [text for step in steps for text in read_texts(step.get("name") or step.get("item"))]
    sections = [text for text in named if _is_section(text, names)]
    return sections[0] if sections else ""


def read_source(page: HtmlPage) -> str:
    """Return the outlet as the page states it, else its host."""
    stated = (text for selector in selectors_for("source") for text in page.read_values(selector))
    host = urlsplit(read_url(page)).hostname or ""
    return find_site(next(stated, host))


def read_url(page: HtmlPage) -> str:
    """Return the URL of the article, "" without one."""
    urls = (text for selector in selectors_for("url") for text in page.read_values(selector))
    return next((url for url in urls if is_address(url)), "")


def is_address(url: str) -> bool:
    """Tell whether a text is the URL of a page."""
    try:
        return url.startswith(("http://", "https://")) and bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _fold(text: str) -> str:
    return _FOLDED.sub("", text.casefold())


def _is_person(name: str, outlets: Sequence[str]) -> bool:
    folded = _fold(name)
    is_own = any(outlet in folded for outlet in outlets) or is_outlet(name)
    is_short = len(name.split()) <= NAME_WORDS_MOST and any(char.isalpha() for char in name)
    return is_short and not is_own and not _NO_PERSON.search(name)


def _is_tag(tag: str, sections: set[str]) -> bool:
    head, colon, rest = tag.partition(":")
    is_filed = bool(colon) and not rest.startswith(" ")
    label = head.casefold() == "editor" or _fold(head) in sections
    return tag.casefold() not in _NO_TAGS and not (is_filed and label)


def _is_section(text: str, outlets: Sequence[str]) -> bool:
    is_outlet = _fold(text) in outlets or any(text.lower().endswith(end) for end in (".com", ".id"))
    return _fold(text) not in _HOME and not is_outlet and len(text) <= 60  # noqa: PLR2004
