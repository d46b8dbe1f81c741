"""Terms before they are in a segment: numbered as they come, and sorted at the end."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays import Int64Array, Uint8Array, Uint32Array, Uint64Array
from index.segments.kernels.hashes import hash_spans, padded_length
from index.segments.kernels.terms import (
    KnownTerms,
    copy_terms,
    fill_slots,
    number_terms,
    sort_terms,
)

_LINE_END = 10


class TermTable:
    """Numbers terms in the order in which they are first seen; grows as it needs to."""

    def __init__(self) -> None:
        self._slots = np.zeros(1 << 12, np.int32)
        self._blob = np.empty(1 << 15, np.uint8)
        self._ends = np.empty(1 << 11, np.int64)
        self._hashes = np.empty(1 << 11, np.uint64)
        self.count = 0

    def number(self, blob: Uint8Array, ends: Int64Array, hashes: Uint64Array) -> Uint32Array:
        """Return the number of each term of a list; equal terms must have equal hashes."""
        numbers = np.empty(len(ends), np.uint32)
        term = 0
        while True:
            known = KnownTerms(self._slots, self._blob, self._ends, self._hashes)
            self.count, term = number_terms(blob, ends, hashes, known, self.count, numbers, term)
            if term == len(ends):
                return numbers
            self._grow(int(ends[term] - (ends[term - 1] if term else 0)))

    @property
    def blob(self) -> Uint8Array:
        """The bytes of all terms, end to end."""
        return self._blob[: int(self.ends[-1]) if self.count else 0]

    @property
    def ends(self) -> Int64Array:
        """Where each term ends."""
        return self._ends[: self.count]

    @property
    def hashes(self) -> Uint64Array:
        """The hash of each term."""
        return self._hashes[: self.count]

    def _grow(self, size: int) -> None:
        """Make space for one more term of some bytes; half of the slots stay free."""
        if len(self.blob) + size > len(self._blob):
            self._blob = np.concatenate((self._blob, np.empty(len(self._blob) + size, np.uint8)))
        if self.count == len(self._ends):
            self._ends = np.concatenate((self._ends, np.empty_like(self._ends)))
            self._hashes = np.concatenate((self._hashes, np.empty_like(self._hashes)))
            self._slots = np.zeros(2 * len(self._slots), np.int32)
            fill_slots(self._slots, self._hashes, self.count)


@dataclass(frozen=True, slots=True)
class SortedTerms:
    """Distinct terms in the order of their bytes; a term's rank is its number in this order.

    Attributes:
        blob: the bytes, in any order.
        starts: for each rank, where the term begins in them.
        ends: for each rank, where it ends.
    """

    blob: Uint8Array
    starts: Int64Array
    ends: Int64Array

    def texts(self) -> list[str]:
        """Return the terms as text; none of them may contain a line end."""
        joined, _ = copy_spans(_LINE_END, self.blob, self.starts, self.ends)
        return joined.tobytes().decode("utf-8", "surrogatepass").split("\n")[1:]


def sort_tables(tables: Sequence[TermTable]) -> tuple[SortedTerms, list[Uint32Array]]:
    """Return the terms of all tables, and for each table, the rank of each of its numbers."""
    joined = TermTable()
    numbers = [joined.number(table.blob, table.ends, table.hashes) for table in tables]
    ends = joined.ends
    starts = np.concatenate(([0], ends[:-1])) if len(ends) else ends
    order, spare = np.arange(len(ends)), np.empty(len(ends), np.int64)
    order = order if sort_terms(joined.blob, starts, ends, order, spare) else spare
    ranks = np.empty(len(order), np.uint32)
    ranks[order] = np.arange(len(order), dtype=np.uint32)
    return SortedTerms(joined.blob, starts[order], ends[order]), [ranks[each] for each in numbers]


def copy_spans(
    separator: int, blob: Uint8Array, starts: Int64Array, ends: Int64Array
) -> tuple[Uint8Array, Int64Array]:
    """Return spans of a blob end to end, each behind a separator, and where each of them ends."""
    out = np.empty(int((ends - starts).sum()) + len(ends), np.uint8)
    out_ends = np.empty(len(ends), np.int64)
    copy_terms(separator, blob, starts, ends, out, out_ends, 0)
    return out, out_ends


def join_terms(terms: Sequence[bytes]) -> tuple[Uint8Array, Int64Array, Uint64Array]:
    """Return terms as `TermTable.number` takes them: end to end, where each ends, and hashes."""
    blob = np.frombuffer(b"".join(terms), np.uint8)
    ends = np.cumsum([len(term) for term in terms], dtype=np.int64)
    return blob, ends, hash_terms(blob, ends)


def hash_terms(blob: Uint8Array, ends: Int64Array) -> Uint64Array:
    """Return the hash of each of some terms that stand end to end."""
    hashes = np.empty(len(ends), np.uint64)
    padded = np.zeros(padded_length(len(blob)), np.uint8)
    padded[: len(blob)] = blob
    hash_spans(padded.view(np.uint64), ends, hashes)
    return hashes
