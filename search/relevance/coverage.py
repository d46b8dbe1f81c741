"""Long queries: the best hits put in order anew, by what sums of words do not see.

A sum over words takes an article that repeats two of eight words for as good as one that has most
of them once, and one whose words stand in one sentence for as good as one that scatters them. For
few words that hardly matters; for a question it does. So for long queries
(`search.relevance.questions`), the best `LOOKED_AT` hits are read again:

    score' = (score + near * nearness + answer * answered) * coverage

Coverage is the share of the words' idf that the article has. The rest is for questions alone.
Nearness adds up, over all pairs of words that somewhere stand at most `NEAR_DISTANCE` apart, the
smaller idf by that distance. Answered adds up the idf of the words that somewhere stand at most
`ANSWER_DISTANCE` from what may be the answer, such as a number for "berapa"; what the question says
itself is none. Words are stems, without those that only ask. What was not looked at follows behind,
so the order is the same on every page.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.analysis.stem_matching import TokenStems, find_stems
from index.analysis.tokenizer import TokenBatch, tokenize_batch
from index.document import Document
from search.execution.whoosh_scoring import lucene_idf
from search.matches import Filters, Found, FoundHit, Wanted
from search.query.tree import Query
from search.relevance.answers import answer_marks
from search.relevance.questions import LongQuery

if TYPE_CHECKING:
    from search.execution.reader import GenerationReader

LOOKED_AT = 30
"""Hits that are read again: three pages of ten."""

NEAR_DISTANCE = 4
"""Words further apart than a short clause tell nothing more."""
ANSWER_DISTANCE = 8
"""Half a sentence: an answer stands in the clause that its question repeats."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the parts of a question's score count for.

    Attributes:
        near: factor of nearness.
        answer: factor of answered.
    """

    near: float = 0.3
    answer: float = 0.5


PARTS = Parts()

_STATISTICS_FIELD = "body_stem"
_TEXT_LENGTH_MOST = 20_000
"""Characters of an article that are read: some 3,000 words, more than most have."""
_TEXT_GAP = 1 << 24
"""Positions between two articles that are read together: more than one has."""

Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the words of a question stand in an article.

    Attributes:
        of_word: positions by word, of those that it has.
        answered: the words that stand near what may be the answer.
    """

    of_word: Mapping[str, Positions]
    answered: frozenset[str] = frozenset()


def find_best(  # noqa: PLR0913, PLR0917 - each is a value of its own
    reader: "GenerationReader",
    query: Query,
    asked: LongQuery | None,
    wanted: Wanted,
    filters: Filters,
    parts: Parts = PARTS,
) -> Found:
    """Return what a query finds, its best hits in the order in which readers see them.

    Args:
        reader: the generation.
        query: the query.
        asked: what it asks; None, as for short queries, leaves the order as it is.
        wanted: how many hits, in which order.
        filters: what keeps hits out.
        parts: what the parts of the score count for.

    Raises:
        QueryTimeoutError: when it takes too long.
    """
    if not (asked and wanted.by_score and wanted.best):
        return reader.find(query, wanted, filters)
    found = reader.find(query, replace(wanted, best=max(wanted.best, LOOKED_AT)), filters)
    looked_at, rest = found.hits[:LOOKED_AT], found.hits[LOOKED_AT:]
    hits = [*_reordered(reader, looked_at, asked, parts), *rest]
    return replace(found, hits=hits[: wanted.best])


def nearness(places: Mapping[str, Positions], idf: Mapping[str, float]) -> float:
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
    reader: "GenerationReader", hits: Sequence[FoundHit], asked: LongQuery, parts: Parts
) -> list[FoundHit]:
    idf = _idf_by_word(reader, asked.subject)
    if not hits or not idf:
        return list(hits)
    texts = [_text(reader.document(hit.number)) for hit in hits]
    held = _places(texts, asked, list(idf))
    coverage = [sum(idf[word] for word in places.of_word) for places in held]
    # Raised by the least, so that nothing falls below hits that were not looked at.
    least = min(filter(None, coverage), default=1.0)
    scored = [
        FoundHit(hit.number, (hit.score + added) * max(share, least) / least)
        for hit, share, added in zip(hits, coverage, _added(held, idf, asked, parts), strict=True)
    ]
    return sorted(scored, key=lambda hit: -hit.score)


def _added(
    held: Sequence[Places], idf: Mapping[str, float], asked: LongQuery, parts: Parts
) -> list[float]:
    """Return what each hit of a question gains by where its words stand."""
    if not asked.is_question:
        return [0.0] * len(held)
    return [
        parts.near * nearness(places.of_word, idf)
        + parts.answer * sum(idf[word] for word in places.answered)
        for places in held
    ]


def _idf_by_word(reader: "GenerationReader", words: Iterable[str]) -> dict[str, float]:
    """Return the idf of the words that the archive has."""
    snapshot = reader.snapshot
    statistics = snapshot.statistics[_STATISTICS_FIELD]
    counts = {
        word: snapshot.doc_frequency(_STATISTICS_FIELD, word.encode("utf-8", "surrogatepass"))
        for word in words
    }
    return {word: lucene_idf(statistics.doc_count, n) for word, n in counts.items() if n}


def _text(document: Document) -> str:
    """Return what is read of an article; a line's end keeps its parts apart."""
    parts = (document.title, *document.tags, document.caption, document.body)
    return "\n".join(parts)[:_TEXT_LENGTH_MOST]


def _places(texts: Sequence[str], asked: LongQuery, words: Sequence[str]) -> list[Places]:
    """Return where the words stand in each text."""
    batch = tokenize_batch(texts, with_offsets=asked.answer is not None)
    stems = find_stems(batch, [*words, *asked.words])
    positions = batch.positions.astype(np.int64) + np.repeat(
        np.arange(len(texts)) * _TEXT_GAP, batch.counts
    )
    is_near = _near_answer(texts, batch, stems, positions, asked)
    numbers = {word: stems.number_of(word) for word in words}
    word_by_number = {number: word for word, number in numbers.items()}
    is_word = np.isin(stems.numbers, list(word_by_number))

    def of_text(start: int, stop: int) -> Places:
        kept = start + np.flatnonzero(is_word[start:stop])
        own = stems.numbers[kept]
        found = {word: positions[kept[own == n]] for word, n in numbers.items()}
        answered = {word_by_number[n] for n in own[is_near[kept]].tolist()}
        return Places({word: at for word, at in found.items() if len(at)}, frozenset(answered))

    bounds = [0, *np.cumsum(batch.counts, dtype=np.int64).tolist()]
    return [of_text(start, stop) for start, stop in pairwise(bounds)]


def _near_answer(
    texts: Sequence[str],
    batch: TokenBatch,
    stems: TokenStems,
    positions: Positions,
    asked: LongQuery,
) -> NDArray[np.bool_]:
    """Return which tokens stand near what may be the answer."""
    if asked.answer is None:
        return np.zeros(len(positions), np.bool_)
    said = np.isin(stems.numbers, [stems.number_of(word) for word in asked.words])
    answers = positions[answer_marks(texts, batch, asked.answer) & ~said]
    after = np.searchsorted(answers, positions - ANSWER_DISTANCE)
    return after < np.searchsorted(answers, positions + ANSWER_DISTANCE, side="right")


def _distance(some: Positions, others: Positions) -> int:
    """Return the smallest distance between two words' places."""
    return int(np.abs(some[:, None] - others[None, :]).min())
