"""The spool of a build: documents on disk, written once while files are read, then read again.

What a build does to a document depends on the whole archive (which of two copies is kept, how a
tag is mostly spelled), so every document is read before the first is indexed. The spool is an
unnamed file, which the system removes however the process ends. Rows are in Python's marshal
format, version 2, in which equal values have equal bytes; nobody can alter the file who could not
alter the process.

>>> packer, spool = Packer(), Spool(Path(tempfile.gettempdir()))
>>> digest = packer.add(Document(doc_id="a", title="Harga beras", body="Naik."))
>>> packer.pack()
>>> spool.add(packer.blocks)
>>> [(number, document.title) for number, document in spool.documents([True])]
[(0, 'Harga beras')]
>>> spool.close()
"""

import datetime as dt
import marshal
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import xxhash
import zstandard

from index.document import Correction, Document
from index.schema import STORED_NAMES

BLOCK_BYTES = 1 << 20
"""Bytes that are packed together."""
LEVEL = 1
"""The fastest of Zstandard, since the file is read only once."""
_VERSION = 2


class Packer:
    """Packs documents into blocks.

    Attributes:
        blocks: the finished ones, of some rows each.
    """

    def __init__(self) -> None:
        self.blocks: list[bytes] = []
        self._compressor = zstandard.ZstdCompressor(level=LEVEL)
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0

    def add(self, document: Document) -> bytes:
        """Add a document; return a digest of all that would be stored of it, 16 bytes."""
        row = marshal.dumps(_values(document), _VERSION)
        self._waiting.append(row)
        self._waiting_bytes += len(row)
        if self._waiting_bytes >= BLOCK_BYTES:
            self.pack()
        return xxhash.xxh3_128_digest(row)

    def pack(self) -> None:
        """Make a block of the rows that wait for one."""
        if self._waiting:
            self.blocks.append(self._compressor.compress(marshal.dumps(self._waiting, _VERSION)))
            self._waiting, self._waiting_bytes = [], 0


class Spool:
    """A list of documents on disk, in the order in which they were added."""

    def __init__(self, folder: Path) -> None:
        """Make an empty list in a folder whose file system has space for all documents."""
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it lives as long as this
        self._block_sizes: list[int] = []

    def add(self, blocks: Iterable[bytes]) -> None:
        """Add blocks of documents."""
        self._file.seek(0, 2)
        for block in blocks:
            self._file.write(block)
            self._block_sizes.append(len(block))

    def documents(self, is_read: Sequence[bool]) -> Iterator[tuple[int, Document]]:
        """Yield the number and the document of each row for which `is_read` is true."""
        decompressor = zstandard.ZstdDecompressor()
        number = 0
        self._file.seek(0)
        for size in self._block_sizes:
            block = decompressor.decompress(self._file.read(size))
            for row in marshal.loads(block):  # noqa: S302 - our own
                if is_read[number]:
                    yield number, _document(marshal.loads(row))  # noqa: S302 - the same
                number += 1

    def close(self) -> None:
        """Remove the file."""
        self._file.close()


def _values(document: Document) -> tuple[Any, ...]:
    return tuple(_to_plain(getattr(document, name)) for name in STORED_NAMES)


def _to_plain(value: Any) -> Any:
    """Return a value as marshal takes it: it has no dates, and no tuples with names."""
    if isinstance(value, dt.date):
        return value.toordinal()
    if isinstance(value, tuple) and value and isinstance(value[0], Correction):
        return tuple(map(tuple, value))
    return value


def _document(values: tuple[Any, ...]) -> Document:
    raw = dict(zip(STORED_NAMES, values, strict=True))
    raw["date"] = dt.date.fromordinal(raw["date"]) if raw["date"] else None
    raw["corrections"] = tuple(Correction(*each) for each in raw["corrections"])
    return Document(**raw)
