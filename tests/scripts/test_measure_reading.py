"""The measure of reading: what it asks for is reached, and it tells when it is not."""

import json
from pathlib import Path

import pytest

from scripts.measure_reading import LEAST, body_f1, main, measure, shares_of, table_of

PAGES = Path("tests/fixtures/reading")
TEXT = "Garam dipanen lebih awal tahun ini, kata kepala desa kepada wartawan kemarin. " * 3


def test_invented_pages_are_read_as_well_as_asked() -> None:
    """Every field, the text and the refusals, of every kind of file."""
    wrong: list[str] = []
    scores = measure(PAGES, wrong.append)
    assert all(share >= LEAST for score in scores.values() for share in shares_of(score)), wrong
    assert sum(score.article_count for score in scores.values()) >= 40


def test_table_in_the_docs_is_the_measure_of_today() -> None:
    """Whoever changes a reader or a page runs the command again."""
    docs = Path("docs/reading.md").read_text(encoding="utf-8")
    assert "\n".join(table_of(measure(PAGES, lambda _: None))) in docs


def test_what_is_wrong_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong author, a text that is half there, and a page that should have been refused."""
    page = "<h1>Panen Garam</h1><p>Penulis: Ani Lestari</p><article><p>" + TEXT
    truth = {
        "title": "Panen Garam",
        "authors": ["Budi"],
        "body": [TEXT, "Lalu semua dijual ke kota. " * 9],
    }
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps(truth), encoding="utf-8")
    (tmp_path / "b.html").write_text(page, encoding="utf-8")
    (tmp_path / "b.json").write_text('{"refused": "no_article"}', encoding="utf-8")
    assert main([str(tmp_path), "--wrong"]) == 1
    told = capsys.readouterr().out
    assert "a.html: authors is ['Ani Lestari'], in truth ['Budi']" in told
    assert "a.html: F1 of the text is 0." in told
    assert "b.html: refused for no_article was expected" in told


def test_f1_counts_each_word_as_often_as_it_stands() -> None:
    """Nothing in common is 0, all is 1."""
    assert body_f1(["harga beras turun"], "harga beras turun") == 1
    assert body_f1(["harga beras"], "emas naik") == 0
    assert body_f1(["beras beras"], "beras") == pytest.approx(2 / 3)
