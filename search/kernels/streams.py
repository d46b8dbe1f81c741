"""What the scoring kernels (`search.kernels.score`) take and write to: values, no loops.

Numba knows a tuple by its class and by the kinds of its fields, not by their names, and looks for
newer code in the kernels' own module alone: who changes fields here has to save that module too.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.compiled import Int

Places = NDArray[np.int64]
Floats = NDArray[np.float32]


class Postings(NamedTuple):
    """What all terms of a segment share; see `index.segments.segment`.

    Attributes:
        norms: by row of lengths and byte of a length.
        saturations: tf / (tf + norm), by row of lengths, frequency and byte of a length.
    """

    docs: NDArray[np.uint16]
    frequencies: NDArray[np.uint8]
    large: Places
    large_values: NDArray[np.uint32]
    lengths: NDArray[np.uint8]
    norms: Floats
    saturations: Floats


class Streams(NamedTuple):
    """The streams of a query, clause after clause.

    Attributes:
        starts, stops: the slice of each, of the postings or of `docs`.
        weights: weight times idf.
        rows: the row of lengths and norms, or `CONSTANT` or `LISTED`.
        clauses: the clause of each: 0 and up must match; `must_count` may; one more must not.
        must_count: how many clauses must match: one at least.
        docs, scores: the lists made for this query, end to end; the docs of each in order.
    """

    starts: Places
    stops: Places
    weights: NDArray[np.float64]
    rows: Places
    clauses: Places
    must_count: int
    docs: NDArray[np.uint16]
    scores: Floats


class Span(NamedTuple):
    """The part of a stream in a window, and the window's first document."""

    first: Int
    start: Int
    stop: Int


class Window(NamedTuple):
    """Room for what is known of the documents of a window, told by their slots.

    Attributes:
        sums: the score of each so far; 0 at first, and left so. Of 64 bits, rounded to 32 when all
            are added: so equal texts score the same in every segment, whatever the order of the
            clauses, and whether two words are one stream there or two.
        states: how many clauses each matches so far; 0 at first, and left so.
        touched: the slots that match the first clause; one longer, as all lists that are written to
            before it is known whether the entry counts.
        slots, scores, kept: of a stream's postings in the window, the slot and the score of each,
            and which of them count.
        cursors: by stream, where it goes on; there is one for each stream.
    """

    sums: NDArray[np.float64]
    states: NDArray[np.uint16]
    touched: NDArray[np.uint16]
    slots: NDArray[np.uint16]
    scores: NDArray[np.float64]
    kept: NDArray[np.uint16]
    cursors: Places
