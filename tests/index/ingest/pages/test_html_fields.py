"""The fields of an HTML page, one by one: titles, dates, bylines, JSON-LD, selectors."""

import pytest

from index.ingest.pages.html_fields import remove_outlet
from index.ingest.pages.html_index import parse_page
from index.ingest.pages.html_people import read_byline
from index.ingest.pages.html_selectors import SELECTORS, FieldName
from index.ingest.pages.json_ld import ARTICLE_TYPES, find_node, read_nodes, read_texts


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
