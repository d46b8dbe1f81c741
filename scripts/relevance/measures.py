"""Measure rankings (MRR, nDCG, MAP, recall), and test whether a difference may be chance."""

from collections.abc import Mapping, Sequence

import ir_measures
import numpy as np
from ir_measures import AP, RR, R, nDCG
from numpy.typing import NDArray

from .collection import Collection

MEASURES = {"MRR@10": RR @ 10, "nDCG@10": nDCG @ 10, "MAP": AP, "recall@100": R @ 100}
"""Each measure by its name in the table."""

RANKED_MOST = 1000
"""Hits of a query that are ranked."""

FLIPS = 10_000
"""Draws of the test: near 0.05, p is exact to about 0.005."""

Ranking = Sequence[tuple[str, float]]
Figures = Mapping[str, NDArray[np.float64]]
"""By measure, the figure of each query, in the collection's order."""


def measure(collection: Collection, rankings: Mapping[str, Ranking]) -> Figures:
    """Return every measure for every query; a query that finds nothing has 0."""
    number_by_query = {query: number for number, query in enumerate(collection.queries)}
    judged = {query: dict(collection.judgments[query]) for query in number_by_query}
    run = {query: _in_given_order(ranking) for query, ranking in rankings.items()}
    figures = {name: np.zeros(len(number_by_query)) for name in MEASURES}
    names = {measure: name for name, measure in MEASURES.items()}
    for metric in ir_measures.iter_calc(list(MEASURES.values()), judged, run):
        figures[names[metric.measure]][number_by_query[metric.query_id]] = metric.value
    return figures


def chance(ours: NDArray[np.float64], theirs: NDArray[np.float64], seed: int = 1) -> float:
    """Return the p-value of a difference, by a paired randomization test.

    If two systems were equal, each query's difference could as well have the other sign.

    >>> chance(np.ones(20), np.zeros(20)) < 0.001
    True
    >>> chance(np.ones(20), np.ones(20))
    1.0
    """
    differences = ours - theirs
    differences = differences[differences != 0]
    rng = np.random.default_rng(seed)
    reached = sum(
        abs((differences * rng.choice((-1.0, 1.0), len(differences))).sum())
        >= abs(differences.sum()) - 1e-12
        for _ in range(FLIPS)
    )
    return (int(reached) + 1) / (FLIPS + 1)


def _in_given_order(ranking: Ranking) -> dict[str, float]:
    """Return scores that fall with the rank: equal scores would be ordered again, by id."""
    return {doc_id: float(-rank) for rank, (doc_id, _) in enumerate(ranking)}
