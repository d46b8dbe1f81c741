"""Read URLs that are not well formed: any bytes in a query string, slashes in an article's id."""

from typing import Any
from urllib.parse import quote

from flask import Request
from werkzeug.routing import PathConverter

PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
"""The characters that may stand in a query string unescaped."""


class LenientRequest(Request):
    """A request that escapes every other byte of its query string, as browsers do.

    Werkzeug decodes a query string strictly: one byte that is not UTF-8 would raise wherever the
    parameters are read, on the error page too.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query_string = quote(self.query_string, safe=PRINTABLE).encode("ascii")


class DocIdConverter(PathConverter):
    """The rest of a path as an article's id, leading slashes included: ids may be paths."""

    part_isolating = False
    regex = ".+?"
