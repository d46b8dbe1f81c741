"""Phrases that an archive's articles often say: names, offices, subjects, to be offered to typists.

A phrase is two or three words of one line with nothing but a blank between them. It counts if
enough articles say it, if it neither begins nor ends with a word that only joins others, and if its
words keep together: else "harga naik" would be as good as "harga beras". It is shown as it is
spelled most often.

Some thousand articles show what is frequent, so only these are read, in every archive the same by
their ids: an updated index has the phrases that a rebuilt one would have.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analysis.tokenizer import TokenBatch, hash_words, tokenize_batch
from index.schema import from_stored
from index.segments.array_file import map_file, write_arrays
from index.segments.segment import Segment

PHRASES_NAME = "frequent.phrases"
PHRASES_MOST = 1_000
"""Phrases of an archive: whoever types looks at a few of those that begin so."""
SAMPLE_MOST = 2_000
"""Articles that are read: a fifth of a second, in an archive of any size."""
ARTICLES_LEAST, SHARE_LEAST = 3, 0.003
"""Articles that say a phrase: this many, and this share of those read."""
TOGETHER_LEAST = 0.15
"""Share of the rarer end's occurrences in which the phrase stands: else its words met by chance."""
PART_MOST = 0.7
"""Share of a shorter phrase's articles that say a longer one with it: beyond, that one alone stays.
"""
CHARACTERS_LEAST = 2
"""Letters of a word; initials make no phrase."""
LENGTHS = (2, 3)
TEXT_LENGTH_MOST = 20_000
"""Characters of an article that are read."""
_ID_FIELD = "id"
_BATCH_ARTICLES = 500
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
"""Odd numbers that make one hash of the hashes of a phrase's words, in order."""

Numbers = NDArray[np.int64]
Hashes = NDArray[np.uint64]


class _Stretches(NamedTuple):
    """Where phrases may stand: hash of each, hashes of its ends, article, characters."""

    hashes: Hashes
    firsts: Hashes
    lasts: Hashes
    articles: Numbers
    starts: Numbers
    stops: Numbers


def write_phrases(folder: Path, segments: Sequence[tuple[Segment, int]], copies: Numbers) -> None:
    """Find the frequent phrases of a generation, and write them beside its segments.

    What near copies say counts once: those that another article represents are left out; `copies`
    are their document numbers.
    """
    encoded = [
        phrase.encode("utf-8", "surrogatepass")
        for phrase in frequent_phrases(_sample(segments, copies))
    ]
    arrays: dict[str, NDArray[Any]] = {
        "text": np.frombuffer(b"".join(encoded), np.uint8),
        "ends": np.cumsum([len(phrase) for phrase in encoded], dtype=np.int64),
    }
    write_arrays(folder / PHRASES_NAME, arrays, {})


def read_phrases(folder: Path) -> tuple[str, ...]:
    """Return the frequent phrases of a generation, the commonest first.

    Raises:
        SegmentError: when the file is not one of these.
    """
    if not (folder / PHRASES_NAME).exists():  # one that was lost, its manifest would miss
        return ()
    arrays, _ = map_file(folder / PHRASES_NAME)
    text, bounds = arrays["text"].tobytes(), [0, *arrays["ends"].tolist()]
    return tuple(
        text[start:end].decode("utf-8", "surrogatepass") for start, end in pairwise(bounds)
    )


def frequent_phrases(texts: Sequence[str]) -> list[str]:
    """Return the phrases that some texts often say, the commonest first.

    >>> frequent_phrases(["Kata Menteri Keuangan itu.", "Menteri Keuangan tiba."] * 2)
    ['Menteri Keuangan']
    """
    words = Counter[int]()
    parts: dict[int, list[_Stretches]] = {length: [] for length in LENGTHS}
    joining = hash_words(_joining_words())
    for first in range(0, len(texts), _BATCH_ARTICLES):
        batch = tokenize_batch(texts[first : first + _BATCH_ARTICLES], with_offsets=True)
        hashes, counts = np.unique(batch.hashes, return_counts=True)
        words.update(dict(zip(hashes.tolist(), counts.tolist(), strict=True)))
        for length in LENGTHS:
            parts[length].append(_stretches(batch, length, first, joining))
    least = max(ARTICLES_LEAST, int(SHARE_LEAST * len(texts)))
    found: dict[str, int] = {}
    for stretches in parts.values() if texts else ():
        found |= _frequent(stretches, texts, words, least)
    return sorted(_whole(found), key=lambda phrase: (-found[phrase], phrase))[:PHRASES_MOST]


def _sample(segments: Sequence[tuple[Segment, int]], copies: Numbers) -> list[str]:
    """Return the texts of some articles: those whose ids have the least hashes."""
    held = [_hashed_documents(segment, copies - offset) for segment, offset in segments]
    if not held:
        return []
    hashes = np.concatenate([hashes for hashes, _ in held])
    most = np.sort(hashes)[:SAMPLE_MOST][-1:]
    return [
        from_stored(segment.stored.document(doc)).body[:TEXT_LENGTH_MOST]
        for (segment, _), (hashes, docs) in zip(segments, held, strict=True)
        for doc in np.sort(docs[hashes <= most]).tolist()
    ]


def _hashed_documents(segment: Segment, copies: Numbers) -> tuple[Hashes, Numbers]:
    """Return a hash of each article's id, and its number; deleted ones and copies left out."""
    row = segment.fields[_ID_FIELD]
    if row.first == row.last:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    start, stop = segment.posting_range(row.first)[0], segment.posting_range(row.last - 1)[1]
    docs = segment.docs[start:stop].astype(np.int64)
    ids = [
        term.decode("utf-8", "surrogatepass") for term in segment.terms.read(row.first, row.last)
    ]
    hashes = np.repeat(hash_words(ids), segment.doc_counts[row.first : row.last])
    is_read = ~np.isin(docs, copies)
    if len(segment.live):
        is_read &= segment.live[docs] > 0
    return hashes[is_read], docs[is_read]


def _stretches(batch: TokenBatch, length: int, first: int, joining: Hashes) -> _Stretches:
    """Return every stretch of so many words that may be a phrase; `first` is the first article."""
    count = max(0, len(batch.hashes) - length + 1)
    articles = np.repeat(np.arange(len(batch.counts)), batch.counts) + first
    is_next = (
        (articles[1:] == articles[:-1])
        & (np.diff(batch.positions.astype(np.int64)) == 1)
        & (batch.starts[1:] - batch.stops[:-1] == 1)
    )
    is_end = ~np.isin(batch.hashes, joining) & (batch.stops - batch.starts >= CHARACTERS_LEAST)
    is_good = is_end[:count] & is_end[length - 1 : length - 1 + count]
    hashes = np.zeros(count, np.uint64)
    for place in range(length):
        hashes += batch.hashes[place : place + count] * _FACTORS[place]
        if place:
            is_good &= is_next[place - 1 : place - 1 + count]
    places = np.flatnonzero(is_good)
    lasts = places + length - 1
    return _Stretches(
        hashes[places],
        batch.hashes[places],
        batch.hashes[lasts],
        articles[places],
        batch.starts[places].astype(np.int64),
        batch.stops[lasts].astype(np.int64),
    )


def _frequent(
    parts: Sequence[_Stretches], texts: Sequence[str], words: Counter[int], least: int
) -> dict[str, int]:
    """Return the phrases that enough articles say and whose words keep together, with how many."""
    hashes, firsts, lasts, articles, *spans = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    order = np.argsort(hashes, kind="stable")
    bounds = np.flatnonzero(np.diff(hashes[order])) + 1
    found = {}
    for start, stop in pairwise([0, *bounds.tolist(), len(order)]):
        if stop - start < least:
            continue
        places = order[start:stop]
        article_count = len(set(articles[places].tolist()))
        rarer = min(words[int(ends[places[0]])] for ends in (firsts, lasts))
        if article_count >= least and stop - start >= TOGETHER_LEAST * rarer:
            spelling = _spelling(texts, *(column[places].tolist() for column in (articles, *spans)))
            if " " in spelling and not any(map(str.isdigit, spelling)):
                found[spelling] = article_count
    return found


def _spelling(
    texts: Sequence[str], articles: Iterable[int], starts: Iterable[int], stops: Iterable[int]
) -> str:
    """Return how a phrase is spelled most often."""
    places = zip(articles, starts, stops, strict=True)
    spelled = Counter(texts[article][start:stop] for article, start, stop in places)
    return max(spelled, key=lambda text: (spelled[text], text))


def _whole(found: dict[str, int]) -> Iterator[str]:
    """Yield the phrases that are not merely a part of a longer one."""
    within: dict[str, int] = {}
    for phrase, count in found.items():
        *head, last = phrase.split(" ")
        if len(head) > 1:
            for part in (" ".join(head), " ".join([*head[1:], last])):
                within[part] = max(count, within.get(part, 0))
    return (p for p, count in found.items() if within.get(p, 0) <= PART_MOST * count)


def _joining_words() -> list[str]:
    text: Any = files("index.corpus").joinpath("joining_words.txt").read_text(encoding="utf-8")
    return [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]
