"""Saved pages of HTML: invented pages in the mark-up of each family of outlets, field by field."""

import dataclasses
import json
from pathlib import Path

import pytest

from index.errors import SourceError
from index.ingest.fields.identity import hash_id
from index.ingest.io.limits import Limits
from index.ingest.pages.html_page import read_html_page
from index.ingest.pages.html_tree import decode_html

PAGES = sorted((Path(__file__).parents[3] / "fixtures" / "reading").glob("*.htm*"))
TEXT = "Kepala pasar mengatakan harga beras turun sejak panen raya dimulai di tiga kecamatan."


def page(body: str = f"<p>{TEXT}</p>", head: str = "") -> str:
    """Return a page with a headline and a marked text."""
    title = "<meta property='og:title' content='Harga Beras Turun'>"
    return f"<html><head>{title}{head}</head><body><div itemprop=articleBody>{body}</div></body>"


def outcome(path: Path) -> dict[str, object]:
    """Return every field of a page, or the reason of its rejection, as its truth is written."""
    try:
        document = read_html_page(decode_html(path.read_bytes()))
    except SourceError as error:
        return {"refused": error.reason}
    fields = dataclasses.asdict(document)
    for name in ("doc_id", "origins", "cut_lines"):
        del fields[name]
    fields["body"] = document.body.split("\n")
    fields["date"] = document.date.isoformat() if document.date else None
    return json.loads(json.dumps(fields))  # type: ignore[no-any-return]  # tuples become lists


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_page_gives_every_field_of_its_truth(path: Path) -> None:
    """Each page stands beside a JSON file that says what a reader would take from it.

    Of a truth that tells some fields alone, see `test_measure_reading`.
    """
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    if not truth.keys() & {"refused", "extras"}:
        del truth["body"]
    found = outcome(path)
    assert {name: found.get(name) for name in truth} == truth


def test_every_truth_has_its_page() -> None:
    """A renamed page does not leave its truth behind, untested."""
    folder = Path(__file__).parents[3] / "fixtures" / "reading"
    pages = {path.stem for path in folder.iterdir() if path.suffix != ".json"}
    assert {path.stem for path in folder.glob("*.json")} == pages
    assert len(PAGES) >= 40


def test_id_is_made_of_the_address_else_of_the_place() -> None:
    """Two saved copies of an article are one document."""
    url = "https://pagi.example/beras"
    head = f"<link rel=canonical href='{url}'>"
    assert read_html_page(page(head=head), location="a.html").doc_id == hash_id(url)
    assert read_html_page(page(), location="a.html").doc_id == hash_id("a.html")


def test_lines_cut_from_the_text_are_counted_in_a_note() -> None:
    """Nothing is cut in silence."""
    noise = "<p>Baca juga: Panen Raya</p><p>ADVERTISEMENT</p><p>Copyright 2024 Pagi</p>"
    document = read_html_page(page(f"<p>{TEXT}</p>{noise}"))
    assert document.body == TEXT
    assert document.notes == ("Lines of adverts and links that were cut from the text: 3.",)


def test_paragraph_that_begins_like_an_advert_stays() -> None:
    """Rules cut short lines only: a long one is a paragraph."""
    line = "Simak juga alasan pemerintah yang panjang ini. " * 8
    assert read_html_page(page(f"<p>{TEXT}</p><p>{line}</p>")).body == f"{TEXT}\n{line.strip()}"


def test_hidden_text_and_entities_are_read_as_a_reader_sees_them() -> None:
    """Scripts, styles and hidden spans are not seen; entities and line breaks are."""
    body = f"<p>{TEXT}<script>x()</script><span style='display: none'>rahasia</span></p>"
    document = read_html_page(page(body + "<p>Rp&nbsp;5.000 &lt; Rp&#32;6.000<br>per\nliter.</p>"))
    assert document.body == f"{TEXT}\nRp 5.000 < Rp 6.000\nper liter."


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/", "no_article"),
        ("/tag/beras", "no_article"),
        ("/indeks?page=2", "no_article"),
        ("/index.php", "no_article"),
        ("/ekonomi/read/1/tag-harga", None),
    ],
)
def test_address_tells_lists_from_articles(path: str, reason: str | None) -> None:
    """Front pages, tags and indexes are known by their paths."""
    head = f"<meta property='og:url' content='https://pagi.example{path}'>"
    try:
        read_html_page(page(head=head))
        found = None
    except SourceError as error:
        found = error.reason
    assert found == reason


def test_page_without_a_headline_is_refused() -> None:
    """A text that nobody named cannot be shown in a list of hits."""
    with pytest.raises(SourceError, match="no_title"):
        read_html_page(f"<html><div itemprop=articleBody><p>{TEXT}</p></div>")


def test_address_beyond_the_limit_is_left_out() -> None:
    """A cut address would lead nowhere."""
    head = f"<link rel=canonical href='https://pagi.example/{'x' * 99}'>"
    assert read_html_page(page(head=head), limits=Limits(url_chars=50)).url == ""


def test_date_line_gives_the_day_when_the_page_states_none() -> None:
    """The text's own date line comes after everything that the page states."""
    document = read_html_page(page(f"<p>{TEXT}</p><p>Ia bicara pada Selasa (27/8/2024).</p>"))
    assert (str(document.date), document.date_source) == ("2024-08-27", "date_line")


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("iso-8859-1", "cp1252"), ("windows-1252", "cp1252"), ("utf-8", "utf-8"), ("x", "cp1252")],
)
def test_encoding_is_the_declared_one(declared: str, encoding: str) -> None:
    """An old page says how it was written; what it does not say is found out."""
    text = f"<meta charset='{declared}'><p>kafé “baru”"
    assert decode_html(text.encode(encoding)) == text


def test_bytes_are_believed_before_a_declaration() -> None:
    """A page that was converted when it was saved still declares what it was."""
    text = "<meta charset=iso-8859-1><p>kafé"
    assert decode_html(text.encode()) == text
    assert decode_html(text.encode("utf-16")) == text


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("404 Not Found", "no_article"),
        ("Oops! Halaman tidak ditemukan.", "no_article"),
        ("Halaman tidak ditemukan - Suara Pesisir", "no_article"),
        ("Just a moment...", "no_article"),
        ("Silakan Masuk", "no_article"),
        ("Halaman Tidak Ditemukan, Warga Keluhkan Situs Sekolah", None),
        ("Hakim: Artikel Ini Tidak Dapat Diterapkan", None),
        ("404 Rumah Terendam Banjir", None),
        ("Masuk Angin", None),
    ],
)
def test_errors_and_logins_are_no_articles(title: str, reason: str | None) -> None:
    """A title that is nothing but an error is one; a headline may begin like it."""
    try:
        read_html_page(f"<title>{title}</title><h1>{title}</h1><div><p>{TEXT}</p></div>")
        found = None
    except SourceError as error:
        found = error.reason
    assert found == reason


def test_address_that_a_browser_noted_is_the_page_s() -> None:
    """Browsers write it above a page that states none; in a text it is a text."""
    note = "<!-- saved from url=(0029)https://pagi.example/read/beras -->"
    assert read_html_page(note + page()).url == "https://pagi.example/read/beras"
    assert (
        read_html_page(page(f"<p>{TEXT} saved from url=(0029)https://pagi.example/a</p>")).url == ""
    )


def test_deck_above_the_outlet_that_opens_the_text_is_no_text() -> None:
    """An outlet alone opens a text as a place does."""
    document = read_html_page(page(f"<p>{TEXT}</p><p>kabarpagi.id - {TEXT} Itu.</p>"))
    assert document.body == f"{TEXT} Itu."
    assert read_html_page(page(f"<p>{TEXT}</p><p>Harga garam - {TEXT}</p>")).body.startswith(TEXT)
