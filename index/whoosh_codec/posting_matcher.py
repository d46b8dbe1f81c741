"""Whoosh's way through the documents of a term: postings, and a matcher over them.

A matcher stands on one document and moves to the next, or to the first from some number on. The
queries that `search.execution.evaluator` does not know run on these, a document at a time, in
Python.
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

COUNTS = frozenset({"frequency", "weight"})
PLACES = frozenset({"positions", "position_boosts"})
"""What Whoosh may ask of a posting, by the names it has for it."""


class Postings:
    """The documents of a term that stands in each of them once, such as a number.

    Attributes:
        docs: their numbers, in order.
        has_positions: whether it is known where in a document the term stands.
    """

    has_positions = False

    def __init__(self, docs: NDArray[Any]) -> None:
        self.docs = docs

    def frequency(self, place: int) -> int:
        """Return how often the term stands in the document at a place of the list."""
        del place
        return 1

    def positions(self, place: int) -> list[int]:
        """Return where the term stands in the document at a place of the list."""
        del place
        return []

    def term_info(self) -> TermInfo:
        """Return the term's statistics: a new object, since Whoosh changes what it gets."""
        count = len(self.docs)
        return TermInfo(count, count, 0, 0, 1, int(self.docs[0]), int(self.docs[-1]))


class TermPostings(Postings):
    """The postings of a term of the dictionary."""

    def __init__(self, segment: Segment, field: TermField, ordinal: int) -> None:
        self._segment = segment
        self._row = field.length_row
        self._start, self._stop = segment.posting_range(ordinal)
        self.has_positions = field.has_positions
        super().__init__(segment.docs[self._start : self._stop])

    def frequency(self, place: int) -> int:
        """Return how often the term stands in the document at a place of the list."""
        return self._segment.frequency(self._start + place)

    def positions(self, place: int) -> list[int]:
        """Return where the term stands in the document at a place of the list."""
        return self._segment.positions_of(self._start + place)

    def term_info(self) -> TermInfo:
        """Return the term's statistics: a new object, since Whoosh changes what it gets."""
        token_count, most = self._frequencies()
        shortest, longest = self._lengths()
        first, last = int(self.docs[0]), int(self.docs[-1])
        return TermInfo(token_count, len(self.docs), shortest, longest, most, first, last)

    @property
    def _large(self) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        return self._segment.large, self._segment.large_values

    def _frequencies(self) -> tuple[int, int]:
        """Return the sum of the frequencies and the greatest."""
        bytes_ = self._segment.frequencies[self._start : self._stop]
        places, values = self._large
        first, last = np.searchsorted(places, (self._start, self._stop))
        large = values[first:last]
        total = int(bytes_.sum(dtype=np.int64)) - FREQUENCY_MOST * len(large)
        return total + int(large.sum(dtype=np.int64)), int(large.max(initial=int(bytes_.max())))

    def _lengths(self) -> tuple[int, int]:
        """Return the lengths of the shortest and the longest document, as they are scored."""
        if self._row < 0:
            return 0, 0
        held = self._segment.lengths[self._row][self.docs]
        table = length_table()  # in order, so the least byte is the least length
        return int(table[held.min()]), int(table[held.max()])


class PostingMatcher(LeafMatcher):
    """Moves through postings; all of them are one block to Whoosh's pruning.

    A view of the mapped bytes gives plain numbers, which Whoosh adds and compares, without a copy.
    """

    def __init__(
        self,
        term: tuple[str, bytes],
        postings: Postings,
        format_: Any,
        scorer: Any = None,
        place: int = 0,
    ) -> None:
        self.format, self.scorer = format_, scorer  # where Whoosh looks for them
        self._term = term
        self._postings = postings
        self._docs = postings.docs.data
        self._count = len(self._docs)
        self._place = place
        self._info: TermInfo | None = None

    def is_active(self) -> bool:
        """Return whether there is a document to stand on."""
        return self._place < self._count

    def id(self) -> int:
        """Return the document's number."""
        return self._docs[self._place]

    def all_ids(self) -> Iterator[int]:
        """Return the numbers of this document and all that follow; moves nothing."""
        return iter(self._docs[self._place :].tolist())

    def next(self) -> bool:  # type: ignore[override]  # Whoosh's own leaves tell so, too
        """Move to the next document; tell whether a block ended, which is when the postings do."""
        if self._place >= self._count:
            raise ReadTooFar
        self._place += 1
        return self._place == self._count

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's name for it
        """Move to the first document from a number on; never back."""
        if self._place >= self._count:
            raise ReadTooFar
        self._place = bisect_left(self._docs, id, self._place)

    def reset(self) -> None:
        """Move back to the first document."""
        self._place = 0

    def copy(self) -> "PostingMatcher":
        """Return a matcher that stands on the same document and moves on its own."""
        return PostingMatcher(self._term, self._postings, self.format, self.scorer, self._place)

    def weight(self) -> float:
        """Return how often the term stands in the document."""
        return float(self._postings.frequency(self._place))

    def supports(self, astype: str) -> bool:
        """Return whether this is kept: frequencies always, positions of fields of words."""
        if astype in COUNTS:
            return True
        return astype in PLACES and self._postings.has_positions

    def value(self) -> bytes:
        """Return the posting as the field's format writes it."""
        if self._postings.has_positions:
            encoded: bytes = Positions().encode(self._postings.positions(self._place))
            return encoded
        if self.format.posting_size:
            return pack_uint(self._postings.frequency(self._place))
        return b""

    def value_as(self, astype: str) -> Any:
        """Return what is kept of the posting, without a detour over its written form."""
        if astype not in COUNTS and not self.supports(astype):
            return super().value_as(astype)  # type: ignore[no-untyped-call]  # says what is missing
        if astype == "frequency":
            return self._postings.frequency(self._place)
        if astype == "weight":
            return self.weight()
        positions = self._postings.positions(self._place)
        return positions if astype == "positions" else [(position, 1) for position in positions]

    def skip_to_quality(self, minquality: float) -> int:
        """Pass over the block, that is, over all that is left, unless it may score more than so."""
        quality = self.scorer.block_quality(self) if self.is_active() else math.inf
        if quality > minquality:
            return 0
        self._place = self._count
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
        """Return how often the term stands in a document at most."""
        return self._statistics.max_weight()

    @property
    def _statistics(self) -> TermInfo:
        if self._info is None:
            self._info = self._postings.term_info()
        return self._info
