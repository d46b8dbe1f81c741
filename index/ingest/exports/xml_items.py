"""XML item reader: the items of untrusted XML one by one, in the memory of one item.

The parser is Python's own expat, which opens no other file and no address. A document type (DTD)
is refused where it begins, so no entity can grow or lead elsewhere; depth, names and tokens are
counted while they are read. An item that is too large is let go of, and the next one read.

>>> from io import BytesIO
>>> data = BytesIO(b"<rss><channel><item><title>Harga</title></item></channel></rss>")
>>> [(item.name, item.first("title")) for item in split_items(data, Limits())]
[('item', 'Harga')]
"""

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from index.errors import SourceError
from index.ingest.io import CHUNK_BYTES, Limits, look_ahead, to_utf_8

NAMESPACE_PREFIXES = (
    ("http://purl.org/rss/1.0/modules/content/", "content:"),
    ("http://purl.org/dc/elements/1.1/", "dc:"),
    ("http://www.w3.org/2005/Atom", "atom:"),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:"),
    ("http://purl.org/rss/1.0/", ""),
    ("http://www.w3.org/1999/xhtml", ""),
    ("http://backend.userland.com/rss2", ""),
)
"""Name spaces that are read, and how their names are written here; others become "?:"."""
PASSED_OVER = ("wp:comment", "wp:postmeta")
"""Fields that are not kept: readers' comments, and what extensions store, often a megabyte."""
NAMES_MOST = 5_000
"""Different names of tags, attributes and prefixes. The parser keeps each to the end of the file;
feeds have some fifty."""
FIELD_CHARS = 64
"""What a field weighs beside its text, so that a million empty ones are too large, too."""

_WORDPRESS = re.compile(r"http://wordpress\.org/export/[\d.]+/(excerpt/)?")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
"""Characters that XML forbids; WordPress exports whatever was pasted, and these among it."""
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}encoding=[\"']([\w-]{1,40})", re.IGNORECASE)
_LEGACY = frozenset({"iso-8859-1", "latin1", "windows-1252", "us-ascii", "ascii"})
"""Encodings read as cp1252, as browsers do; all else is read as UTF-8."""
_CHANNELS = frozenset({"rss", "rdf:RDF", "channel", "atom:feed"})
"""Tags that hold items, each within the one before."""


@dataclass(slots=True)
class XmlField:
    """A tag within an item: its path below the item ("atom:author/atom:name"), and its text."""

    path: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return all its text; of XHTML, with its tags."""
        return "".join(self.pieces)


@dataclass(slots=True)
class Item:
    """A tag of a channel, with what is in it.

    Attributes:
        name: "item" or "atom:entry" for an article; others say something of the channel.
        fields: the tags in it; the first, without a path, is the item itself.
        size: its characters.
    """

    name: str
    fields: list[XmlField]
    size: int = 0

    def first(self, path: str) -> str:
        """Return the text of the first field of a path, "" without one."""
        found = (each.text.strip() for each in self.fields if each.path == path)
        return next(found, "")


def split_items(stream: BinaryIO, limits: Limits) -> Iterator[Item]:
    """Yield the tags of the channel in order; `Item.size` beyond `line_bytes` says it is empty.

    Raises:
        SourceError: malformed, too_large, or what the stream raises.
    """
    head, stream = look_ahead(to_utf_8(stream), CHUNK_BYTES)
    declared = _DECLARED.search(head[:1000])
    is_legacy = declared is not None and declared[1].decode("ascii", "replace").lower() in _LEGACY
    decoder = codecs.getincrementaldecoder("cp1252" if is_legacy else "utf-8")(errors="replace")
    splitter = _Splitter(limits)
    while chunk := stream.read(CHUNK_BYTES):
        yield from splitter.feed(_NO_XML.sub(" ", decoder.decode(chunk)), is_last=False)
    yield from splitter.feed(decoder.decode(b"", final=True), is_last=True)


class _Splitter:
    """Hears of every tag and text; keeps what is in the item that is open."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._open: list[str] = []
        self._names: set[str] = set()
        self._unheard = self._channel_depth = 0
        self._item: Item | None = None
        self._ready: list[Item] = []
        self._markup_depth = 0
        self._open_fields: list[XmlField] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        # Entities of HTML end a parser that knows no declaration; so it is told that there may be
        # one elsewhere, which it neither seeks nor gets, and says what it could not resolve.
        self._parser.UseForeignDTD(True)
        self._parser.SkippedEntityHandler = self._add_entity
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartNamespaceDeclHandler = self._start_namespace

    def feed(self, text: str, *, is_last: bool) -> Iterator[Item]:
        """Parse on, and yield the items that were closed, also those before an error."""
        error: SourceError | None = None
        self._unheard += len(text)
        try:
            self._parser.Parse(text, is_last)
        except expat.ExpatError as found:
            detail = f"no XML: {found}; what follows was not read"
            error = SourceError("malformed", detail)
        except SourceError as found:
            error = found
        yield from self._ready
        self._ready = []
        if error is None and self._unheard > self._limits.line_bytes:
            detail = f"a tag or comment has more than {self._limits.line_bytes} characters"
            error = SourceError("too_large", f"{detail}; what follows was not read")
        if error:
            raise error

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        name = _short(full_name)
        self._open.append(name)
        self._unheard = 0
        self._check_counts([full_name, *attributes])
        if self._item is not None:
            self._start_field(name, attributes)
        elif name in _CHANNELS and self._channel_depth == len(self._open) - 1:
            self._channel_depth = len(self._open)
        elif self._channel_depth and self._channel_depth == len(self._open) - 1:
            self._item = Item(name, [])
            self._add_field("", attributes)

    def _check_counts(self, names: list[str]) -> None:
        if len(self._open) > self._limits.element_depth:
            most = self._limits.element_depth
            detail = f"tags nest more than {most} deep; what follows was not read"
            raise SourceError("malformed", detail)
        self._names.update(names)
        if len(self._names) > NAMES_MOST:
            detail = f"it has more than {NAMES_MOST} names of tags; what follows was not read"
            raise SourceError("malformed", detail)

    def _start_field(self, name: str, attributes: dict[str, str]) -> None:
        if self._markup_depth or self._open_fields[-1].attributes.get("type") == "xhtml":
            self._markup_depth += 1
            shown = "".join(f' {key}="{html.escape(value)}"' for key, value in attributes.items())
            self._keep(f"<{name}{shown}>")
        else:
            path = "/".join(self._open[self._channel_depth + 1 :])
            self._add_field(path, attributes)

    def _add_field(self, path: str, attributes: dict[str, str]) -> None:
        added = XmlField(path, attributes)
        self._open_fields.append(added)
        if self._item is not None and not path.startswith(PASSED_OVER):
            weight = sum(len(key) + len(value) for key, value in attributes.items())
            self._item.fields.append(added)
            self._weigh(self._item, FIELD_CHARS + len(path) + weight)

    def _end(self, full_name: str) -> None:
        self._unheard = 0
        self._open.pop()
        # In RSS 1.0 the items stand beside their channel, and not in it.
        self._channel_depth = min(self._channel_depth, len(self._open))
        if self._markup_depth:
            self._markup_depth -= 1
            self._keep(f"</{_short(full_name)}>")
        elif self._item is not None:
            self._open_fields.pop()
            if not self._open_fields:
                self._ready.append(self._item)
                self._item = None

    def _data(self, text: str) -> None:
        self._unheard = 0
        if self._item is not None:
            self._keep(html.escape(text, quote=False) if self._markup_depth else text)

    def _add_entity(self, name: str, _is_parameter: bool) -> None:  # noqa: FBT001  # as it is called
        self._data(html.unescape(f"&{name};"))

    def _keep(self, text: str) -> None:
        if self._item is not None and not self._open_fields[-1].path.startswith(PASSED_OVER):
            self._open_fields[-1].pieces.append(text)
            self._weigh(self._item, len(text))

    def _weigh(self, item: Item, count: int) -> None:
        item.size += count
        if item.size > self._limits.line_bytes:
            item.fields.clear()
            for each in self._open_fields:
                each.pieces.clear()

    def _start_namespace(self, prefix: str | None, _uri: str) -> None:
        self._check_counts([f"xmlns:{prefix}"])

    def _refuse_doctype(self, *_: object) -> None:
        detail = "it declares a document type (DTD), which is not read, nor what follows"
        raise SourceError("malformed", detail)


def _short(full_name: str) -> str:
    """Return a name with the prefix used here in place of its name space."""
    uri, space, name = full_name.rpartition(" ")
    if not space:
        return name
    if found := _WORDPRESS.fullmatch(uri):
        return f"{'excerpt' if found[1] else 'wp'}:{name}"
    return next((prefix for known, prefix in NAMESPACE_PREFIXES if uri == known), "?:") + name
