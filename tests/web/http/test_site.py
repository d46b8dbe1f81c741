"""A site's own name, sentence, language and facets, wherever they show."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from search.engine import Engine
from web import create_app, read_settings
from web.urls import PageState, state_from_args

NAME, TEXT = "Arsip <Harian> Satu", "All that Harian Satu printed."
FACETS = ["month", "source", "tag"]
PAGES = {
    "/": 200,
    "/search?q=beras": 200,
    "/search?category=budaya": 200,
    "/articles/a1": 200,
    "/help": 200,
    "/tak-ada": 404,
    "/search?page=0": 400,
    "/search?lang=fr": 400,
}


@pytest.fixture
def own_client(tiny_engine: Engine) -> FlaskClient:
    """Return a client of a site with its own settings, which opens in English."""
    settings = read_settings(
        {}, site_name=NAME, site_text=TEXT, language="en", facets=" month,source , tag"
    )
    return create_app(settings, engine=tiny_engine).test_client()


@pytest.fixture
def open_own(own_client: FlaskClient, read_page: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return a function that opens a page of that site."""
    return lambda url: read_page(own_client.get(url).text)


def _state_of(url: str) -> PageState:
    return state_from_args(parse_qsl(urlsplit(url).query), site_lang="en")


@pytest.mark.parametrize(("path", "status"), PAGES.items())
def test_every_page_has_the_site_s_name_text_and_language(
    path: str, status: int, own_client: FlaskClient, read_page: Callable[[str], Any]
) -> None:
    """In the title, at the head and at the foot, as text; Kliping's own name is nowhere."""
    answer = own_client.get(path)
    page = read_page(answer.text)
    assert answer.status_code == status
    assert page.all("title")[0].text.endswith(NAME)
    assert page.all("", "brand")[0].text == NAME
    assert page.all("footer")[-1].all("p")[0].text == TEXT
    assert page.all("html")[0].attributes["lang"] == "en"
    assert "Kliping" not in answer.text


def test_front_page_has_the_text_and_the_facets_in_words(open_own: Callable[[str], Any]) -> None:
    """As lead and as description for search engines."""
    page = open_own("/")
    leads = [lead.text for lead in page.all("p", "lead")]
    assert leads == [
        TEXT,
        "Search 24 articles of Indonesian news by word, month, source and tag.",
    ]
    metas = (element.attributes for element in page.all("meta"))
    assert [meta["content"] for meta in metas if meta.get("name") == "description"] == [TEXT]


def test_site_without_a_text_has_one_in_each_language(open_page: Callable[[str], Any]) -> None:
    """The front page then has one lead only."""
    for lang, said in (("id", "Arsip berita Indonesia"), ("en", "An archive of Indonesian news")):
        page = open_page(f"/?lang={lang}")
        assert page.all("footer")[-1].all("p")[0].text.startswith(said)
        assert len(page.all("p", "lead")) == 1


def test_language_of_the_site_needs_no_parameter_and_the_other_does(
    open_own: Callable[[str], Any],
) -> None:
    """Links and the form name only the other language."""
    english, indonesian = open_own("/search?q=harga"), open_own("/search?q=harga&lang=id")
    assert not [href for href in english.hrefs() if "lang=" in href and "lang=id" not in href]
    assert "lang" not in dict(english.form_fields())
    assert indonesian.all("html")[0].attributes["lang"] == "id"
    assert ("lang", "id") in indonesian.form_fields()
    switch = indonesian.all("nav", "languages")[0].all("a")
    assert [link.attributes["href"] for link in switch] == [
        "/search?q=harga&lang=id",
        "/search?q=harga",
    ]
    inside = [h for h in indonesian.hrefs() if not h.startswith(("#", "/api/"))]
    assert {_state_of(href).lang for href in inside if href != "/search?q=harga"} == {"id"}


@pytest.mark.parametrize("path", ["/help", "/tak-ada"])
def test_form_of_a_plain_page_keeps_the_language(path: str, open_own: Callable[[str], Any]) -> None:
    """Also on pages without results."""
    assert open_own(path).form_fields() == [("q", "")]
    assert open_own(f"{path}?lang=id").form_fields() == [("q", ""), ("lang", "id")]


def test_json_speaks_the_language_of_the_site(own_client: FlaskClient) -> None:
    """Labels, suggestions and errors; `lang` still chooses the other language."""
    answer = own_client.get("/api/search?q=harga").get_json()
    assert answer["facets"]["month"]["buckets"][0]["label"] == "December 2024"
    assert own_client.get("/api/search?page=0").get_json()["detail"].startswith("Pages run")
    suggested = own_client.get("/api/suggest?q=pan").get_json()["suggestions"]
    assert suggested[1]["label"].endswith("articles")
    indonesian = own_client.get("/api/search?q=harga&lang=id").get_json()
    assert indonesian["facets"]["month"]["buckets"][0]["label"] == "Desember 2024"


def test_facets_are_those_of_the_site_in_its_order(
    own_client: FlaskClient, open_own: Callable[[str], Any]
) -> None:
    """On the page and in the JSON; their counts do not change."""
    facets = own_client.get("/api/search?q=harga").get_json()["facets"]
    assert list(facets) == FACETS
    filters = open_own("/search?q=harga").all("section", "filters")[0]
    legends = [legend.text for legend in filters.all("legend")]
    assert legends == ["Date", "Month", "Source", "Tag"]


def test_filter_by_a_hidden_facet_works_and_has_its_chip(
    own_client: FlaskClient, open_own: Callable[[str], Any]
) -> None:
    """Old links and suggestions may use such a filter."""
    url = "/search?q=harga&author=Budi+Laksana&not_category=budaya"
    page, answer = open_own(url), own_client.get(f"/api{url}").get_json()
    assert page.total() == answer["total"] == 10
    chips = page.all("li", "chip")
    assert [chip.all("span")[0].text for chip in chips] == ["Budi Laksana", "not budaya"]
    assert chips[0].all("a")[0].attributes["href"] == "/search?q=harga&not_category=budaya"


@pytest.mark.parametrize(
    "query",
    [
        "q=harga&author=Budi+Laksana&not_category=budaya&author_match=bu&author_size=3",
        "without=author&without=tag&category=budaya",
        "author=Rina+Sastra&not_author=Rina+Sastra&tag=pangan&tag_match=pan",
    ],
)
def test_form_keeps_filters_by_hidden_facets(query: str, open_own: Callable[[str], Any]) -> None:
    """They are hidden fields, so that another choice does not lose them."""
    page = open_own(f"/search?{query}")
    assert _state_of(page.submitted(page.form_fields())) == _state_of(f"/search?{query}")


def test_openapi_document_is_that_of_the_site(own_client: FlaskClient) -> None:
    """Its name, its text, its language and its facets."""
    document = own_client.get("/api/openapi.json").get_json()
    assert (document["info"]["title"], document["info"]["description"]) == (NAME, TEXT)
    facets = document["components"]["schemas"]["SearchResults"]["properties"]["facets"]
    assert list(facets["properties"]) == FACETS
    parameters = document["paths"]["/api/search"]["get"]["parameters"]
    defaults = {each["name"]: each["schema"].get("default") for each in parameters}
    assert defaults["lang"] == "en"
    assert "author" in defaults


@pytest.mark.parametrize("path", ["/search?q=beras", "/api/search?q=beras"])
def test_other_face_is_another_answer(
    path: str, client: FlaskClient, own_client: FlaskClient
) -> None:
    """A browser with the old page cached gets the new one."""
    tag = client.get(path).headers["ETag"]
    assert own_client.get(path, headers={"If-None-Match": tag}).status_code == 200
