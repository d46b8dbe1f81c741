"""The analyzer: from text to tokens, in the same way for indexing, for queries and for marking.

A token is an exact word, folded for case, accents and apostrophes; `index.analysis.stemmer` gives
its stem. The rules of the tokenizer, each with its reason:

- A token is a run of letters and digits. Two-letter words (AS, RI, MK) are tokens, and there are
  no stop words, because phrases need every word.
- An apostrophe inside a word is removed: Jum'at and Jumat are one word. That of Musk's stays, so
  that its stem can be musk.
- A dot between letters separates: KOMPAS.com is found by "kompas". Single letters are one
  acronym: H.A.M. is ham.
- A dot or comma between digits joins, and dots of thousands are removed: 1.250.000 is 1250000.
  So are commas of thousands that leave no doubt: 1,250,000, and not 1,250. All other points are
  written as commas, also the colon of a clock: 2.5 is 2,5, and 10:30 is 10.30.
- Letters that Unicode does not decompose are plain ones: Højlund is hojlund.
- "Rp" before digits is a token of its own, so that an amount is found by its number.
- A hyphen separates (di-PHK), except in a doubled word: undang-undang is one token.

>>> [token.text for token in tokenize("Jum’at: KOMPAS.com bayar Rp1.250.000 di undang-undang AS")]
['jumat', 'kompas', 'com', 'bayar', 'rp', '1250000', 'di', 'undang-undang', 'as']
"""

from functools import lru_cache
from typing import NamedTuple

from index.analysis.folding import folding_by_code
from index.analysis.tokenizer import tokenize_batch

ANALYZER_VERSION = 3
"""Raised whenever a token changes: an index holds tokens, so it must be rebuilt then.

Stems have a version of their own (`index.analysis.stemmer.stemming_version`)."""

TEXTS_REMEMBERED = 512
"""Texts whose tokens are cached: words of queries, a kilobyte or less each."""


class Token(NamedTuple):
    """One token.

    Attributes:
        text: its folded text.
        start: where it starts in the text, in code points.
        stop: where it stops, exclusive.
        position: its number in the text, from 0; over a line end it rises by `LINE_GAP`, not by 1.
    """

    text: str
    start: int
    stop: int
    position: int


@lru_cache(maxsize=TEXTS_REMEMBERED)
def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text, in order.

    The last texts are cached, since each step from the search box to the marks tokenizes the same
    words, and readers search for the same words again.
    """
    batch = tokenize_batch([text], with_offsets=True)
    columns = (batch.words(), batch.starts.tolist(), batch.stops.tolist(), batch.positions.tolist())
    return tuple(map(Token, *columns))


def fold(text: str) -> str:
    """Return a text as words are compared: without case, accents and apostrophes."""
    return text.translate(folding_by_code())
