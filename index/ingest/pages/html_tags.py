"""Tags of an HTML page: its keywords and its links to tags, unless they are words of a sentence."""

import re
from itertools import pairwise

from index.ingest.fields import split_tags
from index.ingest.pages.html_blocks import fold_words, read_visible_text
from index.ingest.pages.html_date import ABOVE_MOST, BESIDE_MOST
from index.ingest.pages.html_fields import read_titles
from index.ingest.pages.html_index import HtmlPage
from index.ingest.pages.html_page_text import PageText
from index.ingest.pages.html_selectors import selectors_for
from index.ingest.text import clean_text, to_one_line

TAG_WORDS_MOST = 6
"""A link with more words is a headline and no tag."""

SMALL_WORDS_LEAST = 2
"""So many words like "yang" among keywords show that they are a sentence."""

SENTENCE_TAGS_LEAST = 4
"""Fewer keywords are no sentence."""

TAGS_MOST = 15
"""More tags at a selector for any site are a menu of topics."""

_WORD = re.compile(r"\w+")

_SMALL_WORDS = frozenset(
    "yang di ke dari dan ini itu untuk dengan pada adalah akan oleh atau juga tak tidak saat jadi "
    "bisa ada usai jika karena agar para the of and in to".split()
)
"""Words that are no tags: where two of them are among keywords, these are a sentence."""

_NO_TAGS = frozenset(
    {
        *("berita", "berita terkini", "berita hari ini", "berita terbaru", "berita online"),
        *("berita indonesia", "portal indonesia", "portal berita", "news"),
    }
)
"""Tags that outlets give to every page."""
_NO_KEYWORDS = frozenset({"indonesia"})
"""The same where they stand among keywords; as a tag that readers see, it is one."""


def read_tags(page: HtmlPage, text: PageText) -> tuple[list[str], list[str]]:
    """Return the tags, and the editors that some outlets state as tags ("Editor:Ani Lestari")."""
    sections = {
        fold_words(each)
        for selector in selectors_for("category")
        for each in page.read_values(selector)
    }
    sentences = [_fold_sentence(each) for each in _sentences(page)]
    for selector in selectors_for("tags"):
        texts = page.read_values(selector)
        # A second meta tag of keywords is the site's, not the article's.
        texts = texts[:1] if selector.key == "keywords" and selector.kind == "meta" else texts
        given = [tag for text in texts for tag in split_tags(text)]
        tags = [tag for tag in given if _is_tag(tag, sections)]
        if "keywords" in selector.key:
            tags = [tag for tag in tags if tag.casefold() not in _NO_KEYWORDS]
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
        if number in near and number < len(text.blocks) and not _is_in_text(text, number)
    ]
    names = [to_one_line(clean_text(name)).strip("# ,") for _, name in links]
    names = [name for name in names if 0 < len(name.split()) <= TAG_WORDS_MOST]
    tags = [name for name in names if _is_tag(name, sections) and fold_words(name) not in sections]
    if not tags or len(tags) > TAGS_MOST:
        return []
    page.note_origin("tags", "the links to tags beside the text")
    return tags


def _is_in_text(text: PageText, number: int) -> bool:
    """Tell whether a link stands in a paragraph, or in an element of tags that holds some."""
    lists = [node for node in text.blocks[number].node.chain() if node.is_tags]
    return text.is_text(number) or bool(
        lists and text.count_chars(range(lists[-1].start, lists[-1].stop))
    )


def _sentences(page: HtmlPage) -> list[str]:
    """Return the sentences whose words some outlets give as keywords: headline and description."""
    described = (page.meta.get(name, []) for name in ("description", "og:description"))
    return [text for text, _ in read_titles(page)] + [text for each in described for text in each]


def _fold_sentence(text: str) -> str:
    """Return the words of a sentence in small letters, with single spaces around each."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _is_sentence(tags: list[str], sentences: list[str]) -> bool:
    """Tell whether tags are the words of a sentence: single words, in its order.

    >>> _is_sentence(["harga", "beras", "turun", "lagi"], [" harga beras turun lagi "])
    True
    >>> _is_sentence(["beras", "harga pangan", "Bulog"], [" harga beras turun lagi "])
    False
    """
    words = [_fold_sentence(tag).strip() for tag in tags]
    if len(words) < SENTENCE_TAGS_LEAST or sum(" " in word for word in words) > 1:
        return len(words) == 1 and f" {words[0]} " in sentences
    if len(_SMALL_WORDS.intersection(words)) >= SMALL_WORDS_LEAST:
        return True
    pairs = [f" {left} {right} " for left, right in pairwise(words)]
    return any(2 * sum(pair in each for pair in pairs) >= len(pairs) for each in sentences)


def _is_tag(tag: str, sections: set[str]) -> bool:
    head, colon, rest = tag.partition(":")
    is_filed = bool(colon) and not rest.startswith(" ")
    label = head.casefold() == "editor" or fold_words(head) in sections
    return tag.casefold() not in _NO_TAGS and not (is_filed and label)
