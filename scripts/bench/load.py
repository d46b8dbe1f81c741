"""Load generator: closed-loop clients over plain sockets, in a process of their own.

    python -m bench.load HOST PORT CLIENTS SECONDS    (paths as JSON on standard input)

Each client sends a request, waits for the whole answer, and sends the next, over one connection if
the server keeps it open. Prints the milliseconds of every answer as JSON.

>>> percentile([4.0, 1.0, 3.0, 2.0], 50)
2.0
"""

import json
import math
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from bench.peer import CannotRunError

SCRIPTS = Path(__file__).parents[1]
READ_BYTES = 1 << 18
TIMEOUT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class LoadFigures:
    """Throughput and latency that clients measured.

    Attributes:
        clients: requests at once.
        answers_per_second: of all of them together.
        p50_ms: median latency.
        p99_ms: 99th percentile of the latency.
    """

    clients: int
    answers_per_second: float
    p50_ms: float
    p99_ms: float


class Client:
    """One client with at most one open connection."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._connection: socket.socket | None = None

    def get(self, path: str) -> bytes:
        """Return the body of an answer.

        Raises:
            CannotRunError: for any status but 200.
        """
        connection = self._connection or self._connect()
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {self._address[0]}\r\n\r\n".encode())
        head, body = self._read(connection)
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise CannotRunError(f"The server answered {path} with {head[:40]!r}: {body[:200]!r}")
        if b"connection: close" in head.lower():
            self.close()
        return body

    def close(self) -> None:
        """Close the connection, if one is open."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _connect(self) -> socket.socket:
        self._connection = socket.create_connection(self._address, TIMEOUT_SECONDS)
        self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._connection

    def _read(self, connection: socket.socket) -> tuple[bytes, bytes]:
        head, _, body = self._until(connection, b"", b"\r\n\r\n").partition(b"\r\n\r\n")
        _, named, rest = head.lower().partition(b"content-length:")
        if not named:
            raise CannotRunError("The answer has no Content-Length.")
        missing = int(rest.split(b"\r\n", 1)[0]) - len(body)
        parts = [body]
        while missing > 0:
            part = connection.recv(READ_BYTES)
            if not part:
                raise CannotRunError("The server closed the connection early.")
            parts.append(part)
            missing -= len(part)
        return head, b"".join(parts)

    def _until(self, connection: socket.socket, read: bytes, mark: bytes) -> bytes:
        while mark not in read:
            part = connection.recv(READ_BYTES)
            if not part:
                raise CannotRunError("The server closed the connection early.")
            read += part
        return read


def drive(host: str, port: int, clients: int, seconds: float, paths: Sequence[str]) -> LoadFigures:
    """Run the clients in a process of their own; return what they measured."""
    ran = subprocess.run(  # noqa: S603 - this module
        [sys.executable, "-m", "bench.load", host, str(port), str(clients), str(seconds)],
        input=json.dumps(list(paths)),
        cwd=SCRIPTS,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise CannotRunError(f"The load failed: {ran.stderr.strip().splitlines()[-1]}")
    latencies: list[float] = json.loads(ran.stdout)
    rate = len(latencies) / seconds
    return LoadFigures(clients, rate, percentile(latencies, 50), percentile(latencies, 99))


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that `percent` of the values do not exceed."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


def _ask_until(host: str, port: int, paths: Iterator[str], end: float) -> list[float]:
    client = Client(host, port)
    latencies: list[float] = []
    started = time.perf_counter()
    while started < end:
        client.get(next(paths))
        stopped = time.perf_counter()
        latencies.append(1_000 * (stopped - started))
        started = stopped
    client.close()
    return latencies


def main(arguments: list[str]) -> int:
    """Run the clients and print their latencies."""
    host, port, clients, seconds = arguments
    paths: list[str] = json.load(sys.stdin)
    count = int(clients)
    end = time.perf_counter() + float(seconds)
    with ThreadPoolExecutor(count) as pool:
        # Each client starts elsewhere in the list, so that no two ask the same at once.
        starts = [islice(cycle(paths), n * len(paths) // count, None) for n in range(count)]
        running = [pool.submit(_ask_until, host, int(port), own, end) for own in starts]
        latencies = [each for one in running for each in one.result()]
    print(json.dumps(latencies))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
