"""Scan the paths of a build for the files to read, and read them into the staging table.

An update reads the files that are new, and those whose size or time of change is another one.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.corpus import Learner
from index.document import Rejection
from index.generations import PIPED, KnownFile, is_index
from index.indexer.staging import StagingTable
from index.indexer.work_units import cut_into_work_units
from index.indexer.worker_pool import choose_process_count, read_work_units
from index.indexer.workspace import Workspace
from index.ingest import ReadOptions, SourceFile, check_paths, find_files, without_links

_NEVER = -1
"""The time of change of a file that was not read to its end: it has another one."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The files below some paths, compared with those that an index was built from.

    Attributes:
        to_read: files that are new or have changed.
        gone: numbers of known files that are no longer there; empty when a folder could not be
            read, since its files are not gone.
        refused: what is not a file that can be read.
        named: where files may lie: what was named, and the folders that the index was built from.
    """

    to_read: list[SourceFile]
    gone: frozenset[int]
    refused: list[Rejection]
    named: tuple[str, ...]

    @property
    def total(self) -> int:
        """The bytes on disk of all files to read."""
        return sum(file.size for file in self.to_read)

    @property
    def sees_all(self) -> bool:
        """Whether all files were seen: what cannot be read now may be there tomorrow."""
        return all(rejection.reason == "outside" for rejection in self.refused)


def scan_files(paths: Sequence[Path], known: Mapping[bytes, KnownFile]) -> Scan:
    """Find the files to read below some paths.

    Args:
        paths: files and folders of articles.
        known: the files that an index was built from, by path; none for a new index.

    Raises:
        PathError: when a path does not exist.
    """
    check_paths(paths)
    to_read, refused = [], []
    roots = {file.root for file in known.values()}
    seen: set[bytes] = set()
    named = without_links([*paths, *(Path(os.fsdecode(root)) for root in roots if root)])
    for found in find_files(paths, is_index, named):
        if isinstance(found, Rejection):
            refused.append(found)
        elif (path := _absolute(found)) not in seen:  # a folder and a file in it may be named both
            seen.add(path)
            if found.is_piped or _has_changed(found, known.get(path)):
                to_read.append(_below_known_root(found, roots))
    folders = tuple(os.fsencode(path.absolute() / "_")[:-1] for path in paths)
    below = (path for path in known if path.startswith(folders) and path not in seen)
    scan = Scan(to_read, frozenset(known[path].number for path in below), refused, named)
    return scan if scan.sees_all else replace(scan, gone=frozenset())


def read_files(
    files: Sequence[SourceFile], workspace: Workspace, learner: Learner, options: ReadOptions
) -> None:
    """Read files into the staging table of a workspace, and show them to the learner.

    Raises:
        ReadersLostError: when the system ends a process that reads.
    """
    staging = workspace.staging
    process_count = options.processes or choose_process_count(sum(file.size for file in files))
    first_article = len(staging)
    units = cut_into_work_units(files, staging.add_files(files), options)
    for result in read_work_units(units, process_count):
        options.on_bytes(sum(result.byte_counts))
        staging.add(result.rows, result.blocks)
        staging.unread |= result.unread
        learner.see(result.spellings, result.last_lines)
        workspace.counts.add_result(result)
    staging.drop_counted_ids(first_article)


def to_known_file(file: SourceFile, number: int) -> KnownFile:
    """Return what a catalogue keeps of a file."""
    location = os.fsencode(file.location)
    return KnownFile(number, _absolute(file), location, file.size, file.changed_at)


def to_known_files(staging: StagingTable, first_number: int) -> Iterator[KnownFile]:
    """Yield what a catalogue keeps of the files that were read; some are to be read again."""
    for number, file in enumerate(staging.files):
        known = to_known_file(file, first_number + number)
        yield known._replace(changed_at=_NEVER) if number in staging.unread else known


def to_source_file(known: KnownFile, named: tuple[str, ...]) -> SourceFile:
    """Return a file of a catalogue, to be read again; its size may be another one by now."""
    path, location = Path(os.fsdecode(known.path)), os.fsdecode(known.location)
    return SourceFile(path, location, known.size, changed_at=known.changed_at, named=named)


def _absolute(file: SourceFile) -> bytes:
    """Return what a catalogue calls a file: its absolute path, or `PIPED`."""
    return PIPED if file.is_piped else os.fsencode(file.path.absolute())


def _below_known_root(file: SourceFile, roots: set[bytes]) -> SourceFile:
    """Return a file with the location that the build gave it: ids may be made of that."""
    above = (root for root in roots if _absolute(file).startswith(root) and root)
    root = max(above, key=len, default=None)
    if root is None or file.is_piped:
        return file
    return file._replace(location=os.fsdecode(_absolute(file).removeprefix(root)))


def _has_changed(file: SourceFile, before: KnownFile | None) -> bool:
    return not before or (file.size, file.changed_at) != (before.size, before.changed_at)
