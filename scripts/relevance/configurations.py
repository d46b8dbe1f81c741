"""What is compared: baselines, and Kliping with a part of its ranking after another."""

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import Stemmer

from index.analysis.stemmer import stem
from index.generations.writer import GenerationWriter
from index.schema import LAYOUT
from index.whoosh_codec.codec import segments_of
from index.whoosh_codec.table_of_contents import open_whoosh
from search.execution.reader import GenerationReader
from search.execution.snapshot import Snapshot
from search.matches import Filters, Found, Wanted
from search.query.parser import ParsedQuery, parse_query
from search.query.synonyms import NO_SYNONYMS, Synonyms, load_synonyms
from search.ranking import WEIGHT_BY_NAME
from search.relevance.coverage import PARTS, Parts, find_best
from search.relevance.questions import read_long_query

from .collection import Collection
from .measures import RANKED_MOST, Ranking
from .plain_bm25 import PlainBM25

NO_LIMIT = math.inf
"""Seconds that all queries together may take: a slow machine must give the same figures."""
_WANTED = Wanted(RANKED_MOST, "newest", by_score=True)

Ranker = Callable[[str], Ranking]
"""From a query's text to ids and scores, the best first."""

Find = Callable[[GenerationReader, ParsedQuery], Found]

NO_PARTS, NO_ANSWER = Parts(near=0, answer=0), Parts(answer=0)


@dataclass(frozen=True, slots=True)
class Configuration:
    """One way to rank: its name in the table, and the ranker."""

    name: str
    rank: Ranker


def configurations(
    reader: GenerationReader, collection: Collection, weights: Mapping[str, float]
) -> list[Configuration]:
    """Return every configuration, the plainest first; all take any of the words.

    Args:
        reader: of an index of the collection.
        collection: what is searched.
        weights: by index field, weights to try instead of Kliping's.
    """
    documents = collection.documents
    ours = {**WEIGHT_BY_NAME, **weights}
    stems = {name: weight * name.endswith("_stem") for name, weight in ours.items()}
    by_stem, by_both = reader.weighted(stems), reader.weighted(ours)
    py_stemmer = Stemmer.Stemmer("indonesian").stemWord
    return [
        Configuration("no stemming, BM25 alone", _plain(PlainBM25(documents, str))),
        Configuration("PyStemmer, BM25 alone", _plain(PlainBM25(documents, py_stemmer))),
        Configuration("Kliping's stems, BM25 alone", _plain(PlainBM25(documents, stem))),
        Configuration("stems by field", _engine(by_stem, _by_sum)),
        Configuration("exact words and stems by field", _engine(by_both, _by_sum)),
        *_rules(by_both),
    ]


def _rules(reader: GenerationReader) -> list[Configuration]:
    """Return Kliping with a rule for long queries after another, up to all of them."""
    names = load_synonyms()
    return [
        Configuration("long queries: most of the words", _engine(reader, _by_all_words)),
        Configuration("without words that only ask", _engine(reader, _by_parts(NO_PARTS))),
        Configuration("questions: near each other", _engine(reader, _by_parts(NO_ANSWER))),
        Configuration("questions: near an answer", _engine(reader, _by_parts(PARTS))),
        Configuration("Kliping: with synonyms", _engine(reader, _by_parts(PARTS), names)),
    ]


def unanswered_share(reader: GenerationReader, collection: Collection) -> float:
    """Return the share of the questions whose words stand together in no article."""
    queries = [parse_query(text).query for text in collection.queries.values()]
    found = [reader.find(query, _WANTED, Filters()).total for query in queries]
    return found.count(0) / len(found)


def _by_sum(reader: GenerationReader, parsed: ParsedQuery) -> Found:
    return reader.find(parsed.query, _WANTED, Filters())


def _by_all_words(reader: GenerationReader, parsed: ParsedQuery) -> Found:
    asked = read_long_query(parsed.typed)
    if asked:
        asked = replace(asked, subject=asked.words)
    return find_best(reader, parsed.query, asked, _WANTED, Filters(), NO_PARTS)


def _by_parts(parts: Parts) -> Find:
    def find(reader: GenerationReader, parsed: ParsedQuery) -> Found:
        asked = read_long_query(parsed.typed)
        return find_best(reader, parsed.query, asked, _WANTED, Filters(), parts)

    return find


def _plain(baseline: PlainBM25) -> Ranker:
    return lambda text: baseline.best(text, RANKED_MOST)


def _engine(reader: GenerationReader, find: Find, synonyms: Synonyms = NO_SYNONYMS) -> Ranker:
    snapshot = reader.snapshot

    def rank(text: str) -> Ranking:
        found = find(reader, parse_query(text, any_word=True, synonyms=synonyms))
        placed = ((snapshot.place_of(hit.number), hit.score) for hit in found.hits)
        return [(view.key("id", doc).decode(), score) for (view, doc), score in placed]

    return rank


@contextmanager
def open_reader(collection: Collection, folder: Path) -> Iterator[GenerationReader]:
    """Index a collection in an empty folder, and read it."""
    with GenerationWriter(folder) as writer:
        for document in collection.documents:
            writer.add(document)
        writer.commit()
    whoosh = open_whoosh(folder, folder)
    with whoosh.searcher() as searcher:
        snapshot = Snapshot(segments_of(searcher.reader()), LAYOUT.facets, LAYOUT.orders)
        yield GenerationReader(0, snapshot, whoosh.schema, lambda: searcher, NO_LIMIT)
