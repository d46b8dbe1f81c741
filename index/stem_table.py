"""The stems of words, by hash: what a text's tokens are compared by, without an object a token.

A word's stem is worked out once and remembered as a number. The numbers are those of one table and
one process; they are compared, never kept.
"""

from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.kernels.hashes import enter, look_up
from index.stemming import stem
from index.tokenizer import TokenBatch

SLOTS = 1 << 18
"""Places of the table: half as many words are remembered, those of most archives' first 20,000
articles; 3 MB."""


class StemTable:
    """Gives words numbers that are the same where their stems are; shared by all threads."""

    def __init__(self) -> None:
        self._keys = np.zeros(SLOTS, np.uint64)
        self._values = np.zeros(SLOTS, np.int32)
        self._numbers: dict[str, int] = {}
        self._count = 0
        self._lock = Lock()

    def number_of(self, stemmed: str) -> int:
        """Return the number of a stem."""
        with self._lock:
            return self._numbers.setdefault(stemmed, len(self._numbers))

    def numbers_of(self, batch: TokenBatch) -> NDArray[np.int32]:
        """Return the number of the stem of each token."""
        found = np.empty(len(batch.hashes), np.int32)
        if look_up(batch.hashes, self._keys, self._values, found):
            words = batch.words()
            for place in np.flatnonzero(found < 0).tolist():
                found[place] = number = self.number_of(stem(words[place]))
                self._remember(batch.hashes[place], number)
        return found

    def _remember(self, hashed: np.uint64, number: int) -> None:
        # A full table keeps what it has: the commonest words come first.
        with self._lock:
            if 2 * self._count < SLOTS:
                self._count += enter(hashed, number, self._keys, self._values)


@cache
def stem_table() -> StemTable:
    """Return the process's table."""
    return StemTable()
