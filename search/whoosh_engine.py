"""The engine over a Whoosh index directory: which generation is open, and who reads it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from queue import Empty, LifoQueue
from threading import Lock

from whoosh.searching import Searcher

from index.errors import ArchiveIndexError
from index.generations import pointer_stamp
from index.whoosh_index import Generation, open_current
from search.answer import answer, found_document
from search.errors import EngineUnavailableError
from search.request import SearchRequest
from search.results import EngineStatus, FoundDocument, SearchResults
from search.whoosh_reader import GenerationReader


class WhooshEngine:
    """Searches the current generation of an index directory; see `search.engine.Engine`.

    The generation that a request begins with is the one it ends with. One that was replaced is let
    go when the last request that reads it is done.
    """

    def __init__(self, index_path: Path, query_seconds: float) -> None:
        self._index_path = index_path
        self._query_seconds = query_seconds
        self._lock = Lock()
        self._stamp: tuple[int, ...] | None = None
        self._problem = ""
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

    def status(self) -> EngineStatus:
        """Return whether an index is open, and which."""
        if self._open is None:
            return EngineStatus(is_open=False, generation=0, doc_count=0, problem=self._problem)
        generation = self._open.generation
        return EngineStatus(
            is_open=True,
            generation=generation.number,
            doc_count=generation.columns.doc_count,
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
            self._problem = str(error)
        finally:
            self._stamp = stamp
            self._lock.release()

    def close(self) -> None:
        """Let go of every file."""
        if self._open is not None:
            self._open.close()
            self._open = None
            self._problem = "The index was closed. Start the program again."

    @contextmanager
    def _reading(self) -> Iterator[GenerationReader]:
        opened = self._open
        if opened is None:
            raise EngineUnavailableError(self._problem)
        with opened.searcher() as searcher:
            yield GenerationReader(opened.generation, searcher, self._query_seconds)


class _OpenGeneration:
    """A generation and its searchers: Whoosh wants one for each request that runs."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self._idle: LifoQueue[Searcher] = LifoQueue()
        self._is_closed = False

    @contextmanager
    def searcher(self) -> Iterator[Searcher]:
        """Lend a searcher for one request."""
        try:
            searcher = self._idle.get_nowait()
        except Empty:
            searcher = self.generation.whoosh.searcher()
        try:
            yield searcher
        finally:
            self._idle.put(searcher)
            if self._is_closed:
                self.close()

    def close(self) -> None:
        """Close the searchers that are not lent, and from now on those that come back."""
        self._is_closed = True
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()
