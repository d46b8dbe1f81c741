"""Update the index: from the served generation and the files that have changed to the next one.

    scan -> read what is new or changed -> deduplicate -> write the difference -> verify -> publish

A file that changed is read as a whole: its articles that are the same stay as they are, the others
are replaced, added or dropped. Until the next build from all files, an update leaves some things as
they were, such as the spellings of values; docs/updating.md lists them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from index.corpus import Learner
from index.document import Document
from index.generations import (
    Catalog,
    KnownFile,
    Takedowns,
    current_number,
)
from index.indexer.build import finish_generation
from index.indexer.change import Change, Decisions, Fate
from index.indexer.corrections import Corrections, read_copy
from index.indexer.deduplication import IndexedArticles, decide
from index.indexer.down_list import DownList
from index.indexer.former_ids import find_former_ids
from index.indexer.moved_files import MovedFiles
from index.indexer.report import BuildReport
from index.indexer.scan import read_files, scan_files, to_known_file, to_source_file
from index.indexer.store import DIRECTORY, Base, Store
from index.indexer.workspace import Workspace, open_workspace
from index.indexer.write_articles import write_articles
from index.ingest import READ_OPTIONS, ReadOptions, SourceFile


def update_index(  # noqa: PLR0913 - most options are keywords
    paths: Sequence[Path],
    index_path: Path,
    options: ReadOptions = READ_OPTIONS,
    *,
    prune: bool = False,
    allow_shrink: bool = False,
    on_step: Callable[[str], None] = lambda _: None,
    change_takedowns: Callable[[Takedowns], Takedowns] | None = None,
    change_corrections: Callable[[Catalog], Corrections] | None = None,
    store: Store = DIRECTORY,
) -> BuildReport:
    """Update the index with the files below some paths; other files are not looked at.

    Args:
        paths: files and folders of articles; none to drop articles that were taken down.
        index_path: the index directory.
        options: how files are read.
        prune: drop the articles of files that are gone.
        allow_shrink: accept that far fewer articles are left.
        on_step: as for `index.indexer.build.build_index`.
        change_takedowns: makes the new list of those taken down; no older generation is kept then.
        change_corrections: writes and returns the new list of corrections, given the catalogue.
        store: where generations are kept.

    Raises:
        IndexMissingError, IndexDamagedError, SchemaMismatchError: when no index can be updated.
        PathError, IndexLockedError, IndexShrunkError, BuildCheckError: as `build_index`.
    """
    store.fetch(index_path)
    current_number(index_path)  # raises before a lock is made where no index is
    with open_workspace(index_path, store) as workspace:
        on_step("locked")
        base = store.open_current(index_path)
        changed = _with_lists(workspace, base, change_takedowns, change_corrections)
        change = stage_changes(paths, base, changed, options, prune=prune)
        on_step("read")
        doc_count = write_update(change, changed, base, on_step, store)
        kept = {"allow_shrink": allow_shrink, "keeps_current": change_takedowns is None}
        return finish_generation(change, changed, doc_count, on_step, store, **kept)


def _with_lists(
    workspace: Workspace,
    base: Base,
    change_takedowns: Callable[[Takedowns], Takedowns] | None,
    change_corrections: Callable[[Catalog], Corrections] | None,
) -> Workspace:
    """Return a workspace with the lists as they are changed now."""
    if change_takedowns:
        workspace = replace(workspace, takedowns=change_takedowns(workspace.takedowns))
    if change_corrections:
        with Catalog.opened(base.folder) as catalog:
            workspace = replace(workspace, corrections=change_corrections(catalog))
    return workspace


def write_update(
    change: Change,
    workspace: Workspace,
    base: Base,
    on_step: Callable[[str], None],
    store: Store,
) -> int:
    """Write the documents and the catalogue of an update; return how many documents it has."""
    with store.updater(workspace, base) as writer:
        corrected = [document.doc_id for document in change.corrected]
        for doc_id in (*change.decisions.ids_of(Fate.REPLACED), *change.dropped, *corrected):
            writer.delete(doc_id)
        write_articles(change, workspace, writer.add)
        on_step("added")
        return writer.commit()


def stage_changes(  # noqa: PLR0913 - most options are keywords
    paths: Sequence[Path],
    base: Base,
    workspace: Workspace,
    options: ReadOptions,
    *,
    prune: bool,
    served: Catalog | None = None,
) -> Change:
    """Read the files that are new or have changed since a generation, and return the change.

    Args: see `update_index`, and `index.indexer.down_list.DownList` for `served`.
    """
    with Catalog.opened(base.folder) as catalog:
        down = DownList(workspace.takedowns.articles, catalog, served)
        return _ChangeReader(base, catalog, workspace, options, down).read(paths, prune=prune)


class _ChangeReader:
    """Reads what an update has to read, which may depend on what it has read so far."""

    def __init__(
        self,
        base: Base,
        catalog: Catalog,
        workspace: Workspace,
        options: ReadOptions,
        down: DownList,
    ) -> None:
        self._base, self._catalog, self._down = base, catalog, down
        self._workspace, self._options = workspace, options
        self._learner = Learner()
        self._known_files = catalog.files()
        self._moves = MovedFiles(self._known_files.values())
        self._bases = catalog.bases()

    def read(self, paths: Sequence[Path], *, prune: bool) -> Change:
        """Read files until no article outside of them is affected; return the change."""
        scan = scan_files(paths, self._known_files)
        self._options.on_total(scan.total)
        self._workspace.counts.add_rejections(scan.refused)
        to_read, free = scan.to_read, set(scan.gone if prune else ())
        while True:
            free |= self._numbers_of(to_read)
            read_files(to_read, self._workspace, self._learner, self._options)
            decisions, indexed = self._decide(frozenset(free))
            moved = self._moved_files(indexed.moved_files, prune=prune and scan.sees_all) - free
            if moved:
                free |= moved
                decisions, indexed = self._decide(frozenset(free))
            stay = decisions.ids_of(Fate.KEPT, Fate.REPLACED)
            superseded = frozenset(indexed.superseded).difference(stay)
            unread = self._unread(stay, superseded)
            dropped = self._dropped(free).difference(stay, unread) | superseded
            released = self._released(dropped, decisions, free)
            to_read = [to_source_file(file, scan.named) for file in released]
            if not to_read:
                break
        self._workspace.counts.add_decisions(decisions)
        staging, id_by_number = decisions.staging, decisions.id_by_number
        return Change(
            decisions,
            self._learner.learn(self._base.facet_values(), self._catalog.repeated_lines()),
            self._catalog.next_file(),
            frozenset(free),
            dropped,
            superseded,
            unread,
            self._base.folder,
            gone_count=0 if prune else len(scan.gone),
            down=self._down,
            former_ids=find_former_ids(staging, id_by_number, self._catalog, dropped),
            corrected=self._corrected(dropped.union(decisions.ids_of(Fate.REPLACED))),
        )

    def _corrected(self, leaving: frozenset[str]) -> tuple[Document, ...]:
        """Return the articles that stay, but whose corrections are others since the generation."""
        now = self._workspace.corrections
        changed = now.changed_since(read_copy(self._base.folder), self._catalog)
        found = (self._base.find_document(doc_id) for doc_id in changed if doc_id not in leaving)
        return tuple(now.apply(document) for document in found if document)

    def _decide(self, free: frozenset[int]) -> tuple[Decisions, IndexedArticles]:
        piped = self._catalog.piped_files()
        indexed = IndexedArticles(self._catalog, free, piped, self._moves.is_missing)
        return decide(self._workspace.staging, indexed, self._down), indexed

    def _files_of_pages(self, free: set[int]) -> Iterator[int]:
        """Yield files whose articles may belong together with those that are read, or did so."""
        staging = self._workspace.staging
        bases = {page.base for page in staging.pages.values()}
        firsts = map(self._catalog.article, self._catalog.first_pages(free))
        found = filter(None, (*firsts, *map(self._catalog.with_address, bases)))
        yield from (article.file for article in found)
        near = bases.union(staging.addresses if self._bases else ())
        yield from (file for base, file in self._bases if base in near)

    def _moved_files(self, found: Iterable[int], *, prune: bool) -> set[int]:
        """Return the files that have moved; with `prune`, also what did not move with them."""
        files = self._workspace.staging.files
        return self._moves.find(found, [to_known_file(file, 0).path for file in files], prune=prune)

    def _numbers_of(self, files: Iterable[SourceFile]) -> set[int]:
        """Return the numbers by which the catalogue knows files that are read again."""
        paths = (to_known_file(file, 0).path for file in files)
        return {self._known_files[path].number for path in paths if path in self._known_files}

    def _dropped(self, free: set[int]) -> frozenset[str]:
        """Return the ids that leave the index unless they were read, and those taken down."""
        down = (a.doc_id for a in self._down.find_in(self._catalog) if not a.is_down)
        return frozenset((*self._catalog.ids_in(free), *down))

    def _unread(self, stay: Iterable[str], superseded: Iterable[str]) -> dict[str, int]:
        """Return the articles of files that could not be read to their end now: they stay."""
        files = self._workspace.staging.files
        found = {}
        for number in sorted(self._workspace.staging.unread):
            for known in self._numbers_of([files[number]]):
                found.update(dict.fromkeys(self._catalog.ids_in([known]), number))
        down = (article.doc_id for article in self._down.find_in(self._catalog))
        gone = {*stay, *superseded, *down}
        return {doc_id: number for doc_id, number in found.items() if doc_id not in gone}

    def _released(
        self, dropped: frozenset[str], decisions: Decisions, free: set[int]
    ) -> list[KnownFile]:
        """Return the files, not read so far, that hold articles which may come into the index now.

        These are copies of articles that are gone or have another text, and articles that are no
        longer on the list of those taken down.
        """
        # A copy of an article that was taken down is kept out by it; when that article is gone, the
        # copy is kept out by itself.
        files = self._catalog.files_with_copies(dropped.union(decisions.ids_of(Fate.REPLACED)))
        # What has the address of a first page may be the whole article.
        same = decisions.numbers_of(Fate.SAME_ADDRESS)
        files.update(self._catalog.files_with_pages({decisions.originals[each] for each in same}))
        files |= {a.file for a in self._catalog.down() if not self._down.has_article(a)}
        files.update(self._files_of_pages(free))
        by_number = {known.number: known for known in self._known_files.values()}
        numbers = sorted((files & by_number.keys()) - free)  # standard input cannot be read again
        return [by_number[number] for number in numbers]
