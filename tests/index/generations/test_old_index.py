"""An index that an older Kliping built: one clear sentence, nothing unpickled, and a way on."""

import runpy
import shlex
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from index.errors import SchemaMismatchError
from index.generations.generation import open_current
from search.columnar_engine import ColumnarEngine

ROOT = Path(__file__).parents[3]
STORED = ROOT / "tests" / "fixtures" / "indexes" / "schema-3.tar.xz"
"""An index of two articles, of schema version 3; its pickle names modules that have moved."""
MODULES_THAT_MOVED = (b"index.columnar.codec", b"index.analysis\n", b"index.stemming")

Served = Callable[[Path], list[str]]
Articles = Callable[..., Path]


@pytest.fixture
def stored_index(tmp_path: Path) -> Path:
    """Return the index directory of an older Kliping."""
    with tarfile.open(STORED) as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path / "index"


@pytest.fixture
def no_unpickling(monkeypatch: pytest.MonkeyPatch, stored_index: Path) -> None:
    """Fail the test when the old table of contents is read, the one file that holds a pickle."""
    read = TOC.read

    def read_others(storage: FileStorage, *arguments: Any, **options: Any) -> TOC:
        if Path(storage.folder).is_relative_to(stored_index):
            pytest.fail("the table of contents of the old index was unpickled")
        return read(storage, *arguments, **options)

    monkeypatch.setattr(TOC, "read", read_others)


def reindex(*arguments: str | Path) -> int:
    """Run the command within this process; return its exit code."""
    script = runpy.run_path(str(ROOT / "scripts" / "reindex.py"))
    return int(script["main"](list(map(str, arguments))))


def sentence(index_path: Path) -> str:
    """Return what is said of an index that another version built, up to what differs."""
    return f"The index in {index_path} was built by another version ("


def command(index_path: Path) -> str:
    """Return the command that builds it again."""
    return f".venv/bin/python scripts/reindex.py PATH --index {shlex.quote(str(index_path))}"


def test_stored_index_names_modules_that_are_no_more(stored_index: Path) -> None:
    """Without a check before it, opening the index would end in an error of the import system."""
    toc = (stored_index / "generations" / "1" / "_MAIN_1.toc").read_bytes()
    assert all(name in toc for name in MODULES_THAT_MOVED)


@pytest.mark.usefixtures("no_unpickling")
def test_opening_it_says_what_is_wrong_and_how_to_rebuild(stored_index: Path) -> None:
    """The manifest tells, so no other file of it is looked at."""
    with pytest.raises(SchemaMismatchError) as caught:
        open_current(stored_index)
    assert str(caught.value).startswith(sentence(stored_index))
    assert str(caught.value).endswith(command(stored_index))


@pytest.mark.usefixtures("no_unpickling")
def test_status_of_the_engine_says_the_same(stored_index: Path) -> None:
    """A server starts all the same, and shows the sentence until there is an index it can read."""
    engine = ColumnarEngine(stored_index, 10)
    status = engine.status()
    engine.close()
    assert not status.is_open
    assert status.problem.startswith(sentence(stored_index))
    assert status.problem.endswith(command(stored_index))


@pytest.mark.usefixtures("no_unpickling")
@pytest.mark.parametrize("options", [(), ("--dry-run",), ("--prune",)])
def test_update_of_it_fails_with_the_same_sentence(
    stored_index: Path,
    articles: Articles,
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
) -> None:
    """An update begins with what the index knows, so it is no way on; and nothing is changed."""
    before = (stored_index / "generations" / "1" / "manifest.json").read_bytes()
    code = reindex("--update", articles("a"), "--index", stored_index, *options)
    told = capsys.readouterr().err
    assert code == 1
    assert f"reindex: {sentence(stored_index)}" in told
    assert told.rstrip().endswith(command(stored_index))
    assert (stored_index / "generations" / "1" / "manifest.json").read_bytes() == before


def test_build_over_it_works(
    stored_index: Path, articles: Articles, served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command of the sentence; the old generation stays for the program that can read it."""
    assert reindex(articles("a", "b"), "--index", stored_index) == 0
    assert "Indexed    2 articles" in capsys.readouterr().out
    assert served(stored_index) == ["a", "b"]
    assert (stored_index / "generations" / "1").is_dir()
