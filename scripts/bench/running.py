"""Measure all engines on one corpus: build every index, compare the answers, time in turns."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from bench.agreement import Difference, check_differences, worst_differences
from bench.corpus import PreparedCorpus
from bench.machine import folder_megabytes
from bench.open_once import open_seconds
from bench.peer import BenchQuery, CannotRunError, Mode, Peer, Searcher
from bench.peers import OURS, Entrants
from bench.results import CorpusRun, IndexFigures
from bench.rounds import Effort, measure

Show = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Task:
    """What is measured on one corpus.

    Attributes:
        corpus: the documents; indexes are built beside their file.
        mode: the fields that are searched.
        queries: the queries of all kinds.
        effort: how long to measure.
        show: shows a row of the report as soon as it is known.
    """

    corpus: PreparedCorpus
    mode: Mode
    queries: Sequence[BenchQuery]
    effort: Effort
    show: Show

    def folder(self, peer: Peer) -> Path:
        """Return the folder of a peer's index."""
        return self.corpus.path.parent / f"{peer.name}-{self.mode}"


def run_corpus(task: Task, entrants: Entrants) -> CorpusRun:
    """Measure all peers on one corpus.

    Raises:
        DisagreementError: when their answers are not the same.
        CannotRunError: when no peer is left.
    """
    absent = dict(entrants.absent)
    indexes = _build_all(task, entrants.peers, absent)
    for name, reason in absent.items():
        task.show(f"  {name:<8} left out: {reason}")
    if not indexes:
        raise CannotRunError("No engine could run, so there is nothing to measure.")
    with ExitStack() as stack:
        searchers = {
            peer.name: stack.enter_context(closing(peer.open(task.folder(peer), task.mode)))
            for peer in entrants.peers
            if peer.name in indexes
        }
        differences = _compare(task, searchers)
        plain, shown = (
            measure(searchers, task.queries, snippets=snippets, effort=task.effort)
            for snippets in (False, True)
        )
    counts = task.corpus.doc_count, task.corpus.real_count
    return CorpusRun(*counts, task.mode, indexes, plain, shown, differences, absent)


def _build_all(
    task: Task, peers: Sequence[Peer], absent: dict[str, str]
) -> dict[str, IndexFigures]:
    """Build the indexes one after the other; a peer that cannot is added to `absent`."""
    indexes: dict[str, IndexFigures] = {}
    for peer in peers:
        try:
            indexes[peer.name] = _build(task, peer)
        except CannotRunError as error:
            absent[peer.name] = str(error)
        else:
            task.show(f"  {peer.name:<8} {index_row(indexes[peer.name])}")
    return indexes


def _compare(task: Task, searchers: Mapping[str, Searcher]) -> list[Difference]:
    answers = {
        name: {query: searcher.answer(query, snippets=False) for query in task.queries}
        for name, searcher in searchers.items()
    }
    reference = OURS if OURS in searchers else next(iter(searchers))
    differences = worst_differences(answers, reference)
    for difference in differences:
        task.show(f"  {difference}, from {reference}")
    check_differences(differences)
    return differences


def index_row(figures: IndexFigures) -> str:
    """Return an index's row for the terminal."""
    return (
        f"{figures.documents_per_second:>8,.0f} documents/s"
        f"  ({figures.merged_per_second:,.0f} when merged)"
        f"  {figures.megabytes:>8,.1f} MB  opens in {figures.open_seconds:.3f} s; {figures.note}"
    )


def _build(task: Task, peer: Peer) -> IndexFigures:
    corpus, mode, folder = task.corpus, task.mode, task.folder(peer)
    if peer.documents_most is not None and corpus.doc_count > peer.documents_most:
        raise CannotRunError(f"Measured up to {peer.documents_most:,} documents only: too slow.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    built = peer.build(corpus, folder, mode)
    return IndexFigures(
        built.doc_count / built.seconds,
        built.doc_count / built.merged_seconds,
        folder_megabytes(folder),
        open_seconds(peer.name, folder, mode, folder.parents[1], task.queries[0]),
        built.note,
    )
