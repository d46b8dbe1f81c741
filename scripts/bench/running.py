"""One corpus in one mode: build every index, compare the answers, measure by turns."""

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
from bench.peers import OURS, Roll
from bench.results import CorpusRun, IndexFigures
from bench.rounds import Effort, measure

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Task:
    """What is measured on one corpus.

    Attributes:
        corpus: the documents; indexes stand beside their file.
        mode: the fields that are searched.
        queries: all kinds.
        effort: how long.
        tell: where rows go as they come.
    """

    corpus: PreparedCorpus
    mode: Mode
    queries: Sequence[BenchQuery]
    effort: Effort
    tell: Tell

    def folder(self, peer: Peer) -> Path:
        """Return where a peer's index stands."""
        return self.corpus.path.parent / f"{peer.name}-{self.mode}"


def run_corpus(task: Task, roll: Roll) -> CorpusRun:
    """Measure all peers of the roll on one corpus.

    Raises:
        DisagreementError: when their answers are not the same.
        CannotRunError: when no peer is left.
    """
    absent = dict(roll.absent)
    indexes = _build_all(task, roll.peers, absent)
    for name, reason in absent.items():
        task.tell(f"  {name:<8} left out: {reason}")
    if not indexes:
        raise CannotRunError("No engine could run, so there is nothing to measure.")
    with ExitStack() as stack:
        searchers = {
            peer.name: stack.enter_context(closing(peer.open(task.folder(peer), task.mode)))
            for peer in roll.peers
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
    """Build the indexes one after the other; who cannot is added to the absent."""
    indexes: dict[str, IndexFigures] = {}
    for peer in peers:
        try:
            indexes[peer.name] = _build(task, peer)
        except CannotRunError as error:
            absent[peer.name] = str(error)
        else:
            task.tell(f"  {peer.name:<8} {told_index(indexes[peer.name])}")
    return indexes


def _compare(task: Task, searchers: Mapping[str, Searcher]) -> list[Difference]:
    answers = {
        name: {query: searcher.answer(query, snippets=False) for query in task.queries}
        for name, searcher in searchers.items()
    }
    reference = OURS if OURS in searchers else next(iter(searchers))
    differences = worst_differences(answers, reference)
    for difference in differences:
        task.tell(f"  {difference}, from {reference}")
    check_differences(differences)
    return differences


def told_index(figures: IndexFigures) -> str:
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
