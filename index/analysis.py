"""The analyzers: from text to tokens, for indexing, for queries and for highlighting alike.

One tokenizer, then two choices of token: the exact word, folded for case, accents and apostrophes,
or its stem. Rules of the tokenizer, each with its reason:

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

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from whoosh.analysis.acore import Token as WhooshToken
from whoosh.analysis.analyzers import Analyzer

from index.stemming import STEMMING_VERSION, stem

ANALYZER_VERSION = f"1.{STEMMING_VERSION}"
"""Raised whenever a token changes: an index stores tokens, so it must be rebuilt then."""

TOKEN_LENGTH_MOST = 64
"""Characters of a token that count; longer runs are no words, and would swell the dictionary."""

FOLDED_LENGTH_MOST = 4 * TOKEN_LENGTH_MOST
"""Code points of a word that are folded: sorting the marks of one letter takes quadratic time."""

DOUBLE_LENGTH_LEAST = 2
"""Shortest half of a doubled word, in characters: keeps 2-2 (a score) two tokens."""

_APOSTROPHES = "'\u2018\u2019\u02bc`\u00b4"
_MARKS = r"\u0300-\u036f\u064b-\u065f\u0670\u3099\u309a"
"""What stands on a letter and is no letter: accents, Arabic vowels, Japanese voicing."""
_LETTER = rf"[^\W_][{_MARKS}]*"
_WORD = rf"[rR][pP](?=\d)|{_LETTER}(?:{_LETTER}|[{_APOSTROPHES}](?={_LETTER})|(?<=\d)[.,](?=\d))*"
_HYPHENS = "-\u2010\u2011"
_WORD_PATTERN = re.compile(_WORD)
_COMPOUND_PATTERN = re.compile(rf"(?:{_WORD})(?:[{_HYPHENS}](?:{_WORD}))*")
_THOUSANDS_PATTERN = re.compile(r"[^\W\d_]*\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_Word = tuple[str, int, int]
_DROPPED = dict.fromkeys(map(ord, _APOSTROPHES))


LINE_GAP = 100
"""Positions skipped at a line's end, so that no phrase reaches over two paragraphs or two tags."""


class Token(NamedTuple):
    """One token: its folded text, where it stands (code points, stop excluded), its position."""

    text: str
    start: int
    stop: int
    position: int


@lru_cache(maxsize=16)
def tokenize(text: str) -> tuple[Token, ...]:
    """Return the exact tokens of a text, in order.

    The last few texts are remembered, because one text is indexed as words, as stems and by length.
    """
    tokens: list[Token] = []
    position = end = 0
    for word, start, stop in _words_of(text):
        if tokens:
            position += LINE_GAP if "\n" in text[end:start] else 1
        tokens.append(Token(word, start, stop, position))
        end = stop
    return tuple(tokens)


def fold(text: str) -> str:
    """Return the text as words are compared: without case, accents and apostrophes."""
    if text.isascii():
        return text.lower().translate(_DROPPED)
    decomposed = unicodedata.normalize("NFKD", text.translate(_DROPPED).casefold())
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    # Letters such as the bold ones of mathematics have a case only once they are decomposed.
    return letters.casefold().translate(_DROPPED)


def _words_of(text: str) -> Iterator[_Word]:
    for compound in _COMPOUND_PATTERN.finditer(text):
        if compound.group().isalnum():
            words = iter([(_fold_word(compound.group()), *compound.span())])
        else:
            words = _split_compound(text, *compound.span())
        # A few letters, such as a lone modifier apostrophe, fold to nothing.
        yield from (word for word in words if word[0].strip())


def _fold_word(word: str) -> str:
    folded = fold(word[:FOLDED_LENGTH_MOST])[:TOKEN_LENGTH_MOST]
    return folded.replace(".", "") if _THOUSANDS_PATTERN.fullmatch(folded) else folded


def _split_compound(text: str, start: int, stop: int) -> Iterator[_Word]:
    """Yield the words between hyphens, a doubled pair as one."""
    held: _Word | None = None
    for match in _WORD_PATTERN.finditer(text, start, stop):
        word = (_fold_word(match.group()), *match.span())
        if held and _is_double(held[0], word[0]):
            yield f"{held[0]}-{word[0]}"[:TOKEN_LENGTH_MOST], held[1], word[2]
            held = None
            continue
        if held:
            yield held
        held = word
    if held:
        yield held


def _is_double(first: str, second: str) -> bool:
    """Whether two halves are one doubled word: anak-anak, anak-anaknya, berlari-lari."""
    if min(len(first), len(second)) < DOUBLE_LENGTH_LEAST or not first.isalpha():
        return False
    return second.startswith(first) or first.endswith(second)


class WordAnalyzer(Analyzer):
    """Whoosh's view of `tokenize`, with each token changed by `token_filter`."""

    def __init__(self, token_filter: Callable[[str], str] | None = None) -> None:
        self.token_filter = token_filter

    def __call__(
        self, value: str, *, start_pos: int = 0, start_char: int = 0, **kwargs: Any
    ) -> Iterator[Any]:
        """Yield Whoosh tokens; Whoosh reuses one token object, so it must not be kept."""
        token = WhooshToken(positions=True, chars=True, mode=kwargs.get("mode", ""))
        token.boost = 1.0
        token.stopped = False
        for text, start, stop, position in tokenize(value):
            token.text = self.token_filter(text) if self.token_filter else text
            token.pos = position + start_pos
            token.startchar, token.endchar = start + start_char, stop + start_char
            yield token


def exact_analyzer() -> WordAnalyzer:
    """Return the analyzer of exact words."""
    return WordAnalyzer()


def stem_analyzer() -> WordAnalyzer:
    """Return the analyzer of stems."""
    return WordAnalyzer(stem)
