"""Lucene's BM25 (see `search.ranking`) as a Whoosh weighting model, for Whoosh's own matchers.

Whoosh's BM25F differs in idf and in phrases. The kernels (`search.kernels.score`) score the same.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from whoosh.matching import NullMatcher
from whoosh.query import Phrase, Term
from whoosh.query.spans import Span, SpanNear2
from whoosh.scoring import BaseScorer, WeightingModel
from whoosh.searching import SearchContext

from search.ranking import K1, B


@dataclass(frozen=True, slots=True)
class FieldStatistics:
    """What scoring has to know of a field: documents that have it, tokens they have on average."""

    doc_count: int
    average: float


class LuceneBM25(WeightingModel):
    """Scores terms by the statistics and weights of their fields."""

    def __init__(
        self, statistics: Mapping[str, FieldStatistics], weights: Mapping[str, float]
    ) -> None:
        self._statistics = statistics
        self._weights = weights

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: int = 1) -> BaseScorer:
        """Return the scorer of one term; terms of fields without lengths score 1."""
        del qf  # a term twice in a query is two terms of the query tree
        return self.scorer_of([(fieldname, text)], searcher)

    def scorer_of(self, terms: Sequence[tuple[str, Any]], searcher: Any) -> BaseScorer:
        """Return the scorer of a term, or of a phrase of several terms of one field."""
        field = terms[0][0]
        statistics = self._statistics.get(field)
        if statistics is None or not statistics.doc_count:
            return _ConstantScorer()
        parent = searcher.get_parent()
        counts = (parent.doc_frequency(name, text) for name, text in terms)
        idf = sum(lucene_idf(statistics.doc_count, count) for count in counts)
        top = self._weights.get(field, 1.0) * idf
        return LuceneScorer(top, statistics.average, self.lengths_of(searcher, field))

    def lengths_of(self, searcher: Any, field: str) -> Callable[[int], int]:
        """Return what gives the length of a field in a document of the searcher's segment."""
        reader = searcher.reader()
        return lambda doc: int(reader.doc_field_length(doc, field))


class LuceneScorer(BaseScorer):
    """BM25 of one term: `top` is weight times idf, `average` the field's average length."""

    def __init__(self, top: float, average: float, length_of: Callable[[int], int]) -> None:
        self._top = top
        self._least = K1 * (1 - B)
        self._scale = K1 * B / max(average, 1e-9)
        self._length_of = length_of

    def score(self, matcher: Any) -> float:
        """Return the score of the matcher's document."""
        return self.score_of(matcher.weight(), matcher.id())

    def score_of(self, frequency: float, doc: int) -> float:
        """Return the score of a document of the segment in which the term stands so often."""
        norm = self._least + self._scale * self._length_of(doc)
        return self._top * frequency / (frequency + norm)

    def max_quality(self) -> float:
        """Return what no document reaches; some matchers ask, even where nothing is passed over."""
        return self._top


class _ConstantScorer(BaseScorer):
    def score(self, matcher: Any) -> float:
        """Return 1, as Lucene scores what only restricts."""
        del matcher
        return 1.0

    def max_quality(self) -> float:
        """Return the same."""
        return 1.0


class LucenePhrase(Phrase):
    """A phrase that scores as one term: with the sum of its words' idf, and its own frequency."""

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher of the documents in which the phrase stands."""
        return self._matcher(searcher, context, _PhraseMatcher)

    def _matcher(self, searcher: Any, context: Any, make: Callable[..., Any]) -> Any:
        terms = [(self.fieldname, word) for word in self.words]
        if any(term not in searcher.reader() for term in terms):
            return NullMatcher()
        context = context or SearchContext()
        with_positions = context.set(needs_current=True)
        matchers = [Term(*term).matcher(searcher, with_positions) for term in terms]
        scorer = context.weighting.scorer_of(terms, searcher) if context.weighting else None
        return make(matchers, scorer)


class LuceneNear(LucenePhrase):
    """Words near each other, in any order, with fewer than `slop` others among them.

    It scores as a phrase does; its frequency is the number of shortest windows with all words.
    """

    @property
    def reach(self) -> int:
        """How many other words may stand among them."""
        return int(self.slop) - 1

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher of the documents in which the words stand near each other."""
        return self._matcher(
            searcher, context, partial(_NearMatcher, names=tuple(self.words), reach=self.reach)
        )


class _PhraseMatcher(SpanNear2.SpanNear2Matcher):
    def __init__(self, words: Any, scorer: LuceneScorer | None) -> None:
        self._scorer = scorer
        super().__init__(words)  # finds the first document

    def copy(self) -> "_PhraseMatcher":
        return _PhraseMatcher([word.copy() for word in self.ms], self._scorer)

    def score(self) -> float:
        if self._scorer is None:
            return 1.0
        return self._scorer.score_of(len(self.spans()), self.id())


class _NearMatcher(_PhraseMatcher):
    def __init__(
        self, words: Any, scorer: LuceneScorer | None, names: tuple[str, ...], reach: int
    ) -> None:
        self._names, self._reach = names, reach
        super().__init__(words, scorer)

    def copy(self) -> "_NearMatcher":
        copies = [word.copy() for word in self.ms]
        return _NearMatcher(copies, self._scorer, self._names, self._reach)

    def _get_spans(self) -> list[Span]:
        needs = Counter(self._names)
        places = {
            name: [span.start for span in word.spans()]
            for name, word in zip(self._names, self.ms, strict=True)
        }
        width = self._reach + len(self.ms)
        windows = _shortest_windows(places, needs)
        return [Span(first, last) for first, last in windows if last - first < width]


def _shortest_windows(
    places: Mapping[Any, Sequence[int]], needs: Mapping[Any, int]
) -> Iterator[tuple[int, int]]:
    """Yield the first and last position of the windows that hold all words and no shorter one."""
    passed: dict[Any, list[int]] = {word: [] for word in needs}
    before = -1
    for last, word in sorted((place, each) for each, held in places.items() for place in held):
        passed[word].append(last)
        if all(len(passed[each]) >= need for each, need in needs.items()):
            first = min(passed[each][-need] for each, need in needs.items())
            if first > before:
                yield first, last
            before = first


def lucene_idf(doc_count: int, frequency: int) -> float:
    """Return how much a term tells: N documents have the field, n of them the term.

    >>> round(lucene_idf(10, 1), 4)
    1.9924
    """
    return math.log(1 + (doc_count - frequency + 0.5) / (frequency + 0.5))
