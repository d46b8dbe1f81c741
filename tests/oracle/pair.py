"""One archive in two indexes: what the kernels find in ours, and Whoosh's matchers in its own."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from search.execution.whoosh_scoring import LuceneBM25
from whoosh import query as wq

from index.segments.layout import Layout
from index.whoosh_codec.codec import segments_of
from search.execution.deadline import Deadline
from search.execution.evaluator import Scoring, evaluate
from search.execution.snapshot import Snapshot
from search.matches import Found, Wanted

from .differences import as_evaluated, is_unscored
from .matchers import GivenLengths, Scores, run_matcher, run_matchers
from .plain import Held, PlainFilters

SECONDS = 600.0
"""More than any query takes: nothing is to end early."""


class Pair:
    """The same documents in two indexes.

    Attributes:
        documents: what is known of each besides its words, deleted ones too.
        snapshot: our index, as queries see it.
        columnar, oracle: Whoosh searchers of ours and of its own.
        oracle_weighting: what its own scores by.
    """

    def __init__(
        self,
        documents: Sequence[Held],
        layout: Layout,
        indexes: tuple[Any, Any],
        weighting: GivenLengths,
    ) -> None:
        """Take both indexes, ours first, open, and what the oracle scores by."""
        self.documents = documents
        self.columnar, self.oracle = (held.searcher() for held in indexes)
        segments = segments_of(self.columnar.reader())
        self.snapshot = Snapshot(segments, layout.facets, layout.orders)
        self._schema = indexes[0].schema
        self.oracle_weighting = weighting
        self._weighting = LuceneBM25(self.snapshot.statistics, weighting.weights)
        self._scoring = Scoring(weighting.weights, self._field_bytes, self._run_matcher)

    def found(self, query: wq.Query, wanted: Wanted, filters: PlainFilters) -> Found:
        """Return what the kernels find."""
        held = filters.as_ordinals(self.snapshot)
        return evaluate(query, self.snapshot, self._scoring, wanted, held, Deadline(SECONDS))

    def expected(self, query: wq.Query) -> Scores:
        """Return what Whoosh's matchers find in its own index, wanted differences apart."""
        scores = run_matchers(as_evaluated(query), self.oracle, self.oracle_weighting)
        return dict.fromkeys(scores, 0.0) if is_unscored(query) else scores

    def counts(self, found: Found, name: str) -> Counter[str]:
        """Return a facet's counts by value, "" for "none"; zeros left out."""
        place, values = self.snapshot.facets[name], self.snapshot.facet_values
        part = slice(place.first, place.none + 1)
        return +Counter(dict(zip(values[part], found.counts[part].tolist(), strict=True)))

    def close(self) -> None:
        """Close both searchers."""
        self.columnar.close()
        self.oracle.close()

    def _field_bytes(self, field: str, text: Any) -> bytes | None:
        if field not in self._schema:
            return None
        try:
            found: bytes = self._schema[field].to_bytes(text)
        except ValueError:
            return None
        return found

    def _run_matcher(self, segment: int, query: Any) -> tuple[list[int], list[float]]:
        leaf, _ = self.columnar.leaf_searchers()[segment]
        found = list(run_matcher(query, leaf, self._weighting))
        return [doc for doc, _ in found], [score for _, score in found]
