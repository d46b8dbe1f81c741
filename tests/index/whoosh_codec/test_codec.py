"""Columnar segments under Whoosh: opened by anyone, written by none of its writers."""

import pickle
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from whoosh import query as wq
from whoosh.fields import ID
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex, open_dir
from whoosh.writing import CLEAR, AsyncWriter, BufferedWriter, add_spelling

from index.segments.errors import SegmentDamagedError
from index.whoosh_codec.codec import ColumnarCodec, ColumnarSegment
from index.whoosh_codec.errors import ReadOnlyIndexError
from index.whoosh_codec.storage import OpenFileStorage
from index.whoosh_codec.table_of_contents import segments_of
from tests.oracle.random_archives import Archive, make_archive

SIZES = (30, 8, 1)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Three segments, five documents deleted."""
    return make_archive(tmp_path, seed=11, sizes=SIZES, deleted_count=5)


def test_segment_is_pickled_as_a_few_plain_values() -> None:
    """A table of contents must open under another NumPy, and stay small: a bit a document."""
    segment = ColumnarSegment("MAIN", "a1", 65_535).with_deleted([0, 65_534])
    pickled = pickle.dumps(segment)
    assert b"numpy" not in pickled
    assert len(pickled) < 65_535 // 8 + 200
    assert len(pickle.dumps(ColumnarSegment("MAIN", "a1", 65_535))) < 200
    opened = pickle.loads(pickled)  # noqa: S301 - it was pickled here
    assert opened == segment
    assert opened.file_name == "MAIN_a1.col"
    assert list(opened.deleted_docs()) == [0, 65_534]


def test_deleting_gives_another_segment() -> None:
    """The one before stays as it is; deleting goes on from what was deleted before."""
    whole = ColumnarSegment("MAIN", "a1", 20)
    first = whole.with_deleted([3])
    second = first.with_deleted([3, 19])
    assert [segment.doc_count() for segment in (whole, first, second)] == [20, 19, 18]
    assert [segment.has_deletions() for segment in (whole, first, second)] == [False, True, True]
    assert [list(segment.deleted_docs()) for segment in (whole, first)] == [[], [3]]
    assert [second.is_deleted(number) for number in (3, 4, 19)] == [True, False, True]
    assert whole.with_deleted([]).deleted == b""


@pytest.mark.parametrize("change", ["delete_document", "set_doc_count"])
def test_segment_refuses_to_be_changed(change: str) -> None:
    """Only `with_deleted` deletes."""
    segment = ColumnarSegment("MAIN", "a1", 20)
    with pytest.raises(ReadOnlyIndexError):
        getattr(segment, change)(3)
    assert segment.doc_count() == 20


def commit(writer: Any, **options: Any) -> None:
    """Add a document and commit."""
    writer.add_document(id="new")
    writer.commit(**options)


WRITES: dict[str, Callable[[FileIndex], object]] = {
    "writer": lambda index: commit(index.writer()),
    "unmerged": lambda index: commit(index.writer(), merge=False),
    "cleared": lambda index: commit(index.writer(), mergetype=CLEAR),
    "codec": lambda index: commit(index.writer(codec=ColumnarCodec())),
    "processes": lambda index: commit(index.writer(procs=2, multisegment=True)),
    "async": lambda index: commit(AsyncWriter(index)),
    "buffered": lambda index: commit(BufferedWriter(index, period=0)),
    "delete_by_term": lambda index: index.delete_by_term("kind", "opini"),
    "delete_by_query": lambda index: index.delete_by_query(wq.Every()),
    "optimize": lambda index: index.optimize(),
    "add_field": lambda index: index.add_field("new", ID()),
    "remove_field": lambda index: index.remove_field("title"),
    "spelling": lambda index: add_spelling(index, ["title"]),
}
"""Every way of Whoosh to write to an index."""


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("is_held", [False, True])
def test_whoosh_writers_are_refused_and_leave_everything_as_it_was(
    archive: Archive,
    snapshot: Callable[[Path], dict[str, bytes]],
    write: str,
    is_held: bool,  # noqa: FBT001 - a case, by name
) -> None:
    """With a sentence that names what writes; no file is changed or left, and the lock is free."""
    opened = FileIndex(OpenFileStorage(archive.folder)) if is_held else archive.columnar
    before = snapshot(archive.folder)
    with pytest.raises(ReadOnlyIndexError, match=r"scripts/reindex\.py"):
        WRITES[write](opened)
    lock = opened.lock("WRITELOCK")
    assert lock.acquire()
    lock.release()
    after = snapshot(archive.folder)
    assert after.pop("MAIN_WRITELOCK") == b""
    assert after == before
    assert opened.doc_count() == sum(SIZES) - 5


@pytest.mark.parametrize("ask", ["new_segment", "per_document_writer", "field_writer"])
def test_codec_makes_no_writer(ask: str) -> None:
    """A writer that uses it is refused on an index without segments, too."""
    with pytest.raises(ReadOnlyIndexError):
        getattr(ColumnarCodec(), ask)(RamStorage(), "MAIN")
    with pytest.raises(ReadOnlyIndexError):
        ColumnarCodec().postings_writer(None)


def test_codec_says_where_postings_are_read() -> None:
    """They are not in a file of their own, which is what Whoosh's own codec asks for."""
    with pytest.raises(NotImplementedError, match=r"ColumnarTerms\.matcher"):
        ColumnarCodec().postings_reader(None, None, None)


def test_segments_are_told_with_their_offsets(archive: Archive) -> None:
    """What evaluates whole arrays needs them as Whoosh numbers their documents."""
    found = segments_of(archive.columnar)
    assert [offset for _, offset in found] == [0, 30, 38]
    assert [segment.doc_count for segment, _ in found] == list(SIZES)
    deleted = [offset + n for segment, offset in found for n in deleted_in(segment.live)]
    assert deleted == sorted(archive.deleted)


def deleted_in(live: Iterable[int]) -> list[int]:
    """Return the numbers of the documents that are not live."""
    return [number for number, is_live in enumerate(live) if not is_live]


def test_readers_of_other_indexes_have_no_columnar_segments(archive: Archive) -> None:
    """Neither one of Whoosh's own segments, nor one of none."""
    empty = RamStorage().create_index(archive.oracle.schema)
    assert segments_of(archive.oracle) == segments_of(empty) == []


def test_all_readers_of_a_held_storage_share_the_segments(archive: Archive) -> None:
    """A searcher a request costs no mapping, and no second check of what was vouched for."""
    opened = FileIndex(OpenFileStorage(archive.folder))
    first, second = segments_of(opened), segments_of(opened)
    assert all(one is other for (one, _), (other, _) in zip(first, second, strict=True))


def test_held_segments_outlive_their_folder(archive: Archive) -> None:
    """A request may still be at work in a generation that is removed."""
    opened = FileIndex(OpenFileStorage(archive.folder))
    shutil.rmtree(archive.folder)
    with opened.searcher() as searcher:
        found = set(searcher.docs_for_query(wq.Every()))
    assert found == set(range(sum(SIZES))) - archive.deleted


@pytest.mark.parametrize("is_held", [False, True])
def test_missing_segment_is_named(archive: Archive, is_held: bool) -> None:  # noqa: FBT001 - a case
    """At once, not after the half second for which Whoosh looks for files that come and go."""
    (archive.folder / "MAIN_part1.col").unlink()
    opened = FileIndex(OpenFileStorage(archive.folder)) if is_held else archive.columnar
    with pytest.raises(SegmentDamagedError, match=r"MAIN_part1\.col is damaged: it is missing"):
        opened.reader()


def test_altered_segment_is_refused_where_nobody_vouches_for_it(archive: Archive) -> None:
    """Whoosh's plain `open_dir` knows no manifest, so every reader checks for itself."""
    path = archive.folder / "MAIN_part0.col"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(SegmentDamagedError, match=r"cut or altered"):
        open_dir(str(archive.folder)).reader()
