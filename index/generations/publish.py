"""Making a finished generation the one that is served, and going back to an earlier one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.errors import (
    ArchiveIndexError,
    IndexMissingError,
    IndexShrunkError,
    NoPreviousGenerationError,
    SchemaMismatchError,
)
from index.generations.atomic_write import sync, sync_files
from index.generations.directory import (
    build_lock,
    building_folder,
    current_number,
    earlier_numbers,
    finished_numbers,
    generation_path,
    next_number,
    point_to,
    reap,
)
from index.generations.generation import open_current, open_generation
from index.generations.manifest import make_manifest, read_manifest, write_manifest
from index.indexer.report import FAILED_REJECTIONS_NAME, Tally, Written
from index.indexer.staging import Readings


@dataclass(frozen=True, slots=True)
class Room:
    """Where a generation is built: its number and folder, what was read, and the counting."""

    index_path: Path
    number: int
    folder: Path
    readings: Readings
    tally: Tally


@contextmanager
def build_room(index_path: Path) -> Iterator[Room]:
    """Hold the index directory's lock, and make room for the next generation.

    Raises:
        IndexLockedError: when another build is under way.
    """
    with build_lock(index_path), Readings.opened(index_path) as readings:
        number = next_number(index_path)
        tally = Tally(index_path / FAILED_REJECTIONS_NAME)
        tally.start()
        with building_folder(index_path, number) as folder:
            yield Room(index_path, number, folder, readings, tally)


SHRINK_LIMIT = 0.9
"""Share of the live articles that a new generation must have, unless shrinking is allowed."""


def publish(
    room: Room, doc_count: int, near_copy_count: int, on_step: Callable[[str], None]
) -> Written:
    """Make the finished generation the current one: vouch for it, number it, clear up behind it."""
    index_path, number, folder = room.index_path, room.number, room.folder
    sync_files(folder)
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
    size = sum(path.stat().st_size for path in generation_path(index_path, number).iterdir())
    return Written(number, doc_count, near_copy_count, len(room.readings.files), size)


def refuse_shrinking(index_path: Path, doc_count: int, *, is_allowed: bool) -> None:
    """Raise IndexShrunkError when a new generation has far fewer articles than the one served."""
    try:
        live = read_manifest(generation_path(index_path, current_number(index_path))).doc_count
    except ArchiveIndexError:  # nothing sound is served, so nothing can be lost
        return
    if doc_count < SHRINK_LIMIT * live and not is_allowed:
        raise IndexShrunkError(index_path, doc_count, live)


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
