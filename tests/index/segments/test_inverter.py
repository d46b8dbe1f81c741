"""Inverting documents, against postings that are collected in dictionaries."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.segments.inverter import TokenStream, invert

TERMS = 6
documents = st.lists(st.lists(st.integers(0, TERMS - 1), max_size=8), max_size=8)


def streams_of(archive: list[list[int]], ranks: list[list[int]], size: int) -> list[TokenStream]:
    """Return documents, some at a time, in lanes that number the terms in ways of their own."""
    streams = []
    for number, first in enumerate(range(0, len(archive), size)):
        lane = number % len(ranks)
        batch = archive[first : first + size]
        tokens = [ranks[lane].index(rank) for words in batch for rank in words]
        positions = [7 * position for words in batch for position in range(len(words))]
        streams.append(
            TokenStream(
                first,
                np.array([len(words) for words in batch], np.int32),
                np.array(tokens, np.uint32),
                np.array(positions, np.uint32),
                lane,
            )
        )
    return streams


@pytest.mark.parametrize("with_positions", [False, True])
@settings(max_examples=100, deadline=None)
@given(archive=documents, size=st.integers(1, 4), ranks=st.permutations(range(TERMS)))
def test_postings_are_those_of_a_loop(
    archive: list[list[int]],
    size: int,
    ranks: list[int],
    with_positions: bool,  # noqa: FBT001 - a case
) -> None:
    """Term after term, each with its documents in order; positions are kept or not."""
    lanes = [list(range(TERMS)), ranks]
    streams = streams_of(archive, lanes, size)
    lane_ranks = [np.array(lane, np.uint32) for lane in lanes]
    postings = invert(streams, lane_ranks, TERMS, with_positions=with_positions)
    counts = [Counter(words) for words in archive]
    used = sorted({rank for words in archive for rank in words})
    having = [(rank, doc) for rank in used for doc, count in enumerate(counts) if rank in count]
    assert postings.ranks.tolist() == used
    assert postings.doc_counts.tolist() == [sum(rank in c for c in counts) for rank in used]
    assert postings.docs.tolist() == [doc for _, doc in having]
    assert postings.frequencies.tolist() == [counts[doc][rank] for rank, doc in having]
    expected = [7 * n for rank, doc in having for n, r in enumerate(archive[doc]) if r == rank]
    assert postings.positions.tolist() == (expected if with_positions else [])
