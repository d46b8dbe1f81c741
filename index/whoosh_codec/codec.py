"""Whoosh's codec for columnar segments: what its table of contents names, and how they are opened.

`whoosh.index.open_dir` opens such an index for reading, wherever Kliping is installed. Whoosh's
writers are refused before they change anything: they would write segments of another form, and
analyse stored texts again to merge.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Never

import numpy as np
from whoosh.codec.base import Codec
from whoosh.codec.base import Segment as WhooshSegment

from index.arrays import Uint8Array
from index.segments import SUFFIX, Segment, SegmentDamagedError, map_arrays
from index.whoosh_codec.errors import ReadOnlyIndexError
from index.whoosh_codec.field_terms import FieldTerms, terms_by_field
from index.whoosh_codec.storage import OpenFileStorage
from index.whoosh_codec.terms_reader import ColumnarDocuments, ColumnarTerms

INDEX_NAME = "MAIN"
"""Whoosh's default name of an index."""


def refuse(*_: Any, **__: Any) -> Never:
    """Refuse a writer.

    Raises:
        ReadOnlyIndexError: always.
    """
    raise ReadOnlyIndexError


class ColumnarSegment(WhooshSegment):
    """The entry of a segment in the table of contents: its file and its deleted documents.

    It never changes: whatever Whoosh's writers do to a segment is refused.
    """

    def __init__(
        self, index_name: str, segment_id: str, doc_count: int, deleted: bytes = b""
    ) -> None:
        """Describe a segment.

        Args:
            index_name: the name of the Whoosh index.
            segment_id: lower-case letters and digits; the file's name is made of both.
            doc_count: how many documents it has, with the deleted ones.
            deleted: a bit for each document, set if it is deleted; empty if none is.
        """
        self.indexname, self.segid = index_name, segment_id
        self.compound = False  # one file is all there is
        self._doc_count = doc_count
        self._deleted = deleted

    @classmethod
    def of_file(cls, name: str, doc_count: int) -> "ColumnarSegment":
        """Return the entry of a file that is named so, without its suffix."""
        index_name, _, segment_id = name.partition("_")
        return cls(index_name, segment_id, doc_count)

    def __reduce__(self) -> tuple[Any, ...]:
        return ColumnarSegment, (self.indexname, self.segid, self._doc_count, self._deleted)

    @property
    def file_name(self) -> str:
        """The name of its file."""
        return f"{self.indexname}_{self.segid}{SUFFIX}"

    @property
    def deleted(self) -> bytes:
        """A bit for each document, set if it is deleted; empty if none is."""
        return self._deleted

    def with_deleted(self, numbers: Iterable[int]) -> "ColumnarSegment":
        """Return the entry with these documents deleted, too."""
        flags = self._flags()
        flags[list(numbers)] = 1
        deleted = np.packbits(flags).tobytes() if flags.any() else b""
        return ColumnarSegment(self.indexname, self.segid, self._doc_count, deleted)

    def codec(self) -> "ColumnarCodec":
        """Return the codec that reads the segment."""
        return ColumnarCodec()

    def doc_count(self) -> int:
        """Return how many documents there are, without the deleted ones."""
        return self._doc_count - self.deleted_count()

    def deleted_count(self) -> int:
        """Return how many documents are deleted."""
        return int(self._flags().sum())

    def deleted_docs(self) -> Iterator[int]:
        """Return the numbers of the deleted documents, in order."""
        return iter(np.flatnonzero(self._flags()).tolist())

    def is_deleted(self, docnum: int) -> bool:
        """Return whether a document is deleted."""
        return bool(self._flags()[docnum])

    doc_count_all = refuse
    """Refused: each of Whoosh's writers calls it first, before it has made a file, and no reader
    does (`ColumnarDocuments` has it). A lock that the writer holds by then is released with it."""

    set_doc_count = delete_document = refuse
    """Refused; see `with_deleted`."""

    def _flags(self) -> Uint8Array:
        """Return 1 for each deleted document, 0 for each other one."""
        if not self._deleted:
            return np.zeros(self._doc_count, np.uint8)
        return np.unpackbits(np.frombuffer(self._deleted, np.uint8), count=self._doc_count)


@dataclass(frozen=True, slots=True)
class MappedSegment:
    """A segment whose file is mapped, and the terms of its fields."""

    segment: Segment
    terms: Mapping[str, FieldTerms]


class ColumnarCodec(Codec):
    """Reads one columnar segment; writes none."""

    def __init__(self) -> None:
        self._mapped: MappedSegment | None = None

    def mapped(self, storage: Any, entry: ColumnarSegment) -> MappedSegment:
        """Return a segment, whose file is mapped when it is first read.

        All readers of an `OpenFileStorage` share one mapping, and so do two storages of which one
        shares the other's files. With any other storage, the file is
        verified for each reader, since nobody else did.

        Raises:
            SegmentDamagedError: when the file is missing, cut or altered.
            SegmentVersionError: when another version of Kliping wrote it.
        """
        if self._mapped is None and isinstance(storage, OpenFileStorage):
            whole = storage.shared(entry.file_name, lambda: _map_open_file(storage, entry))
            key = (entry.file_name, entry.deleted)
            self._mapped = storage.shared(key, lambda: _without_deleted(whole, entry))
        elif self._mapped is None:
            self._mapped = _without_deleted(_map_file(Path(storage.folder), entry), entry)
        return self._mapped

    def terms_reader(self, storage: Any, segment: ColumnarSegment) -> ColumnarTerms:
        """Return the terms of a segment."""
        return ColumnarTerms(self.mapped(storage, segment).terms)

    def per_document_reader(self, storage: Any, segment: ColumnarSegment) -> ColumnarDocuments:
        """Return the values of a segment's documents."""
        return ColumnarDocuments(self.mapped(storage, segment).segment)

    def postings_reader(self, *_: Any, **__: Any) -> Never:
        """Refuse: postings are not in a file of their own.

        Raises:
            NotImplementedError: always; it names the way to read them.
        """
        raise NotImplementedError("Ask ColumnarTerms.matcher for the postings of a term.")

    per_document_writer = field_writer = postings_writer = new_segment = refuse
    """Refused: a writer that uses this codec would begin with one of them."""


def _map_open_file(storage: OpenFileStorage, entry: ColumnarSegment) -> Segment:
    path = Path(storage.folder) / entry.file_name
    if not storage.file_exists(entry.file_name):
        raise SegmentDamagedError(path, "it is missing")
    return _map(path, storage.descriptor(entry.file_name), is_verified=True)


def _map_file(folder: Path, entry: ColumnarSegment) -> Segment:
    path = folder / entry.file_name
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError as error:
        raise SegmentDamagedError(path, "it is missing") from error
    try:
        return _map(path, descriptor, is_verified=False)
    finally:
        os.close(descriptor)


def _map(path: Path, descriptor: int, *, is_verified: bool) -> Segment:
    return Segment(path.stem, *map_arrays(path, descriptor, is_verified=is_verified), deleted=())


def _without_deleted(whole: Segment, entry: ColumnarSegment) -> MappedSegment:
    segment = whole.without(list(entry.deleted_docs())) if entry.deleted else whole
    return MappedSegment(segment, terms_by_field(segment))
