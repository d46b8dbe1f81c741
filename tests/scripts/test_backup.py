"""Backup and restoring: an index on an empty machine answers as the one that was saved."""

import io
import json
import runpy
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from index.generations.takedowns import read_takedowns
from index.indexer.build import build_index
from index.indexer.removal import remove_articles
from search.engine import open_engine
from search.request import SearchRequest

SCRIPT = Path(__file__).parents[2] / "scripts" / "backup.py"
DONE, FAILED = 0, 1


@pytest.fixture
def index_path(tmp_path: Path) -> Path:
    """Return an index of eight articles, one of nine having been taken down."""
    rows = [{"id": f"{n}", "title": f"Judul {n}", "body": f"Harga beras {n}."} for n in range(9)]
    archive = tmp_path / "a.jsonl"
    archive.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    build_index([archive], tmp_path / "index")
    remove_articles(tmp_path / "index", ["3"], "hak jawab")
    return tmp_path / "index"


def backup(action: str, archive: Path, index_path: Path) -> int:
    """Run the command."""
    arguments = [action, str(archive), "--index", str(index_path)]
    code: int = runpy.run_path(str(SCRIPT))["main"](arguments)
    return code


def answer(index_path: Path) -> list[tuple[str, float]]:
    """Return what an index answers: ids with their scores."""
    engine = open_engine(str(index_path), query_seconds=60)
    try:
        results = engine.search(SearchRequest(query_text="beras"))
    finally:
        engine.close()
    return [(hit.doc_id, hit.score) for hit in results.hits]


def test_restored_index_answers_the_same(index_path: Path, tmp_path: Path) -> None:
    """What was taken down is not in it, and stays down."""
    assert backup("make", tmp_path / "b.tar", index_path) == DONE
    restored = tmp_path / "empty" / "index"
    assert backup("restore", tmp_path / "b.tar", restored) == DONE
    assert answer(restored) == answer(index_path)
    assert read_takedowns(restored) == read_takedowns(index_path)
    assert build_index([tmp_path / "a.jsonl"], restored).down_count == 1


def test_index_is_not_replaced(index_path: Path, tmp_path: Path) -> None:
    """Whoever names the wrong directory loses nothing."""
    backup("make", tmp_path / "b.tar", index_path)
    assert backup("restore", tmp_path / "b.tar", index_path) == FAILED


def cut(path: Path) -> None:
    """Cut an archive in half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    """Change a byte of a segment."""
    data = bytearray(path.read_bytes())
    data[data.index(b"KLIPCOLS") + 100] ^= 1
    path.write_bytes(data)


def lead_out(path: Path) -> None:
    """Add a file that would be written elsewhere."""
    with tarfile.open(path, "a") as tar:
        tar.addfile(tarfile.TarInfo("generation/../../../x"), io.BytesIO())


@pytest.mark.parametrize("damage", [cut, flip, lead_out])
def test_archive_that_is_not_sound_leaves_nothing(
    index_path: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """No index is made of it."""
    backup("make", tmp_path / "b.tar", index_path)
    damage(tmp_path / "b.tar")
    assert backup("restore", tmp_path / "b.tar", tmp_path / "new") == FAILED
    assert not (tmp_path / "new" / "current").exists()
    assert list((tmp_path / "new" / "generations").iterdir()) == []
