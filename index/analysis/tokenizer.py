r"""The tokenizer: many texts in, their folded tokens out, as arrays.

An article has hundreds of tokens. Here none of them becomes a Python object: a compiled kernel
(`index.analysis.kernels.tokens`) writes their folded text, end to end, and their positions.
`index.analysis.analyzer` has the rules, and gives the tokens of one text as objects.

>>> batch = tokenize_batch(["Harga beras\nnaik", "", "Undang-Undang Café"])
>>> batch.words(), batch.counts.tolist(), batch.positions.tolist()
(['harga', 'beras', 'naik', 'undang-undang', 'cafe'], [3, 0, 2], [0, 1, 101, 0, 1])
>>> bool((batch.hashes == hash_words(batch.words())).all())
True
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from index.analysis.folding import folding_growth, folding_table
from index.analysis.kernels.offsets import to_code_points
from index.analysis.kernels.tokens import TokenBuffers, tokenize_texts
from index.arrays import Int32Array, Int64Array, Uint8Array, Uint32Array, Uint64Array
from index.segments.kernels.hashes import hash_spans, padded_length

_NO_OFFSETS = np.empty(0, np.int32)

_FIRST_BYTE_LEAST = -64
"""The least signed byte of UTF-8 that begins a code point; lower ones continue one."""


@dataclass(frozen=True, slots=True)
class TokenBatch:
    """The tokens of some texts, in order.

    Attributes:
        text: the folded UTF-8 of all tokens, end to end.
        ends: for each token, where it ends in `text`.
        hashes: for each token, the hash that `hash_words` gives its text.
        positions: for each token, its position in its own text.
        counts: for each text, the number of its tokens.
        starts: for each token, where it starts in its own text, in code points; empty if the batch
            was made without offsets.
        stops: for each token, where it stops there, exclusive; empty likewise.
    """

    text: Uint8Array
    ends: Int64Array
    hashes: Uint64Array
    positions: Uint32Array
    counts: Int32Array
    starts: Int32Array
    stops: Int32Array

    def words(self) -> list[str]:
        """Return the texts of the tokens."""
        text, bounds = self.text.tobytes(), [0, *self.ends.tolist()]
        return [text[start:end].decode() for start, end in pairwise(bounds)]


def tokenize_batch(texts: Sequence[str], *, with_offsets: bool = False) -> TokenBatch:
    """Return the tokens of some texts, with or without where each starts and stops."""
    encoded = [text.encode(errors="surrogatepass") for text in texts]
    lengths = np.array([*map(len, encoded)], np.int64)
    source = b"\0".join([*encoded, b""])
    buffers = _allocate(source, len(texts), with_offsets=with_offsets)
    array = np.frombuffer(source, np.uint8)
    count = tokenize_texts(array, lengths, folding_table(), buffers)
    ends = buffers.bounds[1 : count + 1]
    starts = stops = _NO_OFFSETS
    if with_offsets:
        starts, stops = _make_offsets(array, lengths, buffers, count)
    return TokenBatch(
        buffers.text[: buffers.bounds[count]],
        ends,
        _hash(buffers.text, ends),
        buffers.positions[:count],
        buffers.counts,
        starts,
        stops,
    )


def _allocate(source: bytes, text_count: int, *, with_offsets: bool) -> TokenBuffers:
    """Return arrays for all tokens that a source can have; memory never written costs nothing."""
    # Each token takes two bytes or more, itself and a separator, but for the last one of a text and
    # for "Rp", which takes two without a separator.
    most = len(source) // 2 + text_count
    offsets_most = most if with_offsets else 0
    return TokenBuffers(
        np.empty(padded_length(_folded_length_most(source)), np.uint8),
        np.empty(most + 1, np.int64),
        np.empty(most, np.uint32),
        np.empty(text_count, np.int32),
        np.empty(offsets_most, np.int64),
        np.empty(offsets_most, np.int64),
    )


def _folded_length_most(source: bytes) -> int:
    """Return how many bytes a source can have once it is folded."""
    if source.isascii():
        return len(source)
    wide_count = np.count_nonzero(np.frombuffer(source, np.int8) < 0)
    return len(source) + (folding_growth() - 1) * int(wide_count)


def _make_offsets(
    array: Uint8Array, lengths: Int64Array, buffers: TokenBuffers, count: int
) -> tuple[Int32Array, Int32Array]:
    """Return where tokens start and stop in their own texts, in code points."""
    starts, stops = np.empty(count, np.int32), np.empty(count, np.int32)
    origins = np.cumsum(lengths + 1) - (lengths + 1)  # a NUL stands between two texts
    continued = np.flatnonzero(array.view(np.int8) < _FIRST_BYTE_LEAST)
    to_code_points(continued, origins, buffers.counts, buffers.starts, buffers.stops, starts, stops)
    return starts, stops


def hash_words(words: Iterable[str]) -> Uint64Array:
    """Return a hash of 64 bits for each of some folded words."""
    encoded = [word.encode(errors="surrogatepass") for word in words]
    ends = np.array([*accumulate(map(len, encoded))], np.int64)
    length = int(ends[-1]) if encoded else 0
    text = np.zeros(padded_length(length), np.uint8)
    text[:length] = np.frombuffer(b"".join(encoded), np.uint8)
    return _hash(text, ends)


def _hash(text: Uint8Array, ends: Int64Array) -> Uint64Array:
    hashes = np.empty(len(ends), np.uint64)
    hash_spans(text.view(np.uint64), ends, hashes)
    return hashes
