"""Errors are pages or problem+json, with their status and parameter."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from index.errors import ArchiveError
from search.errors import QueryTimeoutError
from search.request import SearchRequest
from search.results import DocumentResult, EngineStatus, SearchResults
from web import create_app
from web.language import load_problems
from web.language.problems import BAD_REQUEST, CODE_BY_STATUS, FAULT
from web.settings import read_settings

REFUSED = {
    "page=0": "page",
    "page=1001": "page",
    "page=x": "page",
    "size=9": "size",
    "size=0": "size",
    "sort=loudest": "sort",
    "from=kemarin": "from",
    "to=2024-02-30": "to",
    "from=2024-02-01&to=2024-01-01": "from",
    "tag_size=0": "tag_size",
    "month_size=x": "month_size",
    "any=ya": "any",
    "lang=fr": "lang",
    "without=colour": "without",
    "q=a&q=b": "q",
    "author_match=" + "x" * 301: "author_match",
    "not_tag=" + "x" * 301: "not_tag",
    "&".join(f"tag={number}" for number in range(51)): "tag",
}


class FailingEngine:
    """An engine whose every answer is the same error."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def search(self, request: SearchRequest) -> SearchResults:  # noqa: ARG002 - the protocol's
        """Fail."""
        raise self.error

    def document(self, doc_id: str, query_text: str = "") -> DocumentResult:  # noqa: ARG002 - too
        """Fail."""
        raise self.error

    def status(self) -> EngineStatus:
        """Return that an index is open."""
        return EngineStatus(is_open=True, generation=1, doc_count=1, stamp="1")

    def refresh(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


def _client(error: BaseException) -> FlaskClient:
    return create_app(read_settings({}), engine=FailingEngine(error)).test_client()


@pytest.mark.parametrize(("query_string", "parameter"), REFUSED.items(), ids=REFUSED.values())
def test_json_refuses_a_wrong_value_by_its_name(
    query_string: str, parameter: str, client: FlaskClient
) -> None:
    """RFC 9457: type, title, status, detail, and the wrong parameter."""
    answer = client.get(f"/api/search?{query_string}")
    problem = answer.get_json()
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert (problem["status"], problem["parameter"]) == (400, parameter)
    assert problem["type"].startswith("urn:kliping:problem:")
    assert problem["title"]
    assert problem["detail"]
    assert problem["instance"] == "/api/search"


@pytest.mark.parametrize("query_string", REFUSED, ids=REFUSED.values())
def test_page_refuses_a_wrong_value_with_a_sentence_and_links(
    query_string: str, client: FlaskClient, read_page: Callable[[str], Any]
) -> None:
    """The page has a sentence, the search box and a link to the front page."""
    answer = client.get(f"/search?{query_string}")
    page = read_page(answer.text)
    assert (answer.status_code, answer.mimetype) == (400, "text/html")
    assert page.all("p", "error-message")[0].text
    assert "/" in page.hrefs()
    assert page.all("input", "search-box")


def test_json_refuses_an_unknown_parameter_and_names_those_it_knows(client: FlaskClient) -> None:
    """A mistyped name is not ignored in silence."""
    problem = client.get("/api/search?tagg=beras").get_json()
    assert (problem["status"], problem["parameter"]) == (400, "tagg")
    assert "not_tag" in problem["detail"]


def test_page_ignores_an_unknown_parameter(client: FlaskClient) -> None:
    """Other sites add parameters to links that people share."""
    assert client.get("/search?q=beras&fbclid=1").text != client.get("/search?q=kopi").text
    assert client.get("/search?q=beras&fbclid=1").status_code == 200


@pytest.mark.parametrize(
    "path", ["/tak-ada", "/articles/tak-ada", "/articles/", "/static/tak-ada.css", "/search/"]
)
def test_missing_page_is_a_page(
    path: str, client: FlaskClient, read_page: Callable[[str], Any]
) -> None:
    """404 with a title and the search box."""
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert read_page(answer.text).all("h1")[0].text == "Halaman tidak ditemukan"


def test_missing_page_speaks_english_when_asked(client: FlaskClient) -> None:
    """The language is in the URL."""
    assert "Page not found" in client.get("/tak-ada?lang=en").text


@pytest.mark.parametrize(
    ("path", "kind"), [("/api/articles/x y", "document_missing"), ("/api/tak-ada", "not_found")]
)
def test_missing_json_is_problem_json(path: str, kind: str, client: FlaskClient) -> None:
    """All errors have one shape; the instance is a valid URI reference."""
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.get_json()["type"] == f"urn:kliping:problem:{kind}"
    assert answer.get_json()["instance"] == path.replace(" ", "%20")


def test_instance_holds_the_path_under_which_the_site_runs(client: FlaskClient) -> None:
    """A caller behind a proxy knows the path."""
    answer = client.get("/api/tak-ada", base_url="http://localhost/arsip")
    assert answer.get_json()["instance"] == "/arsip/api/tak-ada"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_sent(method: str, client: FlaskClient) -> None:
    """405 as page and JSON, with the methods that are allowed."""
    page, json = (client.open(path, method=method) for path in ("/search", "/api/search"))
    assert page.status_code == json.status_code == 405
    assert "GET" in json.headers["Allow"]
    assert json.get_json()["status"] == 405
    assert "<h1>" in page.text


@pytest.mark.parametrize("path", ["/", "/search?q=beras", "/articles/a1"])
def test_archive_without_an_index_says_so_as_a_page(path: str, empty_client: FlaskClient) -> None:
    """503, in words, without a path of the server's disk."""
    answer = empty_client.get(path)
    assert (answer.status_code, answer.mimetype) == (503, "text/html")
    assert "Arsip belum bisa menjawab" in answer.text
    assert "/tmp" not in answer.text  # noqa: S108 - looked for, not used


@pytest.mark.parametrize("path", ["/api/search", "/api/articles/a1"])
def test_archive_without_an_index_says_so_as_json(path: str, empty_client: FlaskClient) -> None:
    """503 as problem+json, with the time after which it is worth to ask again."""
    answer = empty_client.get(path)
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert answer.get_json()["type"] == "urn:kliping:problem:no_index"
    assert int(answer.headers["Retry-After"]) > 0


def test_help_works_without_an_index(empty_client: FlaskClient) -> None:
    """It needs no index."""
    assert empty_client.get("/help").status_code == 200


def test_query_that_takes_too_long_is_503(capsys: pytest.CaptureFixture[str]) -> None:
    """There is no traceback in the log."""
    answer = _client(QueryTimeoutError(10)).get("/api/search?q=a")
    assert answer.status_code == 503
    assert answer.get_json()["type"] == "urn:kliping:problem:query_timeout"
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("error", [RuntimeError("rahasia"), ArchiveError("rahasia"), KeyError()])
@pytest.mark.parametrize("path", ["/search?q=a", "/api/search?q=a", "/articles/a"])
def test_fault_of_the_program_shows_nothing_internal(path: str, error: Exception) -> None:
    """500 with a sentence; no traceback and no internal message is sent."""
    answer = _client(error).get(path)
    assert answer.status_code == 500
    assert "rahasia" not in answer.text
    assert "Traceback" not in answer.text
    assert "text/html" in answer.content_type or answer.get_json()["status"] == 500


def test_errors_are_not_cached(client: FlaskClient) -> None:
    """A request that failed may work a minute later."""
    for url in ("/tak-ada", "/search?page=0", "/api/search?page=0"):
        assert client.get(url).headers["Cache-Control"] == "no-store"
        assert "ETag" not in client.get(url).headers


def test_statuses_are_those_of_the_documentation() -> None:
    """Those that the OpenAPI document has."""
    of_the_server = {BAD_REQUEST, FAULT, *CODE_BY_STATUS.values()}
    problems = load_problems().items()
    assert {row.status for code, row in problems if code not in of_the_server} == {400, 404, 503}


def test_page_of_a_wrong_value_keeps_the_rest_of_the_search(client: FlaskClient) -> None:
    """The query is in the box, and a link leads to the search without the wrong parameter."""
    html = client.get("/search?q=harga&tag=beras&from=2024-02-01&to=2024-01-01").text
    assert 'value="harga"' in html
    assert 'href="/search?q=harga&amp;tag=beras&amp;to=2024-01-01"' in html
