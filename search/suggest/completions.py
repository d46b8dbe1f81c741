"""Completions of what is being typed: tags, authors, frequent phrases and headlines.

Tags, authors and phrases are found by the beginning of any of their words, in sorted lists that are
made once for a generation, from those of the one before; where nothing begins so, one slip of the
finger is forgiven. Headlines are found by the index: all
words but the last as they are, the last one as the beginning of a word.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from heapq import nsmallest
from string import ascii_lowercase
from typing import NamedTuple

from index.analysis import Token, fold, tokenize
from search.backend import Backend
from search.errors import QueryTimeoutError
from search.matches import COUNT_ONLY, Selection
from search.preferences import Preferences
from search.query import And, Or, Prefix, Query, Term
from search.request import NO_FILTERS, SearchRequest
from search.results import Completion

COMPLETED_FACETS = ("tag", "author")
"""The facets whose values are offered."""
PHRASE = "phrase"
LETTERS_LEAST = 2
"""Letters that must be typed: one letter begins a tenth of all words."""
ENTRIES_MOST = 5_000
"""Entries of the list that are compared for one text; a short text begins more of them."""
TAGS_MOST = 3
"""Tags among what is offered: more of them leave no room for names and headlines."""
SLIP_LENGTHS = range(4, 21)
"""Letters of a text in which one slip is forgiven: a shorter one is near everything."""
PHRASES_MOST = 2
"""Phrases among what is offered: what they find is found by typing on, too."""
COUNT_SECONDS = 0.2
"""What counting the hits of a typed text may take: no reader waits for a number."""
LAST_CHARACTER = "\U0010ffff"


Name = tuple[str, str]
"""The kind and the text of a completion."""


class _Entry(NamedTuple):
    """An entry of the sorted list: a completion, filed under one of its words.

    Attributes:
        text: the completion from that word on, folded.
        name: the completion.
    """

    text: str
    name: Name


class ValueCompletions:
    """The values of facets and frequent phrases by the beginnings of their words; thread-safe."""

    def __init__(
        self,
        values: Mapping[str, Iterable[tuple[str, int]]],
        phrases: Sequence[str] = (),
        base: "ValueCompletions | None" = None,
    ) -> None:
        """Sort values and phrases; it takes some two microseconds for each that the base lacks.

        Args:
            values: by facet, each value and how many documents have it, in order of value.
            phrases: the commonest first; one that is a value already is left out.
            base: those of an earlier generation, most of whose values are the same.
        """
        self._counts: dict[Name, int] = {
            (kind, value): count
            for kind in COMPLETED_FACETS
            for value, count in values.get(kind, ())
            if count
        }
        before = base._folded if base else {}  # noqa: SLF001 - it is of this class
        entries = base._value_entries if base else []  # noqa: SLF001 - it is of this class
        self._folded: dict[Name, str] = {
            name: before.get(name) or fold(name[1]) for name in self._counts
        }
        self._value_entries: list[_Entry] = _renew(entries, before, self._folded)
        known = set(self._folded.values())
        folded = {(PHRASE, text): fold(text) for text in phrases}
        offered = {name: text for name, text in folded.items() if text not in known}
        self._phrase_entries = _entries(offered)
        self._phrase_ranks = {name: rank for rank, name in enumerate(offered)}

    def find(self, typed: str, most: int) -> list[Completion]:
        """Return completions of a typed text: the equal one, the commonest values, phrases."""
        beginning = " ".join(fold(typed).split())
        if len(beginning) < LETTERS_LEAST:
            return []
        lists = (self._value_entries, self._phrase_entries)
        names, found = (_beginning_with(entries, beginning) for entries in lists)
        if not (names or found) and len(beginning) in SLIP_LENGTHS:
            names, found = (_nearly_beginning_with(entries, beginning) for entries in lists)
        phrases = sorted(found, key=self._phrase_ranks.__getitem__)[: min(PHRASES_MOST, most // 2)]
        offered = [*self._commonest(names, beginning, most - len(phrases)), *phrases]
        return [Completion(*name, self._counts.get(name, 0)) for name in offered]

    def _commonest(self, names: set[Name], typed: str, most: int) -> list[Name]:
        rank = partial(self._rank, typed=typed)
        tags = nsmallest(TAGS_MOST, (name for name in names if name[0] == "tag"), key=rank)
        others = (name for name in names if name[0] != "tag")
        return nsmallest(most, [*tags, *nsmallest(most, others, key=rank)], key=rank)

    def _rank(self, name: Name, typed: str) -> tuple[bool, int, int, str]:
        """Return by what a value is ranked: it equals what is typed, it is common, its place."""
        kind, value = name
        is_other = self._folded[name] != typed
        return is_other, -self._counts[name], COMPLETED_FACETS.index(kind), value


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


def count_found(backend: Backend, preferences: Preferences, request: SearchRequest) -> int | None:
    """Return how many documents a request finds; None where that would take too long."""
    query = preferences.parse(request).query
    try:
        found = backend.with_copies(copies=request.copies)
        return found.find(query, COUNT_ONLY, request.filters).total
    except QueryTimeoutError:
        return None


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


def _renew(
    entries: list[_Entry], before: Mapping[Name, str], folded: Mapping[Name, str]
) -> list[_Entry]:
    """Return the sorted list of other completions: without those that are gone, with new ones."""
    gone = before.keys() - folded.keys()
    kept = [entry for entry in entries if entry.name not in gone] if gone else entries
    added = _entries({name: text for name, text in folded.items() if name not in before})
    return sorted([*kept, *added]) if added else kept


def _entries(folded: Mapping[Name, str]) -> list[_Entry]:
    """Return the texts from each of their words on, sorted."""
    return sorted(
        _Entry(" ".join(words[first:]), name)
        for name, words in ((name, text.split()) for name, text in folded.items())
        for first in range(len(words))
    )


def _beginning_with(entries: Sequence[_Entry], beginning: str) -> set[Name]:
    """Return the completions of which a word begins with a text."""
    first = bisect_left(entries, beginning, key=_text_of)
    last = bisect_left(entries, beginning + LAST_CHARACTER, key=_text_of)
    return {entry.name for entry in entries[first : min(last, first + ENTRIES_MOST)]}


def _nearly_beginning_with(entries: Sequence[_Entry], beginning: str) -> set[Name]:
    """Return the completions of which a word begins with a text but for one slip of the finger.

    A letter is too much, lacking, another one, or has changed places with its neighbour; the first
    one is right.
    """
    found: set[Name] = set()
    for place in range(1, len(beginning)):
        if not _beginning_with(entries, beginning[:place]):
            break  # what is wrong before this place is more than one slip
        for text in _slips(beginning, place):
            found |= _beginning_with(entries, text)
    return found


def _slips(text: str, place: int) -> Iterator[str]:
    """Yield what may have been meant where the letter at a place is a slip."""
    head, letter, tail = text[:place], text[place], text[place + 1 :]
    yield head + tail
    if tail:
        yield head + tail[0] + letter + tail[1:]
    for other in ascii_lowercase:
        yield head + other + tail
        yield head + other + letter + tail


def _text_of(entry: _Entry) -> str:
    return entry.text
