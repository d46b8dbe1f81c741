"""The term dictionary of a segment: the sorted terms of all its fields, read and searched.

A key of the dictionary is the number of the field, one byte, and the term in UTF-8; so the terms of
a field stand side by side, in the order of their bytes, which is that of their code points. A
term's ordinal is the number of keys before its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Int64Array, Uint8Array
from index.segments.kernels.dictionary import PackedTerms, find_terms, read_heads, unpack_terms
from index.segments.kernels.near_terms import DistanceTable, find_near_terms

READ_BYTES, READ_TERMS = 1 << 16, 1 << 12
"""Terms that are unpacked by one call, and their bytes: many enough to make the call cheap."""

_UNKNOWN_FIELD = 255
_BEHIND_ALL = b"\xff"
"""No UTF-8 has this byte, and all bytes that it has come before it."""


@dataclass(frozen=True, slots=True)
class TermField:
    """A field of the dictionary.

    Attributes:
        name: the field.
        number: the first byte of its keys.
        first, last: ordinals of its terms, the last one excluded.
        length_row: its row of lengths; -1 where it has none.
        doc_count: documents that have the field.
        token_count: tokens in all documents.
        length_least, length_most: lengths of the shortest and longest, in tokens.
        has_positions: whether its postings have positions.
    """

    name: str
    number: int
    first: int
    last: int
    length_row: int
    doc_count: int
    token_count: int
    length_least: int
    length_most: int
    has_positions: bool


class TermDictionary:
    """Finds terms by their text, and texts by their ordinals; shared by all threads."""

    def __init__(
        self, arrays: Mapping[str, NDArray[Any]], fields: Mapping[str, TermField], longest: int
    ) -> None:
        """Take the arrays of a segment; `longest` is how many bytes its longest key has."""
        self._data, self._blocks = arrays["terms.data"], arrays["terms.blocks"]
        self._count = len(arrays["terms.doc_counts"])
        self._fields = fields
        self._longest = longest

    def __len__(self) -> int:
        return self._count

    def find(self, terms: Sequence[tuple[str, bytes]]) -> Int64Array:
        """Return the ordinal of each term (field, bytes); -1 less that of the next where it is not.

        A field that the segment does not have stands behind all others.
        """
        keys = [self._key(*term) for term in terms]
        # For the few terms of a query, this takes a quarter of the time of a sum of an array.
        ends = np.array([*accumulate(map(len, keys))], np.int64)
        ordinals = np.empty(len(keys), np.int64)
        blob = np.frombuffer(b"".join(keys), np.uint8)
        find_terms(self._packed, self._count, self._room(), blob, ends, ordinals)
        return ordinals

    def ordinal(self, field: str, term: bytes) -> int:
        """Return the ordinal of one term, as `find` does."""
        return int(self.find([(field, term)])[0])

    def term(self, ordinal: int) -> bytes:
        """Return the term of an ordinal, without its field."""
        return next(self.read(ordinal, ordinal + 1))

    def read(self, first: int, last: int) -> Iterator[bytes]:
        """Yield the terms of ordinals in order, without their fields; the last one is excluded."""
        for keys in self._keys(first, last):
            yield from (key[1:] for key in keys)

    def keys(self) -> tuple[Uint8Array, Int64Array]:
        """Return all keys end to end, and where each ends."""
        keys = [key for part in self._keys(0, self._count) for key in part]
        blob = np.frombuffer(b"".join(keys), np.uint8)
        return blob, np.cumsum([len(key) for key in keys], dtype=np.int64)

    def words_within(
        self, field: str, word: str, distance: int, *, transpositions: bool = False
    ) -> list[str]:
        """Return a field's terms within an edit distance of a word, in order (fuzzy search).

        An edit inserts, deletes or replaces one character. The first character must be the same:
        few misspell it, and only a part of the dictionary is looked at.

        Args:
            field: the field; one that the segment does not have has no terms.
            word: a folded word; an empty one is near nothing.
            distance: the greatest number of edits.
            transpositions: whether two neighbouring characters that change places are one edit,
                and not two.
        """
        start = word[:1].encode("utf-8", "surrogatepass")
        bounds = self.find([(field, start), (field, start + _BEHIND_ALL)]) if word else (0, 0)
        first, last = (int(each) if each >= 0 else -1 - int(each) for each in bounds)
        table = _distance_table(word, distance, self._longest, transpositions=transpositions)
        out = np.empty(max(READ_BYTES, self._longest), np.uint8)
        ends = np.empty(READ_TERMS, np.int64)
        found: list[str] = []
        while first < last:
            count, first = find_near_terms(
                self._packed, first, last, table, self._room(), out, ends
            )
            found += [term.decode("utf-8", "surrogatepass") for term in _cut(out, ends[:count])]
        return found

    def _keys(self, first: int, last: int) -> Iterator[list[bytes]]:
        """Yield the keys of ordinals in order, some thousands at a time."""
        size = min(READ_BYTES, (last - first) * self._longest)
        out = np.empty(max(size, self._longest), np.uint8)
        while first < last:
            ends = np.empty(min(last - first, READ_TERMS), np.int64)
            count = unpack_terms(self._packed, first, self._room(), out, ends)
            yield _cut(out, ends[:count])
            first += count

    def _key(self, field: str, term: bytes) -> bytes:
        row = self._fields.get(field)
        return bytes([row.number if row else _UNKNOWN_FIELD]) + term

    def _room(self) -> Uint8Array:
        """Return room for the longest key."""
        return np.empty(self._longest, np.uint8)

    @cached_property
    def _packed(self) -> PackedTerms:
        heads = np.empty(len(self._blocks), np.uint64)
        read_heads(self._data, self._blocks, heads)
        return PackedTerms(self._data, self._blocks, heads)


def _distance_table(word: str, limit: int, longest: int, *, transpositions: bool) -> DistanceTable:
    """Return a table with its first row: from nothing to each beginning of the word."""
    codes = np.frombuffer(word.encode("utf-32-le", "surrogatepass"), np.uint32)
    rows = np.empty((longest + 1, len(codes) + 1), np.uint8)
    rows[0] = np.minimum(np.arange(len(codes) + 1), limit + 1)
    room, counts = np.empty(longest, np.uint32), np.zeros(longest + 1, np.int64)
    return DistanceTable(codes, limit, transpositions, rows, room, counts)


def _cut(blob: Uint8Array, ends: Int64Array) -> list[bytes]:
    """Return the texts that stand end to end."""
    bounds = [0, *ends.tolist()]
    text = blob[: bounds[-1]].tobytes()
    return [text[start:end] for start, end in pairwise(bounds)]
