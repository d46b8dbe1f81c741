"""Limits: how much work each client may cause, in milliseconds of a core (a token bucket each).

A client's bucket fills with time and is emptied by what its answers cost, as measured. So a hundred
cheap requests and one dear one count the same, and a newsroom of eight busy readers behind one
address never meets the limit. A client whose bucket is empty gets 429 until it holds a little.

>>> moments = iter([0.0, 0.0, 1.0])
>>> limits = Limits(rate=500, clock=lambda: next(moments))
>>> limits.charge("::1", 2 * BURST_SECONDS * 500); limits.seconds_to_wait("::1") > 1
True
"""

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from threading import Lock

from flask import Flask, Response, request
from werkzeug.exceptions import TooManyRequests

from web.http.monitoring import core_ms

CLIENTS_MOST = 10_000
"""Clients that are remembered; the one that was seen longest ago is forgotten first."""

BURST_SECONDS = 20
"""How many seconds of its rate a client may use at once, after it has asked for nothing."""

IPV6_PREFIX = 64
"""Bits of an IPv6 address that make one client: the rest is chosen by whoever has the network."""

ADDRESS_MOST = 64
"""Characters of a client's name; a proxy may pass on whatever it was sent."""

FREE_ENDPOINTS = frozenset(f"monitoring.{name}" for name in ("live", "ready", "metrics")) | {
    "static",
    "pages.robots",
    "pages.health",
}
"""What costs nothing, and must be answered whatever a client did."""


class Limits:
    """A bucket of milliseconds for each client; safe to call from several threads."""

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow each client so many milliseconds of work a second."""
        self._rate, self._clock = rate, clock
        self._debts: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def seconds_to_wait(self, client: str) -> int:
        """Return after how many seconds a client may ask again; 0 if it may now."""
        with self._lock:
            over = self._debt(_network_of(client)) - BURST_SECONDS * self._rate
        return max(0, ceil(over / self._rate))

    def charge(self, client: str, milliseconds: float) -> None:
        """Count what an answer to a client cost."""
        network = _network_of(client)
        with self._lock:
            self._debts[network] = (self._debt(network) + milliseconds, self._clock())
            self._debts.move_to_end(network)
            if len(self._debts) > CLIENTS_MOST:
                self._debts.popitem(last=False)

    def _debt(self, network: str) -> float:
        """Return what a client has used and time has not given back."""
        debt, moment = self._debts.get(network, (0.0, 0.0))
        return max(0.0, debt - (self._clock() - moment) * self._rate) if debt else 0.0


def add_limits(app: Flask, limits: Limits) -> None:
    """Refuse requests of clients that used more than their share; count the work of the rest."""

    def refuse() -> None:
        if request.endpoint not in FREE_ENDPOINTS:
            wait = limits.seconds_to_wait(request.remote_addr or "")
            if wait:
                raise TooManyRequests(retry_after=wait)

    def charge(response: Response) -> Response:
        if request.endpoint not in FREE_ENDPOINTS and response.status_code != TooManyRequests.code:
            limits.charge(request.remote_addr or "", core_ms())
        return response

    app.before_request(refuse)
    app.after_request(charge)


def _network_of(client: str) -> str:
    """Return the name under which a client is counted: its address, or its network in IPv6."""
    if ":" not in client:
        return client[:ADDRESS_MOST]
    try:
        return str(ipaddress.ip_network(f"{client}/{IPV6_PREFIX}", strict=False))
    except ValueError:  # an address of a link, with its name behind it
        return client[:ADDRESS_MOST]
