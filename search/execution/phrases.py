"""Phrases and near words: the documents of a segment in which words stand together.

Words are near where a window holds all of them, each as often as it is asked for, in any order,
with a bounded number of other words among them: as Lucene's `unordered` intervals.
"""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from index.arrays import BoolArray, Int64Array, Uint16Array
from search.execution.clauses import DocList, Stream
from search.execution.segment_view import SegmentView
from search.kernels.near import find_near, new_near_buffers
from search.kernels.phrase import find_phrase, list_spans, new_buffers

SPANS_MOST = 1 << 14
"""Words of documents, 16 bytes each, that are looked at together for being near."""


def phrase_in(view: SegmentView, words: Sequence[Stream], check: Callable[[], None]) -> DocList:
    """Return the documents in which words stand side by side, in order, and how often they do.

    `check` is called now and then; what it raises ends the work.
    """
    starts, stops, lead, most = _slices(words)
    docs, frequencies = np.empty(most, np.uint16), np.empty(most, np.float32)
    buffers, count = new_buffers(view.positions, starts), 0
    while True:
        count = find_phrase(view.positions, stops, lead, buffers, count, docs, frequencies)
        if buffers.missing[0]:
            buffers = buffers._replace(firsts=np.empty(2 * int(buffers.missing[0]), np.int64))
        elif buffers.left[0] > 0:
            return DocList(docs[:count], frequencies[:count])
        check()


def near_in(
    view: SegmentView, words: Sequence[Stream], reach: int, check: Callable[[], None]
) -> Uint16Array:
    """Return the documents in which words stand near each other, in order.

    Args:
        view: the segment.
        words: their postings; a word that is asked for twice is there twice.
        reach: how many other words may stand among them.
        check: called now and then; what it raises ends the work.
    """
    needs = Counter(words)
    starts, stops, lead, most = _slices(list(needs))
    needed, width = np.array(list(needs.values()), np.int64), reach + len(words)
    room = max(1, min(most, SPANS_MOST // len(needs)))
    docs, spans = np.empty(room, np.uint16), np.empty((room, len(needs), 2), np.int64)
    buffers, found, count = new_buffers(view.positions, starts), [], room
    while count == room:
        count, buffers.left[0] = 0, 0
        while count < room and buffers.left[0] <= 0:
            check()
            count = list_spans(view.positions, stops, lead, buffers, count, docs, spans)
        is_near = _are_near(view, spans[:count], needed, width, check)
        found.append(docs[:count][is_near])
    return np.concatenate(found)


def _are_near(
    view: SegmentView, spans: Int64Array, needed: Int64Array, width: int, check: Callable[[], None]
) -> BoolArray:
    """Return for each document that has all words whether they stand near each other in it."""
    is_near, buffers = np.zeros(len(spans), np.bool_), new_near_buffers(len(needed))
    doc = 0
    while doc < len(spans):
        check()
        doc = find_near(view.positions, spans, needed, width, doc, buffers, is_near)
    return is_near


def _slices(words: Sequence[Stream]) -> tuple[Int64Array, Int64Array, int, int]:
    """Return where words' postings begin and end; which word is the rarest; its postings."""
    slices = np.array([(word.start, word.stop) for word in words], np.int64)
    starts, stops = slices[:, 0].copy(), slices[:, 1].copy()
    lead = int((stops - starts).argmin())
    return starts, stops, lead, int(stops[lead] - starts[lead])
