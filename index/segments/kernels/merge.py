"""Kernels that merge segments: the postings of each are copied under new terms and documents."""

from typing import NamedTuple

from index.arrays import Int32Array, Int64Array, Uint16Array, Uint32Array
from index.compiled import compiled


class SourceTerms(NamedTuple):
    """The terms of one segment that is merged, and what its terms and documents become.

    Attributes:
        ranks: for each term, the number of the merged term.
        starts: for each term, where its postings begin.
        stops: for each term, where they end.
        doc_map: for each document, its new number; -1 where it was deleted.
    """

    ranks: Uint32Array
    starts: Int64Array
    stops: Int64Array
    doc_map: Int32Array


@compiled
def count_merged(docs: Uint16Array, terms: SourceTerms, doc_counts: Int64Array) -> None:
    """Add the documents of a segment's terms, without the deleted ones, to those of merged terms.

    `docs` are the documents of the segment's postings; `doc_counts` has a count a merged term.
    """
    for term in range(len(terms.ranks)):
        for posting in range(terms.starts[term], terms.stops[term]):
            if terms.doc_map[docs[posting]] >= 0:
                doc_counts[terms.ranks[term]] += 1


@compiled
def merge_postings(
    docs: Uint16Array,
    frequencies: Uint32Array,
    terms: SourceTerms,
    cursors: Int64Array,
    merged_docs: Uint16Array,
    merged_frequencies: Uint32Array,
) -> None:
    """Copy the postings of a segment to those of the merged terms.

    `cursors` has, for each merged term, where its next posting goes, and is moved on.
    """
    for term in range(len(terms.ranks)):
        cursor = cursors[terms.ranks[term]]
        for posting in range(terms.starts[term], terms.stops[term]):
            doc = terms.doc_map[docs[posting]]
            if doc >= 0:
                merged_docs[cursor] = doc
                merged_frequencies[cursor] = frequencies[posting]
                cursor += 1
        cursors[terms.ranks[term]] = cursor


@compiled
def merge_positions(
    positions: Uint32Array,
    docs: Uint16Array,
    frequencies: Uint32Array,
    terms: SourceTerms,
    cursors: Int64Array,
    merged: Uint32Array,
) -> None:
    """Copy the positions of a segment to those of the merged terms.

    All of `terms` have positions. `cursors` has, for each merged term, where its next position
    goes, and is moved on.
    """
    token = 0
    for term in range(len(terms.ranks)):
        cursor = cursors[terms.ranks[term]]
        for posting in range(terms.starts[term], terms.stops[term]):
            is_kept = terms.doc_map[docs[posting]] >= 0
            for _ in range(frequencies[posting]):
                if is_kept:
                    merged[cursor] = positions[token]
                    cursor += 1
                token += 1
        cursors[terms.ranks[term]] = cursor


@compiled
def add_lengths(docs: Uint16Array, frequencies: Uint32Array, lengths: Int32Array) -> None:
    """Add the tokens of some postings to the lengths of their documents."""
    for posting in range(len(docs)):
        lengths[docs[posting]] += frequencies[posting]
