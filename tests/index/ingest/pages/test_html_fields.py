"""The fields of an HTML page, one by one: titles, dates, bylines, JSON-LD, selectors."""

import pytest

from index.ingest.pages.html_fields import remove_outlet
from index.ingest.pages.html_index import parse_page
from index.ingest.pages.html_page import read_html_page
from index.ingest.pages.html_people import read_byline
from index.ingest.pages.html_selectors import SELECTORS, FieldName
from index.ingest.pages.json_ld import ARTICLE_TYPES, find_node, read_nodes, read_texts

LINE = "Panen garam di Sampang membaik sejak hujan berhenti, kata ketua kelompok tani pada Senin."
TWO = ("garam", "Madura")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Panen Garam - Kabarpagi.com", "Panen Garam"),
        ("Panen Garam - Kabarpagi.com Regional", "Panen Garam"),
        ("Panen Garam | Kabar Pagi Online", "Panen Garam"),
        ("Panen Garam - Ekonomi :: Kabarpagi Bisnis", "Panen Garam"),
        ("Panen Garam - Harga Naik", "Panen Garam - Harga Naik"),
        ("Tarik-ulur Garam", "Tarik-ulur Garam"),
        ("Kabarpagi", "Kabarpagi"),
    ],
)
def test_title_loses_the_outlet_and_the_section(title: str, expected: str) -> None:
    """Only what names the outlet or its section goes, however it is joined."""
    assert remove_outlet(title, ["kabarpagi"], ["Ekonomi"]) == expected


@pytest.mark.parametrize(
    ("listed", "tags"),
    [
        ("<ul class='tag__list'><li><a href=/q/1>garam</a><li><a href=/q/2>Madura</a></ul>", TWO),
        ("<div class=detailsTagList><a>garam</a><a>Madura</a></div>", TWO),
        ("<div class='article-tags'><a>#garam</a> <a>#Madura</a></div>", TWO),
        (f"<article class='post tag-garam'><a href=/a>Rina</a><p>{LINE}</p></article>", ()),
        ("<div class=stage-list><a>garam</a><a>Madura</a></div>", ()),
    ],
)
def test_tags_are_the_links_of_a_list_that_its_class_names(
    listed: str, tags: tuple[str, ...]
) -> None:
    """The tag that WordPress names in the class of an article makes no list of it."""
    page = f"<title>Panen Garam</title><h1>Panen Garam</h1><p>{LINE}</p><p>{LINE}</p>{listed}"
    assert read_html_page(page).tags == tags


def test_tag_indonesia_counts_where_readers_see_it() -> None:
    """Among keywords it is what outlets give to every page."""
    page = f"<h1>Panen Garam</h1><p>{LINE}</p><p>{LINE}</p>"
    seen = "<meta property='article:tag' content='Indonesia'>"
    assert read_html_page(seen + page).tags == ("Indonesia",)
    assert read_html_page("<meta name=keywords content='garam,Indonesia'>" + page).tags == TWO[:1]


@pytest.mark.parametrize(
    ("head", "title", "source"),
    [
        (
            "<title>Kabar Pesisir: Panen Garam di Sampang</title><h1>Kabar Pesisir</h1>",
            "Panen Garam di Sampang",
            "",
        ),
        ("<title>Panen Garam</title><h1>Panen Garam Naik</h1>", "Panen Garam Naik", ""),
        (
            "<title>Panen Garam | Dinas Kelautan</title><h1>Panen Garam</h1>",
            "Panen Garam",
            "Dinas Kelautan",
        ),
        ("<title>Panen Garam - Sumur - Lain</title><h1>Panen Garam</h1>", "Panen Garam", ""),
        (
            "<title>Detail Berita - Dinas</title><h2 class=entry-title>Panen Garam</h2>",
            "Panen Garam",
            "",
        ),
    ],
)
def test_title_is_the_article_s_and_not_the_site_s(head: str, title: str, source: str) -> None:
    """A site may head its pages with its own name, or name itself behind the headline."""
    document = read_html_page(f"{head}<h3>Panen Garam di Sampang</h3><p>{LINE}</p><p>{LINE}</p>")
    assert (document.title, document.source) == (title, source)


def test_date_in_a_script_counts_behind_the_one_beside_the_headline() -> None:
    """Programs of advertisers hold the day, glued dates on the page may hide it."""
    script = "<script>dataLayer = [{'publish_date': '20240521'}]</script>"
    page = f"{script}<h1>Panen Garam</h1>%s<p>{LINE}</p><p>{LINE}</p>"
    assert str(read_html_page(page % "").date) == "2024-05-21"
    assert str(read_html_page(page % "<p>Selasa, 7 Mei 2024</p>").date) == "2024-05-07"


@pytest.mark.parametrize(
    ("text", "field", "people"),
    [
        ("Ani Lestari", "authors", ["Ani Lestari"]),
        ("Penulis: Ani Lestari | Editor: Budi Raharja", "authors", ["Ani Lestari"]),
        ("Penulis: Ani Lestari | Editor: Budi Raharja", "editors", ["Budi Raharja"]),
        ("Rep: Ani Lestari/ Red: Budi Raharja", "editors", ["Budi Raharja"]),
        ("Redaktur : Budi Raharja Sumber : pemda.go.id", "editors", ["Budi Raharja"]),
        ("Ani Lestari, Kabar Pagi TV", "authors", ["Ani Lestari"]),
        ("Kabarpagi.com", "authors", []),
        ("Tim Redaksi", "authors", ["Tim Redaksi"]),
        ("Kompas Cyber Media", "authors", []),
        ("https://facebook.example/kabarpagi", "authors", []),
    ],
)
def test_byline_gives_people_and_no_outlet(text: str, field: FieldName, people: list[str]) -> None:
    """Editors are apart, and neither outlets nor addresses are people."""
    assert read_byline(text, field, ["kabarpagi"]) == people


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "Panen"}',
        '[{"@type": "WebPage"}, {"@type": ["Thing", "Article"], "headline": "Panen"}]',
        '{"@graph": [{"@type": "http://schema.org/ReportageNewsArticle", "headline": "Panen"}]}',
        '{"@type": "NewsArticle", "headline": "Panen",}',
        '<!-- {"@type": "NewsArticle", "headline": "Panen", "text": "dua\nbaris"}; -->',
    ],
)
def test_article_is_found_in_any_json_ld(text: str) -> None:
    """Lists, graphs, spare commas, line breaks and comments do not hide it."""
    assert find_node(read_nodes(["{", text]), ARTICLE_TYPES)["headline"] == "Panen"


@pytest.mark.parametrize("text", ["", "null", "17", '"x"', "{", '{"@type": 5}', "[[[[]]]]"])
def test_json_ld_without_an_article_gives_none(text: str) -> None:
    """What is broken beyond repair is skipped."""
    assert find_node(read_nodes([text]), ARTICLE_TYPES) == {}
    assert all(isinstance(node, dict) for node in read_nodes([text]))


def test_texts_are_taken_from_any_shape() -> None:
    """A name may be a text, an object, or a list of both."""
    assert read_texts(["Ani", {"name": "Budi"}, {"@id": "x"}, {"name": 5}, None, ""]) == [
        *("Ani", "Budi", "x")
    ]


def test_object_in_a_script_gives_a_field() -> None:
    """Values are read as JavaScript means them; the first that assigns one decides."""
    script = (
        '<script>x = {"content_tags": "Ani \\u0026 Budi, beras", \'content_author\': "A"}</script>'
    )
    page = parse_page(f"{script}<p>x</p>")
    in_scripts = [selector for selector in SELECTORS if selector.kind == "script"]
    read = {selector.key: page.read_values(selector) for selector in in_scripts}
    assert read["content_tags"] == ["Ani & Budi, beras"]
    assert read["content_author"] == ["A"]


def test_no_selector_is_twice_in_the_table() -> None:
    """A second row for the same selector would never be reached."""
    keys = [(selector.field, selector.kind, selector.key) for selector in SELECTORS]
    assert len(keys) == len(set(keys))


def test_selectors_find_nothing_on_an_empty_page() -> None:
    """Each of them has a kind that takes its key."""
    page = parse_page("<p>x</p>")
    assert [selector.key for selector in SELECTORS if page.read_values(selector)] == []
