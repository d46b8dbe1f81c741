"""The measure of reading: what it asks for is reached, and it tells when it is not."""

import gzip
import importlib
import json
from pathlib import Path
from typing import Any

import pytest

from index.document import Document

SCRIPTS = Path(__file__).parents[2] / "scripts"
PAGES = Path("tests/fixtures/reading")
TEXT = "Garam dipanen lebih awal tahun ini, kata kepala desa kepada wartawan kemarin. " * 3
PAGE = "<h1>Panen Garam</h1><p>Penulis: Ani Lestari</p><article><p>" + TEXT
TABLE = f"judul;isi;penulis\nPanen Garam;{TEXT};Ani Lestari\nPasar Ikan;{TEXT}{TEXT};Budi\n"


@pytest.fixture(autouse=True)
def _scripts_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))


def part(name: str) -> Any:
    """Return the command, or a module of its parts."""
    return importlib.import_module(name)


def measured() -> Any:
    """Return the figures of the invented pages, and what is wrong in them."""
    return part("measure_reading").measure(part("reading.truths").find_cases(PAGES))


def wrong_fields(folder: Path) -> list[tuple[str, str]]:
    """Return the file and the field of all that is wrong in a folder."""
    _, wrong = part("measure_reading").measure(part("reading.truths").find_cases(folder))
    return [(each["file"], each["field"]) for each in wrong]


def put(folder: Path, **files: object) -> Path:
    """Write files; a `__` in a name is a dot, and what is no text is written as JSON."""
    for name, told in files.items():
        path = folder / name.replace("__", ".")
        path.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    return folder


def test_invented_pages_are_read_as_well_as_asked() -> None:
    """Every field, the text and the refusals, of every kind of file."""
    figures, wrong = measured()
    least = part("reading.judging").LEAST
    assert all(figures.share(kind) >= least for kind in figures.judgments), wrong
    assert sum(figures.article_counts.values()) >= 40


def test_table_in_the_docs_is_the_measure_of_today() -> None:
    """Whoever changes a reader or a page runs the command again."""
    figures, _ = measured()
    docs = Path("docs/reading.md").read_text(encoding="utf-8")
    assert "\n".join(part("reading.figures").table_by_kind(figures)) in docs


def test_what_is_wrong_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong author, a text that is half there, and a page that should have been refused."""
    body = [TEXT, "Lalu semua dijual ke kota. " * 9]
    truth = {"title": "Panen Garam", "authors": ["Budi"], "body": body}
    put(tmp_path, a__html=PAGE, a__json=truth, b__html=PAGE, b__json={"refused": "no_article"})
    assert part("measure_reading").main([str(tmp_path), "--wrong"]) == 1
    told = capsys.readouterr().out
    assert "a.html: authors: ['Budi'] expected, ['Ani Lestari']" in told
    assert "a.html: F1 of the text is 0." in told
    assert "b.html: refused: 'no_article' expected, 'an article: Panen Garam'" in told


def test_figures_are_printed_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For a program that compares two versions."""
    put(tmp_path, a__html=PAGE, a__truth__json={"title": "Panen Garam", "tags": ["garam"]})
    assert part("measure_reading").main([str(tmp_path), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["share"] == 0.5
    assert told["groups"]["pages (HTML)"]["fields"]["tags"] == {"right": 0, "of": 1}
    assert told["wrong"][0]["field"] == "tags"


def test_pages_of_a_listing_are_judged_by_their_first_and_last_words(tmp_path: Path) -> None:
    """Quotes, full stops and a word cut in half do not count; what was to be kept out does."""
    told = {"starts": "Garam dipanen lebih aw", "ends": "wartawan kemarin", "keep_out": ["desa"]}
    listing = [{"file": "a.html.gz", **told}, {"file": "b.html", "refused": True}]
    put(tmp_path, truth_pages__json=listing, b__html="<title>Situs</title>")
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    assert wrong_fields(tmp_path) == [("a.html.gz", "keep_out")]


def test_rows_of_a_listing_are_found_by_their_titles(tmp_path: Path) -> None:
    """And all rows are counted."""
    rows = [
        {"match_title": "Pasar Ikan", "authors": ["Budi"], "has": "kepala desa"},
        {"match_title": "Panen Padi", "authors": []},
    ]
    listing = [{"file": "a.csv", "rows": 3, "rows_truth": rows}]
    put(tmp_path, truth_rows__json=listing, a__csv=TABLE)
    assert wrong_fields(tmp_path) == [("a.csv", "authors"), ("a.csv", "rows")]


def test_folder_with_a_truth_is_read_as_one(tmp_path: Path) -> None:
    """Its files may get in each other's way."""
    (tmp_path / "musim").mkdir()
    put(tmp_path / "musim", a__csv=TABLE)
    put(tmp_path, musim__truth__json=[{"title": "Pasar Ikan"}, {"title": "Panen Garam"}])
    assert wrong_fields(tmp_path) == []
    put(tmp_path, musim__truth__json=[{"title": "Pasar Ikan"}])
    assert wrong_fields(tmp_path) == [("musim", "rows")]


def test_data_of_the_same_name_is_no_truth(tmp_path: Path) -> None:
    """A scraper that wrote a.csv and a.json."""
    put(tmp_path, a__csv=TABLE, a__json=[{"title": "Panen Garam", "isi": TEXT}])
    assert wrong_fields(tmp_path) == []
    assert list(part("reading.truths").find_cases(tmp_path)) == []


def test_date_that_is_none_is_a_truth() -> None:
    """An article without a date is right without one, and wrong with one."""
    judge = part("reading.judging").judge
    document = Document(doc_id="a", title="Panen", body="Garam.")
    assert [each.is_right for each in judge({"date": None}, document)] == [True]
    assert [each.is_right for each in judge({"date": "2024-01-02"}, document)] == [False]


def test_f1_counts_each_word_as_often_as_it_stands() -> None:
    """Nothing in common is 0, all is 1."""
    body_f1 = part("reading.judging").body_f1
    assert body_f1(["harga beras"], "harga beras") == 1
    assert body_f1(["harga beras"], "emas naik") == 0
    assert body_f1(["beras beras"], "beras") == pytest.approx(2 / 3)
