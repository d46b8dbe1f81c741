"""RSS and Atom feeds: each entry with its whole text becomes a document.

Only content:encoded (RSS) and atom:content hold whole texts. A description or a summary may be a
teaser, and a teaser looks like a text, so an entry with nothing else is rejected (no_body).

>>> from io import BytesIO
>>> data = b"<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item>"
>>> data += b"<title>Harga Turun</title><content:encoded>Harga beras turun.</content:encoded>"
>>> data += b"</item></channel></rss>"
>>> documents = list(read_feed(BytesIO(data), Origin(path="a.rss", location="a.rss")))
>>> [(number, document.title) for number, document in documents]
[(1, 'Harga Turun')]
"""

import html
import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from index.errors import SourceError
from index.ingest.exports.entries import Entry, make_too_large_error, read_entry
from index.ingest.exports.xml_items import Item, XmlField, split_items
from index.ingest.io import NumberedItem, Origin
from index.ingest.pages import read_byline

ENTRIES = frozenset({"item", "atom:entry"})
"""The tags of an entry, in RSS and in Atom."""
TITLES = frozenset({"title", "atom:title"})
"""The tags of the feed's own title, which names the outlet."""
_SUMMARIES = ("description", "atom:summary")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")


def read_feed(stream: BinaryIO, origin: Origin) -> Iterator[NumberedItem]:
    """Read the entries of a feed; they are numbered from 1.

    Raises:
        SourceError: empty, malformed, too_large, or what the stream raises.
    """
    number = 0
    source = ""
    for item in split_items(stream, origin.limits):
        if item.name in ENTRIES:
            number += 1
            yield read_entry(partial(_to_entry, item, source, origin), number, origin)
        elif item.name in TITLES:
            source = item.first("")
    if not number:
        raise SourceError("empty", "the feed has no entry")


def find_link(item: Item) -> str:
    """Return the URL of an entry: its link, else its id if that is a URL."""
    linked = (each.attributes for each in item.fields if each.path == "atom:link")
    atom = (link.get("href", "") for link in linked if link.get("rel", "alternate") == "alternate")
    urls = (item.first("link"), next(atom, ""), item.first("guid"), item.first("atom:id"))
    return next((url for url in urls if url.startswith(("http://", "https://"))), "")


def find_title(item: Item) -> str:
    """Return the headline of an entry, without the markup that some outlets put in it."""
    return _TAG.sub("", item.first("title") or item.first("atom:title"))


def _to_entry(item: Item, source: str, origin: Origin) -> Entry:
    if item.size > origin.limits.line_bytes:
        raise make_too_large_error(origin)
    title = find_title(item)
    content = _content(item)
    if not content and any(item.first(path) for path in _SUMMARIES):
        detail = "the entry has a summary alone, and no content:encoded or atom:content"
        raise SourceError("no_body", f"{detail}; its title is: {title[:80]}")
    url = find_link(item)
    dates = ("pubDate", "atom:published", "dc:date", "atom:updated")
    values: dict[str, object] = {
        "title": title,
        "author": [name for name in _authors(item) if name.casefold() != source.casefold()],
        "date": next((text for path in dates if (text := item.first(path))), ""),
        "tags": _categories(item),
        "source": item.first("source") or item.first("atom:source/atom:title") or source,
        "url": url,
        "id": "" if url else item.first("guid") or item.first("atom:id"),
    }
    return Entry(values, content)


def _content(item: Item) -> str:
    if text := item.first("content:encoded"):
        return text
    found = (each for each in item.fields if each.path == "atom:content")
    return next((_as_html(each) for each in found), "")


def _as_html(content: XmlField) -> str:
    kind = content.attributes.get("type", "text")
    if kind in {"html", "text/html", "xhtml"}:
        return content.text
    return html.escape(content.text).replace("\n", "<br>") if kind.startswith("text") else ""


def _authors(item: Item) -> list[str]:
    names = [
        each.text for each in item.fields if each.path in {"dc:creator", "atom:author/atom:name"}
    ]
    if not names and "(" in item.first("author"):  # RSS: address@outlet (Name)
        names = [item.first("author").partition("(")[2].rpartition(")")[0]]
    return [person for name in names for person in read_byline(name, "authors", ())]


def _categories(item: Item) -> list[str]:
    terms = [
        each.text.strip() or each.attributes.get("label") or each.attributes.get("term", "")
        for each in item.fields
        if each.path in {"category", "atom:category"}
    ]
    return [term for term in terms if term]
