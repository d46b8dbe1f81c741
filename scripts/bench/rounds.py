"""Time queries in alternating rounds: the engines take turns in one run.

Whatever else the machine does then slows all engines alike, and the ratios hold.
"""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench.peer import BenchQuery, Searcher

Milliseconds = dict[str, dict[str, float]]
"""By engine, the median of its calls by kind of query."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure.

    Attributes:
        rounds: how often the engines take turns.
        warm_seconds: time for each query before the first round.
        query_seconds: time for each query and engine in a round.
        variants: queries of each kind.
    """

    rounds: int
    warm_seconds: float
    query_seconds: float
    variants: int


FULL = Effort(rounds=5, warm_seconds=0.25, query_seconds=0.1, variants=3)
QUICK = Effort(rounds=2, warm_seconds=0.05, query_seconds=0.05, variants=1)


def measure(
    searchers: Mapping[str, Searcher],
    queries: Sequence[BenchQuery],
    *,
    snippets: bool,
    effort: Effort,
) -> Milliseconds:
    """Return the median milliseconds of a call, by engine and kind of query."""
    for searcher in searchers.values():
        searcher.warm(queries, snippets=snippets, seconds=effort.warm_seconds)
    calls: dict[tuple[str, BenchQuery], list[float]] = defaultdict(list)
    for _ in range(effort.rounds):
        for query in queries:
            for name, searcher in searchers.items():
                seconds = effort.query_seconds
                calls[name, query] += searcher.time(query, snippets=snippets, seconds=seconds)
    return {name: _by_kind(name, queries, calls) for name in searchers}


def ratios(figures: Milliseconds, ours: str) -> Milliseconds:
    """Return the ratio of each other engine's time to ours, by engine and kind."""
    own = figures[ours]
    return {
        name: {kind: taken / own[kind] for kind, taken in kinds.items()}
        for name, kinds in figures.items()
        if name != ours
    }


def median_of_mix(kinds: Mapping[str, float]) -> float:
    """Return the median over all kinds of query."""
    return statistics.median(kinds.values())


def _by_kind(
    name: str, queries: Iterable[BenchQuery], calls: Mapping[tuple[str, BenchQuery], list[float]]
) -> dict[str, float]:
    # The median of each query first: a fast variant has more calls, and would outvote the others.
    medians: dict[str, list[float]] = defaultdict(list)
    for query in queries:
        medians[query.kind].append(statistics.median(calls[name, query]))
    return {kind: 1_000 * statistics.median(own) for kind, own in medians.items()}
