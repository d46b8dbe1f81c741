"""Where a text may answer a question: its days, places, numbers and persons, as far as they show.

Nothing is understood here. A name is a word with a capital, a place one behind "di", "ke" or
"dari", a person two names side by side, and often enough that is something else. But an article
that has the words of a question around such a thing answers it more often than one that has them
elsewhere, and this is all that is made of it (`search.relevance.coverage`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.analysis.tokenizer import TokenBatch, hash_words
from search.relevance.questions import Answer

Marks = NDArray[np.bool_]
"""For each token of a batch, whether it is something."""

DAY_WORDS = (
    "januari februari maret april mei juni juli agustus september oktober november desember "
    "senin selasa rabu kamis jumat sabtu minggu"
).split()
PLACE_WORDS = ("di", "ke", "dari")
"""Words before the names of places."""

YEARS = (1500, 2099)
"""Numbers of four digits that are years, unless a dot parts their thousands."""
_YEAR_LENGTH = 4


def answer_marks(texts: Sequence[str], batch: TokenBatch, answer: Answer) -> Marks:
    """Return which tokens of some texts may answer a question; `batch` has their offsets.

    >>> from index.analysis.tokenizer import tokenize_batch
    >>> texts = ["Sejak Mei 2019 warga Teluk Melati membeli 1.800 buku di Karang."]
    >>> batch = tokenize_batch(texts, with_offsets=True)
    >>> words = np.array(batch.words())
    >>> [words[answer_marks(texts, batch, answer)].tolist() for answer in Answer]
    [['mei', '2019'], ['karang'], ['1800'], ['sejak', 'mei', 'teluk', 'melati']]
    """
    return _MARKS[answer](texts, batch)


def _days(texts: Sequence[str], batch: TokenBatch) -> Marks:
    return _is_any(batch, DAY_WORDS) | _years(texts, batch)


def _numbers(texts: Sequence[str], batch: TokenBatch) -> Marks:
    first_bytes = batch.text[np.append(0, batch.ends)[:-1]]
    marks: Marks = _is_digit(first_bytes) & ~_years(texts, batch)
    return marks


def _places(texts: Sequence[str], batch: TokenBatch) -> Marks:
    before = _is_any(batch, PLACE_WORDS)[:-1] & _is_followed(batch)
    marks = _capitals(texts, batch)
    marks[:1] = False
    marks[1:] &= before
    return marks


def _persons(texts: Sequence[str], batch: TokenBatch) -> Marks:
    capitals = _capitals(texts, batch)
    pairs = capitals[:-1] & capitals[1:] & _is_followed(batch)
    marks = np.zeros(len(capitals), bool)
    marks[:-1] |= pairs
    marks[1:] |= pairs
    return marks


_MARKS: Mapping[Answer, Callable[[Sequence[str], TokenBatch], Marks]] = {
    Answer.DAY: _days,
    Answer.PLACE: _places,
    Answer.NUMBER: _numbers,
    Answer.PERSON: _persons,
}


def _years(_: Sequence[str], batch: TokenBatch) -> Marks:
    """Return which tokens are written as a number of four digits that may be a year."""
    written, folded = batch.stops - batch.starts, np.diff(batch.ends, prepend=0)
    places = np.flatnonzero((written == _YEAR_LENGTH) & (folded == _YEAR_LENGTH))
    digits = batch.text[batch.ends[places][:, None] + np.arange(-_YEAR_LENGTH, 0)]
    values = (digits.astype(np.int64) - ord("0")) @ (10 ** np.arange(_YEAR_LENGTH)[::-1])
    is_year = _is_digit(digits).all(axis=1) & (values >= YEARS[0]) & (values <= YEARS[1])
    marks = np.zeros(len(batch.ends), np.bool_)
    marks[places[is_year]] = True
    return marks


def _capitals(texts: Sequence[str], batch: TokenBatch) -> Marks:
    """Return which tokens begin with A to Z, as nearly every name in Indonesian does."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    lengths = np.cumsum([0, *map(len, texts)])[:-1]
    first = codes[np.repeat(lengths, batch.counts) + batch.starts]
    return (first >= ord("A")) & (first <= ord("Z"))


def _is_any(batch: TokenBatch, words: Iterable[str]) -> Marks:
    return np.isin(batch.hashes, hash_words(words))


def _is_followed(batch: TokenBatch) -> Marks:
    """Return, for each token but the last, whether the next is the next word of the same line."""
    marks: Marks = np.diff(batch.positions.astype(np.int64)) == 1
    return marks


def _is_digit(codes: NDArray[np.uint8]) -> Marks:
    return (codes >= ord("0")) & (codes <= ord("9"))
