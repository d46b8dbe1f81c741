"""Open a generation of the index for reading, once its manifest has vouched for every file."""

from dataclasses import dataclass
from pathlib import Path

from index.corpus import DuplicateGroups, read_groups, read_phrases
from index.errors import IndexDamagedError
from index.generations.directory import current_number, generation_path
from index.generations.manifest import Manifest, check_manifest, read_manifest
from index.segments import Segment, SegmentError
from index.whoosh_codec import WhooshIndex, open_whoosh, segments_of


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole index, open for reading; it never changes.

    Attributes:
        number: its number among all generations.
        folder: where its files are.
        manifest: what it was built with.
        whoosh: its segments, as a Whoosh index.
        duplicate_groups: its near duplicates and their representatives.
        phrases: its frequent phrases, the commonest first.
    """

    number: int
    folder: Path
    manifest: Manifest
    whoosh: WhooshIndex
    duplicate_groups: DuplicateGroups
    phrases: tuple[str, ...]

    def segments(self) -> list[tuple[Segment, int]]:
        """Return the segments, each with the number of its first document among all documents."""
        return segments_of(self.whoosh)


def open_current(index_path: Path) -> Generation:
    """Open the current generation, which the pointer names.

    Raises:
        IndexMissingError: when there is no index.
        IndexDamagedError: when a file is missing, cut or altered.
        SchemaMismatchError: when another version of Kliping built it.
    """
    return open_generation(index_path, current_number(index_path))


def open_generation(index_path: Path, number: int) -> Generation:
    """Open a generation by its number.

    Raises:
        IndexDamagedError, SchemaMismatchError: as `open_current`.
    """
    folder = generation_path(index_path, number)
    if not folder.is_dir():
        raise IndexDamagedError(index_path, f"generation {number} is missing")
    try:
        manifest = read_manifest(folder)
    except IndexDamagedError as error:
        raise IndexDamagedError(index_path, f"generation {number} has no sound manifest") from error
    check_manifest(manifest, folder, index_path)
    whoosh = open_whoosh(folder, index_path)
    try:
        groups, phrases = read_groups(folder), read_phrases(folder)
    except (OSError, SegmentError, KeyError) as error:
        what = "its near duplicates or its phrases cannot be read"
        raise IndexDamagedError(index_path, what) from error
    return Generation(number, folder, manifest, whoosh, groups, phrases)
