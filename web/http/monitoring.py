"""Monitoring: /livez, /readyz and /metrics for programs; a log of slow and of empty searches.

`/metrics` is in Prometheus's text form. Only the addresses of a setting may read it; to all others
there is nothing at its address. No log has the address of a reader, but for the access log.
"""

import datetime as dt
import logging
import time
from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock

from flask import Blueprint, Flask, Response, abort, current_app, g, request

from search import EngineStatus, SearchResults
from web.http.app_context import current_engine, json_response
from web.http.counters import BOUNDS, CODES, COLUMNS, STATUSES, Counters
from web.settings import Settings

LOG = logging.getLogger("kliping.web")

QUERIES_MOST = 1000
"""Queries that found nothing whose counts are kept; the one asked longest ago goes first."""
ADDRESS_SHOWN = 500
"""Characters of a slow request's address in the log."""

_KEY = "kliping_monitoring"
_HOUR = 3600


class Monitoring:
    """What an application counts and logs."""

    def __init__(self, settings: Settings, counters: Counters, endpoints: list[str]) -> None:
        """Count requests of these endpoints, in this order."""
        self.settings, self.counters = settings, counters
        self.rows = {name: row for row, name in enumerate(["none", *endpoints])}
        self._empty: OrderedDict[str, int] = OrderedDict()
        self._lock = Lock()

    def note_empty(self, query_text: str) -> None:
        """Count a query that found nothing; log its first time, its second, fourth, eighth."""
        with self._lock:
            count = self._empty[query_text] = self._empty.pop(query_text, 0) + 1
            if len(self._empty) > QUERIES_MOST:
                self._empty.popitem(last=False)
        if count & (count - 1) == 0:
            LOG.warning("Nothing found, %s times: %r", count, query_text)


def add_monitoring(app: Flask, settings: Settings, counters: Counters) -> None:
    """Add the routes of monitoring, and count every answer."""
    routes = Blueprint("monitoring", __name__)
    routes.add_url_rule("/livez", "live", live)
    routes.add_url_rule("/readyz", "ready", ready)
    routes.add_url_rule("/metrics", "metrics", metrics)
    app.register_blueprint(routes)
    endpoints = sorted({rule.endpoint for rule in app.url_map.iter_rules()})
    app.extensions[_KEY] = Monitoring(settings, counters, endpoints)
    app.before_request(_begin)
    app.after_request(_count)


def note_results(results: SearchResults) -> SearchResults:
    """Keep for the logs how long a search took and whether it found nothing; return the results."""
    monitoring = _monitoring()
    g.search_ms = results.took_ms
    if not results.total and monitoring.settings.empty_log == "yes":
        monitoring.note_empty(results.request.query_text)
    return results


def core_ms() -> float:
    """Return what this request has cost so far, in milliseconds of a core."""
    began: float = g.get("core_began", time.thread_time())
    return (time.thread_time() - began) * 1000


def live() -> Response:
    """Say that this process answers; nothing is asked of the index."""
    return _uncached({"status": "alive"}, 200)


def ready() -> Response:
    """Say whether searches can be answered, from an index that is new enough."""
    reason = _reason_not_ready(current_engine().status(), _monitoring().settings.ready_hours)
    return _uncached(
        {"status": "not ready" if reason else "ready", "reason": reason}, 503 if reason else 200
    )


def metrics() -> Response:
    """Answer with all counters, to those who may read them."""
    allowed = {part.strip() for part in _monitoring().settings.metrics_from.split(",")}
    if (request.remote_addr or "-") not in allowed:
        abort(404)
    text = "\n".join([*_lines(_monitoring(), current_engine().status()), ""])
    return Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def _monitoring() -> Monitoring:
    found: Monitoring = current_app.extensions[_KEY]
    return found


def _uncached(report: dict[str, str], status: int) -> Response:
    response = json_response(report)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _reason_not_ready(status: EngineStatus, hours: int) -> str:
    if not status.is_open:
        return status.problem
    age = _age_of(status)
    if hours and age > hours * _HOUR:
        return f"The index was built {age / _HOUR:.0f} hours ago; the setting allows {hours}."
    return ""


def _age_of(status: EngineStatus) -> float:
    """Return the seconds since the index that is open was built; 0 if none is."""
    if not status.built_at:
        return 0.0
    return (dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(status.built_at)).total_seconds()


def _begin() -> None:
    g.began, g.core_began = time.perf_counter(), time.thread_time()


def _count(response: Response) -> Response:
    """Count an answer; log a slow one, with where its time went."""
    if "began" not in g:
        return response
    monitoring, seconds = _monitoring(), time.perf_counter() - g.began
    row = monitoring.rows.get(request.endpoint or "none", 0)
    status = f"{response.status_code // 100}xx"
    if status in STATUSES:
        monitoring.counters.add(row, status, seconds, g.get("problem_code", ""))
    if seconds * 1000 >= monitoring.settings.slow_ms:
        parts = (seconds * 1000, g.get("search_ms", 0.0), core_ms())
        asked = request.full_path if request.query_string else request.path  # or it ends with ?
        address = asked[:ADDRESS_SHOWN]
        LOG.warning("Slow: %.0f ms, of which search %.0f, on a core %.0f: %r", *parts, address)
    return response


def _lines(monitoring: Monitoring, status: EngineStatus) -> Iterator[str]:
    """Yield the lines of Prometheus's text form."""
    totals = monitoring.counters.totals()
    yield "# TYPE kliping_requests_total counter"
    for name, row in monitoring.rows.items():
        for kind in STATUSES:
            count = totals[row, COLUMNS.index(kind)]
            yield f'kliping_requests_total{{endpoint="{name}",status="{kind}"}} {count:.0f}'
    yield "# TYPE kliping_request_seconds histogram"
    for name, row in monitoring.rows.items():
        whole = sum(totals[row, COLUMNS.index(kind)] for kind in STATUSES)
        for bound in BOUNDS:
            count = totals[row, COLUMNS.index(str(bound))]
            yield f'kliping_request_seconds_bucket{{endpoint="{name}",le="{bound}"}} {count:.0f}'
        yield f'kliping_request_seconds_bucket{{endpoint="{name}",le="+Inf"}} {whole:.0f}'
        seconds = totals[row, COLUMNS.index("seconds")]
        yield f'kliping_request_seconds_sum{{endpoint="{name}"}} {seconds:.6f}'
        yield f'kliping_request_seconds_count{{endpoint="{name}"}} {whole:.0f}'
    yield "# TYPE kliping_errors_total counter"
    for code in CODES:
        yield f'kliping_errors_total{{code="{code}"}} {totals[:, COLUMNS.index(code)].sum():.0f}'
    yield from _gauge("generation", status.generation)
    yield from _gauge("documents", status.doc_count)
    yield from _gauge("index_age_seconds", round(_age_of(status)))
    yield "# TYPE kliping_memory_bytes gauge"
    for slot, size in enumerate(monitoring.counters.memory()):
        yield f'kliping_memory_bytes{{process="{slot}"}} {size}'


def _gauge(name: str, value: int) -> Iterator[str]:
    yield f"# TYPE kliping_{name} gauge"
    yield f"kliping_{name} {value}"
