"""The terms of one field with their postings: from the term dictionary, or made from numbers.

A segment keeps a number in a column and has no terms for it. Whoosh's ranges look for terms, eight
for each number, in steps of four bits. They are made here from the column, when they are needed.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Literal, Protocol

import numpy as np

from index.arrays import Int32Array, Int64Array, Uint64Array
from index.segments import NO_NUMBER, Segment, TermField
from index.whoosh_codec.posting_matcher import PostingSlice, TermPostings
from index.whoosh_codec.sort_columns import has_any

NUMBER_BITS = 32
SHIFT_STEP = 4
"""The defaults of `whoosh.fields.NUMERIC(int)`, by which a number field is declared."""

_TERM_BYTES = 5  # the shift, and the number shifted by so many bits


class FieldTerms(Protocol):
    """The terms of a field in the order of their bytes; a term's rank is its number in it."""

    @property
    def count(self) -> int:
        """How many terms there are."""

    def find(self, term: bytes) -> int:
        """Return the rank of a term; -1 less that of the next where there is no such term."""

    def terms(self, first: int, last: int) -> Iterable[bytes]:
        """Return the terms from rank `first` to `last`, exclusive."""

    def doc_count(self, rank: int) -> int:
        """Return how many documents have a term, deleted ones included."""

    def postings(self, rank: int) -> PostingSlice:
        """Return a term's postings."""


class DictionaryTerms:
    """The terms of a field of the term dictionary."""

    def __init__(self, segment: Segment, field: TermField) -> None:
        self._segment, self._field = segment, field
        self.count = field.last - field.first

    def find(self, term: bytes) -> int:
        """Return the rank of a term; -1 less that of the next where there is no such term."""
        ordinal, first = self._segment.terms.ordinal(self._field.name, term), self._field.first
        return ordinal - first if ordinal >= 0 else ordinal + first

    def terms(self, first: int, last: int) -> Iterable[bytes]:
        """Return the terms from rank `first` to `last`, exclusive."""
        return self._segment.terms.read(self._field.first + first, self._field.first + last)

    def doc_count(self, rank: int) -> int:
        """Return how many documents have a term, deleted ones included."""
        return int(self._segment.doc_counts[self._field.first + rank])

    def postings(self, rank: int) -> PostingSlice:
        """Return a term's postings."""
        return TermPostings(self._segment, self._field, self._field.first + rank)


class NumberTerms:
    """The terms that `whoosh.fields.NUMERIC(int)` would have written for a column of numbers.

    Documents that are sorted by their numbers are also sorted by these numbers without their last
    bits, so that the documents of every term follow each other.
    """

    def __init__(self, values: Int32Array) -> None:
        self._values = values

    @property
    def count(self) -> int:
        """How many terms there are."""
        return len(self._keys)

    def find(self, term: bytes) -> int:
        """Return the rank of a term; -1 less that of the next where there is no such term."""
        key = np.uint64(int.from_bytes(term[:_TERM_BYTES].ljust(_TERM_BYTES, b"\0")))
        side: Literal["left", "right"] = "left" if len(term) <= _TERM_BYTES else "right"
        rank = int(np.searchsorted(self._keys, key, side))
        is_found = len(term) == _TERM_BYTES and rank < self.count and self._keys[rank] == key
        return rank if is_found else -1 - rank

    def terms(self, first: int, last: int) -> Iterator[bytes]:
        """Return the terms from rank `first` to `last`, exclusive."""
        return (key.to_bytes(_TERM_BYTES) for key in self._keys[first:last].tolist())

    def doc_count(self, rank: int) -> int:
        """Return how many documents have a term, deleted ones included."""
        start, stop = self._ranges[rank].tolist()
        return int(stop - start)

    def postings(self, rank: int) -> PostingSlice:
        """Return a term's postings."""
        start, stop = self._ranges[rank].tolist()
        return PostingSlice(np.sort(self._docs[start:stop]))

    @cached_property
    def _docs(self) -> Int64Array:
        """The documents that have a number, sorted by it."""
        order = np.argsort(self._values, kind="stable")
        return order[np.searchsorted(self._values, NO_NUMBER, side="right", sorter=order) :]

    @property
    def _keys(self) -> Uint64Array:
        return self._levels[0]

    @property
    def _ranges(self) -> Int64Array:
        return self._levels[1]

    @cached_property
    def _levels(self) -> tuple[Uint64Array, Int64Array]:
        """The terms of all steps as numbers, and where in `_docs` the documents of each are."""
        sortable = (self._values[self._docs].astype(np.int64) - int(NO_NUMBER)).astype(np.uint64)
        keys, ranges = [np.empty(0, np.uint64)], [np.empty((0, 2), np.int64)]
        for shift in range(0, NUMBER_BITS, SHIFT_STEP):
            prefixes, starts = np.unique(sortable >> np.uint64(shift), return_index=True)
            keys.append(prefixes | np.uint64(shift << NUMBER_BITS))
            bounds = [*starts.tolist(), len(sortable)]
            ranges.append(np.array(list(pairwise(bounds)), np.int64).reshape(-1, 2))
        return np.concatenate(keys), np.concatenate(ranges)


def terms_by_field(segment: Segment) -> Mapping[str, FieldTerms]:
    """Return every field that has terms, in the order of their names, as Whoosh expects them."""
    fields: dict[str, FieldTerms] = {
        field.name: DictionaryTerms(segment, field)
        for field in segment.fields.values()
        if field.last > field.first
    }
    for name in segment.number_names:
        values = segment.number(name)
        if has_any(values):
            fields[name] = NumberTerms(values)
    return dict(sorted(fields.items()))
