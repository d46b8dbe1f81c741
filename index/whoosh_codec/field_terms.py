"""The terms of one field in order, each with its postings: from the dictionary, or from numbers.

A segment keeps a number as a column and not as terms. Whoosh's ranges look for terms, eight for
each number, at precisions of four bits: these are worked out here from the column, when they are
asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from index.segments import NO_NUMBER, Segment, TermField
from index.whoosh_codec.posting_matcher import Postings, TermPostings
from index.whoosh_codec.sort_columns import has_any

NUMBER_BITS = 32
SHIFT_STEP = 4
"""What `whoosh.fields.NUMERIC(int)` has unless told otherwise; a number field is declared so."""

_TERM_BYTES = 5  # the shift, and the number without its last so many bits


class FieldTerms(Protocol):
    """Some terms in the order of their bytes; a term's place is how many come before it."""

    @property
    def count(self) -> int:
        """How many terms there are."""

    def find(self, term: bytes) -> int:
        """Return the place of a term; -1 less that of the next where there is none."""

    def terms(self, first: int, last: int) -> Iterable[bytes]:
        """Return the terms of some places, the last one excluded."""

    def doc_count(self, place: int) -> int:
        """Return how many documents have a term, deleted ones included."""

    def postings(self, place: int) -> Postings:
        """Return a term's postings."""


class DictionaryTerms:
    """The terms of a field of the dictionary."""

    def __init__(self, segment: Segment, field: TermField) -> None:
        self._segment, self._field = segment, field
        self.count = field.last - field.first

    def find(self, term: bytes) -> int:
        """Return the place of a term; -1 less that of the next where there is none."""
        ordinal, first = self._segment.terms.ordinal(self._field.name, term), self._field.first
        return ordinal - first if ordinal >= 0 else ordinal + first

    def terms(self, first: int, last: int) -> Iterable[bytes]:
        """Return the terms of some places, the last one excluded."""
        return self._segment.terms.read(self._field.first + first, self._field.first + last)

    def doc_count(self, place: int) -> int:
        """Return how many documents have a term, deleted ones included."""
        return int(self._segment.doc_counts[self._field.first + place])

    def postings(self, place: int) -> Postings:
        """Return a term's postings."""
        return TermPostings(self._segment, self._field, self._field.first + place)


class NumberTerms:
    """The terms that `whoosh.fields.NUMERIC(int)` would have written for a column of numbers.

    Documents in the order of their numbers are in the order of these numbers' beginnings too, so
    every term's documents stand side by side.
    """

    def __init__(self, values: NDArray[np.int32]) -> None:
        self._values = values

    @property
    def count(self) -> int:
        """How many terms there are."""
        return len(self._keys)

    def find(self, term: bytes) -> int:
        """Return the place of a term; -1 less that of the next where there is none."""
        key = np.uint64(int.from_bytes(term[:_TERM_BYTES].ljust(_TERM_BYTES, b"\0")))
        side: Literal["left", "right"] = "left" if len(term) <= _TERM_BYTES else "right"
        place = int(np.searchsorted(self._keys, key, side))
        is_found = len(term) == _TERM_BYTES and place < self.count and self._keys[place] == key
        return place if is_found else -1 - place

    def terms(self, first: int, last: int) -> Iterator[bytes]:
        """Return the terms of some places, the last one excluded."""
        return (key.to_bytes(_TERM_BYTES) for key in self._keys[first:last].tolist())

    def doc_count(self, place: int) -> int:
        """Return how many documents have a term, deleted ones included."""
        start, stop = self._ranges[place].tolist()
        return int(stop - start)

    def postings(self, place: int) -> Postings:
        """Return a term's postings."""
        start, stop = self._ranges[place].tolist()
        return Postings(np.sort(self._docs[start:stop]))

    @cached_property
    def _docs(self) -> NDArray[np.int64]:
        """The documents that have a number, in the order of these."""
        order = np.argsort(self._values, kind="stable")
        return order[np.searchsorted(self._values, NO_NUMBER, side="right", sorter=order) :]

    @property
    def _keys(self) -> NDArray[np.uint64]:
        return self._levels[0]

    @property
    def _ranges(self) -> NDArray[np.int64]:
        return self._levels[1]

    @cached_property
    def _levels(self) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """The terms of all precisions as numbers, and where the documents of each are."""
        sortable = (self._values[self._docs].astype(np.int64) - int(NO_NUMBER)).astype(np.uint64)
        keys, ranges = [np.empty(0, np.uint64)], [np.empty((0, 2), np.int64)]
        for shift in range(0, NUMBER_BITS, SHIFT_STEP):
            found, starts = np.unique(sortable >> np.uint64(shift), return_index=True)
            keys.append(found | np.uint64(shift << NUMBER_BITS))
            bounds = [*starts.tolist(), len(sortable)]
            ranges.append(np.array(list(pairwise(bounds)), np.int64).reshape(-1, 2))
        return np.concatenate(keys), np.concatenate(ranges)


def terms_by_field(segment: Segment) -> Mapping[str, FieldTerms]:
    """Return every field that has terms, in the order of the names, as Whoosh has them."""
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
