"""Invert documents: from the tokens of each document to the postings of each term, by field."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays import Int32Array, Int64Array, Uint16Array, Uint32Array
from index.segments.kernels.postings import count_tokens, write_postings


@dataclass(frozen=True, slots=True)
class TokenStream:
    """The tokens of one field of some documents that follow each other.

    Attributes:
        first_doc: the number of the first document.
        counts: for each document, how many tokens it has.
        tokens: for each token, the number of its term in the lane's table.
        positions: for each token, its position in its document; empty where none are kept.
        lane: the number of the lane whose table numbered the terms.
    """

    first_doc: int
    counts: Int32Array
    tokens: Uint32Array
    positions: Uint32Array
    lane: int


@dataclass(frozen=True, slots=True)
class FieldPostings:
    """The postings of one field, term after term.

    Attributes:
        ranks: the ranks of the terms that have postings, in order.
        doc_counts: for each of those terms, how many documents have it.
        docs: for each posting, the number of its document.
        frequencies: for each posting, how many tokens of the term the document has.
        positions: the positions of each posting, end to end; empty where none are kept.
    """

    ranks: Int64Array
    doc_counts: Int64Array
    docs: Uint16Array
    frequencies: Uint32Array
    positions: Uint32Array


def invert(
    streams: Sequence[TokenStream],
    ranks: Sequence[Uint32Array],
    term_count: int,
    *,
    with_positions: bool,
) -> FieldPostings:
    """Return the postings of a field, in two passes over its tokens.

    Args:
        streams: all tokens, in the order of documents.
        ranks: for each lane, the rank of each of its terms.
        term_count: how many ranks there are.
        with_positions: whether positions are kept.
    """
    doc_counts, token_counts = _count(streams, ranks, term_count)
    docs = np.empty(int(doc_counts.sum()), np.uint16)
    frequencies = np.zeros(len(docs), np.uint32)
    positions = np.empty(int(token_counts.sum()) if with_positions else 0, np.uint32)
    cursors = np.cumsum(doc_counts) - doc_counts
    token_cursors = np.cumsum(token_counts) - token_counts
    for stream in streams:
        write_postings(
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


def _count(
    streams: Sequence[TokenStream], ranks: Sequence[Uint32Array], term_count: int
) -> tuple[Int64Array, Int64Array]:
    """Return how many documents have each term, and how many tokens it has."""
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
