"""Kliping as a peer: the segments and the evaluator of the product."""

from collections.abc import Iterator
from importlib.metadata import version
from itertools import count, islice
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import msgspec
import numpy as np

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
from index.analysis import Stems, tokenize_batch
from index.generations import sync_files
from index.segments import SUFFIX, Batch, Derived, Layout, SegmentWriter, SortOrder, open_segment
from search import Matches, Selection, Snippet
from search.execution import (
    AllOf,
    AnyOf,
    AnyTerm,
    Deadline,
    EveryDocument,
    Plan,
    PlanNode,
    Scope,
    Snapshot,
    TermsFrom,
    TermsTogether,
    counts_of,
    evaluate,
)
from search.faceting import OrdinalFilters, commonest_values
from search.highlight import Mark, Marks, make_snippets

BATCH_DOCS = 500
ORDERS = (SortOrder("newest", number="month", key="id", is_descending=True),)
SECONDS = 60.0
SELECTION = Selection(HIT_COUNT, "newest", by_score=True)


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
        note = f"{len(written)} segments, stems included" if mode == "product" else ""
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


class KlipingAnswer(NamedTuple):
    """What the engine itself returns: the values that the product gets."""

    matches: Matches
    facets: dict[str, list[tuple[str, int]]]
    snippets: list[Snippet]


class KlipingSearcher(InProcessSearcher[KlipingAnswer]):
    """An open index of Kliping."""

    def __init__(self, folder: Path, mode: Mode) -> None:
        self._mode = mode
        segments, first = [], 0
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            segments.append((open_segment(path), first))
            first += segments[-1][0].doc_count
        self._snapshot = Snapshot(segments, FACETS, ORDERS)

    def ask(self, query: BenchQuery, *, snippets: bool) -> KlipingAnswer:
        """Find, count, and make snippets."""
        filters = OrdinalFilters(
            allow={
                FACETS.index(name): [self._snapshot.facets.ordinal(name, value) or 0]
                for name, value in query.filters
            },
            names=dict(enumerate(FACETS)),
        )
        scope = Scope(self._snapshot, FIELDS[self._mode], Deadline(SECONDS))
        matches = evaluate(to_plan(query, self._mode), scope, SELECTION, filters)
        facets = {name: self._facet(matches, name) for name in FACETS}
        shown = self._snippets(matches, query) if snippets else []
        return KlipingAnswer(matches, facets, shown)

    def read(self, raw: KlipingAnswer) -> Answer:
        """Convert the matches and counts to an answer."""
        return Answer(
            raw.matches.total,
            tuple(hit.number for hit in raw.matches.hits),
            {name: {v: n for v, n in counts if n} for name, counts in raw.facets.items()},
            tuple(snippet.text for snippet in raw.snippets),
        )

    def _facet(self, matches: Matches, name: str) -> list[tuple[str, int]]:
        own, size = self._snapshot.facets.ranges[name], FACET_SIZES[name]
        counts = counts_of(matches).facets[own.first : own.none]
        values = self._snapshot.facets.values
        if size >= len(counts):
            return list(zip(values[own.first : own.none], counts.tolist(), strict=True))
        best = commonest_values(counts, size).offsets
        return [(values[own.first + at], int(counts[at])) for at in best]

    def _snippets(self, matches: Matches, query: BenchQuery) -> list[Snippet]:
        bodies = []
        for hit in matches.hits:
            view, doc = self._snapshot.view_of(hit.number)
            bodies.append(msgspec.json.decode(view.segment.stored.document(doc))["body"])
        return make_snippets(bodies, to_marks(query, self._mode), "body", SNIPPET_LENGTH)


def to_plan(query: BenchQuery, mode: Mode) -> Plan:
    """Return the plan of a query, as the product plans it."""
    exact = [name for name in FIELDS[mode] if not name.endswith("_stem")]
    numbers: dict[tuple[str, bytes], int] = {}

    def number(field: str, text: str) -> int:
        return numbers.setdefault((field, text.encode()), len(numbers))

    def root() -> PlanNode:
        match query.shape:
            case "all":
                return EveryDocument()
            case "phrase":
                words = ((name, tuple(number(name, w) for w in query.words)) for name in exact)
                return AnyOf(tuple(TermsTogether(name, own, None) for name, own in words))
            case "prefix":
                prefix = query.words[0].encode()
                return AnyOf(tuple(TermsFrom(name, prefix, 1.0) for name in exact))
        parts = tuple(
            AnyTerm(tuple(number(n, stem if n.endswith("_stem") else word) for n in FIELDS[mode]))
            for word, stem in zip(query.words, query.stems, strict=True)
        )
        return AllOf(parts) if query.shape == "and" else AnyOf(parts)

    node = root()
    return Plan(node, tuple(numbers))


def to_marks(query: BenchQuery, mode: Mode) -> Marks:
    """Return the marks of a query, as the product makes them: stems where stems are searched."""
    if query.shape in ("phrase", "prefix"):
        return (Mark("exact" if query.shape == "phrase" else "prefix", query.words),)
    if mode == "product":
        return tuple(Mark("stem", (stem,)) for stem in query.stems)
    return tuple(Mark("exact", (word,)) for word in query.words)


def _batches(documents: Iterator[BenchDocument], mode: Mode) -> Iterator[Batch]:
    names = layout(mode).words
    while batch := list(islice(documents, BATCH_DOCS)):
        yield Batch(
            texts={name: [_text(document, name) for document in batch] for name in names},
            keys={"id": [document.id.encode() for document in batch]},
            numbers={"month": np.array([int(d.month.replace("-", "")) for d in batch], np.int32)},
            facets={
                "month": [(document.month,) for document in batch],
                "author": [(document.author,) for document in batch],
                "tag": [document.tags for document in batch],
            },
            stored=[_stored(document) for document in batch],
        )


def _text(document: BenchDocument, name: str) -> str:
    value = getattr(document, name)
    return value if isinstance(value, str) else "\n".join(value)


def _stored(document: BenchDocument) -> bytes:
    kept = {"id": document.id, "title": document.title, "body": document.body}
    return msgspec.json.encode(kept)
