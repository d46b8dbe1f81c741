"""How good rankings are, and whether a difference between two of them may be chance."""

from collections.abc import Mapping, Sequence

import ir_measures
import numpy as np
from ir_measures import AP, RR, R, nDCG
from numpy.typing import NDArray

from .collection import Collection

MEASURES = {"MRR@10": RR @ 10, "nDCG@10": nDCG @ 10, "MAP": AP, "recall@100": R @ 100}
"""Each measure: what it is called, and what `ir_measures` makes of it."""

RANKED_MOST = 1000
"""Hits of a question that are judged."""

FLIPS = 10_000
"""Draws of the test: p is exact to about half a hundredth where it is near 0.05."""

Ranking = Sequence[tuple[str, float]]
Figures = Mapping[str, NDArray[np.float64]]
"""By measure, the figure of each question, in the collection's order."""


def measure(collection: Collection, rankings: Mapping[str, Ranking]) -> Figures:
    """Return every measure for every question; one that finds nothing has 0."""
    places = {query: place for place, query in enumerate(collection.queries)}
    judged = {query: dict(collection.judgments[query]) for query in places}
    run = {query: _in_given_order(ranking) for query, ranking in rankings.items()}
    figures = {name: np.zeros(len(places)) for name in MEASURES}
    names = {measure: name for name, measure in MEASURES.items()}
    for found in ir_measures.iter_calc(list(MEASURES.values()), judged, run):
        figures[names[found.measure]][places[found.query_id]] = found.value
    return figures


def chance(ours: NDArray[np.float64], theirs: NDArray[np.float64], seed: int = 1) -> float:
    """Return how often chance alone makes a difference this great: a paired randomization test.

    If two systems were alike, each question's difference could as well have the other sign.

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
    """Return scores that fall with every place: equal ones would be ordered anew, by id."""
    return {doc_id: float(-place) for place, (doc_id, _) in enumerate(ranking)}
