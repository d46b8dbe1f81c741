"""The analyzers: from text to tokens, for indexing, for queries and for highlighting alike.

One tokenizer, then two choices of token: the exact word, folded for case, accents and apostrophes,
or its stem. Rules of the tokenizer (`index.analysis.tokenizer` runs it), each with its reason:

- A token is a run of letters and digits; two-letter words (AS, RI, MK) are words, and none is
  dropped, because phrases need them all.
- An apostrophe inside a word disappears: Jum'at and Jumat are one word.
- A dot between letters separates: KOMPAS.com is found by "kompas".
- A dot or comma between digits joins, and dots of thousands disappear: 1.250.000 is 1250000.
- "Rp" before digits stands apart, so that an amount is found by its number.
- A hyphen separates (di-PHK), except in a doubled word: undang-undang is one token.

>>> [token.text for token in tokenize("Jum’at: KOMPAS.com bayar Rp1.250.000 di undang-undang AS")]
['jumat', 'kompas', 'com', 'bayar', 'rp', '1250000', 'di', 'undang-undang', 'as']
"""

from functools import lru_cache
from typing import NamedTuple

from index.analysis.folding import folding_by_code
from index.analysis.tokenizer import tokenize_batch

ANALYZER_VERSION = 1
"""Raised whenever a token changes: an index stores tokens, so it must be rebuilt then.

Stems have a version of their own (`index.analysis.stemmer.stemming_version`)."""


TEXTS_REMEMBERED = 512
"""Texts whose tokens are kept: words of queries, a kilobyte or less each."""


class Token(NamedTuple):
    """One token: its folded text, where it stands (code points, stop excluded), its position."""

    text: str
    start: int
    stop: int
    position: int


@lru_cache(maxsize=TEXTS_REMEMBERED)
def tokenize(text: str) -> tuple[Token, ...]:
    """Return the exact tokens of a text, in order.

    The last texts are remembered: a query's words are looked at at each step from the box to the
    marks, and readers ask for the same words again.
    """
    batch = tokenize_batch([text], with_offsets=True)
    columns = (batch.words(), batch.starts.tolist(), batch.stops.tolist(), batch.positions.tolist())
    return tuple(map(Token, *columns))


def fold(text: str) -> str:
    """Return the text as words are compared: without case, accents and apostrophes."""
    return text.translate(folding_by_code())
