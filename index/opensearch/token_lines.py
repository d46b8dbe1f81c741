r"""Token lines: tokens and stems of texts as OpenSearch's whitespace analyzer splits them.

Tokens stay bytes from the tokenizer on, with separators put between them; a word becomes an object
once, when its stem is asked for.
"""

from itertools import pairwise

import numpy as np

from index.analysis import TokenBatch, stem
from index.analysis.kernels.tokens import LINE_GAP
from index.arrays import Int32Array, Int64Array, Uint8Array
from index.segments import TermTable, copy_spans

_BLANK, _LINE_END, _INNER = 32, 10, 1
"""The bytes between two tokens of a line and between two lines, and what stands for a blank inside
a token, which a few letters fold to: OpenSearch splits tokens at all white space."""

WORDS_MOST = 1 << 18
"""Words whose stems are kept: some 10 MB. With more, all are forgotten, and asked for anew."""


def to_token(text: str) -> str:
    """Return a token, or a stem, as OpenSearch holds it.

    >>> to_token("beras")
    'beras'
    """
    return text.replace(chr(_BLANK), chr(_INNER))


def from_token(text: str) -> str:
    """Return the token that `to_token` encoded."""
    return text.replace(chr(_INNER), chr(_BLANK))


def join_tokens(tokens: TokenBatch) -> list[str]:
    r"""Return the tokens of each text as lines, with blanks between the tokens of a line.

    >>> from index.analysis import tokenize_batch
    >>> join_tokens(tokenize_batch(["Harga beras\n\nnaik", "", "Kata"]))
    ['harga beras\nnaik', '', 'kata']
    """
    count = len(tokens.ends)
    starts = np.concatenate(([0], tokens.ends)) + np.arange(count + 1)
    joined = np.empty(len(tokens.text) + count, np.uint8)
    is_text = np.ones(len(joined), np.bool_)
    is_text[starts[:-1]] = False
    joined[is_text] = np.where(tokens.text == _BLANK, _INNER, tokens.text)
    gaps = np.diff(tokens.positions.astype(np.int64), prepend=0)
    joined[starts[:-1]] = np.where(gaps == LINE_GAP, _LINE_END, _BLANK)
    return _cut(joined, starts, tokens.counts)


def _cut(joined: Uint8Array, bounds: Int64Array, counts: Int32Array) -> list[str]:
    """Return the bytes of each text, each token of which has a separator before it.

    Args:
        joined: separators and tokens of all texts.
        bounds: where each token's separator stands, and the end of the last token.
        counts: the tokens of each text.
    """
    raw = joined.tobytes()
    cuts = bounds[np.concatenate(([0], np.cumsum(counts)))].tolist()
    return [raw[first + 1 : stop].decode() for first, stop in pairwise(cuts)]


class StemLines:
    """Stems of many texts, each as one line; remembers the stem of each word it has seen.

    Words are numbered, and the stems of a text are copied by the numbers of its words. So a token
    costs some nanoseconds, and a word its stemming.
    """

    def __init__(self, words_most: int = WORDS_MOST) -> None:
        self._words_most = words_most
        self._forget()

    def _forget(self) -> None:
        self._table = TermTable()
        self._text = np.empty(0, np.uint8)
        self._ends = np.empty(0, np.int64)

    def join(self, tokens: TokenBatch) -> list[str]:
        r"""Return the stems of each text, with blanks between them.

        >>> from index.analysis import tokenize_batch
        >>> StemLines().join(tokenize_batch(["Harganya\n\nnaik", "", "Kata-kata"]))
        ['harga naik', '', 'kata']
        """
        if self._table.count > self._words_most:
            self._forget()
        words = self._table.number(tokens.text, tokens.ends, tokens.hashes)
        self._stem_new_words()
        starts = np.concatenate(([0], self._ends))[words]
        joined, joined_ends = copy_spans(_BLANK, self._text, starts, self._ends[words])
        bounds = np.concatenate(([0], joined_ends))
        return _cut(joined, bounds, tokens.counts)

    def _stem_new_words(self) -> None:
        """Add the stems of the words that were numbered since."""
        first = len(self._ends)
        bounds = np.concatenate(([0], self._table.ends))[first:]
        raw, cuts = self._table.blob[bounds[0] :].tobytes(), (bounds - bounds[0]).tolist()
        words = [raw[start:stop].decode() for start, stop in pairwise(cuts)]
        stems = [to_token(stem(word)).encode() for word in words]
        self._text = np.concatenate((self._text, np.frombuffer(b"".join(stems), np.uint8)))
        ends = np.cumsum([*map(len, stems)], dtype=np.int64)
        self._ends = np.concatenate((self._ends, ends + (self._ends[-1] if first else 0)))
