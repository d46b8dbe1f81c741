"""Former ids: links that were right once lead to the article, also those of an older version."""

import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import SchemaMismatchError
from index.generations.generation import open_current
from index.indexer.build import build_index
from index.indexer.update import update_index
from tests.index.taking_down import read_taken_down

STORED = Path(__file__).parents[2] / "fixtures" / "indexes" / "schema-4.tar.xz"
"""An archive, and the index that version 4 of the schema made of it: rows without ids, rows with a
column that counts, a page; one row was taken down. Its list has the id alone."""
FORMER = {
    "e543522a1d12b883": "Jembatan Gantung Dibuka",
    "435e42a3042f034f": "Panen Lada Tertunda",
    "0": "Feri Baru Berlayar",
    "1": "Sekolah Apung Berdiri",
    "2": "Garam Mulai Dipanen",
    "26893f1453ae3d9b": "Pasar Turi Ramai Lagi",
}
"""The ids of that index."""
TAKEN_DOWN = "135832e872e37816"

Titles = Callable[[Path], dict[str, str]]


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """Return the folder of the archive and of the index of before."""
    with tarfile.open(STORED) as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path


def put_in_front(folder: Path) -> None:
    """Put a row in front of the rows without ids."""
    path = folder / "arsip" / "warta.jsonl"
    row = {"title": "Kabar Baru", "body": "Beras baru datang.", "date": "2024-03-10"}
    path.write_text(f"{json.dumps(row)}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")


def led_to(index_path: Path, titles: Titles) -> dict[str, str]:
    """Return the headline to which each id of before leads."""
    generation, title_by_id = open_current(index_path), titles(index_path)
    return {i: title_by_id[generation.current_id(i) or ""] for i in FORMER}


def test_update_of_the_index_of_before_says_what_to_do(before: Path) -> None:
    """Its catalogue has another form; the sentence has the command that builds it again."""
    with pytest.raises(SchemaMismatchError, match=r"another version .*scripts/reindex\.py PATH"):
        update_index([before / "arsip"], before / "index")


@pytest.mark.parametrize("is_grown", [False, True])
def test_ids_of_an_older_version_lead_to_their_articles(
    before: Path, titles: Titles, *, is_grown: bool
) -> None:
    """A row that was put in front before the upgrade does not shift them."""
    if is_grown:
        put_in_front(before)
    build_index([before / "arsip"], before / "index")
    assert led_to(before / "index", titles) == FORMER


def test_former_ids_are_carried_on(before: Path, titles: Titles) -> None:
    """By updates and builds, when rows are put in front after the upgrade."""
    build_index([before / "arsip"], before / "index")
    put_in_front(before)
    update_index([before / "arsip"], before / "index")
    assert led_to(before / "index", titles) == FORMER
    build_index([before / "arsip"], before / "index")
    assert led_to(before / "index", titles) == FORMER


def test_former_ids_need_no_index_of_before(before: Path, titles: Titles) -> None:
    """The files tell which ids an older version would have given."""
    build_index([before / "arsip"], before / "anew")
    assert led_to(before / "anew", titles) == FORMER


@pytest.mark.parametrize("index_name", ["index", "anew"])
@pytest.mark.parametrize("is_grown", [False, True])
def test_article_on_a_list_of_before_stays_away(
    before: Path, titles: Titles, index_name: str, *, is_grown: bool
) -> None:
    """The list has an id of its file and row; the first build writes down what it means."""
    if index_name == "anew":
        (before / "anew").mkdir()
        (before / "index" / "taken_down.txt").rename(before / "anew" / "taken_down.txt")
    elif is_grown:
        put_in_front(before)
    build_index([before / "arsip"], before / index_name)
    put_in_front(before)
    update_index([before / "arsip"], before / index_name)
    build_index([before / "arsip"], before / index_name)
    shown = set(titles(before / index_name).values())
    assert shown == {*FORMER.values(), "Kabar Baru"}
    (line,) = read_taken_down(before / index_name)
    assert line.doc_id == TAKEN_DOWN
    assert line.evidence.text


def test_link_to_a_renamed_page_leads_on(tmp_path: Path, titles: Titles) -> None:
    """The id was made of its path."""
    page = tmp_path / "arsip" / "lama.txt"
    page.parent.mkdir()
    page.write_text("Satu\n\nJAKARTA - Harga beras naik.\n", encoding="utf-8")
    build_index([page.parent], tmp_path / "index")
    (doc_id,) = titles(tmp_path / "index")
    page.rename(page.with_name("baru.txt"))
    update_index([page.parent], tmp_path / "index", prune=True, allow_shrink=True)
    (new_id,) = titles(tmp_path / "index")
    assert new_id != doc_id
    assert open_current(tmp_path / "index").current_id(doc_id) == new_id


def test_index_of_before_that_cannot_be_read_is_no_hindrance(before: Path, titles: Titles) -> None:
    """The files tell as much as they can."""
    (before / "index" / "generations" / "2" / "catalog.sqlite").write_bytes(b"rusak")
    build_index([before / "arsip"], before / "index", allow_shrink=True)
    assert led_to(before / "index", titles) == FORMER
