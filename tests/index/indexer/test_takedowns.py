"""Takedowns are final: whatever becomes of ids and files, an article taken down stays away."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.generations.takedowns import read_taken_down, take_down
from index.indexer.build import build_index
from index.indexer.removal import find_removal
from index.indexer.update import roll_back_index, update_index

Served = Callable[[Path], list[str]]
Titles = Callable[[Path], dict[str, str]]

LONG = " ".join(["beras", *(f"kata{number}" for number in range(40))])


def row(title: str, **changes: Any) -> dict[str, Any]:
    """Return a row without id and address."""
    return {"title": title, "body": f"Harga beras {title} di pasar.", **changes}


def write(path: Path, *rows: dict[str, Any]) -> Path:
    """Write rows into a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    return path


def remove(index_path: Path, *doc_ids: str) -> None:
    """Take articles down, as the command does."""
    removed = find_removal(index_path, doc_ids).evidence
    take_down(index_path, removed, removed)
    update_index([], index_path, allow_shrink=True)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return a folder of rows and pages, beside an index of them."""
    folder = tmp_path / "archive"
    write(folder / "a.jsonl", row("satu"), row("dua"), row("tiga"))
    (folder / "page.txt").write_text("Empat\n\nJAKARTA - Harga beras naik.\n", encoding="utf-8")
    build_index([folder], tmp_path / "index")
    return folder


def id_of(index_path: Path, title: str, titles: Titles) -> str:
    """Return the id of the article with a headline."""
    return next(doc_id for doc_id, other in titles(index_path).items() if other == title)


def in_front(archive: Path) -> None:
    """Put a row in front."""
    write(archive / "a.jsonl", row("nol"), row("satu"), row("dua"), row("tiga"))


def reordered(archive: Path) -> None:
    """Write the rows the other way round."""
    write(archive / "a.jsonl", row("tiga"), row("dua"), row("satu"))


def renamed(archive: Path) -> None:
    """Rename both files."""
    (archive / "a.jsonl").rename(archive / "z.jsonl")
    (archive / "page.txt").rename(archive / "halaman.txt")


def into_folder(archive: Path) -> None:
    """Move both files into a folder."""
    (archive / "2024").mkdir()
    for name in ("a.jsonl", "page.txt"):
        (archive / name).rename(archive / "2024" / name)


@pytest.mark.parametrize("change", [in_front, reordered, renamed, into_folder])
@pytest.mark.parametrize("is_rebuilt", [False, True])
def test_takedown_holds(
    archive: Path, titles: Titles, change: Callable[[Path], None], *, is_rebuilt: bool
) -> None:
    """And no other article goes with it."""
    index_path = archive.parent / "index"
    remove(index_path, *(id_of(index_path, title, titles) for title in ("dua", "Empat")))
    change(archive)
    if is_rebuilt:
        build_index([archive], index_path, allow_shrink=True)
    else:
        update_index([archive], index_path, prune=True, allow_shrink=True)
    assert set(titles(index_path).values()) - {"nol"} == {"satu", "tiga"}


def write_page(path: Path, title: str, text: str) -> None:
    """Write a page."""
    path.write_text(f"{title}\n\nJAKARTA - Harga beras {text}.\n", encoding="utf-8")


@pytest.mark.parametrize("is_rebuilt", [False, True])
def test_page_at_the_path_of_one_that_has_moved_is_another_article(
    archive: Path, titles: Titles, *, is_rebuilt: bool
) -> None:
    """The id of a page is made of its path: what was taken down is the text that has moved."""
    index_path = archive.parent / "index"
    remove(index_path, id_of(index_path, "Empat", titles))
    (archive / "page.txt").rename(archive / "lama.txt")
    write_page(archive / "page.txt", "Lima", "lain")
    for _ in range(2):
        if is_rebuilt:
            build_index([archive], index_path)
        else:
            update_index([archive], index_path)
        assert "Lima" in titles(index_path).values()
        assert "Empat" not in titles(index_path).values()


@pytest.mark.parametrize("is_rebuilt", [False, True])
def test_page_that_was_corrected_stays_away(
    archive: Path, titles: Titles, *, is_rebuilt: bool
) -> None:
    """Nothing else has its text, so it is the same article."""
    index_path = archive.parent / "index"
    remove(index_path, id_of(index_path, "Empat", titles))
    write_page(archive / "page.txt", "Empat", "naik lagi")
    if is_rebuilt:
        build_index([archive], index_path)
    else:
        update_index([archive], index_path)
    assert "Empat" not in titles(index_path).values()


def test_takedown_holds_after_a_rollback(archive: Path, titles: Titles) -> None:
    """The generation before has the article; what is served then is one without it."""
    index_path = archive.parent / "index"
    remove(index_path, id_of(index_path, "dua", titles))
    assert roll_back_index(index_path) == 3
    assert sorted(titles(index_path).values()) == ["Empat", "satu", "tiga"]


def test_rollback_without_takedowns_serves_the_generation_itself(archive: Path) -> None:
    """Nothing is written for it."""
    build_index([archive], archive.parent / "index")
    assert roll_back_index(archive.parent / "index") == 1


def test_same_text_goes_in_every_outlet_and_near_copies_stay(
    tmp_path: Path, served: Served
) -> None:
    """Each that goes is named, and each that stays."""
    story = {"title": "Kabar", "body": LONG, "date": "2024-08-28"}
    near = {**story, "id": "dekat", "source": "Malam", "body": f"{LONG} lain."}
    rows = [{**story, "id": name, "source": name} for name in ("Pagi", "Sore")]
    archive = write(tmp_path / "a.jsonl", *rows, near, row("beras", id="x"))
    build_index([archive], tmp_path / "index")
    removal = find_removal(tmp_path / "index", ["Pagi"])
    assert sorted(removal.evidence) == ["Pagi", "Sore"]
    assert [document.doc_id for document in removal.near] == ["dekat"]
    remove(tmp_path / "index", "Pagi")
    assert served(tmp_path / "index") == ["dekat", "x"]
    other = write(tmp_path / "b.jsonl", {**story, "id": "Siang", "source": "Siang"})
    assert update_index([other], tmp_path / "index").down_count == 1
    assert served(tmp_path / "index") == ["dekat", "x"]


def test_same_address_stays_away_with_another_text(tmp_path: Path, served: Served) -> None:
    """The outlet has corrected it, and the id is another one."""
    url = "https://pagi.example/beras/1"
    archive = write(tmp_path / "a.jsonl", row("satu", id="a", url=url), row("dua", id="b"))
    build_index([archive], tmp_path / "index")
    remove(tmp_path / "index", "a")
    write(archive, row("satu lagi", id="c", url=f"{url}?utm_source=wa"), row("dua", id="b"))
    build_index([archive], tmp_path / "index", allow_shrink=True)
    assert served(tmp_path / "index") == ["b"]


def test_unknown_ids_are_told_apart(archive: Path, titles: Titles) -> None:
    """The known ones can be taken down all the same."""
    known = id_of(archive.parent / "index", "dua", titles)
    removal = find_removal(archive.parent / "index", ["salah", known])
    assert (list(removal.evidence), removal.unknown) == ([known], ("salah",))


def test_line_with_an_id_alone_is_completed(archive: Path, titles: Titles) -> None:
    """By hand, or by an older version; from then on the article is known by its text, too."""
    index_path = archive.parent / "index"
    doc_id = id_of(index_path, "dua", titles)
    take_down(index_path, [doc_id])
    update_index([archive], index_path, allow_shrink=True)
    (line,) = read_taken_down(index_path)
    assert line.doc_id == doc_id
    assert line.evidence.text
    write(archive / "b.jsonl", row("dua", id="lain", source="Sore"))
    assert update_index([archive], index_path).down_count == 1
