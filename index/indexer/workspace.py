"""The workspace of a build or an update: a locked index directory, or a temporary one for previews.

It has the folder of the next generation, the staging table, and the counts of the report. All but
what was published is removed when it is closed, whatever happened.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.document import Rejection
from index.generations import (
    Takedowns,
    building_folder,
    read_takedowns,
    refuse_wrong_clock,
)
from index.indexer.corrections import Corrections, read_corrections
from index.indexer.report import FAILED_REJECTIONS_NAME, BuildCounts
from index.indexer.staging import StagingTable
from index.temporary_folder import temporary_folder


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where a build or an update works.

    Attributes:
        index_path: the index directory.
        number: of the generation that is built; 0 in a preview.
        folder: where its files are written.
        staging: the articles that were read.
        counts: of what passes through.
        corrections: of articles, by hand.
        takedowns: the list of articles that were taken down.
    """

    index_path: Path
    number: int
    folder: Path
    staging: StagingTable
    counts: BuildCounts
    corrections: Corrections
    takedowns: Takedowns


class Keeper(Protocol):
    """What a workspace asks of where generations are kept; see `index.indexer.store.Store`."""

    def locked(self, index_path: Path) -> AbstractContextManager[None]:
        """Keep other runs out."""

    def next_number(self, index_path: Path) -> int:
        """Return a number greater than any that was used."""

    def clear_leftovers(self, index_path: Path) -> None:
        """Remove what killed runs have left."""


@contextmanager
def open_workspace(index_path: Path, store: Keeper) -> Iterator[Workspace]:
    """Lock an index, and make the folder of its next generation.

    Raises:
        IndexLockedError: when another build is under way.
        ClockError, TakedownsError: when the clock or the list of those taken down is wrong.
    """
    with store.locked(index_path):
        number = store.next_number(index_path)  # of what is cleared, too: none is used twice
        store.clear_leftovers(index_path)  # before anything needs the room that they take
        with _opened(index_path, number) as workspace:
            yield workspace


@contextmanager
def _opened(index_path: Path, number: int) -> Iterator[Workspace]:
    with StagingTable.opened(index_path) as staging:
        counts = BuildCounts(index_path / FAILED_REJECTIONS_NAME)
        with building_folder(index_path, number) as folder:
            yield _workspace(index_path, number, folder, staging, counts)


@contextmanager
def open_temporary_workspace(
    index_path: Path, on_rejection: Callable[[Rejection], None]
) -> Iterator[Workspace]:
    """Open a workspace in a temporary folder, for a preview; the index directory is not touched.

    Args:
        index_path: the index directory; it may be missing.
        on_rejection: called with each article that is left out.
    """
    with temporary_folder() as folder, StagingTable.opened(folder) as staging:
        counts = BuildCounts(folder / FAILED_REJECTIONS_NAME, on_rejection)
        yield _workspace(index_path, 0, folder, staging, counts)


def _workspace(
    index_path: Path, number: int, folder: Path, staging: StagingTable, counts: BuildCounts
) -> Workspace:
    refuse_wrong_clock(index_path)
    corrections = read_corrections(index_path)
    counts.add_rejections(corrections.refused)
    takedowns = read_takedowns(index_path)
    return Workspace(index_path, number, folder, staging, counts, corrections, takedowns)
