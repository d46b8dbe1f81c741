"""The catalogue of a generation: the files that were read, and what became of their articles.

It is a database beside the index, and an update compares with it: a file of the same size and time
is not read again, an article with the same digest is not written again. It also has the signature
of each article (`index.corpus.near_duplicates`) and the repeated lines that are cut.

A catalogue never changes once its generation has a number; an update begins with a copy of it.
"""

import itertools
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import numpy as np

from index.corpus import SIGNATURE, Signatures, hash_text
from index.errors import unusable_index
from index.generations.catalog_failures import system_error
from index.generations.catalog_tables import CATALOG_NAME, PIPED, Article, KnownFile, Trace


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
            IndexUnreadableError: when the machine cannot read it now.
        """
        path = folder / CATALOG_NAME
        address = f"file:{quote(os.fsencode(path))}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(address, uri=True)) as database:
                yield cls(database)
        except sqlite3.Error as error:
            what = f"{CATALOG_NAME} cannot be read ({error})"
            cause = system_error(error, path) or error
            raise unusable_index(folder.parents[1], what, cause) from error

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

    def files_with_pages(self, originals: Iterable[str]) -> Iterator[int]:
        """Yield the files that hold further pages of some articles."""
        return self._column("SELECT file FROM copy WHERE original = ? AND is_page", originals)

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

    def copies(self) -> Iterator[tuple[str, str]]:
        """Yield the id of each copy and of its original."""
        return self._database.execute("SELECT doc_id, original FROM copy")

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
            "SELECT doc_id, signature FROM article WHERE NOT is_down ORDER BY rowid"
        ).fetchall()
        signatures = b"".join(signature for _, signature in rows)
        return [doc_id for doc_id, _ in rows], np.frombuffer(signatures, SIGNATURE)

    def texts(self) -> list[int]:
        """Return the hashes of their texts, in the same order."""
        rows = self._database.execute("SELECT text FROM article WHERE NOT is_down ORDER BY rowid")
        return [text for (text,) in rows]

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
