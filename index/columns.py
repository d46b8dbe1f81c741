"""Columns: arrays beside the Whoosh index, one row a document, in the order of document numbers.

Facets are counted and hits are sorted over whole arrays; walking stored fields would cost some
microseconds a document. A facet column holds its values in a sorted table and, for each document,
the ordinals of its values (offsets and ordinals, as a sparse row matrix has them).

>>> column = FacetColumn(("AI", "beras"), np.array([0, 2, 2, 3]), np.array([0, 1, 1]))
>>> column.counts(np.array([True, True, True])).tolist()
[1, 2]
"""

import json
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis import tokenize
from index.document import Document
from index.lengths import encoded_lengths
from index.schema import FACET_FIELDS, FIELDS, LENGTH_FIELDS

NO_DAY = np.int32(-(2**31))
"""The day of a document without a date: before every other."""

_TABLE_FILE = "columns.json"
_FIELD_BY_NAME = {field.name: field for field in FIELDS}


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """One facet's values over all documents.

    Attributes:
        values: the distinct values, sorted.
        offsets: where the ordinals of document d begin; those of d + 1 end them.
        ordinals: places in `values`, each once a document.
    """

    values: tuple[str, ...]
    offsets: NDArray[np.int64]
    ordinals: NDArray[np.int32]

    def counts(self, matches: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return how many of the matching documents have each value."""
        entries = np.repeat(matches, np.diff(self.offsets))
        return np.bincount(self.ordinals[entries], minlength=len(self.values))

    def having(self, ordinals: Iterable[int]) -> NDArray[np.bool_]:
        """Return which documents have at least one of these values."""
        wanted = np.zeros(len(self.values) + 1, dtype=bool)
        wanted[list(ordinals)] = True
        return self._any_entry(wanted[self.ordinals])

    def present(self) -> NDArray[np.bool_]:
        """Return which documents have any value."""
        return np.diff(self.offsets) > 0

    def ordinal(self, value: str) -> int | None:
        """Return the place of a value in `values`, or None."""
        place = int(np.searchsorted(np.array(self.values, dtype=object), value))
        return place if place < len(self.values) and self.values[place] == value else None

    def _any_entry(self, entries: NDArray[np.bool_]) -> NDArray[np.bool_]:
        sums = np.concatenate(([0], np.cumsum(entries)))
        return np.asarray(sums[self.offsets[1:]] > sums[self.offsets[:-1]])


@dataclass(frozen=True, slots=True)
class LengthColumn:
    """One field's lengths: a byte a document (see `index.lengths`), and Lucene's averages' parts.

    Attributes:
        lengths: the byte of each document's length.
        doc_count: documents that have the field.
        token_count: tokens of the field in all documents, exactly.
    """

    lengths: NDArray[np.uint8]
    doc_count: int
    token_count: int


@dataclass(frozen=True, slots=True)
class Columns:
    """Every column of one generation.

    Attributes:
        days: the date of each document in days since 1970-01-01, or `NO_DAY`.
        id_ranks: the place of each document's id among all ids, sorted.
        lengths: by field name (see `index.schema.LENGTH_FIELDS`).
        facets: by facet name.
    """

    days: NDArray[np.int32]
    id_ranks: NDArray[np.int32]
    lengths: dict[str, LengthColumn]
    facets: dict[str, FacetColumn]

    @property
    def doc_count(self) -> int:
        """How many documents there are."""
        return len(self.days)


class ColumnsWriter:
    """Collects the columns of documents in the order in which they are added to the index.

    It holds the id and a few numbers of each document, and each distinct facet value once.
    """

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._days = array("i")
        self._lengths = {name: array("i") for name in LENGTH_FIELDS}
        self._facets = {facet.name: _FacetBuffer() for facet in FACET_FIELDS}

    def add(self, document: Document) -> None:
        """Add one document's row to every column."""
        self._ids.append(document.doc_id)
        epoch = np.datetime64(document.date, "D").astype(int) if document.date else NO_DAY
        self._days.append(int(epoch))
        for name, lengths in self._lengths.items():
            lengths.append(len(tokenize(str(_FIELD_BY_NAME[name].value_of(document) or ""))))
        for facet in FACET_FIELDS:
            self._facets[facet.name].add(facet.values_of(document))

    def columns(self) -> Columns:
        """Return the columns of all documents added so far."""
        order = sorted(range(len(self._ids)), key=self._ids.__getitem__)
        ranks = np.empty(len(order), dtype=np.int32)
        ranks[order] = np.arange(len(order), dtype=np.int32)
        lengths = {name: _length_column(buffer) for name, buffer in self._lengths.items()}
        facets = {name: buffer.column() for name, buffer in self._facets.items()}
        return Columns(np.array(self._days, dtype=np.int32), ranks, lengths, facets)


class _FacetBuffer:
    """The values of one facet, numbered in order of appearance until all are known."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._offsets = array("q", [0])
        self._entries = array("i")

    def add(self, values: tuple[str, ...]) -> None:
        numbers = (self._numbers.setdefault(v, len(self._numbers)) for v in values)
        self._entries.extend(sorted(set(numbers)))
        self._offsets.append(len(self._entries))

    def column(self) -> FacetColumn:
        values = tuple(sorted(self._numbers))
        place = np.empty(len(values) + 1, dtype=np.int32)
        place[[self._numbers[value] for value in values]] = np.arange(len(values), dtype=np.int32)
        ordinals = place[np.array(self._entries, dtype=np.int32)]
        return FacetColumn(values, np.array(self._offsets, dtype=np.int64), ordinals)


def _length_column(buffer: "array[int]") -> LengthColumn:
    exact = np.array(buffer, dtype=np.int64)
    return LengthColumn(encoded_lengths(exact), int(np.sum(exact > 0)), int(np.sum(exact)))


def write_columns(columns: Columns, folder: Path) -> None:
    """Write every column into a folder: arrays as .npy, value tables and sums as one JSON file."""
    np.save(folder / "days.npy", columns.days)
    np.save(folder / "id_ranks.npy", columns.id_ranks)
    table: dict[str, Any] = {"facets": {}, "lengths": {}}
    for name, length in columns.lengths.items():
        np.save(folder / f"length.{name}.npy", length.lengths)
        table["lengths"][name] = [length.doc_count, length.token_count]
    for name, facet in columns.facets.items():
        np.save(folder / f"facet.{name}.offsets.npy", facet.offsets)
        np.save(folder / f"facet.{name}.ordinals.npy", facet.ordinals)
        table["facets"][name] = list(facet.values)
    (folder / _TABLE_FILE).write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")


def read_columns(folder: Path) -> Columns:
    """Return the columns of a folder, whose files the caller has checked; arrays stay on disk."""
    table = json.loads((folder / _TABLE_FILE).read_text(encoding="utf-8"))
    lengths = {
        name: LengthColumn(_mapped(folder, f"length.{name}"), doc_count, token_count)
        for name, (doc_count, token_count) in table["lengths"].items()
    }
    facets = {
        name: FacetColumn(
            tuple(values),
            _mapped(folder, f"facet.{name}.offsets"),
            _mapped(folder, f"facet.{name}.ordinals"),
        )
        for name, values in table["facets"].items()
    }
    return Columns(_mapped(folder, "days"), _mapped(folder, "id_ranks"), lengths, facets)


def _mapped(folder: Path, name: str) -> NDArray[Any]:
    path = folder / f"{name}.npy"
    loaded: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    return loaded
