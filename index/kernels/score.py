"""Kernels from postings to matches: documents and scores.

A query is a list of clauses, each fed by streams. A stream is a slice of the segment's postings, or
of a list made for the query (a phrase's documents, a prefix's); a document matches a clause when
any of its streams has it, and scores the sum. Documents are taken in windows of `WINDOW`, whose
sums stay in the nearest caches.

A score is weight * tf / (tf + norm): see `search.ranking`; the norm of a length is in a table.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.kernels.compiled import Float, Int, compiled, inlined

WINDOW = 4096
"""Documents whose sums (8 bytes) and states (2 bytes) stay in the two nearest caches."""

SPARSE = 16
"""A stream is searched for each candidate, not walked, where it has this many times as many."""

CONSTANT, LISTED = -1, -2
"""Rows of lengths that are none: each posting scores the weight; the stream is a list's."""

FREQUENCY_MOST = 255  # as in index.kernels.postings

Places = NDArray[np.int64]
Floats = NDArray[np.float32]
Docs = NDArray[np.uint16]


class Postings(NamedTuple):
    """What all terms of a segment share; see `index.columnar.segment`."""

    docs: NDArray[np.uint16]
    frequencies: NDArray[np.uint8]
    large: Places
    large_values: NDArray[np.uint32]
    lengths: NDArray[np.uint8]
    norms: Floats
    live: NDArray[np.uint8]


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
    weights: Floats
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
    """Room for what is known of the documents of a window.

    Attributes:
        sums: the score of each so far; 0 at first, and left so. Of 64 bits, so that sums of scores
            of 32 are exact, and equal whatever the order of the clauses.
        states: how many clauses each matches so far; 0 at first, and left so.
        touched: the documents that match the first clause.
        cursors: by stream, where it goes on; there is one for each stream.
    """

    sums: NDArray[np.float64]
    states: NDArray[np.uint16]
    touched: NDArray[np.uint16]
    cursors: Places


def new_window(cursors: Places) -> Window:
    """Return an empty window for streams that begin at these places."""
    return Window(
        np.zeros(WINDOW, np.float64),
        np.zeros(WINDOW, np.uint16),
        np.empty(WINDOW, np.uint16),
        cursors.copy(),
    )


@compiled
def _large_frequency(postings: Postings, posting: Int) -> Int:
    """Return a frequency that is listed apart: rarely asked for, so it is not inlined."""
    return np.int64(postings.large_values[np.searchsorted(postings.large, posting)])


@inlined
def _score(postings: Postings, posting: Int, doc: Int, row: Int, weight: Float) -> Float:
    if row == CONSTANT:
        return weight
    frequency = np.float32(postings.frequencies[posting])
    if frequency == FREQUENCY_MOST:
        frequency = np.float32(_large_frequency(postings, posting))
    norm = postings.norms[row, postings.lengths[row, doc]]
    score: Float = weight * (frequency / (frequency + norm))
    return score


@compiled
def list_term(
    postings: Postings, start: int, stop: int, weight: float, row: int, docs: Docs, scores: Floats
) -> None:
    """List the documents of one term, in order, with scores."""
    factor = np.float32(weight)
    for posting in range(start, stop):
        doc = np.int64(postings.docs[posting])
        docs[posting - start] = doc
        scores[posting - start] = _score(postings, posting, doc, row, factor)


@compiled
def _advance(docs: NDArray[np.uint16], start: Int, stop: Int, target: Int) -> Int:
    """Return the first place from `start` on whose document is not before the target."""
    if start >= stop or docs[start] >= target:
        return start
    step, low = 1, start
    while low + step < stop and docs[low + step] < target:
        low += step
        step *= 2
    high = min(low + step, stop)
    while low < high:
        middle = (low + high) // 2
        if docs[middle] < target:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _walk_first(
    postings: Postings, streams: Streams, window: Window, stream: Int, span: Span, touched: Int
) -> Int:
    """Take all postings of a stream of the first clause; return how many documents are touched."""
    row, weight = streams.rows[stream], streams.weights[stream]
    for place in range(span.start, span.stop):
        if row == LISTED:
            doc, score = np.int64(streams.docs[place]), streams.scores[place]
        else:
            doc = np.int64(postings.docs[place])
            score = _score(postings, place, doc, row, weight)
        slot = doc - span.first
        if window.states[slot] == 0:
            window.states[slot] = 1
            window.touched[touched] = slot
            touched += 1
        window.sums[slot] += score
    return touched


@inlined
def _take(
    postings: Postings,
    streams: Streams,
    window: Window,
    stream: Int,
    place: Int,
    slot: Int,
    doc: Int,
) -> None:
    """Let a posting act on the state of a document that was touched before."""
    clause, state = streams.clauses[stream], window.states[slot]
    if clause > streams.must_count:
        window.states[slot] = streams.must_count + 1
        return
    if state != clause:
        if state != clause + 1 or clause == streams.must_count:
            return
    elif clause < streams.must_count:
        window.states[slot] = clause + 1
    row = streams.rows[stream]
    if row == LISTED:
        window.sums[slot] += streams.scores[place]
    else:
        window.sums[slot] += _score(postings, place, doc, row, streams.weights[stream])


@compiled
def _walk(postings: Postings, streams: Streams, window: Window, stream: Int, span: Span) -> None:
    """Take every posting of a stream of a later clause."""
    is_listed = streams.rows[stream] == LISTED
    for place in range(span.start, span.stop):
        doc = np.int64(streams.docs[place]) if is_listed else np.int64(postings.docs[place])
        if window.states[doc - span.first]:
            _take(postings, streams, window, stream, place, doc - span.first, doc)


@compiled
def _search(
    postings: Postings, streams: Streams, window: Window, stream: Int, span: Span, touched: Int
) -> None:
    """Look for each touched document in a stream that is much longer than their list."""
    docs = streams.docs if streams.rows[stream] == LISTED else postings.docs
    for number in range(touched):
        slot = np.int64(window.touched[number])
        doc = span.first + slot
        low, high = span.start, span.stop
        while low < high:
            middle = (low + high) // 2
            if docs[middle] < doc:
                low = middle + 1
            else:
                high = middle
        if low < span.stop and docs[low] == doc:
            _take(postings, streams, window, stream, low, slot, doc)


@compiled
def _fill(postings: Postings, streams: Streams, window: Window, first: Int) -> Int:
    """Run all streams over the window from document `first` on; return the number touched."""
    touched: Int = 0
    for stream in range(len(window.cursors)):
        if streams.clauses[stream] and not touched:
            break  # nothing can match any more; the cursors catch up in a later window
        docs = streams.docs if streams.rows[stream] == LISTED else postings.docs
        stop = streams.stops[stream]
        start = _advance(docs, window.cursors[stream], stop, first)
        span = Span(first, start, _advance(docs, start, stop, first + WINDOW))
        window.cursors[stream] = span.stop
        if streams.clauses[stream] == 0:
            touched = _walk_first(postings, streams, window, stream, span, touched)
        elif span.stop - span.start > SPARSE * touched:
            _search(postings, streams, window, stream, span, touched)
        else:
            _walk(postings, streams, window, stream, span)
    return touched


@compiled
def _list_touched(
    streams: Streams,
    window: Window,
    first: Int,
    touched: Int,
    docs: Docs,
    scores: Floats,
    count: Int,
) -> Int:
    """List what matches in a window, as it was touched, and leave the window empty."""
    for number in range(touched):
        slot = np.int64(window.touched[number])
        if window.states[slot] == streams.must_count:
            docs[count], scores[count] = first + slot, window.sums[slot]
            count += 1
        window.states[slot] = 0
        window.sums[slot] = 0
    return count


@compiled
def list_streams(
    postings: Postings,
    streams: Streams,
    doc_count: int,
    window: Window,
    docs: Docs,
    scores: Floats,
) -> Int:
    """List the documents that match all clauses that must, and none that must not, with scores.

    Deleted ones are among them. Those of a window come as they were touched. Returns how many
    there are.
    """
    count: Int = 0
    for first in range(0, doc_count, WINDOW):
        touched = _fill(postings, streams, window, first)
        count = _list_touched(streams, window, first, touched, docs, scores, count)
    return count
