"""The running text of a page of HTML: found, broken into lines, and freed of what is not article.

Known outlets mark their text (the `body` rows of `html_places`); elsewhere the text is found by
where it is dense. What stands in its midst (links to other articles, adverts, share and copyright
lines) is cut by rules, which are tables here.

>>> kept_lines(["Harga turun.", "Baca juga: Panen raya", "ADVERTISEMENT"])
(['Harga turun.'], 2)
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from index.sources.html_page import HtmlPage, names_of, seen_text
from index.sources.html_places import places_of
from index.sources.json_ld import texts_of
from index.sources.text import clean_text, paragraphs

TEXT_CHARS_LEAST = 60
"""A marked text with less is a teaser or an empty frame; the next way is tried."""

_BLOCKS = frozenset(
    "p div section article header footer br hr li ul ol h1 h2 h3 h4 h5 h6 blockquote tr table "
    "figure figcaption pre dl dt dd center main".split()
)
"""Tags that begin and end a line."""
_SILENT = frozenset(
    "script style noscript template iframe object svg video audio form button select input "
    "textarea nav aside figure figcaption ins".split()
)
"""Tags within a text that hold none of it."""
_NOISE = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|iklan|banner|share|sharing|sosmed|social|related|terkait|"
    r"baca-?juga|lihatjg|linksisip\w*|inner-link\w*|parallax\w*|newsletter|breadcrumbs?|comments?|"
    r"komentar|recommend\w*|rekomendasi|promo\w*|populer|trending|video-?player|pagination|paging|"
    r"copyright)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes and ids within a text of what belongs to the site: cut, and counted."""
_FIELDS = re.compile(
    r"(?:^|[\s_-])(?:tags?|tagging|photo|foto|caption|byline|kcm-read-copy)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes and ids within a text of what is a field of its own."""
_SHORT = 250
"""No line that a rule below cuts is longer: beyond it is a paragraph that begins like one."""


class LineRule(NamedTuple):
    """Lines that are no article, and why."""

    reason: str
    pattern: re.Pattern[str]


def _rule(reason: str, pattern: str) -> LineRule:
    return LineRule(reason, re.compile(pattern, re.IGNORECASE))


LINE_RULES = (
    _rule(
        "announces another article",
        r"[\[(*• -]*(?:baca|lihat|simak|tonton|saksikan|dengarkan|cek)(?: \w+){0,2}? "
        r"(?:juga|pula|selengkapnya|video|halaman)\b.*\w.*",
    ),
    _rule("announces another article", r"(?:baca|lihat|simak|tonton) ?: ?\S.*"),
    _rule("announces another article", r"video (?:terpopuler|pilihan|terkait)\b.*"),
    _rule("announces another article", r"(?:also read|read also|berita terkait|artikel terkait).*"),
    _rule("stands for a video", r"\[(?:gambas|video|foto|embed|halaman)\b.*\]"),
    _rule(
        "is an advert",
        r"(?:advertisement|iklan|sponsored|promoted|scroll (?:to|for|untuk) .*|"
        r"geser untuk .*|lanjutkan membaca.*|konten promosi.*)",
    ),
    _rule(
        "asks to share or follow",
        r"(?:bagikan|share|sebarkan|ikuti|follow|dapatkan|gabung|download|unduh)\b.{0,80}"
        r"(?:berita|artikel|saluran|channel|google news|whatsapp|telegram|aplikasi|instagram|"
        r"twitter|facebook|link)\b.*",
    ),
    _rule("is a share button", r"(?:facebook|twitter|whatsapp|telegram|copy link|share|bagikan)"),
    _rule(
        "is a copyright line",
        r"(?:copyright|hak cipta|©|\(c\) ?\d{4}).*|dilarang (?:keras )?(?:mengambil|meng(?:utip|"
        r"opi|gandakan)|mereproduksi|menyalin).*",
    ),
    _rule("gives a writer's initials", r"\(?[a-z]{2,6}(?:[/-][a-z]{2,8}){1,3}\)?|\([a-z]{2,6}\)"),
)
"""Whole lines of at most 250 characters that are cut; a heading above a list is left, so that
`page_parts` finds the list."""
_INITIALS = re.compile(r"\s*\([a-z0-9]{2,10}(?:/[a-z0-9]{2,10}){1,3}\)$")
"""Initials of writer and agency behind the last sentence, as in (abc/ant)."""


class Body(NamedTuple):
    """A text as lines, how many lines were cut from it, and how much of it stood in links."""

    lines: list[str]
    cut_count: int
    link_share: float


def read_body(page: HtmlPage) -> Body:
    """Return the text of a page: as marked, else where it is dense, else as JSON-LD gives it."""
    for found in _candidates(page):
        kept, cut_count = kept_lines(found.lines)
        if sum(map(len, kept)) >= TEXT_CHARS_LEAST:
            return found._replace(lines=kept, cut_count=found.cut_count + cut_count)
    return Body([], 0, 0.0)


def read_fragment(root: HtmlElement) -> Body:
    """Return the text of a fragment that is all article, as feeds and exports hold it."""
    text, cut_count = _text_of(root)
    kept, line_count = kept_lines(paragraphs(clean_text(text)))
    return Body(kept, cut_count + line_count, _link_share(root))


def kept_lines(lines: Iterable[str]) -> tuple[list[str], int]:
    """Return the lines that no rule cuts, and how many were cut."""
    given = list(lines)
    kept = [_INITIALS.sub("", line) for line in given if not _is_cut(line)]
    return kept, len(given) - len(kept)


def _is_cut(line: str) -> bool:
    return len(line) <= _SHORT and any(rule.pattern.fullmatch(line) for rule in LINE_RULES)


def _candidates(page: HtmlPage) -> Iterator[Body]:
    for place in places_of("body"):
        yield from _marked(page.marked(place.key))
    yield from _dense(page.root)
    yield from _marked(page.marked("article") + page.marked("main"))
    for text in texts_of(page.article.get("articleBody")):
        yield Body(paragraphs(clean_text(text)), 0, 0.0)


def _marked(elements: list[HtmlElement]) -> Iterator[Body]:
    """Yield the text of all the elements: some outlets break a long text into several frames."""
    frames = _outermost(elements)
    if frames:
        texts = [_text_of(frame) for frame in frames]
        lines = paragraphs(clean_text("\n".join(text for text, _ in texts)))
        cut_count = sum(count for _, count in texts)
        yield Body(lines, cut_count, max(map(_link_share, frames)))


def _outermost(elements: list[HtmlElement]) -> list[HtmlElement]:
    """Return those of the elements that stand in none of the others."""
    known = set(elements)
    return [each for each in elements if known.isdisjoint(each.iterancestors())]


def _dense(root: HtmlElement) -> Iterator[Body]:
    found = trafilatura.bare_extraction(
        root, include_comments=False, include_tables=False, include_links=False, fast=True
    )
    text = getattr(found, "text", None)
    if isinstance(text, str) and text:
        lines = paragraphs(clean_text(text))
        yield Body(lines, 0, _linked_share(root, lines))


def _text_of(element: HtmlElement) -> tuple[str, int]:
    """Return the text of an element, a block a line, and how many frames of the site were cut."""
    pieces: list[str] = []
    hidden: HtmlElement | None = None
    cut_count = 0
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and hidden is None and inner is not element and _is_hidden(inner):
            hidden = inner
            cut_count += _is_noise(inner) and bool(seen_text(inner).strip())
        if inner.tag in _BLOCKS:
            pieces.append("\n")
        if event == "start" and hidden is None:
            pieces.append(_unbroken(inner.text))
        if event == "end":
            hidden = None if inner is hidden else hidden
            pieces.append(_unbroken(inner.tail) if hidden is None and inner is not element else "")
    return "".join(pieces), cut_count


def _unbroken(text: str | None) -> str:
    """Return a text without line breaks: in HTML they are spaces."""
    return re.sub(r"\s+", " ", text or "")


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in _SILENT or "display:none" in element.get("style", "").replace(" ", ""):
        return True
    return _FIELDS.search(names_of(element)) is not None or _is_noise(element)


def _is_noise(element: HtmlElement) -> bool:
    return _NOISE.search(names_of(element)) is not None


def _link_share(element: HtmlElement) -> float:
    whole = len(seen_text(element)) or 1
    return sum(len(seen_text(link)) for link in element.iter("a")) / whole


def _linked_share(root: HtmlElement, lines: list[str]) -> float:
    """Return how much of the lines are the words of a link."""
    links = {" ".join(seen_text(link).split()) for link in root.iter("a")}
    whole = sum(map(len, lines)) or 1
    return sum(len(line) for line in lines if line.strip("- ") in links) / whole
