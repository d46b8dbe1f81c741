"""Completions of what is being typed: tags, authors, frequent phrases and headlines.

Tags, authors and phrases are found by the beginning of any of their words, in sorted lists that are
made once for a generation. Headlines are found by the index: all words but the last as they are,
the last one as the beginning of a word.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from typing import NamedTuple

from index.analysis import Token, fold, tokenize
from search.backend import Backend
from search.matches import Selection
from search.query import And, Or, Prefix, Query, Term
from search.request import NO_FILTERS
from search.results import Completion

COMPLETED_FACETS = ("tag", "author")
"""The facets whose values are offered."""
PHRASE = "phrase"
LETTERS_LEAST = 2
"""Letters that must be typed: one letter begins a tenth of all words."""
ENTRIES_MOST = 5_000
"""Entries of the list that are compared for one text; a short text begins more of them."""
PHRASES_MOST = 2
"""Phrases among what is offered: what they find is found by typing on, too."""
LAST_CHARACTER = "\U0010ffff"


class _Entry(NamedTuple):
    """An entry of the sorted list: a completion, filed under one of its words.

    Attributes:
        text: the completion from that word on, folded.
        number: its number in the list of completions.
    """

    text: str
    number: int


class ValueCompletions:
    """The values of facets and frequent phrases by the beginnings of their words; thread-safe."""

    def __init__(
        self, values: Mapping[str, Iterable[tuple[str, int]]], phrases: Sequence[str] = ()
    ) -> None:
        """Sort values and phrases; it takes some two microseconds for each.

        Args:
            values: by facet, each value and how many documents have it, in order of value.
            phrases: the commonest first; one that is a value already is left out.
        """
        self._values = [
            Completion(kind, value, count)
            for kind in COMPLETED_FACETS
            for value, count in values.get(kind, ())
            if count
        ]
        self._folded = folded = [fold(completion.text) for completion in self._values]
        known = set(folded)
        self._phrases = [Completion(PHRASE, text, 0) for text in phrases if fold(text) not in known]
        self._value_entries = _entries(folded)
        self._phrase_entries = _entries([fold(completion.text) for completion in self._phrases])

    def find(self, typed: str, most: int) -> list[Completion]:
        """Return completions of a typed text: the equal one, the commonest values, phrases."""
        beginning = " ".join(fold(typed).split())
        if len(beginning) < LETTERS_LEAST:
            return []
        numbers = sorted(_beginning_with(self._phrase_entries, beginning))
        phrases = [self._phrases[number] for number in numbers]
        offered = phrases[: min(PHRASES_MOST, most // 2)]
        return self._commonest(beginning, most - len(offered)) + offered

    def _commonest(self, beginning: str, most: int) -> list[Completion]:
        numbers = _beginning_with(self._value_entries, beginning)
        best = nlargest(most, numbers, key=lambda number: self._rank(number, beginning))
        return [self._values[number] for number in best]

    def _rank(self, number: int, typed: str) -> tuple[bool, int, int]:
        """Return by what a value is ranked: whether it equals what is typed, how common it is."""
        value = self._values[number]
        return self._folded[number] == typed, value.count, -number


def title_completions(backend: Backend, typed: str, most: int) -> Iterator[Completion]:
    """Yield headlines that continue a text, the best first, each once.

    Raises:
        QueryTimeoutError: when finding them takes too long.
    """
    query = title_query(typed)
    if query is None:
        return
    selection = Selection(most, "newest", by_score=True)
    hits = backend.with_copies(copies=False).find(query, selection, NO_FILTERS).hits
    documents = backend.documents([hit.number for hit in hits])
    best_by_title: dict[str, str] = {}
    for document in documents:
        best_by_title.setdefault(document.title, document.doc_id)
    for title, doc_id in best_by_title.items():
        yield Completion("title", title, 1, doc_id)


def title_query(typed: str) -> Query | None:
    """Return the query for headlines that continue a text; None where too little was typed."""
    tokens = tokenize(typed)
    words = [token.text for token in tokens]
    if not words or len("".join(words)) < LETTERS_LEAST:
        return None
    *whole, last = words  # behind a whole word, one letter is enough: few headlines are left
    parts: list[Query] = [Term(word, "title") for word in whole]
    continued = And((*parts, Prefix(last, "title"))) if parts else Prefix(last, "title")
    if not (whole and _is_half_of_double(typed, *tokens[-2:])):
        return continued
    *before, half = whole
    doubled = [*parts[:-1], Term(f"{half}-{half}", "title")]
    return Or((continued, And(tuple(doubled)) if before else doubled[0]))


def _is_half_of_double(typed: str, first: Token, second: Token) -> bool:
    """Return whether a doubled word is being typed, which is one token: undang-u."""
    return typed[first.stop : second.start] == "-" and first.text.startswith(second.text)


def _entries(texts: Sequence[str]) -> list[_Entry]:
    """Return the texts from each of their words on, sorted."""
    return sorted(
        _Entry(" ".join(words[first:]), number)
        for number, words in enumerate(map(str.split, texts))
        for first in range(len(words))
    )


def _beginning_with(entries: Sequence[_Entry], beginning: str) -> set[int]:
    """Return the numbers of the completions of which a word begins with a text."""
    first = bisect_left(entries, _Entry(beginning, -1))
    last = bisect_left(entries, _Entry(beginning + LAST_CHARACTER, -1))
    return {entry.number for entry in entries[first : min(last, first + ENTRIES_MOST)]}
