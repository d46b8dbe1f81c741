"""An index on a cluster, given to commands that need a directory or a word of warning."""

import json
import runpy
import socket
import tarfile
from pathlib import Path
from typing import Any

import pytest

from index.indexer.build import build_index

SCRIPTS = Path(__file__).parents[2] / "scripts"
FAILED = 1
ADDRESS = "opensearch://ana:rahasia@es1/berita"
OF_DIRECTORIES: dict[str, list[str]] = {
    "measure_suggestions": ["--index"],
}
"""Commands that need an index directory, with what stands before its name."""


def run(command: str, arguments: list[str]) -> Any:
    """Run a command; return its exit code."""
    return runpy.run_path(str(SCRIPTS / f"{command}.py"))["main"](arguments)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a file of one article."""
    monkeypatch.chdir(tmp_path)
    row = {"id": "1", "title": "Harga beras", "body": "Harga beras turun."}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", OF_DIRECTORIES)
@pytest.mark.parametrize("address", [ADDRESS, "https://ana:rahasia@es1:9200/berita"])
def test_address_is_refused_where_a_directory_is_needed(
    command: str, address: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one sentence without the password, and no folder `opensearch:` is made."""
    assert run(command, [*OF_DIRECTORIES[command], address]) == FAILED
    told = capsys.readouterr().err
    assert "needs an index directory, and " in told
    assert "//***@es1" in told
    assert "rahasia" not in told
    assert told.count("\n") == 1
    assert [path.name for path in folder.iterdir()] == ["a.jsonl"]


@pytest.mark.parametrize(
    ("command", "arguments"), [("serve", ["--host", "not a host"]), ("reindex", ["a.jsonl"])]
)
def test_certificates_that_are_not_checked_are_told_at_the_start(
    command: str,
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In the first line, for an index on a cluster alone."""
    monkeypatch.setenv("KLIPING_OPENSEARCH_INSECURE", "yes")
    address = "opensearchs://127.0.0.1:1/berita"
    assert run(command, [*arguments, "--index", address]) == FAILED
    assert capsys.readouterr().err.startswith(
        f"{command}: WARNING: KLIPING_OPENSEARCH_INSECURE is on"
    )
    run("serve", ["--host", "not a host", "--index", "nowhere"])
    assert "WARNING" not in capsys.readouterr().err


def test_backup_has_no_password_of_a_cluster(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither as a setting nor within an address, even where that is of no use."""
    monkeypatch.setenv("KLIPING_INDEX", ADDRESS)
    monkeypatch.setenv("KLIPING_OPENSEARCH_USER", "ana")
    monkeypatch.setenv("KLIPING_OPENSEARCH_PASSWORD", "rahasia")
    build_index([folder / "a.jsonl"], folder / "index")
    assert run("backup", ["make", "b.tar", "--index", "index"]) == 0
    with tarfile.open(folder / "b.tar") as tar:
        file = tar.extractfile("settings.env")
        assert file
        lines = file.read().decode().splitlines()
    assert lines == ["KLIPING_INDEX=opensearch://***@es1/berita", "KLIPING_OPENSEARCH_USER=ana"]


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("serve", ["--port"]),
        ("reindex", ["a.jsonl", "--index"]),
        ("check_index", []),
        ("backup", ["make", "b.tar", "--index"]),
        ("backup", ["restore", "b.tar", "--index"]),
        ("correct", ["1", "title", "Judul", "--by", "ana", "--index"]),
        ("explain", ["a.jsonl", "--index"]),
    ],
)
def test_password_in_an_address_is_refused_and_not_repeated(
    command: str, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It would stand in lists of processes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = [str(probe.getsockname()[1]), "--index"] if command == "serve" else []
    assert run(command, [*arguments, *port, ADDRESS]) == FAILED
    told = capsys.readouterr().err
    assert "a user and a password do not belong into it" in told
    assert "rahasia" not in told
