"""The web application: a search page and a JSON API over an archive, as one WSGI app.

A request passes through five packages, each of which imports only those after it:

- `web.http` knows the server: routes, headers, errors;
- `web.json_api` turns view models into JSON and describes it with OpenAPI;
- `web.views` turns results into view models, which the templates and the JSON show;
- `web.urls` turns a URL into a request and back, and builds every link;
- `web.language` has every word that a reader sees, in Indonesian and English.

`read_settings` reads the table of settings in `web.settings`. Searching itself is in `search`;
nothing here opens an index or parses a query.

>>> app = create_app(read_settings({"KLIPING_INDEX": "no/such/index"}))
>>> app.test_client().get("/help").status_code, app.test_client().get("/search").status_code
(200, 503)
"""

from flask import Flask

from search import Engine, load_preferences, open_engine
from web.http import Counters, Limits
from web.http import register as _register
from web.settings import SETTINGS, Setting, Settings, read_settings


def create_app(
    settings: Settings,
    engine: Engine | None = None,
    counters: Counters | None = None,
    limits: Limits | None = None,
) -> Flask:
    """Return the WSGI application.

    Args:
        settings: see `web.settings`.
        engine: what answers searches; opened from the settings if not given.
        counters: of requests, shared by the processes of a server; its own if not given.
        limits: of the work of clients, shared in the same way.

    Raises:
        SynonymsError: for a file of synonyms that cannot be used.
    """
    app = Flask(__name__)
    _register(app, engine or open_engine_of(settings), settings, counters, limits)
    return app


def open_engine_of(settings: Settings) -> Engine:
    """Return the engine that settings ask for.

    Raises:
        AddressError: for an address of a cluster that cannot be used.
        PasswordFileError: when the password of a cluster cannot be read.
        SynonymsError: for a file of synonyms that cannot be used.
    """
    preferences = load_preferences(settings.synonyms, settings.recency)
    options = settings.cluster_options()
    return open_engine(settings.index, settings.query_seconds, preferences, options)
