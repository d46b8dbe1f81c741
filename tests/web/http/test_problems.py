"""The table of errors: every row is provoked for real, on the page and as JSON."""

import ast
import re
import tarfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from index import errors as index_errors
from index.errors import ArchiveError
from search import errors as search_errors
from search.engine import Engine, open_engine
from search.request import RequestError
from web import create_app
from web.http.registration import BODY_BYTES_MOST, REFUSAL
from web.json_api import make_openapi_document
from web.language import Problem, load_problems
from web.language.messages import Wording
from web.language.problems import BAD_REQUEST, CODE_BY_ERROR, CODE_BY_STATUS, FAULT
from web.settings import LANGUAGES, read_settings
from web.urls import Addresses

PROJECT = Path(__file__).parents[3]
PROBLEMS = tuple(load_problems().values())
PROBLEM_JSON = "application/problem+json"
OLD_INDEX = PROJECT / "tests" / "fixtures" / "indexes" / "schema-3.tar.xz"

OF_BUILDS = {
    index_errors.ArchiveError,
    index_errors.ArchiveIndexError,
    index_errors.SourceError,
    index_errors.PathError,
    index_errors.ColumnMapError,
    index_errors.CorrectionError,
    index_errors.ReadersLostError,
    index_errors.IndexLockedError,
    index_errors.IndexShrunkError,
    index_errors.BuildCheckError,
    index_errors.NoDocumentsError,
    index_errors.NoPreviousGenerationError,
    index_errors.TakedownsError,
    index_errors.ClockError,
}
"""Errors that only a build can meet, and the two roots."""

WRONG_QUERIES = {
    "unknown_sort": "sort=loudest",
    "page_range": "page=9999",
    "number_range": "size=9",
    "not_a_number": "page=x",
    "date_order": "from=2024-02-01&to=2024-01-01",
    "bad_date": "from=kemarin",
    "bad_month": "month=Januari",
    "unknown_facet": "without=colour",
    "unknown_parameter": "colour=red",
    "repeated_parameter": "q=a&q=b",
    "too_many_parameters": "&".join(["tag="] * 1001),
    "too_many_values": "&".join(f"tag={number}" for number in range(51)),
    "value_too_long": f"tag={'x' * 301}",
    "unknown_lang": "lang=fr",
    "bad_value": "any=ya",
}
"""A query string that is wrong in the way of each code."""


class Provoked(NamedTuple):
    """How an error is provoked: by which engine and which request."""

    engine: str
    page_path: str
    json_path: str
    method: str = "GET"
    options: Mapping[str, Any] = MappingProxyType({})


SEARCH = ("/search?q=beras", "/api/search?q=beras")
PROVOKED = {
    **{
        code: Provoked("sound", f"/search?{query}", f"/api/search?{query}")
        for code, query in WRONG_QUERIES.items()
    },
    "document_missing": Provoked("sound", "/articles/tak-ada", "/api/articles/tak-ada"),
    "query_timeout": Provoked("slow", *SEARCH),
    "no_index": Provoked("missing", *SEARCH),
    "old_index": Provoked("old", *SEARCH),
    "damaged_index": Provoked("damaged", *SEARCH),
    "index_unavailable": Provoked("closed", *SEARCH),
    "bad_request": Provoked(
        "sound", *SEARCH, options={"headers": {"Connection": "Upgrade", "Upgrade": "websocket"}}
    ),
    "not_found": Provoked("sound", "/tak-ada", "/api/tak-ada"),
    "wrong_method": Provoked("sound", *SEARCH, method="POST"),
    "body_too_large": Provoked(
        "sound", *SEARCH, method="POST", options={"data": "x" * (BODY_BYTES_MOST + 1)}
    ),
    **{
        code: Provoked("sound", *SEARCH, options={"environ_overrides": {REFUSAL: status}})
        for status, code in CODE_BY_STATUS.items()
        if code in {"url_too_long", "too_many_requests", "headers_too_large", "too_busy"}
    },
    "fault": Provoked("broken", *SEARCH),
}
"""One failure for each row of the table, by its code."""


class BrokenEngine:
    """An engine with a bug."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(name)


@pytest.fixture(scope="module")
def engines(
    tiny_index: Path, build_archive: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Engine]]:
    """Return a sound engine and all that cannot answer, by name."""
    folder = tmp_path_factory.mktemp("indexes")
    with tarfile.open(OLD_INDEX) as archive:
        archive.extractall(folder, filter="data")
    damaged = build_archive([{"title": "Kabar", "body": "Isi kabar."}])
    largest = max((damaged / "generations" / "1").iterdir(), key=lambda path: path.stat().st_size)
    largest.write_bytes(largest.read_bytes()[:-1])
    opened = {
        "sound": open_engine(str(tiny_index), 10),
        "slow": open_engine(str(tiny_index), 1e-9),
        "missing": open_engine(str(folder / "none"), 10),
        "old": open_engine(str(folder / "index"), 10),
        "damaged": open_engine(str(damaged), 10),
        "closed": open_engine(str(tiny_index), 10),
    }
    opened["closed"].close()
    yield {**opened, "broken": BrokenEngine()}  # type: ignore[dict-item]  # on purpose
    for engine in opened.values():
        engine.close()


class Answers(NamedTuple):
    """The page and the JSON of one error, and the row and the language they should have."""

    row: Problem
    lang: str
    page: Any
    json: Any


CASES = [
    (row, lang)
    for row in PROBLEMS
    for lang in LANGUAGES
    if (row.code, lang) != ("unknown_lang", "en")  # a language that is not there is answered in
]  # the site's own


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0].code}-{case[1]}")
def answers(request: pytest.FixtureRequest, engines: dict[str, Engine]) -> Answers:
    """Return the answers to each error in each language."""
    row, lang = request.param
    provoked = PROVOKED[row.code]
    client = create_app(read_settings({}), engine=engines[provoked.engine]).test_client()
    page, json = (
        client.open(
            path if lang == LANGUAGES[0] else f"{path}{'&' if '?' in path else '?'}lang={lang}",
            method=provoked.method,
            **provoked.options,
        )
        for path in (provoked.page_path, provoked.json_path)
    )
    return Answers(row, lang, page, json)


def test_every_error_that_can_reach_a_request_has_a_row() -> None:
    """A new error of either module belongs into the table or into `OF_BUILDS`."""
    trees = (index_errors, search_errors)
    errors = {each for tree in trees for each in vars(tree).values() if _is_error(each)}
    rows = {RequestError, *CODE_BY_ERROR}
    assert errors - OF_BUILDS <= rows
    assert not OF_BUILDS & rows


def _is_error(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, ArchiveError)


def test_every_code_of_a_wrong_request_has_a_row() -> None:
    """Those that the code raises, and no others."""
    sources = [path for name in ("search", "web") for path in (PROJECT / name).rglob("*.py")]
    raised = {code for source in sources for code in _codes_raised(ast.parse(source.read_text()))}
    others = {BAD_REQUEST, FAULT, *CODE_BY_STATUS.values(), *CODE_BY_ERROR.values()}
    assert raised == {row.code for row in PROBLEMS} - others


def _codes_raised(tree: ast.Module) -> Iterator[str]:
    """Yield the codes of `RequestError` calls: literals, or one of two put into `code` before."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "code":
            yield from (each.value for each in ast.walk(node.value) if _is_code(each))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "RequestError":
            yield from (each.value for each in node.args[1:] if _is_code(each))


def _is_code(node: ast.AST) -> bool:
    """Return whether this is a code, not the parameter that it depends on."""
    return isinstance(node, ast.Constant) and node.value != "page"


def test_every_row_is_provoked_once() -> None:
    """Codes name one row each."""
    assert sorted(PROVOKED) == sorted(row.code for row in PROBLEMS)


def test_json_has_status_code_words_and_advice(answers: Answers) -> None:
    """Problem+json (RFC 9457), with a member for the advice."""
    row, problem = answers.row, answers.json.get_json()
    assert (answers.json.status_code, answers.json.mimetype) == (row.status, PROBLEM_JSON)
    assert (problem["type"], problem["status"]) == (f"urn:kliping:problem:{row.code}", row.status)
    assert _is_filled(row.title, answers.lang, problem["title"])
    assert _is_filled(row.text, answers.lang, problem["detail"])
    assert _is_filled(row.advice, answers.lang, problem["advice"])


def test_page_says_the_same_as_the_json(answers: Answers, read_page: Callable[[str], Any]) -> None:
    """Word for word; only a parameter that it does not know is ignored by the page."""
    if answers.row.code == "unknown_parameter":
        assert answers.page.status_code == 200
        return
    page, problem = read_page(answers.page.text), answers.json.get_json()
    assert (answers.page.status_code, answers.page.mimetype) == (answers.row.status, "text/html")
    assert page.all("main")[0].attributes["data-code"] == answers.row.code
    assert page.all("p", "error-status")[0].text == str(answers.row.status)
    assert page.all("h1")[0].text == problem["title"]
    assert page.all("p", "error-message")[0].text == problem["detail"]
    assert page.all("p", "error-advice")[0].text == problem["advice"]


def _is_filled(wording: Wording, lang: str, text: str) -> bool:
    """Return whether a text is this wording with its placeholders filled."""
    template = wording.english if lang == "en" else wording.indonesian
    pattern = re.sub(r"\\{\w+\\}", "[^{}]+", re.escape(template))
    return bool(re.fullmatch(pattern, text))


def test_no_two_rows_have_the_same_text() -> None:
    """Each error has its own text, and each 503 its own advice."""
    texts = [row.text for row in PROBLEMS]
    advices = [row.advice for row in PROBLEMS if row.status == 503]
    assert len(set(texts)) == len(texts)
    assert len(set(advices)) == len(advices) == 6


@pytest.mark.parametrize("row", PROBLEMS, ids=lambda row: row.code)
def test_row_has_the_same_placeholders_in_both_languages(row: Problem) -> None:
    """Neither language lacks a text or a part of it."""
    for wording in (row.title, row.text, row.advice):
        assert wording.indonesian.strip()
        assert wording.english.strip()
        assert _placeholders(wording.indonesian) == _placeholders(wording.english)


def _placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_advice_is_described_in_the_openapi_document() -> None:
    """The document also lists the codes of the table."""
    properties = make_openapi_document(Addresses())["components"]["schemas"]["Problem"][
        "properties"
    ]
    assert properties["advice"]["description"]
    types = [f"urn:kliping:problem:{row.code}" for row in PROBLEMS]
    assert properties["type"]["enum"] == types
