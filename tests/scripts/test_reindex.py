"""The command that builds the index: its exit codes, its report, and what it leaves untouched."""

import errno
import json
import os
import re
import resource
import runpy
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from index.errors import ArchiveError
from index.generations.directory import build_lock, current_number, generation_path
from index.generations.generation import open_current
from index.indexer.build import build_index
from tests.hang_guard import HANG_SECONDS

SCRIPT = Path(__file__).parents[2] / "scripts" / "reindex.py"
INDEXED, FAILED, USAGE, SOME_REFUSED = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


Reindex = Callable[..., Ran]


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    """Return the names of the script, without running it."""
    return runpy.run_path(str(SCRIPT))


@pytest.fixture
def reindex(
    script: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Reindex:
    """Return what runs the command within this process, in an environment of its own."""
    for name in [name for name in os.environ if name.startswith("KLIPING_")]:
        monkeypatch.delenv(name)

    def run(*arguments: str | Path, **variables: str) -> Ran:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        try:
            code = script["main"](list(map(str, arguments)))
        except SystemExit as left:  # so argparse ends
            code = left.code
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run


def reindex_apart(*arguments: str | Path, piped: bytes = b"", **variables: str) -> Ran:
    """Run the command as a user does, with something piped in."""
    ran = subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, arguments)],
        input=piped,
        capture_output=True,
        check=False,
        timeout=HANG_SECONDS,
        env={**os.environ, **variables},
    )
    return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def write_articles(path: Path, count: int, *, refused: int = 0) -> Path:
    """Write an archive of some good rows, and some without a text."""
    good = [{"id": f"{n}", "title": f"Judul {n}", "body": "Harga beras."} for n in range(count)]
    bad = [{"title": f"Tanpa isi {n}."} for n in range(refused)]
    path.write_text("".join(json.dumps(row) + "\n" for row in good + bad), encoding="utf-8")
    return path


def served_count(index_path: Path) -> int:
    """Return how many documents a reader finds in the index."""
    generation = open_current(index_path)
    with generation.whoosh.searcher() as searcher:
        return int(searcher.doc_count())


def contents(index_path: Path) -> dict[str, bytes]:
    """Return every file that readers may look at."""
    files = [path for path in index_path.rglob("*") if path.is_file()]
    kept = [path for path in files if path.name not in ("lock", "rejected.failed.jsonl")]
    return {str(path): path.read_bytes() for path in kept}


@pytest.fixture(scope="module")
def two_generations_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index of 2 articles, then of 4; tests get copies of it."""
    folder = tmp_path_factory.mktemp("reindex")
    for count in (2, 4):
        build_index([write_articles(folder / "a.jsonl", count)], folder / "index")
    return folder / "index"


@pytest.fixture
def two_generations(two_generations_template: Path, tmp_path: Path) -> Path:
    """Return an index directory that serves 4 articles and keeps one of 2."""
    return Path(shutil.copytree(two_generations_template, tmp_path / "index"))


def test_all_indexed_exits_0_with_a_report(tmp_path: Path) -> None:
    """Documents, refused, seconds, documents a second, size; the bar is no part of the report."""
    ran = reindex_apart(write_articles(tmp_path / "a.jsonl", 3), "--index", tmp_path / "index")
    assert (ran.code, served_count(tmp_path / "index")) == (INDEXED, 3)
    lines = ran.out.splitlines()
    assert lines[0] == f"Indexed    3 articles into {tmp_path / 'index'}"
    assert re.fullmatch(r"Generation 1, \d+\.\d MB", lines[1])
    assert re.fullmatch(r"Took       \d+\.\d s, [\d,]+ articles/s", lines[2])
    assert lines[3].startswith("Copies     0 left out")
    assert lines[4] == "Undated    3; with notes (/api/articles/ID) 0"
    assert lines[5:] == ["Refused    0 of 3 that were read"]
    assert (tmp_path / "index" / "rejected.jsonl").read_bytes() == b""


def test_some_refused_exits_3_and_the_rest_is_indexed(tmp_path: Path, reindex: Reindex) -> None:
    """Counts by reason, each article with its place and reason, and where the list is."""
    (tmp_path / "kosong.txt").write_bytes(b"")
    archive = write_articles(tmp_path / "a.jsonl", 2, refused=2)
    index_path = tmp_path / "index"
    ran = reindex(archive, tmp_path / "kosong.txt", "--index", index_path)
    assert (ran.code, served_count(index_path)) == (SOME_REFUSED, 2)
    assert "Refused    3 of 5 that were read\n  no_body       2; get the texts;" in ran.out
    assert "\n  empty         1; fetch the file again, or delete it\n" in ran.out
    assert f"  {archive}:4: no_body: the title is: Tanpa isi 1." in ran.out
    assert f"  {tmp_path / 'kosong.txt'}: empty: " in ran.out
    assert f"  all of them: {index_path / 'rejected.jsonl'}\n" in ran.out
    listed = (index_path / "rejected.jsonl").read_text().splitlines()
    assert [json.loads(line)["reason"] for line in listed] == ["no_body", "no_body", "empty"]


def test_report_shows_ten_refused_articles_and_counts_the_rest(
    tmp_path: Path, reindex: Reindex
) -> None:
    """A bad archive does not scroll the report away; the list in the file is whole."""
    archive = write_articles(tmp_path / "a.jsonl", 1, refused=25)
    ran = reindex(archive, "--index", tmp_path / "index")
    assert len(re.findall(r"^  \S+:\d+: no_body", ran.out, re.MULTILINE)) == 10
    assert "  and 15 more; all of them: " in ran.out
    assert len((tmp_path / "index" / "rejected.jsonl").read_text().splitlines()) == 25


@pytest.mark.parametrize(
    ("count", "message"),
    [
        (0, "No article was found to index; nothing was changed. Refused: 1 empty; see "),
        (3, "The new index has 3 articles, the live one in "),
    ],
)
def test_failed_build_exits_1_and_changes_nothing(
    two_generations: Path, tmp_path: Path, count: int, message: str, reindex: Reindex
) -> None:
    """One sentence on the error stream, no report, no traceback."""
    before = contents(two_generations)
    ran = reindex(write_articles(tmp_path / "a.jsonl", count), "--index", two_generations)
    assert (ran.code, ran.out) == (FAILED, "")
    assert f"reindex: {message}" in ran.err
    assert "Traceback" not in ran.err
    assert contents(two_generations) == before


def test_path_that_does_not_exist_exits_1_and_makes_no_index(
    tmp_path: Path, reindex: Reindex
) -> None:
    """The path is named, so that its spelling can be looked at."""
    ran = reindex(tmp_path / "artikle", "--index", tmp_path / "index")
    assert ran.code == FAILED
    assert f"reindex: There is no file or folder {tmp_path / 'artikle'} to read." in ran.err
    assert not (tmp_path / "index").exists()


def test_build_while_another_runs_exits_1(
    two_generations: Path, tmp_path: Path, reindex: Reindex
) -> None:
    """It does not wait, and says what it did not wait for."""
    archive = write_articles(tmp_path / "a.jsonl", 5)
    with build_lock(two_generations):
        ran = reindex(archive, "--index", two_generations)
    assert ran.code == FAILED
    assert f"reindex: Another build is writing to {two_generations}." in ran.err
    assert served_count(two_generations) == 4


def test_file_in_place_of_the_index_exits_1(tmp_path: Path, reindex: Reindex) -> None:
    """An error of the system is told in a sentence, too."""
    (tmp_path / "index").write_text("mine")
    ran = reindex(write_articles(tmp_path / "a.jsonl", 1), "--index", tmp_path / "index")
    assert ran.code == FAILED
    assert "reindex: " in ran.err
    assert ran.err.endswith("Check the path, who may write there, and the space on the disk.\n")
    assert "Traceback" not in ran.err
    assert (tmp_path / "index").read_text() == "mine"


@pytest.mark.parametrize(
    "arguments", [(), ("--rollback", "a.jsonl"), ("--shrink", "a.jsonl"), ("a.jsonl", "--index")]
)
def test_wrong_usage_exits_2(tmp_path: Path, arguments: tuple[str, ...], reindex: Reindex) -> None:
    """With the usage, before anything is read."""
    ran = reindex(*arguments, KLIPING_INDEX=str(tmp_path / "index"))
    assert (ran.code, ran.out) == (USAGE, "")
    assert "usage: reindex.py" in ran.err
    assert not (tmp_path / "index").exists()


def test_shrinking_is_allowed_when_told(
    two_generations: Path, tmp_path: Path, reindex: Reindex
) -> None:
    """The option that the refusal names."""
    archive = write_articles(tmp_path / "a.jsonl", 1)
    ran = reindex(archive, "--index", two_generations, "--allow-shrink")
    assert (ran.code, served_count(two_generations)) == (INDEXED, 1)


def test_rollback_serves_the_previous_index_once(two_generations: Path, reindex: Reindex) -> None:
    """A second one has nothing to go back to, and changes nothing."""
    first = reindex("--rollback", "--index", two_generations)
    assert first.code == INDEXED
    assert first.out == f"Generation 1 of {two_generations} is served again.\n"
    second = reindex("--rollback", "--index", two_generations)
    assert second.code == FAILED
    assert "holds no earlier index to go back to; nothing was changed." in second.err
    assert served_count(two_generations) == 2


def test_rollback_without_an_index_exits_1(tmp_path: Path, reindex: Reindex) -> None:
    """And says how to make one."""
    ran = reindex("--rollback", "--index", tmp_path / "index")
    assert ran.code == FAILED
    assert "reindex: There is no index in " in ran.err
    assert not (tmp_path / "index").exists()


def test_index_directory_is_set_by_the_environment_and_the_option_wins(
    tmp_path: Path, reindex: Reindex
) -> None:
    """As the table of settings says."""
    archive = write_articles(tmp_path / "a.jsonl", 1)
    set_path, told_path = tmp_path / "set", tmp_path / "told"
    assert reindex(archive, KLIPING_INDEX=str(set_path)).code == INDEXED
    again = reindex(archive, "--index", told_path, KLIPING_INDEX=str(set_path))
    assert again.code == INDEXED
    assert (current_number(set_path), current_number(told_path)) == (1, 1)


def test_wrong_setting_exits_1_in_a_sentence(tmp_path: Path, reindex: Reindex) -> None:
    """Also a setting that only the server needs."""
    archive = write_articles(tmp_path / "a.jsonl", 1)
    ran = reindex(archive, "--index", tmp_path / "index", KLIPING_PORT="many")
    assert ran.code == FAILED
    assert ran.err.startswith("reindex: The setting port (KLIPING_PORT) must be a number")


def test_command_that_an_error_names_mends_the_index(tmp_path: Path, reindex: Reindex) -> None:
    """As it stands in the message, once PATH is replaced; even with a blank in the directory."""
    index_path = tmp_path / "my index"
    archive = write_articles(tmp_path / "a.jsonl", 2)
    reindex(archive, "--index", index_path)
    (generation_path(index_path, 1) / "MAIN_000001.col").write_bytes(b"")
    with pytest.raises(ArchiveError) as caught:
        open_current(index_path)
    command = str(caught.value).rpartition("scripts/reindex.py ")[2]
    arguments = [str(archive) if word == "PATH" else word for word in shlex.split(command)]
    assert reindex(*arguments).code == INDEXED
    assert served_count(index_path) == 2


def test_report_can_be_printed_whatever_the_terminal_knows(tmp_path: Path) -> None:
    """A name that it cannot show is no reason to call a finished build failed."""
    archive = write_articles(tmp_path / "a.jsonl", 1)
    (tmp_path / "berkas-\u4e2d\u56fd.pdf").write_bytes(b"x")
    paths = (archive, tmp_path / "berkas-\u4e2d\u56fd.pdf")
    ran = reindex_apart(*paths, "--index", tmp_path / "index", PYTHONIOENCODING="ascii")
    assert ran.code == SOME_REFUSED
    assert "berkas-" in ran.out


@pytest.mark.parametrize(
    ("name", "piped"),
    [
        ("JSON lines", b'{"title": "Judul", "body": "Isi."}\n{"title": "Dua", "body": "Isi."}\n'),
        ("a list in JSON", b' [{"title": "a", "body": "b"}, {"title": "c", "body": "d"}]'),
        ("a table", b"\xef\xbb\xbfjudul;isi\nSatu;Isi.\nDua;Isi.\n"),
        ("a page", b"Harga, Beras; dan Isi\nPADANG - Harga beras turun."),
    ],
)
def test_standard_input_is_read_as_what_it_holds(tmp_path: Path, name: str, piped: bytes) -> None:
    """It has no name that could tell."""
    ran = reindex_apart("-", "--index", tmp_path / "index", piped=piped)
    assert ran.code == INDEXED, name
    assert served_count(tmp_path / "index") == (1 if name == "a page" else 2)


@pytest.mark.parametrize(
    ("piped", "reason"),
    [(b"", "empty"), (b"PK\x03\x04", "not_supported"), (b"\x1f\x8b\x08", "not_supported")],
)
def test_standard_input_that_is_no_article_is_refused(
    tmp_path: Path, piped: bytes, reason: str
) -> None:
    """What is packed has to be unpacked on its way."""
    ran = reindex_apart("-", "--index", tmp_path / "index", piped=piped)
    assert ran.code == FAILED
    assert f"Refused: 1 {reason};" in ran.err


def test_columns_can_be_told(tmp_path: Path, reindex: Reindex) -> None:
    """The refusal names the columns and the option, and the option mends it."""
    table = tmp_path / "a.csv"
    table.write_text("Kepala;Uraian\nPanen;Panen membaik.\n")
    index_path = tmp_path / "index"
    assert reindex(table, "--index", index_path).code == FAILED
    refused = json.loads((index_path / "rejected.failed.jsonl").read_text())
    assert "Kepala, Uraian" in refused["detail"]
    told = ("--map", "Kepala=title", "--map", "uraian=body")
    assert "--map COLUMN=title" in refused["detail"]
    assert reindex(table, "--index", index_path, *told).code == INDEXED
    assert served_count(index_path) == 1


@pytest.mark.parametrize("told", ["judul", "judul=headline", "=title"])
def test_columns_told_wrongly_are_wrong_usage(tmp_path: Path, told: str, reindex: Reindex) -> None:
    """Before anything is read."""
    ran = reindex(tmp_path, "--index", tmp_path / "index", "--map", told)
    assert ran.code == USAGE
    assert "reindex.py: error: --map: " in ran.err
    assert told in ran.err


def test_dry_run_reports_and_writes_nothing(reindex: Reindex, tmp_path: Path) -> None:
    """All refusals are named; no index is made, and one that is there stays as it is."""
    articles = write_articles(tmp_path / "a.jsonl", 3, refused=12)
    ran = reindex(articles, "--index", tmp_path / "index", "--dry-run")
    assert ran.code == SOME_REFUSED
    assert "Would index 3 articles; nothing was written" in ran.out
    assert ran.out.count("no_body: ") == 12
    assert not (tmp_path / "index").exists()
    assert reindex("--rollback", "--dry-run").code == USAGE


def test_update_reads_what_changed_and_says_what_it_did(tmp_path: Path, reindex: Reindex) -> None:
    """A second file is added; the first is not read again, and a trial before changes nothing."""
    folder, index_path = tmp_path / "archive", tmp_path / "index"
    folder.mkdir()
    write_articles(folder / "a.jsonl", 3)
    reindex(folder, "--index", index_path)
    page = "Judul\n\nJAKARTA - Harga beras naik.\n"
    (folder / "page.txt").write_text(page, encoding="utf-8")
    tried = reindex("--update", folder, "--index", index_path, "--dry-run")
    assert "Would read 1 files: 1 added, 0 replaced, 0 dropped" in tried.out
    assert served_count(index_path) == 3
    ran = reindex("--update", folder, "--index", index_path)
    assert (ran.code, served_count(index_path)) == (INDEXED, 4)
    assert "Changes    1 added, 0 replaced, 0 dropped\nHolds      4 articles\n" in ran.out


def test_article_that_is_removed_is_gone_at_once_and_from_builds(
    tmp_path: Path, reindex: Reindex
) -> None:
    """And the build says that it was kept out."""
    page = tmp_path / "page.jsonl"
    rows = [{"id": n, "title": f"Judul {n}", "body": f"Beras {n}."} for n in ("satu", "dua")]
    page.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    reindex(page, "--index", tmp_path / "index")
    ran = reindex("--remove", "satu", "--index", tmp_path / "index")
    assert (ran.code, served_count(tmp_path / "index")) == (INDEXED, 1)
    ran = reindex(page, "--index", tmp_path / "index")
    assert (ran.code, served_count(tmp_path / "index")) == (INDEXED, 1)
    assert "Taken down 1 kept out" in ran.out


def test_unknown_id_is_named_and_the_known_are_taken_down(tmp_path: Path, reindex: Reindex) -> None:
    """A slip of the pen does not look like success."""
    archive, index_path = write_articles(tmp_path / "a.jsonl", 4), tmp_path / "index"
    reindex(archive, "--index", index_path)
    before = contents(index_path)
    ran = reindex("--remove", "no-such-id", "--index", index_path)
    assert (ran.code, ran.out) == (FAILED, "")
    assert "reindex: no article has the id no-such-id." in ran.err
    assert contents(index_path) == before
    ran = reindex("--remove", "no-such-id", "2", "--index", index_path)
    assert (ran.code, served_count(index_path)) == (FAILED, 3)
    assert "Taken down 2\n" in ran.out
    assert "no-such-id" in ran.err


def test_articles_that_go_and_near_copies_that_stay_are_named(
    tmp_path: Path, reindex: Reindex
) -> None:
    """With the id that would take them down, too."""
    text = " ".join(f"beras{number}" for number in range(40))
    row = {"title": "Kabar", "body": text, "date": "2024-08-28"}
    rows = [
        {**row, "id": "pagi", "source": "Pagi"},
        {**row, "id": "sore", "source": "Sore"},
        {**row, "id": "malam", "source": "Malam", "body": f"{text} lagi"},
    ]
    archive = tmp_path / "a.jsonl"
    archive.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    reindex(archive, "--index", tmp_path / "index")
    ran = reindex("--remove", "sore", "--index", tmp_path / "index")
    assert ran.code == INDEXED
    assert "Taken down sore\n" in ran.out
    assert "Taken down pagi: same text or address\n" in ran.out
    assert "Stays      malam: a near copy with other words: Kabar\n" in ran.out


def test_rollback_serves_nothing_that_was_taken_down(tmp_path: Path, reindex: Reindex) -> None:
    """What is served then is a new generation, made of the one before."""
    archive, index_path = write_articles(tmp_path / "a.jsonl", 4), tmp_path / "index"
    reindex(archive, "--index", index_path)
    (index_path / "taken_down.txt").write_text("2\n")
    reindex("--update", archive, "--allow-shrink", "--index", index_path)
    ran = reindex("--rollback", "--index", index_path)
    assert (ran.code, served_count(index_path)) == (INDEXED, 3)
    assert f"Generation 3 of {index_path} is served: generation 1 without 1 articles" in ran.out
    assert "nothing left to roll back to" in ran.out
    again = reindex("--rollback", "--index", index_path)
    assert (again.code, served_count(index_path)) == (FAILED, 3)


@pytest.mark.parametrize(
    "arguments",
    [
        *(["--update"], ["--prune", "a.jsonl"], ["--remove", "a", "--dry-run"]),
        *(["a.jsonl", "--rollback"], ["--remove", "a", "--rollback"]),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(
    arguments: list[str], reindex: Reindex
) -> None:
    """Nothing is done, and what is missing is told."""
    ran = reindex(*arguments)
    assert (ran.code, ran.out) == (USAGE, "")
    assert "error: " in ran.err


def test_removal_is_undone_by_restoring(tmp_path: Path, reindex: Reindex) -> None:
    """Each is told; an id that is not on the list is named, and the others come back."""
    archive, index_path = write_articles(tmp_path / "a.jsonl", 4), tmp_path / "index"
    reindex(archive, "--index", index_path)
    reindex("--remove", "2", "--reason", "hak jawab", "--index", index_path)
    assert "\thak jawab\n" in (index_path / "taken_down.txt").read_text()
    ran = reindex("--restore", "2", "9", "--index", index_path)
    assert (ran.code, served_count(index_path)) == (FAILED, 4)
    assert "Restored   2" in ran.out
    assert "9 is not on the list" in ran.err


def test_comment_is_no_id(tmp_path: Path, reindex: Reindex) -> None:
    """It is unknown, so nothing is taken down, and the exit code says so."""
    archive, index_path = write_articles(tmp_path / "a.jsonl", 4), tmp_path / "index"
    reindex(archive, "--index", index_path)
    ran = reindex("--remove", "# x", "--index", index_path)
    assert (ran.code, served_count(index_path)) == (FAILED, 4)
    assert "no article has the id # x" in ran.err


COPIES = [
    *({"source": "Pagi"}, {"source": "PAGI"}, {"source": "Pagi", "url": "https://pagi.example/1"}),
    *({"source": "Sore"}, {"source": "Sore", "date": "2025-08-28"}),
    {"source": "Malam", "body": " ".join(f"kata{n}" for n in range(41))},
    *({"title": title, "body": title, "url": "https://pagi.example/2"} for title in ("x", "y")),
]
"""Rows of one story, and two with an address."""


def write_copies(path: Path) -> Path:
    """Write an article, and copies of every kind."""
    story = {"title": "Kabar", "date": "2024-08-28"}
    body = " ".join(f"kata{n}" for n in range(40))
    rows = [{**story, "body": body, **each} for each in COPIES]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_copies_are_told_by_kind(tmp_path: Path, reindex: Reindex) -> None:
    """Those that are left out, and those that are kept."""
    archive, told = write_copies(tmp_path / "a.jsonl"), tmp_path / "report.json"
    ran = reindex(archive, "--index", tmp_path / "index", "--report", told)
    assert ran.code == INDEXED
    for line in (
        *("1 left out: the same address", "2 left out: the same outlet, date and text"),
        *("1 kept: the same words in another outlet", "1 kept: the same words under another date"),
        "1 kept and grouped: near copies with other words",
    ):
        assert f"           {line}\n" in ran.out
    kinds = {"same_address": 1, "same_story": 2, "other_outlet": 1, "other_date": 1, "near": 1}
    assert json.loads(told.read_text(encoding="utf-8"))["copies"] == kinds
    reasons = list(map(json.loads, (tmp_path / "index/rejected.jsonl").read_bytes().splitlines()))
    assert [each["detail"].split(" are ")[0].split(" is ")[0] for each in reasons] == [
        *["its outlet, day and text"] * 2,
        "its address",
    ]


def test_report_is_written_as_json(tmp_path: Path, reindex: Reindex) -> None:
    """Of a build, an update and a preview, with what to do about each kind of refusal."""
    rows = [
        {"title": "Satu", "body": "Isi satu.", "kapan": "?", "date": "2024-13-45"},
        {"title": "Dua", "body": "Isi dua.", "kapan": "?"},
        {"title": "Tanpa isi"},
        {"foo": "a", "bar": "b"},
    ]
    archive, told = tmp_path / "a.jsonl", tmp_path / "report.json"
    archive.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    reports = []
    for options in (["--dry-run"], [], ["--update"]):
        ran = reindex(archive, "--index", tmp_path / "index", "--report", told, *options)
        reports.append((ran.code, json.loads(told.read_text(encoding="utf-8"))))
    (code, preview), built, (updated, nothing) = reports
    assert (code, preview) == built
    assert (code, updated, nothing["rows_read"]) == (SOME_REFUSED, INDEXED, 0)
    assert {each["reason"] for each in preview["refused"]} == {"no_body", "no_column"}
    assert all(each["advice"] for each in preview["refused"])
    assert (preview["rows_read"], preview["articles"], preview["without_date"]) == (4, 2, 2)
    assert (preview["without_known_column"], preview["with_notes"]) == (1, 1)
    assert [each["examples"][0]["row"] for each in preview["notes"]] == [1]
    assert [(each["columns"], each["missing"]) for each in preview["columns"]] == [
        *[(["foo", "bar"], ["body", "title"]), (["kapan"], ["date"])]
    ]


def test_report_needs_a_folder(tmp_path: Path, reindex: Reindex) -> None:
    """It is told before anything is read."""
    archive = write_articles(tmp_path / "a.jsonl", 2)
    for path in (tmp_path / "none" / "r.json", tmp_path / "a.jsonl" / "r.json"):
        assert reindex(archive, "--index", tmp_path / "index", "--report", path).code == USAGE
    assert reindex("--rollback", "--report", tmp_path / "r.json").code == USAGE
    assert not (tmp_path / "index").exists()


FAULTS = {
    errno.ENOSPC: "df -h",
    errno.EDQUOT: "quota",
    errno.EROFS: "Mount it for writing",
    errno.EACCES: "the right to write",
    errno.EIO: "check the disk",
    errno.EMFILE: "ulimit -n",
    errno.ENOMEM: "Free some memory",
    errno.ESTALE: "Mount the file system anew",
    errno.ELOOP: "links in the path",
    errno.ENAMETOOLONG: "shorter path",
}


@pytest.mark.parametrize("number", FAULTS)
def test_fault_of_the_system_is_a_sentence_with_the_next_step(
    two_generations: Path, reindex: Reindex, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """It says that nothing was changed, and that is so."""

    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    before = contents(two_generations)
    archive = write_articles(two_generations.parent / "b.jsonl", 5)
    monkeypatch.setattr("os.fsync", fail)
    ran = reindex(archive, "--index", two_generations)
    assert ran.code == FAILED
    assert "nothing was changed" in ran.err
    assert FAULTS[number] in ran.err
    assert ran.err.count("\n") == 1
    assert contents(two_generations) == before


@pytest.mark.parametrize(
    "fault",
    [OSError(errno.EIO, "disk failed"), MemoryError(), RuntimeError("can't start new thread")],
    ids=lambda fault: type(fault).__name__,
)
def test_exit_code_1_means_that_nothing_was_changed(
    two_generations: Path, reindex: Reindex, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    """Whichever sync of a removal fails: served is what was, and the list is as it was."""
    fsync, left = os.fsync, [0]

    def fail_once(descriptor: int) -> None:
        left[0] -= 1
        if not left[0]:
            raise fault
        fsync(descriptor)

    monkeypatch.setattr("os.fsync", fail_once)
    codes = []
    for moment in range(1, 40):
        left[0] = moment
        codes.append(reindex("--remove", "1", "--index", two_generations).code)
        assert served_count(two_generations) == (4 if codes[-1] == FAILED else 3)
        listed = two_generations / "taken_down.txt"
        is_listed = listed.exists() and listed.read_text().splitlines()[-1:] != []
        assert is_listed == (codes[-1] != FAILED)
        if codes[-1] != FAILED:
            break
    assert codes[-1] == INDEXED
    assert len(codes) > 5


@pytest.mark.parametrize(("refused", "code"), [(0, INDEXED), (1, SOME_REFUSED)])
def test_output_that_fails_does_not_undo_a_build(tmp_path: Path, refused: int, code: int) -> None:
    """The new index is served, and the exit code says so, and whether something was refused."""
    archive = write_articles(tmp_path / "a.jsonl", 3, refused=refused)
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, str(SCRIPT), str(archive), "--index", str(tmp_path / "index")],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=HANG_SECONDS,
        )
    assert (ran.returncode, served_count(tmp_path / "index")) == (code, 3)
    assert "the new index is served" in ran.stderr


@pytest.mark.parametrize("size", [20_000, 60_000])
def test_file_that_may_not_grow_fails_a_build_in_a_sentence(tmp_path: Path, size: int) -> None:
    """Segments and SQLite's files alike."""
    archive = write_articles(tmp_path / "a.jsonl", 500)
    ran = subprocess.run(
        [sys.executable, str(SCRIPT), str(archive), "--index", str(tmp_path / "index")],
        capture_output=True,
        text=True,
        check=False,
        timeout=HANG_SECONDS,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    assert ran.returncode == FAILED
    assert "Traceback" not in ran.stderr
    assert "nothing was changed" in ran.stderr
