"""Response headers: ETag and 304 for answers that have not changed, and the security policy.

An answer stays the same while the index generation, the program, the site's face, the URL and the
day do: queries (kemarin) and links (hari ini) count from it. So its ETag is known before anything
is searched, and a repeated request costs nothing.
An answer from which something was left out for want of time has none: the next one may be whole.
"""

import datetime as dt
import hashlib
from collections.abc import Callable

from flask import Flask, Response, make_response, request

from search import today_in_jakarta
from web.http.app_context import current_engine, current_site, program_stamp, site_varies

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""What a browser may do with an answer."""

STATIC_SECONDS = 365 * 24 * 3600
"""How long a browser may keep a static file; its address changes when the file does."""


def add_headers(app: Flask) -> None:
    """Give every answer the security headers, and static files a long life in caches."""
    app.after_request(_with_headers)


def unless_cached(make: Callable[[], str | Response]) -> Response:
    """Return 304 (Not Modified) if the client has this answer already, else call `make`."""
    tag = make_tag(today_in_jakarta())
    if tag in request.if_none_match.as_set(include_weak=True):
        response = Response(status=304)
    else:
        response = make_response(make())
        if response.cache_control.no_store:
            return response
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"  # browsers keep it but ask each time
    if site_varies():
        response.vary.add("User-Agent")
    return response


def keep_if_whole(answer: str | Response, *, is_cut_short: bool) -> Response:
    """Return an answer; nobody may keep one from which something was left out for want of time."""
    response = make_response(answer)
    if is_cut_short:
        response.headers["Cache-Control"] = "no-store"
    return response


def redirect_to(address: str) -> Response:
    """Lead from a former id to the article.

    The status says that it is for good, so search engines move what they know to the new address.
    Browsers ask each time all the same, as `unless_cached` tells them, for the article may go.
    """
    return Response(status=301, headers={"Location": address})


def _with_headers(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static" and response.status_code < 400:  # noqa: PLR2004 - any success
        response.headers["Cache-Control"] = f"public, max-age={STATIC_SECONDS}, immutable"
    return response


def make_tag(today: dt.date) -> str:
    """Return the ETag of the answer to this request on a day."""
    generation = current_engine().status().stamp
    url = (request.host_url, request.script_root, request.full_path)
    parts = repr((generation, program_stamp(), current_site(), url, today))
    return hashlib.blake2b(parts.encode(), digest_size=12).hexdigest()
