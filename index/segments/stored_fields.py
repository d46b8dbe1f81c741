"""Stored documents: compressed in blocks, each of which can be read alone.

A block is some documents end to end, compressed with Zstandard and a compression dictionary that
was trained on documents of the same archive; without one, so small a block would hardly shrink.
"""

import mmap
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from threading import local
from typing import Any, NamedTuple

import numpy as np
import zstandard
from numpy.typing import NDArray

BLOCK_BYTES = 8 << 10
"""Size at which a block is closed. As measured, larger ones save 2 % and take longer to read."""

LEVEL = 3
"""Zstandard's own default: 155 MB/s, and a tenth smaller than level 1."""

BLOCKS_A_CALL = 128
"""Blocks that one call compresses, a megabyte. Each call releases the interpreter's lock and then
waits until another thread gives it back: with one block a call, a build mostly waited."""

ROOM_BYTES = 32 << 20
"""More than that call needs: when memory runs out inside it, the library frees memory twice."""

DICTIONARY_BYTES = 110 << 10
SAMPLES_LEAST = 200
"""Documents from which a dictionary is trained; an archive with fewer is small without one."""
SAMPLES_MOST = 2000
_SEGMENT_BYTES, _KEY_BYTES = 200, 8
"""Parameters k and d of Zstandard's trainer (COVER). To let it search for the best ones takes fifty
times as long, and compresses no better."""

Block = bytes | bytearray | memoryview
"""What the library takes; here it is always bytes."""


class PackedBlocks(NamedTuple):
    """Some documents, compressed.

    Attributes:
        blocks: the blocks.
        doc_counts: for each block, how many documents it has.
        ends: for each document, where it ends in its uncompressed block.
    """

    blocks: list[bytes]
    doc_counts: list[int]
    ends: list[int]


def train_dictionary(documents: Sequence[bytes]) -> bytes:
    """Return a compression dictionary for documents like these; empty if it would not help."""
    if len(documents) < SAMPLES_LEAST:
        return b""
    chosen = documents[:: max(1, len(documents) // SAMPLES_MOST)]
    samples: list[bytes | bytearray | memoryview] = [each for each in chosen if each]
    try:
        trained = zstandard.train_dictionary(
            DICTIONARY_BYTES, samples, k=_SEGMENT_BYTES, d=_KEY_BYTES
        )
        return trained.as_bytes()
    except zstandard.ZstdError:  # the samples are too much alike, or too short
        return b""


class BlockPacker:
    """Compresses documents with one dictionary; each thread needs a packer of its own."""

    def __init__(self, dictionary: bytes) -> None:
        trained = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._compressor = zstandard.ZstdCompressor(level=LEVEL, dict_data=trained)

    def pack(self, documents: Iterable[bytes]) -> PackedBlocks:
        """Return the documents in blocks, in order."""
        packed = PackedBlocks([], [], [])
        blocks: list[Block] = []
        for block in _cut_blocks(documents, packed):
            blocks.append(block)
            if len(blocks) == BLOCKS_A_CALL:
                packed.blocks.extend(self._compress(blocks))
                blocks.clear()
        packed.blocks.extend(self._compress(blocks))
        return packed

    def _compress(self, blocks: list[Block]) -> list[bytes]:
        if not all(blocks):  # the call for many blocks refuses an empty one
            return [self._compressor.compress(block) for block in blocks]
        if not blocks:
            return []
        mmap.mmap(-1, ROOM_BYTES).close()  # OSError if there is no room; the library would crash
        try:
            compressed = self._compressor.multi_compress_to_buffer(blocks)
        except zstandard.ZstdError as error:  # nothing else can be wrong with any bytes
            raise MemoryError from error
        return [compressed[number].tobytes() for number in range(len(blocks))]


def _cut_blocks(documents: Iterable[bytes], packed: PackedBlocks) -> Iterator[bytes]:
    """Yield the documents in blocks; add to `packed` what each block holds."""
    block: list[bytes] = []
    end = 0
    for document in documents:
        block.append(document)
        end += len(document)
        packed.ends.append(end)
        if end >= BLOCK_BYTES:
            packed.doc_counts.append(len(block))
            yield b"".join(block)
            block, end = [], 0
    if block:
        packed.doc_counts.append(len(block))
        yield b"".join(block)


def pack_stored(
    parts: Sequence[PackedBlocks], dictionary: bytes
) -> tuple[dict[str, NDArray[Any]], dict[str, int]]:
    """Return the arrays of compressed documents, and the metadata that `StoredBlocks` needs."""
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

    def __init__(self, arrays: dict[str, NDArray[Any]], metadata: dict[str, int]) -> None:
        self._data = arrays["stored.data"].data
        self._blocks = arrays["stored.blocks"]
        self._firsts = arrays["stored.firsts"].tolist()
        self._ends = arrays["stored.ends"]
        self._longest = metadata["longest"]
        dictionary = arrays["stored.dictionary"].tobytes()
        self.dictionary = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._thread = local()  # a decompressor serves one thread at a time

    def document(self, number: int) -> bytes:
        """Return the stored bytes of a document."""
        block = bisect_right(self._firsts, number) - 1
        first = self._firsts[block]
        start = int(self._ends[number - 1]) if number > first else 0
        return self._read_block(block)[start : int(self._ends[number])]

    def documents(self) -> Iterator[bytes]:
        """Yield the stored bytes of all documents, in order."""
        for block, first in enumerate(self._firsts[:-1]):
            data, start = self._read_block(block), 0
            for end in self._ends[first : self._firsts[block + 1]].tolist():
                yield data[start:end]
                start = end

    def _read_block(self, block: int) -> bytes:
        start, stop = int(self._blocks[block]), int(self._blocks[block + 1])
        return self._decompressor().decompress(self._data[start:stop], self._longest)

    def _decompressor(self) -> zstandard.ZstdDecompressor:
        if not hasattr(self._thread, "decompressor"):
            self._thread.decompressor = zstandard.ZstdDecompressor(dict_data=self.dictionary)
        decompressor: zstandard.ZstdDecompressor = self._thread.decompressor
        return decompressor


def _longest_block(doc_counts: Sequence[int], ends: Sequence[int]) -> int:
    """Return the size of the largest block, uncompressed."""
    lasts = np.cumsum(doc_counts, dtype=np.int64) - 1
    return max((ends[last] for last in lasts.tolist()), default=0)
