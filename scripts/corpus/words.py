"""Make the vocabulary of an invented archive: words of the sample articles, then invented ones.

Words stand in order of frequency, and so do pairs of adjacent words, the collocations that phrase
queries find. The size of the vocabulary grows with the text by Heaps' law. After the words of the
samples come invented ones, made of Indonesian syllables and affixes.

>>> sample_words(["harga beras naik, harga beras turun, harga gula naik"]).words[:3]
['harga', 'beras', 'naik']
>>> list(itertools.islice(invented_words(set()), 3))
['seyokanyot', 'ditosinyen', 'perobunyekan']
"""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from index.errors import PathError

HEAPS_FACTOR = 20
HEAPS_EXPONENT = 0.56
"""Heaps' law, fitted to Indonesian news: 53,000 words in 1.3 million, 112,000 in 5.1 million."""

PAIRS_MOST = 2_000
"""Collocations kept, commonest first."""

PARAGRAPH_LENGTH_LEAST = 80
"""Characters that a line must have to be read: shorter ones are labels and lists of headlines."""

SAMPLE_BYTES_MOST = 1_000_000
"""Bytes of a sample file; a larger one is no article."""

_Key = TypeVar("_Key", str, tuple[str, str])

_WORD_PATTERN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CLAUSE_END_PATTERN = re.compile(r"[^\w\s'’-]+|(?:Rp)?\d+")
_CREDIT_MARK, _PLACE_MARK = "Foto:", " - "

_FIRST = ("", "me", "ber", "ter", "per", "pe", "di", "se")
_ONSETS = tuple("b c d g h j k l m n p r s t w y ng ny".split())
_SYLLABLES = tuple(onset + vowel for onset in _ONSETS for vowel in "aiueo")
_LAST = ("", "n", "ng", "k", "s", "r", "t", "h", "kan", "an", "nya", "i")
_SPELLINGS = (_FIRST, ("", *_SYLLABLES), _SYLLABLES, _SYLLABLES, _LAST)
_SPELLING_COUNT = math.prod(map(len, _SPELLINGS))
_STRIDE = 41_234_567  # shares no factor with the count, so that each spelling comes once, shuffled


@dataclass(frozen=True, slots=True)
class SampleWords:
    """The words and pairs of adjacent words of the sample articles, commonest first."""

    words: list[str]
    pairs: list[tuple[str, str]]


def sample_paragraphs(samples: Path) -> Iterator[str]:
    """Yield the paragraphs of all saved pages below a folder, in order of path.

    Raises:
        PathError: the folder holds no .txt file that can be read as UTF-8.
    """
    paths = sorted(samples.rglob("*.txt"))
    if not paths:
        raise PathError(f"{samples} holds no .txt files. Name a folder of articles with --samples.")
    for path in paths:
        for line in _read_text(path).splitlines():
            if len(line) >= PARAGRAPH_LENGTH_LEAST:
                yield line.partition(_PLACE_MARK)[2] if line.startswith(_CREDIT_MARK) else line


def sample_words(paragraphs: Iterable[str]) -> SampleWords:
    """Count the words, and the pairs of adjacent words, of some paragraphs."""
    spellings: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for paragraph in paragraphs:
        for clause in _CLAUSE_END_PATTERN.split(paragraph):
            words = _WORD_PATTERN.findall(clause)
            spellings.update(words)
            pairs.update(itertools.pairwise(word.lower() for word in words))
    return SampleWords(_usual_spellings(spellings), _in_order(pairs)[:PAIRS_MOST])


def vocabulary_size(token_count: int) -> int:
    """Return how many different words a text of `token_count` words has, by Heaps' law."""
    return round(HEAPS_FACTOR * math.pow(token_count, HEAPS_EXPONENT))


def make_vocabulary(known: list[str], size: int) -> list[str]:
    """Return exactly `size` words: the known ones first, then invented ones, each once."""
    invented = invented_words({word.lower() for word in known})
    return list(itertools.islice(itertools.chain(known, invented), size))


def invented_words(known: set[str]) -> Iterator[str]:
    """Yield up to some ten million words, each once and none of the known ones."""
    seen = set(known)
    for number in range(1, _SPELLING_COUNT):
        word = _spell(number * _STRIDE % _SPELLING_COUNT)
        if word not in seen:
            seen.add(word)
            yield word


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > SAMPLE_BYTES_MOST:
            raise PathError(f"{path} is too large for a sample article. Remove it.")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PathError(f"{path} cannot be read as UTF-8 text: {error}. Remove it.") from error


def _usual_spellings(spellings: Counter[str]) -> list[str]:
    # Lower case wins if it was seen at all, so that only names keep a capital.
    counts: Counter[str] = Counter()
    best: dict[str, str] = {}
    for spelling in _in_order(spellings):
        word = spelling.lower()
        counts[word] += spellings[spelling]
        best.setdefault(word, word if word in spellings else spelling)
    return [best[word] for word in _in_order(counts)]


def _in_order(counts: Counter[_Key]) -> list[_Key]:
    return sorted(counts, key=lambda key: (-counts[key], key))


def _spell(number: int) -> str:
    parts = []
    for choices in _SPELLINGS:
        number, choice = divmod(number, len(choices))
        parts.append(choices[choice])
    return "".join(parts)
