"""The staging table of a build: one row per article read, until deduplication decides its fate.

It is stored by column. An archive of a million articles has a million rows, so a row is a few
numbers and not an object; the articles themselves wait in a spool.
"""

from array import array
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, Self

from index.corpus import hash_text
from index.document import Document
from index.indexer.counted_ids import counts_rows, is_running, may_count
from index.indexer.spool import Spool
from index.ingest import (
    SourceFile,
    address_id,
    find_page_mark,
    hash_id,
    normalize_url,
    story_of,
    without_page_number,
)

DIGEST_BYTES = 16


class FilePosition(NamedTuple):
    """Where an article was read: the path to show (an archive's with its member), and the row."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


class AddressPage(NamedTuple):
    """What an address says of the page: a hash of the address without it, and its number."""

    base: int
    number: int


@dataclass(slots=True)
class StagingRows:
    """Rows of the staging table, by column.

    Attributes:
        doc_ids: of each article.
        digests: of each article as it was read, 16 bytes.
        texts, stories: hashes of its headline and text, and of these with outlet and day.
        addresses: hashes of its address; 0 for no address.
        formers: hashes of its former id; 0 for none.
        headlines: hashes of its outlet and headline, without the number of a page.
        sizes: characters of its text.
        pages: what the address says of the page, for the few whose address does.
        other_ids: the id that it takes if its own only counts rows, or is another's; "" for none.
        file_numbers, lines: the file it was read from, and its row there.
        path_numbers: the entry of `paths` that is shown for it.
        paths: paths as they are shown; articles of one file share an entry.
    """

    doc_ids: list[str] = field(default_factory=list)
    digests: bytearray = field(default_factory=bytearray)
    texts: "array[int]" = field(default_factory=lambda: array("q"))
    stories: "array[int]" = field(default_factory=lambda: array("q"))
    addresses: "array[int]" = field(default_factory=lambda: array("q"))
    formers: "array[int]" = field(default_factory=lambda: array("q"))
    headlines: "array[int]" = field(default_factory=lambda: array("q"))
    sizes: "array[int]" = field(default_factory=lambda: array("Q"))
    pages: dict[int, AddressPage] = field(default_factory=dict)
    other_ids: list[str] = field(default_factory=list)
    file_numbers: "array[int]" = field(default_factory=lambda: array("I"))
    lines: "array[int]" = field(default_factory=lambda: array("Q"))
    path_numbers: "array[int]" = field(default_factory=lambda: array("I"))
    paths: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.doc_ids)

    def append(
        self, document: Document, digest: bytes, file_number: int, position: FilePosition
    ) -> None:
        """Add the row of an article."""
        if not self.paths or self.paths[-1] != position.path:
            self.paths.append(position.path)
        address = normalize_url(document.url)
        mark = find_page_mark(address)
        if mark:
            self.pages[len(self)] = AddressPage(hash_text(mark.base), mark.number)
        headline = without_page_number(document.title) if mark else document.title
        self.doc_ids.append(document.doc_id)
        self.digests += digest
        self.texts.append(hash_text(f"{document.title}\n{document.body}"))
        self.stories.append(hash_text(story_of(document)))
        self.addresses.append(hash_text(address) if address else 0)
        self.formers.append(hash_text(document.former_id) if document.former_id else 0)
        self.headlines.append(hash_text(f"{document.source}\n{headline}".casefold()))
        self.sizes.append(len(document.body))
        self.other_ids.append(_other_id(document, address, position.line))
        self.file_numbers.append(file_number)
        self.lines.append(position.line)
        self.path_numbers.append(len(self.paths) - 1)

    def extend(self, other: "StagingRows") -> None:
        """Add other rows behind these."""
        first, first_path = len(self), len(self.paths)
        self.pages |= {first + number: page for number, page in other.pages.items()}
        self.path_numbers.extend(first_path + number for number in other.path_numbers)
        self.paths += other.paths
        self.doc_ids += other.doc_ids
        self.digests += other.digests
        self.texts += other.texts
        self.stories += other.stories
        self.addresses += other.addresses
        self.formers += other.formers
        self.headlines += other.headlines
        self.sizes += other.sizes
        self.other_ids += other.other_ids
        self.file_numbers += other.file_numbers
        self.lines += other.lines

    def digest(self, number: int) -> bytes:
        """Return the digest of an article."""
        return bytes(self.digests[DIGEST_BYTES * number : DIGEST_BYTES * (number + 1)])

    def _file_of(self, number: int) -> tuple[int, str]:
        """Return the file of an article; an archive's with its member."""
        return self.file_numbers[number], self.paths[self.path_numbers[number]]

    def position(self, number: int) -> FilePosition:
        """Return where an article was read."""
        return FilePosition(self.paths[self.path_numbers[number]], self.lines[number])


def _other_id(document: Document, address: str, line: int) -> str:
    """Return the id that an article takes when its own is another's; "" if it has no other."""
    if may_count(document.doc_id):
        return address_id(document.url) or hash_id(story_of(document))
    return "" if line or address else hash_id(story_of(document))


class StagingTable(StagingRows):
    """All articles that were read, numbered from 0.

    Attributes:
        files: the files that were read; `file_numbers` are positions in this list.
        unread: positions of those that were not read to their end, for a fault of the moment.
    """

    def __init__(self, spool: Spool) -> None:
        super().__init__()
        self.files: list[SourceFile] = []
        self.unread: set[int] = set()
        self._spool = spool

    @classmethod
    @contextmanager
    def opened(cls, folder: Path) -> "Iterator[Self]":
        """Open an empty table; its articles wait in this folder, and are gone at the end."""
        with closing(Spool(folder)) as spool:
            yield cls(spool)

    def add_files(self, files: Sequence[SourceFile]) -> int:
        """Add the files that are read next; return the number of the first of them."""
        self.files += files
        return len(self.files) - len(files)

    def add(self, rows: StagingRows, blocks: Sequence[bytes]) -> None:
        """Add rows, and their articles as blocks of the spool."""
        self.extend(rows)
        self._spool.add(blocks)

    def drop_counted_ids(self, first: int) -> None:
        """From an article on, take ids of addresses where those that are stated count rows.

        Rows without addresses keep such numbers, as long as no other file has the same.
        """
        numbered = (n for n, own in enumerate(self.doc_ids[first:], first) if may_count(own))
        for _, group in groupby(numbered, self._file_of):
            numbers = list(group)
            addressed = [number for number in numbers if self.addresses[number]]
            ids = {self.addresses[number]: self.doc_ids[number] for number in addressed}
            if counts_rows(list(ids.values())):
                for number in addressed:
                    self.use_other_id(number)
            bare = [number for number in numbers if not self.addresses[number]]
            if not is_running([self.doc_ids[number] for number in bare]):
                for number in bare:
                    self.other_ids[number] = ""

    def use_other_id(self, number: int) -> None:
        """Give an article the id that does not count rows; the one that was stated is former."""
        self.formers[number] = hash_text(self.doc_ids[number])
        self.doc_ids[number], self.other_ids[number] = self.other_ids[number], ""

    def documents(self, is_read: Sequence[bool]) -> Iterator[tuple[int, Document]]:
        """Yield the number and the document of each article for which `is_read` is true."""
        return self._spool.documents(is_read)
