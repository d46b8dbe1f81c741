"""Columns by which Whoosh sorts and groups: numbers and facet values by document."""

import pytest
from whoosh.columns import NumericColumn, VarBytesColumn, VarBytesListColumn
from whoosh.reading import SegmentReader

from index.segments.segment import Segment
from index.whoosh_codec.table_of_contents import segments_of
from index.whoosh_codec.terms_reader import ColumnarDocuments
from tests.oracle.random_archives import Archive, make_archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Return an archive of one segment."""
    folder = tmp_path_factory.mktemp("columnar")
    return make_archive(folder, seed=5, sizes=(150,), deleted_count=1, often=(9,))


@pytest.fixture(scope="module")
def segment(archive: Archive) -> Segment:
    """Return its segment."""
    return segments_of(archive.columnar)[0][0]


def test_column_of_numbers_sorts_as_whoosh_does(archive: Archive) -> None:
    """The least number is 0; what has none has the column's default; either way."""
    reader = archive.columnar.reader()
    assert isinstance(reader, SegmentReader)
    column = reader.column_reader("date", translate=False)
    reversed_column = reader.column_reader("date", translate=False, reverse=True)
    dates = [2**32 - 1 if doc.date is None else doc.date + 2**31 for doc in archive.docs]
    assert list(column) == [column.sort_key(number) for number in range(len(column))] == dates
    assert [reversed_column.sort_key(number) for number in range(len(reversed_column))] == [
        -date for date in dates
    ]


def test_column_of_a_facet_has_all_values_or_the_first(archive: Archive, segment: Segment) -> None:
    """As many as Whoosh's column type holds."""
    documents = ColumnarDocuments(segment)
    all_values = documents.column_reader("tag", VarBytesListColumn())
    single = documents.column_reader("tag", VarBytesColumn())
    tags = [[tag.encode() for tag in sorted(doc.tags)] for doc in archive.docs]
    firsts = [values[0] if values else b"" for values in tags]
    assert list(all_values) == tags
    assert list(single) == firsts
    assert [all_values.sort_key(number) for number in range(len(tags))] == firsts


def test_only_numbers_and_facets_that_a_document_has_are_columns(segment: Segment) -> None:
    """Whoosh makes up the column of a segment that has none."""
    documents = ColumnarDocuments(segment)
    assert documents.supports_columns()
    has_column = {name: documents.has_column(name) for name in ("date", "tag", "body", "nothing")}
    assert has_column == {"date": True, "tag": True, "body": False, "nothing": False}
    assert isinstance(documents.column_reader("date", NumericColumn("I"))[0], int)
