"""HTML field extraction: title, date, tags of a page, by the table of selectors.

The first selector that gives something usable decides. The name of an outlet is no author and no
part of a headline, and a menu of topics is no list of tags.

>>> remove_outlet("Harga Beras Turun - Kabar Pagi Online", ["kabarpagi"])
'Harga Beras Turun'
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

from index.ingest.fields import (
    StatedDate,
    find_site,
    find_stated_date,
    first_dated,
    is_outlet,
    split_tags,
)
from index.ingest.io import DateOrder
from index.ingest.pages.block_kinds import Kind
from index.ingest.pages.html_blocks import fold_words, read_visible_text
from index.ingest.pages.html_body import PageText
from index.ingest.pages.html_index import HtmlPage
from index.ingest.pages.html_selectors import FieldName, Selector, selectors_for
from index.ingest.pages.html_surroundings import is_headline
from index.ingest.pages.json_ld import find_node, read_texts
from index.ingest.text import clean_text, join_broken_words, to_one_line

ABOVE_MOST = 5
"""How many lines above the headline, and behind the text, are searched for a date."""
BESIDE_MOST = 15
"""How many lines below the headline are searched."""
DATED_CHARS_MOST = 160
"""A longer line is no byline with a date."""
TAG_WORDS_MOST = 6
"""A link with more words is a headline and no tag."""
SMALL_WORDS_LEAST = 2
"""So many words like "yang" among keywords show that they are a sentence."""
SENTENCE_TAGS_LEAST = 4
"""Fewer keywords are no sentence."""
OUTLET_CHARS_LEAST = 4
"""Shorter names are ignored: they stand inside words that have nothing to do with the outlet."""
TAGS_MOST = 15
"""More tags at a selector for any site are a menu of topics."""

_SUFFIX = re.compile(r"\s+(?:[-|–—»•]|::)\s*|\s*(?:[|»•]|::)\s+")
_PREFIX = re.compile(r"(?P<name>[\w. ]{3,40}?)\s?(?::|[|–—»•]|\s-)\s+(?=\S)")
"""A name before a headline, as in "Kabar Pagi: Harga Turun"."""
_WORD = re.compile(r"\w+")
_SMALL_WORDS = frozenset(
    "yang di ke dari dan ini itu untuk dengan pada adalah akan oleh atau juga tak tidak saat jadi "
    "bisa ada usai jika karena agar para the of and in to".split()
)
"""Words that are no tags: where two of them are among keywords, these are a sentence."""
_HOST_PART = re.compile(r"(?:www|m|amp|news|id|com|co|net|org|go|ac|or|web|info|tv)")
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
    names = find_outlet_names(page)
    stated = [
        (join_broken_words(text), selector)
        for selector in selectors_for("title")
        for text in page.read_values(selector)
    ]
    return [(text, selector) for text, selector in stated if fold_words(text) not in names]


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


def read_date(page: HtmlPage, text: PageText, order: DateOrder | None = None) -> StatedDate:
    """Return the date on which the article appeared, with notes on what is doubtful.

    What the page states for machines comes first, then the date beside the headline, then the marks
    that outlets use, which may stand at other articles as well.
    """
    selectors = selectors_for("date")
    stated = [each for each in selectors if each.kind in {"json_ld", "meta", "script"}]
    marked = [each for each in selectors if each not in stated]
    ways: list[tuple[Selector | str, Iterable[str]]] = [
        *((each, page.read_values(each)) for each in stated),
        ("the line beside the headline", (text.blocks[n].text for n in _beside_headline(text))),
        *((each, page.read_values(each)) for each in marked),
    ]
    noted = StatedDate(None)
    for origin, values in ways:
        found = first_dated(find_stated_date(value, order) for value in values)
        if found.date:
            page.note_origin("date", origin)
            return found
        noted = noted if noted.notes else found
    return noted


def _beside_headline(text: PageText) -> Iterator[int]:
    """Yield the blocks that may hold the date of the article, the nearest to its headline first."""
    top = text.start if text.headline is None else text.headline
    stop = min(text.start, top + BESIDE_MOST)
    above = range(top - 1, max(-1, top - ABOVE_MOST - 1), -1)
    below = range(text.stop, min(len(text.blocks), text.stop + ABOVE_MOST))
    for number in [*range(top, max(stop, top)), *above, *below]:
        is_short = len(text.blocks[number].text) <= DATED_CHARS_MOST
        is_teaser = text.kinds[number] is Kind.LINK and is_headline(text.blocks[number])
        if (
            is_short
            and not is_teaser
            and number not in text.captions
            and not text.is_elsewhere(number)
        ):
            yield number


def read_tags(page: HtmlPage, text: PageText) -> tuple[list[str], list[str]]:
    """Return the tags, and the editors that some outlets state as tags ("Editor:Ani Lestari")."""
    sections = {
        fold_words(each)
        for selector in selectors_for("category")
        for each in page.read_values(selector)
    }
    sentences = [fold_sentence(each) for each in _sentences(page)]
    for selector in selectors_for("tags"):
        texts = page.read_values(selector)
        # A second meta tag of keywords is the site's, not the article's.
        texts = texts[:1] if selector.key == "keywords" and selector.kind == "meta" else texts
        given = [tag for text in texts for tag in split_tags(text)]
        tags = [tag for tag in given if _is_tag(tag, sections)]
        if selector.kind == "text":  # the first link to a tag is often that of the section
            tags = [tag for tag in tags if fold_words(tag) not in sections]
        is_menu = selector.family == "any" and len(tags) > TAGS_MOST
        if tags and not is_menu and not _is_sentence(given, sentences):
            page.note_origin("tags", selector)
            return tags, [tag[7:].strip() for tag in given if tag.lower().startswith("editor:")]
    return _linked_tags(page, text, sections), []


def _linked_tags(page: HtmlPage, text: PageText, sections: set[str]) -> list[str]:
    """Return the names of links to tags, on lines of their own beside the article."""
    top = text.start - ABOVE_MOST if text.headline is None else text.headline
    near = range(max(0, top), text.stop + BESIDE_MOST)
    links = [
        (number, read_visible_text(link))
        for number, link in text.found.tags
        if number in near and number < len(text.blocks) and not text.is_text(number)
    ]
    names = [to_one_line(clean_text(name)).strip("# ,") for _, name in links]
    names = [name for name in names if 0 < len(name.split()) <= TAG_WORDS_MOST]
    tags = [name for name in names if _is_tag(name, sections) and fold_words(name) not in sections]
    if not tags or len(tags) > TAGS_MOST:
        return []
    page.note_origin("tags", "the links to tags beside the text")
    return tags


def _sentences(page: HtmlPage) -> list[str]:
    """Return the sentences whose words some outlets give as keywords: headline and description."""
    described = (page.meta.get(name, []) for name in ("description", "og:description"))
    return [text for text, _ in read_titles(page)] + [text for each in described for text in each]


def fold_sentence(text: str) -> str:
    """Return the words of a sentence in small letters, with single spaces around each."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _is_sentence(tags: list[str], sentences: list[str]) -> bool:
    """Tell whether tags are the words of a sentence: single words, in its order.

    >>> _is_sentence(["harga", "beras", "turun", "lagi"], [" harga beras turun lagi "])
    True
    >>> _is_sentence(["beras", "harga pangan", "Bulog"], [" harga beras turun lagi "])
    False
    """
    words = [fold_sentence(tag).strip() for tag in tags]
    if len(words) < SENTENCE_TAGS_LEAST or sum(" " in word for word in words) > 1:
        return len(words) == 1 and f" {words[0]} " in sentences
    if len(_SMALL_WORDS.intersection(words)) >= SMALL_WORDS_LEAST:
        return True
    pairs = [f" {left} {right} " for left, right in pairwise(words)]
    return any(2 * sum(pair in each for pair in pairs) >= len(pairs) for each in sentences)


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


def _is_tag(tag: str, sections: set[str]) -> bool:
    head, colon, rest = tag.partition(":")
    is_filed = bool(colon) and not rest.startswith(" ")
    label = head.casefold() == "editor" or fold_words(head) in sections
    return tag.casefold() not in _NO_TAGS and not (is_filed and label)


def _is_section(text: str, outlets: Sequence[str]) -> bool:
    is_outlet = fold_words(text) in outlets or any(
        text.lower().endswith(end) for end in (".com", ".id")
    )
    return fold_words(text) not in _HOME and not is_outlet and len(text) <= 60  # noqa: PLR2004
