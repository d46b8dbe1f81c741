"""The store on an OpenSearch cluster: the index of each generation there, its files in pieces.

A run works in a local copy of the small files: catalogue, lists, phrases, coverage. They come from
the cluster when the run begins and go back before the alias moves, so any machine may update. The
documents wait in a spool on disk until the near duplicates are known, and are then sent.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from index.corpus import write_coverage_of, write_phrases_of
from index.errors import (
    ArchiveIndexError,
    BuildCheckError,
    IndexDamagedError,
    IndexMissingError,
    NoPreviousGenerationError,
    SchemaMismatchError,
)
from index.generations import (
    Catalog,
    build_lock,
    generation_path,
    make_manifest,
    next_number,
    point_to,
    prepare_directory,
    read_manifest,
    remove_generations,
    remove_pointer,
    sync,
    sync_files,
    write_manifest,
)
from index.indexer.change import Change
from index.indexer.cluster_base import ClusterBase
from index.indexer.cluster_lists import fetch_corrections, require_list, take_lists
from index.indexer.cluster_writer import ClusterWriter, make_rows, read_articles, read_sample
from index.indexer.corrections import Corrections
from index.indexer.store import Base, Updater, Writer
from index.indexer.workspace import Workspace
from index.opensearch import (
    ClusterLock,
    Connection,
    clone_index,
    cluster_lock,
    count_documents,
    current_index_number,
    fetch_files,
    make_index,
    make_roles,
    name_index,
    read_document,
    read_facet,
    read_numbers,
    read_sources,
    refresh_index,
    remove_files,
    remove_indices,
    save_files,
    seal_index,
    send_rows,
)
from index.schema import schema_fingerprint

CHECKED_VALUES = 100
"""Values of each facet, the commonest, whose counts are compared before the alias moves."""


class ClusterStore:
    """Keeps generations on a cluster; see `index.indexer.store.Store`.

    It serves one run: what was written is sent in `finish_documents`.
    """

    def __init__(self, connection: Connection) -> None:
        """Take a connection; nothing is asked before a method is called."""
        self._connection = connection
        self._writer: ClusterWriter | None = None
        self._lock: ClusterLock | None = None
        self._index = ""

    @contextmanager
    def locked(self, index_path: Path) -> Iterator[None]:
        """Keep other runs out, and fetch the files of the generation that is served."""
        prepare_directory(index_path)
        with build_lock(index_path), cluster_lock(self._connection) as lock:
            self._lock = lock
            self._fetch(index_path)
            try:
                yield
            finally:
                if self._writer:
                    self._writer.close()

    def name_of(self, index_path: Path) -> str:
        """Return the address."""
        del index_path  # nobody has named it
        return str(self._connection.address)

    def fetch(self, index_path: Path) -> None:
        """Bring the local copy up to date with the cluster.

        Raises:
            IndexLockedError: when another run on this machine works with it.
        """
        prepare_directory(index_path)
        with build_lock(index_path):
            self._fetch(index_path)

    def _fetch(self, index_path: Path) -> None:
        number = current_index_number(self._connection)
        if not number:
            remove_pointer(index_path)
            return
        folder = generation_path(index_path, number)
        try:
            fetch_files(self._connection, number, folder)
        except (IndexDamagedError, SchemaMismatchError):
            # A build needs nothing of it but the list; an update meets this when it opens the base.
            require_list(index_path)
        else:
            take_lists(folder, index_path)
        point_to(index_path, number)

    def corrections(self, index_path: Path) -> Corrections:
        """Return the list of corrections; only it is fetched, and no run is waited for."""
        del index_path  # another run may be working there
        number = current_index_number(self._connection)
        return fetch_corrections(self._connection, number) if number else Corrections()

    def served_number(self, index_path: Path) -> int | None:
        """Return the number of what is served: 0 without an index, None if nobody can tell now."""
        del index_path  # the cluster knows
        with suppress(ArchiveIndexError):
            return current_index_number(self._connection)
        return None

    def next_number(self, index_path: Path) -> int:
        """Return a number greater than any that was used."""
        used = max(read_numbers(self._connection), default=0)
        return max(next_number(index_path), used + 1)

    def clear_leftovers(self, index_path: Path) -> None:
        """Remove what killed runs have left: all but the current generation and the one before."""
        numbers = read_numbers(self._connection)
        current = current_index_number(self._connection)
        earlier = (n for n in numbers if n < current)
        keep = {current, max(earlier, default=current)} - {0}
        self._remove_others(index_path, keep)

    def open_current(self, index_path: Path) -> Base:
        """Open the generation that is served."""
        number = current_index_number(self._connection)
        if not number:
            raise IndexMissingError(str(self._connection.address))
        return self._open(index_path, number)

    def open_previous(self, index_path: Path) -> Base:
        """Open the newest generation before it."""
        current = current_index_number(self._connection)
        if not current:
            raise IndexMissingError(str(self._connection.address))
        earlier = [n for n in read_numbers(self._connection) if n < current]
        if not earlier:
            raise NoPreviousGenerationError(str(self._connection.address))
        fetch_files(self._connection, max(earlier), generation_path(index_path, max(earlier)))
        return self._open(index_path, max(earlier))

    def writer(self, workspace: Workspace) -> Writer:
        """Return what collects the documents of a build."""
        self._index = make_index(self._connection, workspace.number)
        self._writer = ClusterWriter(workspace)
        return self._writer

    def updater(self, workspace: Workspace, base: Base) -> Updater:
        """Return what collects the documents of an update, whose index begins as a clone."""
        self._index = clone_index(self._connection, base.number, workspace.number)
        self._writer = ClusterWriter(workspace)
        return self._writer

    def finish_documents(
        self, change: Change, workspace: Workspace, representatives: Mapping[str, str]
    ) -> None:
        """Send the documents with their roles; write frequent phrases and coverage."""
        with Catalog.opened(workspace.folder) as catalog:
            roles = make_roles(representatives, catalog)
        send_rows(
            self._connection,
            self._index,
            make_rows(self._connection, self._index, self._written(), change, roles),
        )
        refresh_index(self._connection, self._index)
        write_phrases_of(workspace.folder, read_sample(self._connection, self._index))
        write_coverage_of(
            workspace.folder,
            read_articles(self._connection, self._index),
            workspace.counts.refused,
            change.base,
        )

    def check(self, change: Change, workspace: Workspace, doc_count: int) -> None:
        """Compare counts, facets and some documents with what was sent."""
        address = str(self._connection.address)
        if count_documents(self._connection, self._index) != doc_count:
            raise BuildCheckError(address, "the number of documents is wrong")
        expected = workspace.counts.expected
        samples = {document.doc_id: document for document in expected.samples.values()}
        found = read_sources(self._connection, self._index, samples) if samples else {}
        if {doc_id: read_document(source) for doc_id, source in found.items()} != samples:
            raise BuildCheckError(address, "a document is not as it was sent")
        if change.dropped and read_sources(self._connection, self._index, change.dropped):
            raise BuildCheckError(address, "an article that was dropped is still there")
        for name, counts in {} if change.base else expected.facet_counts.items():
            values = read_facet(self._connection, self._index, name)
            commonest = counts.most_common(CHECKED_VALUES)
            if any(values.get(value) != count for value, count in commonest):
                raise BuildCheckError(address, f"the counts of facet {name} are wrong")

    def publish(
        self,
        workspace: Workspace,
        doc_count: int,
        on_step: Callable[[str], None],
        *,
        keeps_current: bool,
    ) -> int:
        """Save the files, and let the alias name the new index; return its bytes."""
        index_path, number, folder = workspace.index_path, workspace.number, workspace.folder
        sync_files(folder)
        manifest = make_manifest(folder, doc_count)
        write_manifest(manifest, folder)
        sealed = {
            "schema": schema_fingerprint(),
            "number": number,
            "doc_count": doc_count,
            "built_at": manifest.built_at,
        }
        size = seal_index(self._connection, self._index, sealed)
        save_files(self._connection, number, folder)
        on_step("synced")
        folder.rename(generation_path(index_path, number))
        sync(index_path / "generations")
        on_step("numbered")
        before = current_index_number(self._connection)
        self.point_to(index_path, number)
        on_step("current")
        self._remove_others(index_path, {number, *([before] if keeps_current and before else [])})
        on_step("cleaned")
        return size

    def point_to(self, index_path: Path, number: int) -> None:
        """Let the alias name the index of a generation."""
        if self._lock:
            self._lock.check()
        name_index(self._connection, number)
        point_to(index_path, number)

    def _open(self, index_path: Path, number: int) -> ClusterBase:
        folder = generation_path(index_path, number)
        manifest = read_manifest(folder)
        if number not in read_numbers(self._connection):
            address = self._connection.address
            raise IndexDamagedError(str(address), f"{address.physical_name(number)} is missing")
        return ClusterBase(number, folder, manifest.doc_count, self._connection)

    def _written(self) -> ClusterWriter:
        if self._writer is None:
            raise RuntimeError("nothing was written: writer() or updater() comes first")
        return self._writer

    def _remove_others(self, index_path: Path, keep: set[int]) -> None:
        """Remove all generations but some, on the cluster and here."""
        remove_indices(self._connection, keep)
        remove_files(self._connection, keep)
        remove_generations(index_path, keep)
