"""Which tokens of some texts have one of some stems: found without the stem of every token.

A text has hundreds of different words, and ten microseconds go into the stem of one that was never
seen. But a word with a certain stem holds nearly all letters of it
(`index.analysis.stemmer.traces_of`), so the stems of those that do are made, and of no others.

>>> from index.analysis.tokenizer import tokenize_batch
>>> found = find_stems(tokenize_batch(["Warga menulis surat, penulisnya lain."]), ["tulis"])
>>> found.numbers.tolist()
[-1, 0, -1, 0, -1]
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analysis.stemmer import stem, traces_of
from index.analysis.tokenizer import TokenBatch

NONE, NOT_SOUGHT = -1, -2
"""The numbers of a token that has none of the stems, and of a stem that was not sought."""


class TokenStems(NamedTuple):
    """The stems that were sought, by token.

    Attributes:
        numbers: of each token, the number of its stem; `NONE` for any other.
        sought: the number of each stem.
    """

    numbers: NDArray[np.int32]
    sought: Mapping[str, int]

    def number_of(self, stemmed: str) -> int:
        """Return the number of a stem; `NOT_SOUGHT`, which no token has, for another."""
        return self.sought.get(stemmed, NOT_SOUGHT)


def find_stems(batch: TokenBatch, stems: Sequence[str]) -> TokenStems:
    """Return which tokens of a batch have which of some stems."""
    sought = {stemmed: number for number, stemmed in enumerate(dict.fromkeys(stems))}
    numbers = np.full(len(batch.ends), NONE, np.int32)
    text = batch.text.tobytes()
    traces = {
        trace.encode("utf-8", "surrogatepass") for each in sought for trace in traces_of(each)
    }
    for trace in traces:
        places = np.array([*_occurrences(text, trace)], np.int64)
        tokens = np.searchsorted(batch.ends, places, "right")
        is_within = places + len(trace) <= batch.ends[tokens]
        for token in np.unique(tokens[is_within]).tolist():
            start = int(batch.ends[token - 1]) if token else 0
            word = text[start : int(batch.ends[token])].decode("utf-8", "surrogatepass")
            numbers[token] = sought.get(stem(word), NONE)
    return TokenStems(numbers, sought)


def _occurrences(text: bytes, part: bytes) -> Iterator[int]:
    place = text.find(part)
    while place >= 0:
        yield place
        place = text.find(part, place + 1)
