"""The index that is open: opened aside, then exchanged; tried again if that fails.

A request keeps what it was given until it ends, so what was replaced is let go with the last
request that reads it. That happens at once, by Python's counting of references, so nothing here may
hold itself in a circle.
"""

import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Generic, TypeVar

from index.errors import ArchiveError, IndexUnreadableError
from index.failures import shortage_behind
from search.errors import EngineUnavailableError

LOG = logging.getLogger("kliping.search")

RETRY_SECONDS_LEAST, RETRY_SECONDS_MOST = 0.5, 30.0
"""How long to wait after a generation could not be opened, twice as long each time."""

Opened = TypeVar("Opened")


class CurrentIndex(ABC, Generic[Opened]):
    """What is open of an index of which new generations come.

    Attributes:
        problem: why the current generation is not open; empty when it is.
        cause: the class of that error.
        is_away: whether the last look found no answer, so that what is open cannot be read, either.
    """

    watch_seconds = 1.0
    """How often a watching thread looks."""
    retry_seconds_most = RETRY_SECONDS_MOST

    def __init__(self, name: Path | str, clock: Callable[[], float] = time.monotonic) -> None:
        """Name the index; `refresh` opens what is there."""
        self.problem = ""
        self.cause: type[Exception] | None = None
        self.is_away = False
        self._name = name
        self._clock = clock
        self._lock = Lock()
        self._stamp: Hashable = None
        self._retry_seconds, self._retry_at = 0.0, 0.0
        self._closed = Event()
        self._watcher: Thread | None = None
        self._open: Opened | None = None

    @abstractmethod
    def _read_stamp(self) -> Hashable:
        """Return what changes whenever another generation is the current one."""

    @abstractmethod
    def _open_current(self) -> Opened:
        """Open the current generation.

        Raises:
            ArchiveError: when there is none, or it cannot be opened.
        """

    @abstractmethod
    def _is_current(self, opened: Opened) -> bool:
        """Whether what is open is the current generation: it was away, and came back."""

    @property
    def current(self) -> Opened | None:
        """The generation that is open, if any."""
        return self._open

    def opened(self) -> Opened:
        """Return the generation that is open; a request reads this one from beginning to end.

        Raises:
            EngineUnavailableError: when none is.
        """
        opened = self._open
        if opened is None:
            raise EngineUnavailableError(self.problem, self.cause)
        return opened

    def refresh(self) -> None:
        """Take up the current generation, unless a thread watches for it."""
        if self._watcher is None:
            self._look()

    def watch(self) -> None:
        """Take up generations in a thread of its own from now on, so that no request waits."""
        if self._watcher is None:
            self._watcher = Thread(target=self._watch, name="kliping-index", daemon=True)
            self._watcher.start()

    def close(self) -> None:
        """Let go of every file."""
        self._closed.set()
        if self._open is not None:
            self._open = None
            self.problem, self.cause = "The index was closed. Start the program again.", None

    def _watch(self) -> None:
        while not self._closed.wait(self.watch_seconds):
            try:
                self._look()
            except Exception:
                # Whatever it is, the next look must come: without it, no generation would ever be
                # taken up again.
                LOG.exception("The index could not be looked at")

    def _look(self) -> None:
        """Take up the current generation if there is another one, or if it is time to retry."""
        try:
            stamp = self._read_stamp()
        except ArchiveError as error:
            self.is_away = True
            self._put_off(error)
            return
        self.is_away = False
        is_retry = bool(self._retry_seconds) and self._clock() >= self._retry_at
        if (stamp == self._stamp and not is_retry) or not self._lock.acquire(blocking=False):
            return  # where another thread is opening it, this one goes on with what is open
        try:
            self._take_up()
            self.problem, self._retry_seconds = "", 0.0
        except (ArchiveError, OSError, MemoryError) as error:
            # OSError: the generation was removed while it was being opened, or may not be read.
            number = None if isinstance(error, ArchiveError) else shortage_behind(error)
            self._put_off(error if number is None else IndexUnreadableError(self._name, number))
        except Exception as error:  # a fault of the program: told as such, and tried again, too
            self._put_off(error)
            raise
        finally:
            self._stamp = stamp
            self._lock.release()

    def _take_up(self) -> None:
        is_open = self._open is not None and bool(self.problem) and self._is_current(self._open)
        if not is_open:
            self._open = self._open_current()

    def _put_off(self, error: Exception) -> None:
        """Keep what is open, say why, and try again after a while, twice as long each time."""
        if str(error) != self.problem:
            LOG.error("%s", error)
        self.problem, self.cause = str(error), type(error)
        doubled = max(2 * self._retry_seconds, RETRY_SECONDS_LEAST)
        self._retry_seconds = min(doubled, self.retry_seconds_most)
        self._retry_at = self._clock() + self._retry_seconds
