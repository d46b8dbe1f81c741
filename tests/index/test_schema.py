"""The fields: every part of an article is found where the table says, and comes back as it was."""

import dataclasses
import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.query import NumericRange, Phrase, Query, Term
from whoosh.searching import Searcher

from index.document import DateSource, Document
from index.generations.writer import GenerationWriter
from index.schema import (
    FACET_FIELDS,
    FIELDS,
    LAYOUT,
    from_stored,
    month_of,
    schema_fingerprint,
    to_stored,
)
from index.whoosh_codec.table_of_contents import open_whoosh

ARTICLE = Document(
    doc_id="Beras/17 é",
    title="Perdagangan Beras",
    body="Petani menjual gabah.\nPasar Induk ramai.",
    subheads=("Pasar Induk ramai.",),
    caption="Seorang pedagang menimbang.",
    date=dt.date(2024, 8, 28),
    date_source="stated",
    authors=("Sari Wulan", "Budi Laksana"),
    editors=("Tono Wirya",),
    tags=("Ketahanan Pangan", "harga"),
    category="Ekonomi",
    source="Koran Contoh",
    url="https://contoh.example/17?a=b",
)
BARE = Document(doc_id="bare", title="Kosong", body="")

TEXTS = st.text(max_size=20)
VALUES = st.lists(TEXTS, max_size=3).map(tuple)
DOCUMENTS = st.builds(
    Document,
    doc_id=TEXTS,
    title=TEXTS,
    body=TEXTS,
    subheads=VALUES,
    caption=TEXTS,
    credit=TEXTS,
    place=TEXTS,
    date=st.none() | st.dates(),
    date_source=st.sampled_from(get_args(DateSource)),
    authors=VALUES,
    editors=VALUES,
    tags=VALUES,
    category=TEXTS,
    source=TEXTS,
    url=TEXTS,
    notes=VALUES,
    extras=st.dictionaries(TEXTS, TEXTS, max_size=3),
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """Search an index of `ARTICLE`, number 0, and `BARE`, number 1."""
    folder = tmp_path_factory.mktemp("schema")
    with GenerationWriter(folder) as writer:
        writer.add(ARTICLE)
        writer.add(BARE)
        writer.commit()
    with open_whoosh(folder, folder).searcher() as opened:
        yield opened


def matches(searcher: Searcher, query: Query) -> list[int]:
    """Return the numbers of the documents that match."""
    return sorted(searcher.docs_for_query(query))


@given(DOCUMENTS)
@settings(max_examples=200, deadline=None)
def test_stored_document_comes_back_as_it_was(document: Document) -> None:
    """Every part of it, with its type: a page is made of what is stored."""
    assert from_stored(to_stored(document)) == document


def test_stored_document_keeps_lone_surrogates() -> None:
    """Half of a letter, from a file name or a broken row, is no reason to lose an article."""
    document = dataclasses.replace(BARE, title="a\ud800b", extras={"\udfff": "x"})
    assert from_stored(to_stored(document)) == document


@pytest.mark.parametrize(
    ("field", "term"),
    [
        ("id", "Beras/17 é"),
        ("title", "perdagangan"),
        ("title_stem", "dagang"),
        ("body", "menjual"),
        ("body_stem", "jual"),
        ("body", "ramai"),
        ("caption", "pedagang"),
        ("caption_stem", "dagang"),
        ("tags", "pangan"),
        ("tags_stem", "tahan"),
        ("author", "wulan"),
        ("author", "laksana"),
        ("editor", "wirya"),
        ("category", "ekonomi"),
        ("source", "koran"),
        ("month", "2024-08"),
        ("url", "https://contoh.example/17?a=b"),
    ],
)
def test_part_of_an_article_is_found_in_its_field(
    searcher: Searcher, field: str, term: str
) -> None:
    """Words folded, stems stemmed, keys exactly as they were given."""
    assert matches(searcher, Term(field, term)) == [0]


@pytest.mark.parametrize(
    ("field", "term"),
    [
        ("title", "dagang"),
        ("body", "Menjual"),
        ("tags", "tahan"),
        ("author", "tono"),
        ("editor", "sari"),
        ("id", "beras/17 é"),
        ("month", "2024"),
    ],
)
def test_field_does_not_hold_what_belongs_elsewhere(
    searcher: Searcher, field: str, term: str
) -> None:
    """Exact words are no stems, authors are no editors, and keys are not folded."""
    assert matches(searcher, Term(field, term)) == []


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (20240828, 20240828, [0]),
        (20240801, 20240831, [0]),
        (20240829, None, []),
        (None, 20240827, []),
        (None, None, [0]),
    ],
)
def test_article_is_found_by_its_day(
    searcher: Searcher, first: int | None, last: int | None, found: list[int]
) -> None:
    """Both ends belong to a range; an article without a date is in none."""
    assert matches(searcher, NumericRange("date", first, last)) == found


@pytest.mark.parametrize(
    ("field", "words", "found"),
    [
        ("body", ["petani", "menjual", "gabah"], [0]),
        ("body", ["menjual", "petani"], []),
        ("body", ["gabah", "pasar"], []),
        ("tags", ["ketahanan", "pangan"], [0]),
        ("tags", ["pangan", "harga"], []),
        ("author", ["sari", "wulan"], [0]),
        ("author", ["wulan", "budi"], []),
    ],
)
def test_phrase_stays_within_a_paragraph_a_tag_and_a_name(
    searcher: Searcher, field: str, words: list[str], found: list[int]
) -> None:
    """Two lines that follow one another are no sentence, two tags no phrase."""
    assert matches(searcher, Phrase(field, words)) == found


def test_stored_documents_come_in_the_order_they_were_added(searcher: Searcher) -> None:
    """Columns are read by the number of a document."""
    stored = [from_stored(row["document"]) for row in searcher.documents()]
    assert stored == [ARTICLE, BARE]


def test_every_text_has_lengths_to_score_with() -> None:
    """A stem has the length of its word, so both kinds of field share one row of lengths."""
    texts = [field.name for field in FIELDS if field.kind in ("words", "stems")]
    assert {LAYOUT.length_field(name) for name in texts} == set(LAYOUT.words)
    keys = [field.name for field in FIELDS if field.kind in ("key", "day")]
    assert {LAYOUT.length_field(name) for name in keys} == {None}


def test_segments_hold_every_declared_field_and_facet() -> None:
    """A field that is missing from the layout would be found out by a reader."""
    searched = [field.name for field in FIELDS if field.kind in ("words", "stems", "key")]
    assert sorted(LAYOUT.term_fields) == sorted(searched)
    assert LAYOUT.numbers == ("date",)
    assert LAYOUT.facets == tuple(facet.name for facet in FACET_FIELDS)
    assert [field.name for field in FIELDS if field.kind == "stored"] == [LAYOUT.stored]
    assert {row.source for row in LAYOUT.derived} <= set(LAYOUT.words)


@pytest.mark.parametrize(
    ("date", "month"),
    [(dt.date(2024, 1, 31), "2024-01"), (dt.date(1999, 12, 1), "1999-12"), (None, None)],
)
def test_month_is_written_so_that_it_sorts(date: dt.date | None, month: str | None) -> None:
    """Year first, two digits of month; without a date there is none."""
    document = dataclasses.replace(BARE, date=date)
    assert month_of(document) == month
    month_facet = next(facet for facet in FACET_FIELDS if facet.name == "month")
    assert month_facet.values_of(document) == ((month,) if month else ())


def test_article_without_a_value_has_none_in_any_facet() -> None:
    """An empty text is no value: it would be a nameless entry in a list of choices."""
    assert {facet.values_of(BARE) for facet in FACET_FIELDS} == {()}


def test_fingerprint_is_the_same_in_every_process() -> None:
    """Or each worker would take the index for another's."""
    code = "from index.schema import schema_fingerprint; print(schema_fingerprint())"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert ran.stdout.strip() == schema_fingerprint()
    assert len(schema_fingerprint()) == 16


def test_writer_that_is_left_before_the_commit_writes_no_index(tmp_path: Path) -> None:
    """Nothing stands in its folder, and what was added is let go."""
    with GenerationWriter(tmp_path) as writer:
        writer.add(ARTICLE)
    assert list(tmp_path.iterdir()) == []
