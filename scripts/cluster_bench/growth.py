"""Carry the figures of two corpora on to more articles: straight lines, and their arithmetic.

An answer takes a part of time that is always the same and a part that grows with the articles of a
shard; shards on cores of their own are searched at once. Size, memory and writing grow with the
articles. Whoever has other articles measures anew.
"""

import math
from collections.abc import Iterator, Sequence

from cluster_bench.figures import Figures, table
from cluster_bench.searches import BARE, UNCOUNTED

COUNTS = (1_000_000, 10_000_000, 100_000_000)
SHARD_ARTICLES = 1_000_000
"""Articles of a shard at most: what a core goes through in less than a second."""
NODE_CORES = 8
"""Cores of a node in the table; it searches as many shards at once."""
REPLICAS = 1
GIGABYTE = 1_000_000_000
_HEAD = (
    *("articles", "shards", "index with a replica, GB", "nodes of 8 cores"),
    *("answer, ms", "of it facets, ms", "facets in the memory of all nodes, MB", "build, hours"),
)


def growth_table(runs: Sequence[Figures]) -> str:
    """Return the table with its arithmetic; "" where fewer than two sizes were measured."""
    sizes = sorted(runs, key=lambda run: run.doc_count)
    if len(sizes) < 2 or sizes[0].doc_count == sizes[-1].doc_count:  # noqa: PLR2004 - a line
        return ""
    first, last = sizes[0], sizes[-1]
    whole, uncounted = (_line(first, last, side) for side in (BARE, UNCOUNTED))
    said = (
        f"**Extrapolated** from {first.doc_count:,} and {last.doc_count:,} articles, not measured. "
        f"An answer takes {whole[0]:.1f} ms and {whole[1]:.1f} ms for each million articles of a "
        f"shard; without facets, {uncounted[0]:.1f} ms and {uncounted[1]:.1f} ms. An article takes "
        f"{last.index_bytes / last.doc_count:,.0f} bytes, and is written at {last.rates.ours:,.0f} "
        f"a second on this machine. A shard has {SHARD_ARTICLES:,} articles at most."
    )
    return f"{said}\n\n{table(_HEAD, _rows(last, whole, uncounted))}"


def _line(first: Figures, last: Figures, side: str) -> tuple[float, float]:
    """Return the milliseconds of no articles, and those of each million."""
    grown = last.milliseconds(side) - first.milliseconds(side)
    slope = max(grown, 0.0) / (last.doc_count - first.doc_count)
    return max(first.milliseconds(side) - slope * first.doc_count, 0.0), slope * 1_000_000


def _rows(
    last: Figures, whole: tuple[float, float], uncounted: tuple[float, float]
) -> Iterator[tuple[str, ...]]:
    for count in COUNTS:
        shards = math.ceil(count / SHARD_ARTICLES)
        copies = shards * (1 + REPLICAS)
        millions = count / shards / 1_000_000
        answer, without = (start + slope * millions for start, slope in (whole, uncounted))
        yield (
            f"{count:,}",
            f"{shards}",
            f"{last.index_bytes / last.doc_count * count * (1 + REPLICAS) / GIGABYTE:,.0f}",
            f"{max(1 + REPLICAS, math.ceil(copies / NODE_CORES))}",
            f"{answer:,.0f}",
            f"{answer - without:,.0f}",
            f"{last.ordinals_bytes / last.doc_count * count * (1 + REPLICAS) / 1_000_000:,.0f}",
            f"{count / last.rates.ours / 3_600:,.1f}",
        )
