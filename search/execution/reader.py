"""One request's reader of a generation: `search.backend.Backend` over columnar segments."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from copy import copy

from index.document import Document
from index.schema import from_stored
from index.segments import NO_NUMBER
from search.backend import CopyRole
from search.errors import DocumentMissingError
from search.execution.deadline import Deadline
from search.execution.evaluator import Scope, counts_of, evaluate
from search.execution.planner import plan_query
from search.execution.segment_collector import DATE_FIELD
from search.execution.snapshot import Snapshot
from search.execution.terms import term_bytes
from search.faceting import to_day_counts, to_facet_results, to_month_counts, to_ordinals
from search.matches import Matches, Selection
from search.query import Query
from search.ranking import WEIGHT_BY_NAME
from search.request import Filters, SearchRequest
from search.results import DayCount, FacetResult, MonthCount


class RequestReader:
    """Reads one generation for one request; see `search.backend.Backend`."""

    def __init__(self, number: int, snapshot: Snapshot, deadline: Deadline) -> None:
        """Prepare to read.

        Args:
            number: the generation's.
            snapshot: what it holds.
            deadline: when the request has to end.
        """
        self.generation_number = number
        self.snapshot = self._whole = snapshot
        self._deadline = deadline
        self._weights: Mapping[str, float] = WEIGHT_BY_NAME

    @property
    def doc_count(self) -> int:
        """How many documents are candidates."""
        return self.snapshot.doc_count

    def with_copies(self, *, copies: bool) -> "RequestReader":
        """Return a reader that searches all near duplicates, or only each representative."""
        reader = copy(self)
        reader.snapshot = self._whole if copies else self._whole.representatives
        return reader

    def hurried(self) -> "RequestReader":
        """Return the same reader with half of the time that is left."""
        reader = copy(self)
        reader._deadline = self._deadline.half()  # noqa: SLF001 - it is of this class
        return reader

    def check_time(self) -> None:
        """Stop the request if its time is over."""
        self._deadline.check()

    def weighted(self, weights: Mapping[str, float]) -> "RequestReader":
        """Return the same reader with other field weights, to measure what they are worth."""
        reader = copy(self)
        reader._weights = weights  # noqa: SLF001 - it is of this class
        return reader

    def find(self, query: Query, selection: Selection, filters: Filters) -> Matches:
        """Return the matches of a query."""
        scope = Scope(self.snapshot, self._weights, self._deadline)
        ordinal_filters = to_ordinals(filters, self.snapshot.facets)
        return evaluate(plan_query(query), scope, selection, ordinal_filters)

    def count_facets(self, request: SearchRequest, matches: Matches) -> tuple[FacetResult, ...]:
        """Return the facets of matches."""
        return to_facet_results(
            self.snapshot.facets, request, counts_of(matches).facets, self.check_time
        )

    def count_months(self, request: SearchRequest, matches: Matches) -> tuple[MonthCount, ...]:
        """Return the matches of every month of the archive."""
        return to_month_counts(self.snapshot.facets, request, counts_of(matches).facets)

    def count_days(self, request: SearchRequest, matches: Matches) -> tuple[DayCount, ...]:
        """Return the matches of every day of the request's window."""
        if not request.filters.day_window:
            return ()
        found = counts_of(matches).days
        return to_day_counts(request.filters, found, self.snapshot.doc_count_by_day)

    def documents(self, numbers: Sequence[int]) -> list[Document]:
        """Return the stored documents of document numbers."""
        documents: list[Document] = []
        for view, doc in map(self.snapshot.view_of, numbers):
            if documents:  # the first one is always read: an article is shown however late it is
                self._deadline.check()
            documents.append(from_stored(view.segment.stored.document(doc)))
        return documents

    def document_number_of(self, doc_id: str) -> int:
        """Return the document number of an id."""
        text = term_bytes(doc_id)
        number = None if text is None else self.snapshot.first_document_with("id", text)
        if number is None:
            raise DocumentMissingError(doc_id)
        return number

    def dates(self, numbers: Sequence[int]) -> list[dt.date | None]:
        """Return the dates of documents, None for one without a date."""
        found = map(self.snapshot.view_of, numbers)
        return [_to_date(int(view.segment.number(DATE_FIELD)[doc])) for view, doc in found]

    def newest_date(self) -> dt.date | None:
        """Return the newest date of all documents."""
        numbers = [view.segment.number(DATE_FIELD) for view in self.snapshot.views]
        return _to_date(
            int(max((own.max(initial=NO_NUMBER) for own in numbers), default=NO_NUMBER))
        )

    def copy_roles(self, numbers: Sequence[int]) -> list[CopyRole]:
        """Return the part of each document in its group of near duplicates."""
        groups = self.snapshot.copies
        return [CopyRole(groups.copy_count(n), groups.representative_of(n) != n) for n in numbers]

    def group_of(self, number: int) -> list[int]:
        """Return a document's group, its representative first."""
        return self.snapshot.copies.group_of(number)

    def field_doc_count(self, field: str) -> int:
        """Return how many documents have a field."""
        statistics = self.snapshot.statistics.get(field)
        return statistics.doc_count if statistics else 0

    def expect(self, field: str, terms: Sequence[str], distance: int = 0) -> None:
        """Do nothing: all terms are at hand."""

    def expect_count(self, query: Query, filters: Filters) -> None:
        """Do nothing: counting is no round trip here."""

    def doc_frequencies(self, field: str, terms: Sequence[str]) -> list[int]:
        """Return how many documents have each term of an index field."""
        # No term of the index is empty, so that one stands for a text that no term can be.
        return self.snapshot.doc_frequencies([(field, term_bytes(term) or b"") for term in terms])

    def fuzzy_terms(self, field: str, word: str, distance: int) -> Sequence[str]:
        """Return the terms of a field within an edit distance that begin with the same letter."""
        found: set[str] = set()
        for view in self.snapshot.views:
            self._deadline.check()
            found.update(view.segment.terms.words_within(field, word, distance))
        return sorted(found)

    def facet_values(self, facet: str) -> Iterable[tuple[str, int]]:
        """Yield every value of a facet and how many candidates have it."""
        table = self.snapshot.facets
        own = slice(table.ranges[facet].first, table.ranges[facet].none)
        return zip(table.values[own], table.totals[own].tolist(), strict=True)


def _to_date(number: int) -> dt.date | None:
    """Return the day that a number YYYYMMDD stands for."""
    if number == NO_NUMBER:
        return None
    return dt.date(number // 10_000, number // 100 % 100, number % 100)
