"""The tokenizer's rules as regular expressions: slow and plain, to compare the kernel with.

It asks the running Python about code points; the kernel asks its own table, of the Unicode version
that `index.analysis.folding` names. `unsettled` are those that the two see differently.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from index.analysis.folding import FOLDING_FILE, folding_by_code, folding_table
from index.analysis.kernels.code_points import (
    ALNUM,
    ALPHA,
    BLOCK_BITS,
    DECIMAL,
    SPACE,
    CodeTable,
)
from index.analysis.kernels.tokens import (
    DOUBLE_LENGTH_LEAST,
    FOLDED_LENGTH_MOST,
    LINE_GAP,
    TOKEN_LENGTH_MOST,
)

_APOSTROPHES = "'\u2018\u2019\u02bc`\u00b4"
_MARKS = r"\u0300-\u036f\u064b-\u065f\u0670\u3099\u309a"
"""What stands on a letter and is no letter: accents, Arabic vowels, Japanese voicing."""
_LETTER = rf"[^\W_][{_MARKS}]*"
_CLOCK_COLON = r"(?<=[0-9])(?<![0-9]{3}):(?=[0-9]{2}(?![0-9]))"
_JOINED = rf"{_LETTER}|[{_APOSTROPHES}](?={_LETTER})|(?<=\d)[.,](?=\d)|{_CLOCK_COLON}"
_ONE_LETTER = rf"[^\W\d_][{_MARKS}]*(?!{_JOINED}|[{_MARKS}])"
_ACRONYM = rf"{_ONE_LETTER}(?:\.{_ONE_LETTER})+"
_WORD = rf"[rR][pP](?=\d)|{_ACRONYM}|{_LETTER}(?:{_JOINED})*"
_HYPHENS = "-\u2010\u2011"
_WORD_PATTERN = re.compile(_WORD)
_COMPOUND_PATTERN = re.compile(rf"(?:{_WORD})(?:[{_HYPHENS}](?:{_WORD}))*")
_THOUSANDS_PATTERN = re.compile(
    r"[^\W\d_]*\d{1,3}(?:(?:\.\d{3})+(?:,\d+)?|(?P<comma>,\d{3}){2,}(?:\.\d+)?)"
)
_Word = tuple[str, int, int]
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i"}
    | {"æ": "ae", "œ": "oe", "þ": "th"}
)
_DROPPED = dict.fromkeys(map(ord, _APOSTROPHES))


class OracleToken(NamedTuple):
    """One token: its folded text, where it stands (code points, stop excluded), its position."""

    text: str
    start: int
    stop: int
    position: int


def oracle_tokens(text: str) -> list[OracleToken]:
    """Return the tokens of a text, in order."""
    tokens: list[OracleToken] = []
    position = end = 0
    for word, start, stop in _words_of(text):
        if tokens:
            position += LINE_GAP if "\n" in text[end:start] else 1
        tokens.append(OracleToken(word, start, stop, position))
        end = stop
    return tokens


def oracle_fold(text: str) -> str:
    """Return the text as words are compared: without case, accents and apostrophes."""
    if text.isascii():
        return text.lower().translate(_DROPPED)
    decomposed = unicodedata.normalize("NFKD", text.translate(_DROPPED).casefold())
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    # Letters such as the bold ones of mathematics have a case only once they are decomposed.
    return letters.casefold().translate(_DROPPED).translate(_PLAIN)


def _words_of(text: str) -> Iterator[_Word]:
    for compound in _COMPOUND_PATTERN.finditer(text):
        if compound.group().isalnum():
            words = iter([(_fold_word(compound.group()), *compound.span())])
        else:
            words = _split_compound(text, *compound.span())
        # A few letters, such as a lone modifier apostrophe, fold to nothing.
        yield from (word for word in words if word[0].strip())


def _fold_word(word: str) -> str:
    if re.fullmatch(_ACRONYM, word):
        word = word.replace(".", "")
    folded = oracle_fold(word[:FOLDED_LENGTH_MOST])[:TOKEN_LENGTH_MOST]
    if _is_possessive(word, folded):
        folded = f"{folded[:-1]}'s"
    if grouped := _THOUSANDS_PATTERN.fullmatch(folded):
        folded = folded.replace("," if grouped["comma"] else ".", "")
    return re.sub("[.:]", ",", folded)


def _is_possessive(word: str, folded: str) -> bool:
    is_whole = len(word) <= FOLDED_LENGTH_MOST and len(folded) < TOKEN_LENGTH_MOST
    unmarked = re.sub(f"[{_MARKS}]", "", word)
    return is_whole and unmarked[-2:-1] in {*_APOSTROPHES} and folded.endswith("s")


def _split_compound(text: str, start: int, stop: int) -> Iterator[_Word]:
    """Yield the words between hyphens, a doubled pair as one."""
    first: _Word | None = None
    for match in _WORD_PATTERN.finditer(text, start, stop):
        word = (_fold_word(match.group()), *match.span())
        if first and _is_double(first[0], word[0]):
            yield f"{first[0]}-{word[0]}"[:TOKEN_LENGTH_MOST], first[1], word[2]
            first = None
            continue
        if first:
            yield first
        first = word
    if first:
        yield first


def _is_double(first: str, second: str) -> bool:
    """Whether two halves are one doubled word: anak-anak, anak-anaknya, berlari-lari."""
    if min(len(first), len(second)) < DOUBLE_LENGTH_LEAST or not first.isalpha():
        return False
    return second.startswith(first) or first.endswith(second)


def unicode_version() -> str:
    """Return the version of Unicode that the kernel's table was made from."""
    with np.load(FOLDING_FILE, allow_pickle=False) as file:
        return str(file["unicode_version"])


@cache
def unsettled() -> frozenset[str]:
    """Return the code points that the running Python knows otherwise than the kernel's table."""
    if unicode_version() == unicodedata.unidata_version:
        return frozenset()
    table = folding_table()
    return frozenset(c for c in map(chr, range(sys.maxunicode + 1)) if not _is_settled(c, table))


def _is_settled(char: str, table: CodeTable) -> bool:
    block, number = divmod(ord(char), 1 << BLOCK_BITS)
    kind = table.classes[table.records[(int(table.blocks[block]) << BLOCK_BITS) + number]]
    seen = [bool(kind & bits) for bits in (ALPHA, DECIMAL, ALNUM, SPACE)]
    known = [char.isalpha(), char.isdecimal(), char.isalnum(), char.isspace()]
    return seen == known and char.translate(folding_by_code()) == oracle_fold(char)


def all_characters() -> list[str]:
    """Return every code point that the running Python knows as the table does."""
    return [char for char in map(chr, range(sys.maxunicode + 1)) if char not in unsettled()]


CHARACTERS = st.characters(exclude_characters=sorted(unsettled()))
"""Any of these code points."""
