"""What is changed in a document because of all the others: spellings, and lines that repeat.

First every part that was read is shown to a `Learner`; what it has learned is then applied to each
document.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from index.corpus.repeated_lines import LineCounts, cut_repeated
from index.corpus.value_spellings import SpellingCounts, Spellings, respelled, spellings_of
from index.document import Document
from index.indexer.work_units import Part


class Learned(NamedTuple):
    """What is known of a whole archive.

    Attributes:
        spellings: the one spelling of each tag, person, outlet and section.
        repeated: hashes of lines that are cut; see `index.corpus.repeated_lines`.
    """

    spellings: Spellings
    repeated: frozenset[int]


class Learner:
    """Sees the documents of an archive, part by part."""

    def __init__(self) -> None:
        self._spellings, self._lines = SpellingCounts(), LineCounts()

    def see(self, part: Part) -> None:
        """Take note of what was read."""
        self._spellings.add_all(part.spellings)
        for last in part.last_lines:
            self._lines.add(last)

    def learned(self) -> Learned:
        """Return what an archive that was seen as a whole has taught."""
        return Learned(spellings_of(self._spellings, {}), self._lines.repeated())

    def learned_beside(
        self, spellings: Mapping[str, Iterable[str]], repeated: frozenset[int]
    ) -> Learned:
        """Return what an index knows already, and the spellings of what is new to it.

        Args:
            spellings: by facet, those that the index has.
            repeated: the lines that were cut when it was built.
        """
        return Learned(spellings_of(self._spellings, spellings), repeated)


def tidied(document: Document, learned: Learned) -> tuple[Document, int]:
    """Return a document as it is to be indexed, and how many of its lines were cut."""
    body, cut_count = cut_repeated(document, learned.repeated)
    changes = respelled(document, learned.spellings)
    if cut_count:
        subheads = tuple(line for line in document.subheads if f"\n{line}\n" in f"\n{body}\n")
        changes |= {"body": body, "subheads": subheads}
    return (dataclasses.replace(document, **changes) if changes else document), cut_count
