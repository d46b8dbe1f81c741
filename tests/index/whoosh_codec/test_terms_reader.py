"""What a reader tells of a segment that Whoosh's own codec tells otherwise, or not at all."""

import bisect
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.codec.base import FieldCursor
from whoosh.columns import NumericColumn, VarBytesColumn, VarBytesListColumn
from whoosh.fields import NUMERIC, TEXT
from whoosh.reading import SegmentReader, TermNotFound

from index.segments.segment import NO_NUMBER, Segment
from index.whoosh_codec.field_terms import NumberTerms
from index.whoosh_codec.table_of_contents import segments_of
from index.whoosh_codec.terms_reader import ColumnarCursor, ColumnarDocuments, ColumnarTerms
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
    assert [asked(name) for asked in sums for name in ("id", "nothing")] == [0] * 6


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
    asked=st.lists(st.sampled_from("0 1 10- 10-1 55-149 7 99-9 a \0 : 新 \U0010ffff".split(" ")))
)
def test_cursor_finds_the_first_term_that_is_not_before(
    reader: SegmentReader, asked: list[str]
) -> None:
    """Forwards and back, among the terms that it holds and beyond."""
    moving: Any = cursor(reader, "id")
    texts = [text.decode() for text in reader.lexicon("id")]
    for text in asked:
        place = bisect.bisect_left(texts, text)
        expected = texts[place] if place < len(texts) else None
        assert moving.find(text) == moving.text() == expected
        following = texts[place + 1] if place + 1 < len(texts) else None
        assert moving.next() == following


def test_cursor_of_a_field_without_terms_stands_on_none() -> None:
    """Whatever is asked of it."""
    moving = ColumnarCursor(None, TEXT())
    assert not moving.is_valid()
    assert [moving.first(), moving.next(), moving.find("a"), moving.term_info()] == [None] * 4


numbers = st.integers(int(NO_NUMBER) + 1, 2**31 - 1) | st.integers(-3, 300)


def number_terms(values: list[int | None]) -> tuple[NumberTerms, dict[bytes, list[int]]]:
    """Return the terms of a column, and the documents of each as Whoosh would write them."""
    column = np.array([NO_NUMBER if value is None else value for value in values], np.int32)
    expected: dict[bytes, list[int]] = {}
    for doc, value in enumerate(values):
        for text, *_ in NUMBER.index(value) if value is not None else ():
            expected.setdefault(text, []).append(doc)
    return NumberTerms(column), dict(sorted(expected.items()))


@settings(max_examples=60, deadline=None)
@given(values=st.lists(st.none() | numbers, max_size=40))
def test_numbers_have_the_terms_that_whoosh_would_write(values: list[int | None]) -> None:
    """All precisions of each number, with the documents of each."""
    terms, expected = number_terms(values)
    assert list(terms.terms(0, terms.count)) == list(expected)
    for place, (text, docs) in enumerate(expected.items()):
        assert terms.find(text) == place
        assert terms.doc_count(place) == len(docs)
        assert terms.postings(place).docs.tolist() == docs


@settings(max_examples=100, deadline=None)
@given(values=st.lists(numbers, max_size=10), text=st.binary(max_size=7), cut=st.integers(0, 6))
def test_numbers_terms_are_looked_up_like_any(values: list[int], text: bytes, cut: int) -> None:
    """Any bytes, and the beginnings and continuations of terms that are there."""
    terms, expected = number_terms([*values])
    for asked in (text, *(term[:cut] + text for term in expected)):
        place = bisect.bisect_left(list(expected), asked)
        assert terms.find(asked) == (place if asked in expected else -1 - place)


def test_numbers_tell_no_positions(archive: Archive) -> None:
    """A number stands in a document once."""
    terms, expected = number_terms([doc.date for doc in archive.docs])
    postings = terms.postings(0)
    docs = next(iter(expected.values()))
    info = postings.term_info()
    assert (postings.frequency(0), postings.positions(0), postings.has_positions) == (1, [], False)
    assert (info.weight(), info.doc_frequency(), info.max_weight()) == (len(docs), len(docs), 1)


def test_column_of_numbers_sorts_as_whoosh_does(archive: Archive, reader: SegmentReader) -> None:
    """The least number is 0; what has none has the column's default; either way."""
    column = reader.column_reader("date", translate=False)
    turned = reader.column_reader("date", translate=False, reverse=True)
    dates = [2**32 - 1 if doc.date is None else doc.date + 2**31 for doc in archive.docs]
    assert list(column) == [column.sort_key(number) for number in range(len(column))] == dates
    assert [turned.sort_key(number) for number in range(len(turned))] == [-date for date in dates]


def test_column_of_a_facet_tells_all_values_or_the_first(
    archive: Archive, segment: Segment
) -> None:
    """As many as Whoosh's column type holds."""
    documents = ColumnarDocuments(segment)
    listed = documents.column_reader("tag", VarBytesListColumn())
    single = documents.column_reader("tag", VarBytesColumn())
    tags = [[tag.encode() for tag in sorted(doc.tags)] for doc in archive.docs]
    firsts = [values[0] if values else b"" for values in tags]
    assert list(listed) == tags
    assert list(single) == firsts
    assert [listed.sort_key(number) for number in range(len(tags))] == firsts


def test_only_numbers_and_facets_that_a_document_has_are_columns(segment: Segment) -> None:
    """Whoosh makes up the column of a segment that has none."""
    documents = ColumnarDocuments(segment)
    assert documents.supports_columns()
    has_column = {name: documents.has_column(name) for name in ("date", "tag", "body", "nothing")}
    assert has_column == {"date": True, "tag": True, "body": False, "nothing": False}
    assert isinstance(documents.column_reader("date", NumericColumn("I"))[0], int)
