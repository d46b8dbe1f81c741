"""Scheduling: the slow requests of a process take turns, so that a quick one finds a free core.

Eight slow requests at once would each get an eighth of the cores, and so would a quick one that
comes in between. Taking turns, they are done no later, and the quick one competes with one of them.
"""

import time
from threading import Lock

SLOW_SECONDS = 0.02
"""Work after which a request is slow, in seconds of its thread: most are done by then."""
TURN_SECONDS = 0.01
"""How long a slow request runs before it lets another one run."""


class Turns:
    """The slow requests of a process, of which one runs at a time; for all threads."""

    def __init__(self) -> None:
        self._is_next, self._runs = Lock(), Lock()

    def begin(self, seconds: float) -> bool:
        """Wait for a turn; return whether it came within some seconds.

        Who has just had a turn waits until the one that is next has begun.
        """
        end = time.monotonic() + seconds
        if not self._is_next.acquire(timeout=max(seconds, 0)):
            return False
        try:
            return self._runs.acquire(timeout=max(end - time.monotonic(), 0))
        finally:
            self._is_next.release()

    def end(self) -> None:
        """Let the next one run."""
        self._runs.release()


class Turn:
    """A request's part in the turns: from when it is slow until it is answered; for one thread."""

    def __init__(self, turns: Turns, slow_seconds: float = SLOW_SECONDS) -> None:
        """Begin to count the work of this thread; it is slow after so many seconds."""
        self._turns = turns
        self._slow_from = time.thread_time() + slow_seconds
        self._may_be_slow_from = time.monotonic() + slow_seconds
        self._until: float | None = None

    def take(self, now: float, seconds: float) -> bool:
        """Wait for a turn where this request is slow; return whether it may go on.

        Args:
            now: the time.
            seconds: how long it may wait.
        """
        # No request works longer than time goes on, and to ask for the time is quicker.
        if now < (self._until or self._may_be_slow_from):
            return True
        if self._until is None and time.thread_time() < self._slow_from:
            return True
        self.end()
        if not self._turns.begin(seconds):
            return False
        self._until = time.monotonic() + TURN_SECONDS
        return True

    def end(self) -> None:
        """Let others run; the request is done, or waits for its next turn."""
        if self._until is not None:
            self._until = None
            self._turns.end()
