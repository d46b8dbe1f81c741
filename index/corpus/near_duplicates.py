"""Near copies: one wire story as many outlets print it, found by sketches, never by comparing all.

A copy has most of its words in the same order as another article, the same numbers, and appeared
within days of it. That is not enough within one outlet: a form that is filled anew (weather of two
towns, prices of two days) has that too, so there the headline must be the same.

>>> from index.document import Document
>>> text = " ".join(f"kata{number}" for number in range(60))
>>> rows = traits_of([Document(doc_id=i, title=i, body=text, source=i) for i in "ab"])
>>> group_copies(["a", "b"], rows).tolist()
[0, 0]
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
import xxhash
from numpy.typing import NDArray

from index.analysis.analyzer import fold
from index.analysis.tokenizer import tokenize_batch
from index.corpus.minhash_kernels import Alike, Sketched, choose_representatives, sketch_texts
from index.document import Document

SHINGLE = 3
"""Words side by side that count as one: fewer are shared by chance, more break at an edit."""
BODY_BYTES, NUMBER_BYTES = 64, 32
"""Bytes of a sketch; a share is estimated from 64 of them to within 6 in 100, mostly."""
BAND_BYTES = 4
"""Articles that agree in one of 16 bands of so many bytes are compared: of those that share half of
their shingles two thirds are, of those that share 70 in 100, 99."""

BODY_SHARE, NUMBER_SHARE = 0.55, 0.6
"""Share of shingles, and of numbers, that two copies have in common at least."""
NUMBERS_LEAST = 3
"""Numbers that both articles must have to be told apart by them."""
DAYS_MOST = 3
"""Days between two copies at most."""
WORDS_LEAST = 25
"""Words of an article that may be a copy: shorter ones, such as captions, are alike by chance."""

TRAITS = np.dtype(
    [
        ("body", np.uint8, BODY_BYTES),
        ("numbers", np.uint8, NUMBER_BYTES),
        ("number_count", np.int32),
        ("word_count", np.int32),
        ("day", np.int32),
        ("source", np.uint64),
        ("title", np.uint64),
    ]
)
"""What is kept of an article to find its copies, as bytes."""
_SKETCHED = ("body", "numbers", "number_count", "day", "source", "title")
_NO_DAY = -1
_DIGITS = (ord("0"), ord("9"))

Traits = NDArray[np.void]


def traits_of(documents: Sequence[Document]) -> Traits:
    """Return what tells whether articles are copies, a row an article."""
    rows = np.zeros(len(documents), TRAITS)
    tokens = tokenize_batch([document.body for document in documents])
    first, last = _DIGITS
    starts = np.concatenate(([0], tokens.ends))[:-1]
    is_number = (tokens.text[starts] >= first) & (tokens.text[starts] <= last)
    texts = np.repeat(np.arange(len(documents)), tokens.counts)
    number_counts = np.bincount(texts[is_number], minlength=len(documents)).astype(np.int32)
    rows["body"] = _sketch(tokens.hashes, tokens.counts, SHINGLE, BODY_BYTES)
    rows["numbers"] = _sketch(tokens.hashes[is_number], number_counts, 1, NUMBER_BYTES)
    rows["number_count"], rows["word_count"] = number_counts, tokens.counts
    rows["day"] = [d.date.toordinal() if d.date else _NO_DAY for d in documents]
    rows["source"] = [_hash(document.source) for document in documents]
    rows["title"] = [_hash(document.title) for document in documents]
    return rows


def group_copies(doc_ids: Sequence[str], rows: Traits) -> NDArray[np.int32]:
    """Return, by article, the place of the one that represents it; its own where it is alone.

    The earliest represents a group, of several the longest; ids decide the rest, so that the answer
    does not depend on the order in which articles were read. Every member is a copy of its
    representative, and not just of another member: no chain leads from one story to the next.
    """
    days = np.where(rows["day"] == _NO_DAY, np.iinfo(np.int32).max, rows["day"])
    order = np.lexsort((np.array(doc_ids, str), -rows["word_count"], days))
    buckets, bucket_count = _buckets(rows)
    representatives = np.arange(len(rows), dtype=np.int32)
    choose_representatives(
        order[np.max(buckets, axis=1, initial=-1)[order] >= 0],
        buckets,
        Sketched(*(np.ascontiguousarray(rows[name]) for name in _SKETCHED)),
        _alike(),
        np.full(bucket_count, -1, np.int32),
        np.empty_like(buckets),
        representatives,
    )
    return representatives


def _alike() -> Alike:
    """Return how much alike copies are, in bytes; one byte in 256 is equal by chance."""
    body, numbers = (
        round(size * (share + (1 - share) / 256))
        for size, share in ((BODY_BYTES, BODY_SHARE), (NUMBER_BYTES, NUMBER_SHARE))
    )
    return Alike(body, numbers, NUMBERS_LEAST, DAYS_MOST)


def _buckets(rows: Traits) -> tuple[NDArray[np.int32], int]:
    """Return the bucket of each article in each band, -1 where it is alone; and how many."""
    bands = np.ascontiguousarray(rows["body"]).view(np.uint32)
    buckets = np.full(bands.shape, -1, np.int32)
    long_enough = np.flatnonzero(rows["word_count"] >= WORDS_LEAST)
    first = 0
    for band in range(bands.shape[1]):
        _, places, counts = np.unique(
            bands[long_enough, band], return_inverse=True, return_counts=True
        )
        shared = counts[places] > 1
        buckets[long_enough[shared], band] = first + places[shared]
        first += len(counts)
    return buckets, first


def _sketch(
    hashes: NDArray[np.uint64], counts: NDArray[np.int32], shingle: int, size: int
) -> NDArray[np.uint8]:
    sketches = np.empty((len(counts), size), np.uint8)
    multipliers = _multipliers()[:size]
    sketch_texts(hashes, counts, shingle, multipliers, np.empty(size, np.uint32), sketches)
    return sketches


@cache
def _multipliers() -> NDArray[np.uint32]:
    """Return an odd number a hash function: the same on every machine, since sketches are kept."""
    digests = [xxhash.xxh32_intdigest(bytes([function])) for function in range(BODY_BYTES)]
    return np.array(digests, np.uint32) | np.uint32(1)


def _hash(text: str) -> int:
    return xxhash.xxh3_64_intdigest(fold(text).encode("utf-8", "surrogatepass"))
