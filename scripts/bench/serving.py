"""Measure the whole server under load: `scripts/serve.py` on an index of the corpus."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench.load import Client, LoadFigures, drive
from bench.machine import resident_megabytes
from bench.peer import BenchDocument, BenchQuery, CannotRunError, Corpus
from index.indexer import build_index
from index.ingest import ReadOptions

SCRIPTS = Path(__file__).parents[1]
HOST = "127.0.0.1"
START_SECONDS, PAUSE_SECONDS = 60, 0.05
WORKER_COUNTS = (1, 2, 4)
BUSY_WORKERS, BUSY_CLIENTS = 2, 8


@dataclass(frozen=True, slots=True)
class ServerFigures:
    """Build speed, memory and latency of the server.

    Attributes:
        doc_count: articles of its index.
        build_per_second: articles a second of the whole build, with reading and checking.
        megabytes: resident memory by number of workers, after a load; None if it cannot be read.
        one: one client, two workers.
        busy: eight clients, two workers.
    """

    doc_count: int
    build_per_second: float
    megabytes: dict[str, float | None]
    one: LoadFigures
    busy: LoadFigures


def measure_server(
    corpus: Corpus, queries: Sequence[BenchQuery], work: Path, seconds: float
) -> ServerFigures:
    """Build an index of the corpus, serve it, and drive clients against it."""
    work.mkdir(parents=True, exist_ok=True)
    articles = work / "articles.jsonl"
    doc_count = _write_articles(corpus, articles)
    started = time.perf_counter()
    build_index([articles], work / "index", ReadOptions(processes=0), allow_shrink=True)
    build_per_second = doc_count / (time.perf_counter() - started)
    paths = [search_path(query) for query in queries]
    megabytes: dict[str, float | None] = {}
    for workers in WORKER_COUNTS:
        with serving(work / "index", workers) as (process, port):
            # Warm up: every worker answers every kind of query before anything is measured.
            drive(HOST, port, BUSY_CLIENTS, seconds / 2, paths)
            if workers == BUSY_WORKERS:
                one = drive(HOST, port, 1, seconds, paths)
                busy = drive(HOST, port, BUSY_CLIENTS, seconds, paths)
            megabytes[str(workers)] = resident_megabytes(process.pid)
    return ServerFigures(doc_count, build_per_second, megabytes, one, busy)


def search_path(query: BenchQuery) -> str:
    """Return the address of a query's results.

    >>> search_path(BenchQuery("OR of 2", "or", ("beras", "gula"), ("beras", "gula")))
    '/api/search?q=beras+OR+gula'
    """
    texts = {
        "or": " OR ".join(query.words),
        "and": " ".join(query.words),
        "phrase": f'"{" ".join(query.words)}"',
        "prefix": "".join(query.words[:1]) + "*",
        "all": "",
    }
    return "/api/search?" + urlencode([("q", texts[query.shape]), *query.filters])


def _write_articles(corpus: Corpus, path: Path) -> int:
    doc_count = 0
    with path.open("w", encoding="utf-8") as file:
        for document in corpus.documents():
            file.write(json.dumps(_row(document), ensure_ascii=False) + "\n")
            doc_count += 1
    return doc_count


def _row(document: BenchDocument) -> dict[str, object]:
    return {
        # Numbered, because articles of several sources may share a name.
        "id": str(document.number),
        "title": document.title,
        "body": document.body,
        "date": f"{document.month}-15",
        "author": document.author,
        "tags": document.tags,
    }


@contextmanager
def serving(index_path: Path, workers: int) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Serve an index by `scripts/serve.py` at a free port, until the `with` ends."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    where = ["--index", str(index_path), "--host", HOST, "--port", str(port)]
    command = [sys.executable, str(SCRIPTS / "serve.py"), *where, "--workers", str(workers)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - our own script
        try:
            _wait_for(port)
            yield process, port
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        client = Client(HOST, port)
        try:
            client.get("/healthz")
        except (OSError, CannotRunError):
            time.sleep(PAUSE_SECONDS)
        else:
            return
        finally:
            client.close()
    raise CannotRunError(f"The server did not answer within {START_SECONDS} seconds.")
