"""Backup and restoring: an index on an empty machine answers as the one that was saved."""

import errno
import io
import json
import os
import runpy
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from index.generations.takedowns import read_takedowns
from index.indexer.build import build_index
from index.indexer.removal import remove_articles
from search.engine import open_engine
from search.request import SearchRequest
from tests.hang_guard import HANG_SECONDS

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


def test_half_a_list_is_not_left(
    index_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk fills up while it is restored; else it would be taken for a whole one."""

    def fill_up(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:9])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    backup("make", tmp_path / "b.tar", index_path)
    restored = tmp_path / "empty" / "index"
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", fill_up)
        assert backup("restore", tmp_path / "b.tar", restored) == FAILED
    assert backup("restore", tmp_path / "b.tar", restored) == DONE
    assert read_takedowns(restored) == read_takedowns(index_path)


def test_killed_restoring_leaves_nothing(index_path: Path, tmp_path: Path) -> None:
    """The next one removes what it had unpacked."""
    backup("make", tmp_path / "b.tar", index_path)
    unfinished = tmp_path / "new" / "generations" / "1.tmp"
    (unfinished / "unpacked").mkdir(parents=True)
    assert backup("restore", tmp_path / "b.tar", tmp_path / "new") == DONE
    assert not unfinished.exists()


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


def rewrite(path: Path, **contents: bytes | None) -> None:
    """Write an archive again with other contents of some files; None leaves one out."""
    with tarfile.open(path) as tar:
        files = {entry.name: tar.extractfile(entry) for entry in tar}
        data = {name: file.read() for name, file in files.items() if file}
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        for name, content in (data | contents).items():
            if content is not None:
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                tar.addfile(entry, io.BytesIO(content))


def lose_list(path: Path) -> None:
    """Leave out the list of those taken down."""
    rewrite(path, **{"taken_down.txt": None})


def change_settings(path: Path) -> None:
    """Change the settings of the environment."""
    rewrite(path, **{"settings.env": b"KLIPING_PORT=1\n"})


def add_corrections(path: Path) -> None:
    """Add a file that has no checksum."""
    rewrite(path, **{"corrections.csv": b"article,field,value,who,when\n"})


def nest_checksums(path: Path) -> None:
    """Nest the checksums deeper than they can be read."""
    rewrite(path, **{"checksums.json": b"[" * 100_000})


def sum_elsewhere(path: Path) -> None:
    """Ask for the checksum of a device that never ends."""
    rewrite(path, **{"checksums.json": b'{"/dev/zero": ""}'})


def list_checksums(path: Path) -> None:
    """Write the checksums as something else."""
    rewrite(path, **{"checksums.json": b"1"})


def add_twice(path: Path) -> None:
    """Add a file a second time."""
    with tarfile.open(path, "a") as tar:
        tar.addfile(tarfile.TarInfo("taken_down.txt"), io.BytesIO())


DAMAGES = (
    *(cut, flip, lead_out, lose_list, change_settings, add_corrections),
    *(nest_checksums, sum_elsewhere, list_checksums, add_twice),
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_archive_that_is_not_sound_leaves_nothing(
    index_path: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """No index is made of it."""
    backup("make", tmp_path / "b.tar", index_path)
    damage(tmp_path / "b.tar")
    assert backup("restore", tmp_path / "b.tar", tmp_path / "new") == FAILED
    assert not (tmp_path / "new" / "current").exists()
    assert list((tmp_path / "new" / "generations").iterdir()) == []


def test_output_that_fails_undoes_no_backup(index_path: Path, tmp_path: Path) -> None:
    """The archive is whole by then, and the exit code says so."""
    archive = tmp_path / "b.tar"
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, str(SCRIPT), "make", str(archive), "--index", str(index_path)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=HANG_SECONDS,
        )
    assert (ran.returncode, archive.exists()) == (DONE, True)
    assert "the work is done" in ran.stderr


def test_restoring_that_fails_leaves_no_half_list(
    index_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next one would take it for a list that has survived, and keep it."""
    rows = "article,field,value,who,when\n1,title,Lain,Ani,2024-08-28\n"
    (index_path / "corrections.csv").write_text(rows)
    assert backup("make", tmp_path / "b.tar", index_path) == DONE
    copy = shutil.copyfile

    def fill_up(source: Path, target: Path) -> None:
        copy(source, target)
        target.write_bytes(target.read_bytes()[:40])
        raise OSError(errno.ENOSPC, "No space left on device")

    restored = tmp_path / "empty" / "index"
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", fill_up)
        assert backup("restore", tmp_path / "b.tar", restored) == FAILED
    assert backup("restore", tmp_path / "b.tar", restored) == DONE
    assert (restored / "corrections.csv").read_text() == rows
    assert read_takedowns(restored) == read_takedowns(index_path)


def test_lists_beside_the_directory_are_saved_and_those_that_survived_stay(
    index_path: Path, tmp_path: Path
) -> None:
    """A newer list beside a lost directory goes before the one in the archive."""
    beside = tmp_path / "index.corrections.csv"
    beside.write_text("article,field,value,who,when\n")
    assert backup("make", tmp_path / "b.tar", index_path) == DONE
    assert backup("restore", tmp_path / "b.tar", tmp_path / "other") == DONE
    assert (tmp_path / "other" / "corrections.csv").read_text() == beside.read_text()
    shutil.rmtree(index_path)
    assert backup("restore", tmp_path / "b.tar", index_path) == DONE
    assert not (index_path / "corrections.csv").exists()
