"""Write a segment file from the postings, columns and stored texts of its documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Int32Array, Int64Array, Uint8Array
from index.segments.array_file import Arrays, write_arrays
from index.segments.errors import SegmentFullError
from index.segments.field_norms import encode_lengths
from index.segments.inverter import FieldPostings
from index.segments.kernels.dictionary import BLOCK_TERMS, pack_terms
from index.segments.kernels.positions import BLOCK_POSTINGS, POSITION_MOST
from index.segments.kernels.postings import pack_frequencies
from index.segments.kernels.terms import copy_terms
from index.segments.layout import SEGMENT_DOCS_MOST, Layout, SortOrder
from index.segments.segment import NO_NUMBER
from index.segments.term_table import SortedTerms

POSITIONS_MOST = BYTES_MOST = 2**32
"""Most positions, and most bytes of the dictionary: 32 bits hold where their blocks begin."""


@dataclass(frozen=True, slots=True)
class TermColumn:
    """One field's terms and their postings.

    Attributes:
        name: the field.
        terms: terms, of which the field has those that its postings name.
        postings: its postings; those of aliases are not in them.
        aliases: the terms that have the postings of a word (`index.segments.derived_fields`), by
            their number in this field; only a derived field has any.
        targets: for each alias, the number of that word in its own field.
        source: the field of those words.
    """

    name: str
    terms: SortedTerms
    postings: FieldPostings
    aliases: Int64Array = field(default_factory=lambda: np.empty(0, np.int64))
    targets: Int64Array = field(default_factory=lambda: np.empty(0, np.int64))
    source: str = ""


@dataclass(frozen=True, slots=True)
class SegmentParts:
    """Everything that is written into a segment.

    Attributes:
        doc_count: how many documents it has.
        columns: the fields of terms, in the order of the layout.
        lengths: by field of words, the tokens of each document.
        numbers: by field of numbers, the number of each document.
        facets: the arrays of the facets, and the range of ordinals of each.
        stored: the arrays of the stored texts, and their metadata.
    """

    doc_count: int
    columns: Sequence[TermColumn]
    lengths: Mapping[str, Int32Array]
    numbers: Mapping[str, Int32Array]
    facets: tuple[Arrays, list[dict[str, Any]]]
    stored: tuple[Arrays, dict[str, int]]


def write_segment(path: Path, layout: Layout, parts: SegmentParts) -> None:
    """Write a segment file.

    Raises:
        SegmentFullError: when it has too many documents, positions or facet values.
    """
    if parts.doc_count > SEGMENT_DOCS_MOST:
        raise SegmentFullError(parts.doc_count, "documents", SEGMENT_DOCS_MOST)
    dictionary, longest = _pack_dictionary(parts.columns)
    arrays: Arrays = {
        **dictionary,
        **_pack_aliases(parts.columns),
        **_pack_postings([column.postings for column in parts.columns]),
        "lengths": _encode_lengths(layout, parts),
        **{f"number.{name}": values for name, values in parts.numbers.items()},
        **{f"order.{order.name}": _rank_documents(order, parts) for order in layout.orders},
        **parts.facets[0],
        **parts.stored[0],
    }
    metadata = {
        "doc_count": parts.doc_count,
        "longest_term": longest,
        "fields": _field_rows(layout, parts),
        "facets": parts.facets[1],
        "stored": parts.stored[1],
        "stored_field": layout.stored,
    }
    write_arrays(path, arrays, metadata)


def _pack_dictionary(columns: Sequence[TermColumn]) -> tuple[Arrays, int]:
    """Return the arrays of the term dictionary, and how many bytes its longest key has."""
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
        raise SegmentFullError(int(used), "bytes of words", BYTES_MOST - 1)
    doc_counts = [column.postings.doc_counts for column in columns]
    arrays: Arrays = {
        "terms.data": packed[:used],
        "terms.blocks": blocks.astype(np.uint32),
        "terms.doc_counts": _join(doc_counts, np.uint16),
    }
    return arrays, int((ends - starts).max(initial=1))


def _pack_aliases(columns: Sequence[TermColumn]) -> Arrays:
    """Return a bit for each term, set for aliases, and the ordinals of the aliases' words."""
    counts = [len(column.postings.ranks) for column in columns]
    firsts = dict(zip((c.name for c in columns), np.cumsum(counts) - counts, strict=True))
    flags = np.zeros(sum(counts), np.uint8)
    targets = []
    for column in columns:
        flags[column.aliases + firsts[column.name]] = 1
        targets.append(column.targets + firsts.get(column.source, 0))
    return {"terms.aliases": np.packbits(flags), "terms.targets": _join(targets, np.uint32)}


def _pack_postings(fields: Sequence[FieldPostings]) -> Arrays:
    """Return the arrays of all postings and positions."""
    docs = _join([field.docs for field in fields], np.uint16)
    frequencies = _join([field.frequencies for field in fields], np.uint32)
    packed = np.empty(len(frequencies), np.uint8)
    large_count = pack_frequencies(frequencies, packed, np.empty(0, np.int64), frequencies[:0])
    large, large_values = np.empty(large_count, np.int64), np.empty(large_count, np.uint32)
    pack_frequencies(frequencies, packed, large, large_values)
    return {
        "postings.docs": docs,
        "postings.frequencies": packed,
        "postings.large": large,
        "postings.large_values": large_values,
        **_pack_positions([field for field in fields if len(field.positions)]),
    }


def _pack_positions(fields: Sequence[FieldPostings]) -> Arrays:
    """Return the arrays of positions; the fields that have any come first in the dictionary."""
    positions = _join([field.positions for field in fields], np.uint32)
    frequencies = _join([field.frequencies for field in fields], np.uint32)
    far = np.flatnonzero(positions >= POSITION_MOST)
    # Each block is summed first: one running sum over all postings took a third of the writing.
    firsts = np.arange(0, len(frequencies), BLOCK_POSTINGS)
    sums = np.add.reduceat(frequencies, firsts, dtype=np.int64) if len(firsts) else firsts
    if len(positions) >= POSITIONS_MOST:
        raise SegmentFullError(len(positions), "words in all", POSITIONS_MOST - 1)
    return {
        "positions.data": np.minimum(positions, POSITION_MOST).astype(np.uint16),
        "positions.blocks": (np.cumsum(sums) - sums).astype(np.uint32),
        "positions.far": far,
        "positions.far_values": positions[far],
    }


def _encode_lengths(layout: Layout, parts: SegmentParts) -> Uint8Array:
    return _join(
        [encode_lengths(parts.lengths[name].astype(np.int64)) for name in layout.words], np.uint8
    )


def _rank_documents(order: SortOrder, parts: SegmentParts) -> Int32Array:
    """Return each document's rank: by number, those without one last, then by key."""
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


def _length_statistics(lengths: Int32Array | None) -> dict[str, int]:
    positive = lengths[lengths > 0] if lengths is not None else np.empty(0, np.int32)
    return {
        "doc_count": len(positive),
        "token_count": int(positive.sum(dtype=np.int64)),
        "length_least": int(positive.min(initial=positive[0])) if len(positive) else 0,
        "length_most": int(positive.max(initial=0)),
    }


def _join(arrays: Sequence[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(
        [np.empty(0, kind), *(array.astype(kind, copy=False) for array in arrays)]
    )
