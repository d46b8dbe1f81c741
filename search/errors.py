"""What can go wrong between a request and its results; a wrong request is in `search.request`."""

from index.errors import ArchiveError


class DocumentMissingError(ArchiveError):
    """No document has this id."""

    def __init__(self, doc_id: str) -> None:
        super().__init__(
            f"There is no article {doc_id!r}. It may have been removed from the archive."
        )
        self.doc_id = doc_id


class EngineUnavailableError(ArchiveError):
    """No index can be searched now; the message says why and what to do."""


class QueryTimeoutError(ArchiveError):
    """A query took longer than it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"The query was stopped after {seconds:g} seconds. Use fewer or rarer words, or narrow "
            "the dates."
        )
