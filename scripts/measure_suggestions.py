"""Measure the latency of `/api/suggest` while readers type headlines of an index.

    .venv/bin/python scripts/make_corpus.py --documents 100000 --seed 1 --out var/corpus.jsonl.gz
    .venv/bin/python scripts/reindex.py --index var/suggest var/corpus.jsonl.gz
    .venv/bin/python scripts/measure_suggestions.py --index var/suggest

Random headlines are typed letter by letter up to their third word: each prefix is one request, and
no answer comes from a cache. The server is `scripts/serve.py`.

Exit codes: 0 measured; 1 the server cannot be measured; 2 wrong usage.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import LOADING_MB, start

    start("measure_suggestions", LOADING_MB)


import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from bench.load import drive
from bench.peer import CannotRunError
from bench.serving import BUSY_CLIENTS, BUSY_WORKERS, HOST, serving
from indexing.index_setting import read_directory
from indexing.start import run

from index.errors import ArchiveError
from index.generations import open_current
from index.schema import from_stored

INDEX = "var/index"
HEADLINES = 500
WORDS_TYPED = 3
LETTERS_LEAST = 2
"""The search box asks from this many letters on."""
SECONDS = 10.0


def main(arguments: list[str] | None = None) -> int:
    """Print the latency with one client and with many; return the exit code."""
    parser = argparse.ArgumentParser(description="Measure the latency of suggestions.")
    parser.add_argument("--index", default=INDEX, help="index directory")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="seconds of each load")
    options = parser.parse_args(arguments)
    try:
        index_path = read_directory(options.index)
        paths = [f"/api/suggest?{urlencode({'q': text})}" for text in typed_texts(index_path)]
        with serving(index_path, BUSY_WORKERS) as (_, port):
            drive(HOST, port, BUSY_CLIENTS, options.seconds / 2, paths)
            for clients in (1, BUSY_CLIENTS):
                load = drive(HOST, port, clients, options.seconds, paths)
                rate, p50, p99 = load.answers_per_second, load.p50_ms, load.p99_ms
                print(f"{load.clients} at once: {rate:.0f}/s, p50 {p50:.1f}, p99 {p99:.1f} ms")
    except (ArchiveError, CannotRunError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def typed_texts(index_path: Path) -> list[str]:
    """Return the prefixes of random headlines of an index, as they are typed.

    Raises:
        IndexMissingError, IndexDamagedError, SchemaMismatchError: when it cannot be opened.
    """
    rng = random.Random(1)  # noqa: S311 - the same at every run
    with open_current(index_path).whoosh.reader() as reader:
        numbers = [n for n in range(reader.doc_count_all()) if not reader.is_deleted(n)]
        drawn = rng.sample(numbers, min(HEADLINES, len(numbers)))
        stored = [reader.stored_fields(number)["document"] for number in drawn]
    return [text for document in stored for text in prefixes(from_stored(document).title)]


def prefixes(title: str) -> Iterator[str]:
    """Yield the prefixes of a headline, letter by letter.

    >>> list(prefixes("Air bah"))
    ['Ai', 'Air', 'Air ', 'Air b', 'Air ba', 'Air bah']
    """
    typed = " ".join(title.split()[:WORDS_TYPED])
    return (typed[:length] for length in range(LETTERS_LEAST, len(typed) + 1))


if __name__ == "__main__":
    run("measure_suggestions", main)
