"""What is compared: baselines, and Kliping with a part of its ranking after another."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import Stemmer

from index.columnar.codec import segments_of
from index.schema import LAYOUT
from index.stemming import stem
from index.whoosh_index import open_whoosh
from index.whoosh_writer import GenerationWriter
from search.found import Filters, Found, Wanted
from search.nearness import find_best
from search.parser import parse_query
from search.query import Query
from search.ranking import FIELD_WEIGHTS, WEIGHT_BY_NAME
from search.snapshot import Snapshot
from search.whoosh_reader import GenerationReader

from .collection import Collection
from .measures import RANKED_MOST, Ranking
from .plain_bm25 import PlainBM25

SECONDS = 600.0
_WANTED = Wanted(RANKED_MOST, "newest", by_score=True)

Ranker = Callable[[str], Ranking]
"""From a question to ids and scores, the best first."""

Find = Callable[[GenerationReader, Query], Found]


@dataclass(frozen=True, slots=True)
class Configuration:
    """One way to rank: what it is called in the table, and what does it."""

    name: str
    rank: Ranker


@contextmanager
def configurations(
    collection: Collection, weights: Mapping[str, float]
) -> Iterator[list[Configuration]]:
    """Yield every configuration, the plainest first; all take any of the words.

    Args:
        collection: what is indexed.
        weights: by index field, weights to try instead of Kliping's.
    """
    documents = collection.documents
    with TemporaryDirectory() as folder, _open_reader(collection, Path(folder)) as reader:
        ours = {**WEIGHT_BY_NAME, **weights}
        stems = {f.name: f.weight * f.name.endswith("_stem") for f in FIELD_WEIGHTS}
        yield [
            *(
                Configuration(name, _plain(PlainBM25(documents, word_of)))
                for name, word_of in (
                    ("no stemming, BM25 alone", lambda word: word),
                    ("PyStemmer, BM25 alone", Stemmer.Stemmer("indonesian").stemWord),
                    ("Kliping's stems, BM25 alone", stem),
                )
            ),
            Configuration("stems by field", _engine(reader.weighted(stems), _by_sum)),
            Configuration("exact words and stems by field", _engine(reader.weighted(ours), _by_sum)),
            Configuration("Kliping: with nearness", _engine(reader.weighted(ours), _as_shown)),
        ]


def _by_sum(reader: GenerationReader, query: Query) -> Found:
    return reader.find(query, _WANTED, Filters())


def _as_shown(reader: GenerationReader, query: Query) -> Found:
    return find_best(reader, query, _WANTED, Filters())


def _plain(baseline: PlainBM25) -> Ranker:
    return lambda text: baseline.best(text, RANKED_MOST)


def _engine(reader: GenerationReader, find: Find) -> Ranker:
    snapshot = reader.snapshot

    def rank(text: str) -> Ranking:
        found = find(reader, parse_query(text, any_word=True).query)
        placed = ((snapshot.place_of(hit.number), hit.score) for hit in found.hits)
        return [(view.key("id", doc).decode(), score) for (view, doc), score in placed]

    return rank


@contextmanager
def _open_reader(collection: Collection, folder: Path) -> Iterator[GenerationReader]:
    with GenerationWriter(folder) as writer:
        for document in collection.documents:
            writer.add(document)
        writer.commit()
    whoosh = open_whoosh(folder, folder)
    with whoosh.searcher() as searcher:
        snapshot = Snapshot(segments_of(searcher.reader()), LAYOUT.facets, LAYOUT.orders)
        yield GenerationReader(0, snapshot, whoosh.schema, lambda: searcher, SECONDS)
