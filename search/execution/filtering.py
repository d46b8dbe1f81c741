"""Filters as the kernels take them: a byte a document, a bit a filter that it fails."""

import numpy as np
from numpy.typing import NDArray

from search.execution.snapshot import SegmentView
from search.kernels.filters import mark_failing
from search.matches import NUMBER_BIT, Filters


def failing_filters(filters: Filters, view: SegmentView) -> NDArray[np.uint8]:
    """Return which filters each document of a segment fails, a bit each."""
    failing = np.full(view.segment.doc_count, sum(1 << bit for bit in filters.allow), np.uint8)
    for bit, ordinals in filters.allow.items():
        for ordinal in ordinals:
            mark_failing(failing, view.docs_with(ordinal), np.uint8(~(1 << bit) & 255), np.uint8(0))
    for bit, ordinals in filters.deny.items():
        for ordinal in ordinals:
            mark_failing(failing, view.docs_with(ordinal), np.uint8(255), np.uint8(1 << bit))
    if filters.number:
        name, low, high = filters.number
        numbers = view.segment.number(name)
        failing[(numbers < low) | (numbers > high)] |= 1 << NUMBER_BIT
    return failing
