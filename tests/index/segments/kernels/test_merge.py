"""The kernels that merge segments against lists that are concatenated."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.segments.kernels.merge import (
    SourceTerms,
    add_lengths,
    count_merged,
    merge_positions,
    merge_postings,
)
from tests.index.segments.kernels.plain_postings import DOCS_MOST, Posting, some_segment, to_arrays

Source = tuple[list[list[Posting]], list[int], set[int]]
"""The postings of a segment's terms, what the terms become, and the deleted documents."""

MERGED_TERMS = 6
some_sources = st.lists(
    st.tuples(
        some_segment,
        st.permutations(range(MERGED_TERMS)),
        st.sets(st.integers(0, DOCS_MOST - 1), max_size=80),
    ),
    min_size=1,
    max_size=3,
)


def doc_maps(sources: list[Source]) -> list[list[int]]:
    """Return the new number of each document of each segment; -1 for a deleted one."""
    maps, next_doc = [], 0
    for _, _, deleted in sources:
        kept = [doc for doc in range(DOCS_MOST) if doc not in deleted]
        new = {doc: next_doc + number for number, doc in enumerate(kept)}
        maps.append([new.get(doc, -1) for doc in range(DOCS_MOST)])
        next_doc += len(kept)
    return maps


@settings(max_examples=120, deadline=None)
@given(sources=some_sources)
def test_segments_are_merged_as_their_lists_are_joined(sources: list[Source]) -> None:
    """Documents, frequencies and positions, without the deleted documents."""
    merged: list[list[Posting]] = [[] for _ in range(MERGED_TERMS)]
    parts = []
    for (segment, ranks, _), doc_map in zip(sources, doc_maps(sources), strict=True):
        for postings, rank in zip(segment, ranks, strict=False):
            merged[rank] += [(doc_map[doc], p) for doc, p in postings if doc_map[doc] >= 0]
        arrays = to_arrays(segment)
        terms = SourceTerms(
            np.array(ranks[: len(segment)], np.uint32),
            arrays.starts[:-1],
            arrays.starts[1:],
            np.array(doc_map, np.int32),
        )
        parts.append((arrays, terms))
    expected = to_arrays(merged)

    counts = np.zeros(MERGED_TERMS, np.int64)
    for arrays, terms in parts:
        count_merged(arrays.docs, terms, counts)
    assert counts.tolist() == list(map(len, merged))

    cursors = counts.cumsum() - counts
    docs, frequencies = np.zeros_like(expected.docs), np.zeros_like(expected.frequencies)
    for arrays, terms in parts:
        merge_postings(arrays.docs, arrays.frequencies, terms, cursors, docs, frequencies)
    assert docs.tolist() == expected.docs.tolist()
    assert frequencies.tolist() == expected.frequencies.tolist()
    assert cursors.tolist() == counts.cumsum().tolist()

    tokens = np.array([sum(len(p) for _, p in term) for term in merged], np.int64)
    token_cursors, positions = tokens.cumsum() - tokens, np.zeros_like(expected.positions)
    for arrays, terms in parts:
        merge_positions(
            arrays.positions, arrays.docs, arrays.frequencies, terms, token_cursors, positions
        )
    assert positions.tolist() == expected.positions.tolist()
    assert token_cursors.tolist() == tokens.cumsum().tolist()


@settings(max_examples=60, deadline=None)
@given(segment=some_segment)
def test_lengths_are_sums_of_frequencies(segment: list[list[Posting]]) -> None:
    """Of all terms of a document, added to what is there."""
    arrays, lengths = to_arrays(segment), np.ones(DOCS_MOST, np.int32)
    add_lengths(arrays.docs, arrays.frequencies, lengths)
    expected = [1] * DOCS_MOST
    for postings in segment:
        for doc, positions in postings:
            expected[doc] += len(positions)
    assert lengths.tolist() == expected
