"""Bulk indexing: documents in parallel requests, in bounded memory, tried again when refused.

A request that the cluster has no room for waits, twice as long each time and by a random share
more, so that several senders do not come back at once.
"""

import random
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple

import msgspec

from index.opensearch.connection import Connection
from index.opensearch.encoding import document_key
from index.opensearch.errors import ClusterBusyError, ClusterUnavailableError
from index.opensearch.failures import told_error

SENDERS = 4
"""Requests under way at once; a node indexes one of them on each of its cores."""
WAITING_MOST = 6
"""Requests that are made and not answered yet: what bounds the memory of a writer."""
REQUEST_BYTES = 4 << 20
TRIES_MOST = 8
WAIT_SECONDS = 0.25
BULK_SECONDS = 120.0


class Row(NamedTuple):
    """One document of a bulk.

    Attributes:
        doc_id: of the article.
        raw: what is sent of it, as JSON; None to delete it.
    """

    doc_id: str
    raw: bytes | None

    def encode(self) -> bytes:
        """Return the row's lines in a bulk."""
        action = "index" if self.raw is not None else "delete"
        head = msgspec.json.encode({action: {"_id": document_key(self.doc_id)}})
        return b"%b\n%b\n" % (head, self.raw) if self.raw is not None else head + b"\n"


def send_rows(
    connection: Connection, index: str, rows: Iterable[Row], wait_seconds: float = WAIT_SECONDS
) -> None:
    """Send rows to an index; when this returns, the cluster has all of them.

    Args:
        connection: to the cluster.
        index: its name.
        rows: what is sent, a request at a time.
        wait_seconds: how long to wait before the first try again, at least.

    Raises:
        ClusterError: when a row is refused, or no room was found for it for long.
    """
    waiting: deque[Future[None]] = deque()
    with ThreadPoolExecutor(SENDERS, thread_name_prefix="kliping-bulk") as senders:
        try:
            for request in _requests(rows):
                if len(waiting) >= WAITING_MOST:
                    waiting.popleft().result()
                waiting.append(senders.submit(_send, connection, index, request, wait_seconds))
            while waiting:
                waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _requests(rows: Iterable[Row]) -> Iterator[list[bytes]]:
    """Yield the rows of each request, encoded."""
    request: list[bytes] = []
    size = 0
    for row in rows:
        raw = row.encode()
        request.append(raw)
        size += len(raw)
        if size >= REQUEST_BYTES:
            yield request
            request, size = [], 0
    if request:
        yield request


def _send(connection: Connection, index: str, request: Sequence[bytes], wait: float) -> None:
    """Send the rows of a request, and those that were refused for want of room again."""
    for is_last in (*[False] * (TRIES_MOST - 1), True):
        try:
            body = b"".join(request)
            answer = connection.call("POST", f"/{index}/_bulk", body, seconds=BULK_SECONDS)
            request = _refused(connection, request, answer, is_last=is_last)
        except (ClusterBusyError, ClusterUnavailableError):
            if is_last:
                raise
        if not request:
            return
        time.sleep(wait * (1 + random.random()))  # noqa: S311 - chance, and no secret
        wait *= 2


def _refused(
    connection: Connection, request: Sequence[bytes], answer: Any, *, is_last: bool
) -> list[bytes]:
    """Return the rows that are to be sent again.

    Raises:
        ClusterError: for a row that is refused for another reason than want of room.
    """
    if not answer["errors"]:
        return []
    again = []
    for raw, item in zip(request, answer["items"], strict=True):
        (result,) = item.values()
        error = result.get("error")
        if not error:
            continue
        cause = error.get("caused_by", {}).get("reason", "")
        reason = f"{error.get('reason', '')} {cause}"
        told = told_error(result["status"], str(error.get("type")), reason, connection.address)
        if is_last or not isinstance(told, ClusterBusyError):
            raise told
        again.append(raw)
    return again
