"""The lock of an index on a cluster: one writer at a time, and none for ever.

It is a document of the state index. Its owner counts up in it while it works; a lock that has not
been counted up for `LEASE_SECONDS`, or whose process is gone from this machine, is taken over.
Clocks are not compared, since those of two machines differ.
"""

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from index.errors import ArchiveIndexError, IndexLockedError, IndexMissingError
from index.opensearch.connection import Connection
from index.opensearch.errors import ClusterRefusedError
from index.opensearch.state import make_state_index

LEASE_SECONDS = 15.0
"""How long a lock may stand still before another run takes it over."""
BEAT_SECONDS = 2.0
"""How often its owner counts it up."""
CONFLICT = 409
"""The HTTP status of a document that somebody else has changed."""
_ID = "lock"
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
PROCESS_NUMBERS = Path("/proc/self/ns/pid")


class ClusterLock:
    """A lock that this process holds.

    Attributes:
        is_lost: whether another run has taken it over, or the cluster could not be reached for so
            long that one may have.
    """

    def __init__(self, connection: Connection) -> None:
        """Take the lock.

        Raises:
            IndexLockedError: when another run holds it.
        """
        self._connection = connection
        self._path = f"/{connection.address.state_name}/_doc/{_ID}"
        self._owner = {
            "kind": _ID,
            "host": _machine(),
            "process": os.getpid(),
            "token": secrets.token_hex(8),
        }
        self._version: dict[str, int] = {}
        self._beats = 0
        self._ended, self._beating = Event(), Lock()
        self.is_lost = False
        make_state_index(connection)
        self._take()
        self._thread = Thread(target=self._count_up, name="kliping-lock", daemon=True)
        self._thread.start()

    def release(self) -> None:
        """Let go of the lock."""
        self._ended.set()
        self._thread.join()
        with suppress(ArchiveIndexError):  # a lock that stays is taken over by the next run
            self._connection.call("DELETE", self._path, **self._version)

    def check(self) -> None:
        """Raise IndexLockedError when the lock is lost; called before readers see anything new."""
        self._beat()
        if self.is_lost:
            raise IndexLockedError(str(self._connection.address))

    def _take(self) -> None:
        try:
            self._write(op_type="create")
        except ClusterRefusedError as error:
            if error.status != CONFLICT:
                raise
            self._take_over()

    def _take_over(self) -> None:
        """Take over a lock whose owner is gone.

        Raises:
            IndexLockedError: when it is still at work, or another run was faster.
        """
        found = self._read()
        if not self._is_dead(found["_source"]):
            first, waited = found["_source"]["beats"], 0.0
            while waited < LEASE_SECONDS:
                self._ended.wait(BEAT_SECONDS / 2)
                waited += BEAT_SECONDS / 2
                found = self._read()
                if found["_source"]["beats"] != first:
                    raise IndexLockedError(str(self._connection.address))
        self._version = _version_of(found)
        try:
            self._write(**self._version)
        except ClusterRefusedError as error:
            if error.status != CONFLICT:
                raise
            raise IndexLockedError(str(self._connection.address)) from error

    def _read(self) -> Any:
        """Return the document of the lock.

        Raises:
            IndexLockedError: when it was let go at this moment: the next try has it.
        """
        try:
            return self._connection.call("GET", self._path)
        except ClusterRefusedError as error:
            raise IndexLockedError(str(self._connection.address)) from error

    def _is_dead(self, owner: dict[str, Any]) -> bool:
        """Return whether the process of a lock is gone from this machine."""
        if owner["host"] != self._owner["host"]:
            return False
        try:
            os.kill(owner["process"], 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return bool(owner["process"] == os.getpid())

    def _write(self, **parameters: Any) -> None:
        body = {**self._owner, "beats": self._beats}
        answer = self._connection.call("PUT", self._path, body, **parameters)
        self._version = {
            "if_seq_no": answer["_seq_no"],
            "if_primary_term": answer["_primary_term"],
        }

    def _count_up(self) -> None:
        failed = 0.0
        while not self._ended.wait(BEAT_SECONDS):
            try:
                self._beat()
                failed = 0.0
            except ArchiveIndexError:
                failed += BEAT_SECONDS
                self.is_lost = self.is_lost or failed >= LEASE_SECONDS

    def _beat(self) -> None:
        """Count up, and see that the lock is still ours.

        Raises:
            ClusterError: when the cluster does not tell.
        """
        with self._beating:
            self._beats += 1
            try:
                self._write(**self._version)
            except (ClusterRefusedError, IndexMissingError):
                self._find_own()

    def _find_own(self) -> None:
        """Go on from our own count, which a node that went may have written without an answer."""
        try:
            found = self._connection.call("GET", self._path)
        except (ClusterRefusedError, IndexMissingError):
            self.is_lost = True
            return
        if found["_source"]["token"] == self._owner["token"]:
            self._version = _version_of(found)
        else:  # with the version of another run's lock, its release would remove that
            self.is_lost = True


@contextmanager
def cluster_lock(connection: Connection) -> Iterator[ClusterLock]:
    """Hold the lock of an index on a cluster.

    Raises:
        IndexLockedError: when another run holds it.
    """
    lock = ClusterLock(connection)
    try:
        yield lock
    finally:
        lock.release()


def _machine() -> str:
    """Return what tells where process numbers mean the same: containers count for themselves."""
    parts = [socket.gethostname()]
    with suppress(OSError):  # only Linux has them
        parts.append(BOOT_ID.read_text(encoding="ascii").strip())
        parts.append(str(PROCESS_NUMBERS.readlink()))
    return " ".join(parts)


def _version_of(found: Any) -> dict[str, int]:
    return {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
