"""Publish a finished generation, so that it is served, and roll back to an earlier one."""

import datetime as dt
import errno
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from index.errors import (
    ArchiveIndexError,
    ClockError,
    IndexMissingError,
    IndexShrunkError,
    IndexUnreadableError,
    NoPreviousGenerationError,
    SchemaMismatchError,
)
from index.generations import directory
from index.generations.atomic_write import sync, sync_files
from index.generations.generation import Generation, open_current, open_generation
from index.generations.manifest import make_manifest, read_manifest, write_manifest

SHRINK_LIMIT = 0.9
"""Share of the current generation's articles that a new one needs, unless shrinking is allowed."""


def publish_generation(
    index_path: Path,
    number: int,
    doc_count: int,
    on_step: Callable[[str], None],
    *,
    keeps_current: bool = True,
) -> int:
    """Make a generation that was built and checked the current one.

    Its files are synced and get a manifest, its folder gets the number, the pointer is replaced,
    and generations that nobody needs are removed.

    Args:
        index_path: the index directory.
        number: of the generation; its files are in its building folder.
        doc_count: documents in it.
        on_step: called with "synced", "numbered", "current" and "cleaned" as each is done.
        keeps_current: keep the generation that is current now, for a rollback.

    Returns:
        The bytes of the generation on disk.
    """
    folder = directory.building_path(index_path, number)
    sync_files(folder)
    write_manifest(make_manifest(folder, doc_count), folder)
    on_step("synced")
    size = sum(path.stat().st_size for path in folder.iterdir())
    folder.rename(directory.generation_path(index_path, number))
    sync(index_path / "generations")
    on_step("numbered")
    keep = {number, *(_worth_keeping(index_path) if keeps_current else ())}
    directory.point_to(index_path, number)
    on_step("current")
    directory.remove_generations(index_path, keep)
    on_step("cleaned")
    return size


def refuse_shrinking(index_path: Path, doc_count: int, *, is_allowed: bool) -> None:
    """Raise IndexShrunkError when a new generation has far fewer articles than the current one."""
    try:
        folder = directory.generation_path(index_path, directory.current_number(index_path))
        live_count = read_manifest(folder).doc_count
    except IndexUnreadableError:  # it may be sound: nobody knows what would be lost
        raise
    except ArchiveIndexError:  # no sound index is served, so nothing can be lost
        return
    if doc_count < SHRINK_LIMIT * live_count and not is_allowed:
        raise IndexShrunkError(index_path, doc_count, live_count)


def refuse_wrong_clock(index_path: Path) -> None:
    """Raise ClockError when the clock lies before the time of a generation."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    built = [""]
    for number in directory.finished_numbers(index_path):
        with suppress(ArchiveIndexError):  # one that cannot be read tells no time
            built.append(read_manifest(directory.generation_path(index_path, number)).built_at)
    if now < max(built):
        raise ClockError(index_path, now, max(built))


def clear_leftovers(index_path: Path) -> None:
    """Remove what killed builds have left in an index directory that this process has locked.

    The lock of a process ends with it, so whatever is unfinished here is nobody's any more. What is
    served stays, and the generation before, to which a rollback leads.
    """
    finished = directory.finished_numbers(index_path)
    try:
        current = directory.current_number(index_path)
        earlier = [number for number in finished if number < current]
        keep = {current, *(earlier if len(earlier) < 2 else [open_previous(index_path).number])}  # noqa: PLR2004 - one is what is kept
    except IndexMissingError:  # the first build was killed, or the pointer is lost
        keep = {max(finished, default=0)}
    except ArchiveIndexError:  # nobody knows which one may be needed
        keep = set(finished)
    directory.remove_generations(index_path, keep)


def open_previous(index_path: Path) -> Generation:
    """Open the newest generation before the current one that can be opened.

    Raises:
        IndexMissingError, NoPreviousGenerationError: when there is none.
        IndexDamagedError, SchemaMismatchError: when none can be opened.
        IndexUnreadableError: when the machine cannot read the newest of them now.
    """
    problem: ArchiveIndexError = NoPreviousGenerationError(index_path)
    for number in directory.earlier_numbers(index_path):
        try:
            return open_generation(index_path, number)
        except IndexUnreadableError as error:
            if error.number != errno.EIO:  # what passes is no reason to go back further
                raise
            problem = error
        except ArchiveIndexError as error:
            problem = error
    raise problem


def _worth_keeping(index_path: Path) -> Iterable[int]:
    """Return what a rollback may need: the current generation, or all if it is damaged."""
    try:
        return [open_current(index_path).number]
    except IndexMissingError:
        return []
    except SchemaMismatchError:
        return [directory.current_number(index_path)]  # the version that built it may need it again
    except ArchiveIndexError:
        return directory.finished_numbers(index_path)
