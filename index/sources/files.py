"""The files behind the paths that were named, in an order that never changes.

Folders are walked to their depths, sorted by the parts of their paths; hidden files and folders are
passed over, and a folder that was already walked (a link in a circle) too.

>>> format_of("Arsip/2024.JSONL.GZ")
Format(suffix='.jsonl.gz', holds='rows', packed=True)
>>> format_of("foto.jpg") is None
True
"""

import io
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from index.document import Rejection
from index.errors import PathError
from index.generations import is_index


class Format(NamedTuple):
    """A kind of file: how its name ends, what it holds, and whether it is packed with gzip.

    A page may turn out to be HTML; a name without an ending promises nothing.
    """

    suffix: str
    holds: Literal["page", "html", "rows", "anything"]
    packed: bool = False


FORMATS = (
    Format(".txt", "page"),
    Format(".html", "html"),
    Format(".htm", "html"),
    Format(".jsonl", "rows"),
    Format(".ndjson", "rows"),
    Format(".jsonl.gz", "rows", packed=True),
    Format(".ndjson.gz", "rows", packed=True),
)
"""The files that can be read; any other is refused as not supported."""


class SourceFile(NamedTuple):
    """A file to read.

    Attributes:
        path: where it is.
        location: its path below the folder that was named, with "/" between the parts.
        format: how to read it, None when it cannot be.
        size: bytes on disk.
    """

    path: Path
    location: str
    format: Format | None
    size: int


def format_of(name: str) -> Format | None:
    """Return the format that a file's name promises."""
    if "." not in name:
        return Format("", "anything")
    return next((row for row in FORMATS if name.lower().endswith(row.suffix)), None)


def check_paths(paths: Sequence[Path]) -> None:
    """Raise PathError for the first path that does not exist."""
    for path in paths:
        try:
            path.stat()
        except (OSError, ValueError) as error:
            raise PathError(
                f"There is no file or folder {shown(path)} to read. Check how it is spelled, and "
                "that you may open it."
            ) from error


def find_files(paths: Sequence[Path]) -> Iterator[SourceFile | Rejection]:
    """Yield every file named, and every file below the folders named, in order."""
    for path in paths:
        yield from _walk(path)


def shown(path: Path) -> str:
    """Return the path as text that can be printed, whatever bytes its name holds."""
    text = os.fsencode(path).decode(errors="replace")
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


class CountedFile(io.RawIOBase):
    """A file that tells how many bytes are read from it."""

    def __init__(self, path: Path, on_bytes: Callable[[int], None]) -> None:
        super().__init__()
        self._raw = path.open("rb", buffering=0)
        self._on_bytes = on_bytes
        self.told = 0
        """Bytes that were told so far."""

    def readable(self) -> bool:
        """Say that it can be read; io asks."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill the buffer and tell how much of it was filled."""
        count = self._raw.readinto(buffer) or 0
        self.told += count
        self._on_bytes(count)
        return count

    def close(self) -> None:
        """Close the file beneath."""
        self._raw.close()
        super().close()


def _walk(root: Path) -> Iterator[SourceFile | Rejection]:
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
            yield Rejection(shown(path), 0, "unreadable", error.strerror or str(error))


def _visible(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if not path.name.startswith(".")]


def _source_file(path: Path, root: Path, status: os.stat_result) -> SourceFile | Rejection:
    if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for without end
        return Rejection(shown(path), 0, "unreadable", "it is no ordinary file")
    location = path.name if path == root else path.relative_to(root).as_posix()
    return SourceFile(path, location, format_of(path.name), status.st_size)
