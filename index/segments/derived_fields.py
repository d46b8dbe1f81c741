"""Fields derived from words: the postings of stems are those of the words that share them.

A derived term that comes from one word alone (most names, most rare words) has that word's
postings; it is an alias, and nothing is written for it. That spares a third of the postings, and a
query that looks for both walks them once.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.segments.inverter import FieldPostings
from index.segments.kernels.postings import BLOCK_DOCS, FormRoom, merge_forms
from index.segments.layout import Derived, Layout
from index.segments.segment_file import TermColumn
from index.segments.term_table import SortedTerms, TermTable, listed, sorted_terms

Places = NDArray[np.int64]


Derive = Callable[[Sequence[str]], Sequence[str]]
"""From words to the derived term of each; a pure function of the word."""


def derived_columns(
    layout: Layout,
    columns: Mapping[str, TermColumn],
    derivations: Mapping[str, "Derivation"],
    doc_count: int,
) -> dict[str, TermColumn]:
    """Return the columns of all derived fields, from those of their words.

    Args:
        layout: tells which they are.
        columns: at least those of the words.
        derivations: by field of words.
        doc_count: documents of the segment.
    """
    return {
        row.name: derivations[row.source].column(row, columns[row.source], doc_count)
        for row in layout.derived
    }


class Derivation:
    """The terms that are derived from a list of words."""

    def __init__(self, words: SortedTerms, derive: Derive) -> None:
        table = TermTable()
        texts = derive(words.texts()) if len(words.ends) else []
        numbers = table.number(*listed([t.encode("utf-8", "surrogatepass") for t in texts]))
        self._terms, (ranks,) = sorted_terms([table])
        self._rank_of_word = ranks[numbers]

    def column(self, row: Derived, source: TermColumn, doc_count: int) -> TermColumn:
        """Return the column of a derived field from that of its words."""
        words = source.postings
        derived = self._rank_of_word[words.ranks].astype(np.int64)
        forms = np.argsort(derived, kind="stable")
        form_counts = np.bincount(derived, minlength=len(self._terms.ends))
        ranks = np.flatnonzero(form_counts)
        bounds = np.concatenate(([0], np.cumsum(form_counts[ranks])))
        aliases = np.flatnonzero(form_counts[ranks] == 1)
        postings = _merged(words, ranks, forms, bounds, doc_count)
        targets = forms[bounds[aliases]]
        return TermColumn(row.name, self._terms, postings, aliases, targets, row.source)


def _merged(
    words: FieldPostings, ranks: Places, forms: Places, bounds: Places, doc_count: int
) -> FieldPostings:
    starts = np.concatenate(([0], np.cumsum(words.doc_counts)))
    docs, frequencies = np.empty(len(words.docs), np.uint16), np.empty(len(words.docs), np.uint32)
    doc_counts = np.empty(len(ranks), np.int64)
    end = merge_forms(
        words.docs,
        words.frequencies,
        starts,
        forms,
        bounds,
        _room(doc_count),
        docs,
        frequencies,
        doc_counts,
    )
    return FieldPostings(ranks, doc_counts, docs[:end], frequencies[:end], frequencies[:0])


def _room(doc_count: int) -> FormRoom:
    block_count = -(-doc_count // BLOCK_DOCS)
    size = block_count * BLOCK_DOCS
    return FormRoom(
        np.zeros(size, np.uint32), np.zeros(block_count, np.uint8), np.empty(size, np.uint16)
    )
