"""What a build has read, before it decides what becomes of it: a row an article, in columns.

A million articles are a million rows, so rows hold numbers and not objects; the articles themselves
are in a spool.
"""

from array import array
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple, Self

from index.document import Document
from index.indexer.spool import Spool
from index.indexer.work_units import Part
from index.ingest import SourceFile


class Place(NamedTuple):
    """Where an article was read: the path to show (of an archive, with its member), and the row."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


class Readings:
    """The articles that were read, by their numbers from 0.

    Attributes:
        files: the files that were read.
        doc_ids: of each article.
        texts, addresses: a hash of headline and text, and of the address; 0 for no address.
    """

    def __init__(self, spool: Spool) -> None:
        self.files: list[SourceFile] = []
        self.doc_ids: list[str] = []
        self.texts, self.addresses = array("q"), array("q")
        self._spool = spool
        self._digests = bytearray()
        self._file_numbers, self._lines, self._path_numbers = array("I"), array("Q"), array("I")
        self._paths: list[str] = []

    @classmethod
    @contextmanager
    def opened(cls, folder: Path) -> "Iterator[Self]":
        """Lend empty readings, whose articles are kept in this folder and gone at the end."""
        with closing(Spool(folder)) as spool:
            yield cls(spool)

    def __len__(self) -> int:
        return len(self.doc_ids)

    def begin(self, files: Sequence[SourceFile]) -> int:
        """Say of which files the next parts are; return the number of the first of them."""
        self.files += files
        return len(self.files) - len(files)

    def add(self, part: Part) -> None:
        """Add what was read; its file numbers are places in `files`."""
        self._spool.add(part.blocks)
        self._digests += part.digests
        self.doc_ids += part.doc_ids
        self.texts += part.texts
        self.addresses += part.addresses
        self._file_numbers += part.file_numbers
        self._lines += part.lines
        first_path = len(self._paths)
        self._paths += part.paths
        self._path_numbers.extend(first_path + number for number in part.path_numbers)

    def digest(self, number: int) -> bytes:
        """Return the digest of an article, 16 bytes."""
        return bytes(self._digests[16 * number : 16 * number + 16])

    def place(self, number: int) -> Place:
        """Return where an article was read."""
        return Place(self._paths[self._path_numbers[number]], self._lines[number])

    def file_number(self, number: int) -> int:
        """Return the number of an article's file, in the order of `files`."""
        return self._file_numbers[number]

    def documents(self, wanted: Sequence[bool]) -> Iterator[tuple[int, Document]]:
        """Yield the articles that are wanted, with their numbers."""
        return self._spool.documents(wanted)
