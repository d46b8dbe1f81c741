"""How fast suggestions come is measured on a server of its own."""

import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

from index.indexer.build import build_index

PROJECT = Path(__file__).parents[2]
SCRIPT = PROJECT / "scripts" / "measure_suggestions.py"
Main = Callable[[list[str]], int]


@pytest.fixture
def main(monkeypatch: pytest.MonkeyPatch) -> Main:
    """The command, as it finds its own parts."""
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    command: Main = runpy.run_path(str(SCRIPT))["main"]
    return command


def test_load_of_one_and_of_many_is_told(
    main: Main, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line each, of answers that all came."""
    build_index([PROJECT / "samples"], tmp_path / "index")
    assert main(["--index", str(tmp_path / "index"), "--seconds", "0.2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["1 at once", "8 at once"]
    assert all("p99" in line for line in lines)


def test_index_that_is_not_there_is_told(
    main: Main, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a sentence that names the folder."""
    assert main(["--index", str(tmp_path)]) == 1
    assert str(tmp_path) in capsys.readouterr().err
