"""Files and folders: order, formats, ids, progress, and what is refused."""

import gzip
import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from index.document import Document, Rejection
from index.errors import PathError
from index.ingest import Limits, ReadOptions, read_paths

PAGE = "Panen Garam {}\nPALU - Panen garam membaik."


HTML = """<!doctype html><title>{}</title><link rel=canonical href=https://pagi.example/{}>
<div itemprop=articleBody><p>Panen garam tahun ini membaik, kata petambak di tiga kecamatan."""


def row(number: int, **values: object) -> str:
    """Write one row of JSON."""
    return json.dumps({"title": f"Panen {number}", "body": "Membaik.", **values}) + "\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return a folder with pages, rows, packed rows, a photo and hidden files."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.TXT").write_text(PAGE.format(2))
    (tmp_path / "a.txt").write_text(PAGE.format(1))
    (tmp_path / "c.jsonl").write_text(row(3) + row(4))
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(row(5).encode()))
    (tmp_path / "e.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / ".hidden.txt").write_text(PAGE.format(0))
    return tmp_path


def titles(items: Iterable[Document | Rejection]) -> list[str]:
    """Return the titles of the documents."""
    return [item.title for item in items if isinstance(item, Document)]


def ids(items: Iterable[Document | Rejection]) -> list[str]:
    """Return the ids of the documents."""
    return [item.doc_id for item in items if isinstance(item, Document)]


def reasons(items: Iterable[Document | Rejection]) -> list[str]:
    """Return the reasons of the rejections."""
    return [item.reason for item in items if isinstance(item, Rejection)]


def test_folder_is_read_to_its_depths_in_order(archive: Path) -> None:
    """Files come sorted by the parts of their paths; hidden ones are skipped."""
    items = list(read_paths([archive]))
    assert titles(items) == ["Panen Garam 1", "Panen Garam 2", "Panen 3", "Panen 4", "Panen 5"]
    assert reasons(items) == ["not_supported"]


def test_ids_are_the_same_wherever_the_archive_lies(
    archive: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """An archive that moves keeps its ids."""
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "moved"
    before = ids(read_paths([archive]))
    archive.rename(elsewhere)
    after = ids(read_paths([elsewhere]))
    assert before == after
    assert len(set(before)) == 5


def test_progress_adds_up_to_the_bytes_on_disk(archive: Path) -> None:
    """A progress bar that counts every byte ends at its end."""
    read_bytes: list[int] = []
    list(read_paths([archive], ReadOptions(on_bytes=read_bytes.append)))
    found = [path for path in archive.rglob("*") if path.name[0] != "." and path.is_file()]
    assert sum(read_bytes) == sum(path.stat().st_size for path in found)


def test_same_address_is_the_same_id(tmp_path: Path) -> None:
    """A fragment does not make another article, so a build keeps one of the two."""
    rows = [row(1, url="https://pagi.example/x"), row(2, url="https://pagi.example/x#2")]
    (tmp_path / "a.ndjson").write_text("".join(rows))
    first, second = ids(read_paths([tmp_path]))
    assert first == second


@pytest.mark.parametrize("bad", ["none", "a.txt/none", "\0"])
def test_path_that_does_not_exist_is_refused_before_anything_is_read(
    archive: Path, bad: str
) -> None:
    """A misspelt path costs nothing but a sentence."""
    with pytest.raises(PathError, match="There is no file or folder"):
        read_paths([archive, archive / bad])


def test_link_in_a_circle_is_passed_over(archive: Path) -> None:
    """A folder is walked once."""
    (archive / "b" / "up").symlink_to(archive, target_is_directory=True)
    assert len(titles(read_paths([archive]))) == 5


def test_what_the_system_does_not_open_is_unreadable(tmp_path: Path) -> None:
    """A dead link and a pipe are refused, not waited for."""
    (tmp_path / "a.txt").symlink_to(tmp_path / "none")
    os.mkfifo(tmp_path / "b.txt")
    assert reasons(read_paths([tmp_path])) == ["unreadable", "unreadable"]


def test_file_name_that_is_no_text_can_be_shown(tmp_path: Path) -> None:
    """A rejection can be printed whatever the bytes of the name."""
    (tmp_path / os.fsdecode(b"caf\xe9.jpg")).write_bytes(b"x")
    (refused,) = read_paths([tmp_path])
    assert refused.path.encode().endswith("caf\ufffd.jpg".encode())


def test_file_that_is_called_like_standard_input_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found in the folder in which the command is given, it has the very same path."""
    (tmp_path / "-").write_text(PAGE.format(1))
    monkeypatch.chdir(tmp_path)
    assert reasons(read_paths([Path()])) == ["not_supported"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\x00\x01", "binary"),
        (b"Panen \x81\x8d", "encoding"),
        (b"Panen Garam", "no_body"),
        (b"Penulis: Rosmini", "no_title"),
        (b"<html><title>Panen", "no_article"),
        (b"x" * 101, "too_large"),
    ],
)
def test_page_is_refused_with_its_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    """Each page that is no article says why, and still counts as done."""
    (tmp_path / "a.txt").write_bytes(data)
    read_bytes: list[int] = []
    items = read_paths(
        [tmp_path / "a.txt"], ReadOptions(on_bytes=read_bytes.append, limits=Limits(file_bytes=100))
    )
    assert reasons(items) == [reason]
    assert sum(read_bytes) == len(data)


@pytest.mark.parametrize("keep", [0, 5, 30, -4])
def test_damaged_packed_file_is_refused(tmp_path: Path, keep: int) -> None:
    """A file cut short, even to nothing, gives a reason."""
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(row(1).encode())[:keep])
    assert reasons(read_paths([tmp_path])) == ["malformed" if keep else "empty"]


def test_html_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    """Crawlers save pages as .html, as .txt and without any ending."""
    for number, name in enumerate(("a.html", "b.HTM", "c.txt", "d"), 1):
        (tmp_path / name).write_text(HTML.format(f"Panen {number}", number))
    read_bytes: list[int] = []
    items = list(read_paths([tmp_path], ReadOptions(on_bytes=read_bytes.append)))
    assert titles(items) == ["Panen 1", "Panen 2", "Panen 3", "Panen 4"]
    assert sum(read_bytes) == sum(path.stat().st_size for path in tmp_path.iterdir())


def test_two_saved_copies_of_a_page_are_one_article(tmp_path: Path) -> None:
    """The address that a page states of itself is its id."""
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(HTML.format("Panen", "x"))
    first, second = ids(read_paths([tmp_path]))
    assert first == second


def test_file_without_an_ending_that_is_no_html_is_not_supported(tmp_path: Path) -> None:
    """A name that promises nothing is believed in nothing."""
    (tmp_path / "LICENSE").write_text(PAGE.format(1))
    assert reasons(read_paths([tmp_path])) == ["not_supported"]


def test_file_that_is_not_packed_at_all_is_refused(tmp_path: Path) -> None:
    """The name promised what the file is not."""
    (tmp_path / "a.jsonl.gz").write_text(row(1))
    assert reasons(read_paths([tmp_path])) == ["malformed"]


def test_packed_bomb_is_stopped(tmp_path: Path) -> None:
    """A small file may not unpack to a large one without end."""
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b" " * 3_000_000))
    limits = Limits(line_bytes=1000, expansion_factor=10, expansion_free_bytes=1000)
    assert reasons(read_paths([tmp_path], ReadOptions(limits=limits))) == ["too_large"]
