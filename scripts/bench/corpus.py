"""The documents of a benchmark, prepared once in a file that every engine reads in the same order.

Articles come from JSON lines; if there are too few, the generator of `scripts/make_corpus.py`
invents the rest. No real article is taken twice. Facets are drawn (see `bench.facets`), and stems
are made here, so that engines without Indonesian stems get them ready-made.

A document is a line of UTF-8 with the attributes of `BenchDocument`, in order, divided by tabs. In
a text, U+001E stands for a line end; U+001F divides tags; other control characters become spaces.
"""

import gzip
import itertools
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import IO, Any

from corpus.rows import make_rows, make_world
from corpus.words import sample_paragraphs, sample_words

from bench.facets import SAMPLES, SEED, draw_facets
from bench.peer import BenchDocument
from index.analysis import stem, stemming_version, tokenize
from index.errors import PathError

LINE_END, VALUE_END = "\x1e", "\x1f"
_CONTROLS = {**dict.fromkeys((*range(32), 127), " "), ord("\n"): LINE_END}

PROCESSES = 2
"""Processes that make stems; a million articles take some minutes."""
BATCH_SIZE, WINDOW_SIZE = 500, 16
ALONE_MOST = 2_000
"""Up to this many documents, starting processes takes longer than making the stems."""

_Article = tuple[str, str, str]
"""Id, title and body."""


@dataclass(frozen=True, slots=True)
class PreparedCorpus:
    """A corpus on disk.

    Attributes:
        path: the file of documents.
        doc_count: how many there are.
        real_count: how many of them come from the articles given; the rest are invented.
    """

    path: Path
    doc_count: int
    real_count: int

    def documents(self) -> Iterator[BenchDocument]:
        """Yield all documents in order."""
        with self.path.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                yield to_document(line)


def prepare_corpus(articles: list[Path], doc_count: int, folder: Path) -> PreparedCorpus:
    """Return a corpus of `doc_count` documents, from the folder if it was prepared before.

    Raises:
        PathError: for a file that cannot be read.
    """
    made_of = {
        "articles": [_name_and_size(path) for path in articles],
        "documents": doc_count,
        "seed": SEED,
        "stems": stemming_version(),  # the lines hold stems
    }
    path, note = folder / "documents.tsv", folder / "documents.json"
    known = json.loads(note.read_text(encoding="utf-8")) if note.exists() else {}
    if known.get("of") != made_of:
        folder.mkdir(parents=True, exist_ok=True)
        note.unlink(missing_ok=True)
        real_count = _write(path, articles, doc_count)
        known = {"of": made_of, "real": real_count}
        note.write_text(json.dumps(known), encoding="utf-8")
    return PreparedCorpus(path, doc_count, known["real"])


def to_line(document: BenchDocument) -> str:
    """Return a document as its line."""
    return (
        "\t".join(
            (
                str(document.number),
                _plain(document.id),
                _plain(document.title),
                _plain(document.body),
                VALUE_END.join(map(_plain, document.tags)),
                _plain(document.author),
                document.month,
                document.title_stem,
                document.body_stem,
                document.tags_stem,
            )
        )
        + "\n"
    )


def to_document(line: str) -> BenchDocument:
    """Return the document of a line."""
    number, name, title, body, tags, author, month, *stems = line.removesuffix("\n").split("\t")
    return BenchDocument(
        int(number),
        name,
        title,
        body.replace(LINE_END, "\n"),
        tuple(tags.split(VALUE_END)) if tags else (),
        author,
        month,
        *stems,
    )


def stems_of(text: str) -> str:
    """Return the stems of a text, divided by spaces."""
    return " ".join([stem(token.text) for token in tokenize(text)])


def _plain(text: str) -> str:
    return text.translate(_CONTROLS)


def _name_and_size(path: Path) -> list[str | int]:
    return [str(path), path.stat().st_size if path.exists() else 0]


def _write(path: Path, articles: list[Path], doc_count: int) -> int:
    """Write all documents; return how many are real."""
    real = list(itertools.islice(_read(articles), doc_count))
    rows = enumerate(zip(_filled(real, doc_count), draw_facets(doc_count), strict=True))
    unstemmed = (
        BenchDocument(number, *article, facets.tags, facets.author, facets.month, "", "", "")
        for number, (article, facets) in rows
    )
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for lines in _in_parallel(_batches(unstemmed), doc_count):
            file.write(lines)
    return len(real)


def _filled(real: list[_Article], doc_count: int) -> Iterator[_Article]:
    """Yield the real articles, then invented ones."""
    yield from real
    missing = doc_count - len(real)
    world = make_world(sample_words(sample_paragraphs(SAMPLES)), missing)
    for row in make_rows(world, missing, SEED):
        yield row["id"], row["title"], row["body"]


def _read(paths: list[Path]) -> Iterator[_Article]:
    for path in paths:
        try:
            with _open(path) as lines:
                for number, line in enumerate(lines):
                    row: dict[str, Any] = json.loads(line)
                    if row.get("title") and row.get("body"):
                        yield str(row.get("id", f"{path.name}-{number}")), row["title"], row["body"]
        except (OSError, ValueError) as error:
            raise PathError(
                f"{path} cannot be read as lines of JSON: {error}. Name others."
            ) from error


def _open(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _batches(documents: Iterable[BenchDocument]) -> Iterator[list[BenchDocument]]:
    remaining = iter(documents)
    while batch := list(itertools.islice(remaining, BATCH_SIZE)):
        yield batch


def _in_parallel(batches: Iterator[list[BenchDocument]], doc_count: int) -> Iterator[str]:
    if doc_count <= ALONE_MOST:
        yield from map(_lines_with_stems, batches)
        return
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        # A few batches at a time: the pool would otherwise read a million articles ahead.
        while window := list(itertools.islice(batches, WINDOW_SIZE)):
            yield from pool.map(_lines_with_stems, window)


def _lines_with_stems(batch: list[BenchDocument]) -> str:
    return "".join(
        to_line(
            replace(
                document,
                title_stem=stems_of(document.title),
                body_stem=stems_of(document.body),
                tags_stem=stems_of("\n".join(document.tags)),
            )
        )
        for document in batch
    )
