"""What a segment holds of a document: a table of fields, without a word about what they mean.

>>> layout = Layout(words=("body",), derived=(Derived("body_stem", "body"),), keys=("id",))
>>> layout.term_fields
('body', 'body_stem', 'id')
"""

from dataclasses import dataclass

SEGMENT_DOCS_MOST = 65_535
"""Documents of a segment: their numbers, and how many of them have a term, fit into 16 bits. Larger
archives are several segments, which is also how a build keeps to bounded memory."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A field of terms that follow from the terms of a field of words, such as their stems.

    It has frequencies and no positions, and the lengths of its words.
    """

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Order:
    """An order of all documents: by a number, then by a key that no two documents share.

    Documents without the number come last, whichever way the rest is ordered.
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
        derived: fields of terms that follow from those.
        keys: fields of one exact value.
        numbers: fields of one number of 32 bits.
        facets: fields of values to count; a value counts once a document.
        orders: how documents can be sorted; the first one decides between equal scores.
        stored: what the stored text of a document is called.
    """

    words: tuple[str, ...] = ()
    derived: tuple[Derived, ...] = ()
    keys: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    orders: tuple[Order, ...] = ()
    stored: str = "document"

    @property
    def term_fields(self) -> tuple[str, ...]:
        """Every field that has terms, in the dictionary's order: those with positions first."""
        return (*self.words, *(field.name for field in self.derived), *self.keys)

    def length_field(self, name: str) -> str | None:
        """Return the field whose lengths a field has; None for a key."""
        if name in self.words:
            return name
        return next((field.source for field in self.derived if field.name == name), None)
