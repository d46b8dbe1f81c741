"""Kernels for postings: count and place the tokens of a batch, add up the forms of a stem.

Tokens come in the order of documents, as numbers of their terms. Counting tells how many documents
and tokens each term has, so that placing can write every posting where it belongs: two passes, no
sort.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.compiled import Int, compiled

FREQUENCY_MOST = 255
"""The frequency that stands for itself and all greater ones; those are listed apart."""

FEW = 32
"""Documents that are put in order by insertion; more are found by looking through blocks."""

BLOCK_DOCS = 64
"""Documents of a block; of those that hold none of a term's documents, only a flag is looked at."""


Places = NDArray[np.int64]
Words = NDArray[np.uint32]


@compiled
def count_tokens(
    tokens: Words,
    ranks: Words,
    counts: NDArray[np.int32],
    first_doc: int,
    last_docs: NDArray[np.int32],
    doc_counts: Places,
    token_counts: Places,
) -> None:
    """Add a batch's tokens to the number of documents and tokens of each term.

    Args:
        tokens: numbers of terms.
        ranks: from those numbers to the places of the terms in the other arrays.
        counts: tokens of each document of the batch.
        first_doc: number of the batch's first document.
        last_docs: the last document of each term, -1 before the first.
        doc_counts: documents by term; raised.
        token_counts: tokens by term; raised.
    """
    place = 0
    for doc in range(len(counts)):
        for _ in range(counts[doc]):
            term = ranks[tokens[place]]
            token_counts[term] += 1
            if last_docs[term] != first_doc + doc:
                last_docs[term] = first_doc + doc
                doc_counts[term] += 1
            place += 1


@compiled
def place_tokens(
    tokens: Words,
    ranks: Words,
    counts: NDArray[np.int32],
    first_doc: int,
    cursors: Places,
    docs: NDArray[np.uint16],
    frequencies: Words,
    positions: Words,
    token_cursors: Places,
    placed: Words,
) -> None:
    """Write the postings of a batch to their places; `cursors` moves on from where they begin.

    A term's posting is new where its frequency is 0. `placed` gets the positions, a term's
    together, from `token_cursors` on; none where it is empty.
    """
    place = 0
    for doc in range(len(counts)):
        for _ in range(counts[doc]):
            term = ranks[tokens[place]]
            cursor = cursors[term]
            if frequencies[cursor] and docs[cursor] != first_doc + doc:
                cursor += 1
                cursors[term] = cursor
            docs[cursor] = first_doc + doc
            frequencies[cursor] += 1
            if len(placed):
                placed[token_cursors[term]] = positions[place]
                token_cursors[term] += 1
            place += 1


@compiled
def pack_frequencies(
    frequencies: Words, out: NDArray[np.uint8], large: Places, large_values: Words
) -> int:
    """Write frequencies a byte each; list the large ones; return how many of these there are."""
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


class FormRoom(NamedTuple):
    """Room to add up the forms of a derived term; all zeros between two terms.

    Attributes:
        sums: by document, how often it has any of the forms; a multiple of `BLOCK_DOCS` long.
        blocks: by block of documents, whether it has any.
        touched: the documents that have any, as they come.
    """

    sums: Words
    blocks: NDArray[np.uint8]
    touched: NDArray[np.uint16]


@compiled
def _add_form(
    docs: NDArray[np.uint16], frequencies: Words, start: Int, stop: Int, room: FormRoom, count: Int
) -> Int:
    """Add the postings of one form; return how many documents are touched now."""
    for posting in range(start, stop):
        doc = np.int64(docs[posting])
        if room.sums[doc] == 0:
            room.blocks[doc // BLOCK_DOCS] = 1
            room.touched[count] = doc
            count += 1
        room.sums[doc] += frequencies[posting]
    return count


@compiled
def _sort_few(touched: NDArray[np.uint16], count: Int) -> None:
    for place in range(1, count):
        doc, hole = touched[place], place
        while hole and touched[hole - 1] > doc:
            touched[hole] = touched[hole - 1]
            hole -= 1
        touched[hole] = doc


@compiled
def _sort_many(room: FormRoom) -> None:
    count = 0
    for block in range(len(room.blocks)):
        if room.blocks[block]:
            for doc in range(block * BLOCK_DOCS, (block + 1) * BLOCK_DOCS):
                if room.sums[doc]:
                    room.touched[count] = doc
                    count += 1


@compiled
def _write_sums(
    room: FormRoom, count: Int, docs: NDArray[np.uint16], sums: Words, end: Int
) -> None:
    """Write the documents that have any of the forms, in order, from `end` on; empty the room."""
    if count <= FEW:
        _sort_few(room.touched, count)
    else:
        _sort_many(room)
    for place in range(count):
        doc = np.int64(room.touched[place])
        docs[end + place], sums[end + place] = doc, room.sums[doc]
        room.sums[doc] = 0
        room.blocks[doc // BLOCK_DOCS] = 0


@compiled
def merge_forms(
    docs: NDArray[np.uint16],
    frequencies: Words,
    starts: Places,
    forms: Places,
    bounds: Places,
    room: FormRoom,
    derived_docs: NDArray[np.uint16],
    derived_frequencies: Words,
    doc_counts: Places,
) -> Int:
    """Write the postings of derived terms that have several forms: those of the forms, added up.

    Args:
        docs: the postings of the words.
        frequencies: the same.
        starts: where those of each word begin.
        forms: the words, those of one derived term after those of another.
        bounds: where the forms of each derived term begin.
        room: see there.
        derived_docs: gets the postings.
        derived_frequencies: gets the same.
        doc_counts: gets the documents of each derived term, also of those that have one form.

    Returns how many postings were written.
    """
    end: Int = 0
    for term in range(len(doc_counts)):
        first, last = bounds[term], bounds[term + 1]
        if last - first == 1:
            doc_counts[term] = starts[forms[first] + 1] - starts[forms[first]]
            continue
        count: Int = 0
        for place in range(first, last):
            start, stop = starts[forms[place]], starts[forms[place] + 1]
            count = _add_form(docs, frequencies, start, stop, room, count)
        _write_sums(room, count, derived_docs, derived_frequencies, end)
        doc_counts[term] = count
        end += count
    return end


@compiled
def invert_entries(
    offsets: Words, ordinals: Words, cursors: Places, docs: NDArray[np.uint16]
) -> None:
    """Write the documents of each facet ordinal; `cursors` moves on from where they begin."""
    for doc in range(len(offsets) - 1):
        for entry in range(offsets[doc], offsets[doc + 1]):
            ordinal = ordinals[entry]
            docs[cursors[ordinal]] = doc
            cursors[ordinal] += 1


@compiled
def mark_terms(
    docs: NDArray[np.uint16],
    starts: Places,
    counts: NDArray[np.uint16],
    marked: NDArray[np.bool_],
) -> None:
    """Mark the documents of several terms; their postings begin at `starts`."""
    for term in range(len(starts)):
        for place in range(starts[term], starts[term] + counts[term]):
            marked[docs[place]] = True
