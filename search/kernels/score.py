"""BM25 scoring: from the clauses of a query to its matches and their scores.

A query is a list of clauses, each fed by streams. A stream is a slice of the segment's postings, or
of a list made for the query (the documents of a phrase or a prefix). A document matches a clause
when any of its streams has it, and scores the sum. Documents are taken in windows of `WINDOW`, so
that their sums stay in the nearest caches.

A score is weight * tf / (tf + norm) (see `search.ranking`). For small tf, a table has the fraction
by the byte of the length; for others, a table has the norm.
"""

import numpy as np

from index.arrays import Float32Array, Float64Array, Uint16Array
from index.compiled import Float, Int, compiled, inlined
from index.segments.kernels.postings import FREQUENCY_MOST
from search.kernels.phrase import advance
from search.kernels.streams import Postings, Span, Streams, Window

WINDOW = 4096
"""Documents whose sums (8 bytes) and states (2 bytes) stay in the two nearest caches."""

SPARSE = 32
"""A stream with so many times as many postings as there are candidates is searched for each
candidate, not walked."""

CONSTANT, LISTED = -1, -2
"""Instead of a row of lengths: each posting scores the weight; the stream is a list."""

KNOWN_FREQUENCIES = 16
"""Frequencies whose tf / (tf + norm) is looked up by the byte of the length: a processor loads
several numbers in the time of one division."""

Scores = Float32Array | Float64Array


@compiled
def _large_frequency(postings: Postings, posting: Int) -> Int:
    """Return a frequency that is listed apart; it is rarely needed, so it is not inlined."""
    return np.int64(postings.large_values[np.searchsorted(postings.large, posting)])


@inlined
def _score(postings: Postings, posting: Int, doc: Int, row: Int, weight: Float) -> Float:
    if row == CONSTANT:
        return weight
    frequency = np.int64(postings.frequencies[posting])
    length = np.int64(postings.lengths[row, doc])
    if frequency < KNOWN_FREQUENCIES:
        known: Float = weight * postings.saturations[row, frequency, length]
        return known
    if frequency == FREQUENCY_MOST:
        frequency = np.int64(_large_frequency(postings, posting))
    norm = postings.norms[row, length]
    saturation = np.float32(frequency) / (np.float32(frequency) + norm)
    score: Float = weight * saturation
    return score


@compiled
def _load_slots(docs: Uint16Array, first: Int, slots: Uint16Array) -> None:
    """Write the slot of each document of a window that begins with document `first`."""
    for number in range(len(docs)):
        slots[number] = docs[number] - np.uint16(first)


@compiled
def _score_postings(
    postings: Postings,
    start: Int,
    row: Int,
    weight: Float,
    docs: Uint16Array,
    first: Int,
    scores: Scores,
) -> None:
    """Write the scores of consecutive postings; document numbers count from `first`."""
    frequencies = postings.frequencies[start : start + len(docs)]
    lengths, saturations = postings.lengths[row, first:], postings.saturations[row]
    for number in range(len(docs)):
        frequency, slot = frequencies[number], docs[number]
        if frequency < KNOWN_FREQUENCIES:
            scores[number] = weight * saturations[frequency, lengths[slot]]
        else:
            doc = first + np.int64(slot)
            scores[number] = _score(postings, start + number, doc, row, weight)


@compiled
def list_term(
    postings: Postings,
    start: int,
    stop: int,
    weight: float,
    row: int,
    docs: Uint16Array,
    scores: Float32Array,
) -> None:
    """List the documents of one term, in order, with scores."""
    _load_slots(postings.docs[start:stop], 0, docs)
    if row == CONSTANT:
        for number in range(len(scores)):
            scores[number] = weight
    else:
        _score_postings(postings, start, row, weight, docs, 0, scores)


@compiled
def _score_stream_posting(
    postings: Postings, streams: Streams, stream: Int, span: Span, posting: Int, slot: Int
) -> Float:
    row = streams.rows[stream]
    if row == LISTED:
        listed: Float = np.float64(streams.scores[posting])
        return listed
    return _score(postings, posting, span.first + slot, row, streams.weights[stream])


@compiled
def _load_scores(
    postings: Postings, streams: Streams, window: Window, stream: Int, span: Span
) -> None:
    """Write the score of each posting of a span."""
    row, weight, count = streams.rows[stream], streams.weights[stream], span.stop - span.start
    if row < 0:
        listed = streams.scores[span.start : span.stop]
        for number in range(count):
            window.scores[number] = weight if row == CONSTANT else listed[number]
        return
    slots = window.slots[:count]
    _score_postings(postings, span.start, row, weight, slots, span.first, window.scores)


@compiled
def _score_first_clause(window: Window, count: Int, touched: Int) -> Int:
    """Add the scores of a stream of the first clause; return how many slots are touched.

    The loop has no branch that a processor could guess wrong: one wrong guess costs more than it.
    """
    slots, scores, states = window.slots[:count], window.scores, window.states
    sums, list_of_touched = window.sums, window.touched
    for number in range(len(slots)):
        slot = slots[number]
        list_of_touched[np.uint64(touched)] = slot
        touched += states[slot] == 0
        states[slot] = 1
        sums[slot] += scores[number]
    return touched


@compiled
def _list_in_states(window: Window, count: Int, least: Int, most: Int) -> Int:
    """List the postings whose documents are in one of two states; return how many there are."""
    slots, states, list_of_kept = window.slots[:count], window.states, window.kept
    kept: Int = 0
    for number in range(len(slots)):
        state = states[slots[number]]
        list_of_kept[np.uint64(kept)] = number
        kept += (state == least) | (state == most)
    return kept


@compiled
def _score_later_clause(
    postings: Postings, streams: Streams, window: Window, stream: Int, span: Span
) -> None:
    """Add the scores of a stream of a later clause to documents that match all clauses before."""
    clause = streams.clauses[stream]
    state = clause + 1
    for number in range(_list_in_states(window, span.stop - span.start, clause, state)):
        kept = np.int64(window.kept[number])
        slot = np.int64(window.slots[kept])
        window.states[slot] = state
        window.sums[slot] += _score_stream_posting(
            postings, streams, stream, span, span.start + kept, slot
        )


@compiled
def _exclude(window: Window, count: Int, excluded: Int) -> None:
    """Exclude the documents of a stream that must not match."""
    for number in range(count):
        slot = np.int64(window.slots[number])
        window.states[slot] = excluded if window.states[slot] else 0


@compiled
def _search_postings(
    postings: Postings, streams: Streams, window: Window, stream: Int, span: Span, touched: Int
) -> None:
    """Find each touched document in a much longer stream, by binary search."""
    clause, last = streams.clauses[stream], span.stop - span.start
    for number in range(touched):
        slot = window.touched[number]
        low: Int = 0
        size: Int = last
        while size > 1:
            half = size // 2
            low += half if window.slots[low + half] <= slot else 0
            size -= half
        if window.slots[low] != slot:
            continue
        state = np.int64(window.states[slot])
        if clause == streams.must_count:
            window.states[slot] = clause + 1
        elif state == clause or state == clause + 1:
            window.states[slot] = clause + 1
            window.sums[slot] += _score_stream_posting(
                postings, streams, stream, span, span.start + low, np.int64(slot)
            )


@compiled
def _run_stream(
    postings: Postings, streams: Streams, window: Window, stream: Int, span: Span, touched: Int
) -> Int:
    """Run a stream over its span of the window; return the number touched."""
    count = span.stop - span.start
    if streams.clauses[stream] == 0:
        _load_scores(postings, streams, window, stream, span)
        return _score_first_clause(window, count, touched)
    if count > SPARSE * touched:
        _search_postings(postings, streams, window, stream, span, touched)
    elif streams.clauses[stream] == streams.must_count:
        _exclude(window, count, streams.must_count + 1)
    else:
        _score_later_clause(postings, streams, window, stream, span)
    return touched


@compiled
def _run_window(postings: Postings, streams: Streams, window: Window, first: Int) -> Int:
    """Score a window: run all streams over its documents; return the number touched."""
    touched: Int = 0
    for stream in range(len(window.cursors)):
        if streams.clauses[stream] and not touched:
            break  # nothing can match any more; the cursors catch up in a later window
        docs = streams.docs if streams.rows[stream] == LISTED else postings.docs
        stop = streams.stops[stream]
        start = advance(docs, window.cursors[stream], stop, first)
        span = Span(first, start, advance(docs, start, stop, first + WINDOW))
        window.cursors[stream] = span.stop
        if span.start < span.stop:
            _load_slots(docs[span.start : span.stop], first, window.slots)
            touched = _run_stream(postings, streams, window, stream, span, touched)
    return touched


@compiled
def _list_matches(
    window: Window,
    first: Int,
    touched: Int,
    last_state: Int,
    docs: Uint16Array,
    scores: Float32Array,
    count: Int,
) -> Int:
    """List the documents that match every clause, in the order of touching; clear the window."""
    slots, states, sums = window.touched[:touched], window.states, window.sums
    for number in range(len(slots)):
        slot, entry = slots[number], np.uint64(count)
        docs[entry], scores[entry] = np.uint16(first) + slot, sums[slot]
        count += states[slot] == last_state
        states[slot] = 0
        sums[slot] = 0
    return count


@compiled
def list_streams(
    postings: Postings,
    streams: Streams,
    doc_count: int,
    window: Window,
    docs: Uint16Array,
    scores: Float32Array,
) -> Int:
    """List the documents that match every clause that must match, and no stream that must not.

    Deleted documents are among them. Those of a window come in the order of touching.

    Args:
        postings: those of the segment.
        streams: the clauses.
        doc_count: the documents of the segment.
        window: an empty window.
        docs: gets the matches; it needs one spare entry at the end.
        scores: gets their scores; it is as long.

    Returns:
        How many matches there are.
    """
    count: Int = 0
    for first in range(0, doc_count, WINDOW):
        touched = _run_window(postings, streams, window, first)
        count = _list_matches(window, first, touched, streams.must_count, docs, scores, count)
    return count
