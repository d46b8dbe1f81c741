"""Encoding of JSON: decoding gives back the same value."""

import json
from typing import Any

import pytest

from web.json_api import to_json


@pytest.mark.parametrize(
    "value",
    [
        "Jum\u2019at \U0001f600",
        "a\ud83db",
        {"\udfff": ["a", 1, 0.125, None, True]},
        "\x00\u2028</script>",
    ],
)
def test_json_gives_back_what_was_put_in(value: Any) -> None:
    """Also half of a surrogate pair: one broken article must not break an answer."""
    assert json.loads(to_json(value)) == value
