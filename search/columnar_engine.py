"""The columnar engine: answers requests from the current generation of an index directory."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.document import Document
from search.answer import answer, document_result
from search.execution import RequestReader, Turn, Turns
from search.preferences import Preferences, load_preferences
from search.request import SearchRequest
from search.results import Completion, CoverageResult, DocumentResult, EngineStatus, SearchResults
from search.served_generation import OpenGeneration, ServedGeneration
from search.suggest import COUNT_SECONDS, count_found, similar_documents, title_completions


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
        self._query_seconds = query_seconds
        self._turns = Turns()
        self._served = ServedGeneration(index_path)
        self._served.refresh()

    def search(self, request: SearchRequest) -> SearchResults:
        """Return the whole answer to a request."""
        with self._reader(self._served.opened()) as reader:
            return answer(reader, request, self._preferences)

    def document(self, doc_id: str, query_text: str = "") -> DocumentResult:
        """Return a stored document, with what the query would mark in it."""
        opened = self._served.opened()
        with self._reader(opened) as reader:
            return document_result(reader, opened.current_id(doc_id), query_text, self._preferences)

    def similar(self, doc_id: str, most: int) -> tuple[Document, ...]:
        """Return stored documents on the same subject."""
        opened = self._served.opened()
        with self._reader(opened) as reader:
            number = reader.document_number_of(opened.current_id(doc_id))
            return tuple(similar_documents(reader, number, most))

    def complete(self, typed: str, most: int) -> tuple[Completion, ...]:
        """Return what may continue a text that is being typed."""
        opened = self._served.opened()
        with self._reader(opened) as reader:
            titles = title_completions(reader, typed, most)
            return tuple([*opened.values.find(typed, most), *titles][:most])

    def count(self, request: SearchRequest) -> int | None:
        """Return how many documents a request finds, if that is told soon."""
        with self._reader(self._served.opened(), COUNT_SECONDS) as reader:
            return count_found(reader, self._preferences, request)

    @contextmanager
    def _reader(self, opened: OpenGeneration, most: float = math.inf) -> Iterator[RequestReader]:
        """Give a reader for one request, whose turn ends with it; `most` are seconds."""
        turn = Turn(self._turns)
        try:
            yield opened.reader(min(self._query_seconds, most), turn)
        finally:
            turn.end()

    def coverage(self) -> CoverageResult:
        """Return what the archive has of each outlet."""
        generation = self._served.opened().generation
        manifest = generation.manifest
        return CoverageResult(
            generation.coverage, manifest.doc_count, manifest.built_at, generation.number
        )

    def status(self) -> EngineStatus:
        """Return whether an index is open, and which."""
        opened, problem = self._served.current, self._served.problem
        if opened is None:
            return EngineStatus(is_open=False, generation=0, doc_count=0, problem=problem)
        generation = opened.generation
        return EngineStatus(
            is_open=True,
            generation=generation.number,
            doc_count=opened.snapshot.doc_count,
            problem=problem,
            stamp=f"{generation.number} {generation.manifest.built_at}",
            built_at=generation.manifest.built_at,
        )

    def refresh(self) -> None:
        """Open the current generation, if the pointer has changed since the last call."""
        self._served.refresh()

    def watch(self) -> None:
        """Open each new generation in a thread of its own from now on."""
        self._served.watch()

    def close(self) -> None:
        """Let go of every file."""
        self._served.close()
