"""Writers and editors of a page, told apart by their labels, and found without them."""

import pytest

from index.ingest.pages.html_page import read_html_page

LINE = "Perahu penyeberangan di Teluk Sawai kembali berlayar setelah mesin yang rusak diganti."
LD = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "%s"}}</script>'
)


def read(above: str = "", behind: str = "", head: str = "") -> tuple[list[str], list[str]]:
    """Return the authors and the editors of a page with a byline."""
    title = f"<title>Perahu Berlayar Lagi</title>{head}<body><h1>Perahu Berlayar Lagi</h1>"
    document = read_html_page(f"{title}{above}<div><p>{LINE}</p><p>{LINE}</p>{behind}</div>")
    return list(document.authors), list(document.editors)


@pytest.mark.parametrize(
    ("above", "behind", "authors", "editors"),
    [
        ("<p>Oleh Ani Lestari, 21 Maret 2024</p>", "", ["Ani Lestari"], []),
        (
            "<p>Penulis: Ani Lestari | Editor: Budi R</p>",
            "",
            ["Ani Lestari"],
            ["Budi R"],
        ),
        (
            "",
            "<p>Pewarta: Ani Lestari<br>Editor: Budi R</p>",
            ["Ani Lestari"],
            ["Budi R"],
        ),
        (
            "<table><td>Reporter<td>:<td>Ani Lestari</table>",
            "",
            ["Ani Lestari"],
            [],
        ),
        ("<div>Ani Lestari</div><div>Jurnalis</div>", "", ["Ani Lestari"], []),
        ("<span class=nama-penulis>Ani Lestari</span>", "", ["Ani Lestari"], []),
        ("<a href=/author/ani>Ani Lestari</a>", "", ["Ani Lestari"], []),
        ("<p>Ani Lestari - detikKota.com</p>", "", ["Ani Lestari"], []),
        ("", "<p><b>ANI LESTARI</b></p>", ["ANI LESTARI"], []),
        ("", "<p>(Ani Lestari)</p>", ["Ani Lestari"], []),
        ("<p>Jumat, 27 Januari 2023 | Oleh Ani Lestari</p>", "", ["Ani Lestari"], []),
        ("<p>LAPORAN: ANI LESTARI</p>", "", ["ANI LESTARI"], []),
        ("<p>Oleh : Ani Lestari / <a href=/bdr>BDR</a></p>", "", ["Ani Lestari"], []),
        ("<li><span>Penulis, </span>Ani Lestari", "", ["Ani Lestari"], []),
        ("<div>Ani Lestari,</div><a>Kompas.com</a>", "", ["Ani Lestari"], []),
        ("<div>Ani Lestari</div><a>Kompas.com</a>", "", [], []),
        (
            "",
            "<p><span>Writer: Ani Lestari</span><span>Editor: Budi R</span><a>Source News</a></p>",
            ["Ani Lestari"],
            ["Budi R"],
        ),
        ("", "<p>(ani/bdr)</p>", [], []),
        ("<span class=red>Fokus Hari Ini</span>", "", [], []),
        ("<small class=text-muted>Waktu baca 3 menit</small>", "", [], []),
    ],
)
def test_people_are_found_as_the_page_shows_them(
    above: str, behind: str, authors: list[str], editors: list[str]
) -> None:
    """A label decides, then a class, a link, a place or a signature; initials name nobody."""
    assert read(above, behind) == (authors, editors)


def test_editor_whom_search_engines_are_told_is_no_author() -> None:
    """The label that a reader sees is believed before JSON-LD."""
    head = LD % "Budi R"
    editor = "<p>Editor : Budi R</p>"
    assert read("<div class=author-2>Ani Lestari</div>", editor, head) == (
        ["Ani Lestari"],
        ["Budi R"],
    )
    assert read("", editor, head) == ([], ["Budi R"])
    assert read("", "", head) == (["Budi R"], [])


def test_writer_who_edited_is_both() -> None:
    """Where the outlet names its writer apart from its editor, one person may be both."""
    head = "<meta name=content_author content='Ani L'><meta name=content_editor content='Ani L'>"
    assert read("", "", head) == (["Ani L"], ["Ani L"])


def test_caption_beside_the_label_of_a_writer_is_no_name() -> None:
    """The label stands below the name, and above a photo."""
    photo = "<figure><img><figcaption>Presiden Joko di Kyiv.</figcaption></figure>"
    assert read(f"<h6>Ani Lestari</h6><p>Penulis</p>{photo}")[0] == ["Ani Lestari"]
