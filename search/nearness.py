"""Long questions: the best hits put in order anew, by what sums of words do not see.

A sum over words takes an article that repeats two of eight words for as good as one that has most
of them once, and one whose words stand in one sentence for as good as one that scatters them. For
few words that hardly matters; for a question it does. So for `LONG_QUERY_WORDS` and more, the best
`LOOKED_AT` hits are read again:

    score' = (score + NEAR_WEIGHT * nearness) * sqrt(coverage)

Coverage is the share of the words' idf that the article has. Nearness adds up, over all pairs of
words that somewhere stand at most `NEAR_DISTANCE` apart, the smaller idf by that distance. Words
are stems, without those of `QUESTION_WORDS`. What was not looked at follows behind, so the order
is the same on every page.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise, starmap
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.analysis import tokenize
from index.document import Document
from index.stem_table import BatchStems, stem_table
from index.stemming import stem
from index.tokenizer import tokenize_batch
from search.found import Filters, Found, FoundHit, Wanted
from search.leaves import positive_leaves
from search.query import Query, Term
from search.whoosh_scoring import lucene_idf

if TYPE_CHECKING:
    from search.whoosh_reader import GenerationReader

LONG_QUERY_WORDS = 4
"""Different words from which a query is a question: up to three, names and subjects are typed."""

LOOKED_AT = 30
"""Hits that are read again: three pages of ten."""

QUESTION_WORDS = frozenset(
    "apa siapa berapa mana kapan dimana kemana darimana bagaimana mengapa kenapa "
    "apakah siapakah berapakah manakah kapankah dimanakah bagaimanakah mengapakah".split()
)
"""Words of questions, seldom of what answers them: that one is missing says nothing."""

NEAR_WEIGHT = 0.3
NEAR_DISTANCE = 4
"""Words further apart than a short clause tell nothing more."""

_STATISTICS_FIELD = "body_stem"
_TEXT_LENGTH_MOST = 20_000
"""Characters of an article that are read: some 3,000 words, more than most have."""

Places = Mapping[str, NDArray[np.int64]]
"""By word, where it stands in an article."""


def find_best(
    reader: "GenerationReader",
    query: Query,
    words: Sequence[str],
    wanted: Wanted,
    filters: Filters,
) -> Found:
    """Return what a query finds, its best hits in the order in which readers see them.

    Args:
        reader: the generation.
        query: the query.
        words: those of a question (see `question_words`); none leaves the order as it is.
        wanted: how many hits, in which order.
        filters: what keeps hits out.

    Raises:
        QueryTimeoutError: when it takes too long.
    """
    if not (words and wanted.by_score and wanted.best):
        return reader.find(query, wanted, filters)
    found = reader.find(query, replace(wanted, best=max(wanted.best, LOOKED_AT)), filters)
    looked_at, rest = found.hits[:LOOKED_AT], found.hits[LOOKED_AT:]
    hits = [*_reordered(reader, looked_at, words), *rest]
    return replace(found, hits=hits[: wanted.best])


def question_words(query: Query) -> tuple[str, ...]:
    """Return the stems of the words that a long query asks for, each once; none for a short one.

    >>> from search.parser import parse_query
    >>> question_words(parse_query("harga beras di pasar").query)
    ('harga', 'beras', 'di', 'pasar')
    >>> question_words(parse_query("harga beras pasar").query)
    ()
    """
    terms = (
        leaf.text
        for leaf in positive_leaves(query)
        if isinstance(leaf, Term) and leaf.field is None
    )
    stems = dict.fromkeys(stem(token.text) for text in terms for token in tokenize(text))
    return tuple(stems) if len(stems) >= LONG_QUERY_WORDS else ()


def nearness(places: Places, idf: Mapping[str, float]) -> float:
    """Return how near the words stand to each other: what pairs of them add up to.

    >>> places = {"gempa": np.array([3, 90]), "palu": np.array([5])}
    >>> nearness(places, {"gempa": 4.0, "palu": 6.0})
    2.0
    """
    return sum(
        min(idf[one], idf[other]) / distance
        for one, other in combinations(places, 2)
        if (distance := _distance(places[one], places[other])) <= NEAR_DISTANCE
    )


def _reordered(
    reader: "GenerationReader", hits: Sequence[FoundHit], words: Sequence[str]
) -> list[FoundHit]:
    idf = _idf_by_word(reader, words)
    total = sum(idf.values())
    if not hits or not total:
        return list(hits)
    held = _places([_text(reader.document(hit.number)) for hit in hits], list(idf))
    coverage = [sum(idf[word] for word in places) / total for places in held]
    # Raised by the least, so that nothing falls below hits that were not looked at.
    least = min(filter(None, coverage), default=1.0)
    scored = [
        FoundHit(hit.number, _score(hit.score, places, idf, max(share, least) / least))
        for hit, places, share in zip(hits, held, coverage, strict=True)
    ]
    return sorted(scored, key=lambda hit: -hit.score)


def _score(score: float, places: Places, idf: Mapping[str, float], raised: float) -> float:
    return (score + NEAR_WEIGHT * nearness(places, idf)) * math.sqrt(raised)


def _idf_by_word(reader: "GenerationReader", words: Iterable[str]) -> dict[str, float]:
    """Return the idf of the words that the archive has."""
    snapshot = reader.snapshot
    statistics = snapshot.statistics[_STATISTICS_FIELD]
    asking = set(map(stem, QUESTION_WORDS))
    counts = {
        word: snapshot.doc_frequency(_STATISTICS_FIELD, word.encode("utf-8", "surrogatepass"))
        for word in words
        if word not in asking
    }
    return {word: lucene_idf(statistics.doc_count, n) for word, n in counts.items() if n}


def _text(document: Document) -> str:
    """Return what is read of an article; a line's end keeps its parts apart."""
    parts = (document.title, *document.tags, document.caption, document.body)
    return "\n".join(parts)[:_TEXT_LENGTH_MOST]


def _places(texts: Sequence[str], words: Sequence[str]) -> list[Places]:
    """Return where the words stand in each text."""
    batch = tokenize_batch(texts)
    stems = stem_table().stems_of(batch)
    positions = batch.positions.astype(np.int64)
    bounds = pairwise([0, *np.cumsum(batch.counts, dtype=np.int64).tolist()])
    numbers = _numbers(stems, words)
    is_wanted = np.isin(stems.numbers, list(numbers.values()))

    def of_text(start: int, stop: int) -> Places:
        kept = start + np.flatnonzero(is_wanted[start:stop])
        found = {word: positions[kept[stems.numbers[kept] == n]] for word, n in numbers.items()}
        return {word: places for word, places in found.items() if len(places)}

    return list(starmap(of_text, bounds))


def _numbers(stems: BatchStems, words: Sequence[str]) -> dict[str, int]:
    return {word: number for word in words if (number := stems.number_of(word)) >= 0}


def _distance(some: NDArray[np.int64], others: NDArray[np.int64]) -> int:
    """Return the smallest distance between two words' places."""
    return int(np.abs(some[:, None] - others[None, :]).min())
