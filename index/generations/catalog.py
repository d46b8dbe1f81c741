"""The catalogue of a generation: the files that were read, and what became of their articles.

It is a database beside the index, and an update compares with it: a file of the same size and time
is not read again, an article with the same digest is not written again. It also has the signature
of each article (`index.corpus.near_duplicates`) and the repeated lines that are cut.

A catalogue never changes once its generation has a number; an update begins with a copy of it.
"""

import itertools
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Self
from urllib.parse import quote

import numpy as np

from index.corpus import SIGNATURE, Signatures, hash_text
from index.errors import IndexDamagedError

CATALOG_NAME = "catalog.sqlite"
PIPED = b"-"
"""The path of standard input, which cannot be read again."""

ROWS_TOGETHER = 100
"""Rows of one statement: of nine values each, within the 999 that SQLite before 3.32 allows."""

_TABLES = """
CREATE TABLE file (
    number INTEGER PRIMARY KEY, path BLOB, location BLOB, size INTEGER, changed_at INTEGER);
CREATE TABLE article (
    doc_id TEXT, file INTEGER, digest BLOB, text INTEGER, story INTEGER, address INTEGER,
    base INTEGER, is_down INTEGER, signature BLOB);
CREATE TABLE copy (file INTEGER, doc_id TEXT, original TEXT, is_page INTEGER);
CREATE TABLE former_id (hash INTEGER, doc_id TEXT);
CREATE TABLE repeated_line (hash INTEGER);
"""
_INDEXES = """
CREATE UNIQUE INDEX IF NOT EXISTS article_by_id ON article (doc_id);
CREATE INDEX IF NOT EXISTS article_by_file ON article (file);
CREATE INDEX IF NOT EXISTS article_by_text ON article (text);
CREATE INDEX IF NOT EXISTS article_by_story ON article (story);
CREATE INDEX IF NOT EXISTS article_by_address ON article (address) WHERE address != 0;
CREATE INDEX IF NOT EXISTS article_by_base ON article (base) WHERE base != 0;
CREATE INDEX IF NOT EXISTS copy_by_id ON copy (doc_id);
CREATE INDEX IF NOT EXISTS copy_by_original ON copy (original);
CREATE INDEX IF NOT EXISTS copy_by_file ON copy (file);
CREATE INDEX IF NOT EXISTS former_id_by_hash ON former_id (hash);
CREATE INDEX IF NOT EXISTS former_id_by_id ON former_id (doc_id);
"""
# Nobody reads what a killed build has left, so SQLite need not be able to undo anything, and the
# file is synced when the generation is published.
_WRITING = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"


class KnownFile(NamedTuple):
    """A file as it was when it was read.

    Attributes:
        number: by which articles refer to it.
        path: the absolute path, as the system's bytes.
        location: the end of the path, below the folder that was given; ids may be made of it.
        size: in bytes.
        changed_at: the time of the last change, in nanoseconds.
    """

    number: int
    path: bytes
    location: bytes
    size: int
    changed_at: int

    @property
    def root(self) -> bytes:
        """The folder that was given: the beginning of the path."""
        return self.path.removesuffix(self.location)


class Article(NamedTuple):
    """What is kept of an article.

    Attributes:
        doc_id: its id.
        file: the number of its file.
        digest: of the document as it was read.
        text: a hash of headline and text.
        story: a hash of outlet, day, headline and text.
        address: a hash of the address; 0 for no address.
        base: a hash of the address without the number of a page; 0 if it has none.
        is_down: whether it was taken down, so it is not in the index.
        signature: an `index.corpus.near_duplicates.SIGNATURE`, as bytes.
    """

    doc_id: str
    file: int
    digest: bytes
    text: int
    story: int
    address: int
    base: int
    is_down: bool
    signature: bytes


class Trace(NamedTuple):
    """What an earlier generation, of this version or an older one, tells of an article.

    Attributes:
        doc_id: its id.
        text, address: as of an `Article`.
    """

    doc_id: str
    text: int
    address: int


class Copy(NamedTuple):
    """An article that is not in the index, since `original` has its story or address.

    With `is_page`, it is a page of that one.
    """

    file: int
    doc_id: str
    original: str
    is_page: bool


class Catalog:
    """A catalogue, open for reading."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    @classmethod
    @contextmanager
    def opened(cls, folder: Path) -> "Iterator[Self]":
        """Open the catalogue in the folder of a generation.

        Raises:
            IndexDamagedError: when it cannot be read.
        """
        address = f"file:{quote(os.fsencode(folder / CATALOG_NAME))}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(address, uri=True)) as database:
                yield cls(database)
        except sqlite3.Error as error:
            what = f"{CATALOG_NAME} cannot be read ({error})"
            raise IndexDamagedError(folder.parents[1], what) from error

    def files(self) -> dict[bytes, KnownFile]:
        """Return all files that were read, by path; standard input left out."""
        rows = self._database.execute("SELECT * FROM file WHERE path != ?", (PIPED,))
        return {known.path: known for known in itertools.starmap(KnownFile, rows)}

    def piped_files(self) -> frozenset[int]:
        """Return the numbers of the files that were standard input."""
        rows = self._database.execute("SELECT number FROM file WHERE path = ?", (PIPED,))
        return frozenset(number for (number,) in rows)

    def article(self, doc_id: str) -> Article | None:
        """Return the article of an id."""
        return self._one("doc_id", doc_id)

    def with_story(self, story: int) -> Article | None:
        """Return an article with this hash of its outlet, day, headline and text."""
        return self._one("story", story)

    def with_address(self, address: int) -> Article | None:
        """Return an article with this hash of its address, which is not 0."""
        return self._one("address", address)

    def ids_in(self, files: Iterable[int]) -> Iterator[str]:
        """Yield the ids of the articles of some files that are in the index."""
        return self._column("SELECT doc_id FROM article WHERE file = ? AND NOT is_down", files)

    def files_with_copies(self, originals: Iterable[str]) -> set[int]:
        """Return the files that hold copies of some articles."""
        return set(self._column("SELECT file FROM copy WHERE original = ?", originals))

    def current_id(self, doc_id: str) -> str | None:
        """Return the id of the article that has this id, had it once, or is a copy with it."""
        tries = (
            ("SELECT doc_id FROM article WHERE doc_id = ?", doc_id),
            ("SELECT doc_id FROM former_id WHERE hash = ?", hash_text(doc_id)),
            ("SELECT original FROM copy WHERE doc_id = ?", doc_id),
        )
        found = (each for sql, value in tries for each in self._column(sql, [value]))
        return next(found, None)

    def alike(self, texts: Iterable[int], addresses: Iterable[int] = ()) -> list[Article]:
        """Return the articles with one of these texts or addresses, which are not 0."""
        by_text = (self._all("text", text) for text in texts)
        by_address = (self._all("address", address) for address in addresses)
        found = itertools.chain(*by_text, *by_address)
        return list({article.doc_id: article for article in found}.values())

    def bases(self) -> list[tuple[int, int]]:
        """Return the base of each article that has one, with the article's file."""
        return self._database.execute("SELECT base, file FROM article WHERE base != 0").fetchall()

    def first_pages(self, files: Iterable[int]) -> Iterator[str]:
        """Yield the ids of articles that have further pages in some files."""
        return self._column("SELECT original FROM copy WHERE file = ? AND is_page", files)

    def copies_of(self, originals: Iterable[str]) -> Iterator[str]:
        """Yield the ids of the copies of some articles."""
        return self._column("SELECT doc_id FROM copy WHERE original = ?", originals)

    def down(self) -> list[Article]:
        """Return the articles that were taken down."""
        return self._all("is_down", 1)

    @property
    def is_old(self) -> bool:
        """Whether a version before ids were made of texts has written it."""
        sql = "SELECT 1 FROM sqlite_master WHERE name = 'former_id'"
        return not self._database.execute(sql).fetchone()

    def ids(self) -> Iterator[str]:
        """Yield the ids of all articles that are in the index."""
        return self._column("SELECT doc_id FROM article WHERE is_down = ?", [0])

    def former_ids(self) -> Iterator[tuple[int, str]]:
        """Yield the hash of each former id, with the id of its article."""
        sql = "SELECT hash, doc_id FROM former_id"
        return iter(()) if self.is_old else self._database.execute(sql)

    def traces(self, doc_ids: Iterable[str]) -> Iterator[Trace]:
        """Yield what is known of some articles, of each id that there is."""
        sql = "SELECT doc_id, text, address FROM article WHERE doc_id = ?"
        rows = (row for doc_id in doc_ids for row in self._database.execute(sql, (doc_id,)))
        return itertools.starmap(Trace, rows)

    def trace(self, doc_id: str) -> Trace | None:
        """Return what is known of the article that has an id, or had it once."""
        known = doc_id if self.is_old else self.current_id(doc_id)
        return None if known is None else next(self.traces([known]), None)

    def location(self, file: int) -> bytes:
        """Return the location of a file; empty if there is none with this number."""
        return next(self._column("SELECT location FROM file WHERE number = ?", [file]), b"")

    def next_file(self) -> int:
        """Return a number greater than that of any file."""
        (most,) = self._database.execute("SELECT coalesce(max(number), 0) FROM file").fetchone()
        return int(most) + 1

    def signatures(self) -> tuple[list[str], Signatures]:
        """Return the ids and the signatures of all articles in the index."""
        rows = self._database.execute(
            "SELECT doc_id, signature FROM article WHERE NOT is_down"
        ).fetchall()
        signatures = b"".join(signature for _, signature in rows)
        return [doc_id for doc_id, _ in rows], np.frombuffer(signatures, SIGNATURE)

    def repeated_lines(self) -> frozenset[int]:
        """Return the hashes of the lines that are cut."""
        return frozenset(h for (h,) in self._database.execute("SELECT hash FROM repeated_line"))

    def _one(self, column: str, value: str | int) -> Article | None:
        return next(iter(self._all(column, value, most=1)), None)

    def _all(self, column: str, value: str | int, most: int = -1) -> list[Article]:
        sql = f"SELECT * FROM article WHERE {column} = ? LIMIT ?"  # noqa: S608 - one of five names
        return list(itertools.starmap(Article, self._database.execute(sql, (value, most))))

    def _column(self, sql: str, values: Iterable[Any]) -> Iterator[Any]:
        """Yield the one column of a query, which is run for each value."""
        return (found for value in values for (found,) in self._database.execute(sql, (value,)))


class CatalogWriter:
    """Writes the catalogue of a generation: a new one, or a copy of an older one with changes."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    @classmethod
    @contextmanager
    def opened(cls, folder: Path, base: Path | None = None) -> "Iterator[Self]":
        """Write into a folder; `base` is the folder of the generation to begin with.

        Raises:
            OSError: when the database cannot be written, for example on a full disk.
        """
        path = folder / CATALOG_NAME
        if base:
            shutil.copyfile(base / CATALOG_NAME, path)
        try:
            with closing(sqlite3.connect(path)) as database:
                database.executescript(_WRITING + ("" if base else _TABLES))
                yield cls(database)
                database.executescript(_INDEXES)
                database.commit()
        except sqlite3.OperationalError as error:
            raise OSError(f"{path} cannot be written ({error})") from error

    def forget_files(self, files: Iterable[int], kept: Mapping[str, int]) -> None:
        """Remove files with their articles and copies, except for the articles that are kept.

        Args:
            files: their numbers.
            kept: by id, the number of the file that an article is in now.
        """
        moves = ((file, doc_id) for doc_id, file in kept.items())
        self._database.executemany("UPDATE article SET file = ? WHERE doc_id = ?", moves)
        rows = [(number,) for number in files]
        for sql in (
            "DELETE FROM file WHERE number = ?",
            "DELETE FROM article WHERE file = ?",
            "DELETE FROM copy WHERE file = ?",
        ):
            self._database.executemany(sql, rows)

    def add_files(self, files: Iterable[KnownFile]) -> None:
        """Add files that were read."""
        self._insert("file", files)

    def add_articles(self, articles: Iterable[Article]) -> None:
        """Add articles."""
        self._insert("article", articles)

    def add_copies(self, copies: Iterable[Copy]) -> None:
        """Add copies that are not in the index."""
        self._insert("copy", copies)

    def forget_articles(self, doc_ids: Iterable[str]) -> None:
        """Remove articles."""
        rows = ((doc_id,) for doc_id in doc_ids)
        self._database.executemany("DELETE FROM article WHERE doc_id = ?", rows)

    def take_down(self, doc_ids: Iterable[str]) -> None:
        """Mark articles that are no longer in the index."""
        rows = ((doc_id,) for doc_id in doc_ids)
        self._database.executemany("UPDATE article SET is_down = 1 WHERE doc_id = ?", rows)

    def move_former_ids(self, current_by_id: Mapping[str, str | None]) -> None:
        """Let the former ids of articles that are gone lead to others; None for to nothing."""
        moves = ((to, doc_id) for doc_id, to in current_by_id.items())
        self._database.executemany("UPDATE former_id SET doc_id = ? WHERE doc_id = ?", moves)
        self._database.execute("DELETE FROM former_id WHERE doc_id IS NULL")

    def add_former_ids(self, rows: Iterable[tuple[int, str]]) -> None:
        """Add the hashes of former ids, each with the id of its article."""
        self._insert("former_id", rows)

    def set_repeated_lines(self, hashes: Iterable[int]) -> None:
        """Set which lines are cut."""
        self._database.execute("DELETE FROM repeated_line")
        self._insert("repeated_line", ((h,) for h in hashes))

    def _insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert rows, many with one statement.

        Each statement releases the interpreter's lock, and waits for it until the threads that
        write a segment release it; with a statement per row, that took more than half of a build.
        """
        remaining = iter(rows)
        while chunk := list(itertools.islice(remaining, ROWS_TOGETHER)):
            marks = f"({', '.join('?' * len(chunk[0]))})"
            all_marks = ", ".join([marks] * len(chunk))
            sql = f"INSERT INTO {table} VALUES {all_marks}"  # noqa: S608 - one of five names
            self._database.execute(sql, [value for row in chunk for value in row])
