"""Coverage: what the archive has of each outlet, counted as one would by hand."""

import datetime as dt
import json
from collections import Counter
from pathlib import Path

import pytest

from index.corpus.coverage import GAP_DAYS, GAPS_MOST, Coverage, OutletCoverage
from index.generations.generation import open_current
from index.indexer.build import build_index
from index.indexer.report import BuildReport
from index.indexer.update import update_index


def write(path: Path, rows: list[tuple[str, str]]) -> None:
    """Write articles of outlets on days."""
    raw = [
        {
            "id": f"{path.stem}{number}",
            "title": f"Panen {number}",
            "body": f"Padi {path.stem} {number}.",
            "source": source,
            "date": day,
        }
        for number, (source, day) in enumerate(rows)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in raw))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return an empty folder."""
    folder = tmp_path / "archive"
    folder.mkdir()
    return folder


def coverage_of(archive: Path) -> Coverage:
    """Return the coverage of the index beside an archive."""
    return open_current(archive.parent / "index").coverage


def build(archive: Path) -> BuildReport:
    """Build the index beside an archive."""
    return build_index([archive], archive.parent / "index")


def test_outlets_have_their_days_years_and_gaps(archive: Path) -> None:
    """The largest first; articles without an outlet or a date are counted, too."""
    pagi = ["2023-12-31", "2024-02-29", "2024-02-29", "2024-03-30", ""]
    write(
        archive / "a.jsonl", [("Pagi", day) for day in pagi] + [("Siang", ""), ("", "2022-05-05")]
    )
    build(archive)
    coverage = coverage_of(archive)
    assert coverage.outlets == (
        OutletCoverage(
            name="Pagi",
            article_count=5,
            undated_count=1,
            first="2023-12-31",
            last="2024-03-30",
            years={2023: 1, 2024: 3},
            gaps=(("2024-01-01", "2024-02-28"),),  # to 30 March there are only 29 days
            gap_count=1,
        ),
        OutletCoverage(
            name="", article_count=1, first="2022-05-05", last="2022-05-05", years={2022: 1}
        ),
        OutletCoverage(name="Siang", article_count=1, undated_count=1),
    )
    assert (coverage.outlet_count, coverage.undated_count) == (2, 2)
    assert coverage.years == {2022: 1, 2023: 1, 2024: 3}


def test_longest_gaps_are_listed_in_order_of_time(archive: Path) -> None:
    """And all are counted."""
    lengths = [GAP_DAYS + number for number in range(GAPS_MOST + 5)]
    day, days = dt.date(2000, 1, 1), ["2000-01-01"]
    for length in lengths:
        day += dt.timedelta(length + 1)
        days.append(day.isoformat())
    write(archive / "a.jsonl", [("Pagi", each) for each in days])
    build(archive)
    (outlet,) = coverage_of(archive).outlets
    spans = [[dt.date.fromisoformat(end) for end in gap] for gap in outlet.gaps]
    assert [(last - first).days + 1 for first, last in spans] == lengths[5:]
    assert outlet.gap_count == len(lengths)


def test_update_counts_anew_and_keeps_what_the_build_refused(archive: Path) -> None:
    """Dropped articles are gone from the counts; what the update refused stands beside."""
    write(archive / "a.jsonl", [("Pagi", "2024-01-01"), ("Siang", "2024-01-02")])
    write(archive / "b.jsonl", [("Sore", "2024-01-03")])
    (archive / "empty.txt").touch()
    build(archive)
    assert coverage_of(archive).refused == {"empty": 1}
    assert coverage_of(archive).refused_by_update is None
    (archive / "b.jsonl").unlink()
    (archive / "photo.txt").write_bytes(b"\x89PNG\x00")
    update_index([archive], archive.parent / "index", prune=True, allow_shrink=True)
    coverage = coverage_of(archive)
    assert [outlet.name for outlet in coverage.outlets] == ["Pagi", "Siang"]
    assert (coverage.refused, coverage.refused_by_update) == ({"empty": 1}, {"binary": 1})


def test_counts_of_several_segments_are_those_of_the_articles(archive: Path) -> None:
    """An updated index has a segment more."""
    rows = [
        (name, f"20{10 + year}-06-0{day}") for name in "AB" for year in (1, 2) for day in (1, 2)
    ]
    write(archive / "a.jsonl", rows)
    build(archive)
    write(archive / "b.jsonl", rows[:3])
    update_index([archive], archive.parent / "index")
    expected = Counter((name, int(day[:4])) for name, day in (*rows, *rows[:3]))
    found = {
        (outlet.name, year): count
        for outlet in coverage_of(archive).outlets
        for year, count in outlet.years.items()
    }
    assert found == dict(expected)


def test_archive_without_dates_and_outlets_has_coverage(archive: Path) -> None:
    """One row without a name."""
    write(archive / "a.jsonl", [("", ""), ("", "")])
    build(archive)
    assert coverage_of(archive).outlets == (
        OutletCoverage(name="", article_count=2, undated_count=2),
    )
