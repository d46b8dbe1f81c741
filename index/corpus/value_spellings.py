"""One spelling per value: tags, people, outlets and sections in their commonest spelling.

Spellings of one value are those with the same key. A tag's key ignores case, blanks and number
signs before a word; a person's ignores case and dots; that of an outlet or a section case alone.

>>> tags = choose_commonest({"Pilkada 2024": 9, "#pilkada2024": 4, "beras": 1}, SPELLED_FIELDS[0])
>>> tags[tag_key("PILKADA 2024")]
'Pilkada 2024'
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from index.analysis import fold
from index.document import Document

_NO_PART_OF_A_TAG = re.compile(r"[\s_]+|(?<![^\W_])#+|#+(?=[^\W_])")
"""Blanks and number signs, but for one that ends a word: C# is not C."""
_NO_PART_OF_A_NAME = re.compile(r"[\W_]+")


def tag_key(tag: str) -> str:
    """Return the key of a tag: its folded characters without blanks and number signs."""
    return _NO_PART_OF_A_TAG.sub("", fold(tag)) or tag


def person_key(name: str) -> str:
    """Return the key of a person: the folded letters of the name, in words."""
    return " ".join(_NO_PART_OF_A_NAME.split(fold(name))).strip() or name


def label_key(label: str) -> str:
    """Return the key of an outlet or a section: its folded words."""
    return " ".join(fold(label).split()) or label


@dataclass(frozen=True, slots=True)
class SpelledField:
    """A field whose values get one spelling.

    Attributes:
        name: the field of the document.
        key: returns the key that all spellings of a value share.
        facet: the facet that holds its values in an index.
        is_name: whether a spelling in small and capital letters wins over a commoner one that has
            only one kind. It does for names; newsrooms write tags as they like.
    """

    name: str
    key: Callable[[str], str]
    facet: str
    is_name: bool


SPELLED_FIELDS = (
    SpelledField("tags", tag_key, "tag", is_name=False),
    SpelledField("authors", person_key, "author", is_name=True),
    SpelledField("editors", person_key, "author", is_name=True),
    SpelledField("source", label_key, "source", is_name=True),
    SpelledField("category", label_key, "category", is_name=True),
)
"""Every field whose values get one spelling."""

Spellings = Mapping[str, Mapping[str, str]]
"""By field, the chosen spelling of each value that was read in another one."""


@dataclass(slots=True)
class SpellingCounts:
    """How often each spelling was read, by field."""

    counts: dict[str, Counter[str]] = field(
        default_factory=lambda: {row.name: Counter() for row in SPELLED_FIELDS}
    )

    def add(self, document: Document) -> None:
        """Count the values of a document."""
        for name, counter in self.counts.items():
            counter.update(_values(document, name))

    def add_all(self, other: "SpellingCounts") -> None:
        """Add the counts of other documents."""
        for name, counter in self.counts.items():
            counter.update(other.counts[name])


def choose_spellings(read: SpellingCounts, known: Mapping[str, Iterable[str]]) -> Spellings:
    """Return the chosen spelling of every value that was read in another one.

    Args:
        read: the spellings that were read.
        known: by facet, the spellings that an index has already; they win.
    """
    chosen = {}
    for row in SPELLED_FIELDS:
        counts = read.counts[row.name]
        best = choose_commonest(counts, row) | {
            row.key(value): value for value in known.get(row.facet, ())
        }
        pairs = ((value, best[row.key(value)]) for value in counts)
        chosen[row.name] = {value: spelling for value, spelling in pairs if spelling != value}
    return chosen


def choose_commonest(counts: Mapping[str, int], row: SpelledField) -> dict[str, str]:
    """Return the commonest spelling of each key; of equally common ones, the longest."""
    best: dict[str, str] = {}
    for value in sorted(
        counts, key=lambda v: (row.is_name and _is_plain(v), -counts[v], -len(v), v)
    ):
        best.setdefault(row.key(value), value)
    return best


def apply_spellings(document: Document, spellings: Spellings) -> dict[str, Any]:
    """Return the fields of a document that change, with their new values, each once."""
    changed: dict[str, Any] = {}
    for row in SPELLED_FIELDS:
        table, before = spellings[row.name], _values(document, row.name)
        if any(value in table for value in before):
            after = tuple(dict.fromkeys(table.get(value, value) for value in before))
            is_list = isinstance(getattr(document, row.name), tuple)
            changed[row.name] = after if is_list else after[0]
    return changed


def _is_plain(value: str) -> bool:
    """Return whether a name is written in one kind of letters."""
    return value in {value.lower(), value.upper()}


def _values(document: Document, name: str) -> tuple[str, ...]:
    value = getattr(document, name)
    if isinstance(value, tuple):
        return value
    return (value,) if value else ()
