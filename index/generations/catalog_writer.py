"""Write the catalogue of a generation: a new one, or a copy of an older one with changes."""

import itertools
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from errno import EIO
from pathlib import Path
from typing import Any, Self

from index.generations.catalog_failures import system_error
from index.generations.catalog_tables import (
    CATALOG_NAME,
    INDEXES,
    TABLES,
    Article,
    Copy,
    KnownFile,
)

ROWS_TOGETHER = 100
"""Rows of one statement: of nine values each, within the 999 that SQLite before 3.32 allows."""

# Nobody reads what a killed build has left, so SQLite need not be able to undo anything, and the
# file is synced when the generation is published.
_WRITING = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"


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
                database.executescript(_WRITING + ("" if base else TABLES))
                yield cls(database)
                database.executescript(INDEXES)
                database.commit()
        except sqlite3.Error as error:
            # A database of our own has no faults, unless the disk has failed.
            raise system_error(error, path) or OSError(EIO, str(error), str(path)) from error

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
