"""The JSON API's answers: view models as JSON, and the OpenAPI document that describes them.

The JSON shows the same view models as the page, so it has the same numbers. Keys are a promise:
new ones may come, none changes its name or goes. Routes, status codes and errors are in
`web.http`.

>>> from web.urls import Addresses
>>> make_openapi_document(Addresses("/arsip"))["servers"], to_json({"total": 3})
([{'url': '/arsip'}], b'{"total":3}')
"""

from web.json_api.encoding import (
    encode_article,
    encode_coverage,
    encode_mention,
    encode_problem,
    encode_results,
    to_json,
)
from web.json_api.metadata import encode_metadata, to_script
from web.json_api.openapi import make_openapi_document
from web.json_api.suggestions import encode_suggestions
