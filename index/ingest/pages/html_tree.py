"""Bounded HTML parsing: the tree of a saved page, counted while it is built.

HTML parsers accept anything, and some pages cost them minutes or overflow their stack: tags nested
a hundred thousand deep, a tag with a million attributes. Here a builder counts every tag. A page
beyond the limits is rejected while it is parsed, before anything walks its tree.

>>> root = parse_tree("<title>Harga</title><p>Turun &amp; naik")
>>> root.findtext(".//p")
'Turun & naik'
"""

import re
from collections.abc import Mapping

from lxml import etree, html

from index.errors import SourceError
from index.ingest.io import LIMITS, Limits, is_utf_8
from index.ingest.text import decode_text

ATTRIBUTES_MOST = 200
"""A tag with more attributes loses all of them: no newsroom writes such a tag."""
_START_CHARS = 4_000
"""Characters that are searched for the beginning of HTML, and for the declared encoding."""

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w-]{1,40})", re.IGNORECASE
)
_ONCE = frozenset({"html", "body"})
"""Tags that a tree has once, whatever stands behind their end."""
_LEGACY = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-15": "iso-8859-15",
    "macintosh": "mac-roman",
}
"""The encodings other than UTF-8 that pages declare, with the codec that browsers use for each."""


def is_html(text: str) -> bool:
    """Tell whether a text begins as an HTML page does, whatever its file is called."""
    return _HTML_START.match(text[:_START_CHARS]) is not None


def decode_html(data: bytes) -> str:
    """Decode a page: by its byte order mark, by its declared encoding, else as any other file.

    A page that declares an old encoding but is valid UTF-8 was converted when it was saved, so it
    is read as UTF-8.

    Raises:
        SourceError: as `index.ingest.text.decoding.decode_text`.
    """
    declared = _CHARSET.search(data[:_START_CHARS])
    legacy = _LEGACY.get(declared[1].decode("ascii", "replace").lower()) if declared else None
    if legacy is None or b"\0" in data or is_utf_8(data):
        return decode_text(data)
    return data.decode(legacy, errors="replace")


def parse_tree(text: str, limits: Limits = LIMITS) -> html.HtmlElement:
    """Parse a page into a tree.

    Raises:
        SourceError: malformed or too_large, when tags nest deeper or are more than `limits` allow;
            no_article, when the page has no tag at all.
    """
    builder = _CountingBuilder(limits)
    # huge_tree lifts the parser's own limit of depth, 256, beyond which it drops tags silently.
    parser = etree.HTMLParser(  # type: ignore[call-overload]  # the stubs want XML's events
        target=builder, encoding="utf-8", huge_tree=True
    )
    try:
        parser.feed(text.replace("\0", "").encode(errors="replace"))
        root = parser.close()
    except (etree.LxmlError, AssertionError, ValueError) as error:
        raise builder.error or SourceError("no_article", "the page has no content") from error
    if builder.error:
        raise builder.error
    if not isinstance(root, html.HtmlElement):
        raise SourceError("no_article", "the page has no content")
    return root


class _CountingBuilder:
    """Builds the tree from the events of the parser, without comments, and stops at the limits.

    The parser's own tree keeps the attributes of a tag in a chain, and walks it for each attribute:
    a million take hours. An event has them in a dictionary.

    As HTML5 asks for, what stands behind the end of a page belongs to its body, and a second page
    in the same file goes on in the first.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._tree = etree.TreeBuilder(element_factory=html.HTMLParser().makeelement)
        self._depth = self._count = 0
        self._opened: list[str] = []
        self.error: SourceError | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open a tag, or raise SourceError at the limits."""
        if tag in _ONCE:
            if tag in self._opened:
                return
            self._opened.append(tag)
        self._count += 1
        self._depth += 1
        if self._count > self._limits.element_count:
            self._fail("too_large", f"the page has more than {self._limits.element_count} tags")
        if self._depth > self._limits.element_depth:
            self._fail("malformed", f"tags nest more than {self._limits.element_depth} deep")
        kept = dict(attributes) if len(attributes) <= ATTRIBUTES_MOST else {}
        self._tree.start(tag, kept)

    def end(self, tag: str) -> None:
        """Close a tag; the page itself stays open to its last byte."""
        if tag in _ONCE:
            return
        self._depth -= 1
        self._tree.end(tag)

    def data(self, text: str) -> None:
        """Add text."""
        self._tree.data(text)

    def comment(self, _text: str) -> None:
        """Leave comments out: they hold nothing that a reader could see."""

    def pi(self, _target: str, _data: str | None = None) -> None:
        """Leave processing instructions out."""

    def close(self) -> object:
        """Return the root of the tree; None without one."""
        if self.error or not self._count:
            return None
        for tag in reversed(self._opened):
            self._tree.end(tag)
        return self._tree.close()

    def _fail(self, reason: str, detail: str) -> None:
        # The parser replaces what is raised here by an error of its own, so it is kept.
        self.error = SourceError(reason, detail)
        raise self.error
