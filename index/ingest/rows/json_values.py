"""JSON parsing: the values of a row as they are written.

>>> parse_record(b'{"id": 17, "title": "Harga turun"}')
{'id': '17', 'title': 'Harga turun'}
"""

import json
from typing import cast

from index.errors import SourceError
from index.ingest.rows.keys import Row
from index.ingest.rows.values import Number
from index.ingest.text import clean_text, decode_text, to_one_line

TOO_DEEP = "the row is nested too deeply"
SHOWN_CHARS = 80
"""Characters of a malformed row that an error shows."""


def parse_record(row: bytes) -> Row:
    """Parse one row of JSON, which must be an object. NaN and the like are no values.

    Raises:
        SourceError: malformed, or as `index.ingest.text.decoding.decode_text`.
    """
    text = decode_text(row)
    values = parse_json(text)
    if not isinstance(values, dict):
        raise SourceError("malformed", f"no object: {to_one_line(clean_text(text[:SHOWN_CHARS]))}")
    return cast("Row", values)


def parse_json(text: str) -> object:
    """Parse JSON, with numbers as they are written.

    Raises:
        SourceError: malformed.
    """
    try:
        return json.loads(
            text, strict=False, parse_constant=lambda _: None, parse_int=Number, parse_float=Number
        )
    except ValueError as error:
        raise SourceError("malformed", f"no JSON: {error}") from error
    except RecursionError as error:
        raise SourceError("malformed", TOO_DEEP) from error
