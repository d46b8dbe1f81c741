"""Normalize documents by the whole archive: one spelling per value, repeated lines cut.

A `Learner` is shown every document that was read. The `Normalization` it learns is then applied to
each of them, so it takes two passes over an archive.

>>> learner = Learner()
>>> article = Document(doc_id="a", title="Judul", body="Isi.", tags=("Beras", "beras", "Beras"))
>>> counts = SpellingCounts()
>>> counts.add(article)
>>> learner.see(counts, [])
>>> normalize(article, learner.learn())[0].tags
('Beras',)
"""

import dataclasses
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from index.corpus.repeated_lines import LastLines, LineCounts, cut_repeated_lines
from index.corpus.value_spellings import (
    SpellingCounts,
    Spellings,
    apply_spellings,
    choose_spellings,
)
from index.document import Document

NO_SPELLINGS: Mapping[str, Iterable[str]] = MappingProxyType({})


class Normalization(NamedTuple):
    """How articles are normalized: value spellings and repeated lines of a whole archive.

    Attributes:
        spellings: the one spelling of each tag, person, outlet and section.
        repeated_lines: hashes of the lines to cut; see `index.corpus.repeated_lines`.
    """

    spellings: Spellings
    repeated_lines: frozenset[int]


class Learner:
    """Learns from the documents of an archive, some at a time, how each is to be normalized."""

    def __init__(self) -> None:
        self._spellings, self._lines = SpellingCounts(), LineCounts()

    def see(self, spellings: SpellingCounts, last_lines: Iterable[LastLines]) -> None:
        """Count the spellings and the last lines of some documents."""
        self._spellings.add_all(spellings)
        for last in last_lines:
            self._lines.add(last)

    def learn(
        self,
        known: Mapping[str, Iterable[str]] = NO_SPELLINGS,
        repeated_lines: frozenset[int] | None = None,
    ) -> Normalization:
        """Return the normalization that follows from the documents.

        Args:
            known: by facet, the spellings that an index has already; they win.
            repeated_lines: the lines that an index cuts already; they replace what was learned,
                since an update sees too few documents to tell.
        """
        repeated = self._lines.repeated() if repeated_lines is None else repeated_lines
        return Normalization(choose_spellings(self._spellings, known), repeated)


def normalize(document: Document, normalization: Normalization) -> tuple[Document, int]:
    """Return a document with one spelling per value, and how many repeated lines were cut."""
    body, cut_count = cut_repeated_lines(document, normalization.repeated_lines)
    changes = apply_spellings(document, normalization.spellings)
    if cut_count:
        subheads = tuple(line for line in document.subheads if f"\n{line}\n" in f"\n{body}\n")
        changes |= {"body": body, "subheads": subheads}
    return (dataclasses.replace(document, **changes) if changes else document), cut_count
