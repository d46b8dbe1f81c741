"""The index directory: numbered generations, and a pointer to the current one.

    INDEX/current              the pointer: the number of the generation that is served
    INDEX/lock                 locked during a build; the system frees it when the process ends
    INDEX/rejected.jsonl       what the last build refused
    INDEX/taken_down.txt       the articles that no build may bring back
    INDEX/generations/7/       one whole index: Whoosh's files, segments, catalogue, manifest
    INDEX/generations/8.tmp/   a build under way, or what is left of one

A generation never changes once its folder is a number. The pointer is replaced in one step, so a
reader sees the old index or the new one; the generation before stays for a rollback.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import (
    ArchiveIndexError,
    IndexDamagedError,
    IndexLockedError,
    IndexMissingError,
    unusable_index,
)
from index.generations.atomic_write import make_folder, write_atomically
from index.generations.manifest import MANIFEST_NAME

POINTER_NAME = "current"
LOCK_NAME = "lock"
POINTER_BYTES_MOST = 20


def generation_path(index_path: Path, number: int) -> Path:
    """Return the folder of a generation."""
    return index_path / "generations" / str(number)


def building_path(index_path: Path, number: int) -> Path:
    """Return the folder of a generation before it is published."""
    return index_path / "generations" / f"{number}.tmp"


@contextmanager
def building_folder(index_path: Path, number: int) -> Iterator[Path]:
    """Make the folder of a build, and remove it again if the build fails."""
    folder = building_path(index_path, number)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # a build that went well has renamed it


def current_number(index_path: Path) -> int:
    """Return the number of the current generation.

    Raises:
        IndexMissingError: when there is no index.
        IndexDamagedError: when the pointer does not hold a number.
        IndexUnreadableError: when the machine cannot read it now.
    """
    try:
        with (index_path / POINTER_NAME).open("rb") as file:
            pointer = file.read(POINTER_BYTES_MOST)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissingError(index_path) from error
    except OSError as error:
        raise unusable_index(index_path, f"{POINTER_NAME} cannot be read", error) from error
    if not pointer.strip().isdigit():
        raise IndexDamagedError(index_path, f"{POINTER_NAME} does not hold a number")
    return int(pointer)


def served_number(index_path: Path) -> int | None:
    """Return the number of what is served: 0 without an index, None if it cannot be read now."""
    try:
        return current_number(index_path)
    except IndexMissingError:
        return 0
    except ArchiveIndexError:
        return None


def current_folder(index_path: Path) -> Path:
    """Return the folder of the current generation, which may be damaged or of another version.

    Raises:
        IndexMissingError, IndexDamagedError, IndexUnreadableError: as `current_number`.
    """
    return generation_path(index_path, current_number(index_path))


def is_index(path: Path) -> bool:
    """Return whether a folder is an index directory, in whatever state."""
    return (path / LOCK_NAME).is_file() and (path / "generations").is_dir()


def pointer_stamp(index_path: Path) -> tuple[int, ...]:
    """Return a value that changes whenever the pointer is replaced; empty when there is none.

    It costs one look at the file's metadata, so a server can ask at every request.
    """
    try:
        status = (index_path / POINTER_NAME).stat()
    except OSError:
        return ()
    return (status.st_mtime_ns, status.st_ino, status.st_size)


def point_to(index_path: Path, number: int) -> None:
    """Make a generation the current one, in one step that survives a power cut."""
    write_atomically(index_path / POINTER_NAME, f"{number}\n")


def next_number(index_path: Path) -> int:
    """Return a number greater than any that was used."""
    used = [int(path.name.partition(".")[0]) for path in _generation_folders(index_path)]
    return max(used, default=0) + 1


def finished_numbers(index_path: Path) -> list[int]:
    """Return the numbers of the generations that have a manifest."""
    finished = (p for p in _generation_folders(index_path) if (p / MANIFEST_NAME).is_file())
    return [int(path.name) for path in finished if path.name.isdigit()]


def earlier_numbers(index_path: Path) -> list[int]:
    """Return the finished generations before the current one, newest first.

    When the pointer is damaged, nobody knows which one is current: all finished ones count.

    Raises:
        IndexMissingError: when there is no index.
    """
    finished = sorted(finished_numbers(index_path), reverse=True)
    try:
        current = current_number(index_path)
    except IndexDamagedError:
        return finished
    return [number for number in finished if number < current]


def remove_generations(index_path: Path, keep: set[int]) -> None:
    """Remove all generations but those to keep, and what interrupted builds have left."""
    with suppress(OSError):  # what stays is removed by the next build
        for path in _generation_folders(index_path):
            if not (path.name.isdigit() and int(path.name) in keep):
                shutil.rmtree(path, ignore_errors=True)


def prepare_directory(index_path: Path) -> None:
    """Make an index directory, where it is missing, that has no generation yet."""
    make_folder(index_path / "generations")
    (index_path / LOCK_NAME).touch()


def remove_pointer(index_path: Path) -> None:
    """Make no generation the current one."""
    (index_path / POINTER_NAME).unlink(missing_ok=True)


@contextmanager
def build_lock(index_path: Path) -> Iterator[None]:
    """Lock the index directory; the system frees it when the process ends, however it ends.

    Raises:
        IndexLockedError: when another process has locked it.
    """
    make_folder(index_path / "generations")
    descriptor = os.open(index_path / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise IndexLockedError(index_path) from error
    try:
        yield
    finally:
        os.close(descriptor)


def _generation_folders(index_path: Path) -> list[Path]:
    folder = index_path / "generations"
    paths = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in paths if path.name.partition(".")[0].isdigit())
