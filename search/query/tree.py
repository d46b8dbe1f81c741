"""The query tree: what a reader asked for, free of any engine's syntax.

Leaves carry the reader's own text; analysing it is the engine's work. A leaf without a field means
the fields that plain words search (see `search.ranking`).

>>> And((Term("dagang"), Not(Term("batik")))).parts[1].part
Term(text='batik', field=None)
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from search.ranking import SYNONYM_WEIGHT


@dataclass(frozen=True, slots=True)
class Term:
    """A word in any of its forms; of several tokens (anti-korupsi), those words side by side."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exactly these words, in this order, side by side."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Exactly these words, in any order, with at most `reach` other words among them.

    A word that is named twice has to stand there twice. Written `"harga beras"~5`.
    """

    text: str
    reach: int
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins with this text (written `negosia*`)."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Stem:
    """A word in any of its forms, given by its stem, in one index field.

    No reader writes it: searches for similar articles are made of it.
    """

    stem: str
    index_field: str


@dataclass(frozen=True, slots=True)
class DateRange:
    """Documents of these days, both ends included; None leaves an end open."""

    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True, slots=True)
class And:
    """All parts must match."""

    parts: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part must match."""

    parts: "tuple[Query, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not match."""

    part: "Query"


@dataclass(frozen=True, slots=True)
class All:
    """Every document: the query of an empty box."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document: what was typed asks for none, such as signs alone or a day that is none."""

    text: str


@dataclass(frozen=True, slots=True)
class Also:
    """The part or, with a weight of its own, other names of it; who has both scores both.

    Other names and spellings weigh little (`search.query.synonyms`, `search.query.spellings`), and
    words side by side much (`search.relevance.adjacency`).
    """

    part: "Query"
    names: "tuple[Phrase | Term, ...]"
    weight: float = SYNONYM_WEIGHT


Leaf = Term | Phrase | Near | Prefix
"""The nodes that carry the reader's own text."""

Query = Also | Leaf | Stem | DateRange | And | Or | Not | All | Nothing


def positive_leaves(query: Query) -> Iterator[Leaf]:
    """Yield the words, phrases and prefixes that are not excluded, in the reader's order.

    >>> [leaf.text for leaf in positive_leaves(And((Term("harga"), Not(Term("emas")))))]
    ['harga']
    """
    match query:
        case Term() | Phrase() | Near() | Prefix():
            yield query
        case Also(part, names):
            yield from positive_leaves(part)
            yield from names
        case And(parts) | Or(parts):
            for part in parts:
                yield from positive_leaves(part)


@dataclass(frozen=True, slots=True)
class QueryField:
    """A field that a reader may name before a colon.

    Attributes:
        name: the field, as engines know it.
        labels: the names a reader may type, Indonesian first; the first is the one shown.
    """

    name: str
    labels: tuple[str, ...]


QUERY_FIELDS = (
    QueryField("title", ("judul", "title")),
    QueryField("body", ("isi", "body")),
    QueryField("tag", ("tag", "tags")),
    QueryField("author", ("penulis", "author")),
    QueryField("editor", ("redaktur", "editor")),
    QueryField("caption", ("keterangan", "caption")),
    QueryField("place", ("tempat", "place")),
    QueryField("category", ("kategori", "category")),
    QueryField("source", ("sumber", "source")),
    QueryField("date", ("tanggal", "date")),
)
"""Every field of the query language; anything else before a colon is text."""
