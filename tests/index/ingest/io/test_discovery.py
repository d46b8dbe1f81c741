"""The walk through folders: what is found, in which order, and what is skipped."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from index.document import Rejection
from index.ingest.io.discovery import SourceFile, find_files
from index.ingest.read import READ_OPTIONS, read_file


def told(*paths: Path) -> list[tuple[str, str]]:
    """Return the name of each file that is found or refused, with the reason of a refusal."""
    return [
        (Path(each.path).name, each.reason if isinstance(each, Rejection) else "")
        for each in find_files(paths)
    ]


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Return a folder of articles, and one beside it with a file that is nobody's business."""
    archive, secret = tmp_path / "arsip", tmp_path / "rahasia"
    for folder in (archive / "a", secret):
        folder.mkdir(parents=True)
    (archive / "a" / "panen.txt").write_text("Panen raya\nPadi dipanen pagi ini di Karawang.\n")
    (secret / "sandi.txt").write_text("Sandi\nSandi pangkalan data adalah rahasia negara.\n")
    return archive, secret


def test_folder_that_the_caller_calls_an_index_is_not_walked(tmp_path: Path) -> None:
    """Whatever lies in it, at any depth; the folders beside it are walked."""
    for location in ("arsip/a.txt", "indeks/b.txt", "arsip/indeks/dalam/c.txt", "z.txt"):
        (tmp_path / location).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / location).write_text("Panen")
    files = find_files([tmp_path], lambda folder: folder.name == "indeks")
    assert [each.path if isinstance(each, Rejection) else each.location for each in files] == [
        "arsip/a.txt",
        "z.txt",
    ]


def test_link_that_leads_out_of_what_was_named_is_refused(folders: tuple[Path, Path]) -> None:
    """A link to a file and one to a folder: nothing beyond it is read, and both are told."""
    archive, secret = folders
    (archive / "berkas.txt").symlink_to(secret / "sandi.txt")
    (archive / "folder").symlink_to(secret)
    (archive / "mirip.txt").symlink_to(f"{archive}/../arsip-lain.txt")
    (archive.parent / "arsip-lain.txt").write_text("Lain")
    assert told(archive) == [
        ("panen.txt", ""),
        ("berkas.txt", "outside"),
        ("folder", "outside"),
        ("mirip.txt", "outside"),
    ]


def test_link_within_what_was_named_is_followed(folders: tuple[Path, Path]) -> None:
    """Within a folder, from one named folder to another, and a link that is named itself."""
    archive, secret = folders
    (archive / "lagi.txt").symlink_to("a/panen.txt")
    (archive / "sandi.txt").symlink_to(secret / "sandi.txt")
    assert told(archive, secret)[:3] == [("panen.txt", ""), ("lagi.txt", ""), ("sandi.txt", "")]
    (archive.parent / "nama-lain").symlink_to(archive)
    assert told(archive.parent / "nama-lain")[0] == ("panen.txt", "")


CHANGES: dict[str, tuple[Callable[[Path, Path], None], str]] = {
    "a pipe": (lambda path, _: os.mkfifo(path), "unreadable"),
    "a link to a secret": (lambda path, secret: path.symlink_to(secret), "outside"),
    "a link to the log of the kernel": (lambda path, _: path.symlink_to("/proc/kmsg"), "outside"),
    "a link to a device": (lambda path, _: path.symlink_to("/dev/zero"), "outside"),
    "a folder": (lambda path, _: path.mkdir(), "unreadable"),
}


@pytest.mark.parametrize("kind", ["panen.txt", "panen.jsonl", "panen.zip"])
@pytest.mark.parametrize(("change", "reason"), CHANGES.values(), ids=CHANGES)
def test_file_that_becomes_something_else_is_refused_without_waiting(
    folders: tuple[Path, Path], kind: str, change: Callable[[Path, Path], None], reason: str
) -> None:
    """It was a file when it was found; whoever reads it opens it in the same way."""
    archive, secret = folders
    path = archive / kind
    path.write_text("Panen")
    found = [each for each in find_files([path]) if isinstance(each, SourceFile)]
    path.unlink()
    change(path, secret / "sandi.txt")
    items = [item for *_, item in read_file(found[0], READ_OPTIONS)]
    assert [item.reason for item in items if isinstance(item, Rejection)] == [reason]
    assert len(items) == 1


def test_named_file_that_never_ends_is_read_as_empty() -> None:
    """A file of the system that waits for more is not waited for."""
    if not os.access("/proc/kmsg", os.R_OK):
        pytest.skip("the log of the kernel may not be read here")
    found = [each for each in find_files([Path("/proc/kmsg")]) if isinstance(each, SourceFile)]
    assert all(list(read_file(each, READ_OPTIONS)) for each in found)
