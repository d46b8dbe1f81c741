"""The text of the JSON: what any reader of JSON gets back is what was put in."""

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
    """Half of a letter too: one broken article must not take the answer from all others."""
    assert json.loads(to_json(value)) == value
