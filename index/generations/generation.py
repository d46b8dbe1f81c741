"""Open a generation of the index for reading, once its manifest has vouched for every file."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.corpus import Coverage, DuplicateGroups, read_coverage, read_groups, read_phrases
from index.document import Document
from index.errors import (
    ArchiveIndexError,
    IndexDamagedError,
    IndexUnreadableError,
    unusable_index,
)
from index.failures import shortage_behind
from index.generations.catalog import Catalog
from index.generations.directory import current_number, generation_path
from index.generations.manifest import (
    NOTHING_VERIFIED,
    Manifest,
    VerifiedFile,
    check_manifest,
    read_manifest,
)
from index.schema import LAYOUT, from_stored
from index.segments import Segment, SegmentError
from index.whoosh_codec import WhooshIndex, open_whoosh, segments_of


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole index, open for reading; it never changes.

    Attributes:
        number: its number among all generations.
        folder: where its files are.
        manifest: what it was built with.
        files: its files, as they were when they were compared with the manifest.
        whoosh: its segments, as a Whoosh index.
        duplicate_groups: its near duplicates and their representatives.
        phrases: its frequent phrases, the commonest first.
        coverage: what it has of each outlet.
    """

    number: int
    folder: Path
    manifest: Manifest
    files: Mapping[str, VerifiedFile]
    whoosh: WhooshIndex
    duplicate_groups: DuplicateGroups
    phrases: tuple[str, ...]
    coverage: Coverage

    def segments(self) -> list[tuple[Segment, int]]:
        """Return the segments, each with the number of its first document among all documents."""
        return segments_of(self.whoosh)

    @property
    def doc_count(self) -> int:
        """How many documents it has."""
        return self.manifest.doc_count

    def facet_values(self) -> dict[str, Iterable[str]]:
        """Return the values of each facet, as they are spelled."""
        segments = [segment for segment, _ in self.segments()]
        return {
            facet: dict.fromkeys(
                value for segment in segments for value in segment.values_of(facet)
            )
            for facet in LAYOUT.facets
        }

    def current_id(self, doc_id: str) -> str | None:
        """Return the id of the article that has this id, had it once, or is a copy with it."""
        # Asked of the catalogue, since few links need it: nothing is held in memory for them.
        with suppress(IndexDamagedError), Catalog.opened(self.folder) as catalog:
            return catalog.current_id(doc_id)
        return None  # the folder was removed, since a newer generation is served

    def find_document(self, doc_id: str) -> Document | None:
        """Return the stored document of an id."""
        number = self._number_of(doc_id)
        return None if number is None else self._document(number)

    def near_duplicates(self, doc_id: str) -> list[Document]:
        """Return the other documents of an article's group of near duplicates."""
        number = self._number_of(doc_id)
        members, representatives = self.duplicate_groups
        first = np.append(representatives[members == number], -1 if number is None else number)[0]
        group = [int(first), *members[representatives == first].tolist()]
        return [self._document(each) for each in group if number is not None and each != number]

    def _number_of(self, doc_id: str) -> int | None:
        with self.whoosh.searcher() as searcher:
            number: int | None = searcher.document_number(id=doc_id)
            return number

    def _document(self, number: int) -> Document:
        with self.whoosh.searcher() as searcher:
            return from_stored(searcher.reader().stored_fields(number)["document"])


def open_current(index_path: Path, base: Generation | None = None) -> Generation:
    """Open the current generation, which the pointer names.

    Args:
        index_path: the index directory.
        base: a generation that is open. What both share is neither verified nor mapped again, so
            opening takes as long as what changed between them.

    Raises:
        IndexMissingError: when there is no index.
        IndexDamagedError: when a file is missing, cut or altered.
        IndexUnreadableError: when the machine cannot read it now.
        SchemaMismatchError: when another version of Kliping built it.
    """
    with _shortages_told(index_path):
        return _open(index_path, current_number(index_path), base)


def open_generation(index_path: Path, number: int) -> Generation:
    """Open a generation by its number.

    Raises:
        IndexDamagedError, IndexUnreadableError, SchemaMismatchError: as `open_current`.
    """
    with _shortages_told(index_path):
        return _open(index_path, number, base=None)


def _open(index_path: Path, number: int, base: Generation | None) -> Generation:
    folder = generation_path(index_path, number)
    try:
        folder.stat()
    except OSError as error:
        raise unusable_index(index_path, f"generation {number} is missing", error) from error
    try:
        manifest = read_manifest(folder)
    except IndexDamagedError as error:
        raise IndexDamagedError(index_path, f"generation {number} has no sound manifest") from error
    verified = base.files if base else NOTHING_VERIFIED
    files = check_manifest(manifest, folder, index_path, verified)
    whoosh = open_whoosh(folder, index_path, base.whoosh if base else None)
    try:
        groups, phrases = read_groups(folder), read_phrases(folder)
        coverage = read_coverage(folder)
    except (OSError, SegmentError, KeyError, ValueError) as error:
        what = "its near duplicates, its phrases or its coverage cannot be read"
        raise unusable_index(index_path, what, error) from error
    return Generation(number, folder, manifest, files, whoosh, groups, phrases, coverage)


@contextmanager
def _shortages_told(index_path: Path) -> Iterator[None]:
    """Tell a shortage of files or memory as what it is; it would look like damage."""
    try:
        yield
    except (ArchiveIndexError, OSError, MemoryError) as error:
        number = shortage_behind(error)
        if number is None or isinstance(error, IndexUnreadableError):
            raise
        raise IndexUnreadableError(index_path, number) from error
