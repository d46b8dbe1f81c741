"""Kernels that merge segments: count and place their postings under new numbers."""

import numpy as np
from numpy.typing import NDArray

from index.compiled import compiled

Places = NDArray[np.int64]
Words = NDArray[np.uint32]


@compiled
def count_merged(
    docs: NDArray[np.uint16],
    starts: Places,
    stops: Places,
    ranks: Words,
    doc_map: NDArray[np.int32],
    doc_counts: Places,
) -> None:
    """Add the documents of a segment's terms to those of the merged terms.

    Args:
        docs: its postings.
        starts: where those of each term begin.
        stops: where they end.
        ranks: the merged term of each of its terms.
        doc_map: the new number of each document; below 0 where it was deleted.
        doc_counts: by merged term; raised.
    """
    for term in range(len(ranks)):
        for posting in range(starts[term], stops[term]):
            if doc_map[docs[posting]] >= 0:
                doc_counts[ranks[term]] += 1


@compiled
def place_merged(
    docs: NDArray[np.uint16],
    frequencies: Words,
    starts: Places,
    stops: Places,
    ranks: Words,
    doc_map: NDArray[np.int32],
    cursors: Places,
    merged_docs: NDArray[np.uint16],
    merged_frequencies: Words,
) -> None:
    """Write the postings of a segment to their places among the merged ones."""
    for term in range(len(ranks)):
        cursor = cursors[ranks[term]]
        for posting in range(starts[term], stops[term]):
            doc = doc_map[docs[posting]]
            if doc >= 0:
                merged_docs[cursor] = doc
                merged_frequencies[cursor] = frequencies[posting]
                cursor += 1
        cursors[ranks[term]] = cursor


@compiled
def place_positions(
    positions: Words,
    docs: NDArray[np.uint16],
    frequencies: Words,
    starts: Places,
    stops: Places,
    ranks: Words,
    doc_map: NDArray[np.int32],
    cursors: Places,
    placed: Words,
) -> None:
    """Write the positions of a segment to their places among the merged ones.

    `ranks` ends with the last term that has positions.
    """
    place = 0
    for term in range(len(ranks)):
        cursor = cursors[ranks[term]]
        for posting in range(starts[term], stops[term]):
            is_kept = doc_map[docs[posting]] >= 0
            for _ in range(frequencies[posting]):
                if is_kept:
                    placed[cursor] = positions[place]
                    cursor += 1
                place += 1
        cursors[ranks[term]] = cursor


@compiled
def add_lengths(
    docs: NDArray[np.uint16], frequencies: Words, start: int, stop: int, lengths: NDArray[np.int32]
) -> None:
    """Add the tokens of some postings to the lengths of their documents."""
    for posting in range(start, stop):
        lengths[docs[posting]] += frequencies[posting]
