"""The columnar engine: answers requests from the current generation of an index directory."""

from functools import cached_property
from pathlib import Path
from threading import Lock

from index.document import Document
from index.errors import ArchiveIndexError
from index.generations import Generation, open_current, pointer_stamp
from index.schema import LAYOUT
from search.answer import answer, document_result
from search.errors import DocumentMissingError, EngineUnavailableError
from search.execution import RequestReader, Snapshot
from search.preferences import Preferences, load_preferences
from search.request import SearchRequest
from search.results import Completion, DocumentResult, EngineStatus, SearchResults
from search.suggest import COMPLETED_FACETS, ValueCompletions, similar_documents, title_completions
from search.warm_up import touch_kernels

_SECONDS = 600.0
"""How long the kernels may take to be made ready: a compiler's time is not a query's."""


class ColumnarEngine:
    """Searches the current generation of an index directory; see `search.engine.Engine`.

    The generation that a request begins with is the one it ends with. One that was replaced is let
    go when the last request that reads it is done.
    """

    def __init__(
        self, index_path: Path, query_seconds: float, preferences: Preferences | None = None
    ) -> None:
        """Open the index; without preferences, Kliping's own are used."""
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
        return answer(self._opened().reader(self._query_seconds), request, self._preferences)

    def document(self, doc_id: str, query_text: str = "") -> DocumentResult:
        """Return a stored document, with what the query would mark in it."""
        opened = self._opened()
        reader = opened.reader(self._query_seconds)
        return document_result(reader, opened.current_id(doc_id), query_text, self._preferences)

    def similar(self, doc_id: str, most: int) -> tuple[Document, ...]:
        """Return stored documents on the same subject."""
        opened = self._opened()
        reader = opened.reader(self._query_seconds)
        number = reader.document_number_of(opened.current_id(doc_id))
        return tuple(similar_documents(reader, number, most))

    def complete(self, typed: str, most: int) -> tuple[Completion, ...]:
        """Return what may continue a text that is being typed."""
        opened = self._opened()
        titles = title_completions(opened.reader(self._query_seconds), typed, most)
        return tuple([*opened.values.find(typed, most), *titles][:most])

    def status(self) -> EngineStatus:
        """Return whether an index is open, and which."""
        opened = self._open
        if opened is None:
            return EngineStatus(is_open=False, generation=0, doc_count=0, problem=self._problem)
        generation = opened.generation
        return EngineStatus(
            is_open=True,
            generation=generation.number,
            doc_count=opened.snapshot.doc_count,
            problem=self._problem,
            stamp=f"{generation.number} {generation.manifest.built_at}",
        )

    def refresh(self) -> None:
        """Open the current generation, if the pointer has changed since the last call."""
        stamp = pointer_stamp(self._index_path)
        if stamp == self._stamp or not self._lock.acquire(blocking=False):
            return  # another thread is opening it: this one goes on with what is open
        try:
            self._open = _OpenGeneration(open_current(self._index_path))
            self._problem = ""
        except (ArchiveIndexError, OSError) as error:
            # OSError: the generation was removed while it was being opened; a newer one is there.
            self._problem, self._cause = str(error), type(error)
        finally:
            self._stamp = stamp
            self._lock.release()

    def close(self) -> None:
        """Let go of every file."""
        if self._open is not None:
            self._open = None
            self._problem, self._cause = "The index was closed. Start the program again.", None

    def _opened(self) -> "_OpenGeneration":
        """Return the generation that is open; a request reads this one from beginning to end."""
        opened = self._open
        if opened is None:
            raise EngineUnavailableError(self._problem, self._cause)
        return opened


class _OpenGeneration:
    """An open generation: its snapshot and completions, shared by all requests."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        segments = generation.segments()
        self.snapshot = Snapshot(
            segments, LAYOUT.facets, LAYOUT.orders, generation.duplicate_groups
        )
        touch_kernels(self.reader(_SECONDS))

    def reader(self, seconds: float) -> RequestReader:
        """Return a reader for one request, which may take so many seconds."""
        return RequestReader(self.generation.number, self.snapshot, seconds)

    def current_id(self, doc_id: str) -> str:
        """Return the id of the article that had an id once; any other id as it is."""
        try:
            self.reader(_SECONDS).document_number_of(doc_id)
        except DocumentMissingError:
            return self.generation.current_id(doc_id) or doc_id
        return doc_id

    @cached_property
    def values(self) -> ValueCompletions:
        """The values of facets and the phrases to be offered: sorted at the first request."""
        reader = self.reader(_SECONDS).with_copies(copies=False)
        values = {facet: reader.facet_values(facet) for facet in COMPLETED_FACETS}
        return ValueCompletions(values, self.generation.phrases)
