"""Postings, streams and windows: the values that the scoring kernels take and write to."""

from typing import NamedTuple

from index.arrays import (
    Float32Array,
    Float64Array,
    Int64Array,
    Uint8Array,
    Uint16Array,
    Uint32Array,
)
from index.compiled import Int


class Postings(NamedTuple):
    """The posting arrays that all terms of a segment share (see `index.segments.segment`).

    Attributes:
        norms: by row of lengths and byte of a length.
        saturations: tf / (tf + norm), by row of lengths, frequency and byte of a length.
    """

    docs: Uint16Array
    frequencies: Uint8Array
    large: Int64Array
    large_values: Uint32Array
    lengths: Uint8Array
    norms: Float32Array
    saturations: Float32Array


class Streams(NamedTuple):
    """The streams of a query, clause after clause.

    Attributes:
        starts, stops: the slice of each, of the postings or of `docs`.
        weights: weight times idf.
        rows: the row of lengths and norms, or `CONSTANT` or `LISTED`.
        clauses: the clause of each: those below `must_count` must match, `must_count` must not.
        must_count: how many clauses must match: one at least.
        docs, scores: the lists made for this query, end to end; the docs of each in order.
    """

    starts: Int64Array
    stops: Int64Array
    weights: Float64Array
    rows: Int64Array
    clauses: Int64Array
    must_count: int
    docs: Uint16Array
    scores: Float32Array


class Span(NamedTuple):
    """The part of a stream that lies in a window, and the window's first document."""

    first: Int
    start: Int
    stop: Int


class Window(NamedTuple):
    """Scores and states of the documents of a window, by slot.

    Attributes:
        sums: the score of each document so far; 0 at first, and 0 again at the end. Sums have 64
            bits and are rounded to 32 when all are added, so that equal texts score the same in
            every segment, whatever the order of the clauses.
        states: how many clauses each document matches so far; 0 at first, and 0 again at the end.
        touched: the slots that match the first clause. It is one longer than the window, as is
            every list that is written to before the entry is known to count.
        slots, scores, kept: the slot and score of each posting of a stream in the window, and
            which postings count.
        cursors: the next posting of each stream.
    """

    sums: Float64Array
    states: Uint16Array
    touched: Uint16Array
    slots: Uint16Array
    scores: Float64Array
    kept: Uint16Array
    cursors: Int64Array
