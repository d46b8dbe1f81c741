"""Whatever a file holds: a document, or our own error; never anything else."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.document import REJECTION_REASONS, Document
from index.errors import SourceError
from index.ingest.fields.bylines import split_people, split_tags
from index.ingest.fields.dateline_dates import find_date_line
from index.ingest.fields.dates import read_stated_date
from index.ingest.fields.opening_lines import split_credit
from index.ingest.io.limits import LIMITS
from index.ingest.pages.text_page import read_text_page
from index.ingest.rows.json_values import parse_record
from index.ingest.rows.record import to_document
from index.ingest.text.decoding import decode_text
from tests.index.ingest.work import GROWTH_MOST, growth

PAGE = (Path(__file__).parents[2] / "fixtures" / "pages" / "pelabuhan-garam.txt").read_bytes()
PIECES = st.sampled_from(
    ["Foto: ", "PALU", " - ", "Selasa (28/8)", "Mei 2024", "Penulis:", "Tag Terkait:", "Baca Juga",
     "\n", "\r", "- ", "|", "(", "AFP", "9999", "29/2", "akan ", "\u0301", "\x00", "\ud800", "Ag"]
)  # fmt: skip
PIECEMEAL = st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40).map("".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=10,
)
KEYS = st.sampled_from(["id", "title", "body", "date", "author", "authors", "tags", "url", "lain"])


def outcome(read: Callable[[], Document]) -> Document | None:
    """Return the document, or None for a refusal with a known reason."""
    reason = ""
    try:
        return read()
    except SourceError as error:
        reason = error.reason
    assert reason in REJECTION_REASONS
    return None


def assert_tidy(document: Document) -> None:
    """A document is complete and can be written as UTF-8."""
    assert document.title
    assert document.body
    assert "\n\n" not in document.body
    assert set(document.subheads) <= set(document.body.split("\n"))
    assert document.date is None or document.date_source != "unknown"
    assert repr(document).isprintable()
    assert document.body.encode()


@settings(max_examples=300, deadline=None)
@given(st.text() | PIECEMEAL)
def test_any_text_is_a_page_or_is_refused(text: str) -> None:
    """Labels, credits and dates in any disorder do no harm."""
    document = outcome(lambda: read_text_page(text))
    if document:
        assert_tidy(document)


@settings(max_examples=200, deadline=None)
@given(st.binary() | st.integers(0, len(PAGE)).map(lambda cut: PAGE[:cut]))
@example(b"\xff\xfe\x00\xd8")
def test_any_bytes_are_a_page_or_are_refused(data: bytes) -> None:
    """Random bytes, and a page cut anywhere, are a page or are refused."""
    document = outcome(lambda: read_text_page(decode_text(data)))
    if document:
        assert_tidy(document)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS, JSON | PIECEMEAL))
def test_any_row_is_a_document_or_is_refused(values: dict[str, object]) -> None:
    """Values of any kind under any key are read or refused."""
    row = json.dumps(values).encode()
    document = outcome(lambda: to_document(parse_record(row), "a#1", LIMITS))
    if document:
        assert_tidy(document)


@settings(max_examples=200, deadline=None)
@given(st.binary())
def test_any_bytes_are_a_row_or_are_refused(data: bytes) -> None:
    """A row of random bytes is refused."""
    outcome(lambda: to_document(parse_record(data), "a#1", LIMITS))


@settings(max_examples=300, deadline=None)
@given(PIECEMEAL)
def test_small_parsers_take_any_text(text: str) -> None:
    """Dates, bylines, tags and credits come from strangers, too."""
    read_stated_date(text)
    find_date_line(text)
    assert all(split_people(text))
    assert all(split_tags(text))
    assert len(split_credit(text).place) < 100


@pytest.mark.parametrize(
    "piece",
    ["(", "Foto: (", "a ", "Selasa, ", "28/8/", "..'", "| Penulis :", "- ", "I ", "akan "],
)
def test_work_for_an_enormous_line_grows_with_its_length(piece: str) -> None:
    """Each shape that makes a careless pattern backtrack is read in one go."""

    def read(text: str) -> None:
        outcome(lambda: read_text_page(text))

    assert growth(read, lambda count: f"Judul\n{piece * count}", 300) < GROWTH_MOST
