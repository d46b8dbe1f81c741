"""The layout of segments: which fields they have, of what kind, and how documents are sorted.

>>> layout = Layout(words=("body",), derived=(Derived("body_stem", "body"),), keys=("id",))
>>> layout.term_fields
('body', 'body_stem', 'id')
"""

from dataclasses import dataclass

SEGMENT_DOCS_MOST = 65_535
"""Documents of a segment: 16 bits hold the number of each, and how many of them have a term. A
larger archive has several segments, which is also how a build keeps to bounded memory."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A field whose terms are derived from the words of another field, such as their stems.

    It has frequencies but no positions, and the lengths of its source.
    """

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class SortOrder:
    """An order of all documents: by a number, then by a key that no two documents share.

    Documents without the number come last, whether the others are ascending or descending.
    """

    name: str
    number: str
    key: str
    is_descending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The fields of every document of an index.

    Attributes:
        words: fields of text, with positions and lengths.
        derived: fields whose terms are derived from those of words.
        keys: fields of one exact value.
        numbers: fields of one number of 32 bits.
        facets: fields whose values are counted; a value counts once a document.
        orders: how documents can be sorted; the first one decides between equal scores.
        stored: the name of the stored text.
    """

    words: tuple[str, ...] = ()
    derived: tuple[Derived, ...] = ()
    keys: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    orders: tuple[SortOrder, ...] = ()
    stored: str = "document"

    @property
    def term_fields(self) -> tuple[str, ...]:
        """All fields that have terms, in the dictionary's order: those with positions first."""
        return (*self.words, *(field.name for field in self.derived), *self.keys)

    def length_field(self, name: str) -> str | None:
        """Return the field whose lengths BM25 takes for this one; None for a field of keys."""
        if name in self.words:
            return name
        return next((field.source for field in self.derived if field.name == name), None)
