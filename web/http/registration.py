"""Register the routes, headers and error pages with a Flask application."""

from flask import Flask, abort, request
from werkzeug.exceptions import ServiceUnavailable

from search import Engine
from web.http import api, pages
from web.http.app_context import add_engine
from web.http.compression import add_compression
from web.http.counters import Counters
from web.http.errors import add_error_pages
from web.http.front import add_front
from web.http.lenient_request import DocIdConverter, LenientRequest
from web.http.limits import Limits, add_limits
from web.http.monitoring import add_monitoring
from web.http.proxies import trust_proxies
from web.http.response_headers import add_headers
from web.language import load_texts
from web.settings import Settings

BODY_BYTES_MOST = 1 << 16
"""Largest body of a request, in bytes; nothing needs to be sent to this site."""

BUSY_SECONDS = 2
"""When to come back to a server that has too many requests waiting."""

REFUSAL = "kliping.refusal"
"""The key in a request's environment of the HTTP status with which the server wants it refused."""


def register(
    app: Flask,
    engine: Engine,
    settings: Settings,
    counters: Counters | None = None,
    limits: Limits | None = None,
) -> None:
    """Add everything that answers requests to the application.

    Args:
        app: an application of the package `web`, whose templates and static files it finds.
        engine: what answers searches.
        settings: see `web.settings`.
        counters: shared with other processes; its own if not given.
        limits: the same.
    """
    load_texts()
    app.request_class = LenientRequest
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    add_engine(app, engine, settings.site, has_bot_facets=settings.bot_facets == "yes")
    add_front(app)
    app.url_map.converters["doc_id"] = DocIdConverter
    app.url_map.merge_slashes = False  # an id may hold two slashes in a row
    app.register_blueprint(pages.make_blueprint())
    app.register_blueprint(api.make_blueprint())
    if settings.compress == "yes":
        add_compression(app)  # before what else changes an answer, since hooks run backwards
    add_error_pages(app)
    add_headers(app)
    add_monitoring(app, settings, counters or Counters())  # first, since it counts refusals too
    app.before_request(_refuse_wrong_size)
    if settings.is_limited:
        add_limits(app, limits or Limits(settings.client_ms))
    trust_proxies(app, settings.proxies)


def _refuse_wrong_size() -> None:
    """Refuse what the server found to be no request or too large, and a large body."""
    if status := request.environ.get(REFUSAL):
        if status == ServiceUnavailable.code:
            raise ServiceUnavailable(retry_after=BUSY_SECONDS)
        abort(status)
    if (request.content_length or 0) > BODY_BYTES_MOST:
        abort(413)
