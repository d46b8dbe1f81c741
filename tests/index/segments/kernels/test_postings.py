"""The kernels for postings against dictionaries and sorted lists."""

from collections import defaultdict
from itertools import accumulate, pairwise

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.segments.kernels.postings import (
    BLOCK_DOCS,
    FREQUENCY_MOST,
    FormSums,
    count_tokens,
    invert_entries,
    mark_terms,
    merge_forms,
    pack_frequencies,
    write_postings,
)
from tests.index.segments.kernels.plain_postings import (
    DOCS_MOST,
    Posting,
    some_segment,
    summed,
    to_arrays,
)

TERMS = 5
some_texts = st.lists(st.lists(st.integers(0, TERMS - 1), max_size=9), max_size=12)
"""Documents as the numbers of their terms."""


@settings(max_examples=150, deadline=None)
@given(
    texts=some_texts,
    ranks=st.permutations(range(TERMS)),
    cut=st.integers(0, 12),
    with_positions=st.booleans(),
)
def test_tokens_are_inverted_batch_by_batch(
    texts: list[list[int]], ranks: list[int], cut: int, *, with_positions: bool
) -> None:
    """Each term, at its rank, has its documents with the positions of its tokens."""
    ordered = _inverted(texts, ranks)
    rank_of = np.array(ranks, np.uint32)
    batches = [(0, texts[:cut]), (min(cut, len(texts)), texts[cut:])]
    last_docs = np.full(TERMS, -1, np.int32)
    doc_counts, token_counts = np.zeros(TERMS, np.int64), np.zeros(TERMS, np.int64)
    for first, batch in batches:
        tokens, counts, _ = _batch(batch)
        count_tokens(tokens, rank_of, counts, first, last_docs, doc_counts, token_counts)
    assert doc_counts.tolist() == [len(by_doc) for by_doc in ordered]
    assert token_counts.tolist() == [sum(map(len, by_doc.values())) for by_doc in ordered]

    total = int(doc_counts.sum())
    docs, frequencies = np.zeros(total + 1, np.uint16), np.zeros(total + 1, np.uint32)
    written = np.zeros(token_counts.sum() if with_positions else 0, np.uint32)
    cursors, token_cursors = doc_counts.cumsum() - doc_counts, token_counts.cumsum() - token_counts
    for first, batch in batches:
        tokens, counts, positions = _batch(batch)
        write_postings(
            tokens, rank_of, counts, first, cursors, docs, frequencies, positions,
            token_cursors, written,
        )  # fmt: skip
    expected = [(doc, places) for by_doc in ordered for doc, places in by_doc.items()]
    assert docs[:total].tolist() == [doc for doc, _ in expected]
    assert frequencies[:total].tolist() == [len(places) for _, places in expected]
    if with_positions:
        assert written.tolist() == [place for _, places in expected for place in places]


def _inverted(texts: list[list[int]], ranks: list[int]) -> list[dict[int, list[int]]]:
    """Return the positions of each term by document, in the order of ranks."""
    postings: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for doc, text in enumerate(texts):
        for position, term in enumerate(text):
            postings[ranks[term]][doc].append(3 * position)
    return [postings[rank] for rank in range(TERMS)]


def _batch(texts: list[list[int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return tokens, tokens by document, and positions, which are three apart."""
    tokens = np.array([term for text in texts for term in text], np.uint32)
    positions = np.array([3 * n for text in texts for n in range(len(text))], np.uint32)
    return tokens, np.array(list(map(len, texts)), np.int32), positions


@settings(max_examples=100, deadline=None)
@given(
    frequencies=st.lists(st.integers(1, 3) | st.integers(253, 258), max_size=9),
    room=st.integers(0, 9),
)
def test_large_frequencies_are_listed_apart(frequencies: list[int], room: int) -> None:
    """From 255 on; as many as there is room for, but all of them are counted."""
    out = np.zeros(len(frequencies), np.uint8)
    large, values = np.full(room, -1, np.int64), np.zeros(room, np.uint32)
    count = pack_frequencies(np.array(frequencies, np.uint32), out, large, values)
    apart = [(n, each) for n, each in enumerate(frequencies) if each >= FREQUENCY_MOST]
    assert count == len(apart)
    assert out.tolist() == [min(each, FREQUENCY_MOST) for each in frequencies]
    listed = apart[:room]
    assert large[: len(listed)].tolist() == [n for n, _ in listed]
    assert values[: len(listed)].tolist() == [each for _, each in listed]


@settings(max_examples=150, deadline=None)
@given(segment=some_segment, sizes=st.lists(st.integers(1, 3), min_size=1, max_size=4))
@example(segment=[[(doc, (0,)) for doc in range(60, 100)], [(63, (1, 2))]], sizes=[2, 2])
def test_forms_are_added_up(segment: list[list[Posting]], sizes: list[int]) -> None:
    """In the order of documents, few or many; a derived term of one form is only counted."""
    arrays = to_arrays(segment)
    forms = [number % len(segment) for number in range(sum(sizes))]
    bounds = [0, *accumulate(sizes)]
    groups = [[segment[form] for form in forms[a:b]] for a, b in pairwise(bounds)]
    sums = [summed(group) for group in groups]
    merged = [each for group, each in zip(groups, sums, strict=True) if len(group) > 1]

    blocks = DOCS_MOST // BLOCK_DOCS + 1
    into = FormSums(
        np.zeros(blocks * BLOCK_DOCS, np.uint32),
        np.zeros(blocks, np.uint8),
        np.zeros(DOCS_MOST, np.uint16),
    )
    room = sum(map(len, merged))
    docs, frequencies = np.zeros(room, np.uint16), np.zeros(room, np.uint32)
    doc_counts = np.zeros(len(sizes), np.int64)
    end = merge_forms(
        arrays.docs, arrays.frequencies, arrays.starts, np.array(forms, np.int64),
        np.array(bounds, np.int64), into, docs, frequencies, doc_counts,
    )  # fmt: skip
    assert end == room
    found = zip(docs.tolist(), frequencies.tolist(), strict=True)
    assert list(found) == [each for group in merged for each in group]
    assert doc_counts.tolist() == list(map(len, sums))
    assert not into.sums.any()
    assert not into.blocks.any()


@settings(max_examples=100, deadline=None)
@given(entries=st.lists(st.sets(st.integers(0, TERMS - 1)), max_size=9))
def test_facet_entries_are_inverted(entries: list[set[int]]) -> None:
    """Each ordinal has its documents in order."""
    ordered = [sorted(each) for each in entries]
    offsets = np.array([0, *accumulate(map(len, ordered))], np.uint32)
    ordinals = np.array([o for each in ordered for o in each], np.uint32)
    expected = [[doc for doc, each in enumerate(ordered) if o in each] for o in range(TERMS)]
    starts = np.array([0, *accumulate(map(len, expected))], np.int64)
    docs, cursors = np.zeros(len(ordinals), np.uint16), starts[:-1].copy()
    invert_entries(offsets, ordinals, cursors, docs)
    assert docs.tolist() == [doc for each in expected for doc in each]
    assert cursors.tolist() == starts[1:].tolist()


@settings(max_examples=100, deadline=None)
@given(segment=some_segment, chosen=st.sets(st.integers(0, 4)))
def test_documents_of_some_terms_are_marked(segment: list[list[Posting]], chosen: set[int]) -> None:
    """Those and no others."""
    arrays, marked = to_arrays(segment), np.zeros(DOCS_MOST, bool)
    terms = [term for term in sorted(chosen) if term < len(segment)]
    counts = np.array([len(segment[term]) for term in terms], np.uint16)
    mark_terms(arrays.docs, arrays.starts[terms], counts, marked)
    assert set(np.flatnonzero(marked)) == {doc for term in terms for doc, _ in segment[term]}
