"""Garbled letters are mended, and letters that only look like it stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.text.mojibake import mend_encoding


@pytest.mark.parametrize("text", ["“Naik”, kata Rafaël – 5 µm", "harga 20 €", "日本 ±5°", "السلام"])
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_text_read_in_the_wrong_encoding_is_mended(text: str, encoding: str) -> None:
    """Both encodings that programs fall back on."""
    garbled = text.encode().decode(encoding, errors="replace")
    if "\ufffd" not in garbled:
        assert mend_encoding(garbled) == text


@pytest.mark.parametrize("text", ["Rafaël “São” Ñandú", "naïve – Müller’s", "ÄÖÜ", "5°C ± 2 €", ""])
def test_good_text_stays(text: str) -> None:
    """Quotes stay curly, letters stay as they are."""
    assert mend_encoding(text) == text


def test_one_garbled_line_among_good_ones_is_mended_alone() -> None:
    """The others hold letters that the wrong encoding does not even have."""
    assert mend_encoding("“Naik” ş\nRafaÃ«l\n日本") == "“Naik” ş\nRafaël\n日本"


@given(st.text())
def test_nothing_is_raised(text: str) -> None:
    """Whatever the text, lone surrogates among it."""
    assert isinstance(mend_encoding(text + "Ã«"), str)
