"""The OpenAPI document is valid, and real answers conform to it."""

from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from search.engine import Engine
from search.facets import FACETS
from web import create_app
from web.json_api import make_openapi_document
from web.settings import read_settings
from web.urls import PARAMETERS, Addresses

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def plain_app(tiny_engine: Engine) -> Flask:
    """Return an application that compresses nothing: the tool accepts gzip and cannot read it."""
    return create_app(read_settings({"KLIPING_COMPRESS": "no"}), engine=tiny_engine)


@pytest.fixture(scope="module")
def api(plain_app: Flask) -> Any:
    """Return the API as its document describes it."""
    return schemathesis.openapi.from_wsgi("/api/openapi.json", plain_app)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """Return the document."""
    return make_openapi_document(Addresses())


def test_document_is_valid_openapi(api: Any) -> None:
    """Tools that read OpenAPI can read it."""
    api.validate()


def test_broken_document_would_be_noticed(document: dict[str, Any]) -> None:
    """The test above can fail."""
    with pytest.raises(Exception, match="paths"):
        schemathesis.openapi.from_dict({**document, "paths": 7}).validate()


def test_every_parameter_is_described(document: dict[str, Any]) -> None:
    """Parameters and their descriptions are one table."""
    described = document["paths"]["/api/search"]["get"]["parameters"]
    assert [parameter["name"] for parameter in described] == [p.name for p in PARAMETERS]
    assert all(parameter["description"] for parameter in described)


def test_server_is_the_path_under_which_the_site_runs(client: FlaskClient) -> None:
    """A client made from the document works behind a proxy."""
    answer = client.get("/api/openapi.json", base_url="http://localhost/arsip")
    assert answer.get_json()["servers"] == [{"url": "/arsip"}]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_search_answers_as_documented(api: Any, mode: GenerationMode, data: st.DataObject) -> None:
    """Generated requests, right and wrong, get an answer of the documented form."""
    strategy = api["/api/search"]["GET"].as_strategy(generation_mode=mode)
    data.draw(strategy).call_and_validate(checks=CHECKS)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_search_accepts_what_the_document_allows(api: Any, data: st.DataObject) -> None:
    """A schema cannot say that the first day is not after the last."""
    case = data.draw(api["/api/search"]["GET"].as_strategy())
    answer = case.call()
    assert answer.status_code == 200 or answer.json()["parameter"] == "from"


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_unknown_article_answers_as_documented(api: Any, data: st.DataObject) -> None:
    """Any id gets a documented answer."""
    strategy = api["/api/articles/{id}"]["GET"].as_strategy()
    data.draw(strategy).call_and_validate(checks=CHECKS)


@pytest.mark.parametrize("doc_id", ["a0", "a1", "a23"])
def test_article_answers_as_documented(api: Any, doc_id: str) -> None:
    """With and without author, tags and date."""
    case = api["/api/articles/{id}"]["GET"].Case(path_parameters={"id": doc_id})
    assert case.call_and_validate(checks=CHECKS).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": "beras", "tag": ["pangan", "ekspor"], "not_author": ["Budi Laksana"], "lang": "en"},
        {"q": "beras kopi", "without": ["tag"], "from": "2024-01-01", "size": 50},
        {"q": '"beras OR', "month": ["2024-01", "1999-12"], "tag_size": 1, "page": 1000},
    ],
)
def test_real_search_answers_as_documented(api: Any, query: dict[str, Any]) -> None:
    """Hits, notices and alternatives, which generated queries seldom find."""
    case = api["/api/search"]["GET"].Case(query=query)
    assert case.call_and_validate(checks=CHECKS).status_code == 200


def test_answer_of_another_form_would_be_noticed(
    plain_app: Flask, document: dict[str, Any]
) -> None:
    """The checks above can fail: a document with another type is caught."""
    changed = {**document["components"]["schemas"]["SearchResults"]["properties"]}
    changed["total"] = {"type": "string"}
    results = {"type": "object", "properties": changed}
    schemas = {**document["components"]["schemas"], "SearchResults": results}
    wrong = schemathesis.openapi.from_dict({**document, "components": {"schemas": schemas}})
    wrong.app = plain_app
    answer = wrong["/api/search"]["GET"].Case().call()
    with pytest.raises(FailureGroup):
        wrong["/api/search"]["GET"].Case().validate_response(answer, checks=CHECKS)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("SearchResults", "/api/search?q=beras+OR&tag=pangan"),
        ("SearchResults", "/api/search?q=beras&tag=tak-ada"),
        ("Article", "/api/articles/a1"),
        ("Problem", "/api/search?page=0"),
    ],
)
def test_answers_have_no_key_that_is_not_described(
    name: str, url: str, document: dict[str, Any], client: FlaskClient
) -> None:
    """The document describes every key."""
    closed = _closed(document["components"]["schemas"])
    schema = {"$ref": f"#/$defs/{name}", "$defs": closed}
    errors = jsonschema_rs.Draft202012Validator(schema).iter_errors(client.get(url).get_json())
    assert [error.message for error in errors] == []


def test_every_facet_is_described(document: dict[str, Any]) -> None:
    """A facet added to the table is in the document."""
    described = document["components"]["schemas"]["SearchResults"]["properties"]["facets"]
    assert list(described["properties"]) == [facet.name for facet in FACETS]


def _closed(schema: Any) -> Any:
    """Return a schema whose objects allow no further keys, for use outside of OpenAPI."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        text = str(schema)
        return text.replace("#/components/schemas", "#/$defs") if "#/" in text else schema
    parts = {key: _closed(part) for key, part in schema.items()}
    return {"additionalProperties": False, **parts} if "properties" in parts else parts
