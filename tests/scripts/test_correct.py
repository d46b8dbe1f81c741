"""The command that corrects an article: what it writes, and what it refuses."""

import os
import runpy
import subprocess
import sys
from collections.abc import Callable
from errno import ENOSPC
from pathlib import Path

import pytest

from index.generations.directory import current_number
from index.generations.generation import open_current
from index.indexer.build import build_index
from tests.hang_guard import HANG_SECONDS

SCRIPTS = Path(__file__).parents[2] / "scripts"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def index_path(tmp_path: Path) -> Path:
    """Return an index of one article."""
    (tmp_path / "rows.jsonl").write_text('{"id": "a", "title": "Hrga", "body": "Naik."}\n')
    build_index([tmp_path / "rows.jsonl"], tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture
def run(index_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a script on the index, and returns its exit code and what it printed."""

    def run_script(name: str, *arguments: str) -> tuple[int, str]:
        main = runpy.run_path(str(SCRIPTS / f"{name}.py"))["main"]
        try:
            code = main([*arguments, "--index", str(index_path)])
        except SystemExit as left:
            code = left.code
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run_script


def test_correction_is_listed_and_applied_at_once(index_path: Path, run: Run) -> None:
    """The list keeps the value as it was given, with commas and quotes."""
    arguments = ("correct", "a", "title", 'Harga "beras", naik', "--by", "Ani")
    code, printed = run(*arguments, "--on", "2024-08-28")
    assert code == 0
    assert "Corrected title of a" in printed
    document = open_current(index_path).find_document("a")
    assert document
    assert document.title == 'Harga "beras", naik'
    assert (index_path / "corrections.csv").read_text().splitlines() == [
        "article,field,value,who,when",
        '"a","title","Harga ""beras"", naik","Ani","2024-08-28"',
    ]


def test_list_may_be_a_link_to_a_file_elsewhere(index_path: Path, run: Run) -> None:
    """The file is changed, and the link stays."""
    kept = index_path.parent / "kept.csv"
    kept.write_text("article,field,value,who,when")
    (index_path / "corrections.csv").symlink_to(kept)
    assert run("correct", "a", "source", "Pagi", "--by", "Ani")[0] == 0
    assert (index_path / "corrections.csv").is_symlink()
    assert kept.read_text().count("\n") == 2


WRONG = {
    "an unknown article": (("nobody", "title", "x"), 1, "no article of the index has the id"),
    "no day": (("a", "date", "besok"), 1, "has to be a day"),
    "an unknown field": (("a", "judul", "x"), 2, "invalid choice: 'judul'"),
    "no value": (("a", "title"), 2, "ARTICLE, FIELD, VALUE and --by WHO are needed"),
    "a list of a field": (("--list", "a", "title"), 2, "--list takes no more than an ARTICLE"),
    "a value to undo": (("--undo", "a", "title", "x"), 2, "--undo takes ARTICLE and FIELD"),
}


@pytest.mark.parametrize(("arguments", "code", "told"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_corrected_is_refused(
    index_path: Path, run: Run, arguments: tuple[str, ...], code: int, told: str
) -> None:
    """With a sentence, and nothing is listed."""
    found, printed = run("correct", *arguments, "--by", "Ani")
    assert (found, told in printed) == (code, True)
    assert not (index_path / "corrections.csv").exists()


def test_correction_is_listed_and_undone(index_path: Path, run: Run) -> None:
    """Undoing gives the field what its file says; all rows of it go, and the others stay."""
    for title in ("Harga", "Harga beras"):
        run("correct", "a", "title", title, "--by", "Ani", "--on", "2024-08-28")
    run("correct", "a", "source", "Pagi, Sore", "--by", "Budi", "--on", "2024-08-29")
    code, printed = run("correct", "--list", "a")
    assert (code, printed.splitlines()) == (
        0,
        ["a  title: Harga beras  (Ani, 2024-08-28)", "a  source: Pagi, Sore  (Budi, 2024-08-29)"],
    )
    code, printed = run("correct", "--undo", "a", "title")
    assert (code, "Undone the correction of title of a" in printed) == (0, True)
    document = open_current(index_path).find_document("a")
    assert document
    assert (document.title, document.source) == ("Hrga", "Pagi, Sore")
    assert (index_path / "corrections.csv").read_text().splitlines() == [
        "article,field,value,who,when",
        '"a","source","Pagi, Sore","Budi","2024-08-29"',
    ]
    code, printed = run("correct", "--undo", "a", "title")
    assert (code, "the list has none of title for a" in printed) == (1, True)


def test_last_row_of_a_list_without_columns_is_undone(index_path: Path, run: Run) -> None:
    """What is left is no empty list, which would be taken for a lost one."""
    (index_path / "corrections.csv").write_text("a,title,Harga,Ani,2024-08-28\n")
    run("reindex", "--update", str(index_path.parent / "rows.jsonl"))
    assert run("correct", "--undo", "a", "title")[0] == 0
    assert run("reindex", "--update", str(index_path.parent / "rows.jsonl"))[0] == 0


def test_explain_shows_the_correction_and_what_was_there(index_path: Path, run: Run) -> None:
    """Who, when, and the words of the file."""
    run("correct", "a", "title", "Harga", "--by", "Ani", "--on", "2024-08-28")
    _, printed = run("explain", str(index_path.parent / "rows.jsonl"))
    assert "title       Harga <- a correction by hand\n" in printed
    assert "corrected   title by Ani on 2024-08-28; was: Hrga\n" in printed


@pytest.mark.parametrize(
    "arguments",
    [
        ("correct", "a", "title", "Harga \udcff", "--by", "Ani"),
        ("correct", "\udcff", "title", "Harga", "--by", "Ani"),
        ("correct", "a", "title", "Harga", "--by", "\udcff"),
        ("reindex", "--remove", "\udcff"),
        ("reindex", "--restore", "\udcff"),
        ("reindex", "--remove", "a", "--reason", "\udcff"),
    ],
)
def test_bytes_that_are_no_text_are_wrong_usage(run: Run, arguments: tuple[str, ...]) -> None:
    """As a terminal in another encoding sends them; no list could hold them."""
    code, printed = run(*arguments)
    assert code == 2
    assert "a text in UTF-8" in printed


def test_setting_that_cannot_be_used_is_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with every other command."""
    monkeypatch.setenv("KLIPING_PORT", "x")
    code, printed = run("correct", "a", "title", "Harga", "--by", "Ani")
    assert code == 1
    assert printed.startswith("correct: The setting port (KLIPING_PORT)")


def test_name_that_the_terminal_cannot_show_is_escaped(index_path: Path, tmp_path: Path) -> None:
    """What was done is told with every letter that the encoding has, and the code is that of it."""
    place = index_path.rename(tmp_path / "indéks")
    rows = (tmp_path / "rows.jsonl").rename(tmp_path / "é.jsonl")
    for name, arguments in (
        ("check_index", [place]),
        ("backup", ["make", tmp_path / "é.tar", "--index", place]),
        ("correct", ["a", "title", "Harga", "--by", "Ani", "--index", place]),
        ("reindex", [rows, "--index", place]),
    ):
        ran = subprocess.run(
            [sys.executable, str(SCRIPTS / f"{name}.py"), *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            timeout=HANG_SECONDS,
            env={**os.environ, "PYTHONIOENCODING": "ascii"},
        )
        assert (ran.returncode, "Traceback" in ran.stderr) == (0, False), ran.stderr
        assert "\\xe9" in ran.stdout, name


@pytest.mark.parametrize("name", ["correct", "check_index", "reindex"])
def test_output_that_fails_leaves_the_exit_code_of_success(index_path: Path, name: str) -> None:
    """What was done is done; that it could not be told is told on standard error."""
    arguments = {
        "correct": ["a", "title", "Harga", "--by", "Ani", "--index", str(index_path)],
        "check_index": [str(index_path)],
        "reindex": [str(index_path.parent / "rows.jsonl"), "--index", str(index_path)],
    }
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, str(SCRIPTS / f"{name}.py"), *arguments[name]],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=HANG_SECONDS,
        )
    assert ran.returncode == 0
    assert "the disk is full" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_index_that_cannot_be_put_back_is_told_as_served(
    index_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills up as the new index is made current: exit code 1 would deny the correction."""
    before = current_number(index_path)

    def refuse_then(_: int) -> None:
        if current_number(index_path) != before:
            raise OSError(ENOSPC, "disk full")

    monkeypatch.setattr("os.fsync", refuse_then)
    code, said = run("correct", "a", "title", "Harga", "--by", "Ani")
    assert code == 0
    assert "the disk is full" in said
    assert "the new index is served" in said
    found = open_current(index_path).find_document("a")
    assert found
    assert found.title == "Harga"
