"""The schema: the fields, facets and orders of the index, and the stored form of a document.

They are tables, from which the layout of segments, Whoosh's schema and the fingerprint are made.

>>> [field.name for field in FIELDS if field.name.startswith("title")]
['title', 'title_stem']
"""

import dataclasses
import datetime as dt
import hashlib
import itertools
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from index.analysis import ANALYZER_VERSION, stemming_version
from index.document import Correction, Document
from index.segments import Derived, Layout, SortOrder

SCHEMA_VERSION = 7
"""Raised whenever stored values or the catalogue change their form, or a class is moved or renamed
that the table of contents names (`index.whoosh_codec`). A change of the tables or analyzers is
seen without it."""

FieldKind = Literal["words", "stems", "key", "day", "stored"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the index.

    Attributes:
        name: its name.
        kind: words: exact words, with positions; stems: their stems, without; key: one exact
            value; day: YYYYMMDD as a number, for ranges; stored: kept but not searched.
        value_of: returns the field's value in a document, None if it has none. No phrase reaches
            over a line end in it.
    """

    name: str
    kind: FieldKind
    value_of: Callable[[Document], str | int | None]


STORED_NAMES = tuple(field.name for field in dataclasses.fields(Document) if field.compare)
"""The parts of a document that are stored: all but those that say how it was read."""


def to_stored(document: Document) -> bytes:
    """Return a document as the JSON that is stored, in UTF-8.

    The compiled encoder takes a fifth of the time of the standard library's, but refuses half of a
    surrogate pair, which a crawler may leave in a text; then the latter is used.
    """
    raw: dict[str, Any] = {name: getattr(document, name) for name in STORED_NAMES}
    with suppress(UnicodeError):
        return msgspec.json.encode(raw)
    raw["date"] = document.date.isoformat() if document.date else None
    text = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def from_stored(stored: str | bytes) -> Document:
    """Return the document that `to_stored` encoded, from text or bytes.

    The compiled decoder takes an eighth of the time of the standard library's, but refuses half of
    a surrogate pair; then the latter is used.
    """
    with suppress(UnicodeError):
        return msgspec.json.decode(stored, type=Document)
    text = stored if isinstance(stored, str) else stored.decode("utf-8", "surrogatepass")
    raw: dict[str, Any] = json.loads(text)
    raw["date"] = dt.date.fromisoformat(raw["date"]) if raw["date"] else None
    raw.update({name: tuple(value) for name, value in raw.items() if isinstance(value, list)})
    corrections = ((*row[:-1], tuple(row[-1])) for row in raw.get("corrections", ()))
    raw["corrections"] = tuple(itertools.starmap(Correction, corrections))
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
    """A facet of the index: `values_of` returns a document's values; each counts once."""

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
"""Every facet of the index; `search.facets` says which of them are shown."""

ORDERS = (
    SortOrder("newest", number="date", key="id", is_descending=True),
    SortOrder("oldest", number="date", key="id", is_descending=False),
)
"""How documents can be sorted; of equal scores, the first order puts the newest first."""

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
"""The fields of a segment, by kind."""


def schema_fingerprint() -> str:
    """Return 16 hexadecimal digits that change with the schema and with the analyzer."""
    rows = [(field.name, field.kind) for field in FIELDS]
    layout = dataclasses.astuple(LAYOUT)
    content = json.dumps([SCHEMA_VERSION, ANALYZER_VERSION, stemming_version(), rows, layout])
    return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()
