"""Derived fields: the postings of a stem are those of the words that have it, added up.

A derived term that comes from one word only (most names and most rare words) has the postings of
that word: it is an alias, and nothing is written for it. That saves a third of all postings, and a
query for both the word and the stem reads them once.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from index.arrays import Int64Array
from index.segments.inverter import FieldPostings
from index.segments.kernels.postings import BLOCK_DOCS, FormSums, merge_forms
from index.segments.layout import Derived, Layout
from index.segments.segment_file import TermColumn
from index.segments.term_table import SortedTerms, TermTable, join_terms, sort_tables

Derive = Callable[[Sequence[str]], Sequence[str]]
"""From words to the derived term of each, which must depend on the word alone."""


def derive_columns(
    layout: Layout,
    columns: Mapping[str, TermColumn],
    derivations: Mapping[str, "Derivation"],
    doc_count: int,
) -> dict[str, TermColumn]:
    """Return the columns of all derived fields.

    Args:
        layout: the fields.
        columns: the columns of the fields of words; others are not looked at.
        derivations: by field of words.
        doc_count: how many documents the segment has.
    """
    return {
        row.name: derivations[row.source].derive(row, columns[row.source], doc_count)
        for row in layout.derived
    }


class Derivation:
    """The terms that are derived from a list of words."""

    def __init__(self, words: SortedTerms, derive: Derive) -> None:
        table = TermTable()
        texts = derive(words.texts()) if len(words.ends) else []
        numbers = table.number(*join_terms([t.encode("utf-8", "surrogatepass") for t in texts]))
        self._terms, (ranks,) = sort_tables([table])
        self._rank_by_word = ranks[numbers]

    def derive(self, row: Derived, source: TermColumn, doc_count: int) -> TermColumn:
        """Return the column of a derived field from that of its words."""
        words = source.postings
        derived = self._rank_by_word[words.ranks].astype(np.int64)
        forms = np.argsort(derived, kind="stable")
        form_counts = np.bincount(derived, minlength=len(self._terms.ends))
        ranks = np.flatnonzero(form_counts)
        bounds = np.concatenate(([0], np.cumsum(form_counts[ranks])))
        aliases = np.flatnonzero(form_counts[ranks] == 1)
        postings = _add_up(words, ranks, forms, bounds, doc_count)
        targets = forms[bounds[aliases]]
        return TermColumn(row.name, self._terms, postings, aliases, targets, row.source)


def _add_up(
    words: FieldPostings, ranks: Int64Array, forms: Int64Array, bounds: Int64Array, doc_count: int
) -> FieldPostings:
    """Return the postings of the derived terms that have several forms."""
    starts = np.concatenate(([0], np.cumsum(words.doc_counts)))
    docs, frequencies = np.empty(len(words.docs), np.uint16), np.empty(len(words.docs), np.uint32)
    doc_counts = np.empty(len(ranks), np.int64)
    block_count = -(-doc_count // BLOCK_DOCS)
    size = block_count * BLOCK_DOCS
    end = merge_forms(
        words.docs,
        words.frequencies,
        starts,
        forms,
        bounds,
        FormSums(
            np.zeros(size, np.uint32), np.zeros(block_count, np.uint8), np.empty(size, np.uint16)
        ),
        docs,
        frequencies,
        doc_counts,
    )
    return FieldPostings(ranks, doc_counts, docs[:end], frequencies[:end], frequencies[:0])
