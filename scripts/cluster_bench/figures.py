"""The figures of one corpus on a cluster, and their tables."""

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cluster_bench.searches import BARE, EMBEDDED, OURS, UNCOUNTED, Timed
from cluster_bench.writing import Rates

MEGABYTE = 1_000_000
_SEARCH_HEAD = (
    *("articles", "cluster alone", "Kliping on it", "more", "more, 9 of 10"),
    *("cluster alone, no facets", "embedded"),
)
_WRITE_HEAD = (
    *("articles", "Kliping, articles/s", "ready-made by opensearch-py", "ratio"),
    *("`reindex.py`, MB of memory", "index, MB", "index directory, MB"),
    "facets in a node's memory, MB",
)
_KIND_HEAD = ("round trips", "cluster alone", "Kliping on it", "more", "embedded")


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured with so many documents.

    Attributes:
        doc_count: how many.
        timed: the requests.
        rates: of writing, in documents a second.
        writer_bytes: of memory that `reindex.py` took at most, to write all of them.
        index_bytes: of the index on the cluster, without replicas.
        ordinals_bytes: of the memory that a node keeps for its facets.
        embedded_bytes: of the same articles in an index directory.
    """

    doc_count: int
    timed: Sequence[Timed]
    rates: Rates
    writer_bytes: int
    index_bytes: int
    ordinals_bytes: int
    embedded_bytes: int

    def milliseconds(self, side: str) -> float:
        """Return the median of one side over all requests."""
        return statistics.median(each.milliseconds[side] for each in self.timed)


def markdown_tables(runs: Sequence[Figures]) -> str:
    """Return the tables of docs/cluster.md."""
    last = max(runs, key=lambda run: run.doc_count)
    kinds = (f"{last.doc_count:,} articles, kind of query", *_KIND_HEAD)
    return "\n\n".join(
        (
            "Milliseconds a request, median over all requests:",
            table(_SEARCH_HEAD, map(_search_row, runs)),
            table(kinds, _kind_rows(last.timed)),
            "Writing, and what is kept:",
            table(_WRITE_HEAD, map(_write_row, runs)),
        )
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown, its first column of words.

    >>> print(table(("a", "b"), [("x", "1")]))
    | a | b |
    | --- | ---: |
    | x | 1 |
    """
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _search_row(run: Figures) -> tuple[str, ...]:
    more = [each.more for each in run.timed]
    most = statistics.quantiles(more, n=10)[-1] if len(more) > 1 else more[0]
    alone, ours, uncounted, embedded = map(run.milliseconds, (BARE, OURS, UNCOUNTED, EMBEDDED))
    shown = (alone, ours, statistics.median(more), most, uncounted, embedded)
    return f"{run.doc_count:,}", *(f"{each:.1f}" for each in shown)


def _kind_rows(timed: Sequence[Timed]) -> Iterator[tuple[str, ...]]:
    for kind in dict.fromkeys(each.kind for each in timed):
        own = [each for each in timed if each.kind == kind]
        trips = statistics.mean(each.trips for each in own)
        alone, ours, embedded = (
            statistics.median(each.milliseconds[side] for each in own)
            for side in (BARE, OURS, EMBEDDED)
        )
        shown = (trips, alone, ours, statistics.median(each.more for each in own), embedded)
        yield kind, *(f"{each:.1f}" for each in shown)


def _write_row(run: Figures) -> tuple[str, ...]:
    rates = run.rates
    sizes = (run.writer_bytes, run.index_bytes, run.embedded_bytes, run.ordinals_bytes)
    return (
        f"{run.doc_count:,}",
        f"{rates.ours:,.0f}",
        f"{rates.ready_made:,.0f}",
        f"{rates.ours / rates.ready_made:.2f}",
        *(f"{size / MEGABYTE:,.1f}" for size in sizes),
    )
