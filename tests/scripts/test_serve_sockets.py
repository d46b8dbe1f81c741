"""The server under clients that send and read as they should not, over raw sockets."""

import json
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import pytest

from scripts.serve import CONNECTIONS_MOST
from tests.hang_guard import HANG_SECONDS
from tests.scripts.test_serve import Server, _ask, _build, _serving

HALF = b"GET /api/search?q=beras HTTP/1.1\r\nHost: x\r\n"
REST = b"Connection: close\r\n\r\n"
CLIENTS = 40
"""More than all threads of two workers, many times over."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server of two processes with the default threads, over 300 articles."""
    path = tmp_path_factory.mktemp("index")
    _build(path, tmp_path_factory.mktemp("articles"), 300)
    with _serving(path, "--workers", "2") as running:
        yield running


def connect(server: Server, stack: ExitStack) -> socket.socket:
    """Open a connection, closed with the test."""
    raw = socket.create_connection((server.host, server.port), timeout=HANG_SECONDS)
    return stack.enter_context(raw)


def read_all(raw: socket.socket) -> bytes:
    """Read to the end of the connection."""
    parts = []
    while part := raw.recv(1 << 16):
        parts.append(part)
    return b"".join(parts)


def send(server: Server, request: bytes) -> tuple[bytes, bytes]:
    """Send bytes over a connection of their own; return head and body of the answer."""
    with ExitStack() as stack:
        raw = connect(server, stack)
        raw.sendall(request)
        head, _, body = read_all(raw).partition(b"\r\n\r\n")
        return head, body


@pytest.mark.parametrize(
    "sent",
    [b"", b"G", HALF, HALF + b"Content-Length: 9\r\n\r\nx", HALF + REST.replace(b"close", b"x")],
    ids=["idle", "a letter", "half a head", "half a body", "answered, then idle"],
)
def test_clients_that_send_half_hold_no_thread(server: Server, sent: bytes) -> None:
    """However many there are, others are answered."""
    with ExitStack() as stack:
        for _ in range(CLIENTS):
            connect(server, stack).sendall(sent)
        assert [_ask(server, "/api/search")[0] for _ in range(5)] == [200] * 5


def test_more_connections_than_a_process_keeps_shut_nobody_out(tmp_path: Path) -> None:
    """The one that has waited longest makes room."""
    _build(tmp_path / "index", tmp_path, 3)
    with _serving(tmp_path / "index", "--workers", "1") as alone, ExitStack() as stack:
        idle = [connect(alone, stack) for _ in range(CONNECTIONS_MOST + 20)]
        assert [_ask(alone, "/api/search")[0] for _ in range(5)] == [200] * 5
        idle[-1].sendall(HALF + REST)
        assert read_all(idle[-1]).startswith(b"HTTP/1.1 200")


def test_half_a_request_is_answered_when_the_rest_comes(server: Server) -> None:
    """Byte by byte, and two requests in one packet."""
    with ExitStack() as stack:
        raw = connect(server, stack)
        for byte in HALF + b"\r\n" + HALF + REST:
            raw.sendall(bytes([byte]))
        assert read_all(raw).count(b"HTTP/1.1 200 OK") == 2
        raw = connect(server, stack)
        raw.sendall(HALF + b"\r\n" + HALF + REST)
        assert read_all(raw).count(b"HTTP/1.1 200 OK") == 2


def test_clients_that_read_nothing_hold_no_thread(server: Server) -> None:
    """Answers larger than the system keeps for a client: they get the whole of it later."""
    many = b"GET /api/search?size=100 HTTP/1.1\r\nHost: x\r\n\r\n" * 40
    with ExitStack() as stack:
        slow = [connect(server, stack) for _ in range(CLIENTS // 2)]
        for raw in slow:
            raw.sendall(many)
        assert [_ask(server, "/api/search")[0] for _ in range(5)] == [200] * 5
        slow[0].sendall(HALF + REST)
        assert read_all(slow[0]).count(b"HTTP/1.1 200 OK") == 41


def test_address_in_utf8_is_answered_as_the_escaped_one(server: Server) -> None:
    """As curl sends what was typed; bytes of another encoding are searched for, too."""
    for path in ("/api/search?q=béras", "/search?q=beras&tag=日本", "/api/articles/é"):
        raw = send(server, b"GET " + path.encode() + b" HTTP/1.1\r\nHost: x\r\n" + REST)
        escaped = quote(path, safe="/?=&")
        plain = send(server, b"GET " + escaped.encode() + b" HTTP/1.1\r\nHost: x\r\n" + REST)
        assert raw[0].split(b"\r\n")[0] == plain[0].split(b"\r\n")[0]
        assert b" 400 " not in raw[0].split(b"\r\n")[0]
    latin = b"GET /api/search?q=caf\xe9 HTTP/1.1\r\nHost: x\r\n" + REST
    assert send(server, latin)[0].startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    ("request_bytes", "status", "code"),
    [
        (b"GET %s?q=" + b"x" * 9000 + b" HTTP/1.1\r\n", 414, "url_too_long"),
        (b"GET %s HTTP/1.1\r\n" + b"A: b\r\n" * 9000, 431, "headers_too_large"),
        (b"GET %s HTTP/1.1\r\nA: " + b"b" * 40_000 + b"\r\n", 431, "headers_too_large"),
        (b"GET %s HTTP/1.1\r\nA: " + b"b" * 9_000 + b"\r\n", 431, "headers_too_large"),
        (b"GET %s HTTP/1.1\r\n" + b"A: b\r\n" * 120, 431, "headers_too_large"),
        (b"GET %s HTTP/1.1\r\nContent-Length: 99999\r\n", 413, "body_too_large"),
        (b"GET %s HTTP/9.9\r\n", 400, "bad_request"),
        (b"G\x01T %s HTTP/1.1\r\n", 400, "bad_request"),
        (b"GET %s HTTP/1.1\r\nno header\r\n", 400, "bad_request"),
        (b"GET %s HTTP/1.1\r\nContent-Length: x\r\n", 400, "bad_request"),
    ],
    ids=range(10),
)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_what_is_refused_gets_our_own_page(
    server: Server, request_bytes: bytes, status: int, code: str, lang: str
) -> None:
    """In the language of its address; JSON below /api/."""
    marked = f"lang={lang}".encode()
    for path, kind in ((b"/api/search?" + marked, b"json"), (b"/search?" + marked, b"html")):
        asked = request_bytes.replace(b"%s?", b"%s&").replace(b"%s", path)
        head, body = send(server, asked + REST)
        assert head.startswith(b"HTTP/1.1 %d" % status)
        assert kind in head
        if kind == b"json":
            assert json.loads(body)["type"] == f"urn:kliping:problem:{code}"
        else:
            assert f'lang="{lang}"'.encode() in body


def test_client_that_waits_for_leave_to_send_is_answered(server: Server) -> None:
    """As curl does before a large body: it is told to go on, and that nothing can be sent here."""
    asked = b"POST /api/search HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n"
    head, _ = send(server, asked + REST + b"beras")
    assert head == b"HTTP/1.1 100 Continue"
    head, body = send(server, asked.replace(b"100-continue", b"much") + REST + b"beras")
    assert b" 5" not in head.split(b"\r\n")[0] + body.split(b"\r\n")[0]


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 70000\r\n",
        b"Content-Length: 29\r\nExpect: 100-continue\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n20\r\n" + b"x" * 27 + b"0\r\n",
    ],
    ids=["too large", "expected", "chunked"],
)
def test_body_that_nobody_reads_is_no_request(server: Server, headers: bytes) -> None:
    """A proxy would give the answer to the reader who comes next over the same connection."""
    with ExitStack() as stack:
        raw = connect(server, stack)
        raw.sendall(b"POST /search HTTP/1.1\r\nHost: x\r\n" + headers + b"\r\n")
        answers = raw.recv(1 << 16)
        raw.sendall(b"GET /livez HTTP/1.1\r\nHost: y\r\n\r\n")
        answers += read_all(raw)
    assert b'"alive"' not in answers
    assert b"Connection: close" in answers


@pytest.mark.parametrize("header", [b"SCRIPT_NAME", b"Script-Name", b"X-Forwarded-Prefix"])
def test_no_header_names_the_path_unless_a_setting_says_so(server: Server, header: bytes) -> None:
    """From the machine itself, too: the answer is that of a request without it."""
    asked = b"GET /help HTTP/1.1\r\nHost: x\r\n" + REST
    forged = asked.replace(REST, header + b": /arsip\r\n" + REST)
    assert send(server, forged)[1] == send(server, asked)[1]


def test_no_request_is_lost_at_sigterm(tmp_path: Path) -> None:
    """Those that were sent before the signal, and those begun before it, are answered."""
    _build(tmp_path / "index", tmp_path, 3)
    with _serving(tmp_path / "index", "--workers", "2") as server, ExitStack() as stack:
        _ask(server, "/healthz")
        begun = [connect(server, stack) for _ in range(20)]
        for raw in begun:
            raw.sendall(HALF)
        sent = [connect(server, stack) for _ in range(CLIENTS)]
        for raw in sent:
            raw.sendall(HALF + REST)
        server.process.send_signal(signal.SIGTERM)
        for raw in begun:
            raw.sendall(REST)
        assert all(read_all(raw).startswith(b"HTTP/1.1 200") for raw in [*begun, *sent])
        assert server.process.wait(timeout=HANG_SECONDS) == 0
