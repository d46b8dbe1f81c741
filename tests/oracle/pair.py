"""One archive in two indexes: what the kernels find in ours, and Whoosh's matchers in its own."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from whoosh import query as wq
from whoosh.searching import SearchContext

from index.segments.layout import Layout
from index.whoosh_codec import segments_of
from search.execution.deadline import Deadline
from search.execution.evaluator import Scope, evaluate
from search.execution.planner import EveryDocument, Plan
from search.execution.snapshot import Snapshot
from search.matches import Matches, Selection

from .plain import NO_FILTERS, PlainDocument, PlainFilters, facet_counts
from .whoosh_scoring import GivenLengths, LuceneBM25

SECONDS = 600.0
"""More than any query takes: no comparison ends early."""

ALL = Selection(10_000_000, "newest", by_score=True)
"""All hits, the best first."""

Scores = dict[int, float]


class Pair:
    """The same documents in two indexes.

    Attributes:
        documents: what filters, facets and orders need of each, deleted ones included.
        layout: the fields, facets and orders of our index.
        snapshot: our index, as the kernels see it.
        codec: a Whoosh searcher of our index, through `index.whoosh_codec`.
        oracle: a Whoosh searcher of Whoosh's own index.
    """

    def __init__(
        self,
        documents: Sequence[PlainDocument],
        layout: Layout,
        indexes: tuple[Any, Any],
        weighting: GivenLengths,
    ) -> None:
        """Take both indexes, ours first, and what Whoosh's own scores by."""
        self.documents, self.layout = documents, layout
        ours, oracle = indexes
        self.snapshot = Snapshot(segments_of(ours), layout.facets, layout.orders)
        self._weights = weighting.weights
        own_weighting = LuceneBM25(self.snapshot.statistics, weighting.weights)
        self.codec = ours.searcher(weighting=own_weighting)
        self.oracle = oracle.searcher(weighting=weighting)

    def find(
        self, plan: Plan, selection: Selection = ALL, filters: PlainFilters = NO_FILTERS
    ) -> Matches:
        """Return what the kernels find in our index."""
        scope = Scope(self.snapshot, self._weights, Deadline(SECONDS))
        ordinals = filters.as_ordinals(self.snapshot.facets, "date")
        return evaluate(plan, scope, selection, ordinals)

    def expected(self, plan: Plan, query: wq.Query) -> Scores:
        """Return what Whoosh finds in its own index for the query that stands for a plan."""
        scores = run_matchers(query, self.oracle)
        is_unscored = isinstance(plan.root, EveryDocument)  # the archive is only put in order
        return dict.fromkeys(scores, 0.0) if is_unscored else scores

    def counts(self, matches: Matches) -> dict[str, Counter[str]]:
        """Return every facet's counts by value, "" for "no value"; zeros left out."""
        table = self.snapshot.facets
        return {name: facet_counts(table, matches, name) for name in self.layout.facets}

    def close(self) -> None:
        """Close both searchers."""
        self.codec.close()
        self.oracle.close()


def run_matchers(query: wq.Query, searcher: Any) -> Scores:
    """Return all documents that Whoosh's matchers find in an index, and their scores."""
    scores: Scores = {}
    for leaf, offset in searcher.leaf_searchers():
        matcher: Any = query.matcher(leaf, SearchContext(weighting=searcher.weighting))
        while matcher.is_active():
            scores[offset + matcher.id()] = matcher.score()
            matcher.next()
    return scores
