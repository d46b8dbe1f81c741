"""Time requests in turns: Kliping on a cluster, the cluster alone, and the embedded engine.

The cluster alone is asked by `http.client` over one connection, with the very bodies that Kliping
sends for the request. Its answer is read, and not decoded.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from time import perf_counter
from unittest.mock import patch

import msgspec
from bench.peer import CannotRunError
from comparing.requests import Asked

from index.opensearch import Connection
from search import Engine, SearchRequest

SEARCH_PATH = "/_msearch"
HEADERS = {"Content-Type": "application/x-ndjson"}
SECONDS = 60.0
WARM_CALLS = 2
"""Calls of each request before the first is timed: words that one looks up are known to the next,
and Java compiles what it runs often."""
BARE, OURS, EMBEDDED, UNCOUNTED = "bare", "kliping", "embedded", "no facets"


@dataclass(frozen=True, slots=True)
class Timed:
    """A request that was timed.

    Attributes:
        kind: of its query.
        trips: requests to the cluster that it takes.
        milliseconds: of each side, the best of its turns: other programs only add to it.
    """

    kind: str
    trips: int
    milliseconds: Mapping[str, float]

    @property
    def more(self) -> float:
        """The milliseconds that Kliping's call takes beyond the cluster alone."""
        return self.milliseconds[OURS] - self.milliseconds[BARE]


class BareClient:
    """Sends bodies to one node over one connection, and reads the answers."""

    def __init__(self, host: str) -> None:
        self._connection = HTTPConnection(host, timeout=SECONDS)

    def send(self, bodies: Sequence[bytes]) -> None:
        """Send searches, one after the other.

        Raises:
            CannotRunError: when the node refuses one.
        """
        for body in bodies:
            self._connection.request("POST", SEARCH_PATH, body, HEADERS)
            response = self._connection.getresponse()
            answer = response.read()
            if response.status != 200:  # noqa: PLR2004 - HTTP's own
                raise CannotRunError(f"The node refuses a search: {answer[:200]!r}.")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def record_bodies(engine: Engine, request: SearchRequest) -> list[bytes]:
    """Return what an engine on a cluster sends for a request that was asked before."""
    # Nothing of the product tells its bodies, so its one door to the cluster is watched.
    watched = patch.object(Connection, "call", autospec=True, side_effect=Connection.call)
    with watched as call:
        engine.search(request)
    sent = (each.args for each in call.call_args_list)
    return [body for _, _, path, body, *_ in sent if path == SEARCH_PATH]


def without_facets(body: bytes) -> bytes:
    r"""Return a body that counts nothing.

    >>> without_facets(b'{"index":"a"}\n{"size":10,"aggs":{"tag":{}}}\n')
    b'{"index":"a"}\n{"size":10}\n'
    """
    rows = [msgspec.json.decode(line) for line in body.splitlines()]
    kept = ({key: value for key, value in row.items() if key != "aggs"} for row in rows)
    return b"".join(msgspec.json.encode(row) + b"\n" for row in kept)


def time_requests(
    asked: Sequence[Asked], ours: Engine, embedded: Engine, bare: BareClient, rounds: int
) -> list[Timed]:
    """Return the times of each request; in every round the sides take turns."""
    for each in (*asked,) * WARM_CALLS:
        ours.search(each.request)
        embedded.search(each.request)
    timed = []
    for each in asked:
        bodies = record_bodies(ours, each.request)
        uncounted = [without_facets(body) for body in bodies]
        sides: dict[str, Callable[[], object]] = {
            BARE: lambda sent=bodies: bare.send(sent),  # type: ignore[misc]  # mypy infers no default
            OURS: lambda request=each.request: ours.search(request),  # type: ignore[misc]
            UNCOUNTED: lambda sent=uncounted: bare.send(sent),  # type: ignore[misc]
            EMBEDDED: lambda request=each.request: embedded.search(request),  # type: ignore[misc]
        }
        timed.append(Timed(each.kind, len(bodies), _best(sides, rounds)))
    return timed


def _best(sides: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, call in sides.items():
            started = perf_counter()
            call()
            taken[name].append(1_000 * (perf_counter() - started))
    return {name: min(own) for name, own in taken.items()}
