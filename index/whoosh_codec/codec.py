"""Columnar segments as Whoosh's own: what its table of contents names, and how they are opened.

`whoosh.index.open_dir` opens such an index wherever Kliping is installed, for reading. Its writers
are refused before they change anything: they would write segments of another form, and merge by
analysing again.

    segment = ColumnarSegment("MAIN", segment_id, doc_count)
    TOC(schema, [segment.with_deleted([3, 7])], generation).write(storage, "MAIN")
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Never

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Codec
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.reading import IndexReader

from index.segments import SUFFIX, Segment, SegmentDamagedError, map_arrays
from index.whoosh_codec.errors import ReadOnlyIndexError
from index.whoosh_codec.field_terms import FieldTerms, terms_by_field
from index.whoosh_codec.storage import HeldStorage
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
    """What a table of contents says of a segment: its file, and which documents were deleted.

    It never changes; what Whoosh's writers do to a segment is refused.
    """

    def __init__(
        self, index_name: str, segment_id: str, doc_count: int, deleted: bytes = b""
    ) -> None:
        """Describe a segment.

        Args:
            index_name: the name of the Whoosh index.
            segment_id: lower-case letters and digits; the file's name follows from both.
            doc_count: its documents, deleted ones included.
            deleted: a bit a document, set where it was deleted; empty where none was.
        """
        self.indexname, self.segid = index_name, segment_id
        self.compound = False  # it is one file as it is
        self._doc_count = doc_count
        self._deleted = deleted

    def __reduce__(self) -> tuple[Any, ...]:
        return ColumnarSegment, (self.indexname, self.segid, self._doc_count, self._deleted)

    @property
    def file_name(self) -> str:
        """The name of its file."""
        return f"{self.indexname}_{self.segid}{SUFFIX}"

    @property
    def deleted(self) -> bytes:
        """A bit a document, set where it was deleted; empty where none was."""
        return self._deleted

    def with_deleted(self, numbers: Iterable[int]) -> "ColumnarSegment":
        """Return the segment without these documents either."""
        flags = self._flags()
        flags[list(numbers)] = 1
        deleted = np.packbits(flags).tobytes() if flags.any() else b""
        return ColumnarSegment(self.indexname, self.segid, self._doc_count, deleted)

    def codec(self) -> "ColumnarCodec":
        """Return what reads the segment."""
        return ColumnarCodec()

    def doc_count(self) -> int:
        """Return how many documents there are, without the deleted ones."""
        return self._doc_count - self.deleted_count()

    def deleted_count(self) -> int:
        """Return how many documents were deleted."""
        return int(self._flags().sum())

    def deleted_docs(self) -> Iterator[int]:
        """Return the numbers of the deleted documents, in order."""
        return iter(np.flatnonzero(self._flags()).tolist())

    def is_deleted(self, docnum: int) -> bool:
        """Return whether a document was deleted."""
        return bool(self._flags()[docnum])

    doc_count_all = refuse
    """Refused, because each of Whoosh's writers asks a segment for it first, before it has made a
    file, and no reader does: readers ask `ColumnarDocuments`. The lock that a writer took by then
    is let go with the writer."""

    set_doc_count = delete_document = refuse
    """See `with_deleted`."""

    def _flags(self) -> NDArray[np.uint8]:
        if not self._deleted:
            return np.zeros(self._doc_count, np.uint8)
        return np.unpackbits(np.frombuffer(self._deleted, np.uint8), count=self._doc_count)


@dataclass(frozen=True, slots=True)
class OpenSegment:
    """A segment that is mapped, and the terms of its fields."""

    segment: Segment
    terms: Mapping[str, FieldTerms]


class ColumnarCodec(Codec):
    """Reads one columnar segment; writes none."""

    def __init__(self) -> None:
        self._opened: OpenSegment | None = None

    def opened(self, storage: Any, segment: ColumnarSegment) -> OpenSegment:
        """Return a segment, mapped when it is first asked for.

        All readers of a held storage share what was mapped for the first one. Any other storage has
        its files checked for every reader, since nobody vouches for them.

        Raises:
            SegmentDamagedError: when the file is missing, cut or altered.
            SegmentVersionError: when another version of Kliping wrote it.
        """
        if self._opened is None and isinstance(storage, HeldStorage):
            key = (segment.file_name, segment.deleted)
            self._opened = storage.shared(key, lambda: _open_held(storage, segment))
        elif self._opened is None:
            self._opened = _open_folder(Path(storage.folder), segment)
        return self._opened

    def terms_reader(self, storage: Any, segment: ColumnarSegment) -> ColumnarTerms:
        """Return the terms of a segment."""
        return ColumnarTerms(self.opened(storage, segment).terms)

    def per_document_reader(self, storage: Any, segment: ColumnarSegment) -> ColumnarDocuments:
        """Return what a segment keeps of each document."""
        return ColumnarDocuments(self.opened(storage, segment).segment)

    def postings_reader(self, *_: Any, **__: Any) -> Never:
        """Tell where postings are read: they are not in a file of their own.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError("Ask ColumnarTerms.matcher for the postings of a term.")

    per_document_writer = field_writer = postings_writer = new_segment = refuse
    """What a writer would ask for that was told to use this codec."""


def segments_of(reader: IndexReader) -> list[tuple[Segment, int]]:
    """Return the columnar segments under a reader, and the number of the first document of each."""
    return [(segment, offset) for _, segment, offset in told_segments_of(reader)]


def told_segments_of(reader: IndexReader) -> list[tuple[ColumnarSegment, Segment, int]]:
    """Return the same with what the table of contents says of each; an empty index has none."""
    found = []
    for leaf, offset in reader.leaf_readers():
        codec, told = leaf.codec(), leaf.segment()
        if isinstance(codec, ColumnarCodec) and isinstance(told, ColumnarSegment):
            found.append((told, codec.opened(leaf.storage(), told).segment, offset))
    return found


def _open_held(storage: HeldStorage, segment: ColumnarSegment) -> OpenSegment:
    path = Path(storage.folder) / segment.file_name
    if not storage.file_exists(segment.file_name):
        raise SegmentDamagedError(path, "it is missing")
    return _map(path, storage.descriptor(segment.file_name), segment, is_verified=True)


def _open_folder(folder: Path, segment: ColumnarSegment) -> OpenSegment:
    path = folder / segment.file_name
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError as error:
        raise SegmentDamagedError(path, "it is missing") from error
    try:
        return _map(path, descriptor, segment, is_verified=False)
    finally:
        os.close(descriptor)


def _map(path: Path, descriptor: int, told: ColumnarSegment, *, is_verified: bool) -> OpenSegment:
    arrays, rows = map_arrays(path, descriptor, is_verified=is_verified)
    name = told.file_name.removesuffix(SUFFIX)
    segment = Segment(name, arrays, rows, list(told.deleted_docs()))
    return OpenSegment(segment, terms_by_field(segment))
