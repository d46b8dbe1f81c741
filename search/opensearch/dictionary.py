"""The dictionary of a generation: how many documents have a term, and which terms are near a word.

What was asked once is remembered for as long as the generation is open, since it never changes: the
words of readers' queries are few beside all words.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import Any, NamedTuple

from index.opensearch import from_token, to_token
from search.opensearch.query_body import Body
from search.opensearch.search_body import count_only_body

REMEMBERED_MOST = 200_000
"""Terms that are remembered, some 30 MB at most."""
TERMS_A_SEARCH = 1_000
"""Terms that are counted by one search."""
NEAR_MOST = 1_000
"""Terms near a word that are listed; see `CANDIDATES_MOST` in `search.suggest.spelling`."""

FieldTerm = tuple[str, str]
"""A field of the index, and the text of a term in it."""


class NearTerms(NamedTuple):
    """The terms near a word with their frequencies, and whether these are all there are."""

    counts: Mapping[str, int]
    is_whole: bool


class KnownFrequencies:
    """The document frequencies that were asked for, the last ones; safe for several threads."""

    def __init__(self, most: int = REMEMBERED_MOST) -> None:
        """Remember so many."""
        self._most = most
        self._counts: OrderedDict[FieldTerm, int] = OrderedDict()
        self._lock = Lock()

    def lacking(self, terms: Iterable[FieldTerm]) -> list[FieldTerm]:
        """Return the terms whose frequencies are not known, each once."""
        with self._lock:
            return [term for term in dict.fromkeys(terms) if term not in self._counts]

    def get(self, terms: Sequence[FieldTerm]) -> dict[FieldTerm, int]:
        """Return the frequencies that are known of some terms."""
        with self._lock:
            return {term: self._counts[term] for term in terms if term in self._counts}

    def add(self, counts: Iterable[tuple[FieldTerm, int]]) -> None:
        """Remember some; those that were added longest ago are forgotten."""
        with self._lock:
            for term, count in counts:
                self._counts[term] = count
                self._counts.move_to_end(term)
            while len(self._counts) > self._most:
                self._counts.popitem(last=False)


def counts_bodies(terms: Sequence[FieldTerm]) -> list[Body]:
    """Return the searches that count the documents of terms.

    >>> counts_bodies([("body", "beras")])[0]["aggs"]
    {'terms': {'filters': {'filters': [{'term': {'body': 'beras'}}]}}}
    """
    bodies = []
    for first in range(0, len(terms), TERMS_A_SEARCH):
        filters = [{"term": {f: to_token(t)}} for f, t in terms[first : first + TERMS_A_SEARCH]]
        aggs = {"terms": {"filters": {"filters": filters}}}
        bodies.append({**count_only_body(), "aggs": aggs})
    return bodies


def read_counts(answers: Iterable[Any]) -> list[int]:
    """Return the counts that `counts_bodies` asked for, in order."""
    buckets = (answer["aggregations"]["terms"]["buckets"] for answer in answers)
    return [int(bucket["doc_count"]) for own in buckets for bucket in own]


def near_body(field: str, word: str, distance: int) -> Body:
    """Return the search for the terms of a field near a word.

    The suggester compares all terms with the same first letter: it would pass over words that are
    frequent, or shorter than four letters, by itself.
    """
    term = {
        "field": field,
        "suggest_mode": "always",
        "max_edits": distance,
        "prefix_length": 1,
        "min_word_length": 1,
        "accuracy": 0.0,
        "max_term_freq": float(2**31 - 1),
        "size": NEAR_MOST,
        "shard_size": NEAR_MOST,
    }
    return {**count_only_body(), "suggest": {"near": {"text": to_token(word), "term": term}}}


def read_near(answer: Any, word: str, distance: int) -> NearTerms:
    """Return the terms near a word, in order of code points, each with its frequency.

    To the suggester, two letters that changed places are one edit; here they are two.
    """
    entries = answer["suggest"]["near"]
    options = {from_token(o["text"]): o["freq"] for e in entries for o in e["options"]}
    near = (text for text in options if edits(word, text) <= distance)
    counts = {text: options[text] for text in sorted(near)}
    return NearTerms(counts, is_whole=len(options) < NEAR_MOST)


def edits(first: str, second: str) -> int:
    """Count the insertions, deletions and substitutions between two words (Levenshtein).

    >>> edits("beras", "bears"), edits("beras", "keras")
    (2, 1)
    """
    row = list(range(len(second) + 1))
    for number, char in enumerate(first, 1):
        above, row = row, [number]
        for column, other in enumerate(second, 1):
            replaced = above[column - 1] + (char != other)
            row.append(min(replaced, above[column] + 1, row[-1] + 1))
    return row[-1]
