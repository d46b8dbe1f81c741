"""Kernels from postings to matches: documents and scores.

A query is a list of clauses, each fed by streams. A stream is a slice of the segment's postings, or
of a list made for the query (a phrase's documents, a prefix's); a document matches a clause when
any of its streams has it, and scores the sum. Documents are taken in windows of `WINDOW`, whose
sums stay in the nearest caches.

A score is weight * tf / (tf + norm): see `search.ranking`. What follows weight is in a table for
small tf, by the byte of the length; else the norm is.
"""

import numpy as np
from numpy.typing import NDArray

from index.compiled import Float, Int, compiled, inlined
from search.kernels.streams import Floats, Postings, Span, Streams, Window

WINDOW = 4096
"""Documents whose sums (8 bytes) and states (2 bytes) stay in the two nearest caches."""

SPARSE = 32
"""A stream is searched for each candidate, not walked, where it has this many times as many."""

CONSTANT, LISTED = -1, -2
"""Rows of lengths that are none: each posting scores the weight; the stream is a list's."""

FREQUENCY_MOST = 255  # as in index.segments.kernels.postings

KNOWN_FREQUENCIES = 16
"""Frequencies whose tf / (tf + norm) is looked up by the byte of the length: a processor loads
several numbers in the time of one division."""

Docs = NDArray[np.uint16]
Scores = NDArray[np.float32] | NDArray[np.float64]


@compiled
def _large_frequency(postings: Postings, posting: Int) -> Int:
    """Return a frequency that is listed apart: rarely asked for, so it is not inlined."""
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
def _load_slots(docs: NDArray[np.uint16], first: Int, slots: NDArray[np.uint16]) -> None:
    """Write the slot of each document of a window that begins with document `first`."""
    for number in range(len(docs)):
        slots[number] = docs[number] - np.uint16(first)


@compiled
def _score_all(
    postings: Postings, start: Int, row: Int, weight: Float, docs: Docs, first: Int, scores: Scores
) -> None:
    """Write the scores of postings that follow each other; documents are told from `first` on."""
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
    postings: Postings, start: int, stop: int, weight: float, row: int, docs: Docs, scores: Floats
) -> None:
    """List the documents of one term, in order, with scores."""
    _load_slots(postings.docs[start:stop], 0, docs)
    if row == CONSTANT:
        for number in range(len(scores)):
            scores[number] = weight
    else:
        _score_all(postings, start, row, weight, docs, 0, scores)


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
def _score_one(
    postings: Postings, streams: Streams, stream: Int, span: Span, place: Int, slot: Int
) -> Float:
    row = streams.rows[stream]
    if row == LISTED:
        listed: Float = np.float64(streams.scores[place])
        return listed
    return _score(postings, place, span.first + slot, row, streams.weights[stream])


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
    _score_all(postings, span.start, row, weight, slots, span.first, window.scores)


@compiled
def _touch(window: Window, count: Int, touched: Int) -> Int:
    """Take all postings of a stream of the first clause; return how many slots are touched.

    Nothing is asked that a processor would have to guess: a wrong guess costs more than all of it.
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
def _keep(window: Window, count: Int, least: Int, most: Int) -> Int:
    """List the postings whose documents are in one of two states; return how many."""
    slots, states, list_of_kept = window.slots[:count], window.states, window.kept
    kept: Int = 0
    for number in range(len(slots)):
        state = states[slots[number]]
        list_of_kept[np.uint64(kept)] = number
        kept += (state == least) | (state == most)
    return kept


@compiled
def _walk(postings: Postings, streams: Streams, window: Window, stream: Int, span: Span) -> None:
    """Take the postings of a stream of a later clause, of documents that match all before it."""
    clause, state = streams.clauses[stream], streams.clauses[stream]
    if clause < streams.must_count:
        state = clause + 1
    for number in range(_keep(window, span.stop - span.start, clause, state)):
        place = np.int64(window.kept[number])
        slot = np.int64(window.slots[place])
        window.states[slot] = state
        window.sums[slot] += _score_one(postings, streams, stream, span, span.start + place, slot)


@compiled
def _strike(window: Window, count: Int, struck: Int) -> None:
    """Let the postings of a stream that must not match put their documents out."""
    for number in range(count):
        slot = np.int64(window.slots[number])
        window.states[slot] = struck if window.states[slot] else 0


@compiled
def _search(
    postings: Postings, streams: Streams, window: Window, stream: Int, span: Span, touched: Int
) -> None:
    """Look for each touched document in a stream that is much longer than their list."""
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
        if clause > streams.must_count:
            window.states[slot] = clause
        elif state == clause or state == clause + (clause < streams.must_count):
            window.states[slot] = clause + (clause < streams.must_count)
            window.sums[slot] += _score_one(
                postings, streams, stream, span, span.start + low, np.int64(slot)
            )


@compiled
def _take(
    postings: Postings, streams: Streams, window: Window, stream: Int, span: Span, touched: Int
) -> Int:
    """Run a stream over its span of the window; return the number touched."""
    count = span.stop - span.start
    if streams.clauses[stream] == 0:
        _load_scores(postings, streams, window, stream, span)
        return _touch(window, count, touched)
    if count > SPARSE * touched:
        _search(postings, streams, window, stream, span, touched)
    elif streams.clauses[stream] > streams.must_count:
        _strike(window, count, streams.clauses[stream])
    else:
        _walk(postings, streams, window, stream, span)
    return touched


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
        if span.start < span.stop:
            _load_slots(docs[span.start : span.stop], first, window.slots)
            touched = _take(postings, streams, window, stream, span, touched)
    return touched


@compiled
def _list_touched(
    window: Window,
    first: Int,
    touched: Int,
    wanted: Int,
    docs: Docs,
    scores: Floats,
    count: Int,
) -> Int:
    """List what is in the wanted state, as it was touched, and leave the window empty."""
    slots, states, sums = window.touched[:touched], window.states, window.sums
    for number in range(len(slots)):
        slot, place = slots[number], np.uint64(count)
        docs[place], scores[place] = np.uint16(first) + slot, sums[slot]
        count += states[slot] == wanted
        states[slot] = 0
        sums[slot] = 0
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

    Deleted ones are among them. Those of a window come as they were touched. `docs` and `scores`
    have room for one more than there can be. Returns how many there are.
    """
    count: Int = 0
    for first in range(0, doc_count, WINDOW):
        touched = _fill(postings, streams, window, first)
        count = _list_touched(window, first, touched, streams.must_count, docs, scores, count)
    return count
