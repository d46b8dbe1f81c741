"""Pages of one long article become one text where that is certain, and stay apart elsewhere."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.generations.generation import open_current
from index.indexer.build import build_index
from index.indexer.preview import preview_update
from index.indexer.removal import remove_articles
from index.indexer.report import BuildPreview
from index.indexer.update import update_index
from index.schema import from_stored

Titles = Callable[[Path], dict[str, str]]
BASE = "https://pagi.example/kisah"


def row(url: str, text: str, title: str = "Kisah Garam", **changes: Any) -> dict[str, Any]:
    """Return a row."""
    return {"title": title, "body": f"Beras {text}.", "url": url, "date": "2024-08-28", **changes}


def write(path: Path, *rows: dict[str, Any]) -> Path:
    """Write rows into a file."""
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    return path


def texts(index_path: Path) -> list[str]:
    """Return the texts of an index, sorted."""
    generation = open_current(index_path)
    with generation.whoosh.searcher() as searcher:
        rows = [from_stored(stored["document"]) for stored in searcher.documents()]
    return sorted(row.body for row in rows)


@pytest.mark.parametrize(
    "pages",
    [
        (BASE, f"{BASE}?page=2", f"{BASE}?page=3"),
        (f"{BASE}?page=1", f"{BASE}?page=2", f"{BASE}?page=3"),
        (f"{BASE}.html", f"{BASE}_2.html", f"{BASE}_3.html"),
        (f"{BASE}.html", f"{BASE}_2.html?page=2", f"{BASE}_3.html?page=3"),
        (f"{BASE}/", f"{BASE}/2", f"{BASE}/3/"),
        (f"{BASE}?id=7", f"{BASE}?id=7&halaman=2", f"{BASE}?halaman=3&id=7&utm_source=wa"),
    ],
)
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_pages_become_one_text(tmp_path: Path, pages: tuple[str, ...], order: Any) -> None:
    """In the order of their numbers, whatever the order of the rows."""
    rows = [row(url, word) for url, word in zip(pages, ("satu", "dua", "tiga"), strict=True)]
    archive = write(tmp_path / "a.jsonl", *(rows[number] for number in order))
    report = build_index([archive], tmp_path / "index")
    assert texts(tmp_path / "index") == ["Beras satu.\nBeras dua.\nBeras tiga."]
    assert (report.page_count, report.copy_count, report.rejected) == (2, 0, {})


def test_number_in_the_headline_is_no_other_headline(tmp_path: Path) -> None:
    """Where it is that of a page."""
    second = row(f"{BASE}?page=2", "dua", "Kisah Garam - Halaman 2")
    build_index([write(tmp_path / "a.jsonl", row(BASE, "satu"), second)], tmp_path / "index")
    assert texts(tmp_path / "index") == ["Beras satu.\nBeras dua."]


@pytest.mark.parametrize(
    "other",
    [
        row(f"{BASE}?page=3", "tiga"),
        row(f"{BASE}?page=2", "dua", "Kisah Lada"),
        row(f"{BASE}?page=2", "dua", source="Sore"),
        row(f"{BASE}?page=banjir", "dua"),
        row(f"{BASE}?page_id=2", "dua"),
        row(f"{BASE}-2", "dua"),
        row("https://sore.example/kisah?page=2", "dua", source="pagi.example"),
    ],
)
def test_what_is_not_certain_stays_apart(tmp_path: Path, other: dict[str, Any]) -> None:
    """A gap, another headline, another outlet, another address, no number: nothing is lost."""
    report = build_index(
        [write(tmp_path / "a.jsonl", row(BASE, "satu"), other)], tmp_path / "index"
    )
    assert (report.doc_count, report.page_count) == (2, 0)


def test_whole_article_stands_for_its_pages(tmp_path: Path) -> None:
    """Its text is not there twice; a page "all" that is shorter is a page of its own kind."""
    rows = [row(BASE, "satu"), row(f"{BASE}?page=2", "dua")]
    whole = row(f"{BASE}?page=all", "satu.\nBeras dua")
    archive = write(tmp_path / "a.jsonl", *rows, whole)
    build_index([archive], tmp_path / "index")
    assert texts(tmp_path / "index") == ["Beras satu.\nBeras dua."]
    write(archive, *rows, row(f"{BASE}?page=all", "x"))
    build_index([archive], tmp_path / "index")
    assert texts(tmp_path / "index") == ["Beras satu.\nBeras dua.", "Beras x."]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_whole_article_at_the_address_of_its_first_page_is_not_doubled(
    tmp_path: Path, order: Any
) -> None:
    """Its further pages bring nothing new; a page that does is put behind it."""
    rows = [row(BASE, "satu.\nBeras dua"), row(f"{BASE}?page=2", "dua")]
    archive = write(tmp_path / "a.jsonl", *(rows[number] for number in order))
    build_index([archive], tmp_path / "index")
    assert texts(tmp_path / "index") == ["Beras satu.\nBeras dua."]
    write(archive, *rows, row(f"{BASE}?page=3", "dua.\nBeras tiga"))
    build_index([archive], tmp_path / "index")
    assert texts(tmp_path / "index") == ["Beras satu.\nBeras dua.\nBeras dua.\nBeras tiga."]


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0)])
def test_longest_article_at_the_address_of_the_first_page_is_kept(
    tmp_path: Path, order: Any
) -> None:
    """It is the whole, and no word of a page that was not saved is lost with it."""
    whole = row(BASE, "satu.\nBeras dua.\nBeras tiga")
    rows = [whole, row(BASE, "satu"), row(f"{BASE}?page=2", "dua")]
    archive = write(tmp_path / "a.jsonl", *(rows[number] for number in order))
    report = build_index([archive], tmp_path / "index")
    assert texts(tmp_path / "index") == ["Beras satu.\nBeras dua.\nBeras tiga."]
    assert (report.doc_count, report.page_count) == (1, 1)


def test_link_to_a_page_leads_to_the_article(tmp_path: Path, titles: Titles) -> None:
    """Its id was an article's own, and is known as that of a copy."""
    second = write(tmp_path / "b.jsonl", row(f"{BASE}?page=2", "dua"))
    build_index([second], tmp_path / "index")
    (old_id,) = titles(tmp_path / "index")
    first = write(tmp_path / "a.jsonl", row(BASE, "satu"))
    update_index([first], tmp_path / "index")
    (doc_id,) = titles(tmp_path / "index")
    assert open_current(tmp_path / "index").current_id(old_id) == doc_id


def test_article_taken_down_stays_away_with_its_pages(tmp_path: Path, titles: Titles) -> None:
    """Also when the file of the first page is gone."""
    first = write(tmp_path / "arsip" / "a.jsonl", row(BASE, "satu"), row("", "lain", "Lain"))
    write(tmp_path / "arsip" / "b.jsonl", row(f"{BASE}?page=2", "dua"))
    build_index([first.parent], tmp_path / "index")
    doc_id = next(i for i, title in titles(tmp_path / "index").items() if title == "Kisah Garam")
    remove_articles(tmp_path / "index", [doc_id])
    assert texts(tmp_path / "index") == ["Beras lain."]
    write(first, row("", "lain", "Lain"))
    update_index([first.parent], tmp_path / "index", allow_shrink=True)
    assert texts(tmp_path / "index") == ["Beras lain."]
    build_index([first.parent], tmp_path / "index", allow_shrink=True)
    assert texts(tmp_path / "index") == ["Beras lain."]


ONE, TWO, THREE = row(BASE, "satu"), row(f"{BASE}?page=2", "dua"), row(f"{BASE}?page=3", "tiga")
ALL = row(f"{BASE}?page=all", "satu.\nBeras dua.\nBeras tiga")
WHOLE = ALL | {"url": BASE}
CHANGED = row(f"{BASE}?page=2", "dua lagi")
HISTORIES = [
    [{"a": [ONE]}, {"b": [TWO]}, {"c": [THREE]}],
    [{"a": [ONE], "c": [THREE]}, {"b": [TWO]}, {"b": [CHANGED]}],
    [{"b": [TWO], "c": [THREE]}, {"a": [ONE]}, {"a": []}],
    [{"a": [ONE], "b": [TWO], "c": [THREE]}, {"b": []}, {"b": [TWO]}],
    [{"a": [ONE, TWO, THREE]}, {"d": [ALL]}, {"d": []}],
    [{"a": [ONE, TWO, THREE]}, {"a": [ONE, TWO, THREE]}, {"a": [THREE]}],
    [{"a": [ONE], "b": [TWO]}, {"d": [WHOLE]}, {"d": []}],
    [{"d": [WHOLE]}, {"a": [ONE], "b": [TWO]}, {"d": []}],
]
"""What files are written with, step by step; a file without rows is removed."""


@pytest.mark.parametrize("history", HISTORIES)
def test_updated_index_holds_what_a_rebuilt_one_holds(
    tmp_path: Path, history: list[dict[str, list[dict[str, Any]]]]
) -> None:
    """After each step; and its preview tells so."""
    folder, index_path = tmp_path / "arsip", tmp_path / "index"
    write(folder / "z.jsonl", row("", "lain", "Lain"))
    for step, files in enumerate(history):
        for name, rows in files.items():
            path = write(folder / f"{name}.jsonl", *rows)
            if not rows:
                path.unlink()
        if not step:
            build_index([folder], index_path)
            continue
        preview = preview_update([folder], index_path, prune=True)
        report = update_index([folder], index_path, prune=True, allow_shrink=True)
        assert all(getattr(report, n) == getattr(preview, n) for n in BuildPreview.__slots__)
        build_index([folder], tmp_path / "rebuilt", allow_shrink=True)
        assert texts(index_path) == texts(tmp_path / "rebuilt"), step


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_saved_pages_that_state_the_first_address_are_joined(tmp_path: Path, order: Any) -> None:
    """No word of a further page is lost, although its address is stated as that of the first."""
    archive = tmp_path / "archive"
    archive.mkdir()
    for position, number in enumerate(order):
        end = "" if number == 1 else f" Halaman {number}"
        text = f"<p>Panen garam di Sampang membaik sejak hujan berhenti pada pekan ke-{number}.</p>"
        head = f"<title>Kisah Garam{end} - Pagi</title><link rel=canonical href='{BASE}'>"
        page = f"{head}<h1>Kisah Garam</h1><div>{text}</div>"
        (archive / f"{position}.html").write_text(page, encoding="utf-8")
    build_index([archive], tmp_path / "index")
    (text,) = texts(tmp_path / "index")
    assert [line[-2:] for line in text.split("\n")] == ["1.", "2."]
