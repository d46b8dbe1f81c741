"""The connection: each failure is one sentence that says what to do, and shows no password."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from index.errors import ArchiveError, IndexMissingError
from index.opensearch import (
    CertificateError,
    ClusterAccessError,
    ClusterBusyError,
    ClusterOptions,
    ClusterReadOnlyError,
    ClusterRefusedError,
    ClusterUnavailableError,
    Connection,
    HostUnknownError,
    MappingChangedError,
    PasswordFileError,
    parse_address,
    read_password,
)
from index.opensearch.failures import told_error

ADDRESS = parse_address("opensearch://es1/berita")
WATERMARK = (
    "index [berita] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, "
    "index has read-only-allow-delete block];"
)

ANSWERS = {
    "no such index": (404, "index_not_found_exception", "no such index", IndexMissingError),
    "wrong password": (401, "Unauthorized", "Unauthorized", ClusterAccessError),
    "no rights": (403, "security_exception", "no permissions for [x]", ClusterAccessError),
    "full disk": (429, "cluster_block_exception", WATERMARK, ClusterReadOnlyError),
    "busy": (429, "rejected_execution_exception", "rejected", ClusterBusyError),
    "out of memory": (429, "circuit_breaking_exception", "Data too large", ClusterBusyError),
    "no manager": (
        503,
        "cluster_block_exception",
        "blocked by: [SERVICE_UNAVAILABLE/1/state not recovered / initialized];",
        ClusterUnavailableError,
    ),
    "a node that went": (
        500,
        "node_disconnected_exception",
        "[node-1][127.0.0.1:9300] disconnected",
        ClusterUnavailableError,
    ),
    "no shards": (503, "search_phase_execution_exception", "all shards failed", None),
    "a field more": (400, "strict_dynamic_mapping_exception", "[colour]", MappingChangedError),
    "anything else": (400, "parsing_exception", "unknown query", ClusterRefusedError),
}


@pytest.mark.parametrize(("status", "kind", "reason", "error"), ANSWERS.values(), ids=ANSWERS)
def test_answer_of_a_node_is_told(
    status: int, kind: str, reason: str, error: type[ArchiveError] | None
) -> None:
    """What OpenSearch calls it, becomes what it is and what to do."""
    found = told_error(status, kind, reason, ADDRESS)
    assert type(found) is (error or ClusterUnavailableError)
    assert str(ADDRESS) in str(found)


@pytest.fixture(name="port")
def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Refusing(BaseHTTPRequestHandler):
    """Refuses everybody, and remembers what was sent."""

    seen: list[str | None]

    def do_GET(self) -> None:
        """Answer as a node that knows no such user."""
        self.server.seen.append(self.headers["authorization"])  # type: ignore[attr-defined]
        self.send_response(401)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
        """Be quiet."""


@pytest.fixture(name="server")
def refusing_server() -> Iterator[HTTPServer]:
    """Serve on a free port."""
    server = HTTPServer(("127.0.0.1", 0), Refusing)
    server.seen = []  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def call(address: str, options: ClusterOptions | None = None) -> Any:
    """Ask a node for its root."""
    connection = Connection(parse_address(address), options or ClusterOptions())
    try:
        return connection.call("GET", "/", seconds=5)
    finally:
        connection.close()


def test_no_node_is_told(port: int) -> None:
    """Nothing listens there."""
    with pytest.raises(ClusterUnavailableError, match="does not answer"):
        call(f"opensearch://127.0.0.1:{port}/berita")


def test_unknown_host_is_told() -> None:
    """The name has no address; .invalid never has one."""
    with pytest.raises(HostUnknownError, match=r"berita\.invalid"):
        call("opensearch://berita.invalid/berita")


def test_wrong_password_is_told_and_not_shown(server: HTTPServer) -> None:
    """It is sent, but stands neither in the sentence nor in the options as they are printed."""
    options = ClusterOptions(user="ana", password="rahasia")  # noqa: S106 - of a test
    with pytest.raises(ClusterAccessError, match="KLIPING_OPENSEARCH_USER") as caught:
        call(f"opensearch://127.0.0.1:{server.server_port}/berita", options)
    assert server.seen == ["Basic YW5hOnJhaGFzaWE="]  # type: ignore[attr-defined]
    assert "rahasia" not in f"{caught.value} {options}"


def test_node_without_tls_is_told(server: HTTPServer) -> None:
    """The address asks for TLS, the node does not speak it."""
    with pytest.raises(CertificateError, match="does not speak TLS"):
        call(f"opensearchs://127.0.0.1:{server.server_port}/berita")


def test_authority_that_is_no_file_is_told(tmp_path: Path, server: HTTPServer) -> None:
    """A wrong path of KLIPING_OPENSEARCH_CA is not taken for a node that is away."""
    options = ClusterOptions(ca=str(tmp_path / "none.pem"))
    with pytest.raises(CertificateError, match="KLIPING_OPENSEARCH_CA"):
        call(f"opensearchs://127.0.0.1:{server.server_port}/berita", options)


def test_another_node_is_asked_when_one_is_gone(port: int, server: HTTPServer) -> None:
    """The first host is dead; the second one answers, however it does."""
    with pytest.raises(ClusterAccessError):
        call(f"opensearch://127.0.0.1:{port},127.0.0.1:{server.server_port}/berita")


class Hung:
    """A node that accepts connections and never answers."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.setblocking(False)
        self._accepted: list[socket.socket] = []

    @property
    def host(self) -> str:
        """Where it listens."""
        return f"127.0.0.1:{self.listener.getsockname()[1]}"

    def count(self) -> int:
        """Return how many connections have been made so far."""
        with suppress(BlockingIOError):
            while True:
                self._accepted.append(self.listener.accept()[0])
        return len(self._accepted)

    def close(self) -> None:
        """Let go of everything."""
        for each in (self.listener, *self._accepted):
            each.close()


@pytest.fixture
def hung() -> Iterator[list[Hung]]:
    """Return two nodes that hang."""
    nodes = [Hung(), Hung()]
    yield nodes
    for node in nodes:
        node.close()


def test_another_node_is_asked_when_one_hangs(hung: list[Hung], server: HTTPServer) -> None:
    """Whoever is asked first; the one that hangs is then passed over."""
    address = f"opensearch://{hung[0].host},127.0.0.1:{server.server_port}/berita"
    connection = Connection(parse_address(address), ClusterOptions())
    for _ in range(6):
        with pytest.raises(ClusterAccessError):
            connection.call("GET", "/", seconds=1)
    assert hung[0].count() == 1
    connection.close()


@pytest.mark.parametrize(
    ("method", "path", "asked"),
    [("GET", "/", 2), ("POST", "/_msearch", 2), ("POST", "/berita/_bulk", 1), ("PUT", "/a", 1)],
)
def test_only_what_reads_is_asked_of_two_nodes(
    hung: list[Hung], method: str, path: str, asked: int
) -> None:
    """A write that came twice could be done twice; its sender sees that it failed."""
    address = f"opensearch://{hung[0].host},{hung[1].host}/berita"
    connection = Connection(parse_address(address), ClusterOptions())
    with pytest.raises(ClusterUnavailableError, match="took too long"):
        connection.call(method, path, {} if method != "GET" else None, seconds=0.3)
    assert sum(node.count() for node in hung) == asked
    connection.close()


def test_password_is_read_from_a_file(tmp_path: Path) -> None:
    """Without the line end that editors put there."""
    path = tmp_path / "password"
    path.write_text("rahasia\n", encoding="utf-8")
    assert (read_password("", str(path)), read_password("x", "")) == ("rahasia", "x")


def test_password_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A missing file, and one beside another password."""
    with pytest.raises(PasswordFileError, match="no file of text"):
        read_password("", str(tmp_path / "none"))
    with pytest.raises(PasswordFileError, match="both"):
        read_password("x", str(tmp_path / "none"))
