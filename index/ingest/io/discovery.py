r"""File discovery: the files below the given paths, in an order that never changes.

Folders are walked depth first, sorted by the parts of their paths. Hidden files and folders are
skipped, and so is a folder that was already walked, because links may form a circle. A link is
followed within what was named and refused beyond it: who may write into an archive must not publish
what lies elsewhere.

>>> to_printable("berkas\n.txt")
'berkas�.txt'
"""

import io
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from index.document import Rejection
from index.errors import PathError, SourceError

STANDARD_INPUT = Path("-")
"""The path that means standard input. A file of that name can be named by its whole path."""
STANDARD_INPUT_NUMBER = 0
"""The file descriptor of standard input, the same on every system."""
_NO_FILE = "it is no ordinary file"


class SourceFile(NamedTuple):
    """A file to read.

    Attributes:
        path: its path.
        location: its path below the folder that was named, with "/" between the parts.
        size: bytes on disk; 0 for standard input.
        is_piped: whether it is standard input, not a file that happens to be called "-".
        changed_at: when its bytes were last changed, in nanoseconds; 0 for standard input.
        named: what was named, without links: the file is opened only if it lies there.
    """

    path: Path
    location: str
    size: int
    is_piped: bool = False
    changed_at: int = 0
    named: tuple[str, ...] = ()


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


def without_links(paths: Iterable[Path]) -> tuple[str, ...]:
    """Return the places that paths lead to, without links and each once."""
    return tuple(dict.fromkeys(os.path.realpath(path) for path in paths if path != STANDARD_INPUT))


def find_files(
    paths: Sequence[Path],
    is_index: Callable[[Path], bool] = is_never_index,
    named: tuple[str, ...] = (),
) -> Iterator[SourceFile | Rejection]:
    """Yield the files that were named and the files below the folders that were named, in order.

    Args:
        paths: files, folders, and "-" for standard input.
        is_index: returns True for an index directory, which is skipped: its files are no articles.
        named: places beside the paths that links may lead to, as `without_links` returns them.

    Returns:
        An iterator of files, and a rejection for each that cannot be opened or is no regular file,
        and for each link that leads out of what was named.
    """
    named = (*without_links(paths), *named)
    for path in paths:
        if path == STANDARD_INPUT:
            yield SourceFile(path, str(path), 0, is_piped=True)
        else:
            yield from _walk(path, is_index, named)


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
        self._raw = open_source(file)
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


def open_source(file: SourceFile) -> io.FileIO:
    """Open a file that was found, or standard input; whatever it has become since, never wait.

    Raises:
        SourceError: outside, when a link leads elsewhere by now; unreadable, for a pipe or device.
        OSError: when the system refuses.
    """
    if file.is_piped:
        return io.FileIO(STANDARD_INPUT_NUMBER, closefd=False)
    place = os.path.realpath(file.path)
    if not _lies_in(place, file.named):
        raise SourceError("outside", _outside(place))
    return io.FileIO(place, opener=_open_regular)


def _open_regular(place: str, flags: int) -> int:
    # A pipe would wait for its writer when it is opened, a file like /proc/kmsg when it is read.
    descriptor = os.open(place, flags | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_NOCTTY)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise SourceError("unreadable", _NO_FILE)


def _lies_in(place: str, named: tuple[str, ...]) -> bool:
    return any(place == each or place.startswith(each.rstrip("/") + "/") for each in named)


def _outside(place: str) -> str:
    return f"it leads to {show_path(Path(place))}"


def _walk(
    root: Path, is_index: Callable[[Path], bool], named: tuple[str, ...]
) -> Iterator[SourceFile | Rejection]:
    walked: set[tuple[int, int]] = set()
    stack = [root]
    while stack:
        path = stack.pop()
        try:
            status = path.stat()
            if path.is_symlink() and not _lies_in(place := os.path.realpath(path), named):
                yield Rejection(show_path(path), 0, "outside", _outside(place))
            elif not stat.S_ISDIR(status.st_mode):
                yield _source_file(path, root, status)._replace(named=named)
            elif (status.st_dev, status.st_ino) not in walked and not is_index(path):
                walked.add((status.st_dev, status.st_ino))
                stack += sorted(_visible(path), reverse=True)
        except OSError as error:
            yield Rejection(show_path(path), 0, "unreadable", error.strerror or str(error))


def _visible(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if not path.name.startswith(".")]


def _source_file(path: Path, root: Path, status: os.stat_result) -> SourceFile:
    if not stat.S_ISREG(status.st_mode):
        raise OSError(_NO_FILE)
    location = path.name if path == root else path.relative_to(root).as_posix()
    return SourceFile(path, location, status.st_size, changed_at=status.st_mtime_ns)
