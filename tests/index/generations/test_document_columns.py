"""Documents as columns: every declared field and facet, as the segments take them."""

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Document
from index.generations.document_columns import make_batch
from index.schema import LAYOUT, from_stored
from index.segments.batch import Batch
from index.segments.segment import NO_NUMBER

TEXTS = st.text(max_size=8)
VALUES = st.lists(TEXTS, max_size=3).map(tuple)
DOCUMENTS = st.builds(
    Document,
    doc_id=TEXTS,
    title=TEXTS,
    body=TEXTS,
    tags=VALUES,
    authors=VALUES,
    date=st.none() | st.dates(),
    source=TEXTS,
    url=TEXTS,
)


def batch_of(documents: Sequence[Document]) -> Batch:
    """Return documents as a build hands them on."""
    return make_batch(documents)


def dated(*dates: dt.date | None) -> Batch:
    """Return documents of these dates."""
    return batch_of([Document(doc_id="", title="", body="", date=date) for date in dates])


@settings(max_examples=60, deadline=None)
@given(documents=st.lists(DOCUMENTS, max_size=5))
def test_every_declared_column_has_an_entry_for_each_document(documents: list[Document]) -> None:
    """A field or facet that is missing would be found out by a reader."""
    batch = batch_of(documents)
    assert set(batch.texts) == set(LAYOUT.words)
    assert set(batch.keys) == set(LAYOUT.keys)
    assert set(batch.numbers) == set(LAYOUT.numbers)
    assert set(batch.facets) == set(LAYOUT.facets)
    columns = (batch.texts, batch.keys, batch.numbers, batch.facets)
    assert {len(part) for column in columns for part in column.values()} == {len(documents)}
    assert [from_stored(stored.decode()) for stored in batch.stored] == documents


def test_days_are_numbers_and_undated_articles_are_before_all() -> None:
    """Any year; of two days the later one has the greater number."""
    batch = dated(dt.date(1970, 1, 1), dt.date(2024, 8, 28), dt.date(1, 1, 1), None)
    assert batch.numbers["date"].tolist() == [19_700_101, 20_240_828, 10_101, NO_NUMBER]


def test_month_is_the_month_of_the_day() -> None:
    """As a key and as a facet; months sort as texts as they do as times."""
    batch = dated(dt.date(2024, 12, 31), dt.date(2025, 1, 1), dt.date(1999, 6, 5), None)
    assert batch.facets["month"] == [("2024-12",), ("2025-01",), ("1999-06",), ()]
    assert batch.keys["month"] == [b"2024-12", b"2025-01", b"1999-06", None]


def test_tags_and_names_stand_on_lines_of_their_own() -> None:
    """So that no phrase reaches from one to the next; as facets they are as they were given."""
    document = Document(
        doc_id="a", title="", body="", tags=("beras", "AI", "beras"), authors=("S W",)
    )
    batch = batch_of([document])
    assert batch.texts["tags"] == ["beras\nAI\nberas"]
    assert batch.facets["tag"] == [("beras", "AI", "beras")]
    assert (batch.texts["author"], batch.facets["author"]) == (["S W"], [("S W",)])


def test_part_that_is_not_there_has_no_key_and_no_facet() -> None:
    """An empty text is no value."""
    batch = batch_of([Document(doc_id="a", title="", body="")])
    assert (batch.keys["id"], batch.keys["url"]) == ([b"a"], [None])
    assert set(map(tuple, batch.facets.values())) == {((),)}


@pytest.mark.parametrize("text", ["a\ud800b", "\udfff"])
def test_half_of_a_letter_is_stored_as_it_was(text: str) -> None:
    """It comes from broken rows, and is no reason to lose an article."""
    batch = batch_of([Document(doc_id="a", title=text, body=text, tags=(text,))])
    assert from_stored(batch.stored[0].decode("utf-8", "surrogatepass")).title == text
