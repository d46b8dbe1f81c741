"""One spelling for what is one value: a tag, a person, an outlet, in the spelling met most often.

Tags are one tag whatever their case, spaces and number signs; people are one person whatever case
and dots their bylines have; outlets and sections differ in case alone.

>>> tags = commonest({"Pilkada 2024": 9, "#pilkada2024": 4, "beras": 1}, SPELLED[0])
>>> tags[tag_key("PILKADA 2024")]
'Pilkada 2024'
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from index.analysis.analyzer import fold
from index.document import Document

_NO_PART_OF_A_TAG = re.compile(r"[\s#_]+")
_NO_PART_OF_A_NAME = re.compile(r"[\W_]+")


def tag_key(tag: str) -> str:
    """Return what all spellings of a tag have in common."""
    return _NO_PART_OF_A_TAG.sub("", fold(tag)) or tag


def person_key(name: str) -> str:
    """Return what all spellings of a name have in common: its letters, in words."""
    return " ".join(_NO_PART_OF_A_NAME.split(fold(name))).strip() or name


def label_key(label: str) -> str:
    """Return what all spellings of an outlet or a section have in common."""
    return " ".join(fold(label).split()) or label


@dataclass(frozen=True, slots=True)
class Spelled:
    """A field whose values have one spelling.

    Attributes:
        name: the field of the document.
        key: from a value to what all its spellings have in common.
        facet: the facet in which an index has the values.
        is_name: whether a spelling with small and capital letters is preferred to a commoner one
            that has only one kind; newsrooms write tags as they like.
    """

    name: str
    key: Callable[[str], str]
    facet: str
    is_name: bool


SPELLED = (
    Spelled("tags", tag_key, "tag", is_name=False),
    Spelled("authors", person_key, "author", is_name=True),
    Spelled("editors", person_key, "author", is_name=True),
    Spelled("source", label_key, "source", is_name=True),
    Spelled("category", label_key, "category", is_name=True),
)
"""Every such field."""

Spellings = Mapping[str, Mapping[str, str]]
"""By field, from a value as it was met to its one spelling, where that is another."""


@dataclass(slots=True)
class SpellingCounts:
    """How often each value of each field was met, as it was spelled."""

    counts: dict[str, Counter[str]] = field(
        default_factory=lambda: {row.name: Counter() for row in SPELLED}
    )

    def add(self, document: Document) -> None:
        """Count the values of a document."""
        for name, counter in self.counts.items():
            counter.update(_values(document, name))

    def add_all(self, other: "SpellingCounts") -> None:
        """Count what was counted elsewhere."""
        for name, counter in self.counts.items():
            counter.update(other.counts[name])


def spellings_of(met: SpellingCounts, known: Mapping[str, Iterable[str]]) -> Spellings:
    """Return the spelling of every value that was met.

    Args:
        met: what was read.
        known: by facet, the spellings that an index has already; they stay.
    """
    found = {}
    for row in SPELLED:
        counts = met.counts[row.name]
        best = commonest(counts, row) | {
            row.key(value): value for value in known.get(row.facet, ())
        }
        spelled = ((value, best[row.key(value)]) for value in counts)
        found[row.name] = {value: spelling for value, spelling in spelled if spelling != value}
    return found


def commonest(counts: Mapping[str, int], row: Spelled) -> dict[str, str]:
    """Return the spelling of each key: the commonest, of equal ones the longest."""
    best: dict[str, str] = {}
    for value in sorted(
        counts, key=lambda v: (row.is_name and _is_plain(v), -counts[v], -len(v), v)
    ):
        best.setdefault(row.key(value), value)
    return best


def respelled(document: Document, spellings: Spellings) -> dict[str, Any]:
    """Return the fields of a document that change; each value stands once."""
    changed: dict[str, Any] = {}
    for row in SPELLED:
        table, before = spellings[row.name], _values(document, row.name)
        if any(value in table for value in before):
            after = tuple(dict.fromkeys(table.get(value, value) for value in before))
            is_list = isinstance(getattr(document, row.name), tuple)
            changed[row.name] = after if is_list else after[0]
    return changed


def _is_plain(value: str) -> bool:
    return value in {value.lower(), value.upper()}


def _values(document: Document, name: str) -> tuple[str, ...]:
    value = getattr(document, name)
    if isinstance(value, tuple):
        return value
    return (value,) if value else ()
