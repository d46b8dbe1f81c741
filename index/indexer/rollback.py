"""Rollback: the generation before is served again, without the articles taken down since."""

import errno
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from index.errors import ArchiveIndexError, IndexMissingError, IndexUnreadableError
from index.generations import Catalog, Takedowns, is_index, read_takedowns
from index.indexer.build import finish_generation
from index.indexer.down_list import DownList
from index.indexer.store import DIRECTORY, Base, Store
from index.indexer.update import stage_changes, write_update
from index.indexer.workspace import open_workspace
from index.ingest import READ_OPTIONS


class RolledBack(NamedTuple):
    """What a rollback did.

    Attributes:
        generation: the number of the generation that is served now.
        previous: the number of the one before the one that was served.
        left_out: its articles that were taken down since; if there are any, what is served is a new
            generation without them, and the two others are removed.
    """

    generation: int
    previous: int
    left_out: int = 0


def roll_back_index(index_path: Path, store: Store = DIRECTORY) -> RolledBack:
    """Serve what the generation before the current one holds.

    Where articles were taken down since, a new generation is made without them.

    Raises:
        IndexMissingError, NoPreviousGenerationError: when there is nothing to roll back.
        IndexLockedError: when a build is under way.
        IndexDamagedError, SchemaMismatchError: when no earlier generation can be opened.
        BuildCheckError: as `index.indexer.build.build_index`.
        TakedownsError: when the list of those taken down cannot be used.
    """
    store.fetch(index_path)
    if not is_index(index_path):
        raise IndexMissingError(index_path)  # before a lock is made where no index is
    with _served_catalog(index_path, store) as served:
        with store.locked(index_path):  # no workspace: this must work on a full disk, at any clock
            store.clear_leftovers(index_path)
            previous = store.open_previous(index_path)  # all of it is compared with its checksums
            if not _holds_taken_down(previous, read_takedowns(index_path), served):
                store.point_to(index_path, previous.number)
                return RolledBack(previous.number, previous.number)
        with open_workspace(index_path, store) as workspace:
            base = store.open_previous(index_path)
            change = stage_changes((), base, workspace, READ_OPTIONS, prune=False, served=served)
            doc_count = write_update(change, workspace, base, _ignore, store)
            finish = (change, workspace, doc_count, _ignore, store)
            finish_generation(*finish, allow_shrink=True, keeps_current=False)
            return RolledBack(workspace.number, base.number, len(change.dropped))


@contextmanager
def _served_catalog(index_path: Path, store: Store) -> Iterator[Catalog | None]:
    """Open the catalogue of the index that is served; None if that is damaged."""
    with ExitStack() as stack:
        try:
            catalog = stack.enter_context(Catalog.opened(store.open_current(index_path).folder))
        except IndexUnreadableError as error:
            if error.number != errno.EIO:  # by what passes, an article taken down could come back
                raise
            catalog = None
        except ArchiveIndexError:
            catalog = None
        yield catalog


def _holds_taken_down(generation: Base, takedowns: Takedowns, served: Catalog | None) -> bool:
    """Return whether a generation has articles that were taken down."""
    with Catalog.opened(generation.folder) as catalog:
        down = DownList(takedowns.articles, catalog, served)
        return any(not article.is_down for article in down.find_in(catalog))


def _ignore(_step: str) -> None:
    """Do nothing when a step is done."""
