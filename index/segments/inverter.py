"""From the tokens of documents to the postings of terms, a field at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.segments.kernels.postings import count_tokens, place_tokens

Words = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Stream:
    """The tokens of one field of some documents that follow each other.

    Attributes:
        first_doc: number of the first document.
        counts: tokens of each document.
        tokens: the number of each token's term in a table of `lane`.
        positions: the position of each token in its document; empty where none are kept.
        lane: which table numbered the terms.
    """

    first_doc: int
    counts: NDArray[np.int32]
    tokens: Words
    positions: Words
    lane: int


@dataclass(frozen=True, slots=True)
class FieldPostings:
    """The postings of one field, term after term.

    Attributes:
        ranks: the terms that have any, by rank, in order.
        doc_counts: documents of each of those terms.
        docs: document numbers, of one term after the other.
        frequencies: tokens of the term in each of these documents.
        positions: of each posting, in order; empty where none are kept.
    """

    ranks: NDArray[np.int64]
    doc_counts: NDArray[np.int64]
    docs: NDArray[np.uint16]
    frequencies: Words
    positions: Words


def invert(
    streams: Sequence[Stream], ranks: Sequence[Words], term_count: int, *, with_positions: bool
) -> FieldPostings:
    """Return the postings of a field, in two passes over its tokens.

    Args:
        streams: all tokens, in the order of documents.
        ranks: for each lane, the rank of each of its terms.
        term_count: how many ranks there are.
        with_positions: whether positions are kept.
    """
    doc_counts, token_counts = _counted(streams, ranks, term_count)
    docs = np.empty(int(doc_counts.sum()), np.uint16)
    frequencies = np.zeros(len(docs), np.uint32)
    positions = np.empty(int(token_counts.sum()) if with_positions else 0, np.uint32)
    cursors = np.cumsum(doc_counts) - doc_counts
    token_cursors = np.cumsum(token_counts) - token_counts
    for stream in streams:
        place_tokens(
            stream.tokens,
            ranks[stream.lane],
            stream.counts,
            stream.first_doc,
            cursors,
            docs,
            frequencies,
            stream.positions,
            token_cursors,
            positions,
        )
    used = np.flatnonzero(doc_counts)
    return FieldPostings(used, doc_counts[used], docs, frequencies, positions)


def _counted(
    streams: Sequence[Stream], ranks: Sequence[Words], term_count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    last_docs = np.full(term_count, -1, np.int32)
    doc_counts = np.zeros(term_count, np.int64)
    token_counts = np.zeros(term_count, np.int64)
    for stream in streams:
        count_tokens(
            stream.tokens,
            ranks[stream.lane],
            stream.counts,
            stream.first_doc,
            last_docs,
            doc_counts,
            token_counts,
        )
    return doc_counts, token_counts
