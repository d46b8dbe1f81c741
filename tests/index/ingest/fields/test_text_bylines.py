"""Bylines that a scraper joined with the text."""

import pytest

from index.ingest.fields.text_bylines import take_bylines


@pytest.mark.parametrize(
    ("lines", "kept", "authors", "editors"),
    [
        (["Panen naik.", "Penulis: Ani Lestari"], ["Panen naik."], ["Ani Lestari"], []),
        (
            ["Panen naik. Pewarta : Ani LestariEditor : Budi Raharja COPYRIGHT © PAGI 2026"],
            ["Panen naik."],
            ["Ani Lestari"],
            ["Budi Raharja"],
        ),
        (["Panen naik.", "(Ditulis oleh Ani Lestari)"], ["Panen naik."], ["Ani Lestari"], []),
        (
            ["Reporter: Ani Lestari | Editor: Budi KABAR.CO.ID - PALU. Panen naik."],
            ["KABAR.CO.ID - PALU. Panen naik."],
            ["Ani Lestari"],
            ["Budi"],
        ),
        (["Penulis: Ani itu menulis buku.", "x"], ["Penulis: Ani itu menulis buku.", "x"], [], []),
        (["Kata Editor: Harga naik, lalu turun lagi."], None, [], []),
        ([], None, [], []),
    ],
)
def test_bylines_are_taken_out_of_the_text(
    lines: list[str], kept: list[str] | None, authors: list[str], editors: list[str]
) -> None:
    """A sentence that begins like one stays."""
    found = take_bylines(lines)
    assert found.lines == (lines if kept is None else kept)
    assert (found.authors, found.editors) == (authors, editors)
    assert bool(found.cut) == (found.lines != lines)
