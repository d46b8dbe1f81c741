"""Saved pages as plain text: every part finds its field, and nothing else gets in."""

import datetime as dt
from pathlib import Path

import pytest

from index.errors import SourceError
from index.ingest.io.limits import Limits
from index.ingest.pages.text_page import read_text_page

PAGE = Path(__file__).parents[3] / "fixtures" / "pages" / "pelabuhan-garam.txt"
FOOT = "Redaktur: Hanafi Lamakarate\nPenulis: Rosmini Tandilino\nTag Terkait: garam, kapal\n"
TEXT = "Panen garam tahun ini lebih baik daripada yang lalu."


def page(*lines: str) -> str:
    """Put lines below a title."""
    return "\n".join(["Panen Garam Membaik", *lines])


def test_page_with_every_trap_gives_its_parts() -> None:
    """Photo, byline, subhead and date are separated on a page as crawlers save it."""
    document = read_text_page(PAGE.read_text(encoding="utf-8"))
    assert document.title == "Dua Pelabuhan Garam Berbagi Jadwal Sandar Kapal"
    assert document.caption.startswith("Kepala Balai Pelabuhan Rakyat Sulaiman Datukarama (kiri)")
    assert (document.credit, document.place) == ("Tirta Wiguna/BMKG", "PALU")
    assert document.authors == ("Rosmini Tandilino S",)
    assert document.editors == ("Hanafi Lamakarate",)
    assert document.tags == ()
    assert document.subheads == ("Menghindari Antrean",)


def test_body_of_the_page_begins_after_the_dash_and_ends_before_the_byline() -> None:
    """The body is the article and nothing of the lists."""
    lines = read_text_page(PAGE.read_text(encoding="utf-8")).body.split("\n")
    assert lines[0].startswith("Pengelola dua pelabuhan garam pada Rabu (14/11)")
    assert lines[2] == "Menghindari Antrean"
    assert lines[-1].endswith("cukup untuk mengatur giliran.")
    assert len(lines) == 5


def test_date_without_a_year_is_inferred_and_a_weekday_that_disagrees_is_noted() -> None:
    """The months the body names decide; the weekday only leaves a note."""
    document = read_text_page(PAGE.read_text(encoding="utf-8"))
    assert (document.date, document.date_source) == (dt.date(2023, 11, 14), "inferred")
    assert document.notes == ("The page says Rabu, but 2023-11-14 is a Tuesday (Selasa).",)


@pytest.mark.parametrize("title_only", ["Panen Garam\n", "Panen Garam\n" + FOOT])
def test_page_without_text_is_refused(title_only: str) -> None:
    """A title alone is no article."""
    with pytest.raises(SourceError) as refused:
        read_text_page(title_only)
    assert refused.value.reason == "no_body"


def test_list_of_headlines_is_refused() -> None:
    """Nothing in it ends as a sentence does; one that does makes it an article."""
    headlines = ["Harga Kopra Menguat", "Warga Tanam Bakau", "Kali Meluap", "Feri Baru Berlayar"]
    with pytest.raises(SourceError) as refused:
        read_text_page(page(*headlines))
    assert refused.value.reason == "no_article"
    assert read_text_page(page(TEXT, *headlines)).title == "Panen Garam Membaik"


def test_page_with_a_photo_but_no_text_is_refused() -> None:
    """A caption and a credit are no article either."""
    with pytest.raises(SourceError, match="no_body"):
        read_text_page(page("Petani di tambak.", "Foto: Tirta Wiguna/BMKG", FOOT))


@pytest.mark.parametrize("text", ["", "  \n\n", "\ufeff", "Foto: Tirta WigunaPALU - " + TEXT])
def test_page_without_a_title_is_refused(text: str) -> None:
    """A page that has nothing, or begins with its photo credit, has no title."""
    with pytest.raises(SourceError, match="no_title"):
        read_text_page(text)


def test_page_without_photo_opens_with_its_place() -> None:
    """The place opens the second line, and the text follows."""
    document = read_text_page(page(f"PALU - {TEXT}", "Warga senang."))
    assert (document.place, document.caption, document.credit) == ("PALU", "", "")
    assert document.body == f"{TEXT}\nWarga senang."


def test_caption_without_credit_is_known_by_the_place_that_opens_the_next_line() -> None:
    """A line between title and place is the caption."""
    document = read_text_page(page("Petani di tambak.", f"PALU - {TEXT}"))
    assert document.caption == "Petani di tambak."
    assert document.body == TEXT


def test_second_line_is_text_when_no_photo_is_named() -> None:
    """Without a credit there is no caption."""
    document = read_text_page(page(TEXT, "Warga senang."))
    assert (document.caption, document.body) == ("", f"{TEXT}\nWarga senang.")


def test_credit_inside_the_caption_is_taken_out() -> None:
    """Some pages put the credit in brackets behind the caption."""
    document = read_text_page(page("Petani di tambak. (Foto: Tirta Wiguna)", TEXT))
    assert (document.caption, document.credit) == ("Petani di tambak.", "Tirta Wiguna")


def test_credit_on_its_own_line_leaves_the_place_to_the_next() -> None:
    """Credit, then place: not every page glues them."""
    document = read_text_page(
        page("Petani.", "Foto: Tirta Wiguna/BMKG", f"PALU, Harian Pagi - {TEXT}")
    )
    assert (document.credit, document.place) == ("Tirta Wiguna/BMKG", "PALU")
    assert (document.source, document.body) == ("Harian Pagi", TEXT)


def test_second_photo_leaves_the_text_with_a_note() -> None:
    """Only one credit is kept, and the loss of the other is said."""
    document = read_text_page(
        page("Petani.", f"Foto: TirtaPALU - {TEXT}", "Foto: Wiguna", "Selesai.")
    )
    assert (document.credit, document.body) == ("Tirta", f"{TEXT}\nSelesai.")
    assert document.notes == ("Another photo credit was left out: Wiguna.",)


def test_labels_before_the_body_are_read() -> None:
    """Some pages put the byline under the title."""
    document = read_text_page(
        page("Penulis: Rosmini", "Editor: Hanafi", "Petani.", "Foto: Tirta", TEXT)
    )
    assert (document.authors, document.editors) == (("Rosmini",), ("Hanafi",))
    assert (document.caption, document.body) == ("Petani.", TEXT)


@pytest.mark.parametrize("role", ["Penulis", "Reporter", "Pewarta", "Oleh", "PENULIS "])
def test_author_goes_by_many_names(role: str) -> None:
    """Outlets call their authors differently."""
    assert read_text_page(page(TEXT, f"{role}: Rosmini")).authors == ("Rosmini",)


def test_labels_may_share_a_line() -> None:
    """Author and editor on one line, with a bar between."""
    document = read_text_page(page(TEXT, "Penulis: Rosmini | Editor: Hanafi"))
    assert (document.authors, document.editors) == (("Rosmini",), ("Hanafi",))


def test_label_inside_a_paragraph_is_text() -> None:
    """Only the start of a line makes a label, and a long sentence is none."""
    long = "Penulis: " + "orang yang menulis " * 20 + "."
    document = read_text_page(page("Di sampul tertera Penulis: Rosmini.", long))
    assert document.authors == ()
    assert document.body == f"Di sampul tertera Penulis: Rosmini.\n{long}"


@pytest.mark.parametrize(
    "tag_lines",
    [
        "Tag Terkait: garam, harga pangan, Garam",
        "Tags: #garam #harga pangan",
        "Tag Terkait:\n- garam\n- harga pangan",
        "Topik :\n#garam\n#harga pangan\nBerita Terkini\n- Lain",
        "Tag Terkait\ngaram\nharga pangan\nPenulis: Rosmini",
    ],
)
def test_tags_are_read_from_one_line_or_several(tag_lines: str) -> None:
    """Each tag counts once, in order, in whatever form the page lists them."""
    assert read_text_page(page(TEXT, TEXT, tag_lines)).tags == ("garam", "harga pangan")


def test_empty_tags_do_not_swallow_the_text_below() -> None:
    """A sentence below the empty label is text."""
    document = read_text_page(page("Tag Terkait:", TEXT))
    assert (document.tags, document.body) == ((), TEXT)


def test_list_in_the_midst_of_the_page_is_dropped() -> None:
    """Headlines of other articles are no text; what follows them is."""
    inside = ("Baca Juga:", "- Harga Ikan Naik", "- Kapal Karam", "Soal Ongkos")
    document = read_text_page(
        page(TEXT, *inside, "Ongkos bongkar naik.", "Baca Juga: Kapal Hilang")
    )
    assert document.body == f"{TEXT}\nSoal Ongkos\nOngkos bongkar naik."
    assert document.subheads == ("Soal Ongkos",)


@pytest.mark.parametrize(
    "line", ["Terbaru: garam kini bebas bea.", "Rekomendasi", "Oleh karena itu:"]
)
def test_line_that_only_resembles_a_list_heading_stays(line: str) -> None:
    """Text is not lost for a word it shares with the site's furniture."""
    assert line in read_text_page(page(TEXT, line, TEXT)).body


@pytest.mark.parametrize("line", ["Baca juga: Kapal Hilang", "[Baca Juga: Kapal Hilang]"])
def test_line_that_announces_another_article_is_dropped(line: str) -> None:
    """A single headline inside the text goes, with or without brackets."""
    assert read_text_page(page(TEXT, line, TEXT)).body == f"{TEXT}\n{TEXT}"


def test_list_without_bullets_ends_at_the_next_sentence() -> None:
    """Bare headlines differ from text by their missing full stop."""
    document = read_text_page(
        page(TEXT, "Berita Terkait", "Harga Ikan Naik", "Ongkos bongkar naik.")
    )
    assert document.body == f"{TEXT}\nOngkos bongkar naik."


def test_site_text_below_the_lists_is_left_out_with_a_note() -> None:
    """What follows the lists at the foot belongs to the site."""
    below = "Hak cipta dilindungi undang-undang."
    document = read_text_page(page(TEXT, TEXT, FOOT, "Berita Terkini", "- Lain", below))
    assert below not in document.body
    assert document.notes == ("1 lines below the lists were left out.",)


def test_subhead_is_a_short_line_between_paragraphs() -> None:
    """First and last lines, list items, and neighbouring short lines are no subheads."""
    lines = (
        "Baris Awal",
        TEXT,
        "Anak Judul",
        TEXT,
        "- butir",
        TEXT,
        "Satu 2",
        "Dua 1",
        TEXT,
        "Akhir",
    )
    assert read_text_page(page(*lines)).subheads == ("Anak Judul",)


def test_blank_lines_and_windows_line_ends_do_not_matter() -> None:
    """The same page from Windows, with blank lines and trailing spaces, is the same document."""
    text = PAGE.read_text(encoding="utf-8")
    spaced = text.replace("\n", "  \r\n\r\n")
    same = read_text_page(text, doc_id="a"), read_text_page(spaced, doc_id="a")
    assert same[0] == same[1]


def test_line_that_is_a_date_states_the_date() -> None:
    """A date on its own line, or behind a label, beats the date line in the text."""
    own_line = page("Rabu, 28 Agustus 2024 | 19.30 WIB", f"{TEXT} Selasa (27/8/2024).")
    labelled = page(f"{TEXT} Selasa (27/8/2024).", "Diterbitkan: 28/08/2024 19:30 WIB")
    for text in (own_line, labelled):
        document = read_text_page(text)
        assert (document.date, document.date_source) == (dt.date(2024, 8, 28), "stated")


def test_stated_date_that_cannot_be_read_is_kept_as_text() -> None:
    """What the page said is not lost, and the date line takes its place."""
    document = read_text_page(page(f"{TEXT} Selasa (27/8/2024).", "Diterbitkan: kemarin"))
    assert (document.extras, document.date_source) == ({"date": "kemarin"}, "date_line")


def test_title_too_long_is_cut_with_a_note() -> None:
    """Nothing is cut in silence."""
    document = read_text_page(page(TEXT), limits=Limits(title_chars=5))
    assert document.title == "Panen"
    assert document.notes == ("The title was cut from 19 to 5 characters.",)


def test_notes_are_bounded() -> None:
    """A page of a thousand photos does not leave a thousand notes."""
    photos = [f"Foto: Tirta {number}" for number in range(1000)]
    assert len(read_text_page(page(*photos, TEXT)).notes) == 20


def test_too_many_tags_are_cut_with_a_note() -> None:
    """The first tags stay."""
    document = read_text_page(page(TEXT, "Tags: a, b, c"), limits=Limits(tag_count=2))
    assert document.tags == ("a", "b")
    assert document.notes == ("Of 3 tags the first 2 were kept.",)
