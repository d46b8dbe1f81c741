"""The kernels that find copies: texts are sketched, and sketches compared where they may agree."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.compiled import Int, compiled, inlined

_MIX, _HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)
_MOST = np.uint32(0xFFFFFFFF)

REPRESENTATIVES_TRIED = 64
"""Representatives of a bucket that an article is compared with, the latest first: a form that is
filled anew each day (weather, prices) puts thousands of articles into one bucket."""

Words = NDArray[np.uint32]
Sketches = NDArray[np.uint8]
Numbers = NDArray[np.int32]


@compiled
def sketch_texts(
    hashes: NDArray[np.uint64],
    counts: Numbers,
    shingle: int,
    multipliers: Words,
    least: Words,
    sketches: Sketches,
) -> None:
    """Write a sketch of each text: a byte a hash function, of its least hash of a shingle.

    Of two texts, a byte is equal about as often as the share of their shingles that both have
    (MinHash, A. Broder 1997; of which a byte is kept, P. Li and C. König 2010), and once in 256 by
    chance. A text with fewer words than a shingle has the sketch of no text.

    Args:
        hashes: of the words, text after text.
        counts: how many words each text has.
        shingle: how many words side by side are compared as one.
        multipliers: odd numbers, one a hash function.
        least: room for as many.
        sketches: a row a text.
    """
    start = 0
    for text in range(len(counts)):
        least[:] = _MOST
        stop = start + counts[text]
        for place in range(start, stop - shingle + 1):
            mixed = np.uint64(0)
            for word in range(shingle):
                mixed = (mixed ^ hashes[place + word]) * _MIX
                mixed ^= mixed >> _HALF
            lower = np.uint32(mixed)
            for function in range(len(multipliers)):
                value = np.uint32((lower ^ (multipliers[function] >> 1)) * multipliers[function])
                least[function] = min(least[function], value)
        for function in range(len(multipliers)):
            sketches[text, function] = np.uint8(least[function] >> 8)
        start = stop


class Sketched(NamedTuple):
    """What tells whether articles are copies, an entry or a row an article.

    Attributes:
        bodies: sketches of the words.
        numbers: sketches of the numbers among them.
        number_counts: how many numbers there are.
        days: counted from some day; less than 0 where it is not known.
        sources: hashes of the outlets.
        titles: hashes of the headlines.
    """

    bodies: Sketches
    numbers: Sketches
    number_counts: Numbers
    days: Numbers
    sources: NDArray[np.uint64]
    titles: NDArray[np.uint64]


class Alike(NamedTuple):
    """How much alike copies are.

    Attributes:
        body_bytes: equal bytes of their sketches at least.
        number_bytes: the same for the numbers.
        numbers: how many an article must have to be told apart by them.
        days: between them at most.
    """

    body_bytes: int
    number_bytes: int
    numbers: int
    days: int


@compiled
def choose_representatives(
    order: NDArray[np.int64],
    buckets: Numbers,
    sketched: Sketched,
    alike: Alike,
    heads: Numbers,
    following: Numbers,
    representatives: Numbers,
) -> None:
    """Write the representative of each article: the first in order that it is a copy of, or itself.

    Args:
        order: the articles, those first that are to represent others.
        buckets: by article and band, where articles stand that may be its copies; -1 for nowhere.
        sketched: the articles.
        alike: how much alike copies are.
        heads: by bucket, -1.
        following: by article and band, room for the representative before it in the bucket.
        representatives: the result, by article.
    """
    for article in order:
        found = -1
        for band in range(buckets.shape[1]):
            if found < 0 and buckets[article, band] >= 0:
                other = heads[buckets[article, band]]
                for _ in range(REPRESENTATIVES_TRIED):
                    if other < 0 or _are_copies(article, other, sketched, alike):
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
def _are_copies(article: Int, other: Int, sketched: Sketched, alike: Alike) -> bool:
    days, counts = sketched.days, sketched.number_counts
    apart = days[article] - days[other]
    if days[article] >= 0 and days[other] >= 0 and not -alike.days <= apart <= alike.days:
        return False
    is_one_outlet = sketched.sources[article] == sketched.sources[other]
    if is_one_outlet and sketched.titles[article] != sketched.titles[other]:
        return False
    if _equal_bytes(sketched.bodies, article, other) < alike.body_bytes:
        return False
    if min(counts[article], counts[other]) < alike.numbers:
        return True
    return _equal_bytes(sketched.numbers, article, other) >= alike.number_bytes


@inlined
def _equal_bytes(sketches: Sketches, article: Int, other: Int) -> int:
    equal = 0
    for place in range(sketches.shape[1]):
        equal += int(sketches[article, place] == sketches[other, place])
    return equal
