r"""How values become the text of JSON: for everything that this site answers with.

A page of results has thousands of values, so the encoder is a compiled one. It refuses half of a
surrogate pair, which a crawler may leave in a text and which is no UTF-8; the standard library
escapes it.

>>> to_json({"judul": "Harga beras naik", "tag": []}), to_json("\ud83d")
(b'{"judul":"Harga beras naik","tag":[]}', b'"\\ud83d"')
"""

import json
from typing import Any

import msgspec
from flask import Response


def to_json(value: Any) -> bytes:
    """Return a value of texts, numbers, lists and dictionaries as JSON."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()


def json_response(value: Any) -> Response:
    """Return an answer of JSON."""
    return Response(to_json(value), mimetype="application/json")
