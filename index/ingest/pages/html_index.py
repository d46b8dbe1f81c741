"""An index of a parsed HTML page: its meta tags, classes, scripts and JSON-LD, found once.

>>> page = parse_page("<meta property=og:title content='Harga turun'><p class='baca x'>Naik</p>")
>>> page.meta["og:title"], [element.text for element in page.find_elements(".baca")]
(['Harga turun'], ['Naik'])
"""

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from index.ingest.io import LIMITS, Limits
from index.ingest.pages.html_blocks import read_visible_text
from index.ingest.pages.html_class_names import NAMES_CHARS_MOST, join_class_names
from index.ingest.pages.html_selectors import Selector, describe
from index.ingest.pages.html_tree import parse_tree
from index.ingest.pages.json_ld import ARTICLE_TYPES, Node, find_node, read_nodes, read_texts
from index.ingest.text import clean_text, to_one_line

ELEMENTS_MOST = 50
"""Most elements of one mark that are read; a page has few of each that matters."""
VALUE_CHARS_MOST = 5_000
"""Longest text that a selector may give; a longer one is no field."""

_PHOTO_DEPTH = 3
"""Elements above an author that are searched for the frame of a photo."""
_MARK_KEYS = ((".", "class"), ("^", "rel"), ("@", "itemprop"), ("#", "id"))
"""The sign that begins a mark, and the attribute that it stands for; see `html_selectors`."""
_META_KEYS = ("name", "property", "itemprop")
_PHOTO = re.compile(r"\b(?:photo|foto|figure|caption|image)\b", re.IGNORECASE)
_MENU = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|trending|popul[ae]r|hot|sidebar|widget)(?:$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(slots=True)
class HtmlPage:
    """A parsed page and its index.

    Attributes:
        root: its tree.
        meta: the contents of its meta tags, by name in lower case.
        marks: its elements by mark: class, id, itemprop, rel and tag; see `html_selectors`.
        nodes: every object of its JSON-LD.
        article: the node that is the article, {} without one.
        scripts: the text of its other scripts.
        outlets: the names of its outlet, folded; None until they are looked up.
        titles: what it states as its title, with the selector; None until they are looked up.
        origins: what gave each field that was read so far, for whoever asks.
    """

    root: HtmlElement
    meta: dict[str, list[str]]
    marks: dict[str, list[HtmlElement]]
    nodes: list[Node]
    article: Node
    scripts: list[str]
    outlets: list[str] | None = None
    titles: list[tuple[str, Selector]] | None = None
    origins: dict[str, str] = field(default_factory=dict)
    _values: dict[Selector, list[str]] = field(default_factory=dict)

    def find_elements(self, key: str) -> list[HtmlElement]:
        """Return the elements with a mark, in page order; of two marks, the second in the first."""
        *outer, inner = key.split(" ")
        elements = self.marks.get(inner, [])
        if outer:
            around = set(self.marks.get(outer[0], []))
            inside = (each for each in elements if not around.isdisjoint(each.iterancestors()))
            return list(islice(inside, ELEMENTS_MOST))
        return elements[:ELEMENTS_MOST]

    def read_values(self, selector: Selector) -> list[str]:
        """Return the values that a selector gives, as clean lines."""
        known = self._values.get(selector)
        if known is None:
            lines = (to_one_line(clean_text(text)) for text in self._texts(selector))
            known = [line for line in lines if line and len(line) <= VALUE_CHARS_MOST]
            self._values[selector] = known
        return known

    def note_origin(self, name: str, origin: Selector | str) -> None:
        """Note which selector, or which other place on the page, gave a field."""
        self.origins[name] = origin if isinstance(origin, str) else describe(origin)

    def _texts(self, selector: Selector) -> Iterator[str]:
        if selector.kind == "json_ld":
            yield from read_texts(self.article.get(selector.key))
        elif selector.kind == "meta":
            yield from self.meta.get(selector.key.lower(), [])
        elif selector.kind == "script":
            yield from _assigned(self.scripts, selector.key)
        else:
            yield from (_read_element(each, selector) for each in self.find_elements(selector.key))


def parse_page(text: str, limits: Limits = LIMITS) -> HtmlPage:
    """Parse and index a page.

    Raises:
        SourceError: as `index.ingest.pages.html_tree.parse_tree`.
    """
    root = parse_tree(text, limits)
    marks: dict[str, list[HtmlElement]] = defaultdict(list)
    meta: dict[str, list[str]] = defaultdict(list)
    for element in root.iter():
        _add_marks(element, marks)
        for key in _META_KEYS if element.tag == "meta" else ():
            meta[element.get(key, "").lower()].append(element.get("content", ""))
    scripts = marks.get("script", [])
    linked = [each for each in scripts if "ld+json" in each.get("type", "").lower()]
    nodes = read_nodes(each.text or "" for each in linked)
    article = find_node(nodes, ARTICLE_TYPES)
    others = [each.text or "" for each in scripts if each not in linked]
    return HtmlPage(root, dict(meta), dict(marks), nodes, article, others)


def _add_marks(element: HtmlElement, marks: dict[str, list[HtmlElement]]) -> None:
    marks[str(element.tag)].append(element)
    for sign, key in _MARK_KEYS:
        names = element.get(key)
        if names:
            for name in dict.fromkeys(names[:NAMES_CHARS_MOST].split()):
                marks[sign + (name.lower() if key == "rel" else name)].append(element)


def _read_element(element: HtmlElement, selector: Selector) -> str:
    if selector.kind == "link":
        return element.get("href", "")
    if selector.kind == "time":
        return element.get("datetime") or element.get("content") or ""
    if element.tag == "meta" or (selector.field == "authors" and _in_photo(element)):
        return ""
    if selector.field == "tags" and _in_menu(element):
        return ""
    return read_visible_text(element)


def _in_photo(element: HtmlElement) -> bool:
    """Tell whether an element belongs to a photo, whose author is not the article's."""
    around = islice(element.iterancestors(), _PHOTO_DEPTH)
    return any(each.tag == "figure" or _PHOTO.search(join_class_names(each)) for each in around)


def _in_menu(element: HtmlElement) -> bool:
    """Tell whether an element belongs to a menu of topics, which is on every page of the site."""
    return any(
        each.tag in {"nav", "aside"} or _MENU.search(join_class_names(each))
        for each in element.iterancestors()
    )


def _assigned(scripts: list[str], key: str) -> Iterator[str]:
    pattern = re.compile(rf"[\"']?\b{re.escape(key)}[\"']?\s?[:=]\s?(?:\"([^\"]*)\"|'([^']*)')")
    for script in scripts:
        if key in script:
            match = pattern.search(script)
            yield _unescaped((match[1] or match[2] or "") if match else "")


def _unescaped(text: str) -> str:
    """Return a JavaScript string with its escapes decoded, as far as JSON knows them."""
    try:
        return html.unescape(str(json.loads(f'"{text}"', strict=False)))
    except ValueError:
        return text
