"""A part of what is to be read, and what was read of it: both small enough to go to a process.

Whatever is read is read in parts, here or in processes beside this one, so that both ways give the
same; see `index.indexer.worker_pool`.
"""

from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import xxhash

from index.corpus.repeated_lines import LastLines, last_lines
from index.corpus.value_spellings import SpellingCounts
from index.document import Document, Rejection
from index.indexer.spool import Packer
from index.ingest import Limits, Piece, PlacedItem, SourceFile, normalize_url, read_file, read_piece


class SmallFiles(NamedTuple):
    """Files that are read as one part.

    Attributes:
        first_number: the number of the first of them; the others follow.
        files: the files.
        limits: what is refused or cut.
        key_by_column: which keys columns stand for; a dict, since it goes to another process.
    """

    first_number: int
    files: list[SourceFile]
    limits: Limits
    key_by_column: Mapping[str, str]


class FilePiece(NamedTuple):
    """A piece of the file of that number."""

    file_number: int
    piece: Piece


Unread = SmallFiles | FilePiece
"""A part that was not looked at yet."""


@dataclass(frozen=True, slots=True)
class Part:
    """What was read: a row an article, in columns.

    Attributes:
        blocks: the articles, packed; see `index.indexer.spool`.
        digests: of each article, 16 bytes.
        doc_ids: of each article.
        texts, addresses: a hash of headline and text, and of the address; 0 for no address.
        file_numbers, lines, path_numbers: where it was read; of its path, the place in `paths`.
        paths: as they are shown.
        refused: what was refused.
        cut: how many lines were cut, by rule.
        spellings: the spellings that were met.
        last_lines: of each article, for `index.corpus.repeated_lines`.
        byte_counts: how many bytes of small files were read.
    """

    blocks: list[bytes]
    digests: bytearray = field(default_factory=bytearray)
    doc_ids: list[str] = field(default_factory=list)
    texts: "array[int]" = field(default_factory=lambda: array("q"))
    addresses: "array[int]" = field(default_factory=lambda: array("q"))
    file_numbers: "array[int]" = field(default_factory=lambda: array("I"))
    lines: "array[int]" = field(default_factory=lambda: array("Q"))
    path_numbers: "array[int]" = field(default_factory=lambda: array("I"))
    paths: list[str] = field(default_factory=list)
    refused: list[Rejection] = field(default_factory=list)
    cut: Counter[str] = field(default_factory=Counter)
    spellings: SpellingCounts = field(default_factory=SpellingCounts)
    last_lines: list[LastLines] = field(default_factory=list)
    byte_counts: list[int] = field(default_factory=list)


class PartWriter:
    """Makes a part of what is read, item by item."""

    def __init__(self) -> None:
        self._packer = Packer()
        self._part = Part(self._packer.blocks)

    def __len__(self) -> int:
        return len(self._part.doc_ids) + len(self._part.refused)

    def told(self, byte_count: int) -> None:
        """Take note that bytes of a small file were read."""
        self._part.byte_counts.append(byte_count)

    def add(self, file_number: int, placed: PlacedItem) -> None:
        """Add what was read of a file."""
        path, line, item = placed
        if isinstance(item, Rejection):
            self._part.refused.append(item)
        else:
            self._add_article(file_number, path, line, item)

    def finish(self) -> Part:
        """Return the part; nothing may be added any more."""
        self._packer.pack()
        return self._part

    def _add_article(self, file_number: int, path: str, line: int, document: Document) -> None:
        part = self._part
        if not part.paths or part.paths[-1] != path:
            part.paths.append(path)
        part.digests.extend(self._packer.add(document))
        part.doc_ids.append(document.doc_id)
        text = f"{document.title}\n{document.body}".encode("utf-8", "surrogatepass")
        part.texts.append(_hash(text))
        address = normalize_url(document.url)
        part.addresses.append(_hash(address.encode("utf-8", "surrogatepass")) if address else 0)
        part.file_numbers.append(file_number)
        part.lines.append(line)
        part.path_numbers.append(len(part.paths) - 1)
        part.cut.update(line.rule for line in document.cut_lines)
        part.spellings.add(document)
        part.last_lines.append(last_lines(document))


def read_part(unread: Unread) -> Part:
    """Read a part."""
    writer = PartWriter()
    if isinstance(unread, FilePiece):
        for line, item in read_piece(unread.piece):
            writer.add(unread.file_number, (unread.piece.origin.path, line, item))
    else:
        for number, file in enumerate(unread.files, unread.first_number):
            for placed in read_file(file, writer.told, unread.limits, unread.key_by_column):
                writer.add(number, placed)
    return writer.finish()


def _hash(text: bytes) -> int:
    """Return 63 bits, so that a signed number of a database holds them."""
    return xxhash.xxh3_64_intdigest(text) >> 1
