"""Limits of the work of one client, and answers to crawlers."""

from collections.abc import Callable
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import Engine
from web import create_app
from web.http.limits import BURST_SECONDS, CLIENTS_MOST, Limits
from web.settings import SETTINGS, read_settings

RATE = 500
CLIENT, OTHER = "192.0.2.1", "192.0.2.2"
BOT = {"User-Agent": "Mozilla/5.0 (compatible; Jejakbot/1.0; +https://jejak.example)"}


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands still."""
    return Clock()


def test_a_client_waits_until_its_work_is_paid_for(clock: Clock) -> None:
    """A burst is free; what is beyond it takes its time; others do not wait."""
    limits = Limits(RATE, clock)
    limits.charge(CLIENT, BURST_SECONDS * RATE)
    assert limits.seconds_to_wait(CLIENT) == 0
    limits.charge(CLIENT, 3 * RATE)
    assert limits.seconds_to_wait(CLIENT) == 3
    assert limits.seconds_to_wait(OTHER) == 0
    clock.now += 2.5
    assert limits.seconds_to_wait(CLIENT) == 1
    clock.now += 0.5
    assert limits.seconds_to_wait(CLIENT) == 0


def test_eight_busy_readers_behind_one_address_never_wait(clock: Clock) -> None:
    """Each asks every second for an hour, and each answer takes a twentieth of a second."""
    limits = Limits(next(int(s.default) for s in SETTINGS if s.name == "client_ms"), clock)
    for _ in range(3600):
        for _ in range(8):
            assert limits.seconds_to_wait(CLIENT) == 0
            limits.charge(CLIENT, 50)
        clock.now += 1


def test_addresses_of_one_ipv6_network_are_one_client(clock: Clock) -> None:
    """Whoever has a network has all of its addresses."""
    limits = Limits(RATE, clock)
    limits.charge("2001:db8::1", 2 * BURST_SECONDS * RATE)
    assert limits.seconds_to_wait("2001:db8::ffff:1") > 0
    assert limits.seconds_to_wait("2001:db8:0:1::1") == 0
    limits.charge("fe80::1%eth0", 2 * BURST_SECONDS * RATE)
    assert limits.seconds_to_wait("fe80::1%eth0") > 0


def test_no_number_of_other_clients_lets_a_client_be_forgotten(clock: Clock) -> None:
    """Whoever owes least makes room, and what is kept is bounded."""
    limits = Limits(RATE, clock)
    limits.charge(CLIENT, 2 * BURST_SECONDS * RATE)
    for number in range(2 * CLIENTS_MOST):
        limits.charge(str(number), 1)
    assert limits.seconds_to_wait(CLIENT) > 0
    clock.now += 2 * BURST_SECONDS
    assert limits.seconds_to_wait(CLIENT) == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 30_000), st.integers(0, 40))))
def test_work_is_counted_as_in_plain_buckets(steps: list[tuple[str, int, int]]) -> None:
    """Any clients, with any work and any time between."""
    clock, debts = Clock(), dict.fromkeys("abc", 0.0)
    limits = Limits(RATE, clock)
    for client, milliseconds, seconds in steps:
        clock.now += seconds
        debts = {name: max(0.0, debt - seconds * RATE) for name, debt in debts.items()}
        debts[client] += milliseconds
        limits.charge(client, milliseconds)
        for name, debt in debts.items():
            wait = max(0, ceil(debt / RATE - BURST_SECONDS))
            assert limits.seconds_to_wait(name) == wait


def test_client_with_a_name_of_any_bytes_is_counted(clock: Clock) -> None:
    """A proxy may pass on whatever it was sent."""
    limits = Limits(RATE, clock)
    for name in ("", "\udcff", "x" * 100_000, "[::1]:80", "\x00"):
        limits.charge(name, 2 * BURST_SECONDS * RATE)
        assert limits.seconds_to_wait(name) > 0


def ask_until_refused(client: Any, **options: Any) -> Any:
    """Search until the answer is a refusal; return it."""
    answers = (client.get("/api/search?q=harga&size=100", **options) for _ in range(1000))
    return next((answer for answer in answers if answer.status_code != 200), None)


def client_with(engine: Engine, **variables: str) -> Any:
    """Return a test client of a site with settings; each client may use a millisecond a second."""
    environment = {"KLIPING_CLIENT_MS": "1", "KLIPING_LIMITS": "on", **variables}
    return create_app(read_settings(environment), engine=engine).test_client()


def test_a_client_beyond_its_share_is_told_when_to_come_back(tiny_engine: Engine) -> None:
    """As JSON and as a page; health and static files are answered, and so are other clients."""
    client = client_with(tiny_engine)
    refusal = ask_until_refused(client)
    assert refusal.status_code == 429
    assert int(refusal.headers["Retry-After"]) > 0
    assert refusal.get_json()["type"] == "urn:kliping:problem:too_many_requests"
    assert client.get("/search?q=harga").status_code == 429
    assert client.get("/healthz").status_code == 200
    with client.get("/static/base.css") as static:
        assert static.status_code == 200
    other = client.get("/search?q=harga", environ_overrides={"REMOTE_ADDR": OTHER})
    assert other.status_code == 200


def test_eight_readers_behind_one_address_are_answered(tiny_engine: Engine) -> None:
    """With limits on and the default share, a page, its facets and an article each."""
    client = create_app(read_settings({"KLIPING_LIMITS": "on"}), engine=tiny_engine).test_client()
    paths = ["/search?q=harga", "/api/search?q=harga&tag_size=50", "/search?q=harga&page=2"]
    assert [client.get(path).status_code for path in paths * 8 * 5] == [200] * 120


def test_a_client_is_who_connects_unless_a_proxy_is_configured(tiny_engine: Engine) -> None:
    """What a stranger writes into a header makes no new client."""
    client = client_with(tiny_engine)
    assert ask_until_refused(client).status_code == 429
    forged = {"X-Forwarded-For": OTHER, "Forwarded": f"for={OTHER}", "X-Real-IP": OTHER}
    assert client.get("/api/search", headers=forged).status_code == 429
    behind = client_with(tiny_engine, KLIPING_PROXIES="1")
    named = {"X-Forwarded-For": CLIENT}
    assert ask_until_refused(behind, headers=named).status_code == 429
    assert behind.get("/api/search", headers={"X-Forwarded-For": OTHER}).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "written", "named"),
    [
        ("0", "{forged}", ""),
        ("1", "{forged}, ", CLIENT),
        ("2", "{forged}, ", f"{CLIENT}, 198.51.100.1"),
        ("2", "{forged}", ""),
    ],
    ids=["no proxy", "one proxy", "two proxies", "a proxy too few"],
)
def test_whatever_a_client_writes_before_what_proxies_name_makes_no_new_client(
    tiny_engine: Engine, proxies: str, written: str, named: str
) -> None:
    """Each request claims to come from another address, and all are counted as one client."""
    client = client_with(tiny_engine, KLIPING_PROXIES=proxies)
    for number in range(1000):
        forwarded = written.format(forged=f"203.0.113.{number % 250}") + named
        answer = client.get("/api/search?q=harga&size=100", headers={"X-Forwarded-For": forwarded})
        if answer.status_code != 200:
            break
    assert answer.status_code == 429


@pytest.mark.parametrize(
    ("limits", "host", "is_limited"),
    [
        *(("auto", host, False) for host in ("127.0.0.1", "::1", "localhost")),
        *(("auto", "0.0.0.0", True), ("off", "0.0.0.0", False), ("on", "127.0.0.1", True)),  # noqa: S104
    ],
)
def test_limits_are_off_on_the_machine_itself(
    limits: str,
    host: str,
    is_limited: bool,  # noqa: FBT001 - a case
) -> None:
    """Unless a setting says otherwise."""
    settings = read_settings({"KLIPING_LIMITS": limits, "KLIPING_HOST": host})
    assert settings.is_limited == is_limited


def test_crawlers_get_no_facets_where_a_setting_says_so(
    tiny_engine: Engine, read_page: Callable[[str], Any]
) -> None:
    """They find the same articles; readers and caches notice nothing."""
    app = create_app(read_settings({"KLIPING_BOT_FACETS": "no"}), engine=tiny_engine)
    client = app.test_client()
    for_reader, for_bot = client.get("/search?q=harga"), client.get("/search?q=harga", headers=BOT)
    assert 'name="tag"' in for_reader.text
    assert 'name="tag"' not in for_bot.text
    hits = [read_page(answer.text).all("h2", "hit-title") for answer in (for_reader, for_bot)]
    assert [h.text for h in hits[0]] == [h.text for h in hits[1]] != []
    assert for_bot.headers["ETag"] != for_reader.headers["ETag"]
    assert "User-Agent" in for_bot.headers["Vary"]
    plain = create_app(read_settings({}), engine=tiny_engine).test_client()
    assert 'name="tag"' in plain.get("/search?q=harga", headers=BOT).text
