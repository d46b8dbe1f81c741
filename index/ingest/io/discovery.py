r"""File discovery: the files below the given paths, in an order that never changes.

Folders are walked depth first, sorted by the parts of their paths. Hidden files and folders are
skipped, and so is a folder that was already walked, because links may form a circle.

>>> to_printable("berkas\n.txt")
'berkas�.txt'
"""

import io
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from index.document import Rejection
from index.errors import PathError

STANDARD_INPUT = Path("-")
"""The path that means standard input. A file of that name can be named by its whole path."""
STANDARD_INPUT_NUMBER = 0
"""The file descriptor of standard input, the same on every system."""


class SourceFile(NamedTuple):
    """A file to read.

    Attributes:
        path: its path.
        location: its path below the folder that was named, with "/" between the parts.
        size: bytes on disk; 0 for standard input.
        is_piped: whether it is standard input, not a file that happens to be called "-".
        changed_at: when its bytes were last changed, in nanoseconds; 0 for standard input.
    """

    path: Path
    location: str
    size: int
    is_piped: bool = False
    changed_at: int = 0


def check_paths(paths: Sequence[Path]) -> None:
    """Raise PathError for the first path that does not exist."""
    for path in paths:
        if path == STANDARD_INPUT:
            continue
        try:
            path.stat()
        except (OSError, ValueError) as error:
            raise PathError(
                f"There is no file or folder {show_path(path)} to read. Check how it is spelled, "
                "and that you may open it."
            ) from error


def is_never_index(_folder: Path) -> bool:
    """Return False for every folder: the predicate of a caller that knows of no index."""
    return False


def find_files(
    paths: Sequence[Path], is_index: Callable[[Path], bool] = is_never_index
) -> Iterator[SourceFile | Rejection]:
    """Yield the files that were named and the files below the folders that were named, in order.

    Args:
        paths: files, folders, and "-" for standard input.
        is_index: returns True for an index directory, which is skipped: its files are no articles.

    Returns:
        An iterator of files, and a rejection for each that cannot be opened or is no regular file.
    """
    for path in paths:
        if path == STANDARD_INPUT:
            yield SourceFile(path, str(path), 0, is_piped=True)
        else:
            yield from _walk(path, is_index)


def show_path(path: Path) -> str:
    """Return the path as printable text, whatever bytes its name holds."""
    return to_printable(os.fsencode(path).decode(errors="replace"))


def to_printable(text: str) -> str:
    """Return the text with U+FFFD instead of each character that cannot be printed."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


class CountedFile(io.RawIOBase):
    """A raw stream of a file or of standard input that reports how many bytes are read."""

    def __init__(self, file: SourceFile, on_bytes: Callable[[int], None]) -> None:
        super().__init__()
        self._raw = (
            io.FileIO(STANDARD_INPUT_NUMBER, closefd=False)
            if file.is_piped
            else io.FileIO(file.path)
        )
        self._on_bytes = on_bytes

    def readable(self) -> bool:
        """Return True, as `io` requires of a stream that can be read."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill the buffer, report the number of bytes, and return it."""
        count = self._raw.readinto(buffer) or 0
        self._on_bytes(count)
        return count

    def close(self) -> None:
        """Close the file."""
        self._raw.close()
        super().close()


def _walk(root: Path, is_index: Callable[[Path], bool]) -> Iterator[SourceFile | Rejection]:
    walked: set[tuple[int, int]] = set()
    stack = [root]
    while stack:
        path = stack.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield _source_file(path, root, status)
            elif (status.st_dev, status.st_ino) not in walked and not is_index(path):
                walked.add((status.st_dev, status.st_ino))
                stack += sorted(_visible(path), reverse=True)
        except OSError as error:
            yield Rejection(show_path(path), 0, "unreadable", error.strerror or str(error))


def _visible(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if not path.name.startswith(".")]


def _source_file(path: Path, root: Path, status: os.stat_result) -> SourceFile | Rejection:
    if not stat.S_ISREG(status.st_mode):  # reading a named pipe could wait forever
        return Rejection(show_path(path), 0, "unreadable", "it is no ordinary file")
    location = path.name if path == root else path.relative_to(root).as_posix()
    return SourceFile(path, location, status.st_size, changed_at=status.st_mtime_ns)
