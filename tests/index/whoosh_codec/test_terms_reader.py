"""What the reader of a segment returns where Whoosh's own codec differs."""

import bisect
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.codec.base import FieldCursor
from whoosh.fields import NUMERIC, TEXT
from whoosh.reading import SegmentReader, TermNotFound

from index.segments.segment import Segment
from index.whoosh_codec.table_of_contents import segments_of
from index.whoosh_codec.terms_reader import ColumnarCursor, ColumnarTerms
from tests.oracle.random_archives import Archive, make_archive

WORD_FIELDS = ("title", "body", "stem")
NUMBER = NUMERIC(int, 32)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """One segment, and a document of it that is deleted."""
    folder = tmp_path_factory.mktemp("columnar")
    return make_archive(folder, seed=5, sizes=(150,), deleted_count=1, often=(9,))


@pytest.fixture(scope="module")
def reader(archive: Archive) -> SegmentReader:
    """Whoosh's reader of the segment."""
    found = archive.columnar.reader()
    assert isinstance(found, SegmentReader)
    return found


@pytest.fixture(scope="module")
def segment(archive: Archive) -> Segment:
    """The segment itself."""
    return segments_of(archive.columnar)[0][0]


@pytest.mark.parametrize("name", WORD_FIELDS)
def test_lengths_of_documents_are_those_that_are_scored(
    archive: Archive, reader: SegmentReader, name: str
) -> None:
    """As Lucene rounds them; the sum, the least and the most are exact."""
    exact = [len(words) for words in archive.texts(name)]
    rounded = [reader.doc_field_length(number, name) for number in range(len(exact))]
    assert rounded == archive.lengths(name)
    assert reader.field_length(name) == sum(exact)
    assert reader.max_field_length(name) == max(exact)
    assert reader.min_field_length(name) == min(length for length in exact if length)


def test_what_has_no_length_has_the_one_that_is_asked_for(
    archive: Archive, reader: SegmentReader
) -> None:
    """A document without the field, a key, and a field that nobody knows."""
    without = archive.texts("title").index([])
    assert [reader.doc_field_length(without, "title", default) for default in (0, 1)] == [0, 1]
    assert [reader.doc_field_length(0, name, 7) for name in ("id", "nothing")] == [7, 7]
    sums = (reader.field_length, reader.min_field_length, reader.max_field_length)
    assert [ask(name) for ask in sums for name in ("id", "nothing")] == [0] * 6


def test_documents_are_counted_without_the_deleted_ones(
    archive: Archive, reader: SegmentReader
) -> None:
    """And a document that never was is not deleted: Whoosh looks beyond the last one."""
    assert (reader.doc_count(), reader.doc_count_all()) == (149, 150)
    assert reader.has_deletions()
    assert {number for number in range(200) if reader.is_deleted(number)} == archive.deleted
    assert reader.deleted_docs_set == archive.deleted


def test_terms_that_are_not_there_are_not_found(reader: SegmentReader) -> None:
    """Of a field, and of a field that has none."""
    for name, text in (("body", "nothing"), ("document", "render"), ("nothing", "render")):
        assert (name, text) not in reader
        with pytest.raises(TermNotFound):
            reader.term_info(name, text)
    assert (reader.frequency("body", "nothing"), reader.doc_frequency("body", "nothing")) == (0, 0)
    with pytest.raises(TermNotFound):
        reader.postings("body", "nothing")


def test_terms_of_all_fields_are_in_order(reader: SegmentReader) -> None:
    """By the fields' names, as Whoosh merges segments; from any term on, with statistics or not."""
    found = list(reader.all_terms())
    assert all(one < other for one, other in pairwise(found))
    assert [term for term, _ in reader] == found
    for first in (found[0], found[len(found) // 2], ("kind", b""), ("month", b"\xff")):
        expected = found[bisect.bisect_left(found, first) :]
        assert list(reader.terms_from(*first)) == expected
        assert [term for term, _ in reader.iter_from(*first)] == expected


def test_terms_from_a_field_without_terms_are_none(segment: Segment) -> None:
    """As Whoosh's own codec has it, for a field that another segment may have."""
    terms = ColumnarTerms({})
    assert list(terms.terms_from("body", b"")) == list(terms.items_from("body", b"")) == []
    assert (list(terms.terms()), list(terms.items()), ("body", b"x") in terms) == ([], [], False)
    assert len(segment.terms)


def cursor(reader: SegmentReader, name: str) -> FieldCursor:
    """Return a cursor on the first term of a field."""
    found: FieldCursor = reader.cursor(name)
    return found


def test_cursor_moves_over_all_terms(reader: SegmentReader) -> None:
    """In order, with the statistics of each, and stays behind the last one."""
    moving: Any = cursor(reader, "id")
    texts = [text.decode() for text in reader.lexicon("id")]
    seen = []
    while moving.is_valid():
        assert moving.term() == moving.text().encode()
        assert moving.term_info().doc_frequency() == 1
        seen.append(moving.text())
        moving.next()
    assert seen == texts
    assert (moving.next(), moving.text(), moving.term(), moving.term_info()) == (None,) * 4
    assert (moving.first(), moving.text()) == (texts[0], texts[0])


@settings(max_examples=100, deadline=None)
@given(
    terms=st.lists(st.sampled_from("0 1 10- 10-1 55-149 7 99-9 a \0 : 新 \U0010ffff".split(" ")))
)
def test_cursor_finds_the_first_term_that_is_not_before(
    reader: SegmentReader, terms: list[str]
) -> None:
    """Forwards and back, in the terms that it has read and beyond them."""
    moving: Any = cursor(reader, "id")
    texts = [text.decode() for text in reader.lexicon("id")]
    for text in terms:
        rank = bisect.bisect_left(texts, text)
        expected = texts[rank] if rank < len(texts) else None
        assert moving.find(text) == moving.text() == expected
        following = texts[rank + 1] if rank + 1 < len(texts) else None
        assert moving.next() == following


def test_cursor_of_a_field_without_terms_is_on_none() -> None:
    """Wherever it is moved."""
    moving = ColumnarCursor(None, TEXT())
    assert not moving.is_valid()
    assert [moving.first(), moving.next(), moving.find("a"), moving.term_info()] == [None] * 4
