"""Backend: what answering a request asks of an index, whichever engine holds it.

An engine opens one backend for each request. The steps of an answer (`search.answer`,
`search.relevance`, `search.suggest`) call these few methods with plain values and never see the
engine's classes. Documents go by number: a backend gives the same number to the same document for
as long as the request lasts.

`tests/search/cases` holds what every backend must answer, as data.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from index.document import Document
from search.matches import Matches, Selection
from search.query import Query
from search.request import Filters, SearchRequest
from search.results import DayCount, FacetResult, MonthCount


class CopyRole(NamedTuple):
    """The part of a document in its group of near duplicates.

    Attributes:
        copy_count: how many near duplicates it represents; 0 for most documents.
        is_copy: whether another document represents it.
    """

    copy_count: int
    is_copy: bool


class Backend(Protocol):
    """Reads one generation of an index for one request; not to be shared between threads."""

    @property
    def generation_number(self) -> int:
        """The number of the generation."""

    @property
    def doc_count(self) -> int:
        """How many documents are candidates."""

    def with_copies(self, *, copies: bool) -> "Backend":
        """Return a backend that searches all near duplicates, or only each group's representative.

        Args:
            copies: True for all documents, False for one of each group.
        """

    def hurried(self) -> "Backend":
        """Return a backend with half of the time that is left, for what can be left out."""

    def check_time(self) -> None:
        """Stop the request if its time is over; called between the steps of long work.

        Raises:
            QueryTimeoutError: when it is.
        """

    def find(self, query: Query, selection: Selection, filters: Filters) -> Matches:
        """Return the matches of a query.

        Raises:
            QueryTimeoutError: when it takes too long.
        """

    def count_facets(self, request: SearchRequest, matches: Matches) -> tuple[FacetResult, ...]:
        """Return the facets of matches that `find` returned for the filters of this request."""

    def count_months(self, request: SearchRequest, matches: Matches) -> tuple[MonthCount, ...]:
        """Return the matches of every month of the archive, the oldest first, zeros included."""

    def count_days(self, request: SearchRequest, matches: Matches) -> tuple[DayCount, ...]:
        """Return the matches of every day of `Filters.day_window`, oldest first, with zeros.

        They pass every filter but the one by days. Without a window there are none.
        """

    def documents(self, numbers: Sequence[int]) -> list[Document]:
        """Return the stored documents of document numbers, in the same order.

        Raises:
            QueryTimeoutError: when there are several, and reading them takes too long.
        """

    def document_number_of(self, doc_id: str) -> int:
        """Return the document number of an id.

        Raises:
            DocumentMissingError: when no document has it.
        """

    def dates(self, numbers: Sequence[int]) -> list[dt.date | None]:
        """Return the dates of documents, None for one without a date."""

    def newest_date(self) -> dt.date | None:
        """Return the newest date of all documents, deleted ones included; None without any."""

    def copy_roles(self, numbers: Sequence[int]) -> list[CopyRole]:
        """Return the part of each document in its group of near duplicates."""

    def group_of(self, number: int) -> list[int]:
        """Return a document's group, its representative first; empty for a document alone."""

    def field_doc_count(self, field: str) -> int:
        """Return how many documents have a field."""

    def expect(self, field: str, terms: Sequence[str], distance: int = 0) -> None:
        """Tell what will be asked for, so that an index far away gives it with its next answer.

        Nothing depends on it but how often such an index is asked.

        Args:
            field: the index field.
            terms: of which `doc_frequencies` will be asked for; or, with a distance, words of which
                `fuzzy_terms` will be.
            distance: the edits of those.
        """

    def expect_count(self, query: Query, filters: Filters) -> None:
        """Tell that matches will be counted (by `find` with `COUNT_ONLY`); see `expect`."""

    def doc_frequencies(self, field: str, terms: Sequence[str]) -> list[int]:
        """Return how many documents have each term of an index field, deleted ones included."""

    def fuzzy_terms(self, field: str, word: str, distance: int) -> Sequence[str]:
        """Return the terms of a field within an edit distance that begin with the same letter.

        They come in order of their code points.

        Raises:
            QueryTimeoutError: when it takes too long.
        """

    def facet_values(self, facet: str) -> Iterable[tuple[str, int]]:
        """Yield every value of a facet, in order of value, and how many candidates have it."""
