"""The engines that answer the cases: how each of them comes to hold an archive.

An engine is a row: its name, and a function from an archive to an open engine. The columnar engine
has a row for each form that its index can have.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.corpus import (
    group_near_duplicates,
    make_signatures,
    write_coverage,
    write_groups,
    write_phrases,
)
from index.document import Document
from index.generations import (
    GenerationUpdate,
    GenerationWriter,
    build_lock,
    building_folder,
    next_number,
    open_current,
    publish_generation,
)
from index.segments.segment import Segment
from index.whoosh_codec import open_whoosh, segments_of
from search.columnar_engine import ColumnarEngine
from search.engine import Engine
from tests.search.cases.case_files import Archive

QUERY_SECONDS = 30.0
SEGMENTS = 3
"""Segments of an archive that is written in several batches."""


@dataclass(frozen=True, slots=True)
class EngineRow:
    """An engine that answers the cases.

    Attributes:
        name: shown in the names of the tests.
        open: returns the engine over an archive; it may keep files in the folder, which is empty.
        counts_removed: whether the statistics that scores are made of count removed documents, so
            that scores differ a little from the formula.
    """

    name: str
    open: Callable[[Archive, Path], Engine]
    counts_removed: bool = False


class ColumnarIndex:
    """An index directory that is written generation by generation, as a build and updates do."""

    def __init__(self, index_path: Path) -> None:
        self._index_path = index_path
        self._documents: dict[str, Document] = {}

    def commit(self, added: Sequence[Document], removed: Sequence[str] = ()) -> None:
        """Publish the next generation, near duplicates grouped, phrases and coverage found."""
        kept = {doc_id: d for doc_id, d in self._documents.items() if doc_id not in removed}
        with build_lock(self._index_path):
            number = next_number(self._index_path)
            with building_folder(self._index_path, number) as folder:
                self._write(folder, added, removed)
                self._documents = kept | {document.doc_id: document for document in added}
                self._write_summaries(folder)
                publish_generation(self._index_path, number, len(self._documents), lambda _: None)

    def segments(self) -> list[Segment]:
        """Return the segments of the last generation."""
        return [segment for segment, _ in open_current(self._index_path).segments()]

    def open(self, archive: Archive) -> Engine:
        """Return an engine over the last generation, with the preferences of an archive."""
        return ColumnarEngine(self._index_path, QUERY_SECONDS, archive.to_preferences())

    def _write(self, folder: Path, added: Sequence[Document], removed: Sequence[str]) -> None:
        with (
            GenerationUpdate(folder, open_current(self._index_path))
            if self._documents
            else GenerationWriter(folder)
        ) as writer:
            if isinstance(writer, GenerationUpdate):
                for doc_id in removed:
                    writer.delete(doc_id)
            for document in added:
                writer.add(document)
            writer.commit()

    def _write_summaries(self, folder: Path) -> None:
        ids, documents = list(self._documents), list(self._documents.values())
        segments = segments_of(open_whoosh(folder, self._index_path))
        representatives = group_near_duplicates(ids, make_signatures(documents))
        groups = write_groups(folder, segments, representatives)
        write_phrases(folder, segments, groups.members)
        write_coverage(folder, segments, {})


def open_one_segment(archive: Archive, folder: Path) -> Engine:
    """Write an archive at once."""
    index = ColumnarIndex(folder)
    documents = archive.to_documents()
    index.commit(documents)
    assert len(index.segments()) == min(1, len(documents))
    return index.open(archive)


def open_several_segments(archive: Archive, folder: Path) -> Engine:
    """Write an archive in several batches, neighbours into different ones."""
    index = ColumnarIndex(folder)
    documents = archive.to_documents()
    for first in range(SEGMENTS):
        index.commit(documents[first::SEGMENTS])
    assert len(index.segments()) == min(SEGMENTS, len(documents))
    return index.open(archive)


def open_updated(archive: Archive, folder: Path) -> Engine:
    """Write an archive with what was removed from it, and mend it by an update.

    Beside what the archive says was removed, the second document has a twin that goes, and the
    first one stands there with another text, which is replaced. The last one is added.
    """
    index = ColumnarIndex(folder)
    documents = archive.to_documents()
    first, last = documents[:1], documents[1:][-1:]
    older = [replace(each, body=last[0].body) for each in first if last]
    twins = [replace(each, doc_id=f"{each.doc_id} twin") for each in documents[1:2]]
    index.commit([*older, *documents[1:-1], *twins, *archive.to_removed()])
    gone = [each.doc_id for each in (*older, *twins, *archive.to_removed())]
    index.commit([*first, *last], gone)
    if len(documents) >= len(gone) + 2:  # else the first segment was thinned out and written anew
        assert any(segment.live_count < segment.doc_count for segment in index.segments())
    return index.open(archive)


ENGINES = (
    EngineRow("one segment", open_one_segment),
    EngineRow("several segments", open_several_segments),
    EngineRow("updated", open_updated, counts_removed=True),
)
"""Every engine answers every case, but for the skips in `tests/search/test_engine_cases.py`."""
