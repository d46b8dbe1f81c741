"""Stored documents: compressed in blocks, each of which can be read alone.

A block is some documents end to end, packed with Zstandard and a dictionary that was trained on
documents of the same archive; without one, so small a block would hardly shrink.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from threading import local
from typing import Any, NamedTuple

import numpy as np
import zstandard
from numpy.typing import NDArray

BLOCK_BYTES = 8 << 10
"""A block is closed when it has this size: measured, larger ones save 2 % and read more slowly."""

LEVEL = 3
"""Zstandard's own default: 155 MB/s, and a tenth smaller than level 1."""

COMPRESSED_TOGETHER = 128
"""Blocks of one call, a megabyte: each call lets go of the interpreter's lock, and waits until the
other threads hand it back; with one a block, a build waited for most of its time."""

DICTIONARY_BYTES = 110 << 10
SAMPLES_LEAST = 200
"""Documents from which on a dictionary is trained: fewer than these make a small archive anyway."""
SAMPLES_MOST = 2000
_SEGMENT_BYTES, _KEY_BYTES = 200, 8
"""What Zstandard's trainer (COVER) calls k and d. Letting it look for the best takes fifty times as
long, and packs no better."""

Bytes = NDArray[np.uint8]
Block = bytes | bytearray | memoryview
"""What the library takes; here it is always bytes."""


class PackedBlocks(NamedTuple):
    """Some documents, packed: the blocks, their documents, and where each ends in its block."""

    blocks: list[bytes]
    doc_counts: list[int]
    ends: list[int]


def train_dictionary(documents: Sequence[bytes]) -> bytes:
    """Return a dictionary for documents like these; empty where they are too few to learn from."""
    if len(documents) < SAMPLES_LEAST:
        return b""
    chosen = documents[:: max(1, len(documents) // SAMPLES_MOST)]
    samples: list[bytes | bytearray | memoryview] = [each for each in chosen if each]
    try:
        trained = zstandard.train_dictionary(
            DICTIONARY_BYTES, samples, k=_SEGMENT_BYTES, d=_KEY_BYTES
        )
        return trained.as_bytes()
    except zstandard.ZstdError:  # too much alike, or too short
        return b""


class BlockPacker:
    """Packs documents with one dictionary; for one thread."""

    def __init__(self, dictionary: bytes) -> None:
        trained = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._compressor = zstandard.ZstdCompressor(level=LEVEL, dict_data=trained)

    def pack(self, documents: Iterable[bytes]) -> PackedBlocks:
        """Return the documents in blocks, in order."""
        packed = PackedBlocks([], [], [])
        blocks: list[Block] = []
        for block in _blocks(documents, packed):
            blocks.append(block)
            if len(blocks) == COMPRESSED_TOGETHER:
                packed.blocks.extend(self._compressed(blocks))
                blocks.clear()
        packed.blocks.extend(self._compressed(blocks))
        return packed

    def _compressed(self, blocks: list[Block]) -> list[bytes]:
        if not all(blocks):  # the call for many refuses an empty one
            return [self._compressor.compress(block) for block in blocks]
        if not blocks:
            return []
        compressed = self._compressor.multi_compress_to_buffer(blocks)
        return [compressed[number].tobytes() for number in range(len(blocks))]


def _blocks(documents: Iterable[bytes], packed: PackedBlocks) -> Iterator[bytes]:
    """Yield the documents in blocks, and note what each block holds."""
    held: list[bytes] = []
    end = 0
    for document in documents:
        held.append(document)
        end += len(document)
        packed.ends.append(end)
        if end >= BLOCK_BYTES:
            packed.doc_counts.append(len(held))
            yield b"".join(held)
            held, end = [], 0
    if held:
        packed.doc_counts.append(len(held))
        yield b"".join(held)


def stored_arrays(
    parts: Sequence[PackedBlocks], dictionary: bytes
) -> tuple[dict[str, NDArray[Any]], dict[str, int]]:
    """Return the arrays of packed documents, and what has to be told with them."""
    blocks = [block for part in parts for block in part.blocks]
    doc_counts = [count for part in parts for count in part.doc_counts]
    ends = [end for part in parts for end in part.ends]
    arrays: dict[str, NDArray[Any]] = {
        "stored.dictionary": np.frombuffer(dictionary, np.uint8),
        "stored.data": np.frombuffer(b"".join(blocks), np.uint8),
        "stored.blocks": np.cumsum([0, *map(len, blocks)], dtype=np.int64),
        "stored.firsts": np.cumsum([0, *doc_counts], dtype=np.int32),
        "stored.ends": np.array(ends, dtype=np.uint32),
    }
    return arrays, {"longest": _longest_block(doc_counts, ends)}


class StoredBlocks:
    """Reads stored documents; shared by all threads."""

    def __init__(self, arrays: dict[str, NDArray[Any]], told: dict[str, int]) -> None:
        self._data = arrays["stored.data"].data
        self._blocks = arrays["stored.blocks"]
        self._firsts = arrays["stored.firsts"].tolist()
        self._ends = arrays["stored.ends"]
        self._longest = told["longest"]
        dictionary = arrays["stored.dictionary"].tobytes()
        self.dictionary = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._own = local()  # a decompressor serves one thread at a time

    def document(self, number: int) -> bytes:
        """Return the stored bytes of a document."""
        block = bisect_right(self._firsts, number) - 1
        first = self._firsts[block]
        start = int(self._ends[number - 1]) if number > first else 0
        return self._block(block)[start : int(self._ends[number])]

    def documents(self) -> Iterator[bytes]:
        """Yield the stored bytes of all documents, in order."""
        for block, first in enumerate(self._firsts[:-1]):
            data, start = self._block(block), 0
            for end in self._ends[first : self._firsts[block + 1]].tolist():
                yield data[start:end]
                start = end

    def _block(self, block: int) -> bytes:
        start, stop = int(self._blocks[block]), int(self._blocks[block + 1])
        return self._decompressor().decompress(self._data[start:stop], self._longest)

    def _decompressor(self) -> zstandard.ZstdDecompressor:
        if not hasattr(self._own, "decompressor"):
            self._own.decompressor = zstandard.ZstdDecompressor(dict_data=self.dictionary)
        found: zstandard.ZstdDecompressor = self._own.decompressor
        return found


def _longest_block(doc_counts: Sequence[int], ends: Sequence[int]) -> int:
    lasts = np.cumsum(doc_counts, dtype=np.int64) - 1
    return max((ends[last] for last in lasts.tolist()), default=0)
