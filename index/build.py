"""The one loop from article files to a new generation, and its report.

A build goes through named steps; killed at any of them, it leaves the old index serving, and the
next build clears up. `on_step` is told each step as it is done.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.check import Expected, check_generation
from index.document import Document, Rejection
from index.errors import (
    ArchiveIndexError,
    IndexMissingError,
    IndexShrunkError,
    NoDocumentsError,
    NoPreviousGenerationError,
    SchemaMismatchError,
)
from index.generations import (
    build_lock,
    building_folder,
    building_path,
    current_number,
    earlier_numbers,
    finished_numbers,
    generation_path,
    next_number,
    point_to,
    reap,
)
from index.manifest import make_manifest, read_manifest, sync, write_manifest
from index.sources import LIMITS, NO_COLUMNS, read_paths
from index.whoosh_index import open_current, open_generation
from index.whoosh_writer import GenerationWriter

STEPS = ("locked", "added", "committed", "checked", "vouched", "named", "current", "reaped")
"""What a build tells `on_step`, in order.

locked: nothing written yet; added: all documents read; committed: files written and synced;
checked: opened and tried; vouched: manifest written; named: folder has its number; current: readers
see it; reaped: older generations removed.
"""

SHRINK_LIMIT = 0.9
"""Share of the live articles that a new generation must have, unless shrinking is allowed."""

REJECTIONS_NAME = "rejected.jsonl"
FAILED_REJECTIONS_NAME = "rejected.failed.jsonl"
"""What a build refused that failed itself; the other list stays that of the index served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did.

    Attributes:
        generation: its number.
        doc_count: documents indexed.
        rejected: refused articles by reason, commonest first.
        rejections_path: the list of them, a JSON object a line.
        noted_count: documents of which the reader of the file noticed something.
        undated_count: documents without a date.
        seconds: from start to end.
        size: bytes of the generation on disk.
    """

    generation: int
    doc_count: int
    rejected: dict[str, int]
    rejections_path: Path
    noted_count: int
    undated_count: int
    seconds: float
    size: int


def build_index(  # noqa: PLR0913 - what is told by keyword is told apart
    paths: Sequence[Path],
    index_path: Path,
    *,
    allow_shrink: bool = False,
    key_by_column: Mapping[str, str] = NO_COLUMNS,
    on_bytes: Callable[[int], None] = lambda _: None,
    on_step: Callable[[str], None] = lambda _: None,
) -> BuildReport:
    """Build a new generation from article files and make it the current one.

    Args:
        paths: files and folders of articles.
        index_path: the index directory; made if it is not there.
        allow_shrink: accept far fewer documents than the live index has.
        key_by_column: which keys the columns of the articles' files stand for.
        on_bytes: told how many bytes of the articles were read since the last call.
        on_step: told each of `STEPS` when it is done.

    Raises:
        PathError: for a path that is not there, before anything is done.
        IndexLockedError: when another build is under way.
        NoDocumentsError, IndexShrunkError: when nothing is indexed, or far less than is live.
        BuildCheckError: when the new index fails its check.
    """
    started = time.monotonic()
    articles = read_paths(paths, on_bytes, LIMITS, key_by_column)
    with build_lock(index_path):
        on_step("locked")
        number = next_number(index_path)
        tally = _Tally(index_path / FAILED_REJECTIONS_NAME)
        with building_folder(index_path, number) as folder:
            _add_all(tally.kept(articles), folder, on_step)
            _refuse_small(index_path, tally, allow_shrink=allow_shrink)
            check_generation(folder, tally.expected, index_path)
            on_step("checked")
            _publish(index_path, number, tally.doc_count, on_step)
        size = sum(path.stat().st_size for path in generation_path(index_path, number).iterdir())
        tally.rejections_path = tally.rejections_path.replace(index_path / REJECTIONS_NAME)
        return tally.report(number, time.monotonic() - started, size)


def roll_back(index_path: Path) -> int:
    """Make the generation before the current one current again; return its number.

    Raises:
        IndexMissingError, IndexLockedError, NoPreviousGenerationError: see `index.errors`.
        IndexDamagedError, SchemaMismatchError: when that generation cannot be opened.
    """
    earlier_numbers(index_path)  # raises before a lock is made where no index is
    with build_lock(index_path):
        number = _newest_sound(index_path, earlier_numbers(index_path))
        point_to(index_path, number)
        return number


def _newest_sound(index_path: Path, numbers: Sequence[int]) -> int:
    problem: ArchiveIndexError = NoPreviousGenerationError(index_path)
    for number in numbers:
        try:
            open_generation(index_path, number)
        except ArchiveIndexError as error:
            problem = error
        else:
            return number
    raise problem


def _add_all(documents: Iterable[Document], folder: Path, on_step: Callable[[str], None]) -> None:
    with GenerationWriter(folder) as writer:
        for document in documents:
            writer.add(document)
        on_step("added")
        writer.commit()
    on_step("committed")


def _refuse_small(index_path: Path, tally: "_Tally", *, allow_shrink: bool) -> None:
    if not tally.doc_count:
        raise NoDocumentsError(index_path, dict(tally.reasons), tally.rejections_path)
    try:
        live = read_manifest(generation_path(index_path, current_number(index_path))).doc_count
    except ArchiveIndexError:  # nothing sound is served, so nothing can be lost
        return
    if tally.doc_count < SHRINK_LIMIT * live and not allow_shrink:
        raise IndexShrunkError(index_path, tally.doc_count, live)


def _publish(index_path: Path, number: int, doc_count: int, on_step: Callable[[str], None]) -> None:
    """Vouch for the finished folder, give it its number, point to it, clear up behind it."""
    folder = building_path(index_path, number)
    write_manifest(make_manifest(folder, doc_count), folder)
    on_step("vouched")
    folder.rename(generation_path(index_path, number))
    sync(index_path / "generations")
    on_step("named")
    keep = {number, *_worth_keeping(index_path)}
    point_to(index_path, number)
    on_step("current")
    reap(index_path, keep)
    on_step("reaped")


def _worth_keeping(index_path: Path) -> Iterable[int]:
    """Return the generation to roll back to: the live one, or all where that one is not sound."""
    try:
        return [open_current(index_path).number]
    except IndexMissingError:
        return []
    except SchemaMismatchError:
        return [current_number(index_path)]  # the program that built it may want it back
    except ArchiveIndexError:
        return finished_numbers(index_path)


class _Tally:
    """Counts what passes through a build, and lists what is refused."""

    def __init__(self, rejections_path: Path) -> None:
        self.rejections_path = rejections_path
        self.reasons: Counter[str] = Counter()
        self.noted_count = self.undated_count = 0
        self.expected = Expected()

    @property
    def doc_count(self) -> int:
        """How many documents there are so far."""
        return self.expected.doc_count

    def kept(self, articles: Iterable[Document | Rejection]) -> Iterator[Document]:
        """Yield the documents among the articles; list and count the rest."""
        with self.rejections_path.open("w", encoding="utf-8") as file:
            for article in articles:
                if isinstance(article, Rejection):
                    self.reasons[article.reason] += 1
                    file.write(json.dumps(asdict(article), ensure_ascii=False) + "\n")
                else:
                    self._count(article)
                    yield article

    def report(self, generation: int, seconds: float, size: int) -> BuildReport:
        return BuildReport(
            generation=generation,
            doc_count=self.doc_count,
            rejected=dict(self.reasons.most_common()),
            rejections_path=self.rejections_path,
            noted_count=self.noted_count,
            undated_count=self.undated_count,
            seconds=seconds,
            size=size,
        )

    def _count(self, document: Document) -> None:
        self.expected.add(document)
        self.noted_count += bool(document.notes)
        self.undated_count += document.date is None
