"""Serve an index by scripts/serve.py at a free port, with what it logs in a file."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from campaigns.recording import RecorderError

SERVE = Path(__file__).parents[1] / "serve.py"
HOST = "127.0.0.1"
START_SECONDS, TIMEOUT_SECONDS, PAUSE_SECONDS = 120.0, 60.0, 0.1
LOST = 0
"""The status of a request whose connection ended without an answer."""
OK = 200


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs.

    Attributes:
        port: where it listens.
        log: a file with all that it says.
        process_id: of the process that starts the others.
    """

    port: int
    log: Path
    process_id: int

    def worker_ids(self) -> list[str]:
        """Return the ids of the processes that answer."""
        own = f"/proc/{self.process_id}/task/{self.process_id}/children"
        return Path(own).read_text(encoding="ascii").split()

    def get(self, path: str) -> tuple[int, bytes]:
        """Return the status and the body of an answer; `LOST` if there was none."""
        connection = HTTPConnection(HOST, self.port, timeout=TIMEOUT_SECONDS)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, HTTPException):
            return LOST, b""
        finally:
            connection.close()

    def is_well(self, path: str, seconds: float = START_SECONDS) -> bool:
        """Wait until an address is answered with 200; return whether it was within a time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.get(path)[0] == OK:
                return True
            time.sleep(PAUSE_SECONDS)
        return False

    def tracebacks(self) -> int:
        """Return how many tracebacks the log has."""
        return self.log.read_text(encoding="utf-8", errors="replace").count("Traceback (most")


@contextmanager
def serving(index_path: Path, log: Path, workers: int = 2) -> Iterator[Served]:
    """Serve an index until the `with` ends.

    Raises:
        RecorderError: when the server does not answer in time.
    """
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    where = ["--index", str(index_path), "--host", HOST, "--port", str(port)]
    command = [sys.executable, str(SERVE), *where, "--workers", str(workers)]
    with log.open("wb") as told, subprocess.Popen(command, stdout=told, stderr=told) as process:  # noqa: S603 - our own script
        try:
            server = Served(port, log, process.pid)
            if not server.is_well("/healthz"):
                raise RecorderError("The server did not answer in time")
            yield server
        finally:
            process.terminate()
