"""The headers of every answer: what a browser may do with it."""

from flask import Flask, Response, request

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

STATIC_SECONDS = 365 * 24 * 3600
"""How long a browser may keep a static file: its address changes when it does."""


def add_headers(app: Flask) -> None:
    """Give every answer these headers."""
    app.after_request(_with_headers)


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static" and response.status_code < 400:  # noqa: PLR2004 - any success
        response.headers["Cache-Control"] = f"public, max-age={STATIC_SECONDS}, immutable"
    return response
