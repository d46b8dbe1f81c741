"""Generate an invented archive of any size, for load tests: JSON lines, one article each.

    .venv/bin/python scripts/make_corpus.py --documents 100000 --seed 1 --out var/corpus.jsonl.gz

Word frequencies, word lengths, article lengths, tags, authors and months are distributed as in a
real newspaper archive; the sentences mean nothing. Each line has the keys id, title, body, date,
author, editor, tags, category, source and url.

The same seed, count and sample articles give the same bytes on every Python from 3.11 and NumPy
from 2.0: only streams are used that NumPy promises never to change (see `corpus.draws`). A .gz file
unpacks to the same text everywhere; its packed bytes depend on the zlib of Python.

Exit codes: 0 written; 1 a path cannot be used; 2 wrong usage.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import start

    start("make_corpus")


import argparse
import gzip
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from corpus.rows import Row, make_rows, make_world
from corpus.words import sample_paragraphs, sample_words
from indexing.start import run

from index.errors import ArchiveError, PathError

DOCUMENTS_MOST = 10_000_000
"""Articles in one archive; for more, there are too few invented words and 32-bit draws."""

SEED_MOST = 2**32 - 1

GZIP_LEVEL = 6
"""zlib's default, written down because the packed bytes depend on it."""


def main(arguments: list[str] | None = None) -> int:
    """Write the archive as the command line says; return the exit code."""
    options = _make_parser().parse_args(arguments)
    try:
        samples = sample_words(sample_paragraphs(options.samples))
        world = make_world(samples, options.documents)
        with _open_output(options.out) as output:
            write_rows(make_rows(world, options.documents, options.seed), output)
    except BrokenPipeError:
        # Whoever reads, such as head, has enough. Python would fail to flush the rest at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except ArchiveError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def write_rows(rows: Iterable[Row], output: BinaryIO) -> None:
    """Write each article as one line of JSON in UTF-8."""
    output.writelines(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Make an invented archive, for load tests.")
    parser.add_argument(
        "--documents", type=_WholeNumber(DOCUMENTS_MOST), required=True, help="how many articles"
    )
    parser.add_argument(
        "--seed", type=_WholeNumber(SEED_MOST), required=True, help="equal seeds, equal bytes"
    )
    parser.add_argument(
        "--out", type=Path, help="file to write, packed if it ends in .gz; default: standard output"
    )
    parser.add_argument(
        "--samples",
        type=Path,
        default=Path(__file__).parent.parent / "samples",
        help="folder of articles to take words from; default: the sample archive",
    )
    return parser


class _WholeNumber:
    """A type for argparse: digits between 0 and a limit."""

    def __init__(self, most: int) -> None:
        self._most = most

    def __call__(self, text: str) -> int:
        if (
            text.isascii()
            and text.isdecimal()
            and len(text) <= len(str(self._most))
            and int(text) <= self._most
        ):
            return int(text)
        raise argparse.ArgumentTypeError(f"not a whole number from 0 to {self._most}: {text[:40]}")


@contextmanager
def _open_output(path: Path | None) -> Iterator[BinaryIO]:
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    try:
        file = path.open("wb")
    except OSError as error:
        raise PathError(f"{path} cannot be written: {error.strerror}. Choose another.") from error
    with file:
        if path.suffix != ".gz":
            yield file
            return
        # No name and no time, so that equal archives are equal files.
        with gzip.GzipFile("", "wb", GZIP_LEVEL, file, mtime=0) as packed:
            yield cast("BinaryIO", packed)


if __name__ == "__main__":
    run("make_corpus", main)
