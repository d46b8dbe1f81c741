"""Links inside lines, glued paragraphs and markup in cells."""

import pytest

from index.ingest.text.inline_links import drop_commas, remove_inline_links, split_glued
from index.ingest.text.markup import strip_markup


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Satu.(Baca: Dua) Tiga.", "Satu. Tiga."),
        ("Satu. [Lihat juga: Dua] Tiga.", "Satu. Tiga."),
        ('Satu. Simak Video "Dua" [Gambas:Video 20menit] Tiga.', "Satu. Tiga."),
        ("Satu. SCROLL TO CONTINUE WITH CONTENT Tiga.", "Satu. Tiga."),
        ("Satu… [+2860 chars]", "Satu"),
        ("Ia membaca (buku: tebal) di rumah.", "Ia membaca (buku: tebal) di rumah."),
        ('Ia menonton video "Laut" kemarin.', 'Ia menonton video "Laut" kemarin.'),
    ],
)
def test_links_are_cut_and_sentences_stay(line: str, kept: str) -> None:
    """What was cut is told."""
    text, cut = remove_inline_links(line)
    assert text == kept
    assert bool(cut) == (kept != line)


def test_commas_of_a_scraper_are_line_breaks() -> None:
    """Those of sentences and degrees stay."""
    assert split_glued("Satu, dua.,Tiga.") == ["Satu, dua.", "Tiga."]
    assert split_glued("Budi, S.H.,M.H. pergi, lalu pulang.") == [
        "Budi, S.H.,M.H. pergi, lalu pulang."
    ]
    assert drop_commas([",", "Satu,", ", ,"]) == ["Satu"]


def test_markup_becomes_lines() -> None:
    """Blocks part lines, scripts go, and signs of less than stay."""
    html = "<div>Satu <a href='x'>dua</a><br/>tiga</div><!-- x --><style>p{}</style>empat"
    assert strip_markup(html).split("\n") == ["", "Satu dua", "tiga", "", "", "empat"]
    assert strip_markup("a < b, <script>tiga") == "a < b, tiga"
