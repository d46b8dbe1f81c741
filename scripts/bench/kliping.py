"""Kliping's own index as a peer: the segments and the evaluation that the product has."""

from collections.abc import Iterator
from importlib.metadata import version
from itertools import count, islice
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import msgspec
import numpy as np
from whoosh import query as whoosh

from bench.in_process import InProcessSearcher
from bench.peer import (
    FACET_SIZES,
    FACETS,
    FIELDS,
    HIT_COUNT,
    SNIPPET_LENGTH,
    Answer,
    BenchDocument,
    BenchQuery,
    BuildFigures,
    Corpus,
    Mode,
)
from index.analysis.stemmer import Stems
from index.analysis.tokenizer import tokenize_batch
from index.generations.atomic_write import sync_files
from index.segments.array_file import SUFFIX
from index.segments.layout import Derived, Layout, Order
from index.segments.segment import open_segment
from index.segments.segment_writer import Batch, SegmentWriter
from search.execution.deadline import Deadline
from search.execution.evaluator import Scoring, evaluate
from search.execution.snapshot import Snapshot
from search.execution.whoosh_scoring import LucenePhrase
from search.faceting.counts import commonest
from search.highlight.matching import Mark, Marks
from search.highlight.snippets import snippets as make_snippets
from search.matches import Filters, Found, Wanted
from search.results import Snippet

BATCH_DOCS = 500
ORDERS = (Order("newest", number="month", key="id", is_descending=True),)
SECONDS = 60.0
WANTED = Wanted(HIT_COUNT, "newest", by_score=True)


class KlipingPeer:
    """Kliping as a peer."""

    name = "kliping"
    version = f"Kliping {version('kliping')}"
    documents_most = None

    def __init__(self, work: Path) -> None:
        del work  # everything needed is installed

    def build(self, corpus: Corpus, folder: Path, mode: Mode) -> BuildFigures:
        """Build an index in an empty folder."""
        numbers = count(1)
        started = perf_counter()
        with SegmentWriter(
            folder,
            layout(mode),
            tokenize=tokenize_batch,
            derive=Stems(),
            name=lambda: f"{next(numbers):06d}",
        ) as builder:
            for batch in _batches(corpus.documents(), mode):
                builder.add(batch)
            written = builder.finish()
        sync_files(folder)
        seconds = perf_counter() - started
        note = f"{len(written)} segments, stems made on the way" if mode == "product" else ""
        return BuildFigures(sum(each.doc_count for each in written), seconds, seconds, note)

    def open(self, folder: Path, mode: Mode) -> "KlipingSearcher":
        """Open what `build` made."""
        return KlipingSearcher(folder, mode)


def layout(mode: Mode) -> Layout:
    """Return the fields of a mode."""
    names = FIELDS[mode]
    return Layout(
        words=tuple(name for name in names if not name.endswith("_stem")),
        derived=tuple(Derived(n, n.removesuffix("_stem")) for n in names if n.endswith("_stem")),
        keys=("id",),
        numbers=("month",),
        facets=FACETS,
        orders=ORDERS,
    )


class KlipingFound(NamedTuple):
    """What the engine gives back: its own values, as the product gets them."""

    found: Found
    facets: dict[str, list[tuple[str, int]]]
    snippets: list[Snippet]


class KlipingSearcher(InProcessSearcher[KlipingFound]):
    """An open index of Kliping's."""

    def __init__(self, folder: Path, mode: Mode) -> None:
        self._mode = mode
        segments, first = [], 0
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            segments.append((open_segment(path), first))
            first += segments[-1][0].doc_count
        self._snapshot = Snapshot(segments, FACETS, ORDERS)
        self._scoring = Scoring(FIELDS[mode], lambda _, text: str(text).encode(), _no_matcher)

    def ask(self, query: BenchQuery, *, snippets: bool) -> KlipingFound:
        """Find, count, and show."""
        snapshot = self._snapshot
        filters = Filters(
            allow={
                FACETS.index(name): [snapshot.facet_ordinal(name, value) or 0]
                for name, value in query.filters
            }
        )
        found = evaluate(
            to_whoosh(query, self._mode),
            *(snapshot, self._scoring, WANTED, filters, Deadline(SECONDS)),
        )
        facets = {name: self._facet(found, name) for name in FACETS}
        shown = self._snippets(found, query) if snippets else []
        return KlipingFound(found, facets, shown)

    def read(self, found: KlipingFound) -> Answer:
        """Return the answer in the form of all engines."""
        return Answer(
            found.found.total,
            tuple(hit.number for hit in found.found.hits),
            {name: {v: n for v, n in held if n} for name, held in found.facets.items()},
            tuple(snippet.text for snippet in found.snippets),
        )

    def _facet(self, found: Found, name: str) -> list[tuple[str, int]]:
        place, size = self._snapshot.facets[name], FACET_SIZES[name]
        counts, values = found.counts[place.first : place.none], self._snapshot.facet_values
        if size >= len(counts):
            return list(zip(values[place.first : place.none], counts.tolist(), strict=True))
        best = commonest(counts, size).places
        return [(values[place.first + at], int(counts[at])) for at in best]

    def _snippets(self, found: Found, query: BenchQuery) -> list[Snippet]:
        bodies = []
        for hit in found.hits:
            view, doc = self._snapshot.place_of(hit.number)
            bodies.append(msgspec.json.decode(view.segment.stored.document(doc))["body"])
        return make_snippets(bodies, to_marks(query, self._mode), "body", SNIPPET_LENGTH)


def to_whoosh(query: BenchQuery, mode: Mode) -> Any:
    """Return a query as the product asks Whoosh's classes."""
    exact = [name for name in FIELDS[mode] if not name.endswith("_stem")]
    match query.shape:
        case "all":
            return whoosh.Every()
        case "phrase":
            return whoosh.Or([LucenePhrase(name, list(query.words)) for name in exact])
        case "prefix":
            prefixes = [whoosh.Prefix(name, query.words[0]) for name in exact]
            return whoosh.Or([whoosh.ConstantScoreQuery(p, 1.0) for p in prefixes])
    words = [
        whoosh.Or([whoosh.Term(n, stem if n.endswith("_stem") else word) for n in FIELDS[mode]])
        for word, stem in zip(query.words, query.stems, strict=True)
    ]
    return whoosh.And(words) if query.shape == "and" else whoosh.Or(words)


def to_marks(query: BenchQuery, mode: Mode) -> Marks:
    """Return what the query marks: as the product does, stems where stems are searched."""
    if query.shape in ("phrase", "prefix"):
        return (Mark("exact" if query.shape == "phrase" else "prefix", query.words),)
    if mode == "product":
        return tuple(Mark("stem", (stem,)) for stem in query.stems)
    return tuple(Mark("exact", (word,)) for word in query.words)


def _batches(documents: Iterator[BenchDocument], mode: Mode) -> Iterator[Batch]:
    names = layout(mode).words
    while held := list(islice(documents, BATCH_DOCS)):
        yield Batch(
            texts={name: [_text(document, name) for document in held] for name in names},
            keys={"id": [document.id.encode() for document in held]},
            numbers={"month": np.array([int(d.month.replace("-", "")) for d in held], np.int32)},
            facets={
                "month": [(document.month,) for document in held],
                "author": [(document.author,) for document in held],
                "tag": [document.tags for document in held],
            },
            stored=[_stored(document) for document in held],
        )


def _text(document: BenchDocument, name: str) -> str:
    value = getattr(document, name)
    return value if isinstance(value, str) else "\n".join(value)


def _stored(document: BenchDocument) -> bytes:
    kept = {"id": document.id, "title": document.title, "body": document.body}
    return msgspec.json.encode(kept)


def _no_matcher(segment: int, query: Any) -> tuple[list[int], list[float]]:
    raise NotImplementedError(f"{query} in segment {segment}: all queries here have kernels")
