"""Measure how fast `/api/suggest` answers while readers type headlines of an index.

    .venv/bin/python scripts/make_corpus.py --documents 100000 --out var/corpus.jsonl.gz
    .venv/bin/python scripts/reindex.py --index var/suggest var/corpus.jsonl.gz
    .venv/bin/python scripts/measure_suggestions.py --index var/suggest

Some headlines are drawn, and each is typed letter by letter up to its third word: every beginning
is asked for, and no answer is kept from the one before. The server is `scripts/serve.py`.
"""

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from bench.load import drive
from bench.peer import CannotRunError
from bench.serving import BUSY_CLIENTS, BUSY_WORKERS, HOST, serving

from index.errors import ArchiveError
from index.generations import open_current
from index.schema import from_stored

INDEX = Path("var/index")
HEADLINES = 500
WORDS_TYPED = 3
LETTERS_LEAST = 2
"""From so many letters on the search box asks."""
SECONDS = 10.0


def main(arguments: list[str] | None = None) -> int:
    """Measure, and print a line for one client and one for many.

    Returns:
        The exit code: 0 when it was measured, 1 when it could not be.
    """
    parser = argparse.ArgumentParser(description="Measure how fast suggestions come.")
    parser.add_argument("--index", type=Path, default=INDEX, help="index directory")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="seconds of each load")
    asked = parser.parse_args(arguments)
    try:
        paths = [f"/api/suggest?{urlencode({'q': text})}" for text in typed_texts(asked.index)]
        with serving(asked.index, BUSY_WORKERS) as (_, port):
            drive(HOST, port, BUSY_CLIENTS, asked.seconds / 2, paths)
            for clients in (1, BUSY_CLIENTS):
                got = drive(HOST, port, clients, asked.seconds, paths)
                told = f"{got.answers_per_second:.0f}/s, p50 {got.p50_ms:.1f}, p99 {got.p99_ms:.1f}"
                print(f"{got.clients} at once: {told} ms")
    except (ArchiveError, CannotRunError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def typed_texts(index_path: Path) -> list[str]:
    """Return what is typed on the way to some headlines of an index.

    Raises:
        IndexMissingError, IndexDamagedError, SchemaMismatchError: when it cannot be opened.
    """
    rng = random.Random(1)  # noqa: S311 - the same at every run
    with open_current(index_path).whoosh.reader() as reader:
        numbers = [n for n in range(reader.doc_count_all()) if not reader.is_deleted(n)]
        chosen = rng.sample(numbers, min(HEADLINES, len(numbers)))
        stored = [reader.stored_fields(number)["document"] for number in chosen]
    return [text for document in stored for text in beginnings(from_stored(document).title)]


def beginnings(title: str) -> Iterator[str]:
    """Yield a headline as it grows under a typist's fingers.

    >>> list(beginnings("Air bah"))
    ['Ai', 'Air', 'Air ', 'Air b', 'Air ba', 'Air bah']
    """
    typed = " ".join(title.split()[:WORDS_TYPED])
    return (typed[:length] for length in range(LETTERS_LEAST, len(typed) + 1))


if __name__ == "__main__":
    sys.exit(main())
