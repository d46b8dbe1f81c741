"""Read files of articles: from paths to documents and rejections.

`read_file` reads one file. `cut_file` cuts a file of JSON lines into pieces, so that several
processes can read it with `read_piece`.

>>> [item.title for item in read_paths([Path("samples/sains/es-puncak-jaya-kian-tipis.txt")])]
['Es Puncak Jaya Kian Tipis, Tiang Ukur Berdiri Telanjang']
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from index.document import Document, Rejection
from index.errors import SourceError
from index.ingest.io import (
    CHUNK_BYTES,
    LIMITS,
    CountedFile,
    FormatReader,
    ItemT,
    Limits,
    Origin,
    SourceFile,
    buffer_stream,
    check_paths,
    find_files,
    is_never_index,
    make_budget,
    open_source,
    read_items,
    show_path,
    split_packing,
    to_utf_8,
    unpack,
    within_seconds,
)
from index.ingest.registry import (
    describe_unsupported,
    find_reader,
    holds_json_lines,
    is_archive,
    read_by_content,
    read_lines_file,
)
from index.ingest.rows import Piece, cut_json_lines
from index.ingest.rows import read_piece as read_rows
from index.ingest.zip_archives import PlacedItem, read_archive

NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
"""No column is mapped: the names of the columns decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How files are read.

    Attributes:
        key_by_column: the keys of the columns that are mapped; see `parse_column_map`.
        limits: the most that is read of anything.
        processes: how many processes read; 0 for as many as are worth it. With more than one, each
            imports the calling program first, so that must do nothing when it is imported.
        on_total: called once with the number of bytes to read, as soon as it is known.
        on_bytes: called with the number of bytes on disk (packed bytes of a packed file) that were
            read since the last call. They add up to the size of all files, and the bytes of
            standard input.
    """

    key_by_column: Mapping[str, str] = field(default_factory=lambda: NO_COLUMNS)
    limits: Limits = LIMITS
    processes: int = 1
    on_total: Callable[[int], None] = lambda _: None
    on_bytes: Callable[[int], None] = lambda _: None


READ_OPTIONS = ReadOptions()
"""The default options."""


def read_paths(
    paths: Sequence[Path],
    options: ReadOptions = READ_OPTIONS,
    is_index: Callable[[Path], bool] = is_never_index,
) -> Iterator[Document | Rejection]:
    """Read files and folders of articles in this process, in an order that never changes.

    Args:
        paths: files, folders with all that is below them, and "-" for standard input.
        options: how they are read.
        is_index: returns True for an index directory, which is skipped; see `find_files`.

    Returns:
        An iterator of documents and rejections. Files are read as it advances.

    Raises:
        PathError: at once, when a path does not exist.
    """
    check_paths(paths)
    return _read_each(find_files(paths, is_index), options)


def _read_each(
    files: Iterator[SourceFile | Rejection], options: ReadOptions
) -> Iterator[Document | Rejection]:
    for file in files:
        if isinstance(file, Rejection):
            yield file
        else:
            yield from (item for *_, item in read_file(file, options))


def read_file(file: SourceFile, options: ReadOptions) -> Iterator[PlacedItem]:
    """Read all articles of one file, with path and row number."""
    origin = _origin(file, options)
    return _read_file(file, origin, options.on_bytes, partial(_read_open, file, origin))


def can_be_cut(file: SourceFile) -> bool:
    """Tell whether `cut_file` can cut a file: whether each line of it is a row."""
    if _find_reader(file) is not read_lines_file:
        return False
    try:
        return all(within_seconds(_look_for_lines(file), LIMITS.item_seconds))
    except (SourceError, OSError):
        return True  # `cut_file` will say what is wrong


def _look_for_lines(file: SourceFile) -> Iterator[bool]:
    with _unpacked(file, _origin(file, READ_OPTIONS), lambda _: None) as stream:
        yield holds_json_lines(to_utf_8(stream).read(CHUNK_BYTES))


def cut_file(
    file: SourceFile, options: ReadOptions
) -> Iterator[tuple[str, int, Piece | Rejection]]:
    """Cut a file into pieces that `read_piece` can read in parallel."""
    origin = _origin(file, options)
    return _read_file(file, origin, options.on_bytes, partial(_cut_open, file, origin))


def read_piece(piece: Piece) -> Iterator[PlacedItem]:
    """Read the rows of a piece, with path and row number."""
    origin, number = piece.origin, 0
    try:
        for number, item in within_seconds(read_rows(piece), origin.limits.item_seconds):
            yield origin.path, number, item
    except SourceError as error:
        yield origin.path, *origin.reject(number, error)


def _origin(file: SourceFile, options: ReadOptions) -> Origin:
    path, location = show_path(file.path), file.location
    columns = dict(options.key_by_column)  # a dict can go to another process
    return Origin(path=path, location=location, limits=options.limits, key_by_column=columns)


def _find_reader(file: SourceFile) -> FormatReader | None:
    return read_by_content if file.is_piped else find_reader(file.path.name)


def _read_file(
    file: SourceFile,
    origin: Origin,
    on_bytes: Callable[[int], None],
    read_open: Callable[[Callable[[int], None]], Iterator[tuple[str, int, ItemT | Rejection]]],
) -> Iterator[tuple[str, int, ItemT | Rejection]]:
    reported = 0

    def report(count: int) -> None:
        nonlocal reported
        if not file.is_piped:  # the members of a bomb share their bytes, which count once
            count = min(count, file.size - reported)
        reported += count
        on_bytes(count)

    items = read_open(report)
    try:
        # Whoever pipes articles in may take any time.
        yield from items if file.is_piped else within_seconds(items, origin.limits.item_seconds)
    except SourceError as error:
        yield origin.path, *origin.reject(0, error)
    except OSError as error:
        yield origin.path, 0, Rejection(origin.path, 0, "unreadable", error.strerror or str(error))
    report(max(0, file.size - reported))  # bytes that were rejected unread are done with, too


def _read_open(
    file: SourceFile, origin: Origin, on_bytes: Callable[[int], None]
) -> Iterator[PlacedItem]:
    if is_archive(file.path.name):
        with buffer_stream(open_source(file)) as archive:
            budget = make_budget(file.size, origin.limits)
            yield from read_archive(archive, origin, budget, on_bytes)
    elif read := _find_reader(file):
        with _unpacked(file, origin, on_bytes) as stream:
            for number, item in read_items(stream, origin, read):
                yield origin.path, number, item
    else:
        raise SourceError("not_supported", describe_unsupported(file.path.name))


def _cut_open(
    file: SourceFile, origin: Origin, on_bytes: Callable[[int], None]
) -> Iterator[tuple[str, int, Piece | Rejection]]:
    with _unpacked(file, origin, on_bytes) as stream:
        for number, item in read_items(stream, origin, cut_json_lines):
            yield origin.path, number, item


@contextmanager
def _unpacked(
    file: SourceFile, origin: Origin, on_bytes: Callable[[int], None]
) -> Iterator[BinaryIO]:
    budget = make_budget(file.size, origin.limits)
    with CountedFile(file, on_bytes) as raw:
        yield unpack(buffer_stream(raw), split_packing(file.path.name)[1], budget)
