"""Build segments from batches of documents, on all cores, in bounded memory.

A batch is a few hundred documents. Each goes to one of the lanes, a thread with a table of terms of
its own: there its texts become tokens, its tokens numbers, and its stored texts blocks. When a
segment is full, the lanes' terms are sorted as one list, and each field is inverted: two passes
over its tokens, no sort of postings. Then the segment is written and all of that is let go. That is
done beside the filling of the next segment, so that no core waits; the memory of a build is that of
two segments, however large the archive.

    with SegmentBuilder(folder, layout, tokenize=..., derive=...) as builder:
        builder.add(batch)
        names = builder.finish()
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from index.segments.array_file import SUFFIX
from index.segments.derived_fields import Derivation, Derive, derived_columns
from index.segments.facet_columns import FacetNumbers, facet_arrays
from index.segments.inverter import Stream, invert
from index.segments.layout import SEGMENT_DOCS_MOST, Layout
from index.segments.segment_file import SegmentParts, TermColumn, write_segment
from index.segments.stored_fields import BlockPacker, stored_arrays, train_dictionary
from index.segments.term_table import SortedTerms, TermTable, listed, sorted_terms

TEXT_CHARS_MOST = 400_000_000
"""Characters of text after which a segment is closed, so that long articles do not fill the memory:
some 60 million tokens, at about 20 bytes each."""

WAITING_MOST = 2
"""Batches that wait in a lane: enough to keep it busy, few enough to hold little."""

PACKED_TOGETHER = 8192
"""Documents that one task packs: a few tasks a core, so that all end at about the same time."""


class TokenBatch(Protocol):
    """The tokens of some texts; see `index.analysis.tokenizer.TokenBatch`."""

    @property
    def text(self) -> NDArray[np.uint8]:
        """The bytes of all tokens, end to end."""

    @property
    def ends(self) -> NDArray[np.int64]:
        """Where each token ends in them."""

    @property
    def hashes(self) -> NDArray[np.uint64]:
        """The hash of each token."""

    @property
    def positions(self) -> NDArray[np.uint32]:
        """The position of each token in its text."""

    @property
    def counts(self) -> NDArray[np.int32]:
        """The tokens of each text."""


Tokenize = Callable[[Sequence[str]], TokenBatch]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some documents, a column a field; each column has an entry a document.

    Attributes:
        texts: by field of words.
        keys: by field of keys; None where a document has none.
        numbers: by field of numbers; `NO_NUMBER` where a document has none.
        facets: by facet.
        stored: the stored texts, as UTF-8.
    """

    texts: dict[str, list[str]]
    keys: dict[str, list[bytes | None]]
    numbers: dict[str, NDArray[np.int32]]
    facets: dict[str, list[tuple[str, ...]]]
    stored: list[bytes]


class WrittenSegment(NamedTuple):
    """A segment that was written: its name, without suffix, and how many documents it has."""

    name: str
    doc_count: int


@dataclass(slots=True)
class _Lane:
    """One thread's part of the segment under way."""

    number: int
    pool: ThreadPoolExecutor
    words: TermTable = field(default_factory=TermTable)
    keys: dict[str, TermTable] = field(default_factory=dict)
    waiting: "list[Future[_Prepared]]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What a lane made of a batch: the tokens of its fields."""

    first_doc: int
    streams: dict[str, Stream]


@dataclass(slots=True)
class _Filling:
    """A segment that documents are added to.

    Attributes:
        lanes: where its batches go, in turns.
        numbers, facets, stored: its columns so far.
        prepared: what the lanes made.
        doc_count, char_count, batch_count: how much there is so far.
    """

    lanes: list[_Lane]
    numbers: dict[str, list[NDArray[np.int32]]]
    facets: dict[str, FacetNumbers]
    stored: list[bytes] = field(default_factory=list)
    prepared: list[_Prepared] = field(default_factory=list)
    doc_count: int = 0
    char_count: int = 0
    batch_count: int = 0


class SegmentBuilder:
    """Builds the segments of one index in a folder; used in a `with`, which ends its threads."""

    def __init__(  # noqa: PLR0913 - what is told by keyword is told apart
        self,
        folder: Path,
        layout: Layout,
        *,
        tokenize: Tokenize,
        derive: Derive,
        name: Callable[[], str],
        docs_most: int = SEGMENT_DOCS_MOST,
    ) -> None:
        """Prepare to build.

        Args:
            folder: where the segment files go.
            layout: the fields.
            tokenize: texts to tokens.
            derive: the terms of a field of words to those of a field derived from it.
            name: gives each segment a name.
            docs_most: documents after which a segment is closed.
        """
        self._folder = folder
        self._layout = layout
        self._tokenize, self._derive, self._name = tokenize, derive, name
        self._docs_most = docs_most
        self._pools = [ThreadPoolExecutor(1) for _ in range(os.cpu_count() or 1)]
        self._writer = ThreadPoolExecutor(1)
        self._written: list[Future[WrittenSegment]] = []
        self._filling = self._new_segment()

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
        if self._filling.doc_count and self._is_full(count):
            self._close_segment()
        filling = self._filling
        _collect_columns(filling, batch)
        lane = filling.lanes[filling.batch_count % len(filling.lanes)]
        lane.waiting.append(lane.pool.submit(self._prepare, lane, filling.doc_count, batch))
        if len(lane.waiting) > WAITING_MOST:
            filling.prepared.append(lane.waiting.pop(0).result())
        filling.doc_count += count
        filling.char_count += sum(len(text) for texts in batch.texts.values() for text in texts)
        filling.batch_count += 1

    def finish(self) -> list[WrittenSegment]:
        """Write what is left; return all segments, in the order of their documents."""
        if self._filling.doc_count:
            self._close_segment()
        return [writing.result() for writing in self._written]

    def _is_full(self, count: int) -> bool:
        filling = self._filling
        return filling.doc_count + count > self._docs_most or filling.char_count > TEXT_CHARS_MOST

    def _new_segment(self) -> _Filling:
        return _Filling(
            [_Lane(number, pool) for number, pool in enumerate(self._pools)],
            {name: [] for name in self._layout.numbers},
            {name: FacetNumbers() for name in self._layout.facets},
        )

    def _prepare(self, lane: _Lane, first_doc: int, batch: Batch) -> _Prepared:
        """Tokenize and number a batch, in the lane's own thread."""
        streams = {}
        for name in self._layout.words:
            tokens = self._tokenize(batch.texts[name])
            numbers = lane.words.number(tokens.text, tokens.ends, tokens.hashes)
            streams[name] = Stream(first_doc, tokens.counts, numbers, tokens.positions, lane.number)
        for name in self._layout.keys:
            values = batch.keys[name]
            counts = np.array([value is not None for value in values], np.int32)
            table = lane.keys.setdefault(name, TermTable())
            numbers = table.number(*listed([value for value in values if value is not None]))
            streams[name] = Stream(first_doc, counts, numbers, numbers[:0], lane.number)
        return _Prepared(first_doc, streams)

    def _close_segment(self) -> None:
        """Let the segment be written, once the one before it is, and begin another."""
        if self._written:
            self._written[-1].result()
        writing = self._writer.submit(self._write, self._filling, self._name())
        self._written.append(writing)
        self._filling = self._new_segment()

    def _write(self, filling: _Filling, name: str) -> WrittenSegment:
        for lane in filling.lanes:
            filling.prepared += [waiting.result() for waiting in lane.waiting]
        filling.prepared.sort(key=lambda prepared: prepared.first_doc)
        write_segment(self._folder / f"{name}{SUFFIX}", self._layout, self._parts(filling))
        return WrittenSegment(name, filling.doc_count)

    def _parts(self, filling: _Filling) -> SegmentParts:
        """Invert every field and pack the stored texts, all of it side by side."""
        words, ranks = sorted_terms([lane.words for lane in filling.lanes])
        tasks = [(name, words, ranks) for name in self._layout.words]
        with ThreadPoolExecutor(len(self._pools)) as pool:
            inverting = [
                pool.submit(self._column, filling, *task) for task in (*tasks, *self._keys(filling))
            ]
            dictionary = train_dictionary(filling.stored)
            packing = [
                pool.submit(BlockPacker(dictionary).pack, part)
                for part in _cut(filling.stored, PACKED_TOGETHER)
            ]
            derivation = Derivation(words, self._derive) if self._layout.derived else None
            columns = {column.name: column for column in (task.result() for task in inverting)}
            stored = [task.result() for task in packing]
        if derivation:
            of_words = dict.fromkeys(self._layout.words, derivation)
            columns |= derived_columns(self._layout, columns, of_words, filling.doc_count)
        return SegmentParts(
            doc_count=filling.doc_count,
            columns=[columns[name] for name in self._layout.term_fields],
            lengths={name: _lengths(filling, name) for name in self._layout.words},
            numbers={name: np.concatenate(parts) for name, parts in filling.numbers.items()},
            facets=facet_arrays(filling.facets, filling.doc_count),
            stored=stored_arrays(stored, dictionary),
        )

    def _keys(
        self, filling: _Filling
    ) -> Iterator[tuple[str, SortedTerms, list[NDArray[np.uint32]]]]:
        for name in self._layout.keys:
            tables = [lane.keys.setdefault(name, TermTable()) for lane in filling.lanes]
            yield name, *sorted_terms(tables)

    def _column(
        self, filling: _Filling, name: str, terms: SortedTerms, ranks: list[NDArray[np.uint32]]
    ) -> TermColumn:
        streams = [prepared.streams[name] for prepared in filling.prepared]
        with_positions = name in self._layout.words
        postings = invert(streams, ranks, len(terms.ends), with_positions=with_positions)
        return TermColumn(name, terms, postings)


def _collect_columns(filling: _Filling, batch: Batch) -> None:
    for name, parts in filling.numbers.items():
        parts.append(batch.numbers[name])
    for name, numbers in filling.facets.items():
        numbers.add(batch.facets[name])
    filling.stored += batch.stored


def _lengths(filling: _Filling, name: str) -> NDArray[np.int32]:
    return np.concatenate([prepared.streams[name].counts for prepared in filling.prepared])


def _cut(documents: list[bytes], size: int) -> Iterator[list[bytes]]:
    return (documents[first : first + size] for first in range(0, len(documents), size))
