"""A request whose query string may hold any bytes."""

from typing import Any
from urllib.parse import quote

from flask import Request

PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
"""The letters that may stand in a query string as they are."""


class LenientRequest(Request):
    """Reads every other byte of a query string as if it had been escaped, as browsers escape it.

    Werkzeug decodes a query string strictly: one byte that is no UTF-8 would raise wherever the
    parameters are read, on the page of the error itself too.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query_string = quote(self.query_string, safe=PRINTABLE).encode("ascii")
