"""Menus above the headline of a page that was copied whole, and pages that have none."""

from index.ingest.pages.text_page import read_text_page
from index.ingest.pages.text_page_menu import cut_menu

MENU = ["Kabar Pagi", "Beranda", "Ekonomi", "Olahraga", "Video", "Indeks"]
TITLE = "Panen Garam Membaik di Sampang"
TEXT = "Panen garam di Sampang membaik sejak hujan berhenti, kata ketua kelompok tani di desa itu."


def test_page_with_its_menus_is_read_from_its_headline_on() -> None:
    """The date below the headline shows which line it is."""
    lines = [
        *MENU,
        TITLE,
        "Oleh: Ani Lestari 08 Agustus 2018 | 17:45 WIB",
        "0 komentar",
        TEXT,
        TEXT,
    ]
    document = read_text_page("\n".join(lines))
    assert (document.title, str(document.date)) == (TITLE, "2018-08-08")
    assert (document.authors, document.body) == (("Ani Lestari",), f"{TEXT}\n{TEXT}")
    assert [line.text for line in document.cut_lines] == [*MENU, "0 komentar"]


def test_names_beside_the_date_are_the_writers() -> None:
    """Names elsewhere above the text, as in a menu of columns, are none."""
    page = [
        *MENU,
        "Budi Raharja",
        TITLE,
        "10/06/2025, 12:40 WIB",
        "Ani Lestari, Rudi Hartono",
        TEXT,
    ]
    assert read_text_page("\n".join(page)).authors == ("Ani Lestari", "Rudi Hartono")


def test_page_without_menus_stays() -> None:
    """Few lines above the text, or no date below a headline, are no sign of a menu."""
    for lines in ([TITLE, "Selasa, 10 Jun 2025", TEXT], [TITLE, *MENU, TEXT], [*MENU, TEXT]):
        assert cut_menu(lines) == (lines, [])
