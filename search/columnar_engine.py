"""The engine over a Whoosh index directory: which generation is open, and who reads it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from queue import Empty, LifoQueue
from threading import Lock

from whoosh.searching import Searcher

from index.document import Document
from index.errors import ArchiveIndexError
from index.generations.directory import pointer_stamp
from index.generations.generation import Generation, open_current
from index.schema import LAYOUT
from index.whoosh_codec.codec import segments_of
from search.answer import answer, found_document, similar_documents, title_completions
from search.errors import EngineUnavailableError
from search.execution.reader import GenerationReader
from search.execution.snapshot import Snapshot
from search.preferences import Preferences, load_preferences
from search.request import SearchRequest
from search.results import EngineStatus, FoundDocument, SearchResults
from search.suggest.completions import Completion, ValueCompletions
from search.warm_up import touch_kernels

_SECONDS = 600.0
"""How long the kernels may take to be made ready: a compiler's time is not a query's."""


class WhooshEngine:
    """Searches the current generation of an index directory; see `search.engine.Engine`.

    The generation that a request begins with is the one it ends with. One that was replaced is let
    go when the last request that reads it is done.
    """

    def __init__(
        self, index_path: Path, query_seconds: float, preferences: Preferences | None = None
    ) -> None:
        """Open the index; without preferences of one's own, Kliping's count."""
        self._preferences = load_preferences() if preferences is None else preferences
        self._index_path = index_path
        self._query_seconds = query_seconds
        self._lock = Lock()
        self._stamp: tuple[int, ...] | None = None
        self._problem = ""
        self._cause: type[Exception] | None = None
        self._open: _OpenGeneration | None = None
        self.refresh()

    def search(self, request: SearchRequest) -> SearchResults:
        """Return the whole answer to a request."""
        started = time.perf_counter()
        with self._reading() as reader:
            results = answer(reader, request)
        return replace(results, took_ms=(time.perf_counter() - started) * 1000)

    def document(self, doc_id: str, query_text: str = "") -> FoundDocument:
        """Return a stored document, with what the query would mark in it."""
        with self._reading() as reader:
            return found_document(reader, doc_id, query_text)

    def similar(self, doc_id: str, most: int) -> tuple[Document, ...]:
        """Return stored documents on the same subject."""
        with self._reading() as reader:
            return tuple(similar_documents(reader, doc_id, most))

    def complete(self, typed: str, most: int) -> tuple[Completion, ...]:
        """Return what may continue a text that is being typed."""
        with self._reading() as reader:
            opened = self._open
            values = opened.values.find(typed, most) if opened else []
            return tuple([*values, *title_completions(reader, typed, most)][:most])

    def status(self) -> EngineStatus:
        """Return whether an index is open, and which."""
        if self._open is None:
            return EngineStatus(is_open=False, generation=0, doc_count=0, problem=self._problem)
        generation = self._open.generation
        return EngineStatus(
            is_open=True,
            generation=generation.number,
            doc_count=self._open.snapshot.doc_count,
            problem=self._problem,
            stamp=f"{generation.number} {generation.manifest.built_at}",
        )

    def refresh(self) -> None:
        """Take up the generation that the pointer names, if it changed since the last look."""
        stamp = pointer_stamp(self._index_path)
        if stamp == self._stamp or not self._lock.acquire(blocking=False):
            return  # another thread is opening it: this one goes on with what is open
        try:
            replaced, self._open = self._open, _OpenGeneration(open_current(self._index_path))
            self._problem = ""
            if replaced is not None:
                replaced.close()
        except (ArchiveIndexError, OSError) as error:
            # OSError: the generation was removed while it was being opened; a newer one is there.
            self._problem, self._cause = str(error), type(error)
        finally:
            self._stamp = stamp
            self._lock.release()

    def close(self) -> None:
        """Let go of every file."""
        if self._open is not None:
            self._open.close()
            self._open = None
            self._problem, self._cause = "The index was closed. Start the program again.", None

    @contextmanager
    def _reading(self) -> Iterator[GenerationReader]:
        opened = self._open
        if opened is None:
            raise EngineUnavailableError(self._problem, self._cause)
        with opened.searcher() as searcher:
            yield GenerationReader(
                opened.generation.number,
                opened.snapshot,
                opened.schema,
                searcher,
                self._query_seconds,
                self._preferences,
            )


class _OpenGeneration:
    """A generation, and the Whoosh searchers of requests that need one: one for each that runs."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.schema = generation.whoosh.schema
        with generation.whoosh.searcher() as searcher:
            segments = segments_of(searcher.reader())
            self.snapshot = Snapshot(segments, LAYOUT.facets, LAYOUT.orders, generation.copies)
            touch_kernels(
                GenerationReader(0, self.snapshot, self.schema, lambda: searcher, _SECONDS)
            )
        self._idle: LifoQueue[Searcher] = LifoQueue()
        self._is_closed = False

    @cached_property
    def values(self) -> ValueCompletions:
        """The values of facets and the phrases to be offered: sorted at the first request."""
        return ValueCompletions(self.snapshot.leading, self.generation.phrases)

    @contextmanager
    def searcher(self) -> Iterator[Callable[[], Searcher]]:
        """Lend a searcher for one request, if it asks for one."""
        lent: list[Searcher] = []

        def lend() -> Searcher:
            if not lent:
                lent.append(self._taken())
            return lent[0]

        try:
            yield lend
        finally:
            for searcher in lent:
                self._idle.put(searcher)
            if self._is_closed:
                self.close()

    def close(self) -> None:
        """Close the searchers that are not lent, and from now on those that come back."""
        self._is_closed = True
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()

    def _taken(self) -> Searcher:
        try:
            return self._idle.get_nowait()
        except Empty:
            return self.generation.whoosh.searcher()
