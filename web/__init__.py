"""From results to a reader: the page and the JSON, two faces of one view model.

`create_app` makes the WSGI application; everything it needs is handed in.
"""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from search.engine import Engine, open_engine
from search.preferences import load_preferences
from web.http import api, pages
from web.http.app_context import add_engine
from web.http.converters import DocIdConverter
from web.http.errors import add_error_pages
from web.http.headers import add_headers
from web.http.lenient_request import LenientRequest
from web.settings import Settings

BODY_BYTES_MOST = 1 << 16
"""Nothing is posted to this site; a request's body beyond this is refused."""


def create_app(settings: Settings, engine: Engine | None = None) -> Flask:
    """Return the application.

    Args:
        settings: see `web.settings`.
        engine: what answers; opened from the settings if not given.
    """
    app = Flask(__name__)
    app.request_class = LenientRequest
    app.config["MAX_CONTENT_LENGTH"] = BODY_BYTES_MOST
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    add_engine(app, engine or _engine(settings))
    app.url_map.converters["doc_id"] = DocIdConverter
    app.url_map.merge_slashes = False  # two slashes in an id are two slashes
    app.register_blueprint(pages.blueprint())
    app.register_blueprint(api.blueprint())
    add_error_pages(app)
    add_headers(app)
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's documented way
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=count
        )
    return app


def _engine(settings: Settings) -> Engine:
    """Open the engine of the settings.

    Raises:
        SynonymsError: for a file of synonyms that cannot be used.
    """
    preferences = load_preferences(settings.synonyms, settings.recency)
    return open_engine(settings.index, settings.query_seconds, preferences)
