"""BM25 as Lucene computes it (see `search.ranking`), as a weighting model for Whoosh's matchers.

Whoosh's own BM25F has another idf, and scores phrases otherwise. The formula is written here once
more: an oracle takes no code from what it judges.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from whoosh.matching import NullMatcher
from whoosh.query import Phrase, Term
from whoosh.query.spans import Span, SpanNear2
from whoosh.scoring import BaseScorer, WeightingModel
from whoosh.searching import SearchContext

from search.ranking import FieldStatistics

K1, B = 1.2, 0.75


class LuceneBM25(WeightingModel):
    """Scores terms by the statistics and weights of their fields, and the lengths of a reader."""

    def __init__(
        self, statistics: Mapping[str, FieldStatistics], weights: Mapping[str, float]
    ) -> None:
        self._statistics = statistics
        self._weights = weights

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: int = 1) -> BaseScorer:
        """Return the scorer of one term; terms of fields without lengths score 1."""
        del qf  # a term twice in a query is two terms of the tree
        return self.scorer_of([(fieldname, text)], searcher)

    def scorer_of(self, terms: Sequence[tuple[str, Any]], searcher: Any) -> BaseScorer:
        """Return the scorer of a term, or of a phrase of several terms of one field."""
        field = terms[0][0]
        statistics = self._statistics.get(field)
        if statistics is None or not statistics.doc_count:
            return _ConstantScorer()
        parent = searcher.get_parent()
        frequencies = (parent.doc_frequency(name, text) for name, text in terms)
        idf = sum(_idf(statistics.doc_count, frequency) for frequency in frequencies)
        weight = self._weights.get(field, 1.0) * idf
        return _Scorer(weight, statistics.average, self.lengths_of(searcher, field))

    def lengths_of(self, searcher: Any, field: str) -> Callable[[int], int]:
        """Return what gives the length of a field in a document of the searcher's segment."""
        reader = searcher.reader()
        return lambda doc: int(reader.doc_field_length(doc, field))


class GivenLengths(LuceneBM25):
    """The same over lengths that are handed in: Whoosh's codec rounds lengths in its own way.

    Attributes:
        weights: the weights of the fields.
    """

    def __init__(
        self,
        exact: Mapping[str, Sequence[int]],
        rounded: Mapping[str, Sequence[int]],
        weights: Mapping[str, float],
    ) -> None:
        """Take the lengths of each field by document, as they are and as Lucene rounds them."""
        super().__init__({name: _statistics(lengths) for name, lengths in exact.items()}, weights)
        self.weights = weights
        self._rounded = rounded

    def lengths_of(self, searcher: Any, field: str) -> Callable[[int], int]:
        """Return what gives the length of a field in a document of the searcher's segment."""
        leaves = searcher.get_parent().leaf_searchers()
        offset = next((first for leaf, first in leaves if leaf is searcher), 0)
        lengths = self._rounded[field]
        return lambda doc: lengths[offset + doc]


class _Scorer(BaseScorer):
    """BM25 of one term in a segment, and its bounds, by which Whoosh passes over documents."""

    def __init__(self, weight: float, average: float, length_of: Callable[[int], int]) -> None:
        self._weight = weight
        self._average = max(average, 1e-9)
        self._length_of = length_of

    def score(self, matcher: Any) -> float:
        """Return the score of the matcher's document."""
        return self.score_of(matcher.weight(), matcher.id())

    def score_of(self, frequency: float, doc: int) -> float:
        """Return the score of a document of the segment in which the term stands so often."""
        return self._score(frequency, self._length_of(doc))

    def supports_block_quality(self) -> bool:
        """Return that bounds are known."""
        return True

    def max_quality(self) -> float:
        """Return a score that no document reaches."""
        return self._weight

    def block_quality(self, matcher: Any) -> float:
        """Return the score of an empty document with the greatest frequency of a block."""
        return self._score(matcher.block_max_weight(), 0)

    def _score(self, frequency: float, length: int) -> float:
        norm = K1 * (1 - B + B * length / self._average)
        return self._weight * frequency / (frequency + norm)


class _ConstantScorer(BaseScorer):
    """Scores 1, as Lucene scores what only restricts."""

    def score(self, matcher: Any) -> float:
        """Return 1."""
        del matcher
        return 1.0

    def supports_block_quality(self) -> bool:
        """Return that bounds are known."""
        return True

    def max_quality(self) -> float:
        """Return 1."""
        return 1.0

    def block_quality(self, matcher: Any) -> float:
        """Return 1."""
        del matcher
        return 1.0


class LucenePhrase(Phrase):
    """A phrase that scores as one term: with the sum of its words' idf, and its own frequency."""

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher of the documents in which the phrase stands."""
        return self._matcher(searcher, context, _PhraseMatcher)

    def _matcher(self, searcher: Any, context: Any, make: Callable[..., Any]) -> Any:
        terms = [(self.fieldname, word) for word in self.words]
        has_all = all(term in searcher.reader() for term in terms)
        if not has_all or not searcher.schema[self.fieldname].supports("positions"):
            return NullMatcher()
        context = context or SearchContext()
        with_positions = context.set(needs_current=True)
        matchers = [Term(*term).matcher(searcher, with_positions) for term in terms]
        scorer = context.weighting.scorer_of(terms, searcher) if context.weighting else None
        return make(matchers, scorer)


class LuceneNear(LucenePhrase):
    """Words near each other, in any order, with fewer than `slop` other words between them.

    It scores the sum of its words, each once.
    """

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher of the documents in which the words stand near each other."""
        reach = int(self.slop) - 1
        make = partial(_NearMatcher, names=tuple(self.words), reach=reach)
        return self._matcher(searcher, context, make)


class _PhraseMatcher(SpanNear2.SpanNear2Matcher):
    def __init__(self, words: Any, scorer: _Scorer | None) -> None:
        self._scorer = scorer
        # Finds the first document. Whoosh's class has no types.
        super().__init__(words)  # type: ignore[no-untyped-call]

    def copy(self) -> "_PhraseMatcher":
        return _PhraseMatcher([word.copy() for word in self.ms], self._scorer)

    def supports_block_quality(self) -> bool:
        """Return that bounds are not known: windows can be more than any word's frequency."""
        return False

    def score(self) -> float:
        if self._scorer is None:
            return 1.0
        matched: Any = self  # what is inherited from Whoosh has no types
        return self._scorer.score_of(len(matched.spans()), matched.id())


class _NearMatcher(_PhraseMatcher):
    def __init__(
        self, words: Any, scorer: _Scorer | None, names: tuple[str, ...], reach: int
    ) -> None:
        self._names, self._reach = names, reach
        super().__init__(words, scorer)

    def copy(self) -> "_NearMatcher":
        copies = [word.copy() for word in self.ms]
        return _NearMatcher(copies, self._scorer, self._names, self._reach)

    def score(self) -> float:
        if self._scorer is None:
            return 1.0
        return sum(
            float(word.score()) for word in dict(zip(self._names, self.ms, strict=True)).values()
        )

    def _get_spans(self) -> list[Span]:
        needs = Counter(self._names)
        positions = {
            name: [span.start for span in word.spans()]
            for name, word in zip(self._names, self.ms, strict=True)
        }
        width = self._reach + len(self.ms)
        windows = _shortest_windows(positions, needs)
        return [Span(first, last) for first, last in windows if last - first < width]


def _shortest_windows(
    positions: Mapping[str, Sequence[int]], needs: Mapping[str, int]
) -> Iterator[tuple[int, int]]:
    """Yield the first and last position of the windows that have all words, and no shorter one.

    Args:
        positions: by word, where it stands.
        needs: by word, how often a window must have it.
    """
    passed: dict[str, list[int]] = {word: [] for word in needs}
    before = -1
    for last, word in sorted((at, word) for word, own in positions.items() for at in own):
        passed[word].append(last)
        if all(len(passed[each]) >= need for each, need in needs.items()):
            first = min(passed[each][-need] for each, need in needs.items())
            if first > before:
                yield first, last
            before = first


def _idf(doc_count: int, frequency: int) -> float:
    return math.log(1 + (doc_count - frequency + 0.5) / (frequency + 0.5))


def _statistics(lengths: Sequence[int]) -> FieldStatistics:
    doc_count = sum(length > 0 for length in lengths)
    return FieldStatistics(doc_count, sum(lengths) / max(doc_count, 1))
