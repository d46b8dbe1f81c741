"""The command that shows what is read from a file, and why something is not."""

import json
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "explain.py"
READ, FAILED, USAGE, SOME_REFUSED = 0, 1, 2, 3
Explain = Callable[..., tuple[int, str, str]]


@pytest.fixture
def explain(capsys: pytest.CaptureFixture[str]) -> Explain:
    """Run the command within this process."""
    main = runpy.run_path(str(SCRIPT))["main"]

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            code = main(list(map(str, arguments)))
        except SystemExit as left:  # so argparse ends
            code = left.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def _rows(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_every_field_is_shown_and_where_the_date_comes_from(
    explain: Explain, tmp_path: Path
) -> None:
    """With notes, and with what is kept aside."""
    row = {
        "title": "Panen Garam",
        "body": "Panen membaik.\nPetambak senang.",
        "date": "28/8/2024",
        "tags": ["garam", "Palu"],
        "views": "17",
    }
    code, out, _ = explain(_rows(tmp_path / "a.jsonl", row))
    assert code == READ
    for shown in (
        *("title       Panen Garam", "2024-08-28 (stated)", "garam · Palu", "views: 17"),
        *("body        Panen membaik.", "body        Petambak senang."),
    ):
        assert shown in out


def test_refusal_is_shown_with_its_reason(explain: Explain, tmp_path: Path) -> None:
    """What the reason means, and where the row is."""
    path = _rows(tmp_path / "a.jsonl", {"title": "Panen"})
    code, out, _ = explain(path)
    assert code == SOME_REFUSED
    assert f"REFUSED {path}:1" in out
    assert "no_body: there is a title, but no article text" in out


def test_long_file_is_shown_in_part_unless_all_is_asked_for(
    explain: Explain, tmp_path: Path
) -> None:
    """And how many are not shown is said."""
    rows = [{"title": f"Panen {number}", "body": "Membaik."} for number in range(8)]
    path = _rows(tmp_path / "a.jsonl", *rows)
    _, part, _ = explain(path)
    _, whole, _ = explain(path, "--all")
    assert (part.count("ARTICLE"), whole.count("ARTICLE")) == (5, 8)
    assert "3 more, 0 of them refused; --all shows them" in part


def test_columns_can_be_told(explain: Explain, tmp_path: Path) -> None:
    """As when an index is built; a key that does not exist is wrong usage."""
    path = tmp_path / "a.csv"
    path.write_text("kepala,uraian\nPanen,Membaik\n", encoding="utf-8")
    assert explain(path, "--map", "kepala=title", "--map", "uraian=body")[0] == READ
    code, _, err = explain(path, "--map", "kepala=judul")
    assert (code, "there is no key 'judul'" in err) == (USAGE, True)


def test_file_that_is_not_there_is_named(explain: Explain, tmp_path: Path) -> None:
    """In one sentence."""
    code, _, err = explain(tmp_path / "x.txt")
    assert code == FAILED
    assert "There is no file or folder" in err


def test_pages_of_one_article_are_told(explain: Explain, tmp_path: Path) -> None:
    """As a build puts them together; other articles are not named."""
    head = {"title": "Kisah Garam", "date": "2024-08-28"}
    rows = [
        {**head, "url": f"https://pagi.example/kisah{end}", "body": f"Panen {end}.", "id": key}
        for key, end in (("satu", ""), ("dua", "?page=2"), ("lain", "?page=9"))
    ]
    _, out, _ = explain(_rows(tmp_path / "a.jsonl", *rows))
    assert "PAGES dua\n  an index puts them together with satu\n" in out
    _, out, _ = explain(_rows(tmp_path / "a.jsonl", *rows[1:]))
    assert "PAGES" not in out


def test_corrections_that_cannot_be_read_are_told(explain: Explain, tmp_path: Path) -> None:
    """As what the system says of them, with their path, and not by the system's number."""
    (tmp_path / "a.txt").write_text("Harga beras turun.\n\nPagi ini.", encoding="utf-8")
    corrections = tmp_path / "index" / "corrections.csv"
    corrections.parent.mkdir()
    corrections.symlink_to(corrections.name)
    code, _, told = explain(tmp_path / "a.txt", "--index", corrections.parent)
    assert code == FAILED
    assert told.startswith(f"explain: {corrections}: its path leads round in links; nothing")
