"""What a reader may be about to type: tags, authors, phrases and headlines that continue it.

Tags, authors and frequent phrases are found by the beginning of any of their words, in sorted lists
that are made once for a generation; headlines are found by the index itself, all words but the last
as they are, the last one as the beginning of a word.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

from index.analysis.analyzer import fold, tokenize
from search.execution.snapshot import Snapshot
from search.query.tree import And, Prefix, Query, Term

FACETS = ("tag", "author")
"""The facets whose values are offered."""
PHRASE = "phrase"
LETTERS_LEAST = 2
"""Letters that must be typed: one letter begins a tenth of all words."""
ENTRIES_MOST = 5_000
"""Entries of the list that are compared for one text; a short text begins more of them."""
PHRASES_MOST = 2
"""Phrases among what is offered: what they find is found by typing on, too."""
LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on.

    Attributes:
        kind: tag, author, phrase or title.
        text: the value, the phrase, or the headline.
        count: articles with the value; 1 for a headline; 0 for a phrase, which nobody counted.
        doc_id: the article of a headline, else "".
    """

    kind: str
    text: str
    count: int
    doc_id: str = ""


class _Entry(NamedTuple):
    """A value from one of its words on, folded; which facet it is of, and its ordinal.

    Of a phrase, the ordinal is its place among all phrases.
    """

    text: str
    kind: str
    ordinal: int


class ValueCompletions:
    """The values of facets, and phrases, by the beginnings of their words; for all threads."""

    def __init__(self, snapshot: Snapshot, phrases: Sequence[str] = ()) -> None:
        """Sort the values of a snapshot, some two microseconds for each, and phrases.

        The commonest phrases come first; those that are a value already are left out.
        """
        self._snapshot, self._phrases = snapshot, phrases
        known = set()
        entries = []
        for kind in FACETS:
            place = snapshot.facets[kind]
            for ordinal in range(place.first, place.none):
                if snapshot.everything[ordinal]:
                    text = fold(snapshot.facet_values[ordinal])
                    entries += [_Entry(part, kind, ordinal) for part in _from_each_word(text)]
                    known.add(text)
        self._entries = sorted(entries)
        self._phrase_entries = sorted(
            _Entry(part, PHRASE, place)
            for place, phrase in enumerate(phrases)
            if (text := fold(phrase)) not in known
            for part in _from_each_word(text)
        )

    def find(self, typed: str, most: int) -> list[Completion]:
        """Return the commonest that have a word, or words, beginning with a text: values first."""
        beginning = " ".join(fold(typed).split())
        if len(beginning) < LETTERS_LEAST:
            return []
        places = {e.ordinal for e in _beginning_with(self._phrase_entries, beginning)}
        phrases = [Completion(PHRASE, self._phrases[place], 0) for place in sorted(places)]
        offered = phrases[: min(PHRASES_MOST, most // 2)]
        return self._values(beginning, most - len(offered)) + offered

    def _values(self, beginning: str, most: int) -> list[Completion]:
        found = {(e.kind, e.ordinal) for e in _beginning_with(self._entries, beginning)}
        counts = self._snapshot.everything
        best = nlargest(most, found, key=lambda each: (int(counts[each[1]]), -each[1]))
        return [
            Completion(kind, self._snapshot.facet_values[ordinal], int(counts[ordinal]))
            for kind, ordinal in best
        ]


def title_query(typed: str) -> Query | None:
    """Return the query for headlines that continue a text; None where too little was typed."""
    words = [token.text for token in tokenize(typed)]
    if not words or len(words[-1]) < LETTERS_LEAST:
        return None
    *whole, last = words
    parts: list[Query] = [Term(word, "title") for word in whole]
    return And((*parts, Prefix(last, "title"))) if parts else Prefix(last, "title")


def _beginning_with(entries: Sequence[_Entry], beginning: str) -> Sequence[_Entry]:
    first = bisect_left(entries, _Entry(beginning, "", -1))
    last = bisect_left(entries, _Entry(beginning + LAST_CHARACTER, "", -1))
    return entries[first : min(last, first + ENTRIES_MOST)]


def _from_each_word(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[place:]) for place in range(len(words))]
