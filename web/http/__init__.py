"""HTTP: the routes of the page and the JSON API, their headers, caching and errors.

Only this package knows Flask's request. A route reads the URL (`web.urls`), asks the engine, makes
a view model (`web.views`), and sends it as HTML or as JSON (`web.json_api`). An error becomes a
page or `application/problem+json`.

Words: a *stamp* changes when a file, or the whole program, changes; an *ETag* names one answer, so
that a browser which has it gets 304 and no body.

>>> from flask import Flask
>>> from search import open_engine
>>> from web.settings import read_settings
>>> app = Flask("web")
>>> register(app, open_engine("no/such/index", query_seconds=10), read_settings({}))
>>> app.test_client().get("/healthz").status_code
503

There are no sessions, cookies or accounts, and nothing can be sent to the site: the URL is the
whole state.
"""

from web.http.counters import Counters
from web.http.limits import Limits
from web.http.registration import BODY_BYTES_MOST, REFUSAL, register
