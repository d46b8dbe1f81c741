"""The walk through folders: what is found, in which order, and what is skipped."""

from pathlib import Path

from index.document import Rejection
from index.ingest.io.discovery import find_files


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
