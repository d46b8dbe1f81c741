"""Write a generation from the one before and from changes: what is unchanged is linked.

Added documents become a small segment, deletions become bits in the table of contents, and small
segments are merged when there are many (see `index.segments.merge_policy`).
"""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from index.analysis import Stems
from index.generations.generation import Generation
from index.generations.writer import GenerationWriter
from index.schema import LAYOUT
from index.segments import (
    SUFFIX,
    Segment,
    SegmentSize,
    merge_segments,
    open_segment,
    segments_to_merge,
)
from index.whoosh_codec import ColumnarSegment, entries_of, write_contents


class _MappedSegment(NamedTuple):
    """A segment of the new generation: its entry in the table of contents, and its arrays."""

    entry: ColumnarSegment
    segment: Segment


class GenerationUpdate(GenerationWriter):
    """Writes a generation that is another one with documents added and deleted."""

    def __init__(self, folder: Path, base: Generation) -> None:
        """Write into an empty folder; `base` is the generation that is updated."""
        self._base_folder = base.folder
        self._base = [_MappedSegment(entry, own) for entry, own, _ in entries_of(base.whoosh)]
        self._deleted: list[set[int]] = [set() for _ in self._base]
        last = max((int(mapped.entry.segid) for mapped in self._base), default=0)
        super().__init__(folder, first_number=last + 1)

    def delete(self, doc_id: str) -> None:
        """Delete the document of an id, where the base has one."""
        for (entry, segment), deleted in zip(self._base, self._deleted, strict=True):
            ordinal = segment.terms.ordinal("id", doc_id.encode("utf-8", "surrogatepass"))
            if ordinal >= 0:
                start, stop = segment.posting_range(ordinal)
                docs = segment.docs[start:stop].tolist()
                deleted.update(doc for doc in docs if not entry.is_deleted(doc))

    def commit(self) -> int:
        """Write everything to the folder; return the count of documents."""
        mapped = [
            self._without(base, deleted)
            for base, deleted in zip(self._base, self._deleted, strict=True)
        ]
        mapped += [_map_segment(entry, self._folder) for entry in self._finish_segments()]
        sizes = [SegmentSize(m.segment.doc_count, m.segment.live_count) for m in mapped]
        groups = segments_to_merge(sizes)
        merged = {number for group in groups for number in group}
        entries = [each.entry for number, each in enumerate(mapped) if number not in merged]
        self._link_from_base(entries)
        for group in groups:
            entries += self._merge([mapped[number].segment for number in group])
        for number in merged:  # those that this update wrote; the others were not linked
            (self._folder / mapped[number].entry.file_name).unlink(missing_ok=True)
        write_contents(self._folder, entries)
        return sum(each.segment.live_count for each in mapped)

    def _without(self, mapped: _MappedSegment, deleted: set[int]) -> _MappedSegment:
        """Return a segment of the base without some documents."""
        if not deleted:
            return mapped
        return _map_segment(mapped.entry.with_deleted(deleted), self._base_folder)

    def _merge(self, segments: Sequence[Segment]) -> list[ColumnarSegment]:
        """Write one segment for several; none where no document is left."""
        if not any(segment.live_count for segment in segments):
            return []
        name = self._next_name()
        path = self._folder / f"{name}{SUFFIX}"
        return [ColumnarSegment.of_file(name, merge_segments(path, LAYOUT, segments, Stems()))]

    def _link_from_base(self, entries: Sequence[ColumnarSegment]) -> None:
        """Link the files of segments that are not in the folder, since this update wrote none."""
        for name in (entry.file_name for entry in entries):
            if not (self._folder / name).exists():
                try:
                    os.link(self._base_folder / name, self._folder / name)
                except OSError:  # another file system, or one without links
                    shutil.copyfile(self._base_folder / name, self._folder / name)


def _map_segment(entry: ColumnarSegment, folder: Path) -> _MappedSegment:
    deleted = list(entry.deleted_docs())
    return _MappedSegment(entry, open_segment(folder / entry.file_name, deleted))
