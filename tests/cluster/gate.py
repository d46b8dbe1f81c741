"""A gate in front of a node: it speaks TLS, asks for a password, and may be shut.

Nodes of tests have neither TLS nor users, which are a plugin of OpenSearch.
"""

import base64
import http.client
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

NODE_SECONDS = 60


class _Handler(BaseHTTPRequestHandler):
    """Passes a request on, and ends the connection after each, as no shut gate keeps any."""

    def answer(self) -> None:
        """Answer as the node does, or refuse."""
        gate: Gate = self.server.gate  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if gate.user and self.headers["authorization"] != gate.authorization:
            self._send(401, b"Unauthorized", "text/plain")
            return
        node = http.client.HTTPConnection("127.0.0.1", gate.node_port, timeout=NODE_SECONDS)
        kind = {"content-type": self.headers.get("content-type") or "application/json"}
        node.request(self.command, self.path, body or None, kind if body else {})
        answer = node.getresponse()
        self._send(answer.status, answer.read(), answer.headers["content-type"] or "text/plain")
        node.close()

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer  # noqa: N815 - names of http.server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
        """Be quiet."""

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class Gate:
    """The only way to a node, for those who know its port alone."""

    def __init__(self, node_port: int, certificate: Path | None = None, user: str = "") -> None:
        """Open a gate on a free port; the password is `rahasia`."""
        self.node_port, self.user = node_port, user
        self.authorization = f"Basic {base64.b64encode(f'{user}:rahasia'.encode()).decode()}"
        self.port = 0
        self._certificate = certificate
        self.open()

    def open(self) -> None:
        """Let requests pass, on the same port as before."""
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), _Handler)
        self._server.gate = self  # type: ignore[attr-defined]
        self.port = self._server.server_port
        if self._certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self._certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()

    def shut(self) -> None:
        """Let nothing pass, as if the node had gone."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def opened_gate(node_port: int, certificate: Path | None = None, user: str = "") -> Iterator[Gate]:
    """Give a gate that is open, and shut it at the end."""
    gate = Gate(node_port, certificate, user)
    try:
        yield gate
    finally:
        gate.shut()


def make_certificate(folder: Path, host: str) -> Path:
    """Make a certificate that signs itself; return the file with it and its key."""
    path = folder / f"{host}.pem"
    subject = ["-subj", "/CN=kliping-test", "-addext", f"subjectAltName={host}"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    names = ["-keyout", f"{path}.key", "-out", f"{path}.crt"]
    subprocess.run([*command, *names], check=True, capture_output=True)
    path.write_text(Path(f"{path}.key").read_text() + Path(f"{path}.crt").read_text())
    return path
