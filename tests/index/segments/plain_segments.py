"""Small segments of plain rows, and what must be in them: counted over lists, without any array."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.segments.batch import Batch
from index.segments.field_norms import encode_lengths, length_table
from index.segments.layout import SEGMENT_DOCS_MOST, Derived, Layout, SortOrder
from index.segments.segment import NO_NUMBER, Segment
from index.segments.segment_writer import SegmentWriter
from index.segments.term_table import join_terms
from index.whoosh_codec.posting_matcher import TermPostings

LINE_GAP = 100
"""Positions between the last word of a line and the first one of the next."""

LAYOUT = Layout(
    words=("title", "body"),
    derived=(Derived("stem", "body"),),
    keys=("key", "url"),
    numbers=("number",),
    facets=("tag", "kind"),
    orders=(
        SortOrder("newest", "number", "key", is_descending=True),
        SortOrder("oldest", "number", "key", is_descending=False),
    ),
    stored="document",
)


class Row(NamedTuple):
    """A document: words are parted by blanks, lines keep phrases apart."""

    key: str
    title: str = ""
    body: str = ""
    url: str | None = None
    number: int | None = None
    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    stored: str = ""


@dataclass(frozen=True)
class Tokens:
    """What a tokenizer makes of some texts."""

    text: NDArray[np.uint8]
    ends: NDArray[np.int64]
    hashes: NDArray[np.uint64]
    positions: NDArray[np.uint32]
    counts: NDArray[np.int32]


def tokens_of(text: str) -> Iterator[tuple[str, int]]:
    """Yield the words of a text and their positions."""
    position = 0
    for line in text.split("\n"):
        for word in line.split(" "):
            if word:
                yield word, position
                position += 1
        position += LINE_GAP


def tokenize(texts: Sequence[str]) -> Tokens:
    """Return the words of some texts, as the builder takes them."""
    found = [list(tokens_of(text)) for text in texts]
    blob, ends, hashes = join_terms([word.encode() for part in found for word, _ in part])
    positions = np.array([position for part in found for _, position in part], np.uint32)
    return Tokens(blob, ends, hashes, positions, np.array([len(part) for part in found], np.int32))


def derive(words: Sequence[str]) -> list[str]:
    """Stand for a stemmer: keep three letters of each word."""
    return [word[:3] for word in words]


def batch_of(rows: Sequence[Row]) -> Batch:
    """Return rows as the builder takes them."""
    numbers = [NO_NUMBER if row.number is None else row.number for row in rows]
    return Batch(
        texts={"title": [row.title for row in rows], "body": [row.body for row in rows]},
        keys={
            "key": [row.key.encode() for row in rows],
            "url": [None if row.url is None else row.url.encode() for row in rows],
        },
        numbers={"number": np.array(numbers, np.int32)},
        facets={"tag": [row.tags for row in rows], "kind": [row.kinds for row in rows]},
        stored=[row.stored.encode() for row in rows],
    )


def build(
    folder: Path,
    rows: Sequence[Row],
    docs_most: int = SEGMENT_DOCS_MOST,
    batch_docs: int = 500,
    layout: Layout = LAYOUT,
) -> list[Path]:
    """Build segments of rows; return their files, in the order of the rows."""
    numbers = count(1)
    with SegmentWriter(
        folder,
        layout,
        tokenize=tokenize,
        derive=derive,
        name=lambda: f"part{next(numbers)}",
        docs_most=docs_most,
    ) as builder:
        for start in range(0, len(rows), batch_docs):
            builder.add(batch_of(rows[start : start + batch_docs]))
        return [folder / f"{written.name}.col" for written in builder.finish()]


Postings = dict[bytes, list[tuple[int, int, list[int]]]]
"""By term, in order: each document that has it, with its frequency and positions there."""


def expected_postings(rows: Sequence[Row], name: str) -> Postings:
    """Return the postings of a field; keys and stems have no positions."""
    positions: dict[bytes, dict[int, list[int]]] = {}
    for doc, row in enumerate(rows):
        for term, position in _terms_of(row, name):
            positions.setdefault(term.encode(), {}).setdefault(doc, []).append(position)
    has_positions = name in LAYOUT.words
    return {
        term: [(doc, len(at), at if has_positions else []) for doc, at in docs.items()]
        for term, docs in sorted(positions.items())
    }


def _terms_of(row: Row, name: str) -> list[tuple[str, int]]:
    if name in LAYOUT.keys:
        value = getattr(row, name)
        return [] if value is None else [(value, 0)]
    text = row.title if name == "title" else row.body
    return [(word[:3] if name == "stem" else word, number) for word, number in tokens_of(text)]


def postings_in(segment: Segment, name: str) -> Postings:
    """Return the postings of a field of a segment, as Whoosh's matcher reads them."""
    field = segment.fields[name]
    found: Postings = {}
    for ordinal, term in enumerate(segment.terms.read(field.first, field.last), field.first):
        postings = TermPostings(segment, field, ordinal)
        found[term] = [
            (
                doc,
                postings.frequency(number),
                postings.positions(number) if field.has_positions else [],
            )
            for number, doc in enumerate(postings.docs.tolist())
        ]
    return found


def expected_counts(rows: Sequence[Row], name: str) -> Counter[str]:
    """Return how many documents have each value of a facet, and ("") how many have none."""
    values = [row.tags if name == "tag" else row.kinds for row in rows]
    return Counter(value for row in values for value in set(row) or {""})


def counts_in(segment: Segment, name: str) -> Counter[str]:
    """Return the same of a segment."""
    facet = segment.facets[name]
    part = slice(facet.first, facet.none + 1)
    counts = zip(segment.facet_values[part], segment.facet_counts[part].tolist(), strict=True)
    return +Counter(dict(counts))


def values_in(segment: Segment, name: str) -> list[list[str]]:
    """Return the values of a facet by document, "" for "none"."""
    facet, bounds = segment.facets[name], segment.facet_offsets.tolist()
    return [
        [segment.facet_values[o] for o in ordinals if facet.first <= o <= facet.none]
        for ordinals in (
            segment.facet_ordinals[start:stop].tolist() for start, stop in pairwise(bounds)
        )
    ]


def in_order(rows: Sequence[Row], *, is_descending: bool) -> list[int]:
    """Return the documents by number, those without one last, then by key."""

    def sort_key(doc: int) -> tuple[Any, ...]:
        number = rows[doc].number
        signed = 0 if number is None else -number if is_descending else number
        return number is None, signed, rows[doc].key.encode()

    return sorted(range(len(rows)), key=sort_key)


def assert_holds(segment: Segment, rows: list[Row]) -> None:
    """Assert that a segment holds these rows, however it is read."""
    assert segment.doc_count == segment.live_count == len(rows)
    for name in LAYOUT.term_fields:
        assert postings_in(segment, name) == expected_postings(rows, name)
    for name in LAYOUT.words:
        assert_lengths(segment, name, [len(list(tokens_of(getattr(row, name)))) for row in rows])
    for name, values in (
        ("tag", [row.tags for row in rows]),
        ("kind", [row.kinds for row in rows]),
    ):
        assert counts_in(segment, name) == expected_counts(rows, name)
        assert values_in(segment, name) == [sorted(set(each)) or [""] for each in values]
    expected = [NO_NUMBER if row.number is None else row.number for row in rows]
    assert segment.number("number").tolist() == expected
    for order in LAYOUT.orders:
        docs = np.argsort(segment.order(order.name)).tolist()
        assert docs == in_order(rows, is_descending=order.is_descending)
    stored = [row.stored.encode() for row in rows]
    assert [segment.stored.document(number) for number in range(len(rows))] == stored
    assert list(segment.stored.documents()) == stored


def assert_lengths(segment: Segment, name: str, exact: list[int]) -> None:
    """Assert the lengths of a field: rounded by document, exact in the statistics."""
    field, positive = segment.fields[name], [length for length in exact if length]
    scored = length_table()[segment.lengths[field.length_row]].tolist()
    assert scored == length_table()[encode_lengths(np.array(exact, np.int64))].tolist()
    statistics = (field.doc_count, field.token_count, field.length_least, field.length_most)
    expected = (len(positive), sum(positive), min(positive, default=0), max(positive, default=0))
    assert statistics == expected
