"""Bulks: every document arrives, however often a node refuses it for want of room."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

import pytest

from index.opensearch import (
    ClusterBusyError,
    ClusterOptions,
    ClusterReadOnlyError,
    Connection,
    MappingChangedError,
    Row,
    document_key,
    parse_address,
    send_rows,
)

BUSY = (429, "rejected_execution_exception")
FULL = (429, "cluster_block_exception")
STRANGE = (400, "strict_dynamic_mapping_exception")


class Node:
    """What a node answers to bulks: the errors that are due first, then that all is well.

    Attributes:
        due: what is refused next: a whole request where it is a status, else its first row.
        held: by their ids, the documents that were taken.
    """

    def __init__(self) -> None:
        self.due: list[Any] = []
        self.held: dict[str, Any] = {}
        self.lock = Lock()

    def answer(self, lines: list[bytes]) -> tuple[int, Any]:
        """Return the status and the body of an answer."""
        with self.lock:
            refused = self.due.pop(0) if self.due else None
            if isinstance(refused, int):
                return refused, {
                    "error": {"type": "rejected_execution_exception", "reason": "full"}
                }
            rows = iter(map(json.loads, lines))
            items = [self._take(head, rows, refused if not n else None) for n, head in _heads(rows)]
        return 200, {"errors": any("error" in i["index"] for i in items), "items": items}

    def _take(self, head: Any, rows: Iterator[Any], refused: Any) -> Any:
        (action,) = head
        document = next(rows) if action == "index" else None
        if refused:
            status, kind = refused
            return {"index": {"status": status, "error": {"type": kind, "reason": "so"}}}
        self.held[head[action]["_id"]] = document
        return {"index": {"status": 200}}


def _heads(rows: Iterator[Any]) -> Iterator[tuple[int, Any]]:
    return enumerate(rows)


@pytest.fixture
def node() -> Iterator[tuple[Node, Connection]]:
    """A node, and a connection to it."""
    held = Node()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            status, value = held.answer(self.rfile.read(length).splitlines())
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    address = parse_address(f"opensearch://127.0.0.1:{server.server_port}/berita")
    connection = Connection(address, ClusterOptions())
    yield held, connection
    connection.close()
    server.shutdown()
    server.server_close()


def rows_of(count: int) -> list[Row]:
    """Make rows, some of them so large that several requests are needed."""
    return [
        Row(f"a{n}", json.dumps({"n": n, "text": "x" * 400_000}).encode()) for n in range(count)
    ]


@pytest.mark.parametrize("due", [[], [BUSY], [429, BUSY, 503, 429], [BUSY] * 7])
def test_all_rows_arrive(node: tuple[Node, Connection], due: list[Any]) -> None:
    """A request or a row that is refused for want of room is sent again, and no other twice."""
    held, connection = node
    held.due = list(due)
    send_rows(connection, "berita-000001", rows_of(40), wait_seconds=0)
    assert held.held.keys() == {document_key(f"a{n}") for n in range(40)}
    assert not held.due


def test_a_row_without_a_document_deletes(node: tuple[Node, Connection]) -> None:
    """Beside others in the same request."""
    held, connection = node
    send_rows(connection, "berita-000001", [*rows_of(1), Row("gone", None)], wait_seconds=0)
    assert held.held[document_key("gone")] is None


@pytest.mark.parametrize(
    ("due", "error"),
    [
        ([BUSY] * 8, ClusterBusyError),
        ([429] * 8, ClusterBusyError),
        ([FULL], ClusterReadOnlyError),
        ([STRANGE], MappingChangedError),
    ],
)
def test_what_stays_refused_is_told(
    node: tuple[Node, Connection], due: list[Any], error: type[Exception]
) -> None:
    """At once where no waiting helps, and after some tries where it might."""
    held, connection = node
    held.due = list(due)
    with pytest.raises(error):
        send_rows(connection, "berita-000001", rows_of(1), wait_seconds=0)
    assert not held.held
