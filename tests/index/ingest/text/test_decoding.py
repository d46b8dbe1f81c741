"""Decoding and cleaning: what becomes text, and what never passes."""

import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.errors import SourceError
from index.ingest.text.decoding import clean_text, decode_text, split_paragraphs
from index.ingest.text.mojibake import mend_encoding


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_usual_encodings_give_the_same_text(encoding: str) -> None:
    """UTF-8, UTF-16 with its mark, and what old Windows machines wrote."""
    text = "Café – “garam”\n"
    assert decode_text(text.encode(encoding)) == text


def test_big_endian_mark_is_known() -> None:
    """UTF-16 comes in two orders."""
    assert decode_text(b"\xfe\xff" + "garam".encode("utf-16-be")) == "garam"


def test_text_cut_in_the_midst_of_a_letter_stays_utf_8() -> None:
    """One lost letter does not spoil all others."""
    cut = "“Café” – “garam”".encode()[:-1]
    assert decode_text(cut).startswith("“Café” – “garam")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xff\xfe", "empty"),
        (b"garam\x00garam", "binary"),
        (b"\x89PNG\x0d\x0a\x1a\x0a\x01\x02\x03\x04", "binary"),
        (b"\xff\xfea\x00\x00\x00", "binary"),
        (b"\xff\xfea", "encoding"),
        (b"garam \x81\x8d", "encoding"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    """Each has the reason of its rejection."""
    with pytest.raises(SourceError) as refused:
        decode_text(data)
    assert refused.value.reason == reason


def test_few_bytes_that_mean_nothing_do_not_cost_the_text() -> None:
    """Each stands as U+FFFD among letters that old Windows wrote."""
    assert (
        decode_text(b"\x93Murah,\x94 kata Caf\xe9 \x9d.") == "\u201cMurah,\u201d kata Café \ufffd."
    )


def test_cleaning_drops_what_html_and_json_cannot_hold() -> None:
    """Control, zero-width and bidirectional characters and lone surrogates go."""
    assert clean_text("ga\x00r\u200bam\ud800\u202e\x1b\ufeff\x7f\x9f") == "garam"


def test_cleaning_composes_letters() -> None:
    """A letter and its marks are one character."""
    assert clean_text("Cafe\u0301") == "Café"


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_line_break_becomes_a_line_feed(line_break: str) -> None:
    """Line breaks of all systems are one."""
    assert clean_text(f"a{line_break}b") == "a\nb"


def test_paragraphs_have_single_spaces_and_no_blank_lines() -> None:
    """No-break and wide spaces are spaces."""
    assert split_paragraphs("  a\u00a0 \u3000b\t\n \n\n c ") == ["a b", "c"]


def test_endless_marks_on_one_letter_are_cut() -> None:
    """Sorting a million marks would take hours; thirty are plenty."""
    assert len(clean_text("a" + "\u0301\u0323" * 500_000 + "b")) <= 32


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_clean_text_is_normal_and_stays_so(text: str) -> None:
    """Cleaning twice changes nothing, and the result can be written as UTF-8."""
    cleaned = clean_text(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    # Letters may look garbled only once what stood between them is gone.
    assume(mend_encoding(cleaned) == cleaned)
    assert clean_text(cleaned) == cleaned
    assert cleaned.encode().decode() == cleaned
