"""Terms on their way into a segment: numbered as they come, sorted at the end."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.segments.kernels.hashes import hash_spans, padded_length
from index.segments.kernels.terms import (
    KnownTerms,
    copy_terms,
    fill_slots,
    number_terms,
    sort_terms,
)

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]


class TermTable:
    """Numbers terms in the order in which they are first seen; grows as it needs to."""

    def __init__(self) -> None:
        self._slots = np.zeros(1 << 12, np.int32)
        self._blob = np.empty(1 << 15, np.uint8)
        self._ends = np.empty(1 << 11, np.int64)
        self._hashes = np.empty(1 << 11, np.uint64)
        self.count = 0

    def number(self, blob: Bytes, ends: Places, hashes: NDArray[np.uint64]) -> NDArray[np.uint32]:
        """Return the number of each term of a list; `hashes` are the same for the same term."""
        numbers = np.empty(len(ends), np.uint32)
        place = 0
        while True:
            known = KnownTerms(self._slots, self._blob, self._ends, self._hashes)
            self.count, place = number_terms(blob, ends, hashes, known, self.count, numbers, place)
            if place == len(ends):
                return numbers
            longest = int(ends[place] - (ends[place - 1] if place else 0))
            self._grow(longest)

    @property
    def blob(self) -> Bytes:
        """The bytes of all terms, end to end."""
        return self._blob[: int(self.ends[-1]) if self.count else 0]

    @property
    def ends(self) -> Places:
        """Where each term ends."""
        return self._ends[: self.count]

    @property
    def hashes(self) -> NDArray[np.uint64]:
        """The hash of each term."""
        return self._hashes[: self.count]

    def _grow(self, room: int) -> None:
        """Make room for a term of some bytes; half of the slots stay free."""
        if len(self.blob) + room > len(self._blob):
            self._blob = np.concatenate((self._blob, np.empty(len(self._blob) + room, np.uint8)))
        if self.count == len(self._ends):
            self._ends = np.concatenate((self._ends, np.empty_like(self._ends)))
            self._hashes = np.concatenate((self._hashes, np.empty_like(self._hashes)))
            self._slots = np.zeros(2 * len(self._slots), np.int32)
            fill_slots(self._slots, self._hashes, self.count)


@dataclass(frozen=True, slots=True)
class SortedTerms:
    """Distinct terms in the order of their bytes.

    Attributes:
        blob: the bytes.
        starts, ends: where each term begins and ends in them, in order.
    """

    blob: Bytes
    starts: Places
    ends: Places

    def texts(self) -> list[str]:
        """Return the terms as text; none of them may hold a line end."""
        lengths = self.ends - self.starts
        out = np.empty(int(lengths.sum()) + len(lengths), np.uint8)
        copy_terms(10, self.blob, self.starts, self.ends, out, np.empty_like(lengths), 0)
        return out.tobytes().decode("utf-8", "surrogatepass").split("\n")[1:]


def sorted_terms(tables: Sequence[TermTable]) -> tuple[SortedTerms, list[NDArray[np.uint32]]]:
    """Return the terms of all tables, and for each table the rank of each of its numbers."""
    joined = TermTable()
    numbers = [joined.number(table.blob, table.ends, table.hashes) for table in tables]
    ends = joined.ends
    starts = np.concatenate(([0], ends[:-1])) if len(ends) else ends
    order, spare = np.arange(len(ends)), np.empty(len(ends), np.int64)
    order = order if sort_terms(joined.blob, starts, ends, order, spare) else spare
    ranks = np.empty(len(order), np.uint32)
    ranks[order] = np.arange(len(order), dtype=np.uint32)
    return SortedTerms(joined.blob, starts[order], ends[order]), [ranks[each] for each in numbers]


def listed(terms: Sequence[bytes]) -> tuple[Bytes, Places, NDArray[np.uint64]]:
    """Return terms as a blob, where each ends, and their hashes."""
    blob = np.frombuffer(b"".join(terms), np.uint8)
    return hashed(blob, np.cumsum([len(term) for term in terms], dtype=np.int64))


def hashed(blob: Bytes, ends: Places) -> tuple[Bytes, Places, NDArray[np.uint64]]:
    """Return a blob of terms, where each ends, and their hashes."""
    hashes = np.empty(len(ends), np.uint64)
    padded = np.zeros(padded_length(len(blob)), np.uint8)
    padded[: len(blob)] = blob
    hash_spans(padded.view(np.uint64), ends, hashes)
    return blob, ends, hashes
