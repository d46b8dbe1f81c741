"""Find the tokens of some texts that have one of some stems, without stemming every token.

A text has hundreds of different words, and to stem a word that was never seen takes ten
microseconds. But a word with a certain stem contains nearly all letters of it
(`index.analysis.stemmer.required_substrings`): only words that contain them are stemmed.

>>> from index.analysis.tokenizer import tokenize_batch
>>> found = find_stems(tokenize_batch(["Warga menulis surat, penulisnya lain."]), ["tulis"])
>>> found.numbers.tolist()
[-1, 0, -1, 0, -1]
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from index.analysis.stemmer import required_substrings, stem
from index.analysis.tokenizer import TokenBatch
from index.arrays import Int32Array

NO_STEM = -1
"""The number of a token that has none of the stems."""

_UNKNOWN_STEM = -2

_UNCHECKED_TOKENS, _UNCHECKED_OFFSETS = 1_000, 20_000
"""Tokens that are stemmed, and offsets that are found, in some milliseconds, before the caller is
asked whether to go on."""


class TokenStems(NamedTuple):
    """Which token has which of some stems.

    Attributes:
        numbers: for each token, the number of its stem; `NO_STEM` where it has none of them.
        number_by_stem: the number of each stem.
    """

    numbers: Int32Array
    number_by_stem: Mapping[str, int]

    def number_of(self, stemmed: str) -> int:
        """Return the number of a stem; one that no token has where it is none of the stems."""
        return self.number_by_stem.get(stemmed, _UNKNOWN_STEM)


def find_stems(
    batch: TokenBatch, stems: Sequence[str], check: Callable[[], None] = lambda: None
) -> TokenStems:
    """Return which tokens of a batch have which of some stems.

    Args:
        batch: the tokens.
        stems: the stems.
        check: called now and then; what it raises ends the search.
    """
    number_by_stem = {stemmed: number for number, stemmed in enumerate(dict.fromkeys(stems))}
    numbers = np.full(len(batch.ends), NO_STEM, np.int32)
    text = batch.text.tobytes()
    substrings = {
        substring.encode("utf-8", "surrogatepass")
        for stemmed in number_by_stem
        for substring in required_substrings(stemmed)
    }
    for substring in substrings:
        offsets = np.array([*_occurrences(text, substring, check)], np.int64)
        check()
        tokens = np.searchsorted(batch.ends, offsets, "right")
        check()
        is_within = offsets + len(substring) <= batch.ends[tokens]
        for count, token in enumerate(np.unique(tokens[is_within]).tolist()):
            if not count % _UNCHECKED_TOKENS:
                check()
            start = int(batch.ends[token - 1]) if token else 0
            word = text[start : int(batch.ends[token])].decode("utf-8", "surrogatepass")
            numbers[token] = number_by_stem.get(stem(word), NO_STEM)
    return TokenStems(numbers, number_by_stem)


def _occurrences(text: bytes, part: bytes, check: Callable[[], None]) -> Iterator[int]:
    """Yield every offset at which a part begins."""
    offset, unchecked = text.find(part), _UNCHECKED_OFFSETS
    while offset >= 0:
        yield offset
        offset = text.find(part, offset + 1)
        unchecked -= 1
        if not unchecked:
            check()
            unchecked = _UNCHECKED_OFFSETS
