"""Merge segments into one, without their deleted documents.

No text is analysed again. The terms of all segments are sorted as one list, and postings and
columns are copied end to end under new document numbers. Only stored texts are compressed anew,
since each segment has a compression dictionary of its own.
"""

from collections.abc import Sequence
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Int32Array, Int64Array, Uint8Array, Uint32Array
from index.segments.derived_fields import Derivation, Derive, derive_columns
from index.segments.facet_columns import pack_facets
from index.segments.inverter import FieldPostings
from index.segments.kernels import merge
from index.segments.kernels.terms import copy_terms
from index.segments.layout import Layout
from index.segments.segment import Segment
from index.segments.segment_file import SegmentParts, TermColumn, write_segment
from index.segments.stored_fields import BlockPacker, pack_stored, train_dictionary
from index.segments.term_table import SortedTerms, TermTable, hash_terms, sort_tables


def merge_segments(path: Path, layout: Layout, segments: Sequence[Segment], derive: Derive) -> int:
    """Write one segment with the documents of several; return how many documents it has."""
    doc_maps = _map_documents(segments)
    doc_count = sum(segment.live_count for segment in segments)
    terms, sources = _merge_terms(layout, segments, doc_maps)
    postings = _merge_postings(segments, sources, len(terms.ends))
    columns = _cut_columns(layout, terms, postings)
    lengths = {name: _sum_lengths(columns[name].postings, doc_count) for name in layout.words}
    derivations = {
        name: Derivation(columns[name].terms, derive)
        for name in {row.source for row in layout.derived}
    }
    columns |= derive_columns(layout, columns, derivations, doc_count)
    parts = SegmentParts(
        doc_count=doc_count,
        columns=[columns[name] for name in layout.term_fields],
        lengths=lengths,
        numbers={name: _merge_numbers(segments, name) for name in layout.numbers},
        facets=_merge_facets(layout, segments, doc_maps, doc_count),
        stored=_merge_stored(segments),
    )
    write_segment(path, layout, parts)
    return doc_count


def _map_documents(segments: Sequence[Segment]) -> list[Int32Array]:
    """Return the new number of each document of each segment; -1 where it is deleted."""
    maps, first = [], 0
    for segment in segments:
        is_live = segment.live_flags()
        numbers = first + np.cumsum(is_live, dtype=np.int32) - 1
        maps.append(np.where(is_live, numbers, -1).astype(np.int32))
        first += segment.live_count
    return maps


def _merge_terms(
    layout: Layout, segments: Sequence[Segment], doc_maps: Sequence[Int32Array]
) -> tuple[SortedTerms, list[merge.SourceTerms]]:
    """Return all keys of the dictionaries in order, and which of them each segment has.

    Derived terms are left out: they are derived again from the merged words.
    """
    derived = {row.name for row in layout.derived}
    tables, ranges = [], []
    for segment in segments:
        fields = [field for field in segment.fields.values() if field.name not in derived]
        ordinals = np.concatenate([np.arange(0), *(np.arange(f.first, f.last) for f in fields)])
        table = TermTable()
        blob, ends = _choose(*segment.terms.keys(), ordinals)
        table.number(blob, ends, hash_terms(blob, ends))
        tables.append(table)
        starts = segment.posting_starts[ordinals]
        ranges.append((starts, starts + segment.doc_counts[ordinals]))
    terms, ranks = sort_tables(tables)
    sources = zip(ranks, ranges, doc_maps, strict=True)
    return terms, [merge.SourceTerms(own, *bounds, doc_map) for own, bounds, doc_map in sources]


def _choose(
    blob: Uint8Array, ends: Int64Array, ordinals: Int64Array
) -> tuple[Uint8Array, Int64Array]:
    """Return some terms of a list end to end, and where each ends."""
    starts = np.concatenate(([0], ends[:-1]))[ordinals] if len(ends) else ends
    out, out_ends = np.empty(len(blob), np.uint8), np.empty(len(ordinals), np.int64)
    size = copy_terms(-1, blob, starts, ends[ordinals], out, out_ends, 0)
    return out[:size], out_ends


def _merge_postings(
    segments: Sequence[Segment], sources: Sequence[merge.SourceTerms], term_count: int
) -> FieldPostings:
    """Return the postings of all terms, as if they were of one field."""
    doc_counts = np.zeros(term_count, np.int64)
    for segment, terms in zip(segments, sources, strict=True):
        merge.count_merged(segment.docs, terms, doc_counts)
    docs = np.empty(int(doc_counts.sum()), np.uint16)
    frequencies = np.empty(len(docs), np.uint32)
    cursors = np.cumsum(doc_counts) - doc_counts
    for segment, terms in zip(segments, sources, strict=True):
        exact = segment.exact_frequencies()
        merge.merge_postings(segment.docs, exact, terms, cursors, docs, frequencies)
    positions = _merge_positions(segments, sources, doc_counts, frequencies)
    return FieldPostings(np.arange(term_count), doc_counts, docs, frequencies, positions)


def _merge_positions(
    segments: Sequence[Segment],
    sources: Sequence[merge.SourceTerms],
    doc_counts: Int64Array,
    frequencies: Uint32Array,
) -> Uint32Array:
    """Return the positions of all postings; the fields that have any come first."""
    bounds = np.concatenate(([0], np.cumsum(doc_counts)))
    token_bounds = np.concatenate(([0], np.cumsum(frequencies, dtype=np.int64)))[bounds]
    cursors = token_bounds[:-1].copy()
    merged = np.empty(int(token_bounds[-1]), np.uint32)
    for segment, (ranks, starts, stops, doc_map) in zip(segments, sources, strict=True):
        last = max((f.last for f in segment.fields.values() if f.has_positions), default=0)
        terms = merge.SourceTerms(ranks[:last], starts[:last], stops[:last], doc_map)
        exact = segment.exact_positions(), segment.docs, segment.exact_frequencies()
        merge.merge_positions(*exact, terms, cursors, merged)
    return merged


def _cut_columns(
    layout: Layout, terms: SortedTerms, postings: FieldPostings
) -> dict[str, TermColumn]:
    """Cut the postings of all terms into those of each field that is not derived."""
    numbers = terms.blob[terms.starts]
    bounds = np.concatenate(([0], np.cumsum(postings.doc_counts)))
    token_bounds = np.concatenate(([0], np.cumsum(postings.frequencies, dtype=np.int64)))
    derived = {row.name for row in layout.derived}
    columns = {}
    for number, name in enumerate(layout.term_fields):
        if name in derived:
            continue
        first, last = np.searchsorted(numbers, [number, number + 1])
        start, stop = int(bounds[first]), int(bounds[last])
        tokens = slice(int(token_bounds[start]), int(token_bounds[stop]))
        positions = postings.positions[tokens] if name in layout.words else postings.positions[:0]
        doc_counts = postings.doc_counts[first:last]
        used, docs = np.flatnonzero(doc_counts), postings.docs[start:stop]
        frequencies = postings.frequencies[start:stop]
        own_postings = FieldPostings(used, doc_counts[used], docs, frequencies, positions)
        own_terms = SortedTerms(terms.blob, terms.starts[first:last] + 1, terms.ends[first:last])
        columns[name] = TermColumn(name, own_terms, own_postings)
    return columns


def _sum_lengths(postings: FieldPostings, doc_count: int) -> Int32Array:
    """Return the tokens of each document: those of all its postings."""
    lengths = np.zeros(doc_count, np.int32)
    merge.add_lengths(postings.docs, postings.frequencies, lengths)
    return lengths


def _merge_numbers(segments: Sequence[Segment], name: str) -> Int32Array:
    return np.concatenate([segment.number(name)[segment.live_flags()] for segment in segments])


def _merge_facets(
    layout: Layout, segments: Sequence[Segment], doc_maps: Sequence[Int32Array], doc_count: int
) -> tuple[dict[str, NDArray[Any]], list[dict[str, Any]]]:
    """Return the arrays of all facets, and the range of ordinals of each."""
    values: list[str] = []
    ranges: list[dict[str, Any]] = []
    new_ordinals = [np.zeros(len(segment.facet_values), np.uint32) for segment in segments]
    for name in layout.facets:
        first = len(values)
        merged = sorted(set().union(*(_live_values(segment, name) for segment in segments)))
        ordinal_by_value = {value: first + rank for rank, value in enumerate(merged)}
        values += [*merged, ""]
        ranges.append({"name": name, "first": first, "none": first + len(merged)})
        for segment, ordinals in zip(segments, new_ordinals, strict=True):
            facet = segment.facets[name]
            for ordinal in range(facet.first, facet.none):
                ordinals[ordinal] = ordinal_by_value.get(segment.facet_values[ordinal], 0)
            ordinals[facet.none] = first + len(merged)
    docs, entries = [], []
    for segment, ordinals, doc_map in zip(segments, new_ordinals, doc_maps, strict=True):
        new_docs = np.repeat(doc_map, segment.facet_entry_counts())
        docs.append(new_docs[new_docs >= 0])
        entries.append(ordinals[segment.facet_ordinals][new_docs >= 0])
    return pack_facets(values, np.concatenate(docs), np.concatenate(entries), doc_count), ranges


def _live_values(segment: Segment, name: str) -> set[str]:
    """Return the values of a facet that documents which are not deleted have."""
    facet = segment.facets[name]
    is_live = np.repeat(segment.live_flags(), segment.facet_entry_counts())
    used = np.unique(segment.facet_ordinals[is_live])
    return {segment.facet_values[o] for o in used.tolist() if facet.first <= o < facet.none}


def _merge_stored(segments: Sequence[Segment]) -> tuple[dict[str, NDArray[Any]], dict[str, int]]:
    documents = [
        document
        for segment in segments
        for document in compress(segment.stored.documents(), segment.live_flags())
    ]
    dictionary = train_dictionary(documents)
    return pack_stored([BlockPacker(dictionary).pack(documents)], dictionary)
