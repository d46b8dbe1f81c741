"""Response headers: security policy, static files, proxies and path prefixes."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from search.engine import Engine, open_engine
from web import create_app
from web.settings import read_settings

ANSWERS = {
    "/": 200,
    "/search?q=beras": 200,
    "/articles/a1": 200,
    "/help": 200,
    "/robots.txt": 200,
    "/healthz": 200,
    "/static/base.css": 200,
    "/api/search": 200,
    "/api/articles/a1": 200,
    "/api/openapi.json": 200,
    "/search?page=0": 400,
    "/api/search?page=0": 400,
    "/tak-ada": 404,
    "/static/tak-ada": 404,
}
PAGES = ["/", "/search?q=harga&tag=pangan&page=1", "/articles/a1?q=kopi", "/help", "/tak-ada"]


@pytest.mark.parametrize(("path", "status"), ANSWERS.items())
def test_every_answer_has_a_strict_policy(path: str, status: int, client: FlaskClient) -> None:
    """Only our own scripts run, nothing loads from other hosts, no site frames the page."""
    with client.get(path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert answer.status_code == status
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_static_files_are_kept_for_good_under_their_stamp(
    client: FlaskClient, open_page: Callable[[str], Any]
) -> None:
    """A page names each file with the stamp of its content, so an old one is never used."""
    page = open_page("/")
    files = [link.attributes["href"] for link in page.all("link")]
    files += [script.attributes["src"] for script in page.all("script")]
    static = [url for url in files if url.startswith("/static/")]
    assert len(static) == 17
    for url in static:
        assert "?v=" in url
        with client.get(url) as answer:
            assert answer.status_code == 200
            assert "immutable" in answer.headers["Cache-Control"]
            assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_missing_static_file_is_not_kept(client: FlaskClient) -> None:
    """The file may exist after the next update."""
    assert client.get("/static/tak-ada").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/static/../settings.py", "/static/%2e%2e/settings.py"])
def test_static_folder_leads_to_nothing_else(path: str, client: FlaskClient) -> None:
    """The program itself is not served."""
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_page_leads_to_no_other_host(
    path: str, client: FlaskClient, read_page: Callable[[str], Any]
) -> None:
    """Only an article's source is on another host, and only as a link."""
    for address, element in read_page(client.get(path).text).addresses():
        is_source = "external" in element.rel
        assert is_source or (address.startswith(("/", "#")) and not address.startswith("//"))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("root", ["/arsip", "/a/b"])
def test_every_address_begins_with_the_path_of_the_site(
    path: str, root: str, client: FlaskClient, read_page: Callable[[str], Any]
) -> None:
    """Mounted below a path by the server (SCRIPT_NAME)."""
    page = read_page(client.get(path, base_url=f"http://localhost{root}").text)
    inside = [address for address, _ in page.addresses() if address.startswith("/")]
    assert len(inside) > 5
    assert all(address.startswith(f"{root}/") for address in inside)


def test_addresses_of_the_json_begin_with_the_path_of_the_site(client: FlaskClient) -> None:
    """Links, facet values, bars, article pages, and robots.txt."""
    base_url = "http://localhost/arsip"
    answer = client.get("/api/search?q=harga&tag=x", base_url=base_url).get_json()
    more = client.get("/api/search?q=harga", base_url=base_url).get_json()
    urls = [url for json in (answer, more) for url in _urls(json) if not url.startswith("http")]
    assert len(urls) > 40
    assert all(url.startswith("/arsip/") for url in urls)
    robots = client.get("/robots.txt", base_url=base_url).text
    assert "Disallow: /arsip/search" in robots
    canonical = client.get("/articles/a1", base_url=base_url).headers["Link"]
    assert canonical.startswith("</arsip/articles/a1>")


def test_trusted_proxy_names_the_path(tiny_engine: Engine, read_page: Callable[[str], Any]) -> None:
    """X-Forwarded-Prefix is believed if the settings have one proxy."""
    app = create_app(read_settings({"KLIPING_PROXIES": "1"}), engine=tiny_engine)
    answer = app.test_client().get("/search?q=harga", headers={"X-Forwarded-Prefix": "/arsip"})
    inside = [a for a, _ in read_page(answer.text).addresses() if a.startswith("/")]
    assert all(address.startswith("/arsip/") for address in inside)


def test_stranger_cannot_name_the_path(client: FlaskClient) -> None:
    """Without a proxy, anyone could send these headers."""
    headers = {"X-Forwarded-Prefix": "/arsip", "X-Forwarded-Host": "jahat.example"}
    html = client.get("/search?q=harga", headers=headers).text
    assert "/arsip" not in html
    assert "jahat.example" not in html


def test_host_of_the_request_is_not_repeated(client: FlaskClient) -> None:
    """URLs are paths, so a forged Host has no effect."""
    for path in PAGES:
        assert "jahat.example" not in client.get(path, headers={"Host": "jahat.example"}).text


@pytest.mark.parametrize(
    "doc_id",
    [
        *("/2024/08/harga", "https://x.example/a//b", "a?b#c%41", "//jahat.example", "日本 1"),
        *("a/similar", "similar", "a/similar/similar"),
    ],
)
def test_article_with_any_id_opens(doc_id: str, build_archive: Callable[..., Any]) -> None:
    """A newsroom's own id may be a path or a whole URL."""
    index_path = build_archive([{"id": doc_id, "title": "Kabar", "body": "Isi kabar."}])
    engine = open_engine(str(index_path), 10)
    client = create_app(read_settings({}), engine=engine).test_client()
    hit = client.get("/api/search").get_json()["hits"][0]
    assert hit["id"] == doc_id
    assert client.get(hit["page_url"]).status_code == 200
    assert client.get(f"/api{hit['page_url']}").get_json()["id"] == doc_id
    engine.close()


def _urls(json: Any) -> list[str]:
    if isinstance(json, dict):
        own = [v for k, v in json.items() if k.endswith("url") and isinstance(v, str) and v]
        return own + [url for value in json.values() for url in _urls(value)]
    return [url for value in json for url in _urls(value)] if isinstance(json, list) else []


@pytest.mark.parametrize(
    "prefix",
    [
        *("//jahat.example", "/\\jahat.example", "\\\\jahat.example", "/a b", "/é", "/../a", "a"),
        *("/%2F%2Fjahat.example", "/a?b", "/a#b", "javascript:x", "/a, //jahat.example"),
    ],
)
def test_prefix_that_is_no_plain_path_is_ignored(prefix: str) -> None:
    """A URL that begins with two slashes, or a slash and a backslash, would name a host."""
    app = create_app(read_settings({"KLIPING_PROXIES": "1"}))
    plain = app.test_client().get("/help").text
    assert app.test_client().get("/help", headers={"X-Forwarded-Prefix": prefix}).text == plain


def test_article_whose_id_ends_as_a_route_keeps_its_address(
    build_archive: Callable[..., Any],
) -> None:
    """Beside one whose similar articles have the same address."""
    rows = [{"id": i, "title": f"Kabar {i}", "body": "Isi kabar."} for i in ("a", "a/similar")]
    engine = open_engine(str(build_archive(rows)), 10)
    client = create_app(read_settings({}), engine=engine).test_client()
    for address in ("/api/articles/a%2Fsimilar", "/api/articles/a/similar"):
        assert client.get(address).get_json()["id"] == "a/similar"
        assert "title" in client.get(address).get_json()
    assert client.get("/api/articles/a%2Fsimilar/similar").get_json()["id"] == "a/similar"
    engine.close()
