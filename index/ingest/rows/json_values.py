"""JSON parsing: the values of a row as they are written.

>>> parse_record(b'{"id": 17, "title": "Harga turun"}')
{'id': '17', 'title': 'Harga turun'}
"""

import ast
import json
import re
from typing import cast

from index.errors import SourceError
from index.ingest.rows.keys import Row
from index.ingest.rows.values import Number
from index.ingest.text import clean_text, decode_text, to_one_line

TOO_DEEP = "the row is nested too deeply"
_PRINTED = re.compile(r"\s{0,100}\[?\s{0,100}\{\s{0,100}'")
_PRINTED_CHARS_MOST = 500_000
_BRACKETS_MOST = 10_000
"""Longest text that is parsed as Python's, and most brackets in it: parsing takes much memory."""
_DECODER = json.JSONDecoder(
    strict=False, parse_constant=lambda _: None, parse_int=Number, parse_float=Number
)
SHOWN_CHARS = 80
"""Characters of a malformed row that an error shows."""


def parse_record(row: bytes) -> Row:
    """Parse one row of JSON, which must be an object. NaN and the like are no values.

    Raises:
        SourceError: malformed, or as `index.ingest.text.decoding.decode_text`.
    """
    text = decode_text(row)
    values = parse_printed(text) if is_printed(text) else parse_json(text)
    if not isinstance(values, dict):
        raise SourceError("malformed", f"no object: {to_one_line(clean_text(text[:SHOWN_CHARS]))}")
    return cast("Row", values)


def is_printed(text: str) -> bool:
    """Tell whether a text begins as Python prints a dictionary, or a list of them.

    >>> is_printed("[{'judul': 'Panen'}]"), is_printed('[{"judul": "Panen"}]')
    (True, False)
    """
    return _PRINTED.match(text) is not None


def parse_printed(text: str) -> object:
    """Parse what Python printed.

    Raises:
        SourceError: malformed, also for what is too long to be parsed.
    """
    brackets = sum(map(text.count, "[{("))
    if len(text) > _PRINTED_CHARS_MOST or brackets > _BRACKETS_MOST:
        raise SourceError("malformed", "no JSON: Python printed it; write it with json.dump")
    try:
        return parse_json(json.dumps(ast.literal_eval(text.strip()), default=str))
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError) as error:
        raise SourceError("malformed", f"no JSON, nor what Python prints: {error}") from error


def parse_json(text: str) -> object:
    """Parse JSON, with numbers as they are written.

    Raises:
        SourceError: malformed.
    """
    try:
        return _DECODER.decode(text)
    except ValueError as error:
        raise SourceError("malformed", f"no JSON: {error}") from error
    except RecursionError as error:
        raise SourceError("malformed", TOO_DEEP) from error
