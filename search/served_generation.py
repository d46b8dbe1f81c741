"""The generation that is served: opened and warmed aside, then exchanged; tried again if it fails.

An engine asks `ServedGeneration` for what is open. A request keeps what it was given until it ends,
so a generation that was replaced is let go with the last request that reads it. That happens at
once, by Python's counting of references, so nothing here may hold itself in a circle.

What a new generation shares with the one that is open is neither verified nor mapped nor made
again: to take up an update or a removal takes as long as what changed. Where nothing is open yet,
everything is verified.
"""

import errno
import logging
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock, Thread

from index.errors import ArchiveError, IndexUnreadableError
from index.generations import (
    Generation,
    current_number,
    generation_path,
    open_current,
    pointer_stamp,
    read_manifest,
)
from index.schema import LAYOUT
from search.errors import DocumentMissingError, EngineUnavailableError
from search.execution import Deadline, RequestReader, Snapshot, Turn
from search.suggest import COMPLETED_FACETS, ValueCompletions
from search.warm_up import touch_kernels

LOG = logging.getLogger("kliping.search")

WATCH_SECONDS = 0.1
"""How often a watching thread looks at the pointer. It costs one look at a file, and what is left
of a second is enough to open the new generation: readers miss an article that was taken down."""

RETRY_SECONDS_LEAST, RETRY_SECONDS_MOST = 0.5, 30.0
"""How long to wait after a generation could not be opened, twice as long each time."""

_SECONDS = 600.0
"""How long the kernels may take to be made ready: a compiler's time is not a query's."""


class OpenGeneration:
    """An open generation, shared by all requests.

    Attributes:
        generation: its files.
        snapshot: its segments, as queries see them.
        values: completions: the values of facets, and frequent phrases.
    """

    def __init__(self, generation: Generation, base: "OpenGeneration | None" = None) -> None:
        """Open the segments, and do once all that the first request would wait for.

        Args:
            generation: what the manifest has vouched for.
            base: the one that is open until now; without it, the kernels may have to be loaded.
        """
        self.generation = generation
        segments = generation.segments()
        self.snapshot: Snapshot = Snapshot(
            segments,
            *(LAYOUT.facets, LAYOUT.orders, generation.duplicate_groups),
            base.snapshot if base else None,
        )
        self.snapshot.prepare()
        if not base:
            touch_kernels(self.reader(_SECONDS))
        # Sorted now, and not by the first reader who types.
        self.values = self._complete(base)

    def reader(self, seconds: float, turn: Turn | None = None) -> RequestReader:
        """Return a reader for one request, which may take so many seconds."""
        return RequestReader(self.generation.number, self.snapshot, Deadline(seconds, turn=turn))

    def current_id(self, doc_id: str) -> str:
        """Return the id of the article that had an id once; any other id as it is."""
        try:
            self.reader(_SECONDS).document_number_of(doc_id)
        except DocumentMissingError:
            return self.generation.current_id(doc_id) or doc_id
        return doc_id

    def _complete(self, base: "OpenGeneration | None") -> ValueCompletions:
        """Return the values of facets and the phrases to be offered."""
        reader = self.reader(_SECONDS).with_copies(copies=False)
        values = {facet: reader.facet_values(facet) for facet in COMPLETED_FACETS}
        return ValueCompletions(values, self.generation.phrases, base.values if base else None)


class ServedGeneration:
    """The current generation of an index directory, as far as it could be opened.

    Attributes:
        problem: why the current generation is not open; empty when it is.
        cause: the class of that error.
    """

    def __init__(self, index_path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Name the directory; `refresh` opens what is there."""
        self.problem = ""
        self.cause: type[Exception] | None = None
        self._index_path = index_path
        self._clock = clock
        self._lock = Lock()
        self._stamp: tuple[int, ...] | None = None
        self._retry_seconds, self._retry_at = 0.0, 0.0
        self._closed = Event()
        self._watcher: Thread | None = None
        self._open: OpenGeneration | None = None

    @property
    def current(self) -> OpenGeneration | None:
        """The generation that is open, if any."""
        return self._open

    def opened(self) -> OpenGeneration:
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
        while not self._closed.wait(WATCH_SECONDS):
            try:
                self._look()
            except Exception:
                # Whatever it is, the next look must come: without it, no generation would ever be
                # taken up again.
                LOG.exception("The index could not be looked at")

    def _look(self) -> None:
        """Take up the current generation if the pointer has changed, or if it is time to retry."""
        stamp = pointer_stamp(self._index_path)
        is_retry = bool(self._retry_seconds) and self._clock() >= self._retry_at
        if (stamp == self._stamp and not is_retry) or not self._lock.acquire(blocking=False):
            return  # where another thread is opening it, this one goes on with what is open
        try:
            self._take_up()
            self.problem, self._retry_seconds = "", 0.0
        except (ArchiveError, OSError) as error:
            # OSError: the generation was removed while it was being opened; a newer one is there.
            self._put_off(error)
        except MemoryError:
            self._put_off(IndexUnreadableError(self._index_path, errno.ENOMEM))
        except Exception as error:  # a fault of the program: told as such, and tried again, too
            self._put_off(error)
            raise
        finally:
            self._stamp = stamp
            self._lock.release()

    def _take_up(self) -> None:
        if not self._is_open_already():
            base = self._open
            generation = open_current(self._index_path, base.generation if base else None)
            self._open = OpenGeneration(generation, base)

    def _is_open_already(self) -> bool:
        """Whether the current generation is open: its folder was away, and came back."""
        if self._open is None or not self.problem:
            return False
        generation = self._open.generation
        if generation.number != current_number(self._index_path):
            return False
        folder = generation_path(self._index_path, generation.number)
        return read_manifest(folder) == generation.manifest

    def _put_off(self, error: Exception) -> None:
        """Keep what is open, say why, and try again after a while, twice as long each time."""
        if str(error) != self.problem:
            LOG.error("%s", error)
        self.problem, self.cause = str(error), type(error)
        doubled = max(2 * self._retry_seconds, RETRY_SECONDS_LEAST)
        self._retry_seconds = min(doubled, RETRY_SECONDS_MOST)
        self._retry_at = self._clock() + self._retry_seconds
