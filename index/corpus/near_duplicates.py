"""Near duplicates: one wire story as many outlets print it, found by MinHash signatures.

Two articles are near duplicates when most of their words stand in the same order, they name the
same numbers, and they appeared within days of each other. Within one outlet they must also have the
same headline: a form that is filled in anew each day (weather, prices) is alike in all the rest.

Articles are never all compared with each other, only those whose signatures agree in a band.

>>> from index.document import Document
>>> text = " ".join(f"kata{number}" for number in range(60))
>>> rows = make_signatures([Document(doc_id=i, title=i, body=text, source=i) for i in "ab"])
>>> group_near_duplicates(["a", "b"], rows)
{'b': 'a'}
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
import xxhash
from numpy.lib.recfunctions import repack_fields
from numpy.typing import NDArray

from index.analysis import fold, tokenize_batch
from index.arrays import Int32Array, Int64Array, Uint8Array, Uint32Array, Uint64Array
from index.corpus.minhash_kernels import (
    SignatureColumns,
    Thresholds,
    choose_representatives,
    sketch_texts,
)
from index.document import Document

SHINGLE = 3
"""Words in a row that are compared as one: fewer are shared by chance, more break at an edit."""
BODY_BYTES, NUMBER_BYTES = 64, 32
"""Bytes of a sketch; from 64 of them, a share is mostly estimated to within 6 in 100."""
BAND_BYTES = 4
"""Articles are compared when they agree in one of 16 bands of so many bytes: two thirds of the
pairs that share half of their shingles do, and 99 in 100 of those that share 70 in 100."""

BODY_SHARE, NUMBER_SHARE = 0.55, 0.6
"""Share of shingles, and of numbers, that two near duplicates have in common at least."""
NUMBERS_LEAST = 3
"""Numbers that both articles must have before their numbers are compared."""
DAYS_MOST = 3
"""Days between two near duplicates at most."""
WORDS_LEAST = 25
"""Words of an article that can be a near duplicate: shorter ones, such as captions, are alike by
chance, and count only with the same words and the same headline."""

SIGNATURE = np.dtype(
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
"""The signature of an article: what is kept of it to find its near duplicates."""
Signatures = NDArray[np.void]
"""An array of `SIGNATURE`, a row per article."""

_COMPARED = ("body", "numbers", "number_count", "day", "source", "title")
_EXACT = ["body", "numbers", "word_count", "title"]
"""What is equal in two articles with the same words and the same headline."""
_NO_DAY = -1
_DIGITS = (ord("0"), ord("9"))


def make_signatures(documents: Sequence[Document]) -> Signatures:
    """Return the signature of each document."""
    rows = np.zeros(len(documents), SIGNATURE)
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


def group_near_duplicates(doc_ids: Sequence[str], rows: Signatures) -> dict[str, str]:
    """Return the representative of each article that has one: by its id, the other's.

    The earliest article represents a group; of several, the longest; then the id decides, so the
    result does not depend on the order in which articles were read. Every member is a near
    duplicate of its representative itself: no chain of members leads from one story to the next.
    """
    representatives = _representatives(doc_ids, rows)
    members = np.flatnonzero(representatives != np.arange(len(representatives)))
    return {doc_ids[member]: doc_ids[int(representatives[member])] for member in members.tolist()}


def _representatives(doc_ids: Sequence[str], rows: Signatures) -> Int32Array:
    """Return the row of each article's representative; its own row where it has none."""
    days = np.where(rows["day"] == _NO_DAY, np.iinfo(np.int32).max, rows["day"])
    order: Int64Array = np.lexsort((np.array(doc_ids, str), -rows["word_count"], days))
    buckets, bucket_count = _buckets(rows)
    representatives = np.arange(len(rows), dtype=np.int32)
    choose_representatives(
        order[np.max(buckets, axis=1, initial=-1)[order] >= 0],
        buckets,
        SignatureColumns(*(np.ascontiguousarray(rows[name]) for name in _COMPARED)),
        _thresholds(),
        np.full(bucket_count, -1, np.int32),
        np.empty_like(buckets),
        representatives,
    )
    return representatives


def _thresholds() -> Thresholds:
    """Return how much alike sketches must be, in bytes; one byte in 256 is equal by chance."""
    body, numbers = (
        round(size * (share + (1 - share) / 256))
        for size, share in ((BODY_BYTES, BODY_SHARE), (NUMBER_BYTES, NUMBER_SHARE))
    )
    return Thresholds(body, numbers, NUMBERS_LEAST, DAYS_MOST)


def _buckets(rows: Signatures) -> tuple[Int32Array, int]:
    """Return the bucket of each article in each band (-1: no other is in it), and their count."""
    bands = np.ascontiguousarray(rows["body"]).view(f"u{BAND_BYTES}")
    buckets = np.full(bands.shape, -1, np.int32)
    long_enough = np.flatnonzero(rows["word_count"] >= WORDS_LEAST)
    first = 0
    for band in range(bands.shape[1]):
        _, numbers, counts = np.unique(
            bands[long_enough, band], return_inverse=True, return_counts=True
        )
        is_shared = counts[numbers] > 1
        buckets[long_enough[is_shared], band] = first + numbers[is_shared]
        first += len(counts)
    exact = np.flatnonzero((rows["word_count"] >= SHINGLE) & (rows["word_count"] < WORDS_LEAST))
    keys = [xxhash.xxh3_64_intdigest(row.tobytes()) for row in repack_fields(rows[exact][_EXACT])]
    _, numbers, counts = np.unique(
        np.array(keys, np.uint64), return_inverse=True, return_counts=True
    )
    is_shared = counts[numbers] > 1
    buckets[exact[is_shared], 0] = first + numbers[is_shared]
    return buckets, first + len(counts)


def _sketch(hashes: Uint64Array, counts: Int32Array, shingle: int, size: int) -> Uint8Array:
    sketches = np.empty((len(counts), size), np.uint8)
    multipliers = _multipliers()[:size]
    sketch_texts(hashes, counts, shingle, multipliers, np.empty(size, np.uint32), sketches)
    return sketches


@cache
def _multipliers() -> Uint32Array:
    """Return an odd number per hash function: always the same, since sketches are stored."""
    digests = [xxhash.xxh32_intdigest(bytes([function])) for function in range(BODY_BYTES)]
    return np.array(digests, np.uint32) | np.uint32(1)


def _hash(text: str) -> int:
    return xxhash.xxh3_64_intdigest(fold(text).encode("utf-8", "surrogatepass"))
