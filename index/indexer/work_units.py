"""Work units: the files to read, cut into pieces that are small enough to send to a process.

    files --cut_into_work_units--> work units --read_work_unit--> results

Small files go together into one unit, a file with a row a line is cut between rows, and any other
file is read here, some rows at a time. All reading goes this way, in this process or in several
(`index.indexer.worker_pool`), so both give the same.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from index.corpus import LastLines, SpellingCounts, hash_last_lines
from index.document import PASSING_REASONS, Document, Rejection
from index.indexer.spool import Packer
from index.indexer.staging import FilePosition, StagingRows
from index.ingest import (
    Limits,
    Piece,
    PlacedItem,
    ReadOptions,
    SourceFile,
    can_be_cut,
    cut_file,
    read_file,
    read_piece,
)

SMALL_BYTES = 1 << 20
"""Bytes on disk of a file that is read as a whole, and of the small files of one unit."""
FILES_MOST = 64
"""Small files of one unit."""
ROWS_MOST = 500
"""Articles of one result, of a file that is neither small nor can be cut."""


class SmallFiles(NamedTuple):
    """A work unit of several small files.

    Attributes:
        first_number: the number of the first file; the others follow.
        files: the files.
        limits: what is refused or cut.
        key_by_column: the keys that columns stand for; a dict, since it goes to another process.
    """

    first_number: int
    files: list[SourceFile]
    limits: Limits
    key_by_column: Mapping[str, str]


class FilePiece(NamedTuple):
    """A work unit of some rows of one large file."""

    file_number: int
    piece: Piece


WorkUnit = SmallFiles | FilePiece


@dataclass(frozen=True, slots=True)
class WorkResult:
    """What was read of a work unit.

    Attributes:
        blocks: the articles, packed for the spool.
        rows: their rows in the staging table.
        refused: what was refused.
        unread: numbers of files that were not read to their end, for a fault of the moment.
        cut: how many lines were cut from texts, by rule.
        spellings: how often each spelling was read.
        last_lines: of each article, for `index.corpus.repeated_lines`.
        byte_counts: how many bytes of small files were read.
    """

    blocks: list[bytes]
    rows: StagingRows = field(default_factory=StagingRows)
    refused: list[Rejection] = field(default_factory=list)
    unread: set[int] = field(default_factory=set)
    cut: Counter[str] = field(default_factory=Counter)
    spellings: SpellingCounts = field(default_factory=SpellingCounts)
    last_lines: list[LastLines] = field(default_factory=list)
    byte_counts: list[int] = field(default_factory=list)


def cut_into_work_units(
    files: Sequence[SourceFile], first_number: int, options: ReadOptions
) -> Iterator[WorkUnit | WorkResult]:
    """Yield the work units of files, in their order; a result where only this process can read.

    Args:
        files: the files.
        first_number: the number of the first file; the others follow.
        options: how they are read; `on_bytes` is called for all but small files.
    """
    together: list[SourceFile] = []
    for number, file in enumerate(files, first_number):
        is_small = not file.is_piped and file.size <= SMALL_BYTES
        if together and (not is_small or _is_full(together, file)):
            yield _small_files(together, number, options)
            together = []
        if is_small:
            together.append(file)
        else:
            yield from _cut_large_file(number, file, options)
    if together:
        yield _small_files(together, first_number + len(files), options)


def read_work_unit(unit: WorkUnit) -> WorkResult:
    """Read a work unit."""
    writer = _ResultWriter()
    if isinstance(unit, FilePiece):
        for placed in read_piece(unit.piece):
            writer.add(unit.file_number, placed)
    else:
        options = ReadOptions(
            limits=unit.limits, key_by_column=unit.key_by_column, on_bytes=writer.count_bytes
        )
        for number, file in enumerate(unit.files, unit.first_number):
            for placed in read_file(file, options):
                writer.add(number, placed)
    return writer.finish()


class _ResultWriter:
    """Makes a result, item by item."""

    def __init__(self) -> None:
        self._packer = Packer()
        self._result = WorkResult(self._packer.blocks)

    def __len__(self) -> int:
        return len(self._result.rows) + len(self._result.refused)

    def count_bytes(self, byte_count: int) -> None:
        """Count bytes of a small file."""
        self._result.byte_counts.append(byte_count)

    def add(self, file_number: int, item: PlacedItem) -> None:
        """Add an article, or a refusal, that was read of a file."""
        path, line, read = item
        if isinstance(read, Rejection):
            self._result.refused.append(read)
            if read.reason in PASSING_REASONS:
                self._result.unread.add(file_number)
        else:
            self._add_article(read, file_number, FilePosition(path, line))

    def finish(self) -> WorkResult:
        """Return the result; nothing may be added after that."""
        self._packer.pack()
        return self._result

    def _add_article(self, document: Document, file_number: int, position: FilePosition) -> None:
        result = self._result
        result.rows.append(document, self._packer.add(document), file_number, position)
        result.cut.update(line.rule for line in document.cut_lines)
        result.spellings.add(document)
        result.last_lines.append(hash_last_lines(document))


def _is_full(together: Sequence[SourceFile], file: SourceFile) -> bool:
    size = sum(each.size for each in together) + file.size
    return len(together) == FILES_MOST or size > SMALL_BYTES


def _small_files(files: list[SourceFile], next_number: int, options: ReadOptions) -> SmallFiles:
    key_by_column = dict(options.key_by_column)
    return SmallFiles(next_number - len(files), files, options.limits, key_by_column)


def _cut_large_file(
    number: int, file: SourceFile, options: ReadOptions
) -> Iterator[WorkUnit | WorkResult]:
    if can_be_cut(file):
        for path, line, item in cut_file(file, options):
            if isinstance(item, Piece):
                yield FilePiece(number, item)
            else:
                yield from _read_here(number, [(path, line, item)])
    else:
        yield from _read_here(number, read_file(file, options))


def _read_here(number: int, items: Iterable[PlacedItem]) -> Iterator[WorkResult]:
    writer = _ResultWriter()
    for item in items:
        writer.add(number, item)
        if len(writer) == ROWS_MOST:
            yield writer.finish()
            writer = _ResultWriter()
    if len(writer):
        yield writer.finish()
