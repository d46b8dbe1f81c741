"""Store: where generations are kept, a directory or a cluster, and how one is written there.

A build, an update and a rollback take the same steps wherever the index is. What differs is behind
`Store`. A run works in an index directory in any case: for a cluster it is a local copy, which has
the catalogue and what else is small, and no segments (`index.indexer.cluster_store`).
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, Self

from index.corpus import write_coverage, write_groups, write_phrases
from index.document import Document
from index.generations import (
    Generation,
    GenerationUpdate,
    GenerationWriter,
    build_lock,
    check_generation,
    check_update,
    clear_leftovers,
    next_number,
    open_current,
    open_previous,
    point_to,
    publish_generation,
    served_number,
)
from index.indexer.change import Change
from index.indexer.corrections import Corrections, read_corrections
from index.indexer.workspace import Workspace
from index.whoosh_codec import open_whoosh, segments_of


class Base(Protocol):
    """A generation from which an update begins."""

    @property
    def number(self) -> int:
        """Its number."""

    @property
    def folder(self) -> Path:
        """The folder with its catalogue and its lists."""

    @property
    def doc_count(self) -> int:
        """How many documents it has."""

    def find_document(self, doc_id: str) -> Document | None:
        """Return the stored document of an id."""

    def near_duplicates(self, doc_id: str) -> list[Document]:
        """Return the other documents of an article's group of near duplicates."""

    def facet_values(self) -> dict[str, Iterable[str]]:
        """Return the values of each facet, as they are spelled."""


class Writer(Protocol):
    """Writes the documents of a generation; used in a `with`."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def add(self, document: Document) -> None:
        """Add one document."""

    def commit(self) -> int:
        """Write what was added; return how many documents the generation has."""


class Updater(Writer, Protocol):
    """Writes a generation that is another one with documents added and deleted."""

    def delete(self, doc_id: str) -> None:
        """Delete the document of an id, where the base has one."""


class Store(Protocol):
    """Where generations are kept."""

    def locked(self, index_path: Path) -> AbstractContextManager[None]:
        """Keep other runs out, and bring the index directory up to date.

        Raises:
            IndexLockedError: when another run is under way.
        """

    def name_of(self, index_path: Path) -> str:
        """Return what the user calls the index: a directory or an address."""

    def fetch(self, index_path: Path) -> None:
        """Bring the index directory up to date, for what only reads."""

    def corrections(self, index_path: Path) -> Corrections:
        """Return the list of corrections; an empty one where there is none, or no index."""

    def served_number(self, index_path: Path) -> int | None:
        """Return the number of what is served: 0 without an index, None if nobody can tell now."""

    def next_number(self, index_path: Path) -> int:
        """Return a number greater than any that was used."""

    def clear_leftovers(self, index_path: Path) -> None:
        """Remove what killed runs have left; called under the lock."""

    def open_current(self, index_path: Path) -> Base:
        """Open the generation that is served.

        Raises:
            IndexMissingError, IndexDamagedError, SchemaMismatchError: when it cannot be opened.
        """

    def open_previous(self, index_path: Path) -> Base:
        """Open the newest generation before it that can be opened.

        Raises:
            IndexMissingError, NoPreviousGenerationError: when there is none.
        """

    def writer(self, workspace: Workspace) -> Writer:
        """Return what writes the documents of a build."""

    def updater(self, workspace: Workspace, base: Base) -> Updater:
        """Return what writes the documents of an update."""

    def finish_documents(
        self, change: Change, workspace: Workspace, representatives: Mapping[str, str]
    ) -> None:
        """Finish the documents that were added; write frequent phrases and coverage.

        Which of them are near duplicates is known only now: a directory gets that beside its
        documents, and a cluster in each document, so they are sent here.

        Args:
            change: what was written.
            workspace: where.
            representatives: of each near duplicate, by id.
        """

    def check(self, change: Change, workspace: Workspace, doc_count: int) -> None:
        """Compare what was written with what was added and dropped.

        Raises:
            BuildCheckError: when something is missing, or still there.
        """

    def publish(
        self,
        workspace: Workspace,
        doc_count: int,
        on_step: Callable[[str], None],
        *,
        keeps_current: bool,
    ) -> int:
        """Make the new generation the current one; return its bytes."""

    def point_to(self, index_path: Path, number: int) -> None:
        """Make an earlier generation the current one."""


class DirectoryStore:
    """Keeps generations in an index directory on disk; see `Store`."""

    def locked(self, index_path: Path) -> AbstractContextManager[None]:
        """Keep other runs out."""
        return build_lock(index_path)

    def name_of(self, index_path: Path) -> str:
        """Return the directory."""
        return str(index_path)

    def fetch(self, index_path: Path) -> None:
        """Do nothing: everything is here."""

    def corrections(self, index_path: Path) -> Corrections:
        """Return the list of corrections."""
        return read_corrections(index_path)

    def served_number(self, index_path: Path) -> int | None:
        """Return the number of what is served."""
        return served_number(index_path)

    def next_number(self, index_path: Path) -> int:
        """Return a number greater than any that was used."""
        return next_number(index_path)

    def clear_leftovers(self, index_path: Path) -> None:
        """Remove what killed runs have left."""
        clear_leftovers(index_path)

    def open_current(self, index_path: Path) -> Base:
        """Open the generation that is served."""
        return open_current(index_path)

    def open_previous(self, index_path: Path) -> Base:
        """Open the newest generation before it that can be opened."""
        return open_previous(index_path)

    def writer(self, workspace: Workspace) -> Writer:
        """Return what writes the documents of a build."""
        return GenerationWriter(workspace.folder)

    def updater(self, workspace: Workspace, base: Base) -> Updater:
        """Return what writes the documents of an update."""
        assert isinstance(base, Generation)  # noqa: S101 - it is what open_current returned
        return GenerationUpdate(workspace.folder, base)

    def finish_documents(
        self, change: Change, workspace: Workspace, representatives: Mapping[str, str]
    ) -> None:
        """Write near duplicates, frequent phrases and coverage beside the segments."""
        folder = workspace.folder
        segments = segments_of(open_whoosh(folder, workspace.index_path))
        groups = write_groups(folder, segments, representatives)
        write_phrases(folder, segments, groups.members)
        write_coverage(folder, segments, workspace.counts.refused, change.base)

    def check(self, change: Change, workspace: Workspace, doc_count: int) -> None:
        """Open the files of the generation and compare them with what was added and dropped."""
        folder, expected, index_path = (
            workspace.folder,
            workspace.counts.expected,
            workspace.index_path,
        )
        if change.base:
            check_update(folder, expected, doc_count, change.dropped, index_path)
        else:
            check_generation(folder, expected, index_path)

    def publish(
        self,
        workspace: Workspace,
        doc_count: int,
        on_step: Callable[[str], None],
        *,
        keeps_current: bool,
    ) -> int:
        """Make the new generation the current one; return its bytes on disk."""
        return publish_generation(
            workspace.index_path,
            workspace.number,
            doc_count,
            on_step,
            keeps_current=keeps_current,
        )

    def point_to(self, index_path: Path, number: int) -> None:
        """Make an earlier generation the current one."""
        point_to(index_path, number)


DIRECTORY = DirectoryStore()
"""The store of every index that is no cluster's."""
