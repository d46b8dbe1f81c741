"""The text of a page and what surrounds it, told apart by shape: no class, no id, no meta tag."""

import pytest

from index.errors import SourceError
from index.ingest.pages.html_page import read_html_page

LINES = (
    "Perahu penyeberangan di Teluk Sawai kembali berlayar setelah mesin yang rusak diganti.",
    "Nakhoda perahu mengatakan penumpang pertama adalah murid yang hendak berlomba di kota.",
    "Tarif sekali jalan tetap sepuluh ribu rupiah, dan sepeda motor dikenai lima ribu rupiah.",
)
HEAD = "<title>Perahu Berlayar Lagi</title><body><h1>Perahu Berlayar Lagi</h1>"
TEXT = "".join(f"<p>{line}</p>" for line in LINES)
TEASER = (
    "<div><h3><a href=/a>Pasar Ikan Pindah ke Tepi Sungai</a></h3><p>Pasar itu dibuka.</p></div>"
)
SURROUNDINGS = {
    "teasers": TEASER * 3,
    "headlines with dates": "<ul>"
    + "<li><a href=/b>Dermaga Kayu Diganti Beton</a><br>4 Maret 2021</li>" * 3
    + "</ul>",
    "a form": "<div><b>Isi di sini</b><input name=a><textarea></textarea>"
    "<p>Isi dengan sopan.</p></div>",
    "a post": "<div><p>Senang sekali!</p>&mdash; Dermaga (@dermaga) "
    "<a href=https://twitter.com/dermaga/status/1>4 Maret 2021</a></div>",
    "a caption": "<div><img src=a.jpg><div>Perahu merapat di dermaga, Kamis.</div></div>",
    "a cookie notice": "<div><p>Situs ini memakai kuki agar berjalan baik.</p></div>",
}


@pytest.mark.parametrize("noise", SURROUNDINGS.values(), ids=SURROUNDINGS.keys())
@pytest.mark.parametrize("place", ["above", "before", "within", "behind"])
def test_text_is_the_article_alone(noise: str, place: str) -> None:
    """What surrounds an article is cut by its shape, wherever it stands."""
    half = TEXT.replace("</p>", f"</p>{noise}", 1)
    pages = {
        "above": HEAD.replace("<h1>", f"{noise}<h1>") + f"<div>{TEXT}</div>",
        "before": f"{HEAD}{noise}<div>{TEXT}</div>",
        "within": f"{HEAD}<div>{half}</div>",
        "behind": f"{HEAD}<div>{TEXT}</div>{noise}",
    }
    assert read_html_page(pages[place]).body == "\n".join(LINES)


@pytest.mark.parametrize(
    "text",
    [
        f"<div>{TEXT}</div></body></html><script>x</script><div>Iklan</div>",
        f"<div>{LINES[0]}<p>{LINES[1]}</p><p>{LINES[2]}</p></div>",
        f"<div>{'<br><br>'.join(LINES)}</div>",
        f"<div>{LINES[0]}<p><p>{LINES[1]}<p><p>{LINES[2]}<p></div>",
        f"<div><div><p>{LINES[0]}</p></div><div><p>{LINES[1]}</p><p>{LINES[2]}</p></div></div>",
        f"<article><section>{TEXT}</section></article>",
        f"<table><tr><td>{'</td></tr><tr><td>'.join(LINES)}</td></tr></table>",
    ],
)
def test_whole_text_is_found_however_it_is_marked(text: str) -> None:
    """Bare paragraphs, breaks, cells, parts, and anything behind the end of the page."""
    assert read_html_page(HEAD + text).body == "\n".join(LINES)


def test_text_in_a_head_that_nobody_closed_is_found() -> None:
    """Tags that the parser does not know stay in the head."""
    assert read_html_page(f"<title>Perahu</title><article>{TEXT}</article>").body == "\n".join(
        LINES
    )


def test_short_article_under_many_teasers_is_one_if_it_has_a_date() -> None:
    """A list of teasers with a sentence among them is none."""
    page = f"{HEAD}%s<p>{LINES[0]}</p>{TEASER * 12}"
    assert read_html_page(page % "<p>4 Maret 2021</p>").body == LINES[0]
    with pytest.raises(SourceError, match="no_article"):
        read_html_page(page % "")


def test_page_without_its_title_above_a_text_is_a_list() -> None:
    """A front page names the outlet in its title, and no line of it does."""
    with pytest.raises(SourceError, match="no_article"):
        read_html_page(f"<title>Gema Buru Terkini</title><body>{TEASER * 5}<p>{LINES[0]}</p>")


def test_lines_cut_are_told() -> None:
    """Each line that is cut inside the text's element has its rule."""
    page = f"{HEAD}<div>{TEXT}{TEASER}</div>"
    rules = {line.rule for line in read_html_page(page).cut_lines}
    assert rules == {"list"}
