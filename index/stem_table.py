"""The stems of words, by hash: what a text's tokens are compared by, without an object a token.

A word's stem is worked out once and remembered as a number. The numbers are those of one table and
one process; they are compared, never kept.
"""

from collections.abc import Mapping
from functools import cache
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.kernels.hashes import enter, look_up
from index.stemming import stem
from index.tokenizer import TokenBatch

SLOTS = 1 << 18
"""Places of the table: half as many words are remembered, those of most archives' first 20,000
articles; 3 MB."""


class BatchStems(NamedTuple):
    """The stems of a batch's tokens, as numbers.

    Attributes:
        numbers: of the stem of each token.
        known: the numbers of stems that the table remembers.
        strangers: those of stems that came when the table was full: of this batch alone.
    """

    numbers: NDArray[np.int32]
    known: Mapping[str, int]
    strangers: Mapping[str, int]

    def number_of(self, stemmed: str) -> int:
        """Return the number of a stem; -1, which no token has, where none of the tokens has it."""
        number = self.known.get(stemmed)
        return self.strangers.get(stemmed, -1) if number is None else number


class StemTable:
    """Gives words numbers that are the same where their stems are; shared by all threads.

    What it remembers are words of articles that were shown, at most half as many as it has places:
    a reader's own words leave nothing behind.
    """

    def __init__(self, slots: int = SLOTS) -> None:
        self._keys = np.zeros(slots, np.uint64)
        self._values = np.zeros(slots, np.int32)
        self._numbers: dict[str, int] = {}
        self._count = 0
        self._lock = Lock()

    def stems_of(self, batch: TokenBatch) -> BatchStems:
        """Return the stems of a batch's tokens."""
        found = np.empty(len(batch.hashes), np.int32)
        strangers: dict[str, int] = {}
        if look_up(batch.hashes, self._keys, self._values, found):
            words = batch.words()
            for place in np.flatnonzero(found < 0).tolist():
                stemmed = stem(words[place])
                number = self._remember(batch.hashes[place], stemmed)
                found[place] = (
                    strangers.setdefault(stemmed, -2 - len(strangers)) if number is None else number
                )
        return BatchStems(found, self._numbers, strangers)

    def _remember(self, hashed: np.uint64, stemmed: str) -> int | None:
        """Enter a word; return its stem's number, None where the stem has none and gets none."""
        # A full table keeps what it has: the commonest words come first.
        with self._lock:
            if 2 * self._count >= len(self._keys):
                return self._numbers.get(stemmed)
            number = self._numbers.setdefault(stemmed, len(self._numbers))
            self._count += enter(hashed, number, self._keys, self._values)
            return number


@cache
def stem_table() -> StemTable:
    """Return the process's table."""
    return StemTable()
