"""MinHash kernels: sketch texts, and choose the representative of each group of near duplicates."""

from typing import NamedTuple

import numpy as np

from index.arrays import Int32Array, Int64Array, Uint8Array, Uint32Array, Uint64Array
from index.compiled import Int, compiled, inlined

_MIX, _HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)
_MOST = np.uint32(0xFFFFFFFF)

REPRESENTATIVES_TRIED = 64
"""Representatives of a bucket that an article is compared with, the latest first: a form that is
filled in anew each day (weather, prices) puts thousands of articles into one bucket."""


@compiled
def sketch_texts(
    hashes: Uint64Array,
    counts: Int32Array,
    shingle: int,
    multipliers: Uint32Array,
    least: Uint32Array,
    sketches: Uint8Array,
) -> None:
    """Write the MinHash sketch of each text: for each hash function, a byte of the least hash.

    Two texts have about as many equal bytes as they share shingles (MinHash, A. Broder 1997; one
    byte is kept of each hash, P. Li and C. König 2010); one in 256 is equal by chance. A text with
    fewer words than a shingle has the sketch of an empty text.

    Args:
        hashes: of the words, text after text.
        counts: how many words each text has.
        shingle: how many words in a row are compared as one.
        multipliers: odd numbers, one per hash function.
        least: scratch space of the same length.
        sketches: the result, a row per text.
    """
    start = 0
    for text in range(len(counts)):
        least[:] = _MOST
        stop = start + counts[text]
        for first in range(start, stop - shingle + 1):
            mixed = np.uint64(0)
            for word in range(shingle):
                mixed = (mixed ^ hashes[first + word]) * _MIX
                mixed ^= mixed >> _HALF
            lower = np.uint32(mixed)
            for function in range(len(multipliers)):
                value = np.uint32((lower ^ (multipliers[function] >> 1)) * multipliers[function])
                least[function] = min(least[function], value)
        for function in range(len(multipliers)):
            sketches[text, function] = np.uint8(least[function] >> 8)
        start = stop


class SignatureColumns(NamedTuple):
    """The signatures of articles by column, an entry or a row per article.

    Attributes:
        bodies: sketches of the words.
        numbers: sketches of the numbers among the words.
        number_counts: how many numbers there are.
        days: a count of days; less than 0 where the date is not known.
        sources: hashes of the outlets.
        titles: hashes of the headlines.
    """

    bodies: Uint8Array
    numbers: Uint8Array
    number_counts: Int32Array
    days: Int32Array
    sources: Uint64Array
    titles: Uint64Array


class Thresholds(NamedTuple):
    """How much alike near duplicates must be.

    Attributes:
        body_bytes: equal bytes of their sketches of words, at least.
        number_bytes: the same for their sketches of numbers.
        numbers: numbers that both must have before these are compared.
        days: between them, at most.
    """

    body_bytes: int
    number_bytes: int
    numbers: int
    days: int


@compiled
def choose_representatives(
    order: Int64Array,
    buckets: Int32Array,
    columns: SignatureColumns,
    thresholds: Thresholds,
    heads: Int32Array,
    following: Int32Array,
    representatives: Int32Array,
) -> None:
    """Write the representative of each article: the first one that it is a near duplicate of.

    An article that is no near duplicate of an earlier one represents itself.

    Args:
        order: the articles, in the order in which they become representatives.
        buckets: by article and band, the bucket of articles it is compared with; -1 for none.
        columns: the signatures.
        thresholds: how much alike near duplicates must be.
        heads: by bucket, -1; becomes the last representative that was put into it.
        following: scratch space by article and band: the representative before it in the bucket.
        representatives: the result, by article.
    """
    for article in order:
        found = -1
        for band in range(buckets.shape[1]):
            if found < 0 and buckets[article, band] >= 0:
                other = heads[buckets[article, band]]
                for _ in range(REPRESENTATIVES_TRIED):
                    if other < 0 or _are_near_duplicates(article, other, columns, thresholds):
                        found = other
                        break
                    other = following[other, band]
        representatives[article] = article if found < 0 else found
        if found < 0:
            for band in range(buckets.shape[1]):
                if buckets[article, band] >= 0:
                    following[article, band] = heads[buckets[article, band]]
                    heads[buckets[article, band]] = article


@inlined
def _are_near_duplicates(
    article: Int, other: Int, columns: SignatureColumns, thresholds: Thresholds
) -> bool:
    days, counts = columns.days, columns.number_counts
    apart = days[article] - days[other]
    is_dated = days[article] >= 0 and days[other] >= 0
    if is_dated and not -thresholds.days <= apart <= thresholds.days:
        return False
    is_one_outlet = columns.sources[article] == columns.sources[other]
    if is_one_outlet and columns.titles[article] != columns.titles[other]:
        return False
    if _equal_bytes(columns.bodies, article, other) < thresholds.body_bytes:
        return False
    if min(counts[article], counts[other]) < thresholds.numbers:
        return True
    return _equal_bytes(columns.numbers, article, other) >= thresholds.number_bytes


@inlined
def _equal_bytes(sketches: Uint8Array, article: Int, other: Int) -> int:
    equal = 0
    for column in range(sketches.shape[1]):
        equal += int(sketches[article, column] == sketches[other, column])
    return equal
