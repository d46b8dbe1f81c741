"""Kernels for postings: invert the tokens of documents, and add up the forms of a stem.

Tokens come in the order of documents, as the numbers of their terms. The first pass counts the
documents and the tokens of each term, so that the second can write every posting where it belongs:
no posting is sorted.
"""

from typing import NamedTuple

import numpy as np

from index.arrays import BoolArray, Int32Array, Int64Array, Uint8Array, Uint16Array, Uint32Array
from index.compiled import Int, compiled

FREQUENCY_MOST = 255
"""The frequency that stands for itself and for all greater ones, which are listed apart."""

FEW_DOCS = 32
"""Most documents that are sorted by insertion; of more, all blocks are searched in order."""

BLOCK_DOCS = 64
"""Documents of a block; where none of them is touched, only the block's flag is read."""


@compiled
def count_tokens(
    tokens: Uint32Array,
    ranks: Uint32Array,
    counts: Int32Array,
    first_doc: int,
    last_docs: Int32Array,
    doc_counts: Int64Array,
    token_counts: Int64Array,
) -> None:
    """Add the tokens of a batch of documents to the counts of their terms.

    Args:
        tokens: for each token, the number of its term.
        ranks: for each number, the rank of the term; the arrays below are by rank.
        counts: for each document of the batch, its tokens.
        first_doc: the number of the batch's first document.
        last_docs: the last document that has the term; -1 before the first.
        doc_counts: documents that have the term; raised.
        token_counts: tokens of the term; raised.
    """
    token = 0
    for doc in range(len(counts)):
        for _ in range(counts[doc]):
            term = ranks[tokens[token]]
            token_counts[term] += 1
            if last_docs[term] != first_doc + doc:
                last_docs[term] = first_doc + doc
                doc_counts[term] += 1
            token += 1


@compiled
def write_postings(
    tokens: Uint32Array,
    ranks: Uint32Array,
    counts: Int32Array,
    first_doc: int,
    cursors: Int64Array,
    docs: Uint16Array,
    frequencies: Uint32Array,
    positions: Uint32Array,
    token_cursors: Int64Array,
    out_positions: Uint32Array,
) -> None:
    """Write the postings of a batch of documents; see `count_tokens`.

    A posting is new where its frequency is 0. `cursors` has, by rank, the term's last posting, or
    its first if it has none yet. `token_cursors` has where its next position goes; no position is
    written if `out_positions` is empty. Both are moved on.
    """
    token = 0
    for doc in range(len(counts)):
        for _ in range(counts[doc]):
            term = ranks[tokens[token]]
            cursor = cursors[term]
            if frequencies[cursor] and docs[cursor] != first_doc + doc:
                cursor += 1
                cursors[term] = cursor
            docs[cursor] = first_doc + doc
            frequencies[cursor] += 1
            if len(out_positions):
                out_positions[token_cursors[term]] = positions[token]
                token_cursors[term] += 1
            token += 1


@compiled
def pack_frequencies(
    frequencies: Uint32Array, out: Uint8Array, large: Int64Array, large_values: Uint32Array
) -> int:
    """Write each frequency as a byte, and list the large ones apart; return how many those are.

    As many are listed as `large` has room for.
    """
    count = 0
    for posting in range(len(frequencies)):
        if frequencies[posting] < FREQUENCY_MOST:
            out[posting] = frequencies[posting]
        else:
            out[posting] = FREQUENCY_MOST
            if count < len(large):
                large[count] = posting
                large_values[count] = frequencies[posting]
            count += 1
    return count


class FormSums(NamedTuple):
    """Where the frequencies of a derived term's forms are added up; all zeros between two terms.

    Attributes:
        sums: for each document, the sum; as many as a multiple of `BLOCK_DOCS`.
        blocks: for each block of documents, whether any of them has a sum.
        touched: the documents that have a sum, in the order in which they came.
    """

    sums: Uint32Array
    blocks: Uint8Array
    touched: Uint16Array


@compiled
def _add_form(
    docs: Uint16Array, frequencies: Uint32Array, start: Int, stop: Int, into: FormSums, count: Int
) -> Int:
    """Add the postings of one form; return how many documents are touched now."""
    for posting in range(start, stop):
        doc = np.int64(docs[posting])
        if into.sums[doc] == 0:
            into.blocks[doc // BLOCK_DOCS] = 1
            into.touched[count] = doc
            count += 1
        into.sums[doc] += frequencies[posting]
    return count


@compiled
def _sort_few(touched: Uint16Array, count: Int) -> None:
    """Sort the first documents by insertion."""
    for number in range(1, count):
        doc, hole = touched[number], number
        while hole and touched[hole - 1] > doc:
            touched[hole] = touched[hole - 1]
            hole -= 1
        touched[hole] = doc


@compiled
def _sort_many(into: FormSums) -> None:
    """Sort the touched documents: search the blocks that have any, in order."""
    count = 0
    for block in range(len(into.blocks)):
        if into.blocks[block]:
            for doc in range(block * BLOCK_DOCS, (block + 1) * BLOCK_DOCS):
                if into.sums[doc]:
                    into.touched[count] = doc
                    count += 1


@compiled
def _write_sums(
    added: FormSums, count: Int, docs: Uint16Array, frequencies: Uint32Array, end: Int
) -> None:
    """Write the touched documents and their sums, in order, from `end` on; reset the sums."""
    if count <= FEW_DOCS:
        _sort_few(added.touched, count)
    else:
        _sort_many(added)
    for number in range(count):
        doc = np.int64(added.touched[number])
        docs[end + number], frequencies[end + number] = doc, added.sums[doc]
        added.sums[doc] = 0
        added.blocks[doc // BLOCK_DOCS] = 0


@compiled
def merge_forms(
    docs: Uint16Array,
    frequencies: Uint32Array,
    starts: Int64Array,
    forms: Int64Array,
    bounds: Int64Array,
    into: FormSums,
    derived_docs: Uint16Array,
    derived_frequencies: Uint32Array,
    doc_counts: Int64Array,
) -> Int:
    """Write the postings of derived terms with several forms: the frequencies of these, added up.

    Args:
        docs: the documents of the words' postings.
        frequencies: their frequencies.
        starts: where the postings of each word begin.
        forms: the words, those of one derived term after those of another.
        bounds: where the forms of each derived term begin in `forms`.
        into: where the frequencies are added up.
        derived_docs: receives the documents.
        derived_frequencies: receives the frequencies.
        doc_counts: receives the documents of each derived term, also of those with one form.

    Returns how many postings were written.
    """
    end: Int = 0
    for term in range(len(doc_counts)):
        first, last = bounds[term], bounds[term + 1]
        if last - first == 1:
            doc_counts[term] = starts[forms[first] + 1] - starts[forms[first]]
            continue
        count: Int = 0
        for number in range(first, last):
            start, stop = starts[forms[number]], starts[forms[number] + 1]
            count = _add_form(docs, frequencies, start, stop, into, count)
        _write_sums(into, count, derived_docs, derived_frequencies, end)
        doc_counts[term] = count
        end += count
    return end


@compiled
def invert_entries(
    offsets: Uint32Array, ordinals: Uint32Array, cursors: Int64Array, docs: Uint16Array
) -> None:
    """Write the documents of each facet ordinal.

    Args:
        offsets: where the ordinals of each document begin.
        ordinals: the facet ordinals of all documents.
        cursors: for each ordinal, where its documents begin in `docs`; moved on.
        docs: receives the documents.
    """
    for doc in range(len(offsets) - 1):
        for entry in range(offsets[doc], offsets[doc + 1]):
            ordinal = ordinals[entry]
            docs[cursors[ordinal]] = doc
            cursors[ordinal] += 1


@compiled
def mark_terms(
    docs: Uint16Array, starts: Int64Array, counts: Uint16Array, marked: BoolArray
) -> None:
    """Mark the documents that have any of some terms; their postings begin at `starts`."""
    for term in range(len(starts)):
        for posting in range(starts[term], starts[term] + counts[term]):
            marked[docs[posting]] = True
