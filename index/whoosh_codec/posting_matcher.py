"""Whoosh's matcher of a term: it moves through the postings, a document at a time, in Python.

It is on one document and moves to the next one, or to the first one from some number on. Other
programs search by it; Kliping's own requests read whole arrays (`search.execution`).
"""

import math
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.formats import Positions
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo
from whoosh.system import pack_uint

from index.segments import Segment, TermField, length_table
from index.segments.kernels.postings import FREQUENCY_MOST

FREQUENCIES = frozenset({"frequency", "weight"})
POSITIONS = frozenset({"positions", "position_boosts"})
"""Whoosh's names of the values that a posting can have."""


class PostingSlice:
    """The postings of a term that each document has once, such as a number.

    Attributes:
        docs: the documents that have it, in order.
        has_positions: whether its positions are known.
    """

    has_positions = False

    def __init__(self, docs: NDArray[Any]) -> None:
        self.docs = docs

    def frequency(self, number: int) -> int:
        """Return the frequency of one of the postings."""
        del number
        return 1

    def positions(self, number: int) -> list[int]:
        """Return the positions of one of the postings."""
        del number
        return []

    def term_info(self) -> TermInfo:
        """Return the term's statistics: a new object, since Whoosh changes what it gets."""
        count = len(self.docs)
        return TermInfo(count, count, 0, 0, 1, int(self.docs[0]), int(self.docs[-1]))


class TermPostings(PostingSlice):
    """The postings of a term of the term dictionary."""

    def __init__(self, segment: Segment, field: TermField, ordinal: int) -> None:
        self._segment = segment
        self._row = field.length_row
        self._start, self._stop = segment.posting_range(ordinal)
        self.has_positions = field.has_positions
        super().__init__(segment.docs[self._start : self._stop])

    def frequency(self, number: int) -> int:
        """Return the frequency of one of the postings."""
        return self._segment.frequency(self._start + number)

    def positions(self, number: int) -> list[int]:
        """Return the positions of one of the postings."""
        return self._segment.positions_of(self._start + number)

    def term_info(self) -> TermInfo:
        """Return the term's statistics: a new object, since Whoosh changes what it gets."""
        token_count, most = self._frequencies()
        shortest, longest = self._lengths()
        first, last = int(self.docs[0]), int(self.docs[-1])
        return TermInfo(token_count, len(self.docs), shortest, longest, most, first, last)

    def _frequencies(self) -> tuple[int, int]:
        """Return the sum of the frequencies and the greatest."""
        packed = self._segment.frequencies[self._start : self._stop]
        first, last = np.searchsorted(self._segment.large, (self._start, self._stop))
        large = self._segment.large_values[first:last]
        total = int(packed.sum(dtype=np.int64)) - FREQUENCY_MOST * len(large)
        return total + int(large.sum(dtype=np.int64)), int(large.max(initial=int(packed.max())))

    def _lengths(self) -> tuple[int, int]:
        """Return the lengths of the shortest and the longest document, as they are scored."""
        if self._row < 0:
            return 0, 0
        norms = self._segment.lengths[self._row][self.docs]
        table = length_table()  # in order, so the least byte is the least length
        return int(table[norms.min()]), int(table[norms.max()])


class PostingMatcher(LeafMatcher):
    """Moves through postings; for Whoosh's pruning, all of them are one block.

    The document numbers are read through a view of the mapped bytes, which gives plain Python
    numbers, as Whoosh adds and compares them, without a copy.
    """

    def __init__(
        self,
        term: tuple[str, bytes],
        postings: PostingSlice,
        format_: Any,
        scorer: Any = None,
        number: int = 0,
    ) -> None:
        self.format, self.scorer = format_, scorer  # Whoosh's own methods read them
        self._term = term
        self._postings = postings
        self._docs = postings.docs.data
        self._count = len(self._docs)
        self._number = number
        self._info: TermInfo | None = None

    def is_active(self) -> bool:
        """Return whether there is a document left."""
        return self._number < self._count

    def id(self) -> int:
        """Return the document's number; after the last document, that of the last."""
        try:
            return self._docs[self._number]
        except IndexError:  # Whoosh's `AndNot` asks there, and Whoosh's own lists answer
            return self._docs[-1]

    def all_ids(self) -> Iterator[int]:
        """Return the numbers of this document and all that follow, without moving."""
        return iter(self._docs[self._number :].tolist())

    def next(self) -> bool:  # type: ignore[override]  # as Whoosh's own matchers of terms
        """Move to the next document; return whether a block ended, that is, all postings."""
        if self._number >= self._count:
            raise ReadTooFar
        self._number += 1
        return self._number == self._count

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's name for it
        """Move to the first document from a number on; never back."""
        if self._number >= self._count:
            raise ReadTooFar
        self._number = bisect_left(self._docs, id, self._number)

    def reset(self) -> None:
        """Move back to the first document."""
        self._number = 0

    def copy(self) -> "PostingMatcher":
        """Return a matcher that is on the same document and moves on its own."""
        return PostingMatcher(self._term, self._postings, self.format, self.scorer, self._number)

    def weight(self) -> float:
        """Return the frequency of the term in the document."""
        return float(self._postings.frequency(self._number))

    def supports(self, astype: str) -> bool:
        """Return whether a posting has this value: frequencies always, positions of words."""
        if astype in FREQUENCIES:
            return True
        return astype in POSITIONS and self._postings.has_positions

    def value(self) -> bytes:
        """Return the posting as the field's format writes it."""
        if self._postings.has_positions:
            encoded: bytes = Positions().encode(self._postings.positions(self._number))
            return encoded
        if self.format.posting_size:
            return pack_uint(self._postings.frequency(self._number))
        return b""

    def value_as(self, astype: str) -> Any:
        """Return a value of the posting, which need not be written and decoded for it."""
        if astype not in FREQUENCIES and not self.supports(astype):
            return super().value_as(astype)  # type: ignore[no-untyped-call]  # says what is missing
        if astype == "frequency":
            return self._postings.frequency(self._number)
        if astype == "weight":
            return self.weight()
        positions = self._postings.positions(self._number)
        return positions if astype == "positions" else [(position, 1) for position in positions]

    def skip_to_quality(self, minquality: float) -> int:
        """Skip the block, that is, all that is left, unless it may score more than this."""
        quality = self.scorer.block_quality(self) if self.is_active() else math.inf
        if quality > minquality:
            return 0
        self._number = self._count
        return 1

    def block_min_id(self) -> int:
        """Return the number of the first document."""
        return self._docs[0]

    def block_max_id(self) -> int:
        """Return the number of the last document."""
        return self._docs[-1]

    def block_min_length(self) -> int:
        """Return the length of the shortest document."""
        return self._statistics.min_length() or 0

    def block_max_length(self) -> int:
        """Return the length of the longest document."""
        return self._statistics.max_length()

    def block_max_weight(self) -> float:
        """Return the greatest frequency of the term in a document."""
        return self._statistics.max_weight()

    @property
    def _statistics(self) -> TermInfo:
        if self._info is None:
            self._info = self._postings.term_info()
        return self._info
