"""The JSON API's answers: view models as JSON, and the OpenAPI document that describes them.

The JSON shows the same view models as the page, so it has the same numbers. Keys are a promise:
new ones may come, none changes its name or goes. Routes, status codes and errors are in
`web.http`.

>>> from web.urls import Addresses
>>> openapi_document(Addresses("/arsip"))["servers"], to_json({"total": 3})
([{'url': '/arsip'}], b'{"total":3}')
"""

from web.json_api.openapi import openapi_document
from web.json_api.results_json import (
    article_json,
    mention_json,
    problem_json,
    results_json,
    suggestions_json,
    to_json,
)

__all__ = [
    "article_json",
    "mention_json",
    "openapi_document",
    "problem_json",
    "results_json",
    "suggestions_json",
    "to_json",
]
