"""What a reader may be about to type: tags, authors and headlines that continue it.

Tags and authors are found by the beginning of any of their words, in a sorted list that is made
once for a generation; headlines are found by the index itself, all words but the last as they are,
the last one as the beginning of a word.
"""

from bisect import bisect_left
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

from index.analysis import fold, tokenize
from search.query import And, Prefix, Query, Term
from search.snapshot import Snapshot

FACETS = ("tag", "author")
"""The facets whose values are offered."""
LETTERS_LEAST = 2
"""Letters that must be typed: one letter begins a tenth of all words."""
ENTRIES_MOST = 5_000
"""Entries of the list that are compared for one text; a short text begins more of them."""
LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on.

    Attributes:
        kind: tag, author or title.
        text: the value, or the headline.
        count: articles with the value; 1 for a headline.
        doc_id: the article of a headline, else "".
    """

    kind: str
    text: str
    count: int
    doc_id: str = ""


class _Entry(NamedTuple):
    """A value from one of its words on, folded; which facet it is of, and its ordinal."""

    text: str
    kind: str
    ordinal: int


class ValueCompletions:
    """The values of facets, by the beginnings of their words; shared by all threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Sort the values of a snapshot: some two microseconds for each."""
        self._snapshot = snapshot
        entries = []
        for kind in FACETS:
            place = snapshot.facets[kind]
            for ordinal in range(place.first, place.none):
                if snapshot.everything[ordinal]:
                    text = fold(snapshot.facet_values[ordinal])
                    entries += [_Entry(part, kind, ordinal) for part in _from_each_word(text)]
        self._entries = sorted(entries)

    def find(self, typed: str, most: int) -> list[Completion]:
        """Return the commonest values that have a word, or words, beginning with a text."""
        beginning = " ".join(fold(typed).split())
        if len(beginning) < LETTERS_LEAST:
            return []
        first = bisect_left(self._entries, _Entry(beginning, "", -1))
        last = bisect_left(self._entries, _Entry(beginning + LAST_CHARACTER, "", -1))
        found = {
            (e.kind, e.ordinal) for e in self._entries[first : min(last, first + ENTRIES_MOST)]
        }
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


def _from_each_word(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[place:]) for place in range(len(words))]
