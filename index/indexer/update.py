"""Update the index: from the served generation and the files that have changed to the next one.

    scan -> read what is new or changed -> deduplicate -> write the difference -> verify -> publish

A file that changed is read as a whole: its articles that are the same stay as they are, the others
are replaced, added or dropped. Until the next build from all files, an update leaves some things as
they were, such as the spellings of values; docs/updating.md lists them.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from index.corpus import Learner
from index.generations import (
    Catalog,
    Generation,
    GenerationUpdate,
    current_number,
    open_current,
    read_taken_down,
)
from index.indexer.build import finish_generation
from index.indexer.deduplication import Change, Decisions, Fate, IndexedArticles, decide
from index.indexer.report import BuildReport
from index.indexer.scan import read_files, scan_files, to_known_file, to_source_file
from index.indexer.workspace import Workspace, open_workspace
from index.indexer.write_articles import write_articles
from index.ingest import READ_OPTIONS, ReadOptions, SourceFile
from index.schema import LAYOUT


def update_index(  # noqa: PLR0913 - most options are keywords
    paths: Sequence[Path],
    index_path: Path,
    options: ReadOptions = READ_OPTIONS,
    *,
    prune: bool = False,
    allow_shrink: bool = False,
    on_step: Callable[[str], None] = lambda _: None,
) -> BuildReport:
    """Update the index with the files below some paths; other files are not looked at.

    Args:
        paths: files and folders of articles; none to drop articles that were taken down.
        index_path: the index directory.
        options: how files are read.
        prune: drop the articles of files that are gone.
        allow_shrink: accept that far fewer articles are left.
        on_step: called with each of `index.indexer.build.STEPS` once it is done.

    Raises:
        PathError: for a missing path, before anything is done.
        IndexMissingError, IndexDamagedError, SchemaMismatchError: when no index can be updated.
        IndexLockedError, IndexShrunkError, BuildCheckError: as `build_index`.
    """
    current_number(index_path)  # raises before a lock is made where no index is
    with open_workspace(index_path) as workspace:
        on_step("locked")
        base = open_current(index_path)
        change = stage_changes(paths, base, workspace, options, prune=prune)
        on_step("read")
        with GenerationUpdate(workspace.folder, base) as writer:
            for doc_id in (*change.decisions.ids_of(Fate.REPLACED), *change.dropped):
                writer.delete(doc_id)
            write_articles(change, workspace, writer.add)
            on_step("added")
            doc_count = writer.commit()
        return finish_generation(change, workspace, doc_count, on_step, allow_shrink=allow_shrink)


def find_copies(index_path: Path, doc_ids: Iterable[str]) -> frozenset[str]:
    """Return the ids of some articles and of all their copies, in the index or left out of it.

    Raises:
        IndexMissingError, IndexDamagedError, SchemaMismatchError: when no index can be opened.
    """
    with Catalog.opened(open_current(index_path).folder) as catalog:
        return catalog.exact_copies(doc_ids)


def stage_changes(
    paths: Sequence[Path],
    base: Generation,
    workspace: Workspace,
    options: ReadOptions,
    *,
    prune: bool,
) -> Change:
    """Read the files that are new or have changed since a generation, and return the change."""
    with Catalog.opened(base.folder) as catalog:
        return _ChangeReader(base, catalog, workspace, options).read(paths, prune=prune)


class _ChangeReader:
    """Reads what an update has to read, which may depend on what it has read so far."""

    def __init__(
        self, base: Generation, catalog: Catalog, workspace: Workspace, options: ReadOptions
    ) -> None:
        self._base, self._catalog = base, catalog
        self._workspace, self._options = workspace, options
        self._down = read_taken_down(workspace.index_path)
        self._learner = Learner()
        self._known_files = catalog.files()

    def read(self, paths: Sequence[Path], *, prune: bool) -> Change:
        """Read files until no article outside of them is affected; return the change."""
        scan = scan_files(paths, self._known_files)
        self._options.on_total(scan.total)
        self._workspace.counts.add_rejections(scan.refused)
        to_read, free = scan.to_read, set(scan.gone if prune else ())
        while True:
            free |= self._numbers_of(to_read)
            read_files(to_read, self._workspace, self._learner, self._options)
            decisions = self._decide(frozenset(free))
            dropped = self._dropped(decisions, free)
            to_read = self._released(dropped.union(decisions.ids_of(Fate.REPLACED)), free)
            if not to_read:
                break
        self._workspace.counts.add_decisions(decisions)
        return Change(
            decisions,
            self._learner.learn(_spellings_in(self._base), self._catalog.repeated_lines()),
            self._catalog.next_file(),
            frozenset(free),
            dropped,
            self._base.folder,
            gone_count=0 if prune else len(scan.gone),
        )

    def _decide(self, free: frozenset[int]) -> Decisions:
        indexed = IndexedArticles(self._catalog, free, self._catalog.piped_files())
        return decide(self._workspace.staging, indexed, self._down)

    def _numbers_of(self, files: Iterable[SourceFile]) -> set[int]:
        """Return the numbers by which the catalogue knows files that are read again."""
        paths = (to_known_file(file, 0).path for file in files)
        return {self._known_files[path].number for path in paths if path in self._known_files}

    def _dropped(self, decisions: Decisions, free: set[int]) -> frozenset[str]:
        """Return the ids that leave the index: no file has them any more, or they were taken down.

        A copy of an article that was taken down leaves with it.
        """
        stay = decisions.ids_of(Fate.KEPT, Fate.REPLACED)
        newly_down = self._down - self._catalog.down().keys()
        down = (article.doc_id for i in newly_down if (article := self._catalog.article(i)))
        texts = decisions.staging.texts
        alike = (self._catalog.with_text(texts[n]) for n in decisions.numbers_of(Fate.DOWN))
        copies = (article.doc_id for article in alike if article and not article.is_down)
        return frozenset((*self._catalog.ids_in(free), *down, *copies)).difference(stay)

    def _released(self, changed: frozenset[str], free: set[int]) -> list[SourceFile]:
        """Return the files, not read so far, that hold articles which may come into the index now.

        These are copies of articles that are gone or have another text, and articles that are no
        longer on the list of those taken down.
        """
        # A copy of an article that was taken down is kept out by it; when that article is gone, the
        # copy is kept out by itself.
        files = self._catalog.files_with_copies(changed)
        files |= {file for doc_id, file in self._catalog.down().items() if doc_id not in self._down}
        by_number = {known.number: known for known in self._known_files.values()}
        numbers = sorted((files & by_number.keys()) - free)  # standard input cannot be read again
        return [to_source_file(by_number[number]) for number in numbers]


def _spellings_in(base: Generation) -> dict[str, Iterable[str]]:
    """Return the values of each facet of a generation, as they are spelled."""
    segments = base.segments()
    return {
        facet: dict.fromkeys(value for segment, _ in segments for value in segment.values_of(facet))
        for facet in LAYOUT.facets
    }
