"""Build segments from batches of documents, on all cores, in bounded memory.

A batch is a few hundred documents. Each goes to one of the lanes, a thread with a table of terms of
its own: there its texts become tokens, its tokens numbers, and its stored texts blocks. When a
segment is full, the lanes' terms are sorted as one list, and each field is inverted: two passes
over its tokens, no sort of postings. Then the segment is written and all of that is let go; so the
memory of a build is that of one segment, however large the archive.

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

from index.columnar.assembly import SegmentParts, TermColumn, write_segment
from index.columnar.container import SUFFIX
from index.columnar.derivation import Derivation, Derive, derived_columns
from index.columnar.facet_columns import FacetNumbers, facet_arrays
from index.columnar.inversion import Stream, invert
from index.columnar.layout import SEGMENT_DOCS_MOST, Layout
from index.columnar.stored import BlockPacker, stored_arrays, train_dictionary
from index.columnar.term_table import SortedTerms, TermTable, listed, sorted_terms

TEXT_CHARS_MOST = 400_000_000
"""Characters of text after which a segment is closed, so that long articles do not fill the memory:
some 60 million tokens, at about 20 bytes each."""

WAITING_MOST = 2
"""Batches that wait in a lane: enough to keep it busy, few enough to hold little."""


PACKED_TOGETHER = 8192
"""Documents that one task packs: a few tasks a core, so that all end at about the same time."""


class TokenBatch(Protocol):
    """The tokens of some texts; see `index.tokenizer.TokenBatch`."""

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
        self.written: list[WrittenSegment] = []
        self._start_segment()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the threads."""
        for pool in self._pools:
            pool.shutdown(cancel_futures=True)

    def add(self, batch: Batch) -> None:
        """Add documents, in order; the arrays of the batch must not change afterwards."""
        count = len(batch.stored)
        if self._doc_count and self._is_full(count):
            self._close_segment()
        self._collect_columns(batch)
        lane = self._lanes[self._batch_count % len(self._lanes)]
        lane.waiting.append(lane.pool.submit(self._prepare, lane, self._doc_count, batch))
        if len(lane.waiting) > WAITING_MOST:
            self._prepared.append(lane.waiting.pop(0).result())
        self._doc_count += count
        self._char_count += sum(len(text) for texts in batch.texts.values() for text in texts)
        self._batch_count += 1

    def finish(self) -> list[WrittenSegment]:
        """Write what is left; return all segments, in the order of their documents."""
        if self._doc_count:
            self._close_segment()
        return self.written

    def _is_full(self, count: int) -> bool:
        return self._doc_count + count > self._docs_most or self._char_count > TEXT_CHARS_MOST

    def _start_segment(self) -> None:
        self._lanes = [_Lane(number, pool) for number, pool in enumerate(self._pools)]
        self._prepared: list[_Prepared] = []
        self._numbers: dict[str, list[NDArray[np.int32]]] = {n: [] for n in self._layout.numbers}
        self._facets = {name: FacetNumbers() for name in self._layout.facets}
        self._stored: list[bytes] = []
        self._doc_count = self._char_count = self._batch_count = 0

    def _collect_columns(self, batch: Batch) -> None:
        for name, parts in self._numbers.items():
            parts.append(batch.numbers[name])
        for name, numbers in self._facets.items():
            numbers.add(batch.facets[name])
        self._stored += batch.stored

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
        for lane in self._lanes:
            self._prepared += [waiting.result() for waiting in lane.waiting]
        self._prepared.sort(key=lambda prepared: prepared.first_doc)
        name = self._name()
        write_segment(self._folder / f"{name}{SUFFIX}", self._layout, self._parts())
        self.written.append(WrittenSegment(name, self._doc_count))
        self._start_segment()

    def _parts(self) -> SegmentParts:
        """Invert every field and pack the stored texts, all of it side by side."""
        words, ranks = sorted_terms([lane.words for lane in self._lanes])
        tasks = [(name, words, ranks) for name in self._layout.words]
        with ThreadPoolExecutor(len(self._pools)) as pool:
            inverting = [pool.submit(self._column, *task) for task in (*tasks, *self._keys())]
            dictionary = train_dictionary(self._stored)
            packing = [
                pool.submit(BlockPacker(dictionary).pack, part)
                for part in _cut(self._stored, PACKED_TOGETHER)
            ]
            derivation = Derivation(words, self._derive)
            columns = {column.name: column for column in (task.result() for task in inverting)}
            stored = [task.result() for task in packing]
        columns |= derived_columns(
            self._layout, columns, dict.fromkeys(self._layout.words, derivation), self._doc_count
        )
        return SegmentParts(
            doc_count=self._doc_count,
            columns=[columns[name] for name in self._layout.term_fields],
            lengths={name: self._lengths(name) for name in self._layout.words},
            numbers={name: np.concatenate(parts) for name, parts in self._numbers.items()},
            facets=facet_arrays(self._facets, self._doc_count),
            stored=stored_arrays(stored, dictionary),
        )

    def _keys(self) -> Iterator[tuple[str, SortedTerms, list[NDArray[np.uint32]]]]:
        for name in self._layout.keys:
            tables = [lane.keys.setdefault(name, TermTable()) for lane in self._lanes]
            yield name, *sorted_terms(tables)

    def _column(self, name: str, terms: SortedTerms, ranks: list[NDArray[np.uint32]]) -> TermColumn:
        streams = [prepared.streams[name] for prepared in self._prepared]
        with_positions = name in self._layout.words
        postings = invert(streams, ranks, len(terms.ends), with_positions=with_positions)
        return TermColumn(name, terms, postings)

    def _lengths(self, name: str) -> NDArray[np.int32]:
        return np.concatenate([prepared.streams[name].counts for prepared in self._prepared])


def _cut(documents: list[bytes], size: int) -> Iterator[list[bytes]]:
    return (documents[first : first + size] for first in range(0, len(documents), size))
