"""Escaping: text from articles and URLs is never markup on the page."""

import json
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from search.engine import Engine, open_engine
from web import create_app
from web.settings import read_settings

TRAP = "<script>alert(1)</script>"
TRAP_PAGE = f"""Jebakan "Halaman" {TRAP}
Keterangan {TRAP} & 'kutip'.
Foto: Rendra {TRAP}/Dok. BNPBPADANG - Beras {TRAP} turun "harganya" pada Rabu (28/8/2024).
Anak Judul <b onclick="x()">Tebal</b>
Tamat <img src=x onerror=alert(1)> sudah.
Redaktur: Lidya "><script>alert(2)</script>
Penulis: Ratna '><script>alert(3)</script>
Tag Terkait: "><script>alert(4)</script>, ' onmouseover='alert(5)
"""
TRAPPED = ["/?size=100", "/search?q=beras", "/search?q=judul:jebakan&size=100", "/search?q=tak-ada"]
HOSTILE = [
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "</title></textarea></style><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% for x in y %}",
    "<svg onload=alert(1)>",
]


def trap_rows() -> list[dict[str, Any]]:
    """Return articles with markup and unsafe URLs in every field.

    Tags in a row are taken out when it is read; here they are written as entities, so they are what
    the article says, as in one about programming.
    """
    urls = (
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://example.com",
        "data:text/html,<script>alert(1)</script>",
        "//example.com/tanpa-skema",
        'https://example.com/"><script>alert(1)</script>',
    )
    trapped = {
        "title": f"Jebakan beras {TRAP} \"ganda\" 'tunggal' &amp;",
        "body": f"Beras {TRAP} dan <img src=x onerror=alert(1)>.\n</p><svg onload=alert(1)>",
        "author": 'Budi"><script>alert(6)</script>',
        "editor": "Sri'><script>alert(7)</script>",
        "tags": ['"><script>alert(8)</script>', "' autofocus onfocus='alert(9)"],
        "category": "<i>budaya</i>",
        "date": "2024-08-28",
    }
    return [
        {
            **{key: _as_entities(value) for key, value in trapped.items()},
            "id": f'jebakan {number} "><b>',
            "body": _as_entities(f"{trapped['body']} Nomor {number}."),
            "source": _as_entities(f"<u>Harian {number}</u>"),
            "url": url,
        }
        for number, url in enumerate(urls)
    ]


def _as_entities(value: str | list[str]) -> str | list[str]:
    return escape(value) if isinstance(value, str) else list(map(escape, value))


@pytest.fixture(scope="module")
def trap_engine(build_archive: Callable[..., Path]) -> Iterator[Engine]:
    """Return an engine over these articles."""
    engine = open_engine(str(build_archive(trap_rows(), (TRAP_PAGE,))), 10)
    yield engine
    engine.close()


@pytest.fixture
def trap_client(trap_engine: Engine) -> FlaskClient:
    """Return a client of these articles."""
    return create_app(read_settings({}), engine=trap_engine).test_client()


def test_saved_page_gives_its_parts(trap_client: FlaskClient) -> None:
    """Caption, credit and place are fields of their own, as text."""
    found = trap_client.get("/api/search?q=judul:halaman").get_json()["hits"]
    article = trap_client.get(f"/api/articles/{found[0]['id']}").get_json()
    assert article["place"] == "PADANG"
    assert article["caption"] == "Keterangan <script>alert(1)</script> & 'kutip'."
    assert article["credit"].endswith("/Dok. BNPB")
    assert article["date"] == "2024-08-28"


def test_trapped_articles_cannot_break_out_of_the_page(
    trap_client: FlaskClient, read_page: Callable[[str], Any]
) -> None:
    """Titles, bodies, captions, credits, tags, people and sources are text."""
    hits = trap_client.get("/api/search?size=100").get_json()["hits"]
    assert len(hits) == 6
    for path in [*TRAPPED, *(f"{hit['page_url']}&q=beras" for hit in hits)]:
        answer = trap_client.get(path)
        assert answer.status_code == 200
        _assert_harmless(read_page(answer.text))


def test_trapped_article_shows_its_text_as_it_stands(
    trap_client: FlaskClient, read_page: Callable[[str], Any]
) -> None:
    """It is escaped once, not twice, and not cut."""
    hit = trap_client.get("/api/search?q=judul:ganda").get_json()["hits"][0]
    page = read_page(trap_client.get(hit["page_url"]).text)
    title = page.all("h1")[0].text
    assert title == "Jebakan beras <script>alert(1)</script> \"ganda\" 'tunggal' &amp;"


def test_only_web_addresses_of_sources_are_linked(
    trap_client: FlaskClient, read_page: Callable[[str], Any]
) -> None:
    """javascript:, data: and URLs without a scheme are dropped, on the page and in the JSON."""
    hits = trap_client.get("/api/search?q=judul:ganda").get_json()["hits"]
    linked = []
    for hit in hits:
        page = read_page(trap_client.get(hit["page_url"]).text)
        sources = [a for a, e in page.addresses() if "external" in e.rel]
        assert sources == [url for url in [hit["url"]] if url]
        linked += sources
        doc_id = hit["page_url"].partition("/articles/")[2].partition("?")[0]
        assert trap_client.get(f"/api/articles/{doc_id}").get_json()["url"] == hit["url"]
    assert linked == ['https://example.com/"><script>alert(1)</script>']


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "name", ["q", "tag", "not_tag", "tag_match", "month", "author", "lang", "sort", "from", "x"]
)
def test_hostile_address_cannot_break_out_of_the_page(
    name: str, text: str, client: FlaskClient, read_page: Callable[[str], Any]
) -> None:
    """The page repeats parts of a URL as text, on results, articles and errors."""
    for path in ("/search", "/articles/a1", f"/{text}"):
        answer = client.get(path, query_string={name: text})
        assert answer.status_code in {200, 400, 404}
        _assert_harmless(read_page(answer.text))
        assert "49" not in read_page(answer.text).all("title")[0].text


def test_search_box_shows_what_was_typed(open_page: Callable[[str], Any]) -> None:
    """Quotes and angle brackets included."""
    page = open_page("/search?q=%22a+%3Cb%3E%22+%26amp%3B")
    assert page.all("input", "search-box")[0].attributes["value"] == '"a <b>" &amp;'


def _assert_harmless(page: Any) -> None:
    """Check that the page has no elements, handlers or URLs but our own."""
    assert not [e for e in page.all() if e.tag in {"img", "iframe", "object", "base", "u", "i"}]
    for script in page.all("script"):
        is_data = script.attributes.get("type") == "application/ld+json"
        assert is_data != script.attributes.get("src", "").startswith("/static/")
        assert not script.text or (is_data and json.loads(script.text))
    assert not [name for e in page.all() for name in e.attributes if name.startswith("on")]
    for address, element in page.addresses():
        is_source = "external" in element.rel
        beginnings = ("https://", "http://") if is_source else ("/", "#")
        assert address.startswith(beginnings)
        assert not address.startswith("//")
