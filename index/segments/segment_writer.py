"""Write segments from batches of documents, on all cores, in bounded memory.

A batch is a few hundred documents. It goes to one of the lanes; a lane is a thread with its own
table of terms, which makes tokens of the texts and numbers of the tokens. When a segment is full,
the terms of all lanes are sorted as one list, each field is inverted, and the segment is written.
Meanwhile the next segment is filled, so that no core waits. A build needs the memory of two
segments, however large the archive.

    with SegmentWriter(folder, layout, tokenize=..., derive=..., name=...) as writer:
        writer.add(batch)
        segments = writer.finish()
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np

from index.arrays import Int32Array, Uint32Array
from index.segments.array_file import SUFFIX
from index.segments.batch import Batch, Tokenize
from index.segments.derived_fields import Derivation, Derive, derive_columns
from index.segments.facet_columns import FacetEntries, pack_entries
from index.segments.inverter import TokenStream, invert
from index.segments.layout import SEGMENT_DOCS_MOST, Layout
from index.segments.segment_file import SegmentParts, TermColumn, write_segment
from index.segments.stored_fields import BlockPacker, pack_stored, train_dictionary
from index.segments.term_table import SortedTerms, TermTable, join_terms, sort_tables

TEXT_CHARS_MOST = 400_000_000
"""Characters of text after which a segment is full, so that long articles do not fill the memory:
some 60 million tokens, of about 20 bytes each."""

WAITING_MOST = 2
"""Batches that wait in a lane: enough to keep it busy, and few, since each is held in memory."""

DOCS_A_TASK = 8192
"""Documents that one task compresses: a few tasks a core, so that all cores end together."""


class WrittenSegment(NamedTuple):
    """A segment that was written: the name of its file, without suffix, and its documents."""

    name: str
    doc_count: int


@dataclass(slots=True)
class _Lane:
    """One thread's part of the segment that is being filled."""

    number: int
    pool: ThreadPoolExecutor
    words: TermTable = field(default_factory=TermTable)
    keys: dict[str, TermTable] = field(default_factory=dict)
    waiting: "list[Future[_LaneBatch]]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _LaneBatch:
    """A batch whose tokens a lane has numbered: its first document, and its tokens by field."""

    first_doc: int
    streams: dict[str, TokenStream]


@dataclass(slots=True)
class _OpenSegment:
    """A segment to which documents are added.

    Attributes:
        lanes: where its batches go, in turns.
        numbers: by field of numbers, those of each batch.
        facets: by facet, the values of all documents.
        stored: the stored texts.
        batches: the batches that came out of the lanes.
        doc_count: how many documents it has.
        char_count: how many characters of text they have.
        batch_count: how many batches were added.
    """

    lanes: list[_Lane]
    numbers: dict[str, list[Int32Array]]
    facets: dict[str, FacetEntries]
    stored: list[bytes] = field(default_factory=list)
    batches: list[_LaneBatch] = field(default_factory=list)
    doc_count: int = 0
    char_count: int = 0
    batch_count: int = 0


class SegmentWriter:
    """Writes segments into a folder; used in a `with`, which ends its threads."""

    def __init__(  # noqa: PLR0913 - most are keywords
        self,
        folder: Path,
        layout: Layout,
        *,
        tokenize: Tokenize,
        derive: Derive,
        name: Callable[[], str],
        docs_most: int = SEGMENT_DOCS_MOST,
    ) -> None:
        """Start the threads.

        Args:
            folder: where the segment files go.
            layout: the fields.
            tokenize: from the texts of a field to their tokens.
            derive: from words to the terms that are derived from them.
            name: returns a new name for each segment.
            docs_most: most documents of a segment.
        """
        self._folder = folder
        self._layout = layout
        self._tokenize, self._derive, self._name = tokenize, derive, name
        self._docs_most = docs_most
        self._pools = [ThreadPoolExecutor(1) for _ in range(os.cpu_count() or 1)]
        self._writer = ThreadPoolExecutor(1)
        self._written: list[Future[WrittenSegment]] = []
        self._open = self._new_segment()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the threads."""
        for pool in (*self._pools, self._writer):
            pool.shutdown(cancel_futures=True)

    def add(self, batch: Batch) -> None:
        """Add documents, in order; the arrays of the batch must not change afterwards."""
        count = len(batch.stored)
        if self._open.doc_count and self._is_full(count):
            self._close_segment()
        segment = self._open
        _add_columns(segment, batch)
        lane = segment.lanes[segment.batch_count % len(segment.lanes)]
        lane.waiting.append(lane.pool.submit(self._number_tokens, lane, segment.doc_count, batch))
        if len(lane.waiting) > WAITING_MOST:
            segment.batches.append(lane.waiting.pop(0).result())
        segment.doc_count += count
        segment.char_count += sum(len(text) for texts in batch.texts.values() for text in texts)
        segment.batch_count += 1

    def finish(self) -> list[WrittenSegment]:
        """Write the last segment; return all of them, in the order of their documents."""
        if self._open.doc_count:
            self._close_segment()
        return [writing.result() for writing in self._written]

    def _is_full(self, count: int) -> bool:
        """Return whether some more documents are too many for the open segment."""
        segment = self._open
        return segment.doc_count + count > self._docs_most or segment.char_count > TEXT_CHARS_MOST

    def _new_segment(self) -> _OpenSegment:
        return _OpenSegment(
            [_Lane(number, pool) for number, pool in enumerate(self._pools)],
            {name: [] for name in self._layout.numbers},
            {name: FacetEntries() for name in self._layout.facets},
        )

    def _number_tokens(self, lane: _Lane, first_doc: int, batch: Batch) -> _LaneBatch:
        """Tokenize a batch and number its terms, in the lane's own thread."""
        streams = {}
        for name in self._layout.words:
            tokens = self._tokenize(batch.texts[name])
            numbers = lane.words.number(tokens.text, tokens.ends, tokens.hashes)
            streams[name] = TokenStream(
                first_doc, tokens.counts, numbers, tokens.positions, lane.number
            )
        for name in self._layout.keys:
            values = batch.keys[name]
            counts = np.array([value is not None for value in values], np.int32)
            table = lane.keys.setdefault(name, TermTable())
            numbers = table.number(*join_terms([value for value in values if value is not None]))
            streams[name] = TokenStream(first_doc, counts, numbers, numbers[:0], lane.number)
        return _LaneBatch(first_doc, streams)

    def _close_segment(self) -> None:
        """Write the open segment in another thread, once the last one is written; open another."""
        if self._written:
            self._written[-1].result()
        writing = self._writer.submit(self._write, self._open, self._name())
        self._written.append(writing)
        self._open = self._new_segment()

    def _write(self, segment: _OpenSegment, name: str) -> WrittenSegment:
        for lane in segment.lanes:
            segment.batches += [waiting.result() for waiting in lane.waiting]
        segment.batches.sort(key=lambda batch: batch.first_doc)
        write_segment(self._folder / f"{name}{SUFFIX}", self._layout, self._make_parts(segment))
        return WrittenSegment(name, segment.doc_count)

    def _make_parts(self, segment: _OpenSegment) -> SegmentParts:
        """Invert every field and compress the stored texts, all at the same time."""
        words, ranks = sort_tables([lane.words for lane in segment.lanes])
        tasks = [(name, words, ranks) for name in self._layout.words]
        with ThreadPoolExecutor(len(self._pools)) as pool:
            inverting = [
                pool.submit(self._invert, segment, *task)
                for task in (*tasks, *self._sort_keys(segment))
            ]
            dictionary = train_dictionary(segment.stored)
            packing = [
                pool.submit(BlockPacker(dictionary).pack, documents)
                for documents in _cut(segment.stored, DOCS_A_TASK)
            ]
            derivation = Derivation(words, self._derive) if self._layout.derived else None
            columns = {column.name: column for column in (task.result() for task in inverting)}
            stored = [task.result() for task in packing]
        if derivation:
            by_field = dict.fromkeys(self._layout.words, derivation)
            columns |= derive_columns(self._layout, columns, by_field, segment.doc_count)
        return SegmentParts(
            doc_count=segment.doc_count,
            columns=[columns[name] for name in self._layout.term_fields],
            lengths={name: _join_lengths(segment, name) for name in self._layout.words},
            numbers={name: np.concatenate(parts) for name, parts in segment.numbers.items()},
            facets=pack_entries(segment.facets, segment.doc_count),
            stored=pack_stored(stored, dictionary),
        )

    def _sort_keys(
        self, segment: _OpenSegment
    ) -> Iterator[tuple[str, SortedTerms, list[Uint32Array]]]:
        """Yield each field of keys with its terms in order, and the ranks of each lane's terms."""
        for name in self._layout.keys:
            tables = [lane.keys.setdefault(name, TermTable()) for lane in segment.lanes]
            yield name, *sort_tables(tables)

    def _invert(
        self, segment: _OpenSegment, name: str, terms: SortedTerms, ranks: list[Uint32Array]
    ) -> TermColumn:
        streams = [batch.streams[name] for batch in segment.batches]
        with_positions = name in self._layout.words
        postings = invert(streams, ranks, len(terms.ends), with_positions=with_positions)
        return TermColumn(name, terms, postings)


def _add_columns(segment: _OpenSegment, batch: Batch) -> None:
    """Add the numbers, facet values and stored texts of a batch to a segment."""
    for name, parts in segment.numbers.items():
        parts.append(batch.numbers[name])
    for name, entries in segment.facets.items():
        entries.add(batch.facets[name])
    segment.stored += batch.stored


def _join_lengths(segment: _OpenSegment, name: str) -> Int32Array:
    """Return how many tokens of a field each document has."""
    return np.concatenate([batch.streams[name].counts for batch in segment.batches])


def _cut(documents: list[bytes], size: int) -> Iterator[list[bytes]]:
    return (documents[first : first + size] for first in range(0, len(documents), size))
