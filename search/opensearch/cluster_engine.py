"""The engine over an OpenSearch cluster: answers requests from the index that the alias names."""

from index.document import Document
from index.opensearch import ClusterOptions, Connection, parse_address
from search.answer import answer, document_result
from search.execution import Deadline
from search.opensearch.cluster_generation import ClusterGeneration
from search.opensearch.cluster_reader import ClusterReader
from search.opensearch.served_index import ServedIndex
from search.preferences import Preferences, load_preferences
from search.request import SearchRequest
from search.results import Completion, CoverageResult, DocumentResult, EngineStatus, SearchResults
from search.suggest import COUNT_SECONDS, count_found, similar_documents, title_completions


class ClusterEngine:
    """Searches the current generation of an index on a cluster; see `search.engine.Engine`.

    The generation that a request begins with is the one it ends with.
    """

    def __init__(
        self,
        address: str,
        query_seconds: float,
        preferences: Preferences | None = None,
        options: ClusterOptions | None = None,
    ) -> None:
        """Open the index; without preferences, Kliping's own are used.

        Raises:
            AddressError: for an address that cannot be used.
        """
        self._preferences = load_preferences() if preferences is None else preferences
        self._query_seconds = query_seconds
        connection = Connection(parse_address(address), options or ClusterOptions())
        self._served = ServedIndex(connection)
        self._served.refresh()

    def search(self, request: SearchRequest) -> SearchResults:
        """Return the whole answer to a request."""
        reader = self._reader(self._served.opened(), is_faceted=True)
        return answer(reader, request, self._preferences)

    def document(self, doc_id: str, query_text: str = "") -> DocumentResult:
        """Return a stored document, with what the query would mark in it."""
        reader = self._reader(self._served.opened())
        current_id = reader.current_id(doc_id)
        return document_result(reader, current_id, query_text, self._preferences)

    def similar(self, doc_id: str, most: int) -> tuple[Document, ...]:
        """Return stored documents on the same subject."""
        reader = self._reader(self._served.opened())
        number = reader.document_number_of(reader.current_id(doc_id))
        return tuple(similar_documents(reader, number, most))

    def complete(self, typed: str, most: int) -> tuple[Completion, ...]:
        """Return what may continue a text that is being typed."""
        opened = self._served.opened()
        titles = title_completions(self._reader(opened), typed, most)
        return tuple([*opened.completions.find(typed, most), *titles][:most])

    def count(self, request: SearchRequest) -> int | None:
        """Return how many documents a request finds, if that is told soon."""
        deadline = Deadline(min(self._query_seconds, COUNT_SECONDS))
        reader = ClusterReader(self._served.opened(), deadline)
        return count_found(reader, self._preferences, request)

    def coverage(self) -> CoverageResult:
        """Return what the archive has of each outlet."""
        opened = self._served.opened()
        return CoverageResult(
            opened.coverage, opened.doc_count.total, opened.built_at, opened.number
        )

    def status(self) -> EngineStatus:
        """Return whether an index is open, and which."""
        opened, problem = self._served.current, self._served.problem
        if opened is None:
            return EngineStatus(is_open=False, generation=0, doc_count=0, problem=problem)
        return EngineStatus(
            is_open=not self._served.is_away,
            generation=opened.number,
            doc_count=opened.doc_count.total,
            problem=problem,
            stamp=f"{opened.number} {opened.built_at}",
            built_at=opened.built_at,
        )

    def refresh(self) -> None:
        """Open the current generation, if the alias names another one."""
        self._served.refresh()

    def watch(self) -> None:
        """Open each new generation in a thread of its own from now on."""
        self._served.watch()

    def close(self) -> None:
        """Let go of the connections."""
        self._served.close()

    def _reader(self, opened: ClusterGeneration, *, is_faceted: bool = False) -> ClusterReader:
        return ClusterReader(opened, Deadline(self._query_seconds), is_faceted=is_faceted)
