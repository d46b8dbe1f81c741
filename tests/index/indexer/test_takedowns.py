"""Takedowns are final: whatever becomes of ids and files, an article taken down stays away."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.errors import NoPreviousGenerationError, TakedownsError
from index.generations.directory import current_folder
from index.generations.takedowns import LIST_NAME
from index.indexer.build import build_index
from index.indexer.preview import preview_build
from index.indexer.removal import find_removal, remove_articles, restore_articles
from index.indexer.rollback import RolledBack, roll_back_index
from index.indexer.update import update_index
from tests.index.taking_down import read_taken_down, take_down

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
    remove_articles(index_path, doc_ids)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return a folder of rows and pages, beside an index of them."""
    folder = tmp_path / "archive"
    write(folder / "a.jsonl", row("satu"), row("dua"), row("tiga"))
    (folder / "page.txt").write_text("Empat\n\nJAKARTA - Harga beras naik.\n", encoding="utf-8")
    build_index([folder], tmp_path / "index")
    return folder


def test_line_that_names_no_article_is_told(archive: Path, titles: Titles) -> None:
    """Whoever wrote it believes that an article is gone; a day behind a blank is no column."""
    index = archive.parent / "index"
    down = id_of(index, "satu", titles)
    listed = index / LIST_NAME
    listed.write_text(f"{down} 2024-01-01\n", encoding="utf-8")
    for report in (update_index([archive], index), build_index([archive], index)):
        assert report.rejected == {"takedown": 1}
        assert f"{down} 2024-01-01" in report.rejections_path.read_text(encoding="utf-8")
    listed.write_text(f"# kept\n{down}\n", encoding="utf-8")
    shutil.rmtree(index / "generations")
    assert build_index([archive], index).rejected == {}
    (archive / "a.jsonl").unlink()
    assert build_index([archive], index, allow_shrink=True).rejected == {}  # it is known by now


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
    take_down(index_path, [id_of(index_path, "dua", titles)])
    update_index([], index_path, allow_shrink=True)
    assert roll_back_index(index_path) == RolledBack(3, 1, 1)
    assert sorted(titles(index_path).values()) == ["Empat", "satu", "tiga"]


def test_rollback_without_takedowns_serves_the_generation_itself(archive: Path) -> None:
    """Nothing is written for it."""
    build_index([archive], archive.parent / "index")
    assert roll_back_index(archive.parent / "index") == RolledBack(1, 1)


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


def test_removal_leaves_no_generation_with_the_article(archive: Path, titles: Titles) -> None:
    """Nothing that could be rolled back to has it, nor could another program read it there."""
    index_path = archive.parent / "index"
    build_index([archive], index_path)
    remove(index_path, id_of(index_path, "dua", titles))
    with pytest.raises(NoPreviousGenerationError):
        roll_back_index(index_path)
    assert [path.name for path in (index_path / "generations").iterdir()] == ["3"]


def test_removal_says_why(archive: Path, titles: Titles) -> None:
    """The line has the id, the day and the reason, on one line whatever was typed."""
    index_path = archive.parent / "index"
    remove_articles(index_path, [id_of(index_path, "dua", titles)], "hak jawab,\n\tno. 7")
    (line,) = read_taken_down(index_path)
    assert (line.reason, len(line.day)) == ("hak jawab, no. 7", 10)


@pytest.mark.parametrize("doc_id", ["# x", "#x", " x ", '"x"', "x\ty", "x\ny", "\u2028"])
def test_id_that_looks_like_something_else_is_taken_down(
    tmp_path: Path, served: Served, doc_id: str
) -> None:
    """A comment, a quotation, two columns: its line is that of an id all the same."""
    rows = [{"id": name, **row(f"tentang {n}")} for n, name in enumerate([doc_id, "b"])]
    build_index([write(tmp_path / "a.jsonl", *rows)], tmp_path / "index")
    known = [name for name in served(tmp_path / "index") if name != "b"]
    remove(tmp_path / "index", *known)
    assert [line.doc_id for line in read_taken_down(tmp_path / "index")] == known
    build_index([tmp_path / "a.jsonl"], tmp_path / "index", allow_shrink=True)
    assert served(tmp_path / "index") == ["b"]


def emptied(path: Path) -> None:
    """Empty the list."""
    path.write_bytes(b"")


def zeroed(path: Path) -> None:
    """Leave the list's size and nothing else, as some disks do."""
    path.write_bytes(bytes(path.stat().st_size))


def shortened(path: Path) -> None:
    """Lose the last line."""
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))


def gone(path: Path) -> None:
    """Remove the list."""
    path.unlink()


@pytest.mark.parametrize("damage", [emptied, zeroed, shortened, gone])
def test_list_that_lost_lines_is_refused(
    archive: Path, titles: Titles, damage: Callable[[Path], None]
) -> None:
    """Or a build would bring the articles back without a word; nothing is changed."""
    index_path = archive.parent / "index"
    remove(index_path, *(id_of(index_path, title, titles) for title in ("dua", "tiga")))
    damage(index_path / LIST_NAME)
    for build in (build_index, update_index, preview_build):
        with pytest.raises(TakedownsError, match="cannot be used"):
            build([archive], index_path)
    assert sorted(titles(index_path).values()) == ["Empat", "satu"]
    shutil.copyfile(current_folder(index_path) / LIST_NAME, index_path / LIST_NAME)
    assert build_index([archive], index_path).down_count == 2


def test_list_beside_the_directory_outlives_it(archive: Path, titles: Titles) -> None:
    """It is the one that is read and written, once it is there; two are one too many."""
    index_path = archive.parent / "index"
    beside = archive.parent / f"index.{LIST_NAME}"
    beside.touch()
    remove(index_path, id_of(index_path, "dua", titles))
    assert not (index_path / LIST_NAME).exists()
    shutil.rmtree(index_path)
    assert build_index([archive], index_path).down_count == 1
    (index_path / LIST_NAME).touch()
    with pytest.raises(TakedownsError, match="remove the other"):
        build_index([archive], index_path)


def test_restored_article_comes_back_and_may_go_again(archive: Path, titles: Titles) -> None:
    """The list tells of it; those that went for the same text come back with it."""
    index_path = archive.parent / "index"
    write(archive / "b.jsonl", row("dua", source="Sore"))
    update_index([archive], index_path)
    doc_id = id_of(index_path, "dua", titles)
    remove(index_path, doc_id)
    restored, _ = restore_articles(index_path, [doc_id])
    assert len(restored) == 2
    assert list(titles(index_path).values()).count("dua") == 2
    assert "# restored " in (index_path / LIST_NAME).read_text(encoding="utf-8")
    build_index([archive], index_path)
    remove(index_path, doc_id)
    (index_path / LIST_NAME).unlink()
    with pytest.raises(TakedownsError):
        build_index([archive], index_path)


def test_restoring_what_is_not_on_the_list_changes_nothing(archive: Path) -> None:
    """There is no update for it."""
    assert restore_articles(archive.parent / "index", ["salah"]) == ([], None)


@pytest.mark.parametrize("mark", ["\ufeff", "# catatan\r\n"])
def test_list_that_an_editor_saved_is_read(archive: Path, titles: Titles, mark: str) -> None:
    """With a byte order mark, or the line ends of Windows."""
    index_path = archive.parent / "index"
    doc_id = id_of(index_path, "dua", titles)
    (index_path / "taken_down.txt").write_text(f"{mark}{doc_id}\r\n", encoding="utf-8")
    update_index([archive], index_path, allow_shrink=True)
    assert sorted(titles(index_path).values()) == ["Empat", "satu", "tiga"]


def test_list_that_cannot_be_read_lets_nothing_be_built(archive: Path, titles: Titles) -> None:
    """Or all that it holds would come back."""
    index_path = archive.parent / "index"
    (index_path / "taken_down.txt").write_text("# caf\u00e9\n", encoding="latin-1")
    for build in (build_index, update_index):
        with pytest.raises(TakedownsError, match="it is no text in UTF-8"):
            build([archive], index_path)
    assert len(titles(index_path)) == 4


def test_address_alone_stays_on_the_list(tmp_path: Path, served: Served) -> None:
    """An update completes other lines, and leaves it as it is."""
    url = "https://pagi.example/beras/1"
    archive = write(tmp_path / "a.jsonl", row("satu", id="a", url=url), row("dua", id="b"))
    build_index([archive], tmp_path / "index")
    text = f"lain\t2024-08-28\t{url}\nb\n"
    (tmp_path / "index" / "taken_down.txt").write_text(text, encoding="utf-8")
    write(archive, row("satu", id="a", url=url), row("dua", id="b"), row("tiga", id="c"))
    for _ in range(2):
        update_index([archive], tmp_path / "index", allow_shrink=True)
        assert served(tmp_path / "index") == ["c"]
        build_index([archive], tmp_path / "index")
        assert served(tmp_path / "index") == ["c"]


@pytest.mark.parametrize("is_counted", [False, True])
@pytest.mark.parametrize("is_in_front", [False, True])
def test_takedown_holds_in_a_renamed_file_that_is_not_pruned(
    tmp_path: Path, titles: Titles, *, is_counted: bool, is_in_front: bool
) -> None:
    """The index still holds the file of before, with what was taken down."""
    index_path = tmp_path / "index"
    write_numbered(tmp_path / "a" / "a.jsonl", "satu dua tiga", is_counted=is_counted)
    build_index([tmp_path / "a"], index_path)
    remove(index_path, id_of(index_path, "dua", titles))
    (tmp_path / "a" / "a.jsonl").unlink()
    names = "nol satu dua tiga" if is_in_front else "satu dua tiga"
    write_numbered(tmp_path / "a" / "b.jsonl", names, is_counted=is_counted)
    update_index([tmp_path / "a"], index_path, allow_shrink=True)
    assert set(titles(index_path).values()) - {"nol"} == {"satu", "tiga"}


def write_numbered(path: Path, names: str, *, is_counted: bool = True) -> Path:
    """Write rows without addresses, and number them from 0 on."""
    numbers = (str(n) if is_counted else "" for n, _ in enumerate(names.split()))
    return write(path, *(row(name, id=n) for name, n in zip(names.split(), numbers, strict=False)))


@pytest.mark.parametrize("after", ["nol satu dua tiga empat", "satu tiga empat", "empat dua satu"])
@pytest.mark.parametrize("is_rebuilt", [False, True])
def test_number_of_a_row_is_another_one_s_by_now(
    tmp_path: Path, titles: Titles, after: str, *, is_rebuilt: bool
) -> None:
    """What inherits the number of an article that was taken down is served, now and later on."""
    index_path = tmp_path / "index"
    archive = write_numbered(tmp_path / "a.jsonl", "satu dua tiga empat")
    build_index([archive], index_path)
    remove(index_path, "1")
    write_numbered(archive, after)
    for _ in range(2):
        if is_rebuilt:
            build_index([archive], index_path, allow_shrink=True)
        else:
            update_index([archive], index_path, allow_shrink=True)
        assert set(titles(index_path).values()) == set(after.split()) - {"dua"}
    roll_back_index(index_path)
    assert set(titles(index_path).values()) >= {"satu", "empat"}
    assert "dua" not in titles(index_path).values()


@pytest.mark.parametrize("is_rebuilt", [False, True])
def test_numbered_row_that_was_corrected_stays_away(
    tmp_path: Path, titles: Titles, *, is_rebuilt: bool
) -> None:
    """Its new text was read nowhere before."""
    index_path = tmp_path / "index"
    rows = [row(name, id=n) for n, name in enumerate(("satu", "dua", "tiga"))]
    build_index([write(tmp_path / "a.jsonl", *rows)], index_path)
    remove(index_path, "1")
    rows[1]["body"] = "Harga beras dua di pasar turun."
    write(tmp_path / "a.jsonl", *rows)
    if is_rebuilt:
        build_index([tmp_path / "a.jsonl"], index_path)
    else:
        update_index([tmp_path / "a.jsonl"], index_path)
    assert set(titles(index_path).values()) == {"satu", "tiga"}


def test_rollback_leaves_out_an_older_text_of_a_numbered_row(
    tmp_path: Path, titles: Titles
) -> None:
    """Its number is all that is known of it, and nothing that is served has its text."""
    index_path = tmp_path / "index"
    rows = [row(name, id=n) for n, name in enumerate(("satu", "dua", "tiga"))]
    build_index([write(tmp_path / "a.jsonl", *rows)], index_path)
    rows[1]["body"] = "Harga beras dua di pasar turun."
    write(tmp_path / "a.jsonl", *rows)
    doc_ids = find_removal(index_path, ["1"]).evidence
    build_index([tmp_path / "a.jsonl"], index_path)
    removed = find_removal(index_path, doc_ids).evidence
    take_down(index_path, removed, removed)
    roll_back_index(index_path)
    assert set(titles(index_path).values()) == {"satu", "tiga"}
