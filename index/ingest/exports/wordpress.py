r"""WordPress exports (WXR): each published post becomes a document.

Skipped without a rejection are the pages, attachments, menus and other items of WordPress itself,
and drafts and posts behind a password, which nobody could read. A published item of a type that the
site made for itself ("berita") may be an article: with a title and a text it is rejected
(no_article) and named, so that it is not missed by accident.

>>> mark_paragraphs("Harga turun.\n\nPanen naik.")
'Harga turun.<p>Panen naik.'
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from index.errors import SourceError
from index.ingest.exports.entries import Entry, make_too_large_error, read_entry
from index.ingest.exports.feeds import find_link, find_title
from index.ingest.exports.xml_items import Item, split_items
from index.ingest.io import NumberedItem, Origin
from index.ingest.pages import read_byline

OWN_TYPES = frozenset(
    "page attachment revision nav_menu_item custom_css customize_changeset oembed_cache "
    "user_request feedback acf acf-field acf-field-group product shop_order elementor_library "
    "popup tablepress_table".split()
)
"""Post types of WordPress and of common extensions that hold no news. Types that begin with "wp_"
hold none either."""
NO_CATEGORIES = frozenset(
    {"uncategorized", "tak berkategori", "tidak berkategori", "tanpa kategori"}
)
"""The section that WordPress gives to a post without one."""
AUTHORS_MOST = 20_000
"""Authors whose display names are kept; later ones appear under their login."""
_TEXT_CHARS_LEAST = 200
"""An item of an unknown type with a shorter text is a widget or a form."""

_SHORTCODE = re.compile(
    r"\[caption\b[^\[\]]{0,1000}\][^\[]{0,3000}\[/caption\]|"
    r"\[/?(?:gallery|embed|video|audio|playlist|caption|contact-form-7|"
    r"(?:vc|et_pb|su|td|tie)_\w{1,40})\b[^\[\]]{0,1000}\]"
)
"""Codes that WordPress replaces by a picture or a player; none of them is text."""
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")


def read_wordpress(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read the posts of an export; the number of a post counts all items, from 1.

    Raises:
        SourceError: empty, malformed, too_large, or what the stream raises.
    """
    number = 0
    source = ""
    names: dict[str, str] = {}
    for item in split_items(stream, origin.limits):
        if item.name == "item":
            number += 1
            if item.size > origin.limits.line_bytes:
                yield origin.reject(number, make_too_large_error(origin))
            elif _is_article(item):
                parse = partial(_to_entry, item, source, names)
                yield read_entry(parse, number, origin)
        elif item.name == "title":
            source = item.first("")
        elif item.name == "wp:author" and len(names) < AUTHORS_MOST:
            names[item.first("wp:author_login")] = item.first("wp:author_display_name")
    if not number:
        raise SourceError("empty", "the export has no item")


def mark_paragraphs(text: str) -> str:
    """Mark up the paragraphs of a post: the old editor stores them as plain lines."""
    text = _SHORTCODE.sub("\n\n", text)
    if "<!-- wp:" in text:  # the new editor marks up every block itself
        return text
    return _BLANK_LINES.sub("<p>", text.strip()).replace("\n", "<br>")


def _is_article(item: Item) -> bool:
    is_public = item.first("wp:status") == "publish" and not item.first("wp:post_password")
    kind = item.first("wp:post_type")
    if not is_public or kind in OWN_TYPES or kind.startswith("wp_"):
        return False
    has_text = len(item.first("content:encoded")) >= _TEXT_CHARS_LEAST
    return kind == "post" or (has_text and bool(item.first("title")))


def _to_entry(item: Item, source: str, names: dict[str, str]) -> Entry:
    kind, title = item.first("wp:post_type"), find_title(item)
    if kind != "post":
        detail = f"its type is {kind[:40] or 'not said'}, not post; its title is: {title[:80]}"
        raise SourceError("no_article", detail)
    sections, tags = _terms(item)
    login = item.first("dc:creator")
    authors = read_byline(names.get(login) or login, "authors", ())
    url, guid = find_link(item), item.first("guid")
    values: dict[str, object] = {
        "title": title,
        "author": [name for name in authors if name.casefold() != source.casefold()],
        "date": _date(item),
        "tags": [*tags, *sections[1:]],
        "category": sections[0] if sections else "",
        "source": source,
        "url": url,
        "id": "" if url else guid,
        "guid": "" if url == guid else guid,
    }
    return Entry(values, mark_paragraphs(item.first("content:encoded")))


def _date(item: Item) -> str:
    """Return the time in UTC, which does not depend on the site's zone; else pubDate."""
    time = item.first("wp:post_date_gmt")
    is_known = time and not time.startswith("0000")
    return f"{time} UTC" if is_known else item.first("pubDate")


def _terms(item: Item) -> tuple[list[str], list[str]]:
    """Return the sections and the tags of a post."""
    terms = [
        (each.attributes.get("domain"), each.text.strip())
        for each in item.fields
        if each.path == "category" and each.text.strip()
    ]
    sections = [
        text
        for domain, text in terms
        if domain == "category" and text.casefold() not in NO_CATEGORIES
    ]
    return sections, [text for domain, text in terms if domain == "post_tag"]
