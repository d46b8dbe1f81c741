"""Moved folders and files are recognised by what they hold, and nothing is its own duplicate."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index.indexer.build import build_index
from index.indexer.moved_files import find_folders
from index.indexer.update import update_index

Titles = Callable[[Path], dict[str, str]]


def page(path: Path, text: str) -> None:
    """Write a page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"Kabar {path.stem}\n\nJAKARTA - Harga beras {text}.\n", encoding="utf-8")


def write_rows(path: Path, *texts: str) -> None:
    """Write a row with an id for each text."""
    rows = [{"id": f"r{n}", "title": f"Baris {n}", "body": t} for n, t in enumerate(texts)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def old_folder(tmp_path: Path) -> Path:
    """Return a folder of pages and rows, beside an index of it."""
    folder = tmp_path / "lama"
    for name in ("satu", "2024/dua", "2024/tiga"):
        page(folder / f"{name}.txt", name)
    write_rows(folder / "baris.jsonl", "Beras datang.", "Beras habis.")
    build_index([folder], tmp_path / "index")
    return folder


@pytest.mark.parametrize("prune", [False, True])
def test_folder_that_was_renamed_and_changed(
    old_folder: Path, titles: Titles, *, prune: bool
) -> None:
    """The changes are taken, nothing is refused, and no article is there twice."""
    new = old_folder.rename(old_folder.with_name("baru"))
    page(new / "2024" / "dua.txt", "turun")
    write_rows(new / "baris.jsonl", "Beras datang.", "Beras habis lagi.")
    index_path = new.parent / "index"
    before = titles(index_path)
    report = update_index([new], index_path, prune=prune)
    assert (report.added, report.replaced, report.dropped) == (0, 2, 0)
    assert (report.rejected, report.copy_count) == ({}, 0)
    assert titles(index_path) == before
    assert update_index([new], index_path, prune=prune).read_count == 0
    page(new / "satu.txt", "naik lagi")
    assert update_index([new], index_path, prune=prune).replaced == 1


def test_what_did_not_move_with_its_folder_is_dropped_with_prune(
    old_folder: Path, titles: Titles
) -> None:
    """It is gone, as much as if it had been dropped before the folder was renamed."""
    new = old_folder.rename(old_folder.with_name("baru"))
    (new / "2024" / "tiga.txt").unlink()
    index_path = new.parent / "index"
    assert update_index([new], index_path).dropped == 0
    (new / "satu.txt").touch()
    page(new / "satu.txt", "lagi")
    update_index([new], index_path, prune=True, allow_shrink=True)
    assert "Kabar dua" in titles(index_path).values()


def test_file_that_was_renamed_keeps_its_rows(old_folder: Path, titles: Titles) -> None:
    """Also without pruning, and with a row that was changed."""
    (old_folder / "baris.jsonl").rename(old_folder / "tabel.jsonl")
    write_rows(old_folder / "tabel.jsonl", "Beras datang.", "Beras habis lagi.")
    report = update_index([old_folder], old_folder.parent / "index")
    assert (report.added, report.replaced, report.rejected) == (0, 1, {})
    assert len(titles(old_folder.parent / "index")) == 5


def test_page_that_was_renamed_is_there_once(old_folder: Path, titles: Titles) -> None:
    """Its id was made of its path, and is another one now."""
    (old_folder / "satu.txt").rename(old_folder / "pertama.txt")
    report = update_index([old_folder], old_folder.parent / "index")
    assert (report.added, report.dropped, report.copy_count) == (1, 1, 0)
    assert len(titles(old_folder.parent / "index")) == 5


def test_file_that_was_copied_has_not_moved(old_folder: Path) -> None:
    """The first one is still there, so the second holds copies."""
    (old_folder / "salinan.txt").write_bytes((old_folder / "satu.txt").read_bytes())
    assert update_index([old_folder], old_folder.parent / "index").copy_count == 1


def test_folders_are_what_two_paths_do_not_share() -> None:
    """From the end."""
    assert find_folders(b"/a/x.txt", b"/a/y.txt") == (b"/a/x.txt", b"/a/y.txt")
    assert find_folders(b"/a/2024/x.txt", b"/b/2024/x.txt") == (b"/a", b"/b")
