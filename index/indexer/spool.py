"""Documents on their way: read once, written to an unnamed file, and read again from there.

What a build does to a document follows from the whole archive (which of two copies is kept, how a
tag is spelled most often), so all are read before the first is written. The file vanishes with the
process, however that ends. Rows are Python's marshal format, version 2, in which equal values have
equal bytes; whoever could alter the file could alter the process.

>>> packer, spool = Packer(), Spool(Path(tempfile.gettempdir()))
>>> digest = packer.add(Document(doc_id="a", title="Harga beras", body="Naik."))
>>> packer.pack()
>>> spool.add(packer.blocks)
>>> [(place, document.title) for place, document in spool.documents([True])]
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

from index.document import Document
from index.schema import STORED_NAMES

BLOCK_BYTES = 1 << 20
"""Bytes that are packed together."""
LEVEL = 1
"""Of Zstandard, the fastest: the file is read once."""
_VERSION = 2


class Packer:
    """Packs documents into blocks.

    Attributes:
        blocks: those that are full; a block is some rows.
    """

    def __init__(self) -> None:
        self.blocks: list[bytes] = []
        self._packer = zstandard.ZstdCompressor(level=LEVEL)
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0

    def add(self, document: Document) -> bytes:
        """Add a document; return a digest of what would be stored of it."""
        row = marshal.dumps(_values(document), _VERSION)
        self._waiting.append(row)
        self._waiting_bytes += len(row)
        if self._waiting_bytes >= BLOCK_BYTES:
            self.pack()
        return xxhash.xxh3_128_digest(row)

    def pack(self) -> None:
        """Make a block of what is waiting."""
        if self._waiting:
            self.blocks.append(self._packer.compress(marshal.dumps(self._waiting, _VERSION)))
            self._waiting, self._waiting_bytes = [], 0


class Spool:
    """A list of documents on disk, in the order in which they were added."""

    def __init__(self, folder: Path) -> None:
        """Prepare an empty list; `folder` is on the file system that has the room for it."""
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it lives as long as this
        self._block_sizes: list[int] = []

    def add(self, blocks: Iterable[bytes]) -> None:
        """Add documents that were packed."""
        self._file.seek(0, 2)
        for block in blocks:
            self._file.write(block)
            self._block_sizes.append(len(block))

    def documents(self, wanted: Sequence[bool]) -> Iterator[tuple[int, Document]]:
        """Yield the documents that are wanted, with their places among all."""
        unpacker = zstandard.ZstdDecompressor()
        place = 0
        self._file.seek(0)
        for size in self._block_sizes:
            rows = marshal.loads(unpacker.decompress(self._file.read(size)))  # noqa: S302 - our own
            for row in rows:
                if wanted[place]:
                    yield place, _document(marshal.loads(row))  # noqa: S302 - the same
                place += 1

    def close(self) -> None:
        """Give the room back."""
        self._file.close()


def _values(document: Document) -> tuple[Any, ...]:
    return tuple(
        value.toordinal() if isinstance(value, dt.date) else value
        for value in (getattr(document, name) for name in STORED_NAMES)
    )


def _document(values: tuple[Any, ...]) -> Document:
    raw = dict(zip(STORED_NAMES, values, strict=True))
    raw["date"] = dt.date.fromordinal(raw["date"]) if raw["date"] else None
    return Document(**raw)
