"""Engine: the protocol of what answers requests, whatever holds the index."""

from pathlib import Path
from typing import Protocol

from index.document import Document
from index.opensearch import ClusterOptions, is_cluster_address
from search.preferences import Preferences
from search.request import SearchRequest
from search.results import Completion, CoverageResult, DocumentResult, EngineStatus, SearchResults


class Engine(Protocol):
    """Answers requests with plain values; safe to call from several threads."""

    def search(self, request: SearchRequest) -> SearchResults:
        """Return the whole answer to a request.

        Raises:
            EngineUnavailableError: when no index is open.
            QueryTimeoutError: when the query takes too long.
        """

    def document(self, doc_id: str, query_text: str = "") -> DocumentResult:
        """Return a stored document, with what the query would mark in it.

        Raises:
            DocumentMissingError: when there is none.
            EngineUnavailableError: when no index is open.
        """

    def similar(self, doc_id: str, most: int) -> tuple[Document, ...]:
        """Return stored documents on the same subject, the most alike first.

        Raises:
            DocumentMissingError: when there is no such document.
            EngineUnavailableError: when no index is open.
            QueryTimeoutError: when finding them takes too long.
        """

    def complete(self, typed: str, most: int) -> tuple[Completion, ...]:
        """Return what may continue a text that is being typed: tags, authors, headlines.

        Raises:
            EngineUnavailableError: when no index is open.
            QueryTimeoutError: when finding them takes too long.
        """

    def count(self, request: SearchRequest) -> int | None:
        """Return how many documents a request finds; None where that would take too long.

        Raises:
            EngineUnavailableError: when no index is open.
        """

    def coverage(self) -> CoverageResult:
        """Return what the archive has of each outlet.

        Raises:
            EngineUnavailableError: when no index is open.
        """

    def status(self) -> EngineStatus:
        """Return whether an index is open, and which."""

    def refresh(self) -> None:
        """Open the new generation, if there is one; if it is unsound, keep the one that is open."""

    def watch(self) -> None:
        """Open each new generation in a thread from now on, so that no request waits for it.

        `refresh` does nothing any more; who forks a process calls this in the new one.
        """

    def close(self) -> None:
        """Let go of every file."""


def open_engine(
    index_url: str,
    query_seconds: float,
    preferences: Preferences | None = None,
    options: ClusterOptions | None = None,
) -> Engine:
    """Return the engine for an index: a directory's path, or an address on a cluster.

    A directory without a sound index still gives an engine: it says so when asked, and takes up an
    index as soon as there is one. So does a cluster that does not answer.

    Args:
        index_url: where the index is.
        query_seconds: how long a query may take.
        preferences: how the site searches; None for Kliping's own way.
        options: how a cluster is reached.

    Raises:
        AddressError: for an address of a cluster that cannot be used.
    """
    # The one place an engine is chosen; what the other one needs is not loaded.
    if is_cluster_address(index_url):
        from search.opensearch import ClusterEngine  # noqa: PLC0415 - see above

        return ClusterEngine(index_url, query_seconds, preferences, options)
    from search.columnar_engine import ColumnarEngine  # noqa: PLC0415 - see above

    return ColumnarEngine(Path(index_url), query_seconds, preferences)
