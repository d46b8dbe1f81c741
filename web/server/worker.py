"""Gunicorn's threaded worker, with a loop that reads and sends for the threads.

What gunicorn does with a whole request stays as it is: parsing, calling the application, logging.
Replaced is all that would let a thread, or the loop, wait for a client.
"""

import errno
import selectors
import socket
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import local
from typing import Any
from urllib.parse import quote

from gunicorn.http.errors import LimitRequestHeaders, ParseException  # type: ignore[import-untyped]
from gunicorn.http.parser import RequestParser  # type: ignore[import-untyped]
from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]

from web.http import REFUSAL
from web.server.buffered_socket import BufferedSocket
from web.server.request_bytes import asked_of, escape_line, is_whole, refusal_of

Callback = Callable[[TConn, object], None]

QUICK_PATHS = ("/healthz", "/livez", "/readyz", "/metrics", "/static/", "/robots.txt")
"""Beginnings of the paths that search nothing; a thread of their own answers them."""

READ_SECONDS = 20.0
"""How long a client may take to send a request."""
SEND_SECONDS = 60.0
"""How long a client may take to read an answer."""
LINGER_SECONDS = 2.0
"""How long a client may take to end a connection after the last answer; and, while the server ends,
to begin another request."""
SWEEP_SECONDS = 0.5
"""How often connections are looked through for those whose time is over."""

QUEUE_MOST = 64
"""Requests that may wait for a thread; more are refused."""

PATH_SHOWN = 200
"""Characters of the path of a request that is refused that the application gets to see."""

BODY_HEADERS = frozenset({"CONTENT-LENGTH", "TRANSFER-ENCODING", "EXPECT"})
"""Headers of requests with a body, as gunicorn's parser names them."""

BAD_REQUEST, HEADERS_TOO_LARGE, BUSY = 400, 431, 503
"""The HTTP statuses of what is no request, of one with too large a header, of one too many."""


class BufferedWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """Answers with threads that never wait for a client; see the package."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._deadlines: dict[TConn, float] = {}
        self._next_sweep = 0.0
        self._quick_pool = ThreadPoolExecutor(1)  # it makes its thread with its first work
        self._in_thread = local()

    def load_wsgi(self) -> None:
        """Load the application, which gets the status of a refusal in its environment."""
        super().load_wsgi()
        self.wsgi: Any = partial(self._call, self.wsgi)

    def accept(self, listener: Any) -> bool:
        """Accept a connection, in place of the one that has waited longest if there are too many.

        Returns whether there was one.
        """
        try:
            raw, address = listener.accept()
        except OSError as error:  # none is there any more, or no descriptor is left for it
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self._drop_longest_waiting()
            return False
        if self.nr_conns >= self.worker_connections - 1:
            self._drop_longest_waiting()
        conn = TConn(self.cfg, BufferedSocket(raw), address, listener.getsockname())
        conn.data_ready = True
        self.nr_conns += 1
        self._wait(conn, selectors.EVENT_READ, self._on_request_bytes, READ_SECONDS)
        return True

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - gunicorn's signature
        """Accept connections or not; a worker that ends takes all that came before it closes."""
        is_ending = not (enabled or self.alive)
        if is_ending:
            for listener in self.sockets:
                listener.setblocking(False)
                while self.accept(listener):
                    pass
        super().set_accept_enabled(enabled)
        if is_ending:
            for listener in self.sockets:
                listener.close()

    def enqueue_req(self, conn: TConn) -> None:
        """Give a whole request to a thread."""
        received = conn.sock.received
        received[:] = escape_line(received)
        conn.asked = asked_of(received)
        waiting = self.tpool._work_queue.qsize()  # noqa: SLF001 - there is no other way to ask
        is_quick = conn.asked.path.startswith(QUICK_PATHS)
        status = refusal_of(received) or (0 if is_quick or waiting < QUEUE_MOST else BUSY)
        pool = self._quick_pool if status or is_quick else self.tpool
        work = partial(self._refuse, status) if status else self.handle
        done = pool.submit(work, conn)
        done.add_done_callback(lambda f: self.method_queue.defer(self.finish_request, conn, f))

    def handle(self, conn: TConn) -> bool:
        """Answer a request, in a thread; return whether another may follow."""
        self._in_thread.conn = conn
        return bool(super().handle(conn))

    def handle_request(self, req: Any, conn: TConn) -> bool:
        """Answer a request that was parsed; one with a body is the last of its connection.

        No page reads a body. What of it comes later would be taken for a request, whose answer a
        proxy gives to the reader who comes next over the same connection.
        """
        if any(name in BODY_HEADERS and value != "0" for name, value in req.headers):
            req.force_close()
        return bool(super().handle_request(req, conn))

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Refuse what is no request with a page of ours."""
        if isinstance(exc, ParseException):
            status = HEADERS_TOO_LARGE if isinstance(exc, LimitRequestHeaders) else BAD_REQUEST
            self._refuse(status, self._in_thread.conn)
        else:
            super().handle_error(req, client, addr, exc)

    def finish_request(self, conn: TConn, fs: "Future[bool]") -> None:
        """Send the answer that a thread has written."""
        goes_on = not fs.cancelled() and fs.exception() is None and fs.result()
        self._wait(conn, selectors.EVENT_WRITE, partial(self._on_room, goes_on), SEND_SECONDS)
        self._on_room(goes_on, conn, None)

    def murder_pending(self) -> None:
        """Drop the connections whose time is over."""
        now = time.monotonic()
        if now >= self._next_sweep:
            self._next_sweep = now + SWEEP_SECONDS
            for conn in [conn for conn, end in self._deadlines.items() if end < now]:
                self._drop(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        """Let connections on which nothing happens end soon, when the worker ends."""
        for conn, end in self._deadlines.items():
            if not (conn.sock.received or conn.sock.to_send):
                self._deadlines[conn] = min(end, deadline)

    def _call(self, application: Any, environ: dict[str, Any], start_response: Any) -> Any:
        environ[REFUSAL] = getattr(self._in_thread, "status", 0)
        return application(environ, start_response)

    def _refuse(self, status: int, conn: TConn) -> bool:
        """Let the application answer, in place of the request, with a page that refuses it."""
        path = quote(conn.asked.path[:PATH_SHOWN], safe="/%")
        target = path if path.startswith("/") else "/"
        parameters = f"?lang={conn.asked.lang}" if conn.asked.lang else ""
        head = f"GET {target}{parameters} HTTP/1.1\r\nConnection: close\r\n\r\n"
        self._in_thread.status = status
        try:
            request = next(RequestParser(self.cfg, [head.encode("ascii")], conn.client))
            self.handle_request(request, conn)
        finally:
            self._in_thread.status = 0
        return False

    def _on_request_bytes(self, conn: TConn, _: object) -> None:
        """Read more of a request; give it to a thread once it is whole."""
        is_there = conn.sock.read_some()
        if is_whole(conn.sock.received):
            self._stop_waiting(conn)
            self.enqueue_req(conn)
        elif not is_there:
            self._drop(conn)

    def _on_room(self, goes_on: bool, conn: TConn, _: object) -> None:  # noqa: FBT001 - bound
        """Send more of an answer; then read the next request, or end the connection."""
        is_there = conn.sock.send_some()
        if not is_there:
            self._drop(conn)
        elif not conn.sock.to_send:
            self._stop_waiting(conn)
            (self._read_next if goes_on else self._linger)(conn)

    def _read_next(self, conn: TConn) -> None:
        conn.sock.received[:0] = conn.parser.unreader.take_buffered()
        if is_whole(conn.sock.received):
            self.enqueue_req(conn)
        else:
            self._wait(conn, selectors.EVENT_READ, self._on_request_bytes, READ_SECONDS)

    def _linger(self, conn: TConn) -> None:
        """End a connection; who still sends would lose the answer if it were closed at once."""
        conn.sock.received.clear()
        with suppress(OSError):
            conn.sock.raw.shutdown(socket.SHUT_WR)
        self._wait(conn, selectors.EVENT_READ, self._on_late_bytes, LINGER_SECONDS)

    def _on_late_bytes(self, conn: TConn, _: object) -> None:
        if not conn.sock.read_some():
            self._drop(conn)
        conn.sock.received.clear()

    def _wait(self, conn: TConn, event: int, callback: Callback, seconds: float) -> None:
        """Call back when a client's socket is ready, for so long at most."""
        self._deadlines[conn] = time.monotonic() + seconds
        self.poller.register(conn.sock.raw, event, partial(callback, conn))

    def _stop_waiting(self, conn: TConn) -> None:
        if self._deadlines.pop(conn, None) is not None:
            self.poller.unregister(conn.sock.raw)

    def _drop_longest_waiting(self) -> None:
        for conn in [*self._deadlines][:1]:
            self._drop(conn)

    def _drop(self, conn: TConn) -> None:
        self._stop_waiting(conn)
        self.nr_conns -= 1
        conn.sock.raw.close()
