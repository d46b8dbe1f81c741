"""Files, cut into parts: small ones together, one of lines in pieces, others as they are read."""

from collections.abc import Iterable, Iterator, Sequence

from index.indexer.work_units import FilePiece, Part, PartWriter, SmallFiles, Unread
from index.ingest import Piece, PlacedItem, ReadOptions, SourceFile, can_be_cut, cut_file, read_file

SMALL_BYTES = 1 << 20
"""Bytes on disk of a file that is read as a whole, and of the small files of one part."""
FILES_MOST = 64
"""Small files of one part."""
ROWS_MOST = 500
"""Articles of a part of a file that is neither small nor can be cut."""


def cut_into_parts(
    files: Sequence[SourceFile], first_number: int, options: ReadOptions
) -> Iterator[Unread | Part]:
    """Yield the parts of files, in their order; read only what cannot be read elsewhere.

    Args:
        files: the files.
        first_number: the number of the first of them; the others follow.
        options: how they are read; `on_bytes` is told of all but small files.
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
            yield from _large_file(number, file, options)
    if together:
        yield _small_files(together, first_number + len(files), options)


def _is_full(together: Sequence[SourceFile], file: SourceFile) -> bool:
    size = sum(each.size for each in together) + file.size
    return len(together) == FILES_MOST or size > SMALL_BYTES


def _small_files(files: list[SourceFile], next_number: int, options: ReadOptions) -> SmallFiles:
    key_by_column = dict(options.key_by_column)
    return SmallFiles(next_number - len(files), files, options.limits, key_by_column)


def _large_file(number: int, file: SourceFile, options: ReadOptions) -> Iterator[Unread | Part]:
    told = options.on_bytes, options.limits, dict(options.key_by_column)
    if can_be_cut(file):
        for path, line, item in cut_file(file, *told):
            if isinstance(item, Piece):
                yield FilePiece(number, item)
            else:
                yield from _read(number, [(path, line, item)])
    else:
        yield from _read(number, read_file(file, *told))


def _read(number: int, items: Iterable[PlacedItem]) -> Iterator[Part]:
    writer = PartWriter()
    for placed in items:
        writer.add(number, placed)
        if len(writer) == ROWS_MOST:
            yield writer.finish()
            writer = PartWriter()
    if len(writer):
        yield writer.finish()
