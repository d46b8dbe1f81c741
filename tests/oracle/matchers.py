"""Whoosh's matchers, run to their end, with Lucene's BM25 over lengths that are handed in.

Whoosh's own codec rounds lengths in another way than Lucene, so that its own cannot be compared.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from search.execution.whoosh_scoring import FieldStatistics, LuceneBM25
from whoosh.searching import SearchContext

Scores = dict[int, float]


class GivenLengths(LuceneBM25):
    """Lucene's BM25 over the lengths of each field, by document number.

    Attributes:
        weights: the weights of the fields.
    """

    def __init__(
        self,
        exact: Mapping[str, Sequence[int]],
        rounded: Mapping[str, Sequence[int]],
        weights: Mapping[str, float],
    ) -> None:
        """Take the lengths of each field in tokens, the same as Lucene rounds them, and weights."""
        super().__init__({name: _statistics(held) for name, held in exact.items()}, weights)
        self.weights = weights
        self._rounded = rounded

    def lengths_of(self, searcher: Any, field: str) -> Callable[[int], int]:
        """Return what gives the length of a field in a document of the searcher's segment."""
        leaves = searcher.get_parent().leaf_searchers()
        offset = next((first for leaf, first in leaves if leaf is searcher), 0)
        held = self._rounded[field]
        return lambda doc: held[offset + doc]


def run_matcher(query: Any, leaf: Any, weighting: LuceneBM25) -> Iterator[tuple[int, float]]:
    """Yield each document of a segment on which Whoosh's matcher stands, and its score."""
    matcher = query.matcher(leaf, SearchContext(weighting=weighting))
    while matcher.is_active():
        yield matcher.id(), matcher.score()
        matcher.next()


def run_matchers(query: Any, searcher: Any, weighting: LuceneBM25) -> Scores:
    """Return the documents of an index that Whoosh's matchers find, and their scores."""
    return {
        first + doc: score
        for leaf, first in searcher.leaf_searchers()
        for doc, score in run_matcher(query, leaf, weighting)
    }


def _statistics(lengths: Sequence[int]) -> FieldStatistics:
    doc_count = sum(length > 0 for length in lengths)
    return FieldStatistics(doc_count, sum(lengths) / max(doc_count, 1))
