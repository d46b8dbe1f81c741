"""Merge segments into one, without their deleted documents.

Nothing is analysed again: terms are put in one order, postings and columns laid end to end under
new document numbers. Only stored texts are packed anew, since each segment has its own dictionary.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.segments.derived_fields import Derivation, Derive, derived_columns
from index.segments.facet_columns import packed_facets
from index.segments.inverter import FieldPostings
from index.segments.kernels.merge import add_lengths, count_merged, place_merged, place_positions
from index.segments.kernels.terms import copy_terms
from index.segments.layout import Layout
from index.segments.segment import Segment
from index.segments.segment_file import SegmentParts, TermColumn, write_segment
from index.segments.stored_fields import BlockPacker, stored_arrays, train_dictionary
from index.segments.term_table import SortedTerms, TermTable, hashed, sorted_terms

Words = NDArray[np.uint32]
Places = NDArray[np.int64]


class _Terms(NamedTuple):
    """The terms of one segment that are merged: all but the derived ones, which follow from these.

    Attributes:
        ranks: the merged term of each.
        starts, stops: its postings.
    """

    ranks: Words
    starts: Places
    stops: Places


def merge_segments(path: Path, layout: Layout, segments: Sequence[Segment], derive: Derive) -> int:
    """Write one segment with the documents of several; return how many documents it has."""
    doc_maps = _doc_maps(segments)
    doc_count = sum(segment.live_count for segment in segments)
    terms, own_terms = _merged_terms(layout, segments)
    postings = _merged_postings(segments, own_terms, doc_maps, len(terms.ends))
    columns = _columns(layout, terms, postings)
    lengths = {name: _lengths(columns[name].postings, doc_count) for name in layout.words}
    sources = {row.source for row in layout.derived}
    derivations = {name: Derivation(columns[name].terms, derive) for name in sources}
    columns |= derived_columns(layout, columns, derivations, doc_count)
    parts = SegmentParts(
        doc_count=doc_count,
        columns=[columns[name] for name in layout.term_fields],
        lengths=lengths,
        numbers={name: _live_values(segments, name) for name in layout.numbers},
        facets=_merged_facets(layout, segments, doc_maps, doc_count),
        stored=_merged_stored(segments),
    )
    write_segment(path, layout, parts)
    return doc_count


def _doc_maps(segments: Sequence[Segment]) -> list[NDArray[np.int32]]:
    """Return the new number of each document of each segment; -1 where it was deleted."""
    maps, first = [], 0
    for segment in segments:
        live = segment.live if len(segment.live) else np.ones(segment.doc_count, np.uint8)
        numbers = first + np.cumsum(live, dtype=np.int32) - 1
        maps.append(np.where(live > 0, numbers, np.int32(-1)).astype(np.int32))
        first += segment.live_count
    return maps


def _merged_terms(layout: Layout, segments: Sequence[Segment]) -> tuple[SortedTerms, list[_Terms]]:
    """Return all keys (field number and term) in order, and where each segment has them."""
    derived = {row.name for row in layout.derived}
    tables, held = [], []
    for segment in segments:
        kept = [range(f.first, f.last) for f in segment.fields.values() if f.name not in derived]
        ordinals = np.concatenate([np.arange(0), *map(np.array, kept)]).astype(np.int64)
        table = TermTable()
        table.number(*hashed(*_chosen(*segment.terms.keys(), ordinals)))
        tables.append(table)
        starts = segment.posting_starts[ordinals]
        held.append((starts, starts + segment.doc_counts[ordinals]))
    terms, ranks = sorted_terms(tables)
    return terms, [_Terms(own, *places) for own, places in zip(ranks, held, strict=True)]


def _chosen(
    blob: NDArray[np.uint8], ends: Places, ordinals: Places
) -> tuple[NDArray[np.uint8], Places]:
    """Return some terms of a list end to end, and where each ends."""
    starts = np.concatenate(([0], ends[:-1]))[ordinals] if len(ends) else ends
    out, out_ends = np.empty(len(blob), np.uint8), np.empty(len(ordinals), np.int64)
    size = copy_terms(-1, blob, starts, ends[ordinals], out, out_ends, 0)
    return out[:size], out_ends


def _merged_postings(
    segments: Sequence[Segment],
    own_terms: Sequence[_Terms],
    doc_maps: Sequence[NDArray[np.int32]],
    term_count: int,
) -> FieldPostings:
    """Return the postings of all terms, as if they were of one field."""
    doc_counts = np.zeros(term_count, np.int64)
    for segment, own, doc_map in zip(segments, own_terms, doc_maps, strict=True):
        count_merged(segment.docs, own.starts, own.stops, own.ranks, doc_map, doc_counts)
    docs = np.empty(int(doc_counts.sum()), np.uint16)
    frequencies = np.empty(len(docs), np.uint32)
    cursors = np.cumsum(doc_counts) - doc_counts
    for segment, own, doc_map in zip(segments, own_terms, doc_maps, strict=True):
        place_merged(
            segment.docs,
            segment.exact_frequencies(),
            own.starts,
            own.stops,
            own.ranks,
            doc_map,
            cursors,
            docs,
            frequencies,
        )
    positions = _merged_positions(segments, own_terms, doc_maps, doc_counts, frequencies)
    return FieldPostings(np.arange(term_count), doc_counts, docs, frequencies, positions)


def _merged_positions(
    segments: Sequence[Segment],
    own_terms: Sequence[_Terms],
    doc_maps: Sequence[NDArray[np.int32]],
    doc_counts: Places,
    frequencies: Words,
) -> Words:
    bounds = np.concatenate(([0], np.cumsum(doc_counts)))
    token_bounds = np.concatenate(([0], np.cumsum(frequencies, dtype=np.int64)))[bounds]
    cursors = token_bounds[:-1].copy()
    placed = np.empty(int(token_bounds[-1]), np.uint32)
    for segment, own, doc_map in zip(segments, own_terms, doc_maps, strict=True):
        last = max((f.last for f in segment.fields.values() if f.has_positions), default=0)
        place_positions(
            segment.exact_positions(),
            segment.docs,
            segment.exact_frequencies(),
            own.starts[:last],
            own.stops[:last],
            own.ranks[:last],
            doc_map,
            cursors,
            placed,
        )
    return placed


def _columns(layout: Layout, terms: SortedTerms, postings: FieldPostings) -> dict[str, TermColumn]:
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
        own = slice(int(token_bounds[start]), int(token_bounds[stop]))
        positions = postings.positions[own] if name in layout.words else postings.positions[:0]
        doc_counts = postings.doc_counts[first:last]
        used, docs = np.flatnonzero(doc_counts), postings.docs[start:stop]
        frequencies = postings.frequencies[start:stop]
        held = FieldPostings(used, doc_counts[used], docs, frequencies, positions)
        own_terms = SortedTerms(terms.blob, terms.starts[first:last] + 1, terms.ends[first:last])
        columns[name] = TermColumn(name, own_terms, held)
    return columns


def _lengths(postings: FieldPostings, doc_count: int) -> NDArray[np.int32]:
    """Return the tokens of each document: those of all its postings."""
    lengths = np.zeros(doc_count, np.int32)
    add_lengths(postings.docs, postings.frequencies, 0, len(postings.docs), lengths)
    return lengths


def _live_values(segments: Sequence[Segment], name: str) -> NDArray[np.int32]:
    values = [
        segment.number(name)[segment.live > 0] if len(segment.live) else segment.number(name)
        for segment in segments
    ]
    return np.concatenate(values)


def _merged_facets(
    layout: Layout,
    segments: Sequence[Segment],
    doc_maps: Sequence[NDArray[np.int32]],
    doc_count: int,
) -> tuple[dict[str, NDArray[Any]], list[dict[str, Any]]]:
    values: list[str] = []
    ranges: list[dict[str, Any]] = []
    maps = [np.zeros(len(segment.facet_values), np.uint32) for segment in segments]
    for name in layout.facets:
        first = len(values)
        own = [_live_facet_values(segment, name) for segment in segments]
        merged = sorted(set().union(*own))
        place_of = {value: first + place for place, value in enumerate(merged)}
        values += [*merged, ""]
        ranges.append({"name": name, "first": first, "none": first + len(merged)})
        for segment, ordinals in zip(segments, maps, strict=True):
            place = segment.facets[name]
            for ordinal in range(place.first, place.none):
                ordinals[ordinal] = place_of.get(segment.facet_values[ordinal], 0)
            ordinals[place.none] = first + len(merged)
    docs, entries = [], []
    for segment, ordinals, doc_map in zip(segments, maps, doc_maps, strict=True):
        new = np.repeat(doc_map, segment.facet_entry_counts())
        docs.append(new[new >= 0])
        entries.append(ordinals[segment.facet_ordinals][new >= 0])
    return packed_facets(values, np.concatenate(docs), np.concatenate(entries), doc_count), ranges


def _live_facet_values(segment: Segment, name: str) -> set[str]:
    """Return the values that documents which were not deleted have."""
    place = segment.facets[name]
    if not len(segment.live):
        return set(segment.facet_values[place.first : place.none])
    is_live = np.repeat(segment.live, segment.facet_entry_counts()) > 0
    used = np.unique(segment.facet_ordinals[is_live])
    return {segment.facet_values[o] for o in used.tolist() if place.first <= o < place.none}


def _merged_stored(segments: Sequence[Segment]) -> tuple[dict[str, NDArray[Any]], dict[str, int]]:
    documents = [
        document
        for segment in segments
        for number, document in enumerate(segment.stored.documents())
        if not len(segment.live) or segment.live[number]
    ]
    dictionary = train_dictionary(documents)
    return stored_arrays([BlockPacker(dictionary).pack(documents)], dictionary)
