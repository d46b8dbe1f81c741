"""Tantivy, by its Python package: fast fields, terms aggregations, one segment to search.

The timed build uses two threads. Each leaves a segment, and the package has no command to merge
them; so a second, untimed build with one thread makes the single segment that is searched.

Hits come from `search`, counts from `aggregate`. The exact total is the sum of the months' counts,
since each document has one month: so `search` need not count and may skip what cannot be among the
first ten, which is faster than `count=True`.
"""

import shutil
import time
from importlib import metadata
from pathlib import Path
from typing import Any

import tantivy

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

THREADS = 2
HEAP_BYTES = 1_000_000_000
"""Memory of the writer's threads together; more memory made no build faster."""
ONE_THREAD_HEAP_BYTES = 4_000_000_000
"""Just below Tantivy's own limit for a thread; a million articles fit into one segment."""

_Raw = dict[str, Any]


class TantivyPeer:
    """Tantivy as a peer."""

    name = "tantivy"
    version = f"Tantivy {metadata.version('tantivy')} (Python package)"
    documents_most = None

    def __init__(self, work: Path) -> None:
        """Nothing to prepare in the working folder."""

    def build(self, corpus: Corpus, folder: Path, mode: Mode) -> BuildFigures:
        """Build twice: timed with two threads, and again as one segment."""
        started = time.perf_counter()
        _build(corpus, folder, mode, HEAP_BYTES, THREADS)
        seconds = time.perf_counter() - started
        shutil.rmtree(folder)
        doc_count, segments = _build(corpus, folder, mode, ONE_THREAD_HEAP_BYTES, 1)
        note = f"searched as {segments} segment(s)"
        return BuildFigures(doc_count, seconds, seconds, note)

    def open(self, folder: Path, mode: Mode) -> "TantivySearcher":
        """Open the folder."""
        return TantivySearcher(folder, mode)


def _schema(mode: Mode) -> tantivy.Schema:
    fields = FIELDS[mode]
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", fast=True)
    for name in ("id", "month", "author", "tag"):
        builder.add_text_field(
            name, stored=name == "id", fast=name != "id", tokenizer_name="raw", index_option="basic"
        )
    for name in ("title", "body", "tags"):
        if name in fields:
            builder.add_text_field(name, stored=True)
        elif name == "title":
            # Shown and not searched; the package has no text field that is only stored.
            builder.add_bytes_field(name, stored=True)
    for name in fields:
        if name.endswith("_stem"):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _build(
    corpus: Corpus, folder: Path, mode: Mode, heap_bytes: int, threads: int
) -> tuple[int, int]:
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(_schema(mode), str(folder))
    writer = index.writer(heap_bytes, threads)
    values_of = _values_of_one if mode == "one" else _values_of_product
    for document in corpus.documents():
        writer.add_document(tantivy.Document(**values_of(document)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    return searcher.num_docs, searcher.num_segments


def _values_of_one(document: BenchDocument) -> dict[str, Any]:
    return {
        "number": document.number,
        "id": document.id,
        "title": document.title.encode(),
        "body": document.body,
        "month": document.month,
        "author": document.author,
        "tag": list(document.tags),
    }


def _values_of_product(document: BenchDocument) -> dict[str, Any]:
    return {
        **_values_of_one(document),
        "title": document.title,
        "tags": "\n".join(document.tags),
        "title_stem": document.title_stem,
        "body_stem": document.body_stem,
        "tags_stem": document.tags_stem,
    }


class TantivySearcher(InProcessSearcher[_Raw]):
    """An open Tantivy index."""

    def __init__(self, folder: Path, mode: Mode) -> None:
        index = tantivy.Index.open(str(folder))
        self._schema = index.schema
        self._searcher = index.searcher()
        self._fields = FIELDS[mode]

    def ask(self, query: BenchQuery, *, snippets: bool) -> _Raw:
        """Search, then aggregate once, and once more for each facet that is filtered."""
        matching = self._matching(query)
        filtered = self._filtered(matching, query, None)
        hits = self._searcher.search(filtered, HIT_COUNT, count=False).hits
        chosen = {facet for facet, _ in query.filters}
        counts = self._counts(filtered, [facet for facet in FACET_SIZES if facet not in chosen])
        for facet in chosen:
            counts |= self._counts(self._filtered(matching, query, facet), [facet])
        addresses = [address for _, address in hits]
        return {
            "numbers": self._searcher.fast_field_values("number", addresses),
            "counts": counts,
            "filters": query.filters,
            "snippets": self._snippets(matching, addresses) if snippets else [],
        }

    def read(self, raw: _Raw) -> Answer:
        """Convert buckets to counts by value; the total is the sum of the months."""
        facets = {
            facet: {bucket["key"]: bucket["doc_count"] for bucket in counts["buckets"]}
            for facet, counts in raw["counts"].items()
        }
        chosen = dict(raw["filters"]).get("month")
        total = facets["month"].get(chosen, 0) if chosen else sum(facets["month"].values())
        snippets = tuple(text for _, text, _ in raw["snippets"])
        return Answer(total, tuple(raw["numbers"]), facets, snippets)

    def _counts(self, query: tantivy.Query, facets: list[str]) -> _Raw:
        aggregations = {
            facet: {"terms": {"field": facet, "size": FACET_SIZES[facet]}} for facet in facets
        }
        return self._searcher.aggregate(query, aggregations)

    def _snippets(
        self, query: tantivy.Query, addresses: list[tantivy.DocAddress]
    ) -> list[tuple[Any, str, list[Any]]]:
        generator = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "body")
        generator.set_max_num_chars(SNIPPET_LENGTH)
        rows = []
        for document in map(self._searcher.doc, addresses):
            snippet = generator.snippet_from_doc(document)
            rows.append((document.get_first("title"), snippet.fragment(), snippet.highlighted()))
        return rows

    def _matching(self, query: BenchQuery) -> tantivy.Query:
        exact = [name for name in self._fields if not name.endswith("_stem")]
        words: list[str | tuple[int, str]] = list(query.words)
        if query.shape == "all":
            return tantivy.Query.all_query()
        if query.shape == "phrase":
            return self._any_field(
                {name: tantivy.Query.phrase_query(self._schema, name, words) for name in exact}
            )
        if query.shape == "prefix":
            # A phrase prefix of one word would be the obvious query, but it stops after 50 terms.
            pattern = f"{query.words[0]}.*"
            return self._any_field(
                {name: tantivy.Query.regex_query(self._schema, name, pattern) for name in exact}
            )
        words_anywhere = [self._word(*pair) for pair in zip(query.words, query.stems, strict=True)]
        if len(words_anywhere) == 1:
            return words_anywhere[0]
        return _all_of(words_anywhere, _OCCURS[query.shape])

    def _word(self, word: str, stem: str) -> tantivy.Query:
        return self._any_field(
            {
                name: tantivy.Query.term_query(
                    self._schema, name, stem if name.endswith("_stem") else word, "freq"
                )
                for name in self._fields
            }
        )

    def _any_field(self, queries: dict[str, tantivy.Query]) -> tantivy.Query:
        weighted = [
            query
            if self._fields[name] == 1
            else tantivy.Query.boost_query(query, self._fields[name])
            for name, query in queries.items()
        ]
        return weighted[0] if len(weighted) == 1 else _all_of(weighted, tantivy.Occur.Should)

    def _filtered(
        self, matching: tantivy.Query, query: BenchQuery, without: str | None
    ) -> tantivy.Query:
        kept = [
            tantivy.Query.const_score_query(
                tantivy.Query.term_query(self._schema, facet, value, "basic"), 0
            )
            for facet, value in query.filters
            if facet != without
        ]
        return _all_of([matching, *kept], tantivy.Occur.Must) if kept else matching


_OCCURS = {"or": tantivy.Occur.Should, "and": tantivy.Occur.Must}


def _all_of(queries: list[tantivy.Query], occur: tantivy.Occur) -> tantivy.Query:
    return tantivy.Query.boolean_query([(occur, query) for query in queries])
