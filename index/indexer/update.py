"""From the generation that is served and files that have changed to the next generation.

    read what is new or changed -> decide -> write the difference -> check -> make it current

A file that changed is replaced as a whole: its articles that have not changed stay as they are, the
others are replaced, added or dropped. What an update does not do anew, until the next build from
all files, is told in docs/updating.md.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from index.corpus.normalization import Learned, Learner
from index.document import Rejection
from index.generations.catalog import Catalog, CatalogWriter
from index.generations.directory import current_number
from index.generations.generation import Generation, open_current
from index.generations.publish import Room, build_room, publish, refuse_shrinking
from index.generations.takedowns import read_taken_down
from index.generations.updater import GenerationUpdate
from index.generations.verification import check_update
from index.indexer.deduplication import Decisions, Fate, Standing, decide
from index.indexer.report import FAILED_REJECTIONS_NAME, REJECTIONS_NAME, BuildReport, Tally
from index.indexer.scan import known_file, read_files, scan_files, source_file
from index.indexer.staging import Readings
from index.indexer.write_articles import Sorted, write_articles, write_catalog, write_findings
from index.ingest import READ_OPTIONS, ReadOptions, SourceFile
from index.whoosh_codec.codec import segments_of


def update_index(  # noqa: PLR0913 - what is told by keyword is told apart
    paths: Sequence[Path],
    index_path: Path,
    options: ReadOptions = READ_OPTIONS,
    *,
    prune: bool = False,
    allow_shrink: bool = False,
    on_step: Callable[[str], None] = lambda _: None,
) -> BuildReport:
    """Bring the index up to date with the files below some paths; others are not looked at.

    Args:
        paths: files and folders of articles; none to take down articles that are on the list.
        index_path: the index directory.
        options: how files are read.
        prune: drop the articles of files that are gone.
        allow_shrink: accept that far fewer articles are left.
        on_step: told each of `index.indexer.build.STEPS` when it is done.

    Raises:
        PathError: for a path that is not there, before anything is done.
        IndexMissingError, IndexDamagedError, SchemaMismatchError: when no index can be updated.
        IndexLockedError: when another build is under way.
        IndexShrunkError: when far fewer articles are left.
        BuildCheckError: when the new index fails its check.
    """
    current_number(index_path)  # raises before a lock is made where no index is
    with build_room(index_path) as room:
        on_step("locked")
        base = open_current(index_path)
        with Catalog.opened(base.folder) as known:
            change = _Reading(room, known, options).change(paths, prune=prune)
            on_step("read")
            doc_count, near_copies = _write(change, base, room, on_step)
        refuse_shrinking(index_path, doc_count, is_allowed=allow_shrink)
        check_update(room.folder, room.tally.expected, doc_count, change.gone, index_path)
        on_step("checked")
        written = publish(room, doc_count, near_copies, on_step)
        told = {"dropped": len(change.gone), "left_count": change.left_count}
        return room.tally.report(index_path / REJECTIONS_NAME, written, **told)


class UpdatePreview(NamedTuple):
    """What an update would do: articles added, replaced, dropped; files read; articles refused."""

    added: int
    replaced: int
    dropped: int
    read_count: int
    refused_count: int


def preview_update(
    paths: Sequence[Path],
    index_path: Path,
    options: ReadOptions,
    on_rejection: Callable[[Rejection], None],
    *,
    prune: bool = False,
) -> UpdatePreview:
    """Read what an update would read, and write nothing; the arguments are those of an update.

    Args:
        paths: files and folders of articles.
        index_path: the index directory.
        options: how files are read.
        on_rejection: told of each article that would be left out.
        prune: see `update_index`.

    Raises:
        PathError, IndexMissingError, IndexDamagedError, SchemaMismatchError: as `update_index`.
    """
    base = open_current(index_path)
    with (
        TemporaryDirectory() as folder,
        Readings.opened(Path(folder)) as readings,
        Catalog.opened(base.folder) as known,
    ):
        tally = Tally(Path(folder) / FAILED_REJECTIONS_NAME, on_rejection=on_rejection)
        tally.start()
        room = Room(index_path, base.number, Path(folder), readings, tally)
        change = _Reading(room, known, options).change(paths, prune=prune)
    return UpdatePreview(
        tally.fates[Fate.ADDED],
        tally.fates[Fate.REPLACED],
        len(change.gone),
        len(readings.files),
        tally.reasons.total(),
    )


def exact_copies(index_path: Path, doc_ids: Iterable[str]) -> frozenset[str]:
    """Return the ids of all articles, in the index or left out, with the text or address of some.

    Raises:
        IndexMissingError, IndexDamagedError, SchemaMismatchError: when there is no index to ask.
    """
    with Catalog.opened(open_current(index_path).folder) as known:
        return known.exact_copies(doc_ids)


@dataclass(frozen=True, slots=True)
class _Change:
    """What an update does.

    Attributes:
        known: what the index knows.
        read: the articles that were read.
        learner: what they taught.
        free_files: numbers of the files that were read again or are gone.
        gone: ids that leave the index and do not come back.
        left_count: files that are gone, whose articles stay.
    """

    known: Catalog
    read: Sorted
    learner: Learner
    free_files: frozenset[int]
    gone: frozenset[str]
    left_count: int

    @property
    def kept(self) -> dict[str, int]:
        """The articles that were read and have not changed, with the numbers of their files."""
        readings, decisions = self.read
        kept = decisions.numbers_of(Fate.KEPT)
        return {readings.doc_ids[n]: readings.file_number(n) for n in kept}


class _Reading:
    """Reads what an update has to read, which may follow from what it has read."""

    def __init__(self, room: Room, known: Catalog, options: ReadOptions) -> None:
        self._known, self._options = known, options
        self._readings, self._tally = room.readings, room.tally
        self._down = read_taken_down(room.index_path)
        self._learner = Learner()
        self._known_files = known.files()

    def change(self, paths: Sequence[Path], *, prune: bool) -> _Change:
        """Read what is new or has changed; return what is to be done."""
        scan = scan_files(paths, self._known_files)
        self._options.on_total(scan.total)
        self._tally.refused(scan.refused)
        to_read, free = scan.to_read, set(scan.gone if prune else ())
        while True:
            free |= self._numbers_of(to_read)
            read_files(to_read, self._readings, self._learner, self._tally, self._options)
            standing = Standing(self._known, frozenset(free), self._known.piped_files())
            decisions = decide(self._readings, standing, self._down)
            gone = self._gone(decisions, free)
            replaced = map(self._readings.doc_ids.__getitem__, decisions.numbers_of(Fate.REPLACED))
            to_read = self._released(gone.union(replaced), free)
            if not to_read:
                break
        self._tally.decided(self._readings, decisions)
        read = Sorted(self._readings, decisions)
        left = 0 if prune else len(scan.gone)
        return _Change(self._known, read, self._learner, frozenset(free), gone, left)

    def _numbers_of(self, files: Iterable[SourceFile]) -> set[int]:
        """Return the numbers by which the index knows files that are read again."""
        paths = (known_file(file, 0).path for file in files)
        return {self._known_files[path].number for path in paths if path in self._known_files}

    def _gone(self, decisions: Decisions, free: set[int]) -> frozenset[str]:
        """Return the ids that leave the index: their files no longer have them, or they must."""
        numbers = decisions.numbers_of(Fate.KEPT, Fate.REPLACED)
        stay = {self._readings.doc_ids[number] for number in numbers}
        newly_down = self._down - self._known.down().keys()
        down = (article.doc_id for i in newly_down if (article := self._known.article(i)))
        alike = (
            self._known.with_text(self._readings.texts[n]) for n in decisions.numbers_of(Fate.DOWN)
        )
        copies = (article.doc_id for article in alike if article and not article.is_down)
        return frozenset((*self._known.ids_in(free), *down, *copies)) - stay

    def _released(self, changed: frozenset[str], free: set[int]) -> list[SourceFile]:
        """Return the files, not yet read, that hold articles for which there may now be room.

        These are copies of articles that are gone or have another text, and articles that were
        taken off the list.
        """
        # Copies of what was taken down stay down by it, until it is gone; then by themselves.
        files = self._known.files_with_copies(changed)
        files |= {file for doc_id, file in self._known.down().items() if doc_id not in self._down}
        by_number = {known.number: known for known in self._known_files.values()}
        wanted = sorted(
            (files & by_number.keys()) - free
        )  # what was piped in is not there any more
        return [source_file(by_number[number]) for number in wanted]


def _write(
    change: _Change, base: Generation, room: Room, on_step: Callable[[str], None]
) -> tuple[int, int]:
    """Write the generation; return how many articles it has, and how many others represent."""
    learned, (readings, decisions) = _learned(change, base), change.read
    first_file = change.known.next_file()
    with (
        CatalogWriter.opened(room.folder, base.folder) as catalog,
        GenerationUpdate(room.folder, base) as writer,
    ):
        replaced = [readings.doc_ids[n] for n in decisions.numbers_of(Fate.REPLACED)]
        for doc_id in (*replaced, *change.gone):
            writer.delete(doc_id)
        catalog.forget_articles(replaced)
        catalog.take_down(change.gone)
        kept = {doc_id: first_file + file for doc_id, file in change.kept.items()}
        catalog.forget_files(change.free_files, kept)
        articles = write_articles(change.read, learned, writer.add, room.tally)
        write_catalog(catalog, change.read, articles, first_file)
        on_step("added")
        doc_count = writer.commit()
    near_copies = write_findings(room.folder, room.index_path)
    on_step("committed")
    return doc_count, near_copies


def _learned(change: _Change, base: Generation) -> Learned:
    """Return the spellings and lines that the index was built with, and what is new."""
    with base.whoosh.searcher() as searcher:
        segments = [segment for segment, _ in segments_of(searcher.reader())]
    spellings = (
        {
            facet: dict.fromkeys(
                value for segment in segments for value in segment.values_of(facet)
            )
            for facet in segments[0].facets
        }
        if segments
        else {}
    )
    return change.learner.learned_beside(spellings, change.known.repeated_lines())
