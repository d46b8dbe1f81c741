"""Errors of searching, each with what to do next; wrong requests are in `search.request`.

>>> str(QueryTimeoutError(10))
'The query was stopped after 10 seconds. Use fewer or rarer words, or narrow the dates.'
"""

from index.errors import ArchiveError


class DocumentMissingError(ArchiveError):
    """No document has this id."""

    def __init__(self, doc_id: str) -> None:
        super().__init__(
            f"There is no article {doc_id!r}. It may have left the archive: search for its title."
        )
        self.doc_id = doc_id


class EngineUnavailableError(ArchiveError):
    """No index is open, so nothing can be searched; the message says why and what to do.

    Attributes:
        cause: the class of the error that kept the index from being opened, None if there was none.
    """

    def __init__(self, message: str, cause: type[Exception] | None = None) -> None:
        super().__init__(message)
        self.cause = cause


class QueryTimeoutError(ArchiveError):
    """A query took longer than the setting `query_seconds` allows."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"The query was stopped after {seconds:g} seconds. Use fewer or rarer words, or narrow "
            "the dates."
        )
        self.seconds = seconds
