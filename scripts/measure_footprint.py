"""Measure memory and disk by number of articles: of a build, of its index, of a server.

    .venv/bin/python scripts/measure_footprint.py [--documents N...] [--articles FILE...]

Prints a table. Articles are invented (`scripts/make_corpus.py`), unless files are given; then those
are one row. A build reads with one process; each further one needs some 100 MB. The memory of a
server is that of one worker after some searches, without the index files, which all share and
the system lets go when it needs room. Linux only, since memory is read from /proc.

Exit codes: 0 measured; 1 a step failed; 2 wrong usage.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import start

    start("measure_footprint")


import argparse
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.request import urlopen

from bench.machine import run_script
from indexing.start import run

SCRIPTS = Path(__file__).parent
DOCUMENTS = (10_000, 100_000)
SEARCHES = ("", "q=harga", "q=harga+beras", "q=%22harga+beras%22", "q=hargaa")
"""What a worker is asked before its memory is read."""
MEGABYTE = 1_000_000
KILOBYTE = 1024
"""What /proc and getrusage count in."""


class Footprint(NamedTuple):
    """A row of the table: sizes in bytes, but for the count of documents."""

    doc_count: int
    input_bytes: int
    build_memory: int
    index_bytes: int
    worker_memory: int

    def __str__(self) -> str:
        sizes = (f"{size / MEGABYTE:,.0f}" for size in self[1:])
        each = self.index_bytes / max(self.doc_count, 1)
        return f"| {self.doc_count:,} | {' | '.join(sizes)} | {each:,.0f} |"


HEAD = (
    "| articles | files, MB | build, MB of memory | index, MB | server, MB a worker "
    "| index, bytes an article |\n|---:|---:|---:|---:|---:|---:|"
)


def main(arguments: list[str] | None = None) -> int:
    """Print the table; return the exit code."""
    options = _parser().parse_args(arguments)
    print(HEAD)
    try:
        for count in [0] if options.articles else options.documents:
            with TemporaryDirectory() as name:
                print(_measure(Path(name), count, options.articles), flush=True)
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"measure_footprint: {error}", file=sys.stderr)
        return 1
    return 0


def _measure(folder: Path, count: int, articles: Sequence[Path]) -> Footprint:
    index_path = folder / "index"
    paths = list(articles) or [_make_corpus(folder, count)]
    command = ["reindex.py", *map(str, paths), "--index", str(index_path), "--processes", "1"]
    printed, build_memory = run_script(command)
    found = re.search(r"Indexed +([\d,]+)", printed)
    return Footprint(
        int(found[1].replace(",", "")) if found else 0,
        sum(path.stat().st_size for path in paths),
        build_memory,
        sum(path.stat().st_size for path in (index_path / "generations").rglob("*")),
        _worker_memory(index_path),
    )


def _make_corpus(folder: Path, count: int) -> Path:
    path = folder / "corpus.jsonl"
    run_script(["make_corpus.py", "--documents", str(count), "--seed", "1", "--out", str(path)])
    return path


def _worker_memory(index_path: Path) -> int:
    with _serving(index_path) as (process, port):
        for query in SEARCHES:
            with urlopen(f"http://127.0.0.1:{port}/search?{query}") as answer:
                answer.read()
        statuses = (path.read_text() for path in Path("/proc").glob("[0-9]*/status"))
        workers = [text for text in statuses if f"PPid:\t{process.pid}\n" in text]
        own = (re.search(r"RssAnon:\s+(\d+)", text) for text in workers)
        return max((int(each[1]) * KILOBYTE for each in own if each), default=0)


@contextmanager
def _serving(index_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    where = ["--index", str(index_path), "--port", str(port), "--workers", "1"]
    command = [sys.executable, str(SCRIPTS / "serve.py"), *where]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - ours
        try:
            if process.stdout:
                process.stdout.readline()  # it is printed once the port listens
            yield process, port
        finally:
            process.terminate()
            process.communicate()


def _parser() -> argparse.ArgumentParser:
    summary = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="measure_footprint.py", description=summary)
    parser.add_argument("--documents", nargs="+", type=int, default=DOCUMENTS, metavar="N")
    parser.add_argument("--articles", nargs="+", type=Path, default=[], metavar="FILE")
    return parser


if __name__ == "__main__":
    run("measure_footprint", main)
