"""Write a new generation from an older one: what is unchanged is linked, not written again.

Added documents become a small segment, deletions become bits in the table of contents, and small
segments are merged when there are many (see `index.segments.merge_policy`).
"""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Self

from index.analysis import Stems
from index.document import Document
from index.generations.generation import Generation
from index.generations.writer import DocumentWriter
from index.schema import LAYOUT
from index.segments import (
    SUFFIX,
    Segment,
    SegmentSize,
    merge_segments,
    open_segment,
    segments_to_merge,
)
from index.whoosh_codec.codec import INDEX_NAME, ColumnarSegment, told_segments_of
from index.whoosh_codec.table_of_contents import write_contents


class _Held(NamedTuple):
    """A segment of the new generation: what is told of it, and its arrays."""

    told: ColumnarSegment
    segment: Segment


class GenerationUpdate:
    """Builds a generation in an empty folder from another one and from changes.

    Used in a `with`, which ends its threads. Nothing is visible to readers before `commit`.
    """

    def __init__(self, folder: Path, base: Generation) -> None:
        self._folder = folder
        self._reader = base.whoosh.reader()
        self._base = [_Held(told, segment) for told, segment, _ in told_segments_of(self._reader)]
        self._base_folder = base.folder
        self._deleted: list[set[int]] = [set() for _ in self._base]
        last = max((int(held.told.segid) for held in self._base), default=0)
        self._writer = DocumentWriter(folder, first_number=last + 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.close()
        self._reader.close()

    def add(self, document: Document) -> None:
        """Add a document; the caller has deleted what it replaces."""
        self._writer.add(document)

    def delete(self, doc_id: str) -> int:
        """Delete the documents of the older generation that have an id; return how many."""
        count = 0
        for held, deleted in zip(self._base, self._deleted, strict=True):
            ordinal = held.segment.terms.ordinal("id", doc_id.encode("utf-8", "surrogatepass"))
            if ordinal >= 0:
                start, stop = held.segment.posting_range(ordinal)
                docs = held.segment.docs[start:stop].tolist()
                numbers = {doc for doc in docs if not held.told.is_deleted(doc)} - deleted
                deleted.update(numbers)
                count += len(numbers)
        return count

    def commit(self) -> int:
        """Write everything to the folder; return how many documents there are."""
        held = [
            self._marked(held, deleted)
            for held, deleted in zip(self._base, self._deleted, strict=True)
        ]
        held += [self._opened(told) for told in self._writer.finish()]
        sizes = [SegmentSize(h.segment.doc_count, h.segment.live_count) for h in held]
        groups = segments_to_merge(sizes)
        merged = {place for group in groups for place in group}
        kept = [held[place].told for place in range(len(held)) if place not in merged]
        kept += [told for group in groups if (told := self._merge([held[p] for p in group]))]
        self._link([told for told in kept if not (self._folder / told.file_name).exists()])
        self._drop([held[place].told for place in merged])
        write_contents(self._folder, kept)
        return sum(each.segment.live_count for each in held)

    def _marked(self, held: _Held, deleted: set[int]) -> _Held:
        if not deleted:
            return held
        told = held.told.with_deleted(deleted)
        return self._opened(told, self._base_folder)

    def _opened(self, told: ColumnarSegment, folder: Path | None = None) -> _Held:
        path = (folder or self._folder) / told.file_name
        return _Held(told, open_segment(path, list(told.deleted_docs())))

    def _merge(self, group: Sequence[_Held]) -> ColumnarSegment | None:
        """Write one segment for several; None where no document is left."""
        segments = [held.segment for held in group]
        if not any(segment.live_count for segment in segments):
            return None
        name = self._writer.next_name()
        path = self._folder / f"{name}{SUFFIX}"
        doc_count = merge_segments(path, LAYOUT, segments, Stems())
        return ColumnarSegment(INDEX_NAME, name.removeprefix(f"{INDEX_NAME}_"), doc_count)

    def _link(self, segments: Sequence[ColumnarSegment]) -> None:
        for told in segments:
            source, target = self._base_folder / told.file_name, self._folder / told.file_name
            try:
                os.link(source, target)
            except OSError:  # another file system, or one without links
                shutil.copyfile(source, target)

    def _drop(self, segments: Sequence[ColumnarSegment]) -> None:
        """Remove the files of segments that were written and merged at once."""
        for told in segments:
            (self._folder / told.file_name).unlink(missing_ok=True)
