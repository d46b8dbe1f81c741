"""What programs see of a running site: /livez, /readyz, /metrics, and the logs."""

import datetime as dt
import logging
import re
from dataclasses import replace
from typing import Any

import pytest

from search.engine import Engine, open_engine
from search.results import EngineStatus
from web import Counters, create_app
from web.http.monitoring import QUERIES_MOST
from web.settings import read_settings

ME = "127.0.0.1"


def client_of(engine: Engine, counters: Counters | None = None, **variables: str) -> Any:
    """Return a test client of a site with settings."""
    return create_app(read_settings(variables), engine, counters).test_client()


def metrics_of(client: Any) -> dict[str, float]:
    """Return every number of /metrics by its name and labels."""
    lines = client.get("/metrics").text.splitlines()
    return {
        name: float(value)
        for name, _, value in (line.rpartition(" ") for line in lines if not line.startswith("#"))
    }


class AgedEngine:
    """An engine whose index was built some hours ago."""

    def __init__(self, engine: Engine, hours: float) -> None:
        self._engine = engine
        self._built = dt.datetime.now(dt.UTC) - dt.timedelta(hours=hours)

    def __getattr__(self, name: str) -> Any:
        """Do as the engine does."""
        return getattr(self._engine, name)

    def status(self) -> EngineStatus:
        """Return the engine's status with another day."""
        return replace(self._engine.status(), built_at=self._built.isoformat())


def test_a_process_is_alive_whatever_the_index_is() -> None:
    """Without one, too; it is only not ready, and says why."""
    client = client_of(open_engine("no/such/index", 10))
    assert (client.get("/livez").status_code, client.get("/readyz").status_code) == (200, 503)
    assert "reindex.py" in client.get("/readyz").get_json()["reason"]


@pytest.mark.parametrize(
    ("hours", "allowed", "status"), [(1, "0", 200), (9000, "0", 200), (1, "2", 200), (3, "2", 503)]
)
def test_an_index_is_ready_while_it_is_new_enough(
    tiny_engine: Engine, hours: float, allowed: str, status: int
) -> None:
    """By the setting; 0 allows any age."""
    engine: Any = AgedEngine(tiny_engine, hours)
    answer = client_of(engine, KLIPING_READY_HOURS=allowed).get("/readyz")
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    assert bool(answer.get_json()["reason"]) == (status == 503)


@pytest.mark.parametrize("allowed", ["", "192.0.2.1", "127.0.0.2,::1"])
def test_metrics_are_not_there_for_strangers(tiny_engine: Engine, allowed: str) -> None:
    """Nor for who writes an allowed address into a header."""
    client = client_of(tiny_engine, KLIPING_METRICS_FROM=allowed)
    assert client.get("/metrics", headers={"X-Forwarded-For": allowed}).status_code == 404


def test_metrics_count_requests_by_route_status_and_time(tiny_engine: Engine) -> None:
    """Each once, an error too."""
    client = client_of(tiny_engine, KLIPING_METRICS_FROM=f"192.0.2.1, {ME}")
    for path in ("/api/search?q=harga", "/api/search", "/api/search?page=0", "/tak-ada"):
        client.get(path)
    found = metrics_of(client)
    total, seconds = "kliping_requests_total", "kliping_request_seconds"
    assert found[f'{total}{{endpoint="api.search",status="2xx"}}'] == 2
    assert found[f'{total}{{endpoint="api.search",status="4xx"}}'] == 1
    assert found[f'{total}{{endpoint="none",status="4xx"}}'] == 1
    assert found[f'{seconds}_count{{endpoint="api.search"}}'] == 3
    assert found[f'{seconds}_bucket{{endpoint="api.search",le="+Inf"}}'] == 3
    assert found[f'{seconds}_sum{{endpoint="api.search"}}'] > 0
    assert (found["kliping_generation"], found["kliping_documents"]) == (1, 24)
    assert found["kliping_index_age_seconds"] >= 0
    assert found['kliping_memory_bytes{process="0"}'] > 1 << 20


def test_metrics_have_prometheus_s_form(tiny_engine: Engine) -> None:
    """Each line a comment or a sample; buckets never shrink as their bound grows."""
    client = client_of(tiny_engine, KLIPING_METRICS_FROM=ME)
    client.get("/api/search")
    answer = client.get("/metrics")
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    sample = r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.]+'
    kind = r"# TYPE [a-z_]+ (counter|gauge|histogram)"
    assert all(re.fullmatch(f"{sample}|{kind}", line) for line in answer.text.splitlines())
    buckets = re.findall(r'bucket\{endpoint="api.search",le="[^"]+"\} (\d+)', answer.text)
    assert buckets == sorted(buckets) != []


def test_metrics_count_stopped_and_refused_requests(tiny_index: Any) -> None:
    """By the code of the error."""
    engine = open_engine(str(tiny_index), 1e-9)
    client = client_of(engine, KLIPING_METRICS_FROM=ME)
    client.get("/api/search?q=harga")
    client.get("/api/search", environ_overrides={"kliping.refusal": 503})
    found = metrics_of(client)
    assert found['kliping_errors_total{code="query_timeout"}'] == 1
    assert found['kliping_errors_total{code="too_busy"}'] == 1
    engine.close()


def test_processes_count_together(tiny_engine: Engine) -> None:
    """Whichever is asked has the sum; a new one counts on in the place of one that ended."""
    counters = Counters(2)
    client = client_of(tiny_engine, counters, KLIPING_METRICS_FROM=ME)
    for number in (1, 2, 3):
        counters.take_slot(number)
        client.get("/api/search")
    name = 'kliping_requests_total{endpoint="api.search",status="2xx"}'
    assert metrics_of(client)[name] == 3


def test_slow_requests_are_logged_without_who_asked(
    tiny_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """What was asked, in one line whatever it holds, and where the time went."""
    client = client_of(tiny_engine, KLIPING_SLOW_MS="1")
    caplog.set_level(logging.WARNING)
    client.get("/search?q=harga%0Abaris&size=100")
    (line,) = [record.getMessage() for record in caplog.records]
    assert re.match(r"Slow: \d+ ms, of which search \d+, on a core \d+: ", line)
    assert "q=harga" in line
    assert "\n" not in line
    assert ME not in line


def test_slow_address_without_a_query_is_logged_as_it_is(
    tiny_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """Without a question mark behind it; one that was asked for stays."""
    client = client_of(tiny_engine, KLIPING_SLOW_MS="1")
    caplog.set_level(logging.WARNING)
    client.get("/search")
    client.get("/search?q=harga?")
    told = [record.getMessage().rpartition(": ")[2] for record in caplog.records]
    assert told == ["'/search'", "'/search?q=harga?'"]


def test_searches_that_found_nothing_are_counted(
    tiny_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """Logged at their first, second and fourth time; only if the setting says so."""
    client = client_of(tiny_engine, KLIPING_EMPTY_LOG="yes", KLIPING_SLOW_MS="600000")
    silent = client_of(tiny_engine, KLIPING_SLOW_MS="600000")
    caplog.set_level(logging.WARNING)
    for _ in range(5):
        client.get("/api/search?q=tidakada")
        silent.get("/search?q=tidakada")
        client.get("/search?q=harga")
    lines = [record.getMessage() for record in caplog.records]
    assert lines == [f"Nothing found, {count} times: 'tidakada'" for count in (1, 2, 4)]


def test_counts_of_empty_searches_are_bounded(
    tiny_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever strangers type."""
    app = create_app(read_settings({"KLIPING_EMPTY_LOG": "yes"}), tiny_engine)
    monitoring = app.extensions["kliping_monitoring"]
    caplog.set_level(logging.WARNING)
    for number in range(QUERIES_MOST + 1):
        monitoring.note_empty(str(number))
    monitoring.note_empty("0")
    monitoring.note_empty(str(QUERIES_MOST))
    forgotten, kept = [record.getMessage() for record in caplog.records[-2:]]
    assert forgotten == "Nothing found, 1 times: '0'"
    assert kept == f"Nothing found, 2 times: '{QUERIES_MOST}'"
