"""Lucene's BM25 (see `search.ranking`) as a Whoosh weighting model.

Whoosh's own BM25F differs in idf, in field lengths (a byte of its own rounding) and in phrases.
"""

import math
from typing import Any

from whoosh.matching import NullMatcher
from whoosh.query import Phrase, Term
from whoosh.query.spans import SpanNear2
from whoosh.scoring import BaseScorer, WeightingModel
from whoosh.searching import SearchContext

from index.columns import Columns
from index.lengths import length_table
from index.schema import length_field
from search.deadline import Deadline
from search.ranking import K1, WEIGHT_BY_NAME, B


class LuceneBM25(WeightingModel):
    """Scores the terms of one segment, whose documents begin at `offset` in the columns."""

    def __init__(self, columns: Columns, offset: int) -> None:
        self._columns = columns
        self._offset = offset

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: int = 1) -> BaseScorer:
        """Return the scorer of one term; terms of fields without a weight (dates) score 1."""
        del qf  # a term twice in a query is two terms of the query tree
        if fieldname not in WEIGHT_BY_NAME:
            return _ConstantScorer()
        return self.scorer_of([(fieldname, text)], searcher)

    def scorer_of(self, terms: list[tuple[str, Any]], searcher: Any) -> "LuceneScorer":
        """Return the scorer of a term, or of a phrase of several terms of one field."""
        field = terms[0][0]
        column = self._columns.lengths[length_field(field)]
        parent = searcher.get_parent()
        counts = (parent.doc_frequency(name, text) for name, text in terms)
        idf = sum(lucene_idf(column.doc_count, count) for count in counts)
        average = column.token_count / max(column.doc_count, 1)
        return LuceneScorer(WEIGHT_BY_NAME[field] * idf, average, column.lengths, self._offset)


class LuceneScorer(BaseScorer):
    """BM25 of one term: `top` is weight times idf, `average` the field's average length."""

    def __init__(self, top: float, average: float, lengths: Any, offset: int) -> None:
        self._top = top
        scale = K1 * B / max(average, 1e-9)
        self._norms = [K1 * (1 - B) + scale * int(length) for length in length_table()]
        self._lengths = bytes(lengths)  # indexed a document at a time: faster than an array
        self._offset = offset

    def score(self, matcher: Any) -> float:
        """Return the score of the matcher's document."""
        return self.score_of(matcher.weight(), matcher.id())

    def score_of(self, frequency: float, doc: int) -> float:
        """Return the score of a document of the segment in which the term stands so often."""
        norm = self._norms[self._lengths[self._offset + doc]]
        return self._top * frequency / (frequency + norm)


class _ConstantScorer(BaseScorer):
    def score(self, matcher: Any) -> float:
        """Return 1, as Lucene scores what only restricts."""
        del matcher
        return 1.0


class LucenePhrase(Phrase):
    """A phrase that scores as one term: with the sum of its words' idf, and its own frequency.

    Many documents may hold the words and few the phrase, so each candidate looks at the deadline.
    """

    def __init__(self, fieldname: str, words: list[str], deadline: Deadline) -> None:
        super().__init__(fieldname, words)
        self._deadline = deadline

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher of the documents in which the phrase stands."""
        terms = [(self.fieldname, word) for word in self.words]
        if any(term not in searcher.reader() for term in terms):
            return NullMatcher()
        context = context or SearchContext()
        with_positions = context.set(needs_current=True)
        matchers = [Term(*term).matcher(searcher, with_positions) for term in terms]
        scorer = context.weighting.scorer_of(terms, searcher) if context.weighting else None
        return _PhraseMatcher(matchers, scorer, self._deadline)


class _PhraseMatcher(SpanNear2.SpanNear2Matcher):
    def __init__(self, words: Any, scorer: LuceneScorer | None, deadline: Deadline) -> None:
        self._scorer = scorer
        self._deadline = deadline
        super().__init__(words)  # finds the first document

    def copy(self) -> "_PhraseMatcher":
        return _PhraseMatcher([word.copy() for word in self.ms], self._scorer, self._deadline)

    def score(self) -> float:
        if self._scorer is None:
            return 1.0
        return self._scorer.score_of(len(self.spans()), self.id())

    def _get_spans(self) -> Any:
        self._deadline.check()
        return super()._get_spans()


def lucene_idf(doc_count: int, frequency: int) -> float:
    """Return how much a term tells: N documents have the field, n of them the term.

    >>> round(lucene_idf(10, 1), 4)
    1.9924
    """
    return math.log(1 + (doc_count - frequency + 0.5) / (frequency + 0.5))
