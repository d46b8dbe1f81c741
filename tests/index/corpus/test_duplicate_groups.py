"""Groups of near duplicates on disk: document numbers across segments, deleted ones left out."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.corpus.duplicate_groups import GROUPS_NAME, NO_GROUPS, read_groups, write_groups
from index.corpus.live_documents import find_live_documents
from index.document import Document
from index.generations.writer import GenerationWriter
from index.segments.errors import SegmentError
from index.segments.segment import Segment
from index.whoosh_codec.table_of_contents import open_whoosh, segments_of

Write = Callable[..., Segment]


@pytest.fixture(scope="module")
def write_segment(tmp_path_factory: pytest.TempPathFactory) -> Write:
    """Return what makes a segment of ids, in this order."""

    def write(*doc_ids: str) -> Segment:
        folder = tmp_path_factory.mktemp("segment")
        with GenerationWriter(folder) as writer:
            for doc_id in doc_ids:
                writer.add(Document(doc_id=doc_id, title=doc_id, body="Isi."))
            writer.commit()
        ((segment, _),) = segments_of(open_whoosh(folder, folder))
        return segment

    return write


def without(segment: Segment, *docs: int) -> Segment:
    """Return a segment with documents deleted, as an update leaves it."""
    segment.live = np.ones(segment.doc_count, np.uint8)
    segment.live[list(docs)] = 0
    return segment


def test_groups_are_read_as_they_were_written(tmp_path: Path, write_segment: Write) -> None:
    """Members in order, each with its representative; numbers go on from segment to segment."""
    segments = [(write_segment("c", "a"), 0), (write_segment("b", "d", "e"), 2)]
    written = write_groups(tmp_path, segments, {"e": "c", "a": "b", "d": "c"})
    read = read_groups(tmp_path)
    assert [column.tolist() for column in written] == [[1, 3, 4], [2, 0, 0]]
    assert [column.tolist() for column in read] == [[1, 3, 4], [2, 0, 0]]


def test_deleted_document_does_not_stand_for_its_id(tmp_path: Path, write_segment: Write) -> None:
    """An article that was replaced is in an older segment, too."""
    segments = [(without(write_segment("a", "b"), 0), 0), (write_segment("a"), 2)]
    assert write_groups(tmp_path, segments, {"b": "a"}).representatives.tolist() == [2]


def test_generation_without_groups_has_none(tmp_path: Path) -> None:
    """Whether none were found, or none were written."""
    assert read_groups(tmp_path) is NO_GROUPS
    write_groups(tmp_path, [], {})
    assert [column.tolist() for column in read_groups(tmp_path)] == [[], []]


def test_file_of_groups_that_was_cut_is_refused(tmp_path: Path) -> None:
    """As every file of arrays."""
    write_groups(tmp_path, [], {})
    path = tmp_path / GROUPS_NAME
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(SegmentError):
        read_groups(tmp_path)


def test_live_documents_are_found_by_id(write_segment: Write) -> None:
    """Sorted by id, with their numbers; they may hold anything."""
    segment = write_segment("b", "\ud800", "a")
    ids, docs = find_live_documents(segment)
    assert (ids, docs.tolist()) == (["a", "b", "\ud800"], [2, 0, 1])
    ids, docs = find_live_documents(without(segment, 0))
    assert (ids, docs.tolist()) == (["a", "\ud800"], [2, 1])
    ids, docs = find_live_documents(without(segment, 0, 1, 2))
    assert (ids, docs.tolist()) == ([], [])
