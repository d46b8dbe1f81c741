"""ETag and 304: an answer is the same while the generation, the site and the URL are.

The tag is known before anything is searched, so a repeated request costs nothing.
"""

import hashlib
from collections.abc import Callable

from flask import Response, make_response, request

from web.http.app_context import current_engine, site_stamp


def unless_cached(make: Callable[[], str | Response]) -> Response:
    """Return 304 if the client has this very answer, else the answer that `make` makes."""
    tag = _tag()
    if tag in request.if_none_match.as_set(include_weak=True):
        response = Response(status=304)
    else:
        response = make_response(make())
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"  # keep it, and ask each time
    return response


def _tag() -> str:
    stamp = current_engine().status().stamp
    told = repr((stamp, site_stamp(), request.host_url, request.script_root, request.full_path))
    return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()
