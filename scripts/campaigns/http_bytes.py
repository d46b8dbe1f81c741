"""Send the server what no browser sends, by raw sockets: it must go on answering all others.

Requests are drawn from a table, cut, repeated, mixed and bent byte by byte. No answer may be an
error of the server but 503, its log may have no traceback, and it must be well at the end.
"""

import re
import socket
from contextlib import suppress
from pathlib import Path
from random import Random

from campaigns.outcome import Outcome, Task
from campaigns.serving import HOST, OK, Served, serving
from campaigns.trials import write_articles
from index.indexer import build_index

ROUNDS = {True: 120, False: 10_000}
"""Connections, in a short campaign and in a long one."""
ARTICLES = 50
CHECK_EVERY = 50
"""Connections after which the server must answer a plain search."""
READ_SECONDS = 10.0
BUSY, SERVER_ERROR = 503, 500
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")

_END = b"\r\nHost: x\r\n\r\n"
REQUESTS = (
    b"GET /api/search?q=beras HTTP/1.1" + _END,
    b"GET /search?q=%00%ff%zz HTTP/1.1" + _END,
    b"GET /api/search?q=a\x00b HTTP/1.1" + _END,
    b"GET /" + b"a" * 20_000 + b" HTTP/1.1" + _END,
    b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"b" * 70_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 3_000 + b"\r\n",
    b"BREW /api/search HTTP/1.1" + _END,
    b"\x00\x01\x02 / HTTP/1.1" + _END,
    b"GET / HTTP/7.7" + _END,
    b"GET  /  HTTP/1.1" + _END,
    b"GET http://y:99999999/ HTTP/1.1" + _END,
    b"GET //..//..//etc/passwd HTTP/1.1" + _END,
    b"OPTIONS * HTTP/1.1" + _END,
    b"CONNECT y:1 HTTP/1.1" + _END,
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"POST /api/search HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /api/search HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nshort",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nab",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nab\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\nGET / ",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: x, chunked\r\n\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nRange: bytes=9-1,-,z\r\nIf-None-Match: \xff\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: \xff\x00y\r\nCookie: \x80=\x00;;;=\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip;q=z,*;;\r\nAccept: \xff/\x01\r\n\r\n",
    b"GET / HTTP/1.1\r\n folded\r\nHost x\r\n\r\n",
    b"GET /api/articles/%2e%2e%2f/similar HTTP/1.1" + _END,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"\n\r\n\r\n\r",
)
"""Each is sent as it is, too, before anything is drawn."""


def send_bytes(task: Task) -> Outcome:
    """Run the campaign."""
    outcome, random = Outcome(), Random(task.seed)  # noqa: S311 - nothing is secret
    archive, index_path = task.folder / "a.jsonl", task.folder / "index"
    write_articles(archive, ARTICLES)
    build_index([Path(archive)], index_path)
    rounds = task.rounds or ROUNDS[task.is_short]
    with serving(index_path, task.folder / "log") as server:
        for number in range(rounds):
            sent = REQUESTS[number] if number < len(REQUESTS) else _bent(random)
            outcome.count("connections")
            for status in _statuses(server, sent, random):
                outcome.count(f"answers {status // 100}xx")
                if status >= SERVER_ERROR and status != BUSY:
                    outcome.failures.append(f"{status} for {sent[:200]!r}")
            if number % CHECK_EVERY == 0 and server.get("/api/search?q=beras")[0] != OK:
                outcome.failures.append(f"no answer to a plain search after {sent[:200]!r}")
        if not server.is_well("/healthz"):
            outcome.failures.append("the server does not answer any more")
        if server.tracebacks():
            outcome.failures.append(f"{server.tracebacks()} tracebacks in the log")
    return outcome


def _bent(random: Random) -> bytes:
    """Return one or several requests of the table, cut and with bytes changed."""
    sent = bytearray(b"".join(random.choices(REQUESTS, k=random.choice((1, 1, 2, 5)))))
    for _ in range(random.choice((0, 1, 3, 20))):
        at = random.randint(0, len(sent))
        sent[at : at + random.choice((0, 1, 1, 4))] = random.randbytes(random.choice((0, 1, 1, 3)))
    return bytes(sent[: random.choice((len(sent), random.randint(1, len(sent) + 1)))])


def _statuses(server: Served, sent: bytes, random: Random) -> list[int]:
    """Send bytes, at once or in two parts; return the statuses of the answers, if they are read."""
    cut = random.randint(0, len(sent))
    received = b""
    raw = socket.create_connection((HOST, server.port), timeout=READ_SECONDS)
    with raw, suppress(OSError):  # the server may end a connection while it is sent to
        raw.sendall(sent[:cut])
        raw.sendall(sent[cut:])
        if random.randrange(8):  # else the client goes away without a look
            raw.shutdown(socket.SHUT_WR)
            while part := raw.recv(1 << 16):
                received += part
    return [int(status) for status in _STATUS.findall(received)]
