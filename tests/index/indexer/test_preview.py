"""A preview counts what the build then reports, for builds and for updates, and writes nothing."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.document import Rejection
from index.errors import IndexMissingError, PathError
from index.indexer.build import build_index
from index.indexer.preview import preview_build, preview_update
from index.indexer.report import BuildPreview, BuildReport
from index.indexer.update import update_index
from index.ingest import ReadOptions
from tests.index.taking_down import take_down

SAMPLES = Path(__file__).parents[3] / "samples"
OPTIONS = ReadOptions()

Row = dict[str, Any]
Snapshot = Callable[[Path], dict[str, bytes]]
STORY = " ".join(f"kata{number}" for number in range(60))


def story(doc_id: str, **changes: Any) -> Row:
    """Return a row: an article of the same story in an outlet of its own."""
    head = {"id": doc_id, "title": f"Kabar {doc_id}", "source": f"koran {doc_id}"}
    return {**head, "body": f"{STORY} akhir {doc_id}", "date": "2024-08-28", **changes}


def with_boilerplate(count: int) -> list[Row]:
    """Return articles of one outlet that end with the same line."""
    line = "Warga menunggu kabar berikutnya di balai kota."
    return [
        {"id": f"n{n}", "title": chr(97 + n) * 8, "body": f"Isi {n}.\n{line}", "source": "koran"}
        for n in range(count)
    ]


ARCHIVES = {
    "plain": [story("a"), {"id": "b", "title": "Lain", "body": "Harga gula."}],
    "same id": [story("a"), story("a", title="Lain", body="Teks yang lain.")],
    "same text": [story("a"), story("b", title="Kabar a", body=f"{STORY} akhir a")],
    "same story": [story("a"), {**story("a"), "id": "b"}],
    "same address": [story(i, body=f"Teks {i}.", url="https://a.example/1") for i in "ab"],
    "near duplicates": [story("a"), story("b"), story("c")],
    "refused": [story("a"), {"title": "Tanpa isi"}, {"id": "x"}, story("b")],
    "repeated lines": with_boilerplate(21),
    "spellings": [
        {"id": f"{n}", "title": f"Judul {n}", "body": f"Isi {n}.", "tags": [tag]}
        for n, tag in enumerate(["Pilkada 2024", "#pilkada2024", "pilkada 2024"])
    ],
    "no date": [story("a", date=""), story("b", date="entah kapan")],
    "nothing": [{"title": "Tanpa isi"}],
}


def write(folder: Path, name: str, rows: list[Row], time: int = 1) -> Path:
    """Write a file of rows into a folder, changed at that time."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    os.utime(path, ns=(time, time))
    return path


def counts_of(report: BuildPreview) -> dict[str, Any]:
    """Return what a preview and a report have in common."""
    return {name: getattr(report, name) for name in BuildPreview.__slots__}


def assert_same(preview: BuildPreview, listed: list[Rejection], report: BuildReport) -> None:
    """Assert that a report has the counts of a preview, and its list the same articles."""
    assert counts_of(preview) == counts_of(report)
    rows = [json.loads(line) for line in report.rejections_path.read_text().splitlines()]
    assert [(row["path"], row["line"], row["reason"], row["detail"]) for row in rows] == [
        (each.path, each.line, each.reason, each.detail) for each in listed
    ]


@pytest.mark.parametrize("name", [name for name in ARCHIVES if name != "nothing"])
def test_preview_counts_what_a_build_reports(tmp_path: Path, name: str) -> None:
    """With copies, near duplicates, refused rows and lines that are cut."""
    listed: list[Rejection] = []
    archive = write(tmp_path / "archive", "a.jsonl", ARCHIVES[name])
    preview = preview_build([archive], tmp_path / "index", OPTIONS, listed.append)
    assert_same(preview, listed, build_index([archive], tmp_path / "index", OPTIONS))


@pytest.mark.parametrize(
    ("name", "count", "what"),
    [
        ("plain", 2, {"added": 2}),
        ("same id", 1, {"rejected": {"duplicate": 1}}),
        ("same text", 2, {"copy_count": 0, "near_duplicate_count": 1, "rejected": {}}),
        ("same story", 1, {"copy_count": 1, "rejected": {}}),
        ("same address", 1, {"copy_count": 1}),
        ("near duplicates", 3, {"near_duplicate_count": 2}),
        ("refused", 2, {"rejected": {"no_body": 1, "no_title": 1}}),
        ("repeated lines", 21, {"cut": {"repeated": 21}}),
        ("no date", 2, {"undated_count": 2, "noted_count": 1}),
        ("nothing", 0, {"rejected": {"no_body": 1}}),
    ],
)
def test_preview_counts_each_fate(
    tmp_path: Path, name: str, count: int, what: dict[str, Any]
) -> None:
    """So that the counts are not merely equal, but right; and no index is made."""
    archive = write(tmp_path / "archive", "a.jsonl", ARCHIVES[name])
    preview = preview_build([archive], tmp_path / "index")
    assert preview.doc_count == count
    assert {key: getattr(preview, key) for key in what} == what
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_columns_that_are_not_known_are_told_once_a_file(tmp_path: Path) -> None:
    """Each row is counted and listed; what is kept aside and unknown dates are no notes."""
    (tmp_path / "a.csv").write_text("judul,Uraian\nA,x\nB,y\n")
    (tmp_path / "b.csv").write_text(f"judul,isi,kapan,lain\nC,x,lusa,{'z' * 2000}\nD,y,lusa,z\n")
    told: list[Rejection] = []
    preview = preview_build([tmp_path], tmp_path / "index", on_rejection=told.append)
    assert preview.rejected == {"no_column": 2}
    assert [rejection.line for rejection in told] == [2]
    assert (preview.read_items, preview.undated_count, preview.noted_count) == (4, 2, 0)
    assert list(preview.unknown_dates.values()) == [2]
    assert "kapan, lain; if one is: --map COLUMN=date" in next(iter(preview.unknown_dates))


def test_preview_of_the_samples_counts_what_their_build_reports(tmp_path: Path) -> None:
    """Every kind of file that Kliping reads."""
    preview = preview_build([SAMPLES], tmp_path / "index")
    assert preview.doc_count > 0
    assert counts_of(preview) == counts_of(build_index([SAMPLES], tmp_path / "index"))


def test_preview_of_a_build_leaves_out_what_was_taken_down(tmp_path: Path) -> None:
    """The list is that of the index directory."""
    archive = write(tmp_path / "archive", "a.jsonl", ARCHIVES["near duplicates"])
    build_index([archive], tmp_path / "index")
    take_down(tmp_path / "index", ["a"])
    preview = preview_build([archive], tmp_path / "index")
    assert (preview.doc_count, preview.down_count) == (2, 1)
    report = build_index([archive], tmp_path / "index", allow_shrink=True)
    assert counts_of(preview) == counts_of(report)


@pytest.mark.parametrize("name", ARCHIVES)
@pytest.mark.parametrize("prune", [False, True])
def test_preview_counts_what_an_update_reports(tmp_path: Path, name: str, *, prune: bool) -> None:
    """A file that changed, one that is gone, a new one, an article that was taken down."""
    folder, index_path, listed = tmp_path / "archive", tmp_path / "index", list[Rejection]()
    write(folder, "a.jsonl", [story("a"), story("p"), story("q", body="Harga cabai.")])
    write(folder, "b.jsonl", [story("r"), story("s", body=f"{STORY} akhir p", title="Kabar p")])
    gone = write(folder, "c.jsonl", [story("t", body="Harga garam."), story("u")])
    build_index([folder], index_path)
    gone.unlink()
    write(folder, "a.jsonl", [story("q", body="Harga cabai naik."), story("r2")], time=2)
    write(folder, "new.jsonl", ARCHIVES[name])
    take_down(index_path, ["r"])
    preview = preview_update([folder], index_path, OPTIONS, listed.append, prune=prune)
    report = update_index([folder], index_path, OPTIONS, prune=prune, allow_shrink=True)
    assert_same(preview, listed, report)
    assert report.dropped
    assert report.gone_count == (0 if prune else 1)


def test_preview_of_an_update_writes_nothing(tmp_path: Path, snapshot: Snapshot) -> None:
    """Neither into the index directory nor beside the articles."""
    folder, index_path = tmp_path / "archive", tmp_path / "index"
    write(folder, "a.jsonl", ARCHIVES["plain"])
    build_index([folder], index_path)
    write(folder, "b.jsonl", ARCHIVES["refused"])
    before = snapshot(tmp_path)
    assert preview_update([folder], index_path).read_count == 1
    assert snapshot(tmp_path) == before


def test_preview_that_cannot_begin_says_why(tmp_path: Path) -> None:
    """As the build or the update would."""
    with pytest.raises(PathError):
        preview_build([tmp_path / "none"], tmp_path / "index")
    with pytest.raises(IndexMissingError):
        preview_update([tmp_path], tmp_path / "index")
