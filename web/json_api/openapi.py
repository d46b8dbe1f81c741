"""The OpenAPI document of the JSON, made from the tables that the JSON itself is made from."""

from typing import Any

from index.installed import installed_version
from search import (
    FACET_SIZE_RANGE,
    FACETS,
    PAGE_RANGE,
    SIZE_DEFAULT,
    SIZE_RANGE,
    SORTS,
    VALUE_LENGTH_MOST,
)
from web.json_api.encoding import PROBLEM_TYPE
from web.language import load_problems
from web.settings import DEFAULT_SITE, LANGUAGES, Site
from web.urls import CHARTS, PARAMETERS, VIEWS, Addresses, Parameter

Schema = dict[str, Any]

SUGGESTED_KINDS = ["search", "tag", "author", "phrase", "title"]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
DATE_OR_NULL: Schema = {"type": ["string", "null"], "format": "date"}
DATE_SOURCE: Schema = {
    "type": "string",
    "enum": ["stated", "date_line", "inferred", "unknown"],
}
URL_OR_NULL: Schema = {"type": ["string", "null"]}


def _object(properties: dict[str, Schema], *, required: tuple[str, ...] | None = None) -> Schema:
    named = list(properties) if required is None else list(required)
    return {"type": "object", "properties": properties, "required": named}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


ARTICLE_PROPERTIES: dict[str, Schema] = {
    **dict.fromkeys(
        ("id", "title", "body", "caption", "credit", "place", "category", "source", "url"), TEXT
    ),
    **dict.fromkeys(("subheads", "authors", "editors", "tags", "notes"), _list(TEXT)),
    "date": DATE_OR_NULL,
    "date_source": DATE_SOURCE,
    "date_doubtful": FLAG,
    "page_url": TEXT,
    "corrections": _list(_object(dict.fromkeys(("field", "value", "when"), TEXT))),
    "extras": {"type": "object", "additionalProperties": TEXT},
    "copies": _object({"total": COUNT, "articles": _list(_ref("Copy"))}),
    "generation": COUNT,
}
"""What `web.json_api.encoding.encode_article` makes."""

MENTION_PROPERTIES: dict[str, Schema] = {
    **dict.fromkeys(("id", "title", "source", "page_url"), TEXT),
    "date": DATE_OR_NULL,
}
"""What `web.json_api.encoding.encode_mention` makes."""

DESCRIPTION = "Full-text search with facets over an archive of Indonesian news."

_IDENTIFIER: Schema = {"name": "id", "in": "path", "required": True, "schema": TEXT}

SCHEMAS: dict[str, Schema] = {
    "SearchResults": _object(
        {
            "query": _object(
                {
                    "text": TEXT,
                    "understood": TEXT,
                    "any": FLAG,
                    "synonyms": FLAG,
                    "copies": FLAG,
                    "sort": {"type": "string", "enum": list(SORTS)},
                    "from": DATE_OR_NULL,
                    "to": DATE_OR_NULL,
                }
            ),
            "notices": _list(_object({"code": TEXT, "message": TEXT})),
            "total": COUNT,
            "total_label": TEXT,
            "took_ms": {"type": "number", "minimum": 0},
            "generation": COUNT,
            "page": COUNT,
            "size": COUNT,
            "page_count": COUNT,
            "hits": _list(_ref("Hit")),
            "facets": _object({}),
            "timeline": _list(_ref("Bar")),
            **dict.fromkeys(("timeline_level", "timeline_peak", "timeline_csv"), URL_OR_NULL),
            "alternatives": _list(
                _object(
                    {
                        **dict.fromkeys(("kind", "label", "url"), TEXT),
                        "total": COUNT,
                        "hits": _list(_ref("Hit")),
                    }
                )
            ),
            "links": _object(
                {
                    "self": TEXT,
                    **dict.fromkeys(("first", "previous", "next", "last"), URL_OR_NULL),
                }
            ),
        }
    ),
    "Hit": _object(
        {
            "id": TEXT,
            "title": TEXT,
            "title_highlights": _list(_ref("Highlight")),
            "date": DATE_OR_NULL,
            "date_source": DATE_SOURCE,
            "date_estimated": FLAG,
            "date_doubtful": FLAG,
            **dict.fromkeys(("authors", "editors", "tags"), _list(TEXT)),
            "category": TEXT,
            "source": TEXT,
            "score": {"type": "number"},
            "url": TEXT,
            "page_url": TEXT,
            "copy_count": COUNT,
            "is_copy": FLAG,
            "snippet": _object({"text": TEXT, "highlights": _list(_ref("Highlight"))}),
        }
    ),
    "Suggestions": _object(
        {
            "query": TEXT,
            "suggestions": _list(
                _object(
                    {
                        "kind": {"type": "string", "enum": SUGGESTED_KINDS},
                        **dict.fromkeys(("text", "label", "url"), TEXT),
                        "count": {"type": ["integer", "null"]},
                    }
                )
            ),
        }
    ),
    "Similar": _object({"id": TEXT, "articles": _list(_object(MENTION_PROPERTIES))}),
    "Copy": _object({**MENTION_PROPERTIES, "is_representative": FLAG}),
    "Highlight": _object({"start": COUNT, "stop": COUNT}),
    "Facet": _object(
        {
            "label": TEXT,
            "buckets": _list(_ref("Bucket")),
            "total": COUNT,
            "missing": COUNT,
            "missing_selected": FLAG,
            "other": COUNT,
            "more_url": URL_OR_NULL,
        }
    ),
    "Bucket": _object(
        {
            "value": TEXT,
            "label": TEXT,
            "count": COUNT,
            "selected": FLAG,
            "excluded": FLAG,
            "toggle_url": TEXT,
            "exclude_url": TEXT,
        }
    ),
    "Bar": _object(
        {
            **dict.fromkeys(("period", "from", "to", "label", "url"), TEXT),
            **dict.fromkeys(("count", "all_count"), COUNT),
            "selected": FLAG,
        }
    ),
    "Article": _object(ARTICLE_PROPERTIES),
    "Coverage": _object(
        {
            **dict.fromkeys(("articles", "undated", "generation", "outlet_count"), COUNT),
            "updated": {"type": "string", "format": "date-time"},
            "years": _list(_ref("Year")),
            "outlets": _list(
                _object(
                    {
                        "name": TEXT,
                        **dict.fromkeys(("articles", "undated", "gap_count"), COUNT),
                        **dict.fromkeys(("first", "last"), DATE_OR_NULL),
                        "years": _list(_ref("Year")),
                        "gaps": _list(_object(dict.fromkeys(("from", "to"), DATE_OR_NULL))),
                    }
                )
            ),
            "refused": {"type": "object", "additionalProperties": COUNT},
            "refused_by_update": {"type": ["object", "null"], "additionalProperties": COUNT},
        }
    ),
    "Year": _object({"year": COUNT, "articles": COUNT}),
}
"""What `web.json_api.encoding` makes, by name; the facets are those of a site."""


def make_openapi_document(addresses: Addresses, site: Site = DEFAULT_SITE) -> Schema:
    """Return the OpenAPI 3.1 document of the JSON below these addresses, on this site."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": site.name,
            "version": installed_version("kliping"),
            "description": site.text or DESCRIPTION,
        },
        "servers": [{"url": addresses.root or "/"}],
        "paths": {
            "/api/search": {"get": _search(site)},
            "/api/suggest": {"get": _suggest(site)},
            "/api/articles/{id}": {"get": _article()},
            "/api/coverage": {"get": _coverage()},
            "/api/articles/{id}/similar": {"get": _similar()},
        },
        "components": {"schemas": _schemas(site)},
    }


def _schemas(site: Site) -> dict[str, Schema]:
    """Return the schemas, with the facets that the site shows and the codes of all errors."""
    facets = _object({name: _ref("Facet") for name in site.facets}, required=())
    results = _object({**SCHEMAS["SearchResults"]["properties"], "facets": facets})
    return {**SCHEMAS, "SearchResults": results, "Problem": _problem()}


def _problem() -> Schema:
    codes = [f"{PROBLEM_TYPE}{code}" for code in load_problems()]
    properties: dict[str, Schema] = {
        "type": {"type": "string", "enum": codes},
        "title": {"type": "string", "description": "The kind of error."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong."},
        "advice": {"type": "string", "description": "What to do next."},
        "instance": {"type": "string", "description": "The path of the request."},
        "parameter": {"type": "string", "description": "The wrong parameter."},
    }
    return _object(properties, required=("type", "title", "status", "detail", "advice", "instance"))


def _search(site: Site) -> Schema:
    return {
        "operationId": "search",
        "summary": "Search the archive; every facet, ten hits, exact totals.",
        "parameters": [_parameter(parameter, site) for parameter in PARAMETERS],
        "responses": _responses("SearchResults", "400", "503"),
    }


def _suggest(site: Site) -> Schema:
    parameters = ({"name": "q", "in": "query", "schema": TEXT}, _parameter(PARAMETERS[-1], site))
    return {
        "operationId": "suggest",
        "summary": "What may continue a typed text: tags, authors, phrases, headlines.",
        "parameters": list(parameters),
        "responses": _responses("Suggestions", "503"),
    }


def _similar() -> Schema:
    return {
        "operationId": "similar",
        "summary": "Articles on the same subject as one, the most alike first.",
        "parameters": [_IDENTIFIER],
        "responses": _responses("Similar", "404", "503"),
    }


def _coverage() -> Schema:
    return {
        "operationId": "coverage",
        "summary": "Outlets, years and gaps of the archive, and what was refused.",
        "responses": _responses("Coverage", "503"),
    }


def _article() -> Schema:
    return {
        "operationId": "article",
        "summary": "Every field of one article.",
        "parameters": [_IDENTIFIER],
        "responses": {
            **_responses("Article", "404", "503"),
            "301": {"description": "The article has another id now; Location leads there."},
        },
    }


def _responses(schema: str, *problems: str) -> Schema:
    problem = {"application/problem+json": {"schema": _ref("Problem")}}
    good: Schema = {"application/json": {"schema": _ref(schema)}}
    return {
        "200": {"description": "The answer.", "content": good},
        "304": {"description": "The caller has this answer already (If-None-Match)."},
        **{status: {"description": "What went wrong.", "content": problem} for status in problems},
    }


def _parameter(parameter: Parameter, site: Site) -> Schema:
    schema = _parameter_schema(parameter.name)
    if parameter.name == "lang":
        schema = {**schema, "default": site.lang}
    if parameter.repeatable:
        schema = {"type": "array", "items": schema, "maxItems": 50, "uniqueItems": True}
    described = {"name": parameter.name, "in": "query", "description": parameter.text}
    return {**described, "required": False, "explode": True, "schema": schema}


def _parameter_schema(name: str) -> Schema:
    numbers = {"page": PAGE_RANGE, "size": SIZE_RANGE}
    if name in numbers or name.endswith("_size"):
        low, high = numbers.get(name, FACET_SIZE_RANGE)
        default = {"page": {"default": 1}, "size": {"default": SIZE_DEFAULT}}.get(name, {})
        return {"type": "integer", "minimum": low, "maximum": high, **default}
    choices: dict[str, list[str]] = {
        "sort": list(SORTS),
        "view": list(VIEWS),
        "chart": list(CHARTS),
        "lang": list(LANGUAGES),
        "any": ["0", "1"],
        "copies": ["0", "1"],
        "synonyms": ["0", "1"],
        "without": [facet.name for facet in FACETS],
    }
    if name in choices:
        return {"type": "string", "enum": choices[name]}
    if name == "year":
        return {"type": "string", "pattern": r"^(?!0000)[0-9]{4}$"}
    if name in {"from", "to"}:
        month_or_year = {"pattern": r"^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2]))?$"}
        return {"type": "string", "anyOf": [{"format": "date"}, month_or_year]}
    if pattern := next((f.pattern for f in FACETS if name in {f.name, f"not_{f.name}"}), ""):
        return {"type": "string", "pattern": f"^{pattern}$"}
    return TEXT if name == "q" else {"type": "string", "maxLength": VALUE_LENGTH_MOST}
