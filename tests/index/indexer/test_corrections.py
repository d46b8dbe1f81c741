"""Corrections by hand: they survive builds and updates, and are taken back with their row."""

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.document import Correction, Document
from index.errors import CorrectionError
from index.generations.catalog import Catalog
from index.generations.directory import current_folder
from index.generations.generation import open_current
from index.indexer.build import build_index
from index.indexer.correction_list import add_correction
from index.indexer.corrections import RULES, Corrections, parse_corrections
from index.indexer.preview import preview_update
from index.indexer.report import BuildReport
from index.indexer.rollback import roll_back_index
from index.indexer.update import update_index
from index.schema import from_stored, to_stored

HEAD = "article,field,value,who,when\n"
TITLE = "a,title,Harga beras naik,Ani,2024-08-28\n"
WHOLE = Document(
    doc_id="a",
    title="Judul",
    body="Satu\nSubjudul\nDua",
    subheads=("Subjudul",),
    date=dt.date(2024, 8, 28),
    date_source="inferred",
    date_doubtful=True,
    authors=("Ani", "Budi"),
    tags=("Beras",),
    url="https://pagi.example/beras",
)
VALUES = {"date": "2024-08-29", "url": "https://pagi.example/lain", "body": "Satu\n\n Tiga "}


@pytest.fixture
def index_path(tmp_path: Path) -> Iterator[Path]:
    """Return an index of two articles beside their archive."""
    rows = [
        {
            "id": name,
            "title": f"Hrga {name}",
            "body": f"Naik {name}.",
            "url": f"https://p.id/{name}",
        }
        for name in "ab"
    ]
    (tmp_path / "archive").mkdir()
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "archive" / "rows.jsonl").write_text(text)
    build_index([tmp_path / "archive"], tmp_path / "index")
    return tmp_path / "index"


def correct(index_path: Path, rows: str) -> None:
    """Write the list of corrections."""
    (index_path / "corrections.csv").write_text(HEAD + rows)


def update(index_path: Path) -> BuildReport:
    """Update the index with its archive."""
    return update_index([index_path.parent / "archive"], index_path)


def rebuild(index_path: Path) -> BuildReport:
    """Build the index again from its archive."""
    return build_index([index_path.parent / "archive"], index_path)


def title_of(index_path: Path, doc_id: str = "a") -> str:
    """Return the headline that the index has."""
    document = open_current(index_path).find_document(doc_id)
    return document.title if document else ""


@pytest.mark.parametrize("renew", [update, rebuild], ids=["update", "build"])
@pytest.mark.parametrize("article", ["a", "http://www.p.id/a/"], ids=["id", "address"])
def test_correction_is_applied_and_taken_back(
    index_path: Path, renew: Callable[[Path], BuildReport], article: str
) -> None:
    """By an update that has no file to read, and by a build."""
    correct(index_path, TITLE.replace("a,", f"{article},", 1))
    assert renew(index_path).corrected_count == 1
    assert (title_of(index_path), title_of(index_path, "b")) == ("Harga beras naik", "Hrga b")
    assert renew(index_path).doc_count == 2
    assert title_of(index_path) == "Harga beras naik"
    correct(index_path, "")
    renew(index_path)
    assert title_of(index_path) == "Hrga a"


def test_correction_survives_a_change_of_the_file(index_path: Path) -> None:
    """The other fields are those of the file; without its row, so is the corrected one."""
    correct(index_path, TITLE)
    update(index_path)
    path = index_path.parent / "archive" / "rows.jsonl"
    path.write_text(path.read_text().replace("Hrga a", "Harga").replace("Naik a.", "Turun a."))
    update(index_path)
    document = open_current(index_path).find_document("a")
    assert document
    assert (document.title, document.body) == ("Harga beras naik", "Turun a.")
    correct(index_path, "")
    update(index_path)
    assert title_of(index_path) == "Harga"


def test_article_whose_file_is_gone_is_corrected(index_path: Path) -> None:
    """The index has all that is needed."""
    (index_path.parent / "archive" / "rows.jsonl").unlink()
    correct(index_path, TITLE)
    report = update(index_path)
    assert (report.doc_count, title_of(index_path)) == (2, "Harga beras naik")


def test_preview_counts_corrections(index_path: Path) -> None:
    """As the update would, and it changes nothing."""
    correct(index_path, TITLE)
    preview = preview_update([index_path.parent / "archive"], index_path)
    assert (preview.corrected_count, title_of(index_path)) == (1, "Hrga a")


def test_rollback_serves_what_was_served(index_path: Path) -> None:
    """And the next update corrects it again."""
    correct(index_path, TITLE)
    update(index_path)
    roll_back_index(index_path)
    assert title_of(index_path) == "Hrga a"
    update(index_path)
    assert title_of(index_path) == "Harga beras naik"


def test_rows_that_cannot_be_used_are_told_with_their_line(index_path: Path) -> None:
    """The others are applied; an article that is not there is told, too."""
    rows = f"a,judul,x,Ani,2024-08-28\na,title,x,Ani,kemarin\n{TITLE}nobody,title,x,A,2024-01-01\n"
    correct(index_path, rows + "a,title\na,title,,Ani,2024-08-28\na,date,besok,Ani,2024-08-28\n")
    report = update(index_path)
    told = [json.loads(line) for line in report.rejections_path.read_text().splitlines()]
    assert dict(report.rejected) == {"correction": 6}
    assert {row["line"]: row["detail"].partition(":")[0] for row in told} == {
        2: "judul is no field",
        3: "when has to be a day as YYYY-MM-DD, not 'kemarin'",
        5: "no article of the index has the id or address nobody",
        6: "a row has 5 columns",
        7: "title cannot be empty",
        8: "date has to be a day as YYYY-MM-DD, not 'besok'",
    }
    assert title_of(index_path) == "Harga beras naik"


@pytest.mark.parametrize("damaged", [b"\xff\xfea", HEAD.encode() + b'a,title,"x'])
def test_list_that_cannot_be_read_refuses_the_build(index_path: Path, damaged: bytes) -> None:
    """Without it, all corrections would be undone in silence."""
    correct(index_path, TITLE)
    update(index_path)
    (index_path / "corrections.csv").write_bytes(damaged)
    with pytest.raises(CorrectionError):
        update(index_path)
    assert title_of(index_path) == "Harga beras naik"


@pytest.mark.parametrize("name", RULES)
def test_every_field_is_corrected_and_taken_back(name: str) -> None:
    """Whatever belongs to it comes back, too; and the stored form keeps it."""
    row = Correction(name, VALUES.get(name, "Dua; Tiga"), "Ani", "2024-08-28")
    corrected = Corrections({"a": {name: row}}).apply(WHOLE)
    assert getattr(corrected, name) != getattr(WHOLE, name)
    stored = from_stored(to_stored(corrected))
    assert stored == corrected
    assert Corrections().apply(stored) == WHOLE


def test_stored_form_with_half_a_character_keeps_corrections() -> None:
    """A text that the compiled encoder refuses."""
    row = Correction("title", "Judul", "Ani", "2024-08-28", ("\ud800",))
    document = Document(doc_id="a", title="Judul", body="\ud800", corrections=(row,))
    assert from_stored(to_stored(document)) == document


def test_invisible_characters_of_a_list_are_left_out() -> None:
    """As of articles: orders to a terminal, letters that turn the line; they are no headline."""
    text = (
        "a,title,\x1b[31mHarga \u202eberas\x07,A\x1bni,2024-08-28\na,title,\u200b,Ani,2024-08-28\n"
    )
    found = parse_corrections(text, Path("corrections.csv"))
    row = found.rows["a"]["title"]
    assert (row.value, row.who) == ("[31mHarga beras", "Ani")
    assert [each.detail for each in found.refused] == ["title cannot be empty"]


def test_last_row_of_a_field_counts_and_an_id_goes_before_an_address() -> None:
    """So a correction can be corrected."""
    text = (
        "a,title,Satu,A,2024-01-01\na,title,Dua,A,2024-01-02\n"
        "https://pagi.example/beras,title,Tiga,A,2024-01-03\n"
        '"https://pagi.example/beras",source,"Pagi, Siang",A,2024-01-03\n'
    )
    corrected = parse_corrections(text, Path("c.csv")).apply(WHOLE)
    assert (corrected.title, corrected.source) == ("Dua", "Pagi, Siang")


@pytest.mark.parametrize("renew", [update, rebuild], ids=["update", "build"])
@pytest.mark.parametrize("left", [b"", b"\n", b"\0" * 99, None], ids=str)
def test_list_that_has_gone_undoes_nothing(
    index_path: Path, renew: Callable[[Path], BuildReport], left: bytes | None
) -> None:
    """Emptied, zeroed by a disk, or deleted; the line of columns alone says that it is meant."""
    correct(index_path, TITLE)
    update(index_path)
    (index_path / "corrections.csv").unlink()
    if left is not None:
        (index_path / "corrections.csv").write_bytes(left)
    with pytest.raises(CorrectionError):
        renew(index_path)
    assert title_of(index_path) == "Harga beras naik"
    correct(index_path, "")
    renew(index_path)
    assert title_of(index_path) == "Hrga a"


def test_list_beside_the_directory_outlives_it(index_path: Path) -> None:
    """It is read and written there; a second one in the directory is refused."""
    beside = index_path.with_name("index.corrections.csv")
    beside.write_text(HEAD + TITLE)
    shutil.rmtree(index_path)
    rebuild(index_path)
    assert title_of(index_path) == "Harga beras naik"
    row = Correction(field="title", value="Harga gula", who="Ani", when="2024-08-29")
    with Catalog.opened(current_folder(index_path)) as catalog:
        add_correction(index_path, "a", row, catalog)
    assert "Harga gula" in beside.read_text()
    update(index_path)
    assert title_of(index_path) == "Harga gula"
    correct(index_path, TITLE)
    with pytest.raises(CorrectionError, match="one more list"):
        update(index_path)
