"""A column of ids that only counts rows is no id: articles with addresses of their own all stay."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index.generations.generation import open_current
from index.indexer.build import build_index
from index.indexer.counted_ids import counts_rows
from index.indexer.update import update_index

Titles = Callable[[Path], dict[str, str]]


def write(path: Path, ids: Sequence[object], *, url: str = "https://a.example/x/kabar-{}") -> Path:
    """Write a row with a text and an address of its own for each id."""
    name = path.stem
    rows = [
        {
            "id": doc_id,
            "title": f"{name} {n}",
            "body": f"Beras {n}.",
            "url": url.format(name + str(n)),
        }
        for n, doc_id in enumerate(ids)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("ids", "is_count"),
    [
        ("0 1 2 3", True),
        ("1 2 4 5 6", True),
        ("100 101 102", True),
        ("5 4 3 2 1", True),
        ("0 1 2 0 1 2 3", True),
        ("0 0 0", True),
        ("48213 48220 48219 48301", False),
        ("2 4 6 8", False),
        ("7", False),
    ],
)
def test_column_that_counts_is_told_from_one_that_names(ids: str, *, is_count: bool) -> None:
    """With gaps where rows were refused, backwards, put together from several."""
    assert counts_rows(ids.split()) == is_count


@pytest.mark.parametrize("ids", [[0, 1, 2], [0, 1, 0, 1], [0, 0]])
def test_rows_that_are_counted_all_stay(tmp_path: Path, titles: Titles, ids: list[int]) -> None:
    """Known by their addresses; nothing is refused."""
    report = build_index([write(tmp_path / "a.jsonl", ids)], tmp_path / "index")
    assert (report.doc_count, report.rejected) == (len(ids), {})
    assert not set(titles(tmp_path / "index")) & {"0", "1", "2"}


def test_number_leads_to_the_article_that_had_it(tmp_path: Path, titles: Titles) -> None:
    """A row in front moves the numbers, and not the links."""
    archive = write(tmp_path / "a.jsonl", [0, 1, 2])
    build_index([archive], tmp_path / "index")
    title_by_id = titles(tmp_path / "index")
    found = {n: title_by_id[open_current(tmp_path / "index").current_id(n) or ""] for n in "012"}
    assert found == {"0": "a 0", "1": "a 1", "2": "a 2"}


def test_ids_that_name_articles_stay(tmp_path: Path, titles: Titles) -> None:
    """Numbers of a database, with gaps; words; counts without addresses, as there is no other."""
    named = write(tmp_path / "a.jsonl", [48213, 48220, 48219])
    words = write(tmp_path / "b.jsonl", ["x", "y"])
    counted = write(tmp_path / "c.jsonl", [1, 2], url="")
    build_index([named, words, counted], tmp_path / "index")
    assert set(titles(tmp_path / "index")) == {"48213", "48220", "48219", "x", "y", "1", "2"}


def test_number_of_another_file_keeps_no_article_out(tmp_path: Path, titles: Titles) -> None:
    """A file for each day, and one row in some: alone, a number looks like an id."""
    files = [write(tmp_path / f"{day}.jsonl", [0]) for day in ("senin", "selasa")]
    build_index([files[0]], tmp_path / "index")
    report = update_index([files[1]], tmp_path / "index")
    assert report.rejected == {}
    assert set(titles(tmp_path / "index").values()) == {"senin 0", "selasa 0"}
    build_index(files, tmp_path / "again")
    assert set(titles(tmp_path / "again").values()) == {"senin 0", "selasa 0"}


def test_pages_of_two_folders_with_the_same_path_both_stay(tmp_path: Path, titles: Titles) -> None:
    """The id of a page is made of its path below the folder that was named."""
    for name in ("pagi", "sore"):
        (tmp_path / name).mkdir()
        text = f"Kabar {name}\n\nJAKARTA - Harga beras {name} naik.\n"
        (tmp_path / name / "satu.txt").write_text(text, encoding="utf-8")
    report = build_index([tmp_path / "pagi", tmp_path / "sore"], tmp_path / "index")
    assert (report.doc_count, report.rejected) == (2, {})
    assert set(titles(tmp_path / "index").values()) == {"Kabar pagi", "Kabar sore"}


def test_counts_of_two_files_without_addresses_all_stay(tmp_path: Path, titles: Titles) -> None:
    """In the second file the same numbers name other articles, which are known by their texts."""
    files = [write(tmp_path / f"{day}.jsonl", [0, 1, 2], url="") for day in ("senin", "selasa")]
    report = build_index(files, tmp_path / "index")
    assert (report.doc_count, report.rejected) == (6, {})
    before = titles(tmp_path / "index")
    write(files[1], [0, 1, 2, 3], url="")
    update_index(files, tmp_path / "index")
    assert before.items() <= titles(tmp_path / "index").items()
    assert len(titles(tmp_path / "index")) == 7


def test_number_that_names_an_article_is_given_once(tmp_path: Path) -> None:
    """Two texts of one article of a database, without addresses: one of them is refused."""
    archive = write(tmp_path / "a.jsonl", [48213, 48220, 48213], url="")
    report = build_index([archive], tmp_path / "index")
    assert (report.doc_count, report.rejected) == (2, {"duplicate": 1})
