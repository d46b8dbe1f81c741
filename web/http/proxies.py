"""Reverse proxies: whose headers are believed, and which paths they may name."""

import re
from collections.abc import Iterable
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

_PREFIX = re.compile(r"(/[\w~-][\w.~-]*)*/?", re.ASCII)
"""A path of plain characters: anything else could lead a link to another host."""


def trust_proxies(app: Flask, count: int) -> None:
    """Trust the X-Forwarded headers of so many proxies; a client could forge any others."""
    if count:
        inner = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=count)
        app.wsgi_app = PlainPrefix(inner)  # type: ignore[method-assign]  # Flask's documented way


class PlainPrefix:
    """Ignores a prefix that is no path of plain characters."""

    def __init__(self, application: Any) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request."""
        prefixes = environ.get("HTTP_X_FORWARDED_PREFIX", "").split(",")
        if not all(_PREFIX.fullmatch(prefix.strip()) for prefix in prefixes):
            del environ["HTTP_X_FORWARDED_PREFIX"]
        answer: Iterable[bytes] = self._application(environ, start_response)
        return answer
