"""A segment, open for reading: the named arrays of a mapped file.

Everything here is frozen and shared by all threads. The arrays of the file:

| arrays | content |
|---|---|
| terms.data, .blocks, .doc_counts | the term dictionary; how many documents have each term |
| terms.aliases, .targets | terms with the postings of a word (`index.segments.derived_fields`) |
| postings.docs, .frequencies, .large, .large_values | all postings, term after term |
| positions.data, .blocks, .far, .far_values | the positions of the postings of fields of words |
| lengths | a row for each field of words: a byte for each document's length (`field_norms`) |
| facets.text, .ends, .counts | the values of all facets, end to end; the documents of each |
| facets.offsets, .ordinals | the values of each document |
| number.NAME, order.NAME | numbers by document; the rank of each document in an order |
| stored.* | see `index.segments.stored_fields` |

`index.segments.kernels.positions` explains which frequencies and positions are listed apart.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import BoolArray, Int32Array, Int64Array, Uint8Array, Uint32Array
from index.segments.array_file import map_file
from index.segments.errors import SegmentDamagedError
from index.segments.kernels.positions import BLOCK_POSTINGS
from index.segments.kernels.postings import FREQUENCY_MOST
from index.segments.stored_fields import StoredBlocks
from index.segments.term_dictionary import TermDictionary, TermField

_DO_NOT_FIT = (LookupError, TypeError, ValueError, OverflowError, RecursionError)
"""What a file leads to whose checksum is right, and which no version of Kliping has written."""
NO_NUMBER = np.int32(-(2**31))
"""The number of a document that has none: below every other."""


@dataclass(frozen=True, slots=True)
class FacetRange:
    """The ordinals of a facet: those of its values begin with `first`; `none` means "missing"."""

    name: str
    first: int
    none: int


class _FacetTexts:
    """The values of all facets, decoded once for a file."""

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        self._text, self._ends = arrays["facets.text"], arrays["facets.ends"]

    @cached_property
    def values(self) -> tuple[str, ...]:
        text, start, values = self._text.tobytes(), 0, []
        for end in self._ends.tolist():
            values.append(text[start:end].decode("utf-8", "surrogatepass"))
            start = end
        return tuple(values)


class Segment:
    """One segment: its arrays by name, and what they hold of each document and term.

    Attributes:
        name: the name of the segment.
        doc_count: how many documents it has, with the deleted ones.
        live_count: how many of them are not deleted.
        live: for each document, a byte that is 0 if it is deleted; empty if none is.
        terms: its term dictionary.
        fields: by name, the fields that have terms.
        facets: by name, the ranges of facet ordinals.
        stored: its stored documents.
    """

    def __init__(
        self,
        name: str,
        arrays: dict[str, NDArray[Any]],
        metadata: dict[str, Any],
        deleted: Sequence[int],
    ) -> None:
        """Name what `index.segments.array_file.map_file` returns of a segment's file."""
        self.name = name
        self._arrays = arrays
        self._facet_texts = _FacetTexts(arrays)
        self.doc_count = int(metadata["doc_count"])
        self.stored_field = str(metadata["stored_field"])
        self.fields = {row["name"]: TermField(**row) for row in metadata["fields"]}
        self.facets = {row["name"]: FacetRange(**row) for row in metadata["facets"]}
        self.terms = TermDictionary(arrays, self.fields, int(metadata["longest_term"]))
        self.doc_counts = arrays["terms.doc_counts"]
        self.docs = arrays["postings.docs"]
        self.frequencies = arrays["postings.frequencies"]
        self.large = arrays["postings.large"]
        self.large_values = arrays["postings.large_values"]
        self.positions = arrays["positions.data"]
        self.position_blocks = arrays["positions.blocks"]
        self.far, self.far_values = arrays["positions.far"], arrays["positions.far_values"]
        row_count = 1 + max((row.length_row for row in self.fields.values()), default=-1)
        self.lengths = arrays["lengths"].reshape(row_count, self.doc_count)
        self.facet_offsets = arrays["facets.offsets"]
        self.facet_ordinals = arrays["facets.ordinals"]
        self.posting_starts = _posting_starts(self.doc_counts, arrays)
        self.live = _live(self.doc_count, deleted)
        self.live_count = self.doc_count - len(deleted)
        self.stored = StoredBlocks(arrays, metadata["stored"])

    def without(self, deleted: Sequence[int]) -> "Segment":
        """Return the same segment with these documents deleted, and no others.

        Both share the mapped file and all that was made of it.
        """
        segment = copy(self)
        segment.live = _live(self.doc_count, deleted)
        segment.live_count = self.doc_count - len(deleted)
        return segment

    def shares_file(self, other: "Segment") -> bool:
        """Return whether another segment is of the same mapped file."""
        return self._arrays is other._arrays  # noqa: SLF001 - it is of this class

    def live_flags(self) -> BoolArray:
        """Return for each document whether it is not deleted."""
        return self.live > 0 if len(self.live) else np.ones(self.doc_count, np.bool_)

    def number(self, name: str) -> Int32Array:
        """Return the values of a number field by document; `NO_NUMBER` where there is none."""
        return self._arrays[f"number.{name}"]

    def has_number(self, name: str) -> bool:
        """Return whether there is such a number field."""
        return f"number.{name}" in self._arrays

    @property
    def number_names(self) -> tuple[str, ...]:
        """The names of all number fields."""
        prefix = "number."
        return tuple(name[len(prefix) :] for name in self._arrays if name.startswith(prefix))

    def order(self, name: str) -> Int32Array:
        """Return each document's rank in an order, 0 for the first."""
        return self._arrays[f"order.{name}"]

    def posting_range(self, ordinal: int) -> tuple[int, int]:
        """Return where the postings of a term begin and end."""
        start = int(self.posting_starts[ordinal])
        return start, start + int(self.doc_counts[ordinal])

    def posting_ranges(self, terms: Sequence[tuple[str, bytes]]) -> list[tuple[int, int]]:
        """Return where the postings of each term (field, bytes) begin and end; 0 and 0: nowhere."""
        if not terms:
            return []
        ordinals = self.terms.find(terms).tolist()
        return [self.posting_range(ordinal) if ordinal >= 0 else (0, 0) for ordinal in ordinals]

    def ordinals_by_doc(self, name: str) -> Int32Array:
        """Return for each document the ordinal of its term in a field of keys; -1 for none."""
        field = self.fields[name]
        by_doc = np.full(self.doc_count, -1, np.int32)
        if field.first < field.last:
            start, stop = self.posting_range(field.first)[0], self.posting_range(field.last - 1)[1]
            ordinals = np.arange(field.first, field.last, dtype=np.int32)
            counts = self.doc_counts[field.first : field.last]
            by_doc[self.docs[start:stop]] = np.repeat(ordinals, counts)
        return by_doc

    def exact_frequencies(self) -> Uint32Array:
        """Return the frequency of every posting, with the large ones."""
        frequencies = self.frequencies.astype(np.uint32)
        frequencies[self.large] = self.large_values
        return frequencies

    def frequency(self, posting: int) -> int:
        """Return how many tokens of a posting's term are in its document."""
        frequency = int(self.frequencies[posting])
        if frequency < FREQUENCY_MOST:
            return frequency
        return int(self.large_values[np.searchsorted(self.large, posting)])

    def exact_positions(self) -> Uint32Array:
        """Return the positions of all postings, end to end."""
        positions = self.positions.astype(np.uint32)
        positions[self.far] = self.far_values
        return positions

    def positions_of(self, posting: int) -> list[int]:
        """Return the positions of a posting's term in its document."""
        block = posting // BLOCK_POSTINGS
        before = range(block * BLOCK_POSTINGS, posting)
        start = int(self.position_blocks[block]) + sum(map(self.frequency, before))
        stop = start + self.frequency(posting)
        exact = self.positions[start:stop].astype(np.uint32)
        first, last = np.searchsorted(self.far, (start, stop))
        exact[self.far[first:last] - start] = self.far_values[first:last]
        positions: list[int] = exact.tolist()
        return positions

    @property
    def facet_values(self) -> tuple[str, ...]:
        """The values of all facets, by ordinal; "" for "missing"."""
        return self._facet_texts.values

    def values_of(self, facet: str) -> tuple[str, ...]:
        """Return the values of a facet."""
        ordinals = self.facets[facet]
        return self.facet_values[ordinals.first : ordinals.none]

    @property
    def facet_counts(self) -> Uint32Array:
        """How many documents have each facet value, with the deleted ones."""
        return self._arrays["facets.counts"]

    def facet_entry_counts(self) -> Int64Array:
        """Return how many facet ordinals each document has."""
        offsets = self.facet_offsets.astype(np.int64)
        return offsets[1:] - offsets[:-1]


def open_segment(path: Path, deleted: Sequence[int] = ()) -> Segment:
    """Verify and open a segment file; some of its documents are deleted.

    Raises:
        SegmentDamagedError: when the file was cut or altered.
        SegmentVersionError: when another version wrote it.
    """
    try:
        return Segment(path.stem, *map_file(path), deleted)
    except _DO_NOT_FIT as error:
        raise SegmentDamagedError(path, "its parts do not fit together") from error


def _posting_starts(doc_counts: NDArray[Any], arrays: dict[str, NDArray[Any]]) -> Int64Array:
    """Return where the postings of each term begin: those of an alias are those of its word."""
    is_alias = np.unpackbits(arrays["terms.aliases"], count=len(doc_counts)) > 0
    own = np.where(is_alias, 0, doc_counts).astype(np.int64)
    starts = np.cumsum(own) - own
    starts[is_alias] = starts[arrays["terms.targets"]]
    return starts


def _live(doc_count: int, deleted: Sequence[int]) -> Uint8Array:
    live = np.ones(doc_count if len(deleted) else 0, np.uint8)
    live[list(deleted)] = 0
    return live
