"""Invent bodies and titles of articles, a whole batch at once.

A batch is one long array of word numbers, cut into articles. Collocations replace some of its
words, then sentence ends and commas are drawn, and only at the end does it become text. That makes
ten thousand articles a second; a loop over words would make a few hundred.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from corpus.draws import Draws, Ranks, Thresholds, zipf_thresholds

BODY_LENGTH_MEAN = 250
"""Words of a body, on average; the lengths are log-normal."""

BODY_LENGTH_SPREAD = 0.6
"""Standard deviation of the logarithm of the length, as measured on Indonesian news."""

COLLOCATION_PERCENT = 5
"""Of a hundred positions in a text, those at which a collocation of the samples stands."""

COMMA_PERCENT = 4
"""Of a hundred words inside a sentence, those with a comma after them."""

_QUANTILE_COUNT = 1_000
_TITLE_WORDS_LEAST, _TITLE_WORDS_MOST = 4, 9
_SENTENCE_WORDS_LEAST, _SENTENCE_WORDS_MOST = 6, 26

_SPACE, _COMMA, _STOP, _PARAGRAPH, _END = range(5)
_SEPARATORS = (" ", ", ", ". ", ".\n", ".")
_SENTENCE_ENDS = (_STOP, _STOP, _PARAGRAPH)


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The words and collocations that texts are drawn from.

    Attributes:
        spellings: every word, then every word with a capital, as one array of strings.
        word_thresholds: the frequencies of the words.
        pairs: the collocations, as pairs of word numbers; may be empty.
        pair_thresholds: the frequencies of the collocations.
    """

    spellings: NDArray[np.object_]
    word_thresholds: Thresholds
    pairs: Ranks
    pair_thresholds: Thresholds

    @property
    def word_count(self) -> int:
        """How many words there are."""
        return len(self.spellings) // 2


def make_phrasebook(vocabulary: list[str], pairs: list[tuple[str, str]]) -> Phrasebook:
    """Number the words and collocations; one with a word outside the vocabulary is left out."""
    numbers = {word.lower(): number for number, word in enumerate(vocabulary)}
    known = [[numbers[word] for word in pair] for pair in pairs if numbers.keys() >= set(pair)]
    capitals = [word[0].upper() + word[1:] for word in vocabulary]
    return Phrasebook(
        spellings=np.array(vocabulary + capitals, dtype=object),
        word_thresholds=zipf_thresholds(len(vocabulary)),
        pairs=np.array(known, dtype=np.int64).reshape(-1, 2),
        pair_thresholds=zipf_thresholds(max(1, len(known))),
    )


def draw_titles(draws: Draws, book: Phrasebook, count: int) -> list[str]:
    """Draw titles of a few words each, every word with a capital."""
    lengths = _TITLE_WORDS_LEAST + draws.below(_TITLE_WORDS_MOST + 1 - _TITLE_WORDS_LEAST, count)
    words = draws.ranks(book.word_thresholds, int(lengths.sum())) + book.word_count
    spellings = book.spellings[words].tolist()
    return [" ".join(spellings[start:stop]) for start, stop in spans(lengths)]


def draw_bodies(draws: Draws, book: Phrasebook, count: int) -> list[str]:
    """Draw bodies of sentences and paragraphs, one paragraph a line."""
    lengths = _body_lengths()[draws.below(_QUANTILE_COUNT, count)]
    words = _draw_words(draws, book, int(lengths.sum()))
    separators = _draw_separators(draws, lengths)
    begins = np.roll(separators >= _STOP, 1)
    pieces = np.empty(2 * len(words), dtype=object)
    pieces[0::2] = book.spellings[words + book.word_count * begins]
    pieces[1::2] = np.array(_SEPARATORS, dtype=object)[separators]
    texts = pieces.tolist()
    return ["".join(texts[2 * start : 2 * stop]) for start, stop in spans(lengths)]


def spans(lengths: Ranks) -> list[tuple[int, int]]:
    """Return the start and stop of each of some adjacent spans, from their lengths."""
    stops = np.cumsum(lengths)
    return list(zip((stops - lengths).tolist(), stops.tolist(), strict=True))


def _body_lengths() -> Ranks:
    # Quantiles of the log-normal, rounded: a table, so that every machine draws the same lengths.
    median = math.log(BODY_LENGTH_MEAN) - BODY_LENGTH_SPREAD**2 / 2
    normal = NormalDist(median, BODY_LENGTH_SPREAD)
    steps = [(step + 0.5) / _QUANTILE_COUNT for step in range(_QUANTILE_COUNT)]
    return np.array([round(math.exp(normal.inv_cdf(step))) for step in steps], dtype=np.int64)


def _draw_words(draws: Draws, book: Phrasebook, count: int) -> Ranks:
    words = draws.ranks(book.word_thresholds, count)
    if len(book.pairs) and count:
        positions = np.flatnonzero(draws.chance(COLLOCATION_PERCENT, count - 1))
        pairs = book.pairs[draws.ranks(book.pair_thresholds, len(positions))]
        words[positions], words[positions + 1] = pairs[:, 0], pairs[:, 1]
    return words


def _draw_separators(draws: Draws, lengths: Ranks) -> Ranks:
    count = int(lengths.sum())
    separators = np.where(draws.chance(COMMA_PERCENT, count), _COMMA, _SPACE)
    sentences = count // _SENTENCE_WORDS_LEAST + 1
    spread = _SENTENCE_WORDS_MOST + 1 - _SENTENCE_WORDS_LEAST
    ends = np.cumsum(_SENTENCE_WORDS_LEAST + draws.below(spread, sentences)) - 1
    kinds = np.array(_SENTENCE_ENDS)[draws.below(len(_SENTENCE_ENDS), sentences)]
    separators[ends[ends < count]] = kinds[ends < count]
    separators[np.cumsum(lengths) - 1] = _END
    return separators
