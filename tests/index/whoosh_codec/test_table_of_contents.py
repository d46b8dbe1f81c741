"""The table of contents: an index that cannot be opened is refused in words that name a remedy."""

import pickle
import shutil
from pathlib import Path

import pytest

from index.errors import IndexDamagedError, SchemaMismatchError
from index.segments import array_file
from index.whoosh_codec.codec import ColumnarSegment
from index.whoosh_codec.table_of_contents import (
    entries_of,
    open_whoosh,
    segments_of,
    write_contents,
)
from tests.index.segments.plain_segments import Row, build


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an index of two segments; the first has three documents, one of them deleted."""
    rows = [Row(str(number), "judul") for number in range(4)]
    (first, second) = build(tmp_path, rows, docs_most=3, batch_docs=3)
    first.rename(tmp_path / "MAIN_1.col")
    second.rename(tmp_path / "MAIN_2.col")
    entries = [ColumnarSegment.of_file("MAIN_1", 3).with_deleted([1])]
    write_contents(tmp_path, [*entries, ColumnarSegment.of_file("MAIN_2", 1)])
    return tmp_path


def test_segments_have_their_entries_and_first_documents(folder: Path) -> None:
    """In the order of the table; a segment knows which of its documents are deleted."""
    opened = open_whoosh(folder, folder)
    (first, one, start), (second, other, next_start) = entries_of(opened)
    assert [entry.file_name for entry in (first, second)] == ["MAIN_1.col", "MAIN_2.col"]
    assert (start, next_start) == (0, 3)
    assert (one.live.tolist(), len(other.live)) == ([1, 0, 1], 0)
    assert segments_of(opened) == [(one, 0), (other, 3)]


def test_one_file_with_other_deletions_is_another_segment(folder: Path) -> None:
    """Readers of one storage share a mapping, but only of the same file and deletions."""
    storage = open_whoosh(folder, folder).storage
    entries = [ColumnarSegment.of_file("MAIN_1", 3).with_deleted(docs) for docs in ([], [0], [])]
    first, second, third = (entry.codec().mapped(storage, entry).segment for entry in entries)
    assert (first.live_count, second.live_count) == (3, 2)
    assert first is third


def test_files_that_are_the_same_on_disk_are_mapped_once(folder: Path, tmp_path: Path) -> None:
    """By two generations, whatever is deleted in each; a copy is another file."""
    later = tmp_path / "later"
    later.mkdir()
    (later / "MAIN_1.col").hardlink_to(folder / "MAIN_1.col")
    shutil.copyfile(folder / "MAIN_2.col", later / "MAIN_2.col")
    entries = [ColumnarSegment.of_file("MAIN_1", 3), ColumnarSegment.of_file("MAIN_2", 1)]
    write_contents(later, entries)
    base = open_whoosh(folder, folder)
    before = segments_of(base)
    after = segments_of(open_whoosh(later, later, base))
    shared = [one.shares_file(other) for (one, _), (other, _) in zip(before, after, strict=True)]
    assert shared == [True, False]
    assert [segment.live_count for segment, _ in (*before, *after)] == [2, 1, 3, 1]


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: next(folder.glob("*.toc")).unlink(),
        lambda folder: next(folder.glob("*.toc")).write_bytes(b"no table of contents"),
        lambda folder: (folder / "MAIN_2.col").unlink(),
        lambda folder: (folder / "MAIN_2.col").write_bytes(b""),
    ],
    ids=["no table", "another table", "no segment", "an empty segment"],
)
def test_index_that_cannot_be_read_is_damaged(folder: Path, damage: object) -> None:
    """At once, and not when the first request comes."""
    assert callable(damage)
    damage(folder)
    with pytest.raises(IndexDamagedError, match="Whoosh cannot read its files"):
        open_whoosh(folder, folder)


def test_table_whose_schema_is_no_pickle_is_damaged(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a table that was cut in its middle."""

    def fail(*_: object, **__: object) -> None:
        raise pickle.UnpicklingError

    monkeypatch.setattr(pickle, "loads", fail)
    with pytest.raises(IndexDamagedError):
        open_whoosh(folder, folder)


def test_segments_of_another_version_are_told_apart_from_damage(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index is whole, and must be built anew."""
    monkeypatch.setattr(array_file, "VERSION", array_file.VERSION + 1)
    with pytest.raises(SchemaMismatchError, match="its segments have another form"):
        open_whoosh(folder, folder)
