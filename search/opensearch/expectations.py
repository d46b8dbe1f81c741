"""Expectations: what a request will ask for, sent with its next search to save round trips.

Three kinds of things are announced and then known for the rest of the request: frequencies of
terms, terms near a word, and counts of matches.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import starmap
from typing import Any, NamedTuple

from search.matches import COUNT_ONLY, Matches
from search.opensearch.answers import total_of, totals_without
from search.opensearch.dictionary import (
    FieldTerm,
    KnownFrequencies,
    NearTerms,
    counts_bodies,
    edits,
    near_body,
    read_counts,
    read_near,
)
from search.opensearch.query_body import Body, query_body
from search.opensearch.search_body import Search
from search.query import Query
from search.request import Filters

NearWord = tuple[str, str, int]
"""A field, a word, and how many edits a term near it may be away."""
Count = tuple[Query, Filters, bool]
"""What is counted: a query, filters, and whether near duplicates are candidates."""


class Expected(NamedTuple):
    """Searches that are sent with the next ones, and what reads their answers."""

    bodies: list[Body]
    read: Callable[[list[Any]], None]


class Expectations:
    """What one request announced, and what is known of it since."""

    def __init__(self, frequencies: KnownFrequencies) -> None:
        """Begin with nothing; the frequencies that are asked for are remembered for others, too."""
        self._frequencies = frequencies
        self._terms: list[FieldTerm] = []
        self._near_words: list[NearWord] = []
        self._counts: list[Count] = []
        self._known: dict[FieldTerm, int] = {}
        self._near: dict[NearWord, NearTerms] = {}
        self._counted: dict[Count, Matches] = {}

    def add_terms(self, terms: Iterable[FieldTerm]) -> None:
        """Announce that frequencies of terms will be asked for."""
        self._terms += terms

    def add_near(self, words: Iterable[NearWord]) -> None:
        """Announce that terms near words will be asked for."""
        self._near_words += words

    def add_count(self, count: Count) -> None:
        """Announce that matches will be counted."""
        self._counts.append(count)

    def take(self) -> list[Expected]:
        """Return the searches for all that was announced and is not known; it counts as sent."""
        taken = [self._take_counts(), self._take_near(), self._take_terms()]
        self._terms.clear()
        self._near_words.clear()
        self._counts.clear()
        return taken

    def is_expected(self, count: Count) -> bool:
        """Return whether a count was announced and is not known yet."""
        return count in self._counts and count not in self._counted

    def counted(self, count: Count) -> Matches | None:
        """Return a count; None where it is not known."""
        return self._counted.get(count)

    def near(self, word: NearWord) -> NearTerms | None:
        """Return the terms near a word; None where they are not known."""
        return self._near.get(word)

    def frequencies(self, terms: Sequence[FieldTerm]) -> list[int] | None:
        """Return the frequencies of terms; None where one of them is not known."""
        self._known |= self._frequencies.get(terms)
        self._known |= {t: 0 for t in terms if t not in self._known and self._is_absent(t)}
        if not self._known.keys() >= set(terms):
            return None
        return [self._known[term] for term in terms]

    def _take_counts(self) -> Expected:
        asked = [each for each in dict.fromkeys(self._counts) if each not in self._counted]
        searches = [Search(query_body(query), own, copies=copies) for query, own, copies in asked]

        def read(answers: list[Any]) -> None:
            for each, search, answer in zip(asked, searches, answers, strict=True):
                without = totals_without(answer, search)
                self._counted[each] = Matches(total_of(answer), without, [], search)

        return Expected([search.body(COUNT_ONLY, {}) for search in searches], read)

    def _take_near(self) -> Expected:
        asked = [each for each in dict.fromkeys(self._near_words) if each not in self._near]

        def read(answers: list[Any]) -> None:
            for each, answer in zip(asked, answers, strict=True):
                self._near[each] = read_near(answer, *each[1:])
                counts = self._near[each].counts.items()
                self._remember({(each[0], term): count for term, count in counts})

        return Expected(list(starmap(near_body, asked)), read)

    def _take_terms(self) -> Expected:
        asked = [term for term in dict.fromkeys(self._terms) if term not in self._known]
        lacking = self._frequencies.lacking(asked)

        def read(answers: list[Any]) -> None:
            self._remember(dict(zip(lacking, read_counts(answers), strict=True)))

        return Expected(counts_bodies(lacking), read)

    def _is_absent(self, term: FieldTerm) -> bool:
        """Return whether terms near a word were asked for, and this one would have been there."""
        field, text = term
        return any(
            near.is_whole and field == own and text[:1] == word[:1] and edits(word, text) <= most
            for (own, word, most), near in self._near.items()
        )

    def _remember(self, counts: Mapping[FieldTerm, int]) -> None:
        self._known.update(counts)
        self._frequencies.add(counts.items())
