"""Rerank the best hits of a long query by coverage: how many of its words a document has.

A sum over words scores a document that repeats two of eight words as high as one that has most of
them once. For a few words that hardly matters; for a long query it does. So the best
`RERANKED_HITS` hits are read again, and

    score' = score * max(coverage, least) / least

Coverage is the sum of the idf of the query's words that the document has in its title, tags,
caption or text; `least` is the smallest coverage above 0 of these hits. So no score falls, and no
reranked hit comes below one that was not reranked: those follow unchanged, in the same order on
every page. Words are stems, without question words (`search.relevance.questions`).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from index.analysis import find_stems, tokenize_batch
from index.document import Document
from search.backend import Backend
from search.matches import Matches, ScoredDocument, Selection
from search.query import Query
from search.ranking import idf
from search.request import Filters

RERANKED_HITS = 30
"""Three pages of ten."""

_STATISTICS_FIELD = "body_stem"
_TEXT_LENGTH_MOST = 20_000
"""Characters of a document that are read: some 3,000 words, more than most have."""


def find_covering(
    backend: Backend,
    query: Query,
    subject: Sequence[str] | None,
    selection: Selection,
    filters: Filters,
) -> Matches:
    """Return the matches of a query, the best hits of a long one reranked by coverage.

    Args:
        backend: the index.
        query: the query.
        subject: the stems of its subject; None, as for short queries, leaves the order as it is.
        selection: how many hits, in which order.
        filters: what keeps documents out.

    Raises:
        QueryTimeoutError: when it takes too long.
    """
    if not (subject and selection.by_score and selection.size):
        return backend.find(query, selection, filters)
    backend.expect(_STATISTICS_FIELD, subject)
    size = max(selection.size, RERANKED_HITS)
    matches = backend.find(query, replace(selection, size=size), filters)
    first, rest = matches.hits[:RERANKED_HITS], matches.hits[RERANKED_HITS:]
    hits = [*_reranked(backend, first, subject), *rest]
    return replace(matches, hits=hits[: selection.size])


def _reranked(
    backend: Backend, hits: Sequence[ScoredDocument], subject: Sequence[str]
) -> list[ScoredDocument]:
    weights = _idf_by_stem(backend, subject)
    if not hits or not weights:
        return list(hits)
    documents = backend.documents([hit.number for hit in hits])
    coverage = _coverage(documents, weights, backend.check_time)
    # A hit whose words stand beyond the part that is read has coverage 0, and keeps its score.
    least = min(filter(None, coverage), default=1.0)
    scored = [
        ScoredDocument(hit.number, hit.score * max(covered, least) / least)
        for hit, covered in zip(hits, coverage, strict=True)
    ]
    return sorted(scored, key=lambda hit: -hit.score)


def _idf_by_stem(backend: Backend, stems: Sequence[str]) -> dict[str, float]:
    """Return the idf of the stems that the archive has."""
    doc_count = backend.field_doc_count(_STATISTICS_FIELD)
    frequencies = backend.doc_frequencies(_STATISTICS_FIELD, stems)
    return {
        word: idf(doc_count, frequency)
        for word, frequency in zip(stems, frequencies, strict=True)
        if frequency
    }


def _coverage(
    documents: Sequence[Document], weights: dict[str, float], check: Callable[[], None]
) -> list[float]:
    """Return the coverage of each document: the sum of the idf of the stems that it has."""
    check()
    batch = tokenize_batch(list(map(_text, documents)))
    stems = find_stems(batch, list(weights), check)
    weight_by_number = {stems.number_of(word): weight for word, weight in weights.items()}
    bounds = [0, *np.cumsum(batch.counts, dtype=np.int64).tolist()]
    present = [set(stems.numbers[start:stop].tolist()) for start, stop in pairwise(bounds)]
    return [sum(w for number, w in weight_by_number.items() if number in own) for own in present]


def _text(document: Document) -> str:
    """Return what is read of a document, a line for each part."""
    parts = (document.title, *document.tags, document.caption, document.body)
    return "\n".join(parts)[:_TEXT_LENGTH_MOST]
