"""Whoosh with its own codec, set up as its documentation says."""

import time
from importlib import metadata
from pathlib import Path
from typing import Any

from whoosh.analysis import LowercaseFilter, RegexTokenizer, SpaceSeparatedTokenizer
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema
from whoosh.highlight import ContextFragmenter
from whoosh.index import create_in, open_dir
from whoosh.query import And, ConstantScoreQuery, Every, Or, Phrase, Prefix, Term
from whoosh.sorting import Count, FieldFacet

from bench.in_process import InProcessSearcher
from bench.peer import (
    FACET_SIZES,
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

MEMORY_MEGABYTES = 512
_Raw = dict[str, Any]


class WhooshPeer:
    """Whoosh's own codec as a peer."""

    name = "whoosh"
    version = f"Whoosh {metadata.version('whoosh3')}, its own codec"
    documents_most = 20_000

    def __init__(self, work: Path) -> None:
        """Nothing to prepare in the working folder."""

    def build(self, corpus: Corpus, folder: Path, mode: Mode) -> BuildFigures:
        """Add all documents by the plain writer, and merge into one segment."""
        started = time.perf_counter()
        folder.mkdir(parents=True, exist_ok=True)
        writer = create_in(str(folder), _schema(mode)).writer(limitmb=MEMORY_MEGABYTES)
        doc_count = 0
        for document in corpus.documents():
            writer.add_document(**_values(document, mode))
            doc_count += 1
        writer.commit(optimize=True)
        seconds = time.perf_counter() - started
        return BuildFigures(doc_count, seconds, seconds, "one process")

    def open(self, folder: Path, mode: Mode) -> "WhooshSearcher":
        """Open the folder."""
        return WhooshSearcher(folder, mode)


def _schema(mode: Mode) -> Any:
    words = {name: _text(name) for name in FIELDS[mode]}
    return Schema(
        **{
            "number": STORED(),
            "id": STORED(),
            "title": STORED(),
            "month": ID(sortable=True),
            "author": ID(sortable=True),
            "tag": KEYWORD(commas=True),
            **words,
        }
    )


def _text(name: str) -> Any:
    if name.endswith("_stem"):
        # A tokenizer is an analyzer to Whoosh, whose own types do not say so.
        stems: Any = SpaceSeparatedTokenizer()
        return TEXT(analyzer=stems, phrase=False)
    return TEXT(analyzer=RegexTokenizer(r"[^\W_]+") | LowercaseFilter(), phrase=True, stored=True)


def _values(document: BenchDocument, mode: Mode) -> dict[str, Any]:
    words: dict[str, Any] = {name: getattr(document, name) for name in FIELDS[mode]}
    if "tags" in words:
        words["tags"] = "\n".join(document.tags)
    return {
        "number": document.number,
        "id": document.id,
        "title": document.title,
        "month": document.month,
        "author": document.author,
        "tag": ",".join(document.tags),
        **words,
    }


class WhooshSearcher(InProcessSearcher[_Raw]):
    """An open index of Whoosh's own codec."""

    def __init__(self, folder: Path, mode: Mode) -> None:
        self._searcher = open_dir(str(folder)).searcher()
        self._fields = FIELDS[mode]

    def ask(self, query: BenchQuery, *, snippets: bool) -> _Raw:
        """Search once with all facets, and once more for each facet that is filtered."""
        matching = self._matching(query)
        chosen = {facet for facet, _ in query.filters}
        plain = [facet for facet in FACET_SIZES if facet not in chosen]
        results = self._search(_filtered(matching, query, None), plain)
        counts = {facet: results.groups(facet) for facet in plain}
        for facet in chosen:
            others = self._search(_filtered(matching, query, facet), [facet])
            counts[facet] = others.groups(facet)
        results.fragmenter = ContextFragmenter(maxchars=SNIPPET_LENGTH)
        # With groups, Whoosh collects every hit, whatever the limit.
        hits = results[:HIT_COUNT]
        return {
            "total": len(results),
            "numbers": [hit["number"] for hit in hits],
            "counts": counts,
            "snippets": [hit.highlights("body", top=1) for hit in hits] if snippets else [],
        }

    def read(self, raw: _Raw) -> Answer:
        """Convert groups to counts, cut to the sizes of the facets."""
        facets = {
            facet: _largest(counts, FACET_SIZES[facet]) for facet, counts in raw["counts"].items()
        }
        return Answer(raw["total"], tuple(raw["numbers"]), facets, tuple(raw["snippets"]))

    def close(self) -> None:
        """Close the searcher."""
        self._searcher.close()

    def _search(self, query: Any, facets: list[str]) -> Any:
        # Only overlapping groups count every tag of a document.
        groups = {
            facet: FieldFacet(facet, allow_overlap=facet == "tag", maptype=Count)
            for facet in facets
        }
        return self._searcher.search(query, limit=HIT_COUNT, groupedby=groups)

    def _matching(self, query: BenchQuery) -> Any:
        exact = [name for name in self._fields if not name.endswith("_stem")]
        if query.shape == "all":
            return Every()
        if query.shape == "phrase":
            return Or([Phrase(name, list(query.words), boost=self._fields[name]) for name in exact])
        if query.shape == "prefix":
            return Or([Prefix(name, query.words[0], boost=self._fields[name]) for name in exact])
        words = [self._word(*pair) for pair in zip(query.words, query.stems, strict=True)]
        return And(words) if query.shape == "and" else Or(words)

    def _word(self, word: str, stem: str) -> Any:
        return Or(
            [
                Term(name, stem if name.endswith("_stem") else word, boost=weight)
                for name, weight in self._fields.items()
            ]
        )


def _filtered(matching: Any, query: BenchQuery, without: str | None) -> Any:
    kept = [
        ConstantScoreQuery(Term(facet, value), 0.0)
        for facet, value in query.filters
        if facet != without
    ]
    return And([matching, *kept]) if kept else matching


def _largest(counts: dict[str | None, int], size: int) -> dict[str, int]:
    # Whoosh counts documents without a value under None.
    known = [(value, count) for value, count in counts.items() if value is not None]
    return dict(sorted(known, key=lambda pair: -pair[1])[:size])
