"""Limits: how much work each client may cause, in milliseconds of a core (a token bucket each).

A client's bucket fills with time and is emptied by what its answers cost, as measured. So a hundred
cheap requests and one dear one count the same, and a newsroom of eight busy readers behind one
address never meets the limit. A client whose bucket is empty gets 429 until it holds a little.

>>> moments = iter([0.0, 0.0, 1.0])
>>> limits = Limits(rate=500, clock=lambda: next(moments))
>>> limits.charge("::1", 2 * BURST_SECONDS * 500); limits.seconds_to_wait("::1") > 1
True
"""

import hashlib
import ipaddress
import mmap
import os
import time
from collections.abc import Callable
from math import ceil
from threading import Lock

import numpy as np
from flask import Flask, Response, request
from numpy.typing import NDArray
from werkzeug.exceptions import TooManyRequests

from web.http.monitoring import core_ms

CLIENTS_MOST = 1 << 16
"""Clients that are remembered."""

ROW_CLIENTS = 8
"""Clients of a row; a client's hash says in which row it is."""

MOMENTS = 10_000
"""Moments a second: the unit in which work is counted."""

MOMENT_BITS = 40
"""Bits of a moment; they last three years. The 24 above them tell the clients of a row apart."""
MOMENT_MOST = (1 << MOMENT_BITS) - 1

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
    """A bucket of milliseconds for each client, shared by all processes of a server.

    Like the counters, the buckets are memory that was mapped before the processes were forked. Each
    is one number of 64 bits, which is written at once: above, some bits of the client's hash, and
    below the moment at which all that the client used will be given back. So a process that is
    killed leaves nothing half written, and no process waits for another. Where two charge the same
    client in the same microsecond, one of the charges is lost.
    """

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow each client so many milliseconds of work a second; the clock is the machine's."""
        self._rate, self._clock = rate, clock
        memory = mmap.mmap(-1, CLIENTS_MOST * np.dtype(np.uint64).itemsize)
        self._buckets = np.frombuffer(memory, np.uint64).reshape(-1, ROW_CLIENTS)
        self._began = clock()
        self._secret = os.urandom(16)  # so that nobody can choose addresses that share a bucket
        self._lock = Lock()

    def seconds_to_wait(self, client: str) -> int:
        """Return after how many seconds a client may ask again; 0 if it may now."""
        row, mark = self._place_of(client)
        paid = next((bucket for bucket in row.tolist() if bucket >> MOMENT_BITS == mark), 0)
        over = (paid & MOMENT_MOST) - self._now() - BURST_SECONDS * MOMENTS
        return max(0, ceil(over / MOMENTS))

    def charge(self, client: str, milliseconds: float) -> None:
        """Count what an answer to a client cost; of a full row, who owes least is forgotten."""
        row, mark = self._place_of(client)
        with self._lock:
            buckets = row.tolist()
            own = [n for n, bucket in enumerate(buckets) if bucket >> MOMENT_BITS == mark]
            owed = [bucket & MOMENT_MOST for bucket in buckets]
            number = own[0] if own else owed.index(min(owed))
            paid = max(owed[number], self._now()) if own else self._now()
            paid += round(milliseconds * MOMENTS / self._rate)
            row[number] = mark << MOMENT_BITS | min(paid, MOMENT_MOST)

    def _place_of(self, client: str) -> tuple[NDArray[np.uint64], int]:
        """Return the row in which a client's bucket is, and the bits that tell it from others."""
        name = _network_of(client).encode("utf-8", "surrogatepass")
        digest = hashlib.blake2b(name, digest_size=8, key=self._secret).digest()
        row, mark = int.from_bytes(digest[:5]), int.from_bytes(digest[5:])
        return self._buckets[row % len(self._buckets)], mark

    def _now(self) -> int:
        return int((self._clock() - self._began) * MOMENTS)


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
