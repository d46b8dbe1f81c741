"""The fields: one table, from which Whoosh's schema, the layout and the fingerprint follow.

>>> [field.name for field in FIELDS if field.name.startswith("title")]
['title', 'title_stem']
"""

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from index.analysis import ANALYZER_VERSION, stemming_version
from index.document import Document
from index.segments import Derived, Layout, Order

SCHEMA_VERSION = 4
"""Raised whenever stored values change their form, or a class moves that an index names in its
table of contents (see `index.whoosh_codec`); a change of fields or analyzers is seen without it."""

FieldKind = Literal["words", "stems", "key", "day", "stored"]


@dataclass(frozen=True, slots=True)
class Field:
    """A declared part of a document, as the index holds it.

    Attributes:
        name: the field of the Whoosh index.
        kind: words: exact words with positions; stems: stems without; key: one exact value;
            day: YYYYMMDD as a number, for ranges; stored: kept and not searched.
        value_of: the field's value in a document; None leaves it out. A line end in it keeps
            phrases apart.
    """

    name: str
    kind: FieldKind
    value_of: Callable[[Document], str | int | None]


STORED_NAMES = tuple(field.name for field in dataclasses.fields(Document) if field.compare)
"""What is stored of a document: all but how it was read."""


def to_stored(document: Document) -> bytes:
    """Return a document as the JSON that is stored, in UTF-8.

    A compiled encoder writes it, in a fifth of the time of the standard library's; it refuses half
    of a surrogate pair, which a crawler may leave in a text.
    """
    raw: dict[str, Any] = {name: getattr(document, name) for name in STORED_NAMES}
    with suppress(UnicodeError):
        return msgspec.json.encode(raw)
    raw["date"] = document.date.isoformat() if document.date else None
    text = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def from_stored(stored: str | bytes) -> Document:
    """Return the document that `to_stored` made into this JSON, as text or as bytes.

    A compiled decoder reads it, an eighth of the time of the standard library's; it refuses half of
    a surrogate pair, which a crawler may leave in a text.
    """
    with suppress(UnicodeError):
        return msgspec.json.decode(stored, type=Document)
    text = stored if isinstance(stored, str) else stored.decode("utf-8", "surrogatepass")
    raw: dict[str, Any] = json.loads(text)
    raw["date"] = dt.date.fromisoformat(raw["date"]) if raw["date"] else None
    raw.update({name: tuple(value) for name, value in raw.items() if isinstance(value, list)})
    return Document(**raw)


def month_of(document: Document) -> str | None:
    """Return the month of a document as YYYY-MM, or None."""
    return document.date.isoformat()[:7] if document.date else None


def day_number(day: dt.date) -> int:
    """Return a day as the number YYYYMMDD."""
    return day.year * 10_000 + day.month * 100 + day.day


def _day_of(document: Document) -> int | None:
    return day_number(document.date) if document.date else None


def _date_source_of(document: Document) -> tuple[str, ...]:
    return (document.date_source,) if document.date else ()


def _tags_of(document: Document) -> str:
    return "\n".join(document.tags)


FIELDS = (
    Field("id", "key", lambda document: document.doc_id),
    Field("title", "words", lambda document: document.title),
    Field("title_stem", "stems", lambda document: document.title),
    Field("body", "words", lambda document: document.body),
    Field("body_stem", "stems", lambda document: document.body),
    Field("caption", "words", lambda document: document.caption),
    Field("caption_stem", "stems", lambda document: document.caption),
    Field("tags", "words", _tags_of),
    Field("tags_stem", "stems", _tags_of),
    Field("place", "words", lambda document: document.place),
    Field("author", "words", lambda document: "\n".join(document.authors)),
    Field("editor", "words", lambda document: "\n".join(document.editors)),
    Field("category", "words", lambda document: document.category),
    Field("source", "words", lambda document: document.source),
    Field("date", "day", _day_of),
    Field("month", "key", month_of),
    Field("url", "key", lambda document: document.url or None),
    Field(
        "document", "stored", lambda document: to_stored(document).decode(errors="surrogatepass")
    ),
)
"""Every field of the index."""


@dataclass(frozen=True, slots=True)
class FacetField:
    """A facet's values in a document: none, one, or several; each counts once."""

    name: str
    values_of: Callable[[Document], tuple[str, ...]]


FACET_FIELDS = (
    FacetField("tag", lambda document: document.tags),
    FacetField("author", lambda document: document.authors),
    FacetField("month", lambda document: _one(month_of(document))),
    FacetField("source", lambda document: _one(document.source)),
    FacetField("category", lambda document: _one(document.category)),
    FacetField("date_source", _date_source_of),
)
"""Every facet column of the index; which of them are shown is told in `search.facets`."""

ORDERS = (
    Order("newest", number="date", key="id", is_descending=True),
    Order("oldest", number="date", key="id", is_descending=False),
)
"""How articles can be sorted; the newest of equally good hits comes first."""

LAYOUT = Layout(
    words=tuple(field.name for field in FIELDS if field.kind == "words"),
    derived=tuple(
        Derived(field.name, field.name.removesuffix("_stem"))
        for field in FIELDS
        if field.kind == "stems"
    ),
    keys=tuple(field.name for field in FIELDS if field.kind == "key"),
    numbers=tuple(field.name for field in FIELDS if field.kind == "day"),
    facets=tuple(facet.name for facet in FACET_FIELDS),
    orders=ORDERS,
    stored="document",
)
"""What a segment holds of a document."""


def schema_fingerprint() -> str:
    """Return what tells one schema and analyzer from another, in 16 hexadecimal digits."""
    rows = [(field.name, field.kind) for field in FIELDS]
    layout = dataclasses.astuple(LAYOUT)
    told = json.dumps([SCHEMA_VERSION, ANALYZER_VERSION, stemming_version(), rows, layout])
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()
