"""The commands about stems: what they print of a small list and a small archive."""

import json
from pathlib import Path

import pytest

from scripts import measure_stems, stem_report


def test_measuring_prints_the_share_of_each_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both stemmers, both halves; words that are their own root do not count."""
    path = tmp_path / "pairs.tsv"
    path.write_text("menulis\ttulis\nTulisan\ttulis\nbuku\tbuku\n", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["measure_stems", str(path)])
    measure_stems.main()
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["pairs", "all", "kliping", "1.0000", "2", "0.00", "%"] in rows
    assert any(row[:3] == ["pairs", "all", "pystemmer"] for row in rows)


def test_report_proposes_missed_roots_and_changed_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The archive's own words tell that kezurkan may hold zurkan, and that Berlaut is a name."""
    body = "Warga kota itu zurkan sekali dan kezurkan besar menurut Berlaut yang datang ke sana."
    path = tmp_path / "articles.jsonl"
    rows = [{"id": str(n), "title": f"Judul {n}", "body": f"{body} Nomor {n}."} for n in range(3)]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    stem_report.main([str(path), "--least", "3"])
    missed, names = capsys.readouterr().out.split("\n\n")
    assert missed.splitlines()[1:] == ["3\tkezurkan\tkezur\tzurkan\t2"]
    assert names.splitlines()[1:] == ["3\tberlaut\tlaut"]
