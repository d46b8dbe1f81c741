"""XML item reader: the items of untrusted XML one by one, in the memory of one item.

The parser is Python's own expat, which opens no other file and no URL. A document type (DTD) is
rejected where it begins, so no entity can expand or lead elsewhere. Depth, names and tokens are
counted while they are read. An item that is too large is dropped, and the next one is read.

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
"""The namespaces that are read, each with its prefix here; names of others begin with "?:"."""
SKIPPED_FIELDS = ("wp:comment", "wp:postmeta")
"""Fields that are not kept: comments of readers, and the data of extensions, often a megabyte."""
NAMES_MOST = 5_000
"""Most different names of tags, attributes and prefixes. The parser keeps each of them to the end
of the file; feeds have some fifty."""
FIELD_CHARS = 64
"""Characters that a field counts beside its text, so that a million empty ones are too large."""

_WORDPRESS = re.compile(r"http://wordpress\.org/export/[\d.]+/(excerpt/)?")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
"""Characters that XML forbids. WordPress exports whatever was pasted into a post."""
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}encoding=[\"']([\w-]{1,40})", re.IGNORECASE)
_LEGACY = frozenset({"iso-8859-1", "latin1", "windows-1252", "us-ascii", "ascii"})
"""Declared encodings that are read as cp1252, as browsers do; others are read as UTF-8."""
_CHANNELS = frozenset({"rss", "rdf:RDF", "channel", "atom:feed"})
"""Tags that hold items, or hold each other above the items."""


@dataclass(slots=True)
class XmlField:
    """A tag inside an item.

    Attributes:
        path: its names below the item, such as "atom:author/atom:name".
        attributes: its attributes.
        pieces: its text, as the parser gave it.
    """

    path: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text; for XHTML, with the tags."""
        return "".join(self.pieces)


@dataclass(slots=True)
class Item:
    """A tag of a channel, with the tags inside it.

    Attributes:
        name: "item" or "atom:entry" for an article; other tags describe the channel.
        fields: the tags inside it; the first one, without a path, is the item itself.
        size: its characters, with those that were dropped.
    """

    name: str
    fields: list[XmlField]
    size: int = 0

    def first(self, path: str) -> str:
        """Return the text of the first field with a path, "" without one."""
        texts = (each.text.strip() for each in self.fields if each.path == path)
        return next(texts, "")


def split_items(stream: BinaryIO, limits: Limits) -> Iterator[Item]:
    """Yield the tags of the channel in order; an item larger than `line_bytes` has no fields.

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
    """Receives each tag and text from the parser, and keeps those of the open item."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._open: list[str] = []
        self._names: set[str] = set()
        self._silent_chars = self._channel_depth = 0
        self._item: Item | None = None
        self._ready: list[Item] = []
        self._markup_depth = 0
        self._open_fields: list[XmlField] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        # Undeclared entities, such as those of HTML, would end the parser. With a foreign DTD,
        # which is never opened, it reports them to a handler instead.
        self._parser.UseForeignDTD(True)
        self._parser.SkippedEntityHandler = self._add_entity
        self._parser.StartDoctypeDeclHandler = self._reject_doctype
        self._parser.StartNamespaceDeclHandler = self._start_namespace

    def feed(self, text: str, *, is_last: bool) -> Iterator[Item]:
        """Parse a piece of the file, and yield the items that end in it, also before an error."""
        error: SourceError | None = None
        self._silent_chars += len(text)
        try:
            self._parser.Parse(text, is_last)
        except expat.ExpatError as raised:
            detail = f"no XML: {raised}; what follows was not read"
            error = SourceError("malformed", detail)
        except SourceError as raised:
            error = raised
        yield from self._ready
        self._ready = []
        if error is None and self._silent_chars > self._limits.line_bytes:
            detail = f"a tag or comment has more than {self._limits.line_bytes} characters"
            error = SourceError("too_large", f"{detail}; what follows was not read")
        if error:
            raise error

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        name = _with_prefix(full_name)
        self._open.append(name)
        self._silent_chars = 0
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
        if self._item is not None and not path.startswith(SKIPPED_FIELDS):
            weight = sum(len(key) + len(value) for key, value in attributes.items())
            self._item.fields.append(added)
            self._weigh(self._item, FIELD_CHARS + len(path) + weight)

    def _end(self, full_name: str) -> None:
        self._silent_chars = 0
        self._open.pop()
        # In RSS 1.0 the items stand beside their channel, and not in it.
        self._channel_depth = min(self._channel_depth, len(self._open))
        if self._markup_depth:
            self._markup_depth -= 1
            self._keep(f"</{_with_prefix(full_name)}>")
        elif self._item is not None:
            self._open_fields.pop()
            if not self._open_fields:
                self._ready.append(self._item)
                self._item = None

    def _data(self, text: str) -> None:
        self._silent_chars = 0
        if self._item is not None:
            self._keep(html.escape(text, quote=False) if self._markup_depth else text)

    def _add_entity(self, name: str, _is_parameter: bool) -> None:  # noqa: FBT001  # as it is called
        self._data(html.unescape(f"&{name};"))

    def _keep(self, text: str) -> None:
        if self._item is not None and not self._open_fields[-1].path.startswith(SKIPPED_FIELDS):
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

    def _reject_doctype(self, *_: object) -> None:
        detail = "it declares a document type (DTD), which is not read, nor what follows"
        raise SourceError("malformed", detail)


def _with_prefix(full_name: str) -> str:
    """Return a name with the prefix for its namespace."""
    uri, space, name = full_name.rpartition(" ")
    if not space:
        return name
    if match := _WORDPRESS.fullmatch(uri):
        return f"{'excerpt' if match[1] else 'wp'}:{name}"
    return next((prefix for known, prefix in NAMESPACE_PREFIXES if uri == known), "?:") + name
