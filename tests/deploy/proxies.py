"""A proxy of deploy before the real server: what the tests of each proxy start and ask."""

import http.client
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from index.indexer.build import build_index
from tests.hang_guard import HANG_SECONDS

PROJECT = Path(__file__).parents[2]


class Answer(NamedTuple):
    """Status, headers and body of an answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*command: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """Run a server until the block ends."""
    environment = {name: v for name, v in os.environ.items() if not name.startswith("KLIPING_")}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**environment, **variables}
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=HANG_SECONDS)


def wait_for(port: int, process: subprocess.Popen[str]) -> None:
    """Return once something listens on a port, or the process has ended."""
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return


@contextmanager
def site_behind_a_proxy(folder: Path) -> Iterator[int]:
    """Serve twenty articles from a folder, as one proxy expects it; yield the port."""
    rows = [{"id": f"a{n}", "title": f"Kabar {n}", "body": "Harga beras. " * 99} for n in range(20)]
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    build_index([folder / "rows.jsonl"], folder / "index")
    port = free_port()
    serve = [sys.executable, str(PROJECT / "scripts" / "serve.py"), "--workers", "1"]
    where = {"KLIPING_INDEX": str(folder / "index"), "KLIPING_PORT": str(port)}
    with running(*serve, KLIPING_PROXIES="1", **where) as server:
        assert server.stdout
        server.stdout.readline()
        yield port


def example(name: str, changes: Mapping[str, str]) -> str:
    """Return an example of deploy as it is, but for ports and folders."""
    text = (PROJECT / "deploy" / name).read_text()
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    return text


def ask(
    port: int, path: str, headers: Mapping[str, str] | None = None, body: bytes = b""
) -> Answer:
    """Return an answer over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=HANG_SECONDS)
    with closing(connection):
        connection.request("POST" if body else "GET", path, body or None, dict(headers or {}))
        answer = connection.getresponse()
        return Answer(answer.status, dict(answer.getheaders()), answer.read())
