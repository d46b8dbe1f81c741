"""The term dictionary of a segment: the sorted terms of all its fields, to find, read and search.

A key of the dictionary is the number of the field, one byte, and the term in UTF-8. So the terms of
a field follow each other, in the order of their bytes, which is that of their code points. The
ordinal of a term is its number in this order, among the terms of all fields.
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
"""Bytes and terms that one call of a kernel writes: so many that the call itself costs little."""

_UNKNOWN_FIELD = 255
_BEHIND_ALL = b"\xff"
"""A byte above all bytes of UTF-8."""


@dataclass(frozen=True, slots=True)
class TermField:
    """A field of the dictionary.

    Attributes:
        name: the field.
        number: the first byte of its keys.
        first: the ordinal of its first term.
        last: the ordinal after its last term.
        length_row: the row of its lengths; -1 if it has none.
        doc_count: how many documents have the field.
        token_count: how many tokens all of them have.
        length_least: how many tokens the shortest of them has.
        length_most: how many tokens the longest has.
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
    """Finds ordinals by terms, and terms by ordinals or by a near word; shared by all threads."""

    def __init__(
        self, arrays: Mapping[str, NDArray[Any]], fields: Mapping[str, TermField], longest: int
    ) -> None:
        """Use the arrays of a segment; `longest` is how many bytes its longest key has."""
        self._data, self._blocks = arrays["terms.data"], arrays["terms.blocks"]
        self._count = len(arrays["terms.doc_counts"])
        self._fields = fields
        self._longest = longest

    def __len__(self) -> int:
        return self._count

    def find(self, terms: Sequence[tuple[str, bytes]]) -> Int64Array:
        """Return the ordinal of each term (field, bytes).

        Where there is no such term, it is -1 less the ordinal of the next term. A field that the
        segment does not have is behind all others.
        """
        keys = [self._key(*term) for term in terms]
        # For the few terms of a query, this takes a quarter of the time of NumPy's cumsum.
        ends = np.array([*accumulate(map(len, keys))], np.int64)
        ordinals = np.empty(len(keys), np.int64)
        blob = np.frombuffer(b"".join(keys), np.uint8)
        find_terms(self._packed, self._count, self._key_buffer(), blob, ends, ordinals)
        return ordinals

    def ordinal(self, field: str, term: bytes) -> int:
        """Return the ordinal of one term, as `find` does."""
        return int(self.find([(field, term)])[0])

    def term(self, ordinal: int) -> bytes:
        """Return the term of an ordinal, without its field."""
        return next(self.read(ordinal, ordinal + 1))

    def read(self, first: int, last: int) -> Iterator[bytes]:
        """Yield the terms from ordinal `first` to `last`, exclusive, without their fields."""
        for keys in self._keys(first, last):
            yield from (key[1:] for key in keys)

    def keys(self) -> tuple[Uint8Array, Int64Array]:
        """Return all keys end to end, and where each ends."""
        keys = [key for part in self._keys(0, self._count) for key in part]
        blob = np.frombuffer(b"".join(keys), np.uint8)
        return blob, np.cumsum([len(key) for key in keys], dtype=np.int64)

    def words_within(self, field: str, word: str, distance: int) -> list[str]:
        """Return a field's terms within an edit distance of a word, in order (fuzzy search).

        An edit inserts, deletes or replaces one character (Levenshtein). The first character must
        be the same: few people misspell it, and so only a part of the dictionary is read.

        Args:
            field: the field; one that the segment does not have has no terms.
            word: a folded word; an empty one is near nothing.
            distance: the greatest number of edits.
        """
        if not word or len(word) > self._longest + distance:
            return []
        start = word[0].encode("utf-8", "surrogatepass")
        bounds = self.find([(field, start), (field, start + _BEHIND_ALL)]).tolist()
        first, last = (bound if bound >= 0 else -1 - bound for bound in bounds)
        table = _distance_table(word, distance, self._longest)
        out = np.empty(max(READ_BYTES, self._longest), np.uint8)
        ends = np.empty(READ_TERMS, np.int64)
        words: list[str] = []
        while first < last:
            count, first = find_near_terms(
                self._packed, first, last, table, self._key_buffer(), out, ends
            )
            words += [term.decode("utf-8", "surrogatepass") for term in _cut(out, ends[:count])]
        return words

    def _keys(self, first: int, last: int) -> Iterator[list[bytes]]:
        """Yield the keys from ordinal `first` to `last`, exclusive, some thousands at a time."""
        size = min(READ_BYTES, (last - first) * self._longest)
        out = np.empty(max(size, self._longest), np.uint8)
        while first < last:
            ends = np.empty(min(last - first, READ_TERMS), np.int64)
            count = unpack_terms(self._packed, first, self._key_buffer(), out, ends)
            yield _cut(out, ends[:count])
            first += count

    def _key(self, field: str, term: bytes) -> bytes:
        row = self._fields.get(field)
        return bytes([row.number if row else _UNKNOWN_FIELD]) + term

    def _key_buffer(self) -> Uint8Array:
        """Return an array as long as the longest key."""
        return np.empty(self._longest, np.uint8)

    @cached_property
    def _packed(self) -> PackedTerms:
        heads = np.empty(len(self._blocks), np.uint64)
        read_heads(self._data, self._blocks, heads)
        return PackedTerms(self._data, self._blocks, heads)


def _distance_table(word: str, limit: int, longest: int) -> DistanceTable:
    """Return a Levenshtein table of a word; its first row has the distances to an empty text."""
    codes = np.frombuffer(word.encode("utf-32-le", "surrogatepass"), np.uint32)
    rows = np.empty((longest + 1, len(codes) + 1), np.uint8)
    rows[0] = np.minimum(np.arange(len(codes) + 1), limit + 1)
    return DistanceTable(codes, limit, rows, np.zeros(longest + 1, np.int64))


def _cut(blob: Uint8Array, ends: Int64Array) -> list[bytes]:
    """Split a blob of concatenated terms at their ends."""
    bounds = [0, *ends.tolist()]
    text = blob[: bounds[-1]].tobytes()
    return [text[start:end] for start, end in pairwise(bounds)]
