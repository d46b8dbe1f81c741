"""HTML body extraction: the running text of a page, in lines, without what is not the article.

Known outlets mark their text (the `body` rows of `html_selectors`). On other pages trafilatura
finds the text by its density. Links to other articles, adverts, share and copyright lines inside it
are cut by rules: elements by their class names, lines by `index.ingest.text.boilerplate`.

>>> from index.ingest.pages.html_tree import parse_tree
>>> read_fragment(parse_tree("<p>Harga turun.<p>Baca juga: Panen raya")).lines
['Harga turun.']
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from index.document import CutLine
from index.ingest.pages.html_index import HtmlPage, join_class_names, read_visible_text
from index.ingest.pages.html_selectors import selectors_for
from index.ingest.pages.json_ld import read_texts
from index.ingest.text import clean_text, remove_boilerplate, split_paragraphs, to_one_line

CUT_CHARS_SHOWN = 200
"""Characters that are kept of an element that was cut, for whoever asks what was cut."""
TEXT_CHARS_LEAST = 60
"""A shorter text is a teaser or an empty element, and the next way is tried."""

_BLOCKS = frozenset(
    "p div section article header footer br hr li ul ol h1 h2 h3 h4 h5 h6 blockquote tr table "
    "figure figcaption pre dl dt dd center main".split()
)
"""Tags before and after which a line ends."""
_SILENT = frozenset(
    "script style noscript template iframe object svg video audio form button select input "
    "textarea nav aside figure figcaption ins".split()
)
"""Tags inside an article whose content is no text of it."""
_NOISE = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|iklan|banner|share|sharing|sosmed|social|related|terkait|"
    r"baca-?juga|lihatjg|linksisip\w*|inner-link\w*|parallax\w*|newsletter|breadcrumbs?|comments?|"
    r"komentar|kompasidrec|recommend\w*|rekomendasi|promo\w*|populer|trending|video-?player|pagination|paging|"
    r"copyright)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes and ids of what belongs to the site: it is cut and counted."""
_FIELDS = re.compile(
    r"(?:^|[\s_-])(?:tags?|tagging|photo|foto|caption|byline|kcm-read-copy)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes and ids of what is another field of the article: it is left out of the text."""


class Body(NamedTuple):
    """The text of an article.

    Attributes:
        lines: its lines.
        cut_lines: the lines that were cut from it.
        link_share: the share of its characters that are links.
        origin: how it was found, such as the selector.
    """

    lines: list[str]
    cut_lines: list[CutLine]
    link_share: float
    origin: str = ""


def read_body(page: HtmlPage) -> Body:
    """Return the text of a page: by its selectors, else by density, else from JSON-LD."""
    for body in _candidates(page):
        kept, cut = remove_boilerplate(body.lines)
        if sum(map(len, kept)) >= TEXT_CHARS_LEAST:
            return body._replace(lines=kept, cut_lines=[*body.cut_lines, *cut])
    return Body([], [], 0.0)


def read_fragment(root: HtmlElement) -> Body:
    """Return the text of a fragment of HTML that is all article, as feeds and exports hold it."""
    text, cut_elements = _read_text(root)
    kept, cut = remove_boilerplate(split_paragraphs(clean_text(text)))
    return Body(kept, [*cut_elements, *cut], _link_share(root))


def _candidates(page: HtmlPage) -> Iterator[Body]:
    for selector in selectors_for("body"):
        yield from _marked(page.find_elements(selector.key), selector.key)
    yield from _dense(page.root)
    yield from _marked(page.find_elements("article") + page.find_elements("main"), "article, main")
    for text in read_texts(page.article.get("articleBody")):
        yield Body(split_paragraphs(clean_text(text)), [], 0.0, "json_ld articleBody")


def _marked(elements: list[HtmlElement], key: str) -> Iterator[Body]:
    """Yield the text of all the elements: some outlets split a long text into several of them."""
    outermost = _outermost(elements)
    if outermost:
        texts = [_read_text(element) for element in outermost]
        lines = split_paragraphs(clean_text("\n".join(text for text, _ in texts)))
        cut = [line for _, cut_lines in texts for line in cut_lines]
        yield Body(lines, cut, max(map(_link_share, outermost)), f"text {key}")


def _outermost(elements: list[HtmlElement]) -> list[HtmlElement]:
    """Return the elements that are inside none of the others."""
    known = set(elements)
    return [each for each in elements if known.isdisjoint(each.iterancestors())]


def _dense(root: HtmlElement) -> Iterator[Body]:
    extracted = trafilatura.bare_extraction(
        root, include_comments=False, include_tables=False, include_links=False, fast=True
    )
    text = getattr(extracted, "text", None)
    if isinstance(text, str) and text:
        lines = split_paragraphs(clean_text(text))
        yield Body(lines, [], _linked_share(root, lines), "where the text is dense")


def _read_text(element: HtmlElement) -> tuple[str, list[CutLine]]:
    """Return the text of an element, a block a line, and the elements that were cut from it."""
    pieces: list[str] = []
    hidden: HtmlElement | None = None
    cut: list[CutLine] = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and hidden is None and inner is not element and _is_hidden(inner):
            hidden = inner
            cut += _cut_element(inner)
        if inner.tag in _BLOCKS:
            pieces.append("\n")
        if event == "start" and hidden is None:
            pieces.append(_without_breaks(inner.text))
        if event == "end":
            hidden = None if inner is hidden else hidden
            is_seen = hidden is None and inner is not element
            pieces.append(_without_breaks(inner.tail) if is_seen else "")
    return "".join(pieces), cut


def _cut_element(element: HtmlElement) -> list[CutLine]:
    """Return the text that is cut with an element; none for a field of the article."""
    text = to_one_line(clean_text(read_visible_text(element))) if _is_noise(element) else ""
    return [CutLine("frame", text[:CUT_CHARS_SHOWN])] if text else []


def _without_breaks(text: str | None) -> str:
    """Return a text without line breaks, which are spaces in HTML."""
    return re.sub(r"\s+", " ", text or "")


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in _SILENT or "display:none" in element.get("style", "").replace(" ", ""):
        return True
    return _FIELDS.search(join_class_names(element)) is not None or _is_noise(element)


def _is_noise(element: HtmlElement) -> bool:
    return _NOISE.search(join_class_names(element)) is not None


def _link_share(element: HtmlElement) -> float:
    whole = len(read_visible_text(element)) or 1
    return sum(len(read_visible_text(link)) for link in element.iter("a")) / whole


def _linked_share(root: HtmlElement, lines: list[str]) -> float:
    """Return the share of the lines' characters in lines that are the text of a link."""
    links = {" ".join(read_visible_text(link).split()) for link in root.iter("a")}
    whole = sum(map(len, lines)) or 1
    return sum(len(line) for line in lines if line.strip("- ") in links) / whole
