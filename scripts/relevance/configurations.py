"""The configurations that are compared: baselines, then Kliping with one more part at a time."""

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import Stemmer

from index.analysis import stem
from index.generations import GenerationWriter
from index.schema import LAYOUT
from index.whoosh_codec import open_whoosh, segments_of
from search import NO_FILTERS, WEIGHT_BY_NAME, Matches, Selection
from search.execution import Deadline, RequestReader, Snapshot
from search.query import NO_SYNONYMS, ParsedQuery, Synonyms, load_synonyms, parse_query
from search.relevance import find_covering, prefer_adjacent, short_words, subject_stems

from .collection import Collection
from .measures import RANKED_MOST, Ranking
from .plain_bm25 import PlainBM25

NO_LIMIT = math.inf
"""Seconds that all queries together may take: a slow machine must give the same figures."""
_SELECTION = Selection(RANKED_MOST, "newest", by_score=True)

Ranker = Callable[[str], Ranking]
"""From a query's text to ids and scores, the best first."""

Find = Callable[[RequestReader, ParsedQuery], Matches]


@dataclass(frozen=True, slots=True)
class Configuration:
    """One way to rank: its name in the table, and the ranker."""

    name: str
    rank: Ranker


def configurations(
    reader: RequestReader, collection: Collection, weights: Mapping[str, float]
) -> list[Configuration]:
    """Return every configuration, the plainest first; in all, any of the words is enough.

    Args:
        reader: reads an index of the collection.
        collection: the articles and queries.
        weights: by index field, weights to try instead of Kliping's.
    """
    documents = collection.documents
    py_stemmer = Stemmer.Stemmer("indonesian").stemWord
    reader = reader.weighted({**WEIGHT_BY_NAME, **weights})
    return [
        Configuration("no stemming, BM25 alone", _plain(PlainBM25(documents, str))),
        Configuration("PyStemmer, BM25 alone", _plain(PlainBM25(documents, py_stemmer))),
        Configuration("Kliping's stems, BM25 alone", _plain(PlainBM25(documents, stem))),
        Configuration("exact words and stems by field", _engine(reader, _find_plainly)),
        Configuration("coverage in long queries", _engine(reader, _find_covering)),
        Configuration("synonyms", _engine(reader, _find_covering, load_synonyms())),
        Configuration("words side by side", _engine(reader, _find_adjacent, load_synonyms())),
    ]


def unanswered_share(reader: RequestReader, collection: Collection) -> float:
    """Return the share of the queries whose words stand together in no article."""
    queries = [parse_query(text).query for text in collection.queries.values()]
    totals = [reader.find(query, _SELECTION, NO_FILTERS).total for query in queries]
    return totals.count(0) / len(totals)


def _find_plainly(reader: RequestReader, parsed: ParsedQuery) -> Matches:
    return reader.find(parsed.query, _SELECTION, NO_FILTERS)


def _find_covering(reader: RequestReader, parsed: ParsedQuery) -> Matches:
    subject = subject_stems(parsed.typed)
    return find_covering(reader, parsed.query, subject, _SELECTION, NO_FILTERS)


def _find_adjacent(reader: RequestReader, parsed: ParsedQuery) -> Matches:
    words = short_words(parsed.query, any_word=True)
    preferred = prefer_adjacent(reader, parsed.query, words)
    return _find_covering(reader, replace(parsed, query=preferred))


def _plain(baseline: PlainBM25) -> Ranker:
    return lambda text: baseline.best(text, RANKED_MOST)


def _engine(reader: RequestReader, find: Find, synonyms: Synonyms = NO_SYNONYMS) -> Ranker:
    snapshot = reader.snapshot

    def rank(text: str) -> Ranking:
        hits = find(reader, parse_query(text, any_word=True, synonyms=synonyms)).hits
        stored = ((snapshot.view_of(hit.number), hit.score) for hit in hits)
        return [(view.key("id", doc).decode(), score) for (view, doc), score in stored]

    return rank


@contextmanager
def open_reader(collection: Collection, folder: Path) -> Iterator[RequestReader]:
    """Index a collection in an empty folder, and open a reader of it."""
    with GenerationWriter(folder) as writer:
        for document in collection.documents:
            writer.add(document)
        writer.commit()
    segments = segments_of(open_whoosh(folder, folder))
    yield RequestReader(0, Snapshot(segments, LAYOUT.facets, LAYOUT.orders), Deadline(NO_LIMIT))
