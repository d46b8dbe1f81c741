"""Merging segments: the same as building one of the documents that were not deleted."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from index.segments.merger import merge_segments
from index.segments.segment import Segment, open_segment
from tests.index.segments.plain_segments import LAYOUT, Row, assert_holds, build, derive
from tests.index.segments.random_rows import archives


def merged(folder: Path, rows: Sequence[Row], docs_most: int, deleted: set[int]) -> Segment:
    """Write rows as segments of some documents, delete some, and merge what is left."""
    segments, first = [], 0
    for path in build(folder, rows, docs_most, batch_docs=docs_most):
        doc_count = open_segment(path).doc_count
        here = [number for number in range(doc_count) if first + number in deleted]
        segments.append(open_segment(path, here))
        first += doc_count
    count = merge_segments(folder / "merged.col", LAYOUT, segments, derive)
    assert count == len(rows) - len(deleted)
    return open_segment(folder / "merged.col")


@settings(max_examples=80, deadline=None)
@given(rows=archives, docs_most=st.integers(1, 20), data=st.data())
def test_merged_segment_holds_what_was_not_deleted(
    rows: list[Row], docs_most: int, data: st.DataObject
) -> None:
    """Terms, postings and facet values that only deleted documents had are gone."""
    keep = data.draw(st.integers(0, len(rows) - 1))
    deleted = data.draw(st.sets(st.integers(0, len(rows) - 1).filter(lambda n: n != keep)))
    with TemporaryDirectory() as folder:
        segment = merged(Path(folder), rows, docs_most, deleted)
        assert_holds(segment, [row for n, row in enumerate(rows) if n not in deleted])


def test_large_frequencies_and_far_positions_are_merged(tmp_path: Path) -> None:
    """Beyond one byte, and beyond two."""
    bodies = ["kata\n" * 300, "a b " * 33_000, "kata", "b\n" * 800 + "kata", "a"]
    rows = [Row(str(n), body=body) for n, body in enumerate(bodies)]
    segment = merged(tmp_path, rows, 2, {0})
    assert_holds(segment, rows[1:])


def test_many_stored_documents_are_packed_anew(tmp_path: Path) -> None:
    """Each segment had a dictionary of its own, the merged one has another."""
    rows = [Row(f"{n:04}", stored=f"teks {n} " * (n % 60)) for n in range(900)]
    segment = merged(tmp_path, rows, 300, set(range(0, 900, 7)))
    assert_holds(segment, [row for n, row in enumerate(rows) if n % 7])


def test_every_document_deleted_leaves_an_empty_segment(tmp_path: Path) -> None:
    """Which can be opened, and holds nothing."""
    segment = merged(tmp_path, [Row("a", "judul", tags=("AI",)), Row("b")], 1, {0, 1})
    assert (segment.doc_count, len(segment.terms)) == (0, 0)
