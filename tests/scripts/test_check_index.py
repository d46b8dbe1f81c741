"""The command that verifies an index directory: what it finds, and its exit codes."""

import json
import runpy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.indexer.build import build_index
from index.indexer.removal import remove_articles

SCRIPT = Path(__file__).parents[2] / "scripts" / "check_index.py"
SOUND, UNSOUND, BESIDE = 0, 1, 3


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index of two generations with an article taken down; tests get copies."""
    folder = tmp_path_factory.mktemp("check")
    rows = [{"id": f"{n}", "title": f"Judul {n}", "body": f"Harga beras {n}."} for n in range(9)]
    archive = folder / "a.jsonl"
    archive.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    build_index([archive], folder / "index")
    remove_articles(folder / "index", ["3"], "hak jawab")
    build_index([archive], folder / "index")
    return folder / "index"


@pytest.fixture
def index_path(template: Path, tmp_path: Path) -> Path:
    """Return an index directory that serves generation 3 and keeps 2."""
    return Path(shutil.copytree(template, tmp_path / "index"))


def check(index_path: Path) -> int:
    """Run the command."""
    code: int = runpy.run_path(str(SCRIPT))["main"]([str(index_path)])
    return code


def cut(path: Path) -> None:
    """Cut a file in half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def add_line(path: Path) -> None:
    """Add an id to the list by hand."""
    path.write_text(f"{path.read_text(encoding='utf-8')}5\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "code", "told"),
    [
        (lambda _: None, SOUND, "is sound"),
        (
            lambda path: cut(path / "generations/3/catalog.sqlite"),
            UNSOUND,
            "sqlite was cut",
        ),
        (lambda path: cut(path / "generations/2/catalog.sqlite"), BESIDE, "kept for a rollback"),
        (lambda path: (path / "current").unlink(), UNSOUND, "There is no index"),
        (lambda path: (path / "current").write_text("x"), UNSOUND, "does not hold a number"),
        (lambda path: shutil.rmtree(path / "generations/3"), UNSOUND, "generation 3 is missing"),
        (lambda path: (path / "taken_down.txt").unlink(), BESIDE, "it has lost 1 of"),
        (
            lambda path: add_line(path / "taken_down.txt"),
            UNSOUND,
            "5 is on the list",
        ),
    ],
)
def test_what_is_wrong_is_told(
    index_path: Path,
    capsys: pytest.CaptureFixture[str],
    damage: Callable[[Path], object],
    code: int,
    told: str,
) -> None:
    """With an exit code that says whether it concerns what is served."""
    damage(index_path)
    assert check(index_path) == code
    assert told in capsys.readouterr().out


def test_missing_directory_is_no_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And none is made."""
    assert check(tmp_path / "none") == UNSOUND
    assert "There is no index" in capsys.readouterr().out
    assert not (tmp_path / "none").exists()
