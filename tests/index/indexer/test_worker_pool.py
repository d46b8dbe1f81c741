"""Articles that are read by processes beside the build: the same index, and nothing left behind."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import ReadersLostError
from index.indexer.build import build_index
from index.indexer.work_units import FILES_MOST, ROWS_MOST, SMALL_BYTES
from index.ingest import LIMITS, ReadOptions
from tests.hang_guard import HANG_SECONDS

Served = Callable[[Path], list[str]]

KILLED_BUILD = """
import os, signal, sys
from tests.hang_guard import HANG_SECONDS
from pathlib import Path
from index.indexer.build import build_index
from index.ingest import ReadOptions

def die(byte_count):
    if byte_count:
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    options = ReadOptions(processes=2, on_bytes=die)
    build_index([Path(sys.argv[1])], Path(sys.argv[2]), options)
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder with small files, a file that is cut in pieces, and a large one that cannot be."""
    folder = tmp_path / "archive"
    (folder / "pages").mkdir(parents=True)
    for number in range(FILES_MOST + 1):
        page = folder / "pages" / f"{number:03}.txt"
        page.write_text(f"Harga {number}\nHarga beras naik di pasar {number} pagi ini.\n")
    filler = "beras " * 200
    rows = [{"title": f"Panen {n}", "body": f"{n} {filler}", "tags": ["Beras"]} for n in range(900)]
    lines = [json.dumps(row) for row in rows]
    lines[700] = "bukan JSON"
    (folder / "rows.jsonl").write_text("\n".join(["", *lines]))
    table = [f"Gula {n},{n} {filler}" for n in range(2 * ROWS_MOST)]
    table[900] = f",{filler}"
    (folder / "table.csv").write_text("\n".join(["judul,isi", *table]))
    large = [folder / "rows.jsonl", folder / "table.csv"]
    assert all(path.stat().st_size > SMALL_BYTES for path in large)
    return folder


def rejections(index_path: Path) -> list[str]:
    """Return the list of what was refused, line by line."""
    return (index_path / "rejected.jsonl").read_text().splitlines()


def test_processes_read_what_one_reads(archive: Path, tmp_path: Path, served: Served) -> None:
    """The same articles in the same order, refused with the same lines; every byte is told."""
    paths, told = [tmp_path / "one", tmp_path / "two"], []
    build_index([archive], paths[0], ReadOptions(processes=1))
    report = build_index([archive], paths[1], ReadOptions(processes=2, on_bytes=told.append))
    assert report.doc_count == FILES_MOST + 1 + 899 + 1000
    assert sum(told) == sum(file.stat().st_size for file in archive.rglob("*") if file.is_file())
    assert served(paths[0]) == served(paths[1])
    assert rejections(paths[0]) == rejections(paths[1])
    assert [json.loads(row)["line"] for row in rejections(paths[1])] == [702]


def test_lost_process_is_told_and_nothing_is_changed(archive: Path, tmp_path: Path) -> None:
    """The system ends processes when memory is short; the sentence says what to do."""

    def kill_readers(_: int) -> None:
        for process in multiprocessing.active_children():
            os.kill(process.pid or 0, signal.SIGKILL)

    options = ReadOptions(processes=2, on_bytes=kill_readers)
    with pytest.raises(ReadersLostError, match="--processes 1"):
        build_index([archive], tmp_path / "index", options)
    assert not (tmp_path / "index" / "current").exists()


def test_no_process_outlives_a_killed_build(archive: Path, tmp_path: Path) -> None:
    """They hold its output open, so that ends only when the last of them has."""
    program = tmp_path / "build.py"
    program.write_text(KILLED_BUILD)
    command = [sys.executable, str(program), str(archive), str(tmp_path / "index")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(
        command, check=False, timeout=HANG_SECONDS, stdout=subprocess.PIPE, env=environment
    )
    assert ran.returncode == -signal.SIGKILL


@pytest.mark.parametrize("processes", [1, 2])
def test_file_that_takes_too_long_is_refused_and_the_build_goes_on(
    tmp_path: Path, processes: int
) -> None:
    """A row of a terabyte of nothing, which takes no room on the disk."""
    archive = tmp_path / "archive"
    archive.mkdir()
    row = json.dumps({"title": "Panen", "body": "Padi dipanen pagi ini."}) + "\n"
    (archive / "good.jsonl").write_text(row)
    (archive / "hole.jsonl").write_text(row.replace("Panen", "Lubang"))
    os.truncate(archive / "hole.jsonl", 1 << 40)
    options = ReadOptions(limits=replace(LIMITS, item_seconds=1), processes=processes)
    report = build_index([archive], tmp_path / "index", options)
    assert (report.doc_count, dict(report.rejected)) == (1, {"too_slow": 1})
    assert "hole.jsonl" in report.rejections_path.read_text()
