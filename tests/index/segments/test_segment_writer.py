"""Building segments: what is read from them is what a plain count over the documents gives."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.segments.errors import SegmentFullError
from index.segments.layout import SEGMENT_DOCS_MOST, Layout
from index.segments.segment import open_segment
from index.segments.segment_writer import SegmentWriter
from tests.index.segments.plain_segments import (
    LAYOUT,
    Row,
    assert_holds,
    batch_of,
    build,
    derive,
    expected_postings,
    postings_in,
    tokenize,
)
from tests.index.segments.random_rows import LONG_URL, archives


@settings(max_examples=100, deadline=None)
@given(rows=archives, batch_docs=st.integers(1, 20))
def test_segment_holds_what_was_added(rows: list[Row], batch_docs: int) -> None:
    """Empty texts, fields without a term, values given twice, and keys of 3,000 bytes included."""
    with TemporaryDirectory() as folder:
        (path,) = build(Path(folder), rows, batch_docs=batch_docs)
        assert_holds(open_segment(path), rows)


@settings(max_examples=30, deadline=None)
@given(rows=archives, docs_most=st.integers(1, 7), batch_docs=st.integers(1, 7))
def test_several_segments_hold_the_same_as_one(
    rows: list[Row], docs_most: int, batch_docs: int
) -> None:
    """Documents stay in order; a segment has as many as it may, in whole batches."""
    with TemporaryDirectory() as folder:
        first, batch_docs = 0, min(batch_docs, docs_most)
        for path in build(Path(folder), rows, docs_most, batch_docs):
            segment = open_segment(path)
            assert segment.doc_count <= docs_most
            assert_holds(segment, rows[first : first + segment.doc_count])
            first += segment.doc_count
        assert first == len(rows)


@pytest.mark.parametrize(
    "row",
    [
        Row("one", "Kabar", "harga beras\nnaik", "u", 7, ("AI",), ("a",), "{}"),
        Row(""),
        Row("blank", body="\n\n  \n"),
        Row("long", title="x" * 70_000, url=LONG_URL * 30),
        Row("far", title="kata", body="a b " * 33_000),
    ],
    ids=lambda row: row.key,
)
def test_one_document_is_a_segment(tmp_path: Path, row: Row) -> None:
    """With a term in every field, in none, one longer than 64 kB, positions beyond 16 bits."""
    (path,) = build(tmp_path, [row])
    assert_holds(open_segment(path), [row])


def test_nothing_added_makes_no_segment(tmp_path: Path) -> None:
    """And no file."""
    assert build(tmp_path, []) == []
    assert list(tmp_path.iterdir()) == []


def test_frequencies_beyond_a_byte_are_exact(tmp_path: Path) -> None:
    """Also of a word at positions far apart, and of documents between which there are others."""
    counts = [254, 255, 256, 1, 0, 70_000, 3]
    rows = [Row(str(n), body="kata\n" * count + "lain") for n, count in enumerate(counts)]
    (path,) = build(tmp_path, rows, batch_docs=2)
    postings = postings_in(open_segment(path), "body")
    assert postings == expected_postings(rows, "body")
    assert [frequency for _, frequency, _ in postings[b"kata"]] == [n for n in counts if n]


def test_lengths_are_rounded_as_lucene_does_and_summed_exactly(tmp_path: Path) -> None:
    """From 24 tokens on; the exact sum gives the average."""
    exact = [0, 23, 24, 41, 250, 1_000, 70_000]
    (path,) = build(tmp_path, [Row(str(n), body="kata " * size) for n, size in enumerate(exact)])
    segment = open_segment(path)
    field = segment.fields["body"]
    assert (field.doc_count, field.token_count, field.length_most) == (6, sum(exact), 70_000)
    assert segment.fields["stem"].length_row == field.length_row
    assert segment.fields["stem"].token_count == field.token_count
    assert segment.fields["key"].length_row == -1


@pytest.mark.parametrize("batch_docs", [300, 1_000])
def test_stored_texts_come_back_with_a_trained_dictionary(tmp_path: Path, batch_docs: int) -> None:
    """The dictionary follows from the first batch, and serves all others."""
    rng = random.Random(1)
    words = [f"kata{rng.randrange(10**6)}" for _ in range(300)]
    rows = [Row(str(n), stored=" ".join(rng.choices(words, k=120))) for n in range(1_000)]
    (path,) = build(tmp_path, rows, batch_docs=batch_docs)
    stored = open_segment(path).stored
    assert stored.dictionary is not None
    assert list(stored.documents()) == [row.stored.encode() for row in rows]
    assert [stored.document(n).decode() for n in (999, 0, 500)] == [
        rows[n].stored for n in (999, 0, 500)
    ]


def test_few_documents_are_stored_without_a_dictionary(tmp_path: Path) -> None:
    """There is nothing to learn from, and nothing to win."""
    (path,) = build(tmp_path, [Row("a", stored="teks")])
    assert open_segment(path).stored.dictionary is None


def test_segment_of_as_many_documents_as_there_can_be(tmp_path: Path) -> None:
    """Their numbers fill 16 bits to the last; one more begins a second segment."""
    rows = [Row(f"{n:05}", title="kata") for n in range(SEGMENT_DOCS_MOST + 1)]
    segments = [open_segment(path) for path in build(tmp_path, rows, batch_docs=SEGMENT_DOCS_MOST)]
    assert [segment.doc_count for segment in segments] == [SEGMENT_DOCS_MOST, 1]
    start, stop = segments[0].posting_range(segments[0].terms.ordinal("title", b"kata"))
    assert segments[0].docs[start:stop].tolist() == list(range(SEGMENT_DOCS_MOST))
    assert segments[0].doc_counts[segments[0].terms.ordinal("key", b"65534")] == 1
    assert segments[0].order("newest").tolist() == list(range(SEGMENT_DOCS_MOST))


def test_more_documents_at_once_than_a_segment_can_hold_are_refused(tmp_path: Path) -> None:
    """Rather than numbered from 0 again; nothing is left of it."""
    rows = [Row(str(n)) for n in range(SEGMENT_DOCS_MOST + 1)]
    with pytest.raises(SegmentFullError, match=r"cannot hold 65536 documents, 65535 at most"):
        build(tmp_path, rows, batch_docs=len(rows))
    assert list(tmp_path.iterdir()) == []


def test_many_terms_keep_their_order_over_all_threads(tmp_path: Path) -> None:
    """Each thread numbers its own terms; tables grow; the dictionary is one."""
    rng = random.Random(2)
    pool = [f"{rng.randrange(16**6):x}" for _ in range(9_000)]
    rows = [Row(str(n), body=" ".join(rng.choices(pool, k=60))) for n in range(400)]
    (path,) = build(tmp_path, rows, batch_docs=30)
    segment = open_segment(path)
    for name in ("body", "stem", "key"):
        assert postings_in(segment, name) == expected_postings(rows, name)


def test_layout_without_facets_numbers_or_orders_is_a_segment(tmp_path: Path) -> None:
    """Whatever is not declared is not kept."""
    layout = Layout(words=("body",), keys=("key",))
    (path,) = build(tmp_path, [Row("a", "judul", "isi", "u", 1, ("AI",))], layout=layout)
    segment = open_segment(path)
    assert list(segment.fields) == ["body", "key"]
    assert (segment.facets, segment.facet_values, segment.number_names) == ({}, (), ())


def test_builder_that_is_left_early_ends_its_threads(tmp_path: Path) -> None:
    """Nothing was finished, so nothing is there."""
    with SegmentWriter(
        tmp_path, LAYOUT, tokenize=tokenize, derive=derive, name=lambda: "part"
    ) as builder:
        builder.add(batch_of([Row("a", "judul")]))
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(RuntimeError):
        builder.add(batch_of([Row("b", "judul")]))


def test_failure_in_a_thread_is_told(tmp_path: Path) -> None:
    """An error of the tokenizer ends the build, at the latest when it is finished."""

    def fail(texts: object) -> None:
        raise ZeroDivisionError(texts)

    with SegmentWriter(
        tmp_path, LAYOUT, tokenize=fail, derive=derive, name=lambda: "part"
    ) as builder:
        builder.add(batch_of([Row("a", "judul")]))
        with pytest.raises(ZeroDivisionError):
            builder.finish()
    assert list(tmp_path.iterdir()) == []
