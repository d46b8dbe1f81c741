"""Did you mean: another spelling for words that hardly any document has.

A word is replaced when no document has it, or so few that all of them may be slips of the pen, and
a word many times as frequent is near. A rare but right word stays. Short words and numbers are left
alone: too much is near them. Two neighbouring letters that changed places are one mistake.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, product

import numpy as np

from index.analysis import stem, tokenize
from index.arrays import Uint32Array
from search.backend import Backend
from search.kernels.edit_distance import count_edits
from search.query import And, Near, Or, Phrase, Prefix, Query, Term, positive_leaves
from search.ranking import searched_fields

SPELLING_FIELDS = ("body", "title", "tags", "caption")
"""Where words to suggest are looked for: fields of exact words that have a field of stems."""

NAME_FIELDS = ("author", "place")
"""Fields of names: a word that stands there is right; what no text has may be meant for one."""

BetterSpellings = dict[str | None, dict[str, str]]
"""By field, None for plain words: misspelt words, each with a better spelling."""

EDIT_FACTOR = 30
"""How many times as frequent a word must be to be offered before one that is an edit nearer."""

WORD_LENGTHS = range(4, 31)
"""Lengths of words that are mended, in characters; the longest bounds the cost of a comparison."""

SHORT_LENGTH_MOST = 5
"""Longest word of which only one letter may differ; in longer ones two may."""

SLIPS_MOST = 3
"""Documents with a word that may all be slips of the pen."""
SLIP_FACTOR = 20
"""How many times as frequent the right spelling of such a word is, at least."""

LOOKED_UP_MOST = 8
"""Unknown words of a field for which the dictionary is searched, the first ones, at a millisecond
or more for each; a query with more of them is no slip of the pen."""

CANDIDATES_MOST = 500
"""Dictionary words compared with one word; two edits from ten letters give some dozens."""


def better_spellings(backend: Backend, query: Query) -> BetterSpellings:
    """Return a better spelling, from the words of an archive, for each word that has one.

    Words of a field of names are compared with the names in it; plain words with texts, and with
    names where no text has a word like it.

    Raises:
        QueryTimeoutError: when it takes too long.
    """
    found: BetterSpellings = {}
    for field, words in _words_by_field(query).items():
        fields = tuple(name for name in searched_fields(field) if not name.endswith("_stem"))
        if field is not None and set(fields).isdisjoint(SPELLING_FIELDS):
            found[field] = _replacements_from(backend, words, fields)
            continue
        doubtful = _doubtful(backend, words)
        better = _replacements_from(backend, doubtful, SPELLING_FIELDS)
        left = [word for word in doubtful if word not in better] if field is None else []
        found[field] = {**_replacements_from(backend, left, NAME_FIELDS), **better}
    return found


def _words_by_field(query: Query) -> dict[str | None, list[str]]:
    """Return the folded words of a query by the field in which they are looked for, each once."""
    found: dict[str | None, dict[str, None]] = {}
    for leaf in positive_leaves(query):
        if not isinstance(leaf, Prefix):
            words = found.setdefault(leaf.field, {})
            words.update(dict.fromkeys(token.text for token in tokenize(leaf.text)))
    return {field: list(words) for field, words in found.items()}


def expect_spellings(backend: Backend, query: Query) -> None:
    """Tell what `better_spellings` will ask for, so that an index far away is asked once."""
    for field, words in _words_by_field(query).items():
        if field is None:
            _expect(backend, words)


def _expect(backend: Backend, words: Sequence[str]) -> None:
    for field in (*NAME_FIELDS, *SPELLING_FIELDS):
        backend.expect(field, words)
    for field in SPELLING_FIELDS:
        backend.expect(f"{field}_stem", list(map(stem, words)))
    _expect_near(backend, list(filter(_is_mendable, words))[:LOOKED_UP_MOST], SPELLING_FIELDS)


def _doubtful(backend: Backend, words: Sequence[str]) -> list[str]:
    """Return the words that are no names, and of which no other form is common."""
    _expect(backend, words)
    forms = _frequencies(backend, list(map(stem, words)), [f"{f}_stem" for f in SPELLING_FIELDS])
    names = _frequencies(backend, words, NAME_FIELDS)
    counts = zip(words, forms, names, strict=True)
    return [word for word, form, name in counts if form <= SLIPS_MOST and not name]


def _replacements_from(
    backend: Backend, words: Sequence[str], fields: Sequence[str]
) -> dict[str, str]:
    """Return the replacements of words by words of some fields."""

    def near(word: str, distance: int) -> list[str]:
        found = (backend.fuzzy_terms(field, word, distance) for field in fields)
        near_ones = (other for others in found for other in others)
        return list(dict.fromkeys((*_swapped(word), *near_ones)))

    def expect(unknown: Sequence[str]) -> None:
        _expect_near(backend, unknown, fields)

    return replacements(words, lambda asked: _frequencies(backend, asked, fields), near, expect)


def _expect_near(backend: Backend, words: Sequence[str], fields: Sequence[str]) -> None:
    """Tell that words near these will be compared with them."""
    for word, field in product(words, fields):
        backend.expect(field, [word], _distance_most(word))
        backend.expect(field, list(_swapped(word)))


def replacements(
    words: Sequence[str],
    frequencies: Callable[[Sequence[str]], Sequence[int]],
    fuzzy_terms: Callable[[str, int], Iterable[str]],
    expect: Callable[[Sequence[str]], None] = lambda _: None,
) -> dict[str, str]:
    """Return the replacement of each word that a similar, far more frequent word should replace.

    Args:
        words: folded words.
        frequencies: how many documents have each word.
        fuzzy_terms: the dictionary words within a number of edits of a word.
        expect: is told the words for which they will be asked.

    Returns:
        Word to replacement: the most frequent candidate, each edit of which counts as many times.

    >>> counts = {"beras": 90, "keras": 400, "deras": 20}
    >>> replacements(["bera", "2024"], lambda words: [counts.get(w, 0) for w in words],
    ...     lambda word, distance: counts)
    {'bera': 'beras'}
    """
    mendable = list(filter(_is_mendable, words))
    counted = zip(mendable, frequencies(mendable), strict=True)
    rare = [(word, own) for word, own in counted if own <= SLIPS_MOST][:LOOKED_UP_MOST]
    expect([word for word, _ in rare])
    found = {}
    for word, own in rare:
        candidates = list(islice(fuzzy_terms(word, _distance_most(word)), CANDIDATES_MOST))
        best, count = _best(word, candidates, frequencies(candidates))
        if best and count >= own * SLIP_FACTOR:
            found[word] = best
    return found


def respell(query: Query, better: BetterSpellings) -> Query:
    """Return the query with its words replaced, also in quotes; prefixes and exclusions stay."""
    match query:
        case Term() | Phrase() | Near():
            return replace(query, text=_respell_text(query.text, better.get(query.field, {})))
        case And(parts):
            return And(tuple(respell(part, better) for part in parts))
        case Or(parts):
            return Or(tuple(respell(part, better) for part in parts))
    return query


def _distance_most(word: str) -> int:
    return 1 if len(word) <= SHORT_LENGTH_MOST else 2


def _is_mendable(word: str) -> bool:
    return len(word) in WORD_LENGTHS and not any(char.isdigit() for char in word)


def _best(word: str, candidates: Sequence[str], counts: Sequence[int]) -> tuple[str | None, int]:
    """Return the candidate that is most likely meant, and its count."""
    pairs = zip(candidates, counts, strict=True)
    known = [(other, count) for other, count in pairs if count and other != word]
    distances = edit_distances(word, [other for other, _ in known])
    ranked = (
        (-count / EDIT_FACTOR**distance, other, count)
        for (other, count), distance in zip(known, distances, strict=True)
    )
    _, best, count = min(ranked, default=(0, None, 0))
    return best, count


def _swapped(word: str) -> Iterator[str]:
    """Yield the word with two neighbouring letters in each other's place."""
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _frequencies(backend: Backend, words: Sequence[str], fields: Sequence[str]) -> list[int]:
    """Return in how many documents each word stands: the most of some fields."""
    for field in fields:
        backend.expect(field, words)
    counts_by_field = (backend.doc_frequencies(field, words) for field in fields)
    return [max(counts) for counts in zip(*counts_by_field, strict=True)]


def edit_distances(word: str, others: Sequence[str]) -> list[int]:
    """Return the insertions, deletions, substitutions and swaps of neighbours to each word.

    >>> edit_distances("beras", ["beras", "bears", "berat", "eras", ""])
    [0, 1, 1, 1, 5]
    """
    ends = np.cumsum([len(other) for other in others], dtype=np.int64)
    longest = max(map(len, others), default=0)
    rows = np.empty((len(word) + 1, longest + 1), np.int64)
    distances = np.empty(len(others), np.int64)
    count_edits(_code_points(word), _code_points("".join(others)), ends, rows, distances)
    found: list[int] = distances.tolist()
    return found


def _code_points(text: str) -> Uint32Array:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _respell_text(text: str, better: Mapping[str, str]) -> str:
    pieces, position = [], 0
    for token in tokenize(text):
        pieces += [text[position : token.start], better.get(token.text)]
        pieces[-1] = pieces[-1] or text[token.start : token.stop]
        position = token.stop
    return "".join(piece or "" for piece in [*pieces, text[position:]])
