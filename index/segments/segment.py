"""A segment, open for reading: views of a mapped file, and the few numbers that follow from them.

Everything here is frozen and shared by all threads. What the arrays are called in the file:

| arrays | what |
|---|---|
| terms.data, .blocks, .doc_counts | the dictionary of sorted terms; documents a term |
| terms.aliases, .targets | terms with a word's postings (`index.segments.derived_fields`) |
| postings.docs, .frequencies, .large, .large_values | all postings, term after term |
| positions.data, .blocks, .far, .far_values | positions of the postings of fields of words |
| lengths | a row a field of words: a byte for each document's length (`field_norms`) |
| facets.text, .ends, .counts | values of all facets, end to end; documents of each |
| facets.offsets, .ordinals | the values of each document |
| number.NAME, order.NAME | numbers; the rank of each document in an order |
| stored.* | see `index.segments.stored_fields` |

A key of the dictionary is the field's number, one byte, and the term. A document without a value in
a facet has the ordinal of that facet's "none", so that one pass counts everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.segments.kernels.positions import BLOCK_POSTINGS
from index.segments.kernels.postings import FREQUENCY_MOST
from index.segments.stored_fields import StoredBlocks
from index.segments.term_dictionary import TermDictionary, TermField

NO_NUMBER = np.int32(-(2**31))
"""The number of a document that has none: below every other."""


@dataclass(frozen=True, slots=True)
class FacetRange:
    """A facet's values: the ordinals from `first` to `none`; `none` itself is "no value"."""

    name: str
    first: int
    none: int


class Segment:
    """The arrays of one segment, named.

    Attributes:
        name: what the segment is called.
        doc_count: its documents, deleted ones included.
        live: a byte a document, 0 where it is deleted; empty where none is.
    """

    def __init__(
        self,
        name: str,
        arrays: dict[str, NDArray[Any]],
        told: dict[str, Any],
        deleted: Sequence[int],
    ) -> None:
        self.name = name
        self._arrays, self._told = arrays, told
        self.doc_count = int(told["doc_count"])
        self.stored_field = str(told["stored_field"])
        self.fields = {row["name"]: TermField(**row) for row in told["fields"]}
        self.facets = {row["name"]: FacetRange(**row) for row in told["facets"]}
        self.terms = TermDictionary(arrays, self.fields, int(told["longest_term"]))
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
        self.stored = StoredBlocks(arrays, told["stored"])

    def without(self, deleted: Sequence[int]) -> "Segment":
        """Return the same segment with just these documents deleted."""
        return Segment(self.name, self._arrays, self._told, deleted)

    def number(self, name: str) -> NDArray[np.int32]:
        """Return a number field's values by document; `NO_NUMBER` where there is none."""
        return self._arrays[f"number.{name}"]

    def has_number(self, name: str) -> bool:
        """Return whether there is such a number field."""
        return f"number.{name}" in self._arrays

    @property
    def number_names(self) -> tuple[str, ...]:
        """The names of all number fields."""
        prefix = "number."
        return tuple(name[len(prefix) :] for name in self._arrays if name.startswith(prefix))

    def order(self, name: str) -> NDArray[np.int32]:
        """Return each document's rank in an order, 0 for the first."""
        return self._arrays[f"order.{name}"]

    def posting_ranges(self, terms: Sequence[tuple[str, bytes]]) -> list[tuple[int, int]]:
        """Return where the postings of each term (field, bytes) begin and end; 0 and 0: nowhere."""
        if not terms:
            return []
        ordinals = self.terms.find(terms).tolist()
        return [self.posting_range(ordinal) if ordinal >= 0 else (0, 0) for ordinal in ordinals]

    def exact_frequencies(self) -> NDArray[np.uint32]:
        """Return the frequency of every posting, large ones too."""
        frequencies = self.frequencies.astype(np.uint32)
        frequencies[self.large] = self.large_values
        return frequencies

    def frequency(self, posting: int) -> int:
        """Return how often a posting's term stands in its document."""
        frequency = int(self.frequencies[posting])
        if frequency < FREQUENCY_MOST:
            return frequency
        return int(self.large_values[np.searchsorted(self.large, posting)])

    def positions_of(self, posting: int) -> list[int]:
        """Return where a posting's term stands in its document."""
        block = posting // BLOCK_POSTINGS
        before = range(block * BLOCK_POSTINGS, posting)
        start = int(self.position_blocks[block]) + sum(map(self.frequency, before))
        tokens = slice(start, start + self.frequency(posting))
        found = self.positions[tokens].astype(np.uint32)
        first, last = np.searchsorted(self.far, (tokens.start, tokens.stop))
        found[self.far[first:last] - start] = self.far_values[first:last]
        positions: list[int] = found.tolist()
        return positions

    def exact_positions(self) -> NDArray[np.uint32]:
        """Return all positions, of one posting after the other."""
        positions = self.positions.astype(np.uint32)
        positions[self.far] = self.far_values
        return positions

    def posting_range(self, ordinal: int) -> tuple[int, int]:
        """Return where a term's postings begin and end."""
        start = int(self.posting_starts[ordinal])
        return start, start + int(self.doc_counts[ordinal])

    @cached_property
    def facet_values(self) -> tuple[str, ...]:
        """Every facet's values, end to end, as the ordinals have them; "" for "none"."""
        text, start, values = self._arrays["facets.text"].tobytes(), 0, []
        for end in self._arrays["facets.ends"].tolist():
            values.append(text[start:end].decode("utf-8", "surrogatepass"))
            start = end
        return tuple(values)

    def values_of(self, facet: str) -> tuple[str, ...]:
        """Return a facet's values."""
        place = self.facets[facet]
        return self.facet_values[place.first : place.none]

    @property
    def facet_counts(self) -> NDArray[np.uint32]:
        """How many documents have each facet value, deleted ones included."""
        return self._arrays["facets.counts"]

    def facet_entry_counts(self) -> NDArray[np.int64]:
        """Return how many facet ordinals each document has."""
        offsets = self.facet_offsets.astype(np.int64)
        return offsets[1:] - offsets[:-1]


def _posting_starts(
    doc_counts: NDArray[np.uint16], arrays: dict[str, NDArray[Any]]
) -> NDArray[np.int64]:
    """Return where the postings of each term begin: an alias has those of its word."""
    flags = np.unpackbits(arrays["terms.aliases"], count=len(doc_counts))
    own = np.where(flags, 0, doc_counts).astype(np.int64)
    starts = np.cumsum(own) - own
    starts[flags > 0] = starts[arrays["terms.targets"]]
    return starts


def _live(doc_count: int, deleted: Sequence[int]) -> NDArray[np.uint8]:
    live = np.ones(doc_count if len(deleted) else 0, np.uint8)
    live[list(deleted)] = 0
    return live
