"""From the postings, columns and stored texts of some documents to a segment file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.segments.array_file import write_arrays
from index.segments.errors import SegmentFullError
from index.segments.field_norms import encoded_lengths
from index.segments.inverter import FieldPostings
from index.segments.kernels.dictionary import BLOCK_TERMS, pack_terms
from index.segments.kernels.positions import BLOCK_POSTINGS, POSITION_MOST
from index.segments.kernels.postings import pack_frequencies
from index.segments.kernels.terms import copy_terms
from index.segments.layout import SEGMENT_DOCS_MOST, Layout, Order
from index.segments.segment import NO_NUMBER
from index.segments.term_table import SortedTerms

Arrays = dict[str, NDArray[Any]]
Places = NDArray[np.int64]

POSITIONS_MOST = BYTES_MOST = 2**32
"""Positions, and bytes of the dictionary: where each block of them begins is kept in 32 bits."""


@dataclass(frozen=True, slots=True)
class TermColumn:
    """One field's terms and their postings.

    Attributes:
        name: the field.
        terms: the terms; which of them the field has, its postings tell.
        postings: those of terms that are no aliases.
        aliases, targets: see `index.segments.derived_fields`; none in a field that is not derived.
        source: the field of the targets.
    """

    name: str
    terms: SortedTerms
    postings: FieldPostings
    aliases: Places = field(default_factory=lambda: np.empty(0, np.int64))
    targets: Places = field(default_factory=lambda: np.empty(0, np.int64))
    source: str = ""


@dataclass(frozen=True, slots=True)
class SegmentParts:
    """All that a segment is assembled from.

    Attributes:
        doc_count: how many documents there are.
        columns: the fields of terms, in the order of the layout.
        lengths: the tokens of each document, by field of words.
        numbers: by field of numbers.
        facets: the arrays of the facets, and the range of each.
        stored: the arrays of the stored texts, and what is told of them.
    """

    doc_count: int
    columns: Sequence[TermColumn]
    lengths: Mapping[str, NDArray[np.int32]]
    numbers: Mapping[str, NDArray[np.int32]]
    facets: tuple[Arrays, list[dict[str, Any]]]
    stored: tuple[Arrays, dict[str, int]]


def write_segment(path: Path, layout: Layout, parts: SegmentParts) -> None:
    """Write a segment file.

    Raises:
        SegmentFullError: for more documents than can be numbered.
    """
    if parts.doc_count > SEGMENT_DOCS_MOST:
        raise SegmentFullError(f"{parts.doc_count} documents")
    dictionary, longest = _dictionary(parts.columns)
    arrays: Arrays = {
        **dictionary,
        **_aliases(parts.columns),
        **_postings([column.postings for column in parts.columns]),
        "lengths": _encoded(layout, parts),
        **{f"number.{name}": values for name, values in parts.numbers.items()},
        **{f"order.{order.name}": _order_ranks(order, parts) for order in layout.orders},
        **parts.facets[0],
        **parts.stored[0],
    }
    told = {
        "doc_count": parts.doc_count,
        "longest_term": longest,
        "fields": _field_rows(layout, parts),
        "facets": parts.facets[1],
        "stored": parts.stored[1],
        "stored_field": layout.stored,
    }
    write_arrays(path, arrays, told)


def _dictionary(columns: Sequence[TermColumn]) -> tuple[Arrays, int]:
    """Return the dictionary's arrays, and how many bytes the longest key has."""
    count = sum(len(column.postings.ranks) for column in columns)
    chosen = [(c.terms.starts[c.postings.ranks], c.terms.ends[c.postings.ranks]) for c in columns]
    size = sum(int((ends - starts).sum()) for starts, ends in chosen) + count
    blob, ends = np.empty(size, np.uint8), np.empty(count, np.int64)
    end = term = 0
    for number, column in enumerate(columns):
        after = term + len(column.postings.ranks)
        end = copy_terms(number, column.terms.blob, *chosen[number], blob, ends[term:after], end)
        term = after
    starts = np.concatenate(([0], ends[:-1])) if count else ends
    packed = np.empty(size + 20 * count, np.uint8)
    blocks = np.empty(-(-count // BLOCK_TERMS), np.int64)
    used = pack_terms(blob, starts, ends, packed, blocks)
    if used >= BYTES_MOST:
        raise SegmentFullError(f"{used} bytes of words")
    doc_counts = [column.postings.doc_counts for column in columns]
    arrays: Arrays = {
        "terms.data": packed[:used],
        "terms.blocks": blocks.astype(np.uint32),
        "terms.doc_counts": _joined(doc_counts, np.uint16),
    }
    return arrays, int((ends - starts).max(initial=1))


def _aliases(columns: Sequence[TermColumn]) -> Arrays:
    """Return which terms are aliases, a bit each, and the ordinals of their words."""
    counts = [len(column.postings.ranks) for column in columns]
    firsts = dict(zip((c.name for c in columns), np.cumsum(counts) - counts, strict=True))
    flags = np.zeros(sum(counts), np.uint8)
    targets = []
    for column in columns:
        flags[column.aliases + firsts[column.name]] = 1
        targets.append(column.targets + firsts.get(column.source, 0))
    return {"terms.aliases": np.packbits(flags), "terms.targets": _joined(targets, np.uint32)}


def _postings(fields: Sequence[FieldPostings]) -> Arrays:
    docs = _joined([field.docs for field in fields], np.uint16)
    frequencies = _joined([field.frequencies for field in fields], np.uint32)
    packed = np.empty(len(frequencies), np.uint8)
    large_count = pack_frequencies(frequencies, packed, np.empty(0, np.int64), frequencies[:0])
    large, large_values = np.empty(large_count, np.int64), np.empty(large_count, np.uint32)
    pack_frequencies(frequencies, packed, large, large_values)
    return {
        "postings.docs": docs,
        "postings.frequencies": packed,
        "postings.large": large,
        "postings.large_values": large_values,
        **_positions([field for field in fields if len(field.positions)]),
    }


def _positions(fields: Sequence[FieldPostings]) -> Arrays:
    """Pack the positions of the fields that have any; in the dictionary they come first."""
    placed = _joined([field.positions for field in fields], np.uint32)
    frequencies = _joined([field.frequencies for field in fields], np.uint32)
    far = np.flatnonzero(placed >= POSITION_MOST)
    # Sums of blocks first: a sum over all postings is a third of a segment's assembly.
    firsts = np.arange(0, len(frequencies), BLOCK_POSTINGS)
    sums = np.add.reduceat(frequencies, firsts, dtype=np.int64) if len(firsts) else firsts
    if len(placed) >= POSITIONS_MOST:
        raise SegmentFullError(f"{len(placed)} words in all")
    return {
        "positions.data": np.minimum(placed, POSITION_MOST).astype(np.uint16),
        "positions.blocks": (np.cumsum(sums) - sums).astype(np.uint32),
        "positions.far": far,
        "positions.far_values": placed[far],
    }


def _encoded(layout: Layout, parts: SegmentParts) -> NDArray[np.uint8]:
    return _joined(
        [encoded_lengths(parts.lengths[name].astype(np.int64)) for name in layout.words], np.uint8
    )


def _order_ranks(order: Order, parts: SegmentParts) -> NDArray[np.int32]:
    """Return each document's rank: by number, the missing last, then by key."""
    column = next(column for column in parts.columns if column.name == order.key)
    key_ranks = np.full(parts.doc_count, parts.doc_count, np.int32)
    key_ranks[column.postings.docs] = np.arange(len(column.postings.docs), dtype=np.int32)
    numbers = parts.numbers[order.number].astype(np.int64)
    primary = -numbers if order.is_descending else numbers
    primary[numbers == NO_NUMBER] = np.iinfo(np.int64).max
    ranks = np.empty(parts.doc_count, np.int32)
    ranks[np.lexsort((key_ranks, primary))] = np.arange(parts.doc_count, dtype=np.int32)
    return ranks


def _field_rows(layout: Layout, parts: SegmentParts) -> list[dict[str, Any]]:
    rows, first = [], 0
    for number, column in enumerate(parts.columns):
        last = first + len(column.postings.ranks)
        length_field = layout.length_field(column.name)
        row = {"name": column.name, "number": number, "first": first, "last": last}
        row["has_positions"] = column.name in layout.words
        row["length_row"] = layout.words.index(length_field) if length_field else -1
        rows.append(row | _length_statistics(parts.lengths.get(length_field or "")))
        first = last
    return rows


def _length_statistics(lengths: NDArray[np.int32] | None) -> dict[str, int]:
    held = lengths[lengths > 0] if lengths is not None else np.empty(0, np.int32)
    return {
        "doc_count": len(held),
        "token_count": int(held.sum(dtype=np.int64)),
        "length_least": int(held.min(initial=held[0])) if len(held) else 0,
        "length_most": int(held.max(initial=0)),
    }


def _joined(arrays: Sequence[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(
        [np.empty(0, kind), *(array.astype(kind, copy=False) for array in arrays)]
    )
