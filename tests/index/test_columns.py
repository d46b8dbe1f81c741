"""Columns: facets counted over arrays as a plain loop would count them, and kept on disk as is."""

import datetime as dt
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.analysis import tokenize
from index.columns import (
    NO_DAY,
    Columns,
    ColumnsWriter,
    FacetColumn,
    read_columns,
    write_columns,
)
from index.document import Document
from index.lengths import rounded_length
from index.schema import FACET_FIELDS, LENGTH_FIELDS

VALUES = ("AI", "Beras", "beras", "Jum'at", "Ölpreis", "中国", "0", " ")
TAGS = st.lists(st.sampled_from(VALUES), max_size=5).map(tuple)
ARCHIVES = st.lists(TAGS, max_size=12)
MASKED_ARCHIVES = st.lists(st.tuples(TAGS, st.booleans()), max_size=12)
WORDS = st.sampled_from(["", "beras", "Harga beras naik", "di-PHK\nanak-anak", "x " * 41])
DOCUMENTS = st.builds(
    Document,
    doc_id=st.text(max_size=5),
    title=WORDS,
    body=WORDS,
    tags=TAGS,
    authors=st.lists(st.text(min_size=1, max_size=5), max_size=3).map(tuple),
    date=st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    source=st.sampled_from(["", "Koran"]),
)


def columns_of(documents: list[Document]) -> Columns:
    """Return the columns of documents, as a build makes them."""
    writer = ColumnsWriter()
    for document in documents:
        writer.add(document)
    return writer.columns()


def tag_column(archive: list[tuple[str, ...]]) -> FacetColumn:
    """Return the column of tags of articles that have nothing but tags."""
    rows = enumerate(archive)
    documents = [Document(doc_id=f"{n}", title="", body="", tags=tags) for n, tags in rows]
    return columns_of(documents).facets["tag"]


def mask_of(*matches: bool) -> NDArray[np.bool_]:
    """Return an array of what matches."""
    return np.array(matches, dtype=bool)


def as_lists(columns: Columns) -> dict[str, object]:
    """Return all that columns hold, so that it can be compared."""
    lengths = columns.lengths.items()
    facets = columns.facets.items()
    return {
        "days": columns.days.tolist(),
        "id_ranks": columns.id_ranks.tolist(),
        "lengths": {n: (c.lengths.tolist(), c.doc_count, c.token_count) for n, c in lengths},
        "facets": {n: (c.values, c.offsets.tolist(), c.ordinals.tolist()) for n, c in facets},
        "types": [str(a.dtype) for n, c in facets for a in (c.offsets, c.ordinals)],
    }


@given(MASKED_ARCHIVES)
@settings(max_examples=100, deadline=None)
def test_counts_are_those_of_a_loop(archive: list[tuple[tuple[str, ...], bool]]) -> None:
    """A value counts once in each matching document, however often it was given."""
    column = tag_column([tags for tags, _ in archive])
    counts = column.counts(mask_of(*(matches for _, matches in archive))).tolist()
    expected = Counter(tag for tags, matches in archive if matches for tag in set(tags))
    assert dict(zip(column.values, counts, strict=True)) == {
        value: expected[value] for value in column.values
    }


@given(ARCHIVES, st.sets(st.sampled_from(VALUES)))
@settings(max_examples=100, deadline=None)
def test_documents_having_values_are_those_of_a_loop(
    archive: list[tuple[str, ...]], wanted: set[str]
) -> None:
    """Any one of the values is enough; of no value, there is none."""
    column = tag_column(archive)
    ordinals = [place for value in wanted if (place := column.ordinal(value)) is not None]
    assert column.having(ordinals).tolist() == [bool(wanted & set(tags)) for tags in archive]


@given(ARCHIVES)
@settings(max_examples=50, deadline=None)
def test_documents_with_any_value_are_present(archive: list[tuple[str, ...]]) -> None:
    """The others are what a reader finds under "without"."""
    assert tag_column(archive).present().tolist() == [bool(tags) for tags in archive]


@given(ARCHIVES, st.sampled_from([*VALUES, "", "zzz", "B"]))
@settings(max_examples=100, deadline=None)
def test_ordinal_is_the_place_of_exactly_this_value(
    archive: list[tuple[str, ...]], value: str
) -> None:
    """Another case or a beginning of it is another value, which may not be there."""
    column = tag_column(archive)
    assert list(column.values) == sorted({tag for tags in archive for tag in tags})
    place = column.values.index(value) if value in column.values else None
    assert column.ordinal(value) == place


@given(st.lists(DOCUMENTS, max_size=8))
@settings(max_examples=40, deadline=None)
def test_columns_are_read_as_they_were_written(documents: list[Document]) -> None:
    """An empty archive, a facet without values and any letters in them included."""
    columns = columns_of(documents)
    with tempfile.TemporaryDirectory() as folder:
        write_columns(columns, Path(folder))
        assert as_lists(read_columns(Path(folder))) == as_lists(columns)


def test_columns_stay_on_disk_when_they_are_read(tmp_path: Path) -> None:
    """Every worker of a server maps the same pages; and none can change them."""
    write_columns(columns_of([Document(doc_id="a", title="t", body="b")]), tmp_path)
    columns = read_columns(tmp_path)
    assert isinstance(columns.days, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        columns.days[0] = 0


@given(st.lists(DOCUMENTS, max_size=8))
@settings(max_examples=50, deadline=None)
def test_id_ranks_order_documents_as_their_ids_do(documents: list[Document]) -> None:
    """The last tie of a sort is broken by them; every rank is given once."""
    ranks = columns_of(documents).id_ranks.tolist()
    assert sorted(ranks) == list(range(len(documents)))
    by_rank = sorted(range(len(documents)), key=ranks.__getitem__)
    ids = [documents[number].doc_id for number in by_rank]
    assert ids == sorted(ids)


def test_days_count_from_1970_and_undated_articles_are_before_all() -> None:
    """Newest first, then, puts them last."""
    dates = [dt.date(1970, 1, 1), dt.date(2024, 8, 28), dt.date(1945, 8, 17), None]
    columns = columns_of([Document(doc_id="", title="", body="", date=date) for date in dates])
    assert columns.days.tolist() == [0, 19_963, -8_903, NO_DAY]
    assert columns.doc_count == 4


@given(st.lists(DOCUMENTS, max_size=8))
@settings(max_examples=50, deadline=None)
def test_lengths_are_counts_of_tokens(documents: list[Document]) -> None:
    """Rounded for each document, exact in the sum; documents without the field are not counted."""
    column = columns_of(documents).lengths["body"]
    counts = [len(tokenize(document.body)) for document in documents]
    assert column.token_count == sum(counts)
    assert column.doc_count == sum(count > 0 for count in counts)
    assert column.lengths.tolist() == [min(40, count) for count in counts]
    assert {rounded_length(40), rounded_length(41)} == {40}


def test_every_declared_column_is_made() -> None:
    """A facet or a length that is missing would be found out by a reader."""
    columns = columns_of([])
    assert list(columns.facets) == [facet.name for facet in FACET_FIELDS]
    assert tuple(columns.lengths) == LENGTH_FIELDS


def test_month_is_the_month_of_the_day() -> None:
    """Months sort as texts as they do as times."""
    dates = [dt.date(2024, 12, 31), dt.date(2025, 1, 1), dt.date(1999, 6, 5), None]
    column = columns_of([Document(doc_id="", title="", body="", date=d) for d in dates])
    assert column.facets["month"].values == ("1999-06", "2024-12", "2025-01")
    assert column.facets["month"].present().tolist() == [True, True, True, False]
