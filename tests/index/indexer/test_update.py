"""An update: only what changed is read and written, and the index answers as a rebuilt one does."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import IndexMissingError, IndexShrunkError, PathError
from index.indexer.build import STEPS, build_index
from index.indexer.removal import restore_articles
from index.indexer.report import BuildReport
from index.indexer.update import update_index
from index.ingest import LIMITS, ReadOptions
from search.columnar_engine import ColumnarEngine
from tests.index.taking_down import take_down

Served = Callable[[Path], list[str]]
Rows = Iterable[str]


def write(folder: Path, name: str, doc_ids: Rows, text: str = "") -> Path:
    """Write a file of small articles, and make sure that its time is another one."""
    path = folder / name
    before = path.stat().st_mtime_ns if path.exists() else 0
    rows = [
        {"id": doc_id, "title": f"Judul {doc_id}", "body": f"Harga beras {doc_id} {text}"}
        for doc_id in doc_ids
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    os.utime(path, ns=(before + 1_000, before + 1_000))
    return path


def update(
    folder: Path, *paths: Path, prune: bool = False, allow_shrink: bool = True
) -> BuildReport:
    """Update the index beside an archive."""
    options = ReadOptions()
    return update_index(
        paths, folder.parent / "index", options, prune=prune, allow_shrink=allow_shrink
    )


@contextmanager
def standard_input(path: Path) -> Iterator[None]:
    """Let standard input be a file."""
    before = os.dup(0)
    with path.open("rb") as file:
        os.dup2(file.fileno(), 0)
        try:
            yield
        finally:
            os.dup2(before, 0)
            os.close(before)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return a folder of two files, beside an index of them."""
    folder = tmp_path / "archive"
    folder.mkdir()
    write(folder, "one.jsonl", ["a", "b"])
    write(folder, "two.jsonl", ["c", "d"])
    build_index([folder], tmp_path / "index")
    return folder


def test_what_did_not_change_is_not_read(archive: Path) -> None:
    """Size and time of a file decide."""
    read: list[int] = []
    report = update_index([archive], archive.parent / "index", ReadOptions(on_bytes=read.append))
    assert (report.read_count, report.doc_count, sum(read)) == (0, 4, 0)


def test_new_file_is_added(archive: Path, served: Served) -> None:
    """And the rest stays."""
    write(archive, "three.jsonl", ["e"])
    report = update(archive, archive)
    assert (report.added, report.replaced, report.dropped, report.read_count) == (1, 0, 0, 1)
    assert served(archive.parent / "index") == ["a", "b", "c", "d", "e"]


def test_changed_file_is_replaced_as_a_whole(archive: Path, served: Served) -> None:
    """One article stays as it is, one is another text, one is gone, one is new."""
    write(archive, "one.jsonl", ["a", "x"])
    report = update(archive, archive)
    assert (report.added, report.replaced, report.dropped) == (1, 0, 1)
    write(archive, "one.jsonl", ["a", "x"], "naik")
    report = update(archive, archive)
    assert (report.added, report.replaced, report.dropped) == (0, 2, 0)
    assert served(archive.parent / "index") == ["a", "c", "d", "x"]


def test_touched_file_is_read_and_nothing_is_written(archive: Path) -> None:
    """A hash decides what is replaced; the next update does not even read it."""
    write(archive, "one.jsonl", ["a", "b"])
    report = update(archive, archive)
    assert (report.read_count, report.added, report.replaced, report.dropped) == (1, 0, 0, 0)
    assert update(archive, archive).read_count == 0


def test_file_that_is_gone_is_dropped_when_asked_for(archive: Path, served: Served) -> None:
    """Until then its articles stay, and the report says so."""
    (archive / "two.jsonl").unlink()
    report = update(archive, archive)
    assert (report.dropped, report.gone_count) == (0, 1)
    assert served(archive.parent / "index") == ["a", "b", "c", "d"]
    report = update(archive, archive, prune=True)
    assert (report.dropped, report.gone_count) == (2, 0)
    assert served(archive.parent / "index") == ["a", "b"]


def test_pruning_looks_only_below_the_paths_given(archive: Path, served: Served) -> None:
    """A file elsewhere is none of its business."""
    other = archive.parent / "other"
    other.mkdir()
    write(other, "three.jsonl", ["e"])
    update(archive, other)
    (archive / "two.jsonl").unlink()
    assert update(archive, other, prune=True).dropped == 0
    assert served(archive.parent / "index") == ["a", "b", "c", "d", "e"]


def test_nothing_is_pruned_when_a_folder_cannot_be_read(archive: Path, served: Served) -> None:
    """A disk that is not mounted, or a link to one: its files may be there tomorrow."""
    (archive / "one.jsonl").unlink()
    (archive / "elsewhere").symlink_to(archive.parent / "not mounted")
    report = update(archive, archive, prune=True)
    assert (report.dropped, report.rejected) == (0, {"unreadable": 1})
    assert served(archive.parent / "index") == ["a", "b", "c", "d"]


def test_archive_that_vanished_is_not_pruned(archive: Path, served: Served) -> None:
    """A disk that is not there looks like an empty folder."""
    for path in archive.iterdir():
        path.unlink()
    with pytest.raises(IndexShrunkError):
        update(archive, archive, prune=True, allow_shrink=False)
    assert served(archive.parent / "index") == ["a", "b", "c", "d"]


def test_copy_takes_the_place_of_the_article_that_is_gone(archive: Path, served: Served) -> None:
    """The file with the copy has not changed, and is read all the same."""
    row = {"id": "kembar", "title": "Judul a", "body": "Harga beras a"}
    (archive / "twin.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert update(archive, archive).copy_count == 1
    assert "kembar" not in served(archive.parent / "index")
    write(archive, "one.jsonl", ["b"])
    assert update(archive, archive).added == 1
    assert served(archive.parent / "index") == ["b", "c", "d", "kembar"]


def test_copy_of_an_article_whose_text_changed_is_an_article_again(
    archive: Path, served: Served
) -> None:
    """Its own file has not changed."""
    row = {"id": "kembar", "title": "Judul a", "body": "Harga beras a"}
    (archive / "twin.jsonl").write_text(json.dumps(row), encoding="utf-8")
    update(archive, archive)
    write(archive, "one.jsonl", ["a", "b"], "turun")
    assert update(archive, archive).added == 1
    assert served(archive.parent / "index") == ["a", "b", "c", "d", "kembar"]


def test_article_that_moves_to_another_file_stays(archive: Path, served: Served) -> None:
    """Both files are read, and one of them has it."""
    write(archive, "one.jsonl", ["a"])
    write(archive, "two.jsonl", ["b", "c", "d"])
    report = update(archive, archive)
    assert (report.added, report.replaced, report.dropped) == (0, 0, 0)
    assert served(archive.parent / "index") == ["a", "b", "c", "d"]


def test_ids_are_those_of_a_build_whatever_is_named(tmp_path: Path, served: Served) -> None:
    """An id made of a path is made of the path below the folder that was built from."""
    folder = tmp_path / "archive" / "2024"
    folder.mkdir(parents=True)
    page = folder / "page.txt"
    page.write_text("Judul\n\nJAKARTA - Harga beras naik.\n", encoding="utf-8")
    build_index([tmp_path / "archive"], tmp_path / "index")
    before = served(tmp_path / "index")
    page.write_text("Judul\n\nJAKARTA - Harga beras turun lagi.\n", encoding="utf-8")
    (folder / "new.txt").write_text("Baru\n\nJAKARTA - Beras dibagi.\n", encoding="utf-8")
    update_index([folder], tmp_path / "index", ReadOptions())
    after = served(tmp_path / "index")
    build_index([tmp_path / "archive"], tmp_path / "rebuilt")
    assert set(before) < set(after)
    assert after == served(tmp_path / "rebuilt")


def test_id_of_a_changed_file_is_made_of_the_folder_nearest_to_it(
    tmp_path: Path, served: Served
) -> None:
    """A folder was indexed, then the one above it; the file is replaced, and no new article."""
    folder, index_path = tmp_path / "archive" / "2024", tmp_path / "index"
    folder.mkdir(parents=True)
    page = folder / "page.txt"
    page.write_text("Judul\n\nJAKARTA - Harga beras naik.\n", encoding="utf-8")
    build_index([folder], index_path)
    before = served(index_path)
    write(folder.parent, "rows.jsonl", ["a"])
    update_index([folder.parent], index_path)
    page.write_text("Judul\n\nJAKARTA - Harga beras turun lagi.\n", encoding="utf-8")
    report = update_index([folder.parent], index_path)
    assert (report.added, report.replaced, report.dropped) == (0, 1, 0)
    assert set(served(index_path)) == {*before, "a"}


def test_article_of_standard_input_is_replaced_when_its_id_comes_again(
    archive: Path, served: Served
) -> None:
    """Until then it stays, although there is no file to look at; pruning does not drop it."""
    index_path = archive.parent / "index"
    for text, counts in (("naik", (1, 0, 0)), ("turun", (0, 1, 0)), ("turun", (0, 0, 0))):
        with standard_input(write(archive.parent, "piped.jsonl", ["p"], text)):
            report = update(archive, Path("-"))
        assert (report.added, report.replaced, report.dropped) == counts
        assert report.copy_count == 0  # it is no copy of itself
    with standard_input(write(archive.parent, "piped.jsonl", ["q"])):
        assert update(archive, Path("-")).dropped == 0
    assert update(archive, archive, prune=True).dropped == 0
    assert served(index_path) == ["a", "b", "c", "d", "p", "q"]


def test_article_taken_down_stays_down(archive: Path, served: Served) -> None:
    """In this index at once, in later updates, and in builds; one with its text goes with it."""
    index_path = archive.parent / "index"
    take_down(index_path, ["a"])
    assert update(archive).dropped == 1
    assert served(index_path) == ["b", "c", "d"]
    row = {"id": "kembar", "title": "Judul a", "body": "Harga beras a"}
    (archive / "twin.jsonl").write_text(json.dumps(row), encoding="utf-8")
    write(archive, "one.jsonl", ["a", "b"], "lagi")
    assert update(archive, archive).down_count == 2
    assert build_index([archive], index_path).down_count == 2
    assert served(index_path) == ["b", "c", "d"]


def test_id_that_was_taken_down_stays_down_in_a_new_file(archive: Path, served: Served) -> None:
    """The catalogue has the id already, in a file that has not changed."""
    index_path = archive.parent / "index"
    take_down(index_path, ["a"])
    update(archive)
    write(archive, "three.jsonl", ["a", "e"])
    report = update(archive, archive)
    assert (report.added, report.copy_count) == (1, 1)
    assert served(index_path) == ["b", "c", "d", "e"]


def test_article_taken_off_the_list_comes_back(archive: Path, served: Served) -> None:
    """With the next update, although its file has not changed."""
    index_path = archive.parent / "index"
    take_down(index_path, ["a"])
    update(archive)
    restored, report = restore_articles(index_path, ["a"])
    assert (restored, report and report.added) == (["a"], 1)
    assert served(index_path) == ["a", "b", "c", "d"]


def test_update_needs_an_index_and_paths_that_are_there(archive: Path, tmp_path: Path) -> None:
    """Otherwise nothing is done, and the error says what to do."""
    with pytest.raises(IndexMissingError):
        update_index([archive], tmp_path / "none", ReadOptions())
    assert not (tmp_path / "none").exists()
    with pytest.raises(PathError):
        update(archive, archive / "none")


class StoppedError(Exception):
    """Stands for whatever ends an update from within."""


@pytest.mark.parametrize("moment", STEPS)
def test_update_that_is_stopped_loses_nothing(archive: Path, served: Served, moment: str) -> None:
    """The old index serves, or the new one; the next update does what is left."""
    write(archive, "one.jsonl", ["a", "e"])
    index_path = archive.parent / "index"

    def stop(step: str) -> None:
        if step == moment:
            raise StoppedError

    with pytest.raises(StoppedError):
        update_index([archive], index_path, ReadOptions(), on_step=stop)
    is_new = moment in STEPS[STEPS.index("current") :]
    assert served(index_path) == (["a", "c", "d", "e"] if is_new else ["a", "b", "c", "d"])
    update(archive, archive)
    assert served(index_path) == ["a", "c", "d", "e"]


def test_new_article_is_written_as_the_index_has_learned(tmp_path: Path) -> None:
    """Its tags are spelled as those of the index, and lines that repeat there are cut from it."""
    line = "Warga menunggu kabar berikutnya di balai kota."
    names = [letter * 8 for letter in "abcdefghijklmnopqrstuvwxyz"]
    both = {"source": "koran"}
    rows = [
        {
            **both,
            "id": name,
            "title": name,
            "body": f"Isi {name}.\n{line}",
            "tags": ["Ekonomi Desa"],
        }
        for name in names
    ]
    (tmp_path / "a").mkdir()
    base, new = tmp_path / "a" / "base.jsonl", tmp_path / "a" / "new.jsonl"
    base.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    build_index([base], tmp_path / "index")
    added: dict[str, object] = {
        "id": "baru",
        "title": "Baru",
        "body": f"Isi baru.\n{line}",
        "tags": ["ekonomi desa"],
    }
    added |= both
    new.write_text(json.dumps(added), encoding="utf-8")
    update_index([new], tmp_path / "index")
    engine = ColumnarEngine(tmp_path / "index", 600)
    document = engine.document("baru").document
    engine.close()
    assert (document.body, document.tags) == ("Isi baru.", ("Ekonomi Desa",))


def test_file_whose_place_is_taken_by_a_link_elsewhere_is_gone(
    archive: Path, served: Served
) -> None:
    """The link is refused, and does not keep an update from dropping what stood there."""
    elsewhere = archive.parent / "elsewhere"
    elsewhere.mkdir()
    write(elsewhere, "two.jsonl", ["x"])
    (archive / "two.jsonl").unlink()
    (archive / "two.jsonl").symlink_to(elsewhere / "two.jsonl")
    report = update(archive, archive, prune=True)
    assert dict(report.rejected) == {"outside": 1}
    assert served(archive.parent / "index") == ["a", "b"]


def test_link_between_folders_of_the_index_is_followed_when_one_is_updated(
    tmp_path: Path, served: Served
) -> None:
    """The index was built from both; the update names one."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    write(folders[0], "a.jsonl", ["a"])
    write(folders[1], "b.jsonl", ["b"])
    build_index(folders, tmp_path / "index")
    write(folders[1], "c.jsonl", ["c"])
    (folders[0] / "c.jsonl").symlink_to(folders[1] / "c.jsonl")
    report = update(folders[0], folders[0])
    assert (report.added, dict(report.rejected)) == (1, {})
    assert served(tmp_path / "index") == ["a", "b", "c"]


def test_file_that_is_not_read_to_its_end_keeps_its_articles_and_is_read_again(
    archive: Path, served: Served
) -> None:
    """A disk that stalls for a moment says nothing of what the file holds."""
    index = archive.parent / "index"
    write(archive, "two.jsonl", ["c", "e"], "naik")
    whole = (archive / "two.jsonl").read_bytes()
    os.truncate(archive / "two.jsonl", 1 << 40)  # a row of a terabyte of nothing, where "e" ends
    impatient = ReadOptions(limits=replace(LIMITS, item_seconds=1))
    report = update_index([archive], index, impatient)
    assert (report.dropped, dict(report.rejected)) == (0, {"too_slow": 1})
    assert {"a", "b", "c", "d"} <= set(served(index))
    report = update_index([archive], index, impatient)
    assert (report.read_count, dict(report.rejected)) == (1, {"too_slow": 1})
    (archive / "two.jsonl").write_bytes(whole)
    assert update(archive, archive).read_count == 1
    assert served(index) == ["a", "b", "c", "e"]
    assert update(archive, archive).read_count == 0


def test_article_of_an_unread_file_can_be_taken_down(archive: Path, served: Served) -> None:
    """And stays away when the file can be read again."""
    index = archive.parent / "index"
    os.truncate(archive / "two.jsonl", 1 << 40)
    impatient = ReadOptions(limits=replace(LIMITS, item_seconds=1))
    update_index([archive], index, impatient)
    take_down(index, ["d"])
    write(archive, "two.jsonl", ["c", "d"])
    update(archive, archive)
    assert served(index) == ["a", "b", "c"]
