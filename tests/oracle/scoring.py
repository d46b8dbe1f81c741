"""Lucene's BM25 on both sides of a comparison with Whoosh's own codec.

The oracle's weighting takes the lengths from a table that was worked out in plain Python, since
Whoosh's codec rounds lengths in another way; the columnar one asks the reader.
"""

import math
from collections.abc import Callable
from typing import Any

from whoosh.scoring import BaseScorer, WeightingModel

from index.whoosh_codec.codec import segments_of
from tests.oracle.random_archives import Archive, Lengths

K1, B = 1.2, 0.75


class LuceneWeighting(WeightingModel):
    """Lucene's BM25 over the lengths that it is given; fields without lengths score 1."""

    def __init__(self, lengths_of: Callable[[Any, str], Lengths | None]) -> None:
        """Take what tells the lengths of a field from the searcher of a segment."""
        self._lengths_of = lengths_of

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: int = 1) -> BaseScorer:
        """Return the scorer of a term in a segment."""
        del qf
        lengths = self._lengths_of(searcher, fieldname)
        if lengths is None:
            return LuceneTerm(1.0, 0.0, [])
        count = searcher.get_parent().doc_frequency(fieldname, text)
        idf = math.log(1 + (lengths.doc_count - count + 0.5) / (count + 0.5))
        average = lengths.token_count / max(lengths.doc_count, 1)
        return LuceneTerm(idf, average, lengths.rounded)


class LuceneTerm(BaseScorer):
    """BM25 of one term in one segment; tells the most that a block may score, for pruning."""

    def __init__(self, idf: float, average: float, lengths: list[int]) -> None:
        self._idf, self._average, self._lengths = idf, average, lengths

    def score(self, matcher: Any) -> float:
        """Return the score of the matcher's document."""
        if not self._lengths:
            return self._idf
        return self._score(matcher.weight(), self._lengths[matcher.id()])

    def supports_block_quality(self) -> bool:
        """Return that it can tell."""
        return True

    def max_quality(self) -> float:
        """Return what no document reaches."""
        return self._idf

    def block_quality(self, matcher: Any) -> float:
        """Return the score that the term would have in an empty document, as often as it gets."""
        return self._score(matcher.block_max_weight(), 0) if self._lengths else self._idf

    def _score(self, frequency: float, length: int) -> float:
        norm = K1 * (1 - B + B * length / self._average)
        return self._idf * frequency / (frequency + norm)


def oracle_weighting(archive: Archive) -> LuceneWeighting:
    """Return the weighting over lengths that are worked out here."""
    lengths = {name: archive.lengths(name) for name in ("title", "body", "stem")}

    def of_segment(searcher: Any, name: str) -> Lengths | None:
        if name not in lengths:
            return None
        parent = searcher.get_parent()
        offset = next((o for leaf, o in parent.leaf_searchers() if leaf is searcher), 0)
        return lengths[name]._replace(rounded=lengths[name].rounded[offset:])

    return LuceneWeighting(of_segment)


def columnar_weighting() -> LuceneWeighting:
    """Return the weighting over the lengths that the columnar reader tells."""

    def of_segment(searcher: Any, name: str) -> Lengths | None:
        reader = searcher.get_parent().reader()
        fields = [segment.fields.get(name) for segment, _ in segments_of(reader)]
        held = [field for field in fields if field and field.length_row >= 0]
        if not held:
            return None
        rounded = [searcher.doc_field_length(doc, name) for doc in range(searcher.doc_count_all())]
        return Lengths(rounded, sum(field.doc_count for field in held), reader.field_length(name))

    return LuceneWeighting(of_segment)


def searchers(archive: Archive) -> tuple[Any, Any]:
    """Return a searcher of the oracle and one of the columnar index, scored alike."""
    return (
        archive.oracle.searcher(weighting=oracle_weighting(archive)),
        archive.columnar.searcher(weighting=columnar_weighting()),
    )
