"""The example for nginx, started before the real server: prefix, packing, ETags, limits."""

import gzip
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

import pytest

from index.indexer.build import build_index
from tests.hang_guard import HANG_SECONDS

PROJECT = Path(__file__).parents[2]
MAIN = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/kliping.conf;
}}
"""
"""What Debian's nginx.conf has around our file, in a folder of the test."""

pytestmark = [
    pytest.mark.nginx,
    pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed"),
]


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


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Return the port of nginx, with the example as it is but for ports and folders."""
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    rows = [{"id": f"a{n}", "title": f"Kabar {n}", "body": "Harga beras. " * 99} for n in range(20)]
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    build_index([folder / "rows.jsonl"], folder / "index")
    own, behind = free_port(), free_port()
    example = (PROJECT / "deploy" / "nginx.conf").read_text()
    for before, after in (
        ("127.0.0.1:8000", f"127.0.0.1:{behind}"),
        ("listen 80;", f"listen 127.0.0.1:{own};"),
        ("/var/cache/nginx", str(folder)),
    ):
        assert before in example
        example = example.replace(before, after)
    (folder / "kliping.conf").write_text(example)
    # Its workers could not enter a folder of root's; for anyone else the line is none.
    user = "" if os.geteuid() else "user root root;"
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))
    serve = [sys.executable, str(PROJECT / "scripts" / "serve.py"), "--workers", "1"]
    where = {"KLIPING_INDEX": str(folder / "index"), "KLIPING_PORT": str(behind)}
    with running(*serve, KLIPING_PROXIES="1", **where) as server:
        assert server.stdout
        server.stdout.readline()
        with running("nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")) as nginx:
            wait_for(own, nginx)
            yield own


def ask(
    port: int, path: str, headers: Mapping[str, str] | None = None, body: bytes = b""
) -> Answer:
    """Return an answer over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=HANG_SECONDS)
    with closing(connection):
        connection.request("POST" if body else "GET", path, body or None, dict(headers or {}))
        answer = connection.getresponse()
        return Answer(answer.status, dict(answer.getheaders()), answer.read())


def test_site_stands_below_its_prefix(port: int) -> None:
    """Pages, links and files; robots.txt at the root of the host."""
    page = ask(port, "/arsip/search?q=beras").body.decode()
    assert 'action="/arsip/search"' in page
    assert 'href="/arsip/articles/a' in page
    assert ask(port, "/arsip").headers["Location"].endswith("/arsip/")
    robots = ask(port, "/robots.txt").body.decode()
    assert "Disallow: /arsip/search" in robots
    style = page.split('rel="stylesheet" href="')[1].partition('"')[0].replace("&amp;", "&")
    assert ask(port, style).status == HTTPStatus.OK


def test_what_a_client_claims_is_replaced(port: int) -> None:
    """No link leads to a host or a path of a stranger's."""
    claims = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil"}
    answer = ask(port, "/arsip/articles/a1", claims)
    assert b"evil" not in answer.body
    assert "evil" not in str(answer.headers)


def test_answers_are_packed_and_keep_their_tag(port: int) -> None:
    """A cache that sends the tag back gets 304 and no body."""
    packed = ask(port, "/arsip/api/search?q=beras", {"Accept-Encoding": "gzip"})
    assert json.loads(gzip.decompress(packed.body))["total"] == 20
    again = ask(port, "/arsip/api/search?q=beras", {"If-None-Match": packed.headers["ETag"]})
    assert (again.status, again.body) == (HTTPStatus.NOT_MODIFIED, b"")


def test_monitors_of_this_machine_reach_the_health_check(port: int) -> None:
    """The path is below the prefix."""
    assert json.loads(ask(port, "/arsip/healthz").body)["status"] == "ok"


def test_body_that_is_too_large_is_refused(port: int) -> None:
    """Before it reaches the server."""
    answer = ask(port, "/arsip/search", body=b"x" * 70_000)
    assert answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_address_that_asks_too_often_is_told_so(port: int) -> None:
    """The last test, since it uses the limit up; static files have no limit."""
    statuses = {ask(port, "/arsip/help").status for _ in range(200)}
    assert statuses == {HTTPStatus.OK, HTTPStatus.TOO_MANY_REQUESTS}
    assert ask(port, "/arsip/static/favicon.svg").status == HTTPStatus.OK
