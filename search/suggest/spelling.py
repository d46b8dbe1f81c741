"""Another spelling for words that hardly any document has.

Pure: the dictionary is handed in as two functions. A word is replaced when no document has it, or
so few that they may be slips of the pen themselves, and a word many times as frequent is near; a
rare but right word stays. Short words and numbers are left alone: too much is near them.

>>> counts = {"beras": 90, "keras": 400, "deras": 20}
>>> spelling_alternative(["bera", "2024"], lambda word: counts.get(word, 0), lambda *_: counts)
{'bera': 'beras'}
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from index.analysis.analyzer import tokenize
from search.query.tree import And, Or, Query, Term

WORD_LENGTHS = range(4, 31)
"""Lengths of words that are mended, in characters; the longest bounds the cost of a comparison."""

SHORT_LENGTH_MOST = 5
"""Longest word of which only one letter may differ; in longer ones two may."""

SLIPS_MOST = 3
"""Documents with a word that may all be slips of the pen."""
SLIP_FACTOR = 20
"""How many times as frequent the right spelling of such a word is, at least."""

CANDIDATES_MOST = 500
"""Dictionary words compared with one word; two edits from ten letters give some dozens."""


def spelling_alternative(
    words: Sequence[str],
    frequency: Callable[[str], int],
    candidates: Callable[[str, int], Iterable[str]],
) -> dict[str, str]:
    """Return a better spelling for each word that has one.

    Args:
        words: folded words, as `ParsedQuery.words` gives them.
        frequency: how many documents a word finds.
        candidates: the dictionary words within a number of edits of a word.

    Returns:
        Word to replacement: the nearest candidate and, of equally near ones, the most frequent.
    """
    replacements = {}
    for word in words:
        own = frequency(word) if _is_mendable(word) else SLIPS_MOST + 1
        if own <= SLIPS_MOST:
            distance_most = 1 if len(word) <= SHORT_LENGTH_MOST else 2
            near = islice(candidates(word, distance_most), CANDIDATES_MOST)
            best = _best(word, (other for other in near if other != word), frequency)
            if best and frequency(best) >= own * SLIP_FACTOR:
                replacements[word] = best
    return replacements


def respell(query: Query, replacements: Mapping[str, str]) -> Query:
    """Return the query with its plain words replaced; fields, phrases and exclusions stay."""
    match query:
        case Term(text, None):
            return Term(_respell_text(text, replacements))
        case And(parts):
            return And(tuple(respell(part, replacements) for part in parts))
        case Or(parts):
            return Or(tuple(respell(part, replacements) for part in parts))
    return query


def _is_mendable(word: str) -> bool:
    return len(word) in WORD_LENGTHS and not any(char.isdigit() for char in word)


def _best(word: str, near: Iterable[str], frequency: Callable[[str], int]) -> str | None:
    known = [(other, count) for other in near if (count := frequency(other))]
    ranked = ((_edit_distance(word, other), -count, other) for other, count in known)
    return min(ranked, default=(0, 0, None))[2]


def _edit_distance(first: str, second: str) -> int:
    """Count the insertions, deletions and substitutions between two words (Levenshtein, 1965)."""
    row = list(range(len(second) + 1))
    for number, char in enumerate(first, 1):
        above, row = row, [number]
        for column, other in enumerate(second):
            replaced = above[column] + (char != other)
            row.append(min(replaced, above[column + 1] + 1, row[column] + 1))
    return row[-1]


def _respell_text(text: str, replacements: Mapping[str, str]) -> str:
    pieces, position = [], 0
    for token in tokenize(text):
        pieces += [text[position : token.start], replacements.get(token.text)]
        pieces[-1] = pieces[-1] or text[token.start : token.stop]
        position = token.stop
    return "".join(piece or "" for piece in [*pieces, text[position:]])
