"""Frequent phrases of an archive: names, offices and subjects, offered while a reader types.

A phrase is two or three words of one line, separated by single blanks. It counts as frequent when
enough articles contain it, when it neither begins nor ends with a joining word ("dan", "yang"), and
when its words keep together: "harga naik" is common too, but both words mostly stand elsewhere. It
is shown in its commonest spelling.

A sample of some thousand articles is enough to find what is frequent. The ids decide which articles
are in it, so an updated index has the phrases that a rebuilt one would have.

>>> find_frequent_phrases(["Kata Menteri Keuangan itu.", "Menteri Keuangan tiba."] * 2)
['Menteri Keuangan']
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.analysis import TokenBatch, hash_words, tokenize_batch
from index.arrays import Int64Array, Uint64Array
from index.corpus.live_documents import find_live_documents
from index.installed import read_packaged
from index.schema import from_stored
from index.segments import Segment, map_file, write_arrays

PHRASES_NAME = "frequent.phrases"
PHRASES_MOST = 1_000
"""Phrases that are kept: a reader sees the few of them that begin with what was typed."""
PHRASE_SAMPLE_MOST = 2_000
"""Articles of the sample: read in a fifth of a second, in an archive of any size."""
ARTICLES_LEAST, SHARE_LEAST = 3, 0.003
"""Articles that contain a frequent phrase: this many, and this share of the sample."""
TOGETHER_LEAST = 0.15
"""Of a phrase's first and last word, the rarer one must be in the phrase at this share of its
occurrences; below it, the words meet by chance."""
PART_MOST = 0.7
"""When a longer phrase stands in more than this share of a shorter one's articles, the shorter one
is left out."""
CHARACTERS_LEAST = 2
"""Characters of a phrase's first and last word: initials make no phrase."""
LENGTHS = (2, 3)
"""How many words a phrase has."""
PHRASE_TEXT_LENGTH_MOST = 20_000
"""Characters of an article that are read."""
_BATCH_ARTICLES = 500
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
"""Odd numbers that combine the hashes of a phrase's words into one, by their order."""


class _Candidates(NamedTuple):
    """Word sequences that may be phrases, an entry each.

    Attributes:
        hashes: of the whole sequence.
        firsts, lasts: hashes of its first and its last word.
        articles: the number of its text.
        starts, stops: the characters it covers.
    """

    hashes: Uint64Array
    firsts: Uint64Array
    lasts: Uint64Array
    articles: Int64Array
    starts: Int64Array
    stops: Int64Array


def write_phrases(
    folder: Path, segments: Sequence[tuple[Segment, int]], duplicates: Int64Array
) -> None:
    """Find the frequent phrases of a generation, and write them into its folder.

    Args:
        folder: the generation's.
        segments: its segments, each with the number of its first document.
        duplicates: document numbers of near duplicates, which are not read: one story in many
            outlets makes nothing frequent.
    """
    write_phrases_of(folder, _sample(segments, duplicates))


def write_phrases_of(folder: Path, texts: Sequence[str]) -> None:
    """Find the frequent phrases of a sample of texts, and write them into a generation's folder.

    Args:
        folder: the generation's.
        texts: the first `PHRASE_TEXT_LENGTH_MOST` characters of the `PHRASE_SAMPLE_MOST` articles
            whose ids have the least `sample_keys`.
    """
    encoded = [phrase.encode("utf-8", "surrogatepass") for phrase in find_frequent_phrases(texts)]
    text = np.frombuffer(b"".join(encoded), np.uint8)
    ends = np.cumsum([len(phrase) for phrase in encoded], dtype=np.int64)
    write_arrays(folder / PHRASES_NAME, {"text": text, "ends": ends}, {})


def read_phrases(folder: Path) -> tuple[str, ...]:
    """Return the frequent phrases of a generation, the commonest first.

    Raises:
        SegmentError: when the file does not hold phrases.
    """
    if not (folder / PHRASES_NAME).exists():  # the manifest notices a lost file
        return ()
    arrays, _ = map_file(folder / PHRASES_NAME)
    text, bounds = arrays["text"].tobytes(), [0, *arrays["ends"].tolist()]
    return tuple(
        text[start:stop].decode("utf-8", "surrogatepass") for start, stop in pairwise(bounds)
    )


def find_frequent_phrases(texts: Sequence[str]) -> list[str]:
    """Return the frequent phrases of some texts, the commonest first."""
    word_counts = Counter[int]()
    candidates: dict[int, list[_Candidates]] = {length: [] for length in LENGTHS}
    joining = hash_words(_joining_words())
    for first in range(0, len(texts), _BATCH_ARTICLES):
        batch = tokenize_batch(texts[first : first + _BATCH_ARTICLES], with_offsets=True)
        hashes, counts = np.unique(batch.hashes, return_counts=True)
        word_counts.update(dict(zip(hashes.tolist(), counts.tolist(), strict=True)))
        for length in LENGTHS:
            candidates[length].append(_candidates(batch, length, first, joining))
    least = max(ARTICLES_LEAST, int(SHARE_LEAST * len(texts)))
    found: dict[str, int] = {}
    for parts in candidates.values() if texts else ():
        found |= _frequent(parts, texts, word_counts, least)
    phrases = _without_parts(found)
    return sorted(phrases, key=lambda phrase: (-found[phrase], phrase))[:PHRASES_MOST]


def _sample(segments: Sequence[tuple[Segment, int]], duplicates: Int64Array) -> list[str]:
    """Return the texts of the articles whose ids have the least hashes."""
    hashed = [_hashed_documents(segment, duplicates - first) for segment, first in segments]
    if not hashed:
        return []
    hashes = np.concatenate([hashes for hashes, _ in hashed])
    most = np.sort(hashes)[:PHRASE_SAMPLE_MOST][-1:]
    return [
        from_stored(segment.stored.document(doc)).body[:PHRASE_TEXT_LENGTH_MOST]
        for (segment, _), (hashes, docs) in zip(segments, hashed, strict=True)
        for doc in np.sort(docs[hashes <= most]).tolist()
    ]


def sample_keys(doc_ids: Sequence[str]) -> list[int]:
    """Return by which number each article is chosen for the sample, as a signed number.

    >>> [key < 2**63 for key in sample_keys(["a1"])]
    [True]
    """
    keys: list[int] = (hash_words(doc_ids) ^ np.uint64(1 << 63)).view(np.int64).tolist()
    return keys


def _hashed_documents(segment: Segment, duplicates: Int64Array) -> tuple[Uint64Array, Int64Array]:
    """Return a hash of each live document's id, and its number; near duplicates left out."""
    ids, docs = find_live_documents(segment)
    is_read = ~np.isin(docs, duplicates)
    return hash_words(ids)[is_read], docs[is_read]


def _candidates(batch: TokenBatch, length: int, first: int, joining: Uint64Array) -> _Candidates:
    """Return every sequence of so many words that may be a phrase.

    Args:
        batch: some texts.
        length: how many words.
        first: the number of the first text.
        joining: hashes of the joining words.
    """
    count = max(0, len(batch.hashes) - length + 1)
    articles = np.repeat(np.arange(len(batch.counts)), batch.counts) + first
    is_next = (
        (articles[1:] == articles[:-1])
        & (np.diff(batch.positions.astype(np.int64)) == 1)
        & (batch.starts[1:] - batch.stops[:-1] == 1)
    )
    is_end = ~np.isin(batch.hashes, joining) & (batch.stops - batch.starts >= CHARACTERS_LEAST)
    is_candidate = is_end[:count] & is_end[length - 1 : length - 1 + count]
    hashes = np.zeros(count, np.uint64)
    for word in range(length):
        hashes += batch.hashes[word : word + count] * _FACTORS[word]
        if word:
            is_candidate &= is_next[word - 1 : word - 1 + count]
    firsts = np.flatnonzero(is_candidate)
    lasts = firsts + length - 1
    return _Candidates(
        hashes[firsts],
        batch.hashes[firsts],
        batch.hashes[lasts],
        articles[firsts],
        batch.starts[firsts].astype(np.int64),
        batch.stops[lasts].astype(np.int64),
    )


def _frequent(
    parts: Sequence[_Candidates], texts: Sequence[str], word_counts: Counter[int], least: int
) -> dict[str, int]:
    """Return the phrases in at least so many articles whose words keep together, with how many."""
    hashes, firsts, lasts, articles, *spans = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    order = np.argsort(hashes, kind="stable")
    bounds = np.flatnonzero(np.diff(hashes[order])) + 1
    found = {}
    for start, stop in pairwise([0, *bounds.tolist(), len(order)]):
        if stop - start < least:
            continue
        rows = order[start:stop]
        article_count = len(set(articles[rows].tolist()))
        rarer = min(word_counts[int(ends[rows[0]])] for ends in (firsts, lasts))
        if article_count >= least and stop - start >= TOGETHER_LEAST * rarer:
            spelling = _spelling(texts, *(column[rows].tolist() for column in (articles, *spans)))
            if " " in spelling and not any(map(str.isdigit, spelling)):
                found[spelling] = article_count
    return found


def _spelling(
    texts: Sequence[str], articles: Iterable[int], starts: Iterable[int], stops: Iterable[int]
) -> str:
    """Return the commonest spelling of a phrase."""
    spans = zip(articles, starts, stops, strict=True)
    counts = Counter(texts[article][start:stop] for article, start, stop in spans)
    return max(counts, key=lambda text: (counts[text], text))


def _without_parts(found: dict[str, int]) -> Iterator[str]:
    """Yield the phrases that are more than a part of a longer one."""
    longest: dict[str, int] = {}
    for phrase, count in found.items():
        *head, last = phrase.split(" ")
        if len(head) > 1:
            for part in (" ".join(head), " ".join([*head[1:], last])):
                longest[part] = max(count, longest.get(part, 0))
    return (p for p, count in found.items() if longest.get(p, 0) <= PART_MOST * count)


def _joining_words() -> list[str]:
    text = read_packaged("index.corpus", "joining_words.txt")
    return [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]
