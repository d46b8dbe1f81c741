r"""The tokenizer: many texts in, one batch of tokens out, as arrays.

An article has hundreds of tokens, so none of them becomes a Python object here: a kernel in machine
code writes their folded text, end to end, and numbers about them (see
`index.analysis.kernels.tokens`). What a token is, `index.analysis.analyzer` tells; there a text's
tokens are objects.

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
from numpy.typing import NDArray

from index.analysis.folding import folding_table, growth_most
from index.analysis.kernels.offsets import to_code_points
from index.analysis.kernels.tokens import Tokens, tokenize_texts
from index.segments.kernels.hashes import hash_spans, padded_length

_NO_OFFSETS = np.empty(0, np.int32)

_FIRST_BYTE_LEAST = -64
"""A signed byte of UTF-8 that is less only continues a code point."""


@dataclass(frozen=True, slots=True)
class TokenBatch:
    """The tokens of some texts, in order.

    Attributes:
        text: the folded UTF-8 of all tokens, end to end.
        ends: for each token, where its text ends in `text`.
        hashes: for each token, the hash of its text, as `hash_words` has it.
        positions: for each token, its position within its own text.
        counts: for each text, the number of its tokens.
        starts: for each token, where it starts in its own text, in code points; or nothing.
        stops: for each token, where it stops there, excluded; or nothing.
    """

    text: NDArray[np.uint8]
    ends: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    positions: NDArray[np.uint32]
    counts: NDArray[np.int32]
    starts: NDArray[np.int32]
    stops: NDArray[np.int32]

    def words(self) -> list[str]:
        """Return the texts of the tokens."""
        text, bounds = self.text.tobytes(), [0, *self.ends.tolist()]
        return [text[start:end].decode() for start, end in pairwise(bounds)]


def tokenize_batch(texts: Sequence[str], *, with_offsets: bool = False) -> TokenBatch:
    """Return the tokens of some texts; where they start and stop only if asked for."""
    encoded = [text.encode(errors="surrogatepass") for text in texts]
    lengths = np.array([*map(len, encoded)], np.int64)
    source = b"\0".join([*encoded, b""])
    tokens = _make_room(source, len(texts), with_offsets=with_offsets)
    array = np.frombuffer(source, np.uint8)
    count = tokenize_texts(array, lengths, folding_table(), tokens)
    token_ends = tokens.bounds[1 : count + 1]
    starts = stops = _NO_OFFSETS
    if with_offsets:
        starts, stops = _make_offsets(array, lengths, tokens, count)
    return TokenBatch(
        tokens.text[: tokens.bounds[count]],
        token_ends,
        _hash(tokens.text, token_ends),
        tokens.positions[:count],
        tokens.counts,
        starts,
        stops,
    )


def _make_room(source: bytes, text_count: int, *, with_offsets: bool) -> Tokens:
    """Return arrays for all tokens that the source can hold; memory not written costs nothing."""
    # Every token but a text's last takes two bytes: a letter and what parts it, or else "Rp".
    most = len(source) // 2 + text_count
    offsets_most = most if with_offsets else 0
    return Tokens(
        np.empty(padded_length(_folded_length_most(source)), np.uint8),
        np.empty(most + 1, np.int64),
        np.empty(most, np.uint32),
        np.empty(text_count, np.int32),
        np.empty(offsets_most, np.int64),
        np.empty(offsets_most, np.int64),
    )


def _folded_length_most(source: bytes) -> int:
    if source.isascii():
        return len(source)
    wide_count = np.count_nonzero(np.frombuffer(source, np.int8) < 0)
    return len(source) + (growth_most() - 1) * int(wide_count)


def _make_offsets(
    array: NDArray[np.uint8], lengths: NDArray[np.int64], tokens: Tokens, count: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return where tokens start and stop in their own texts, in code points."""
    starts, stops = np.empty(count, np.int32), np.empty(count, np.int32)
    origins = np.cumsum(lengths + 1) - (lengths + 1)  # a NUL stands between two texts
    # As signed bytes, those that go on with a code point are the least of all.
    continued = np.flatnonzero(array.view(np.int8) < _FIRST_BYTE_LEAST)
    to_code_points(continued, origins, tokens.counts, tokens.starts, tokens.stops, starts, stops)
    return starts, stops


def hash_words(words: Iterable[str]) -> NDArray[np.uint64]:
    """Return a hash of 64 bits for each of some folded words."""
    encoded = [word.encode(errors="surrogatepass") for word in words]
    ends = np.array([*accumulate(map(len, encoded))], np.int64)
    length = int(ends[-1]) if encoded else 0
    text = np.zeros(padded_length(length), np.uint8)
    text[:length] = np.frombuffer(b"".join(encoded), np.uint8)
    return _hash(text, ends)


def _hash(text: NDArray[np.uint8], ends: NDArray[np.int64]) -> NDArray[np.uint64]:
    hashes = np.empty(len(ends), np.uint64)
    hash_spans(text.view(np.uint64), ends, hashes)
    return hashes
