"""One request's reader of a generation on a cluster: `search.backend.Backend` over OpenSearch."""

import datetime as dt
from collections.abc import Iterable, Sequence
from copy import copy
from itertools import islice
from typing import Any

from index.document import Document
from search.backend import CopyRole
from search.errors import DocumentMissingError
from search.execution import Deadline
from search.faceting import (
    FacetTable,
    MatchCounts,
    to_day_counts,
    to_facet_results,
    to_month_counts,
)
from search.matches import COUNT_ONLY, Matches, ScoredDocument, Selection
from search.opensearch.answers import (
    day_counts,
    facet_counts,
    is_complete,
    total_of,
    totals_without,
    value_counts,
)
from search.opensearch.cluster_generation import ClusterGeneration, query_of_id
from search.opensearch.expectations import Expectations
from search.opensearch.found import FoundDocuments, ids_query
from search.opensearch.query_body import Body, query_body
from search.opensearch.round_trips import Searches
from search.opensearch.search_body import FACET_NAMES, VALUES_MOST, Search, documents_body
from search.query import Query
from search.request import Filters, SearchRequest
from search.results import DayCount, FacetResult, MonthCount

GROUP_MOST = 10_000
"""Near duplicates of one story that are listed; see `index.max_result_window`."""
OWNERS_MOST = 10
"""Articles to which one id leads that are read; there is one, but for hashes that agree."""
DOCUMENTS_AT_ONCE = 1_000
"""Documents that one search gives."""


class ClusterReader:
    """Reads one generation for one request; see `search.backend.Backend`."""

    def __init__(
        self,
        generation: ClusterGeneration,
        deadline: Deadline,
        *,
        is_faceted: bool = False,
        values_most: int = VALUES_MOST,
    ) -> None:
        """Prepare to read.

        Args:
            generation: what is open.
            deadline: when the request has to end.
            is_faceted: whether facets are shown, so that they are counted with the first hits.
            values_most: values of a facet that one search counts.
        """
        self.generation_number = generation.number
        self.searches = Searches(generation.connection, generation.index)
        self._generation = generation
        self._deadline = deadline
        self._found = FoundDocuments()
        self._expectations = Expectations(generation.frequencies)
        self._copies = True
        self._is_faceted, self._values_most = is_faceted, values_most

    @property
    def doc_count(self) -> int:
        """How many documents are candidates."""
        counts = self._generation.doc_count
        return counts.total if self._copies else counts.representatives

    def with_copies(self, *, copies: bool) -> "ClusterReader":
        """Return a reader that searches all near duplicates, or only each representative."""
        reader = copy(self)
        reader._copies = copies  # noqa: SLF001 - it is of this class
        return reader

    def hurried(self) -> "ClusterReader":
        """Return the same reader with half of the time that is left."""
        reader = copy(self)
        reader._deadline = self._deadline.half()  # noqa: SLF001 - it is of this class
        return reader

    def check_time(self) -> None:
        """Stop the request if its time is over."""
        self._deadline.check()

    def find(self, query: Query, selection: Selection, filters: Filters) -> Matches:
        """Return the matches of a query; where facets are shown, they are counted with it."""
        count = (query, filters, self._copies)
        if selection == COUNT_ONLY:
            if self._expectations.is_expected(count):
                self._ask([])
            counted = self._expectations.counted(count)
            if counted is not None:
                return counted
        search = Search(query_body(query), filters, copies=self._copies)
        is_counted = self._is_faceted and selection.size > 0
        sizes = self._value_sizes() if is_counted and not search.is_whole else {}
        (response,) = self._ask([search.body(selection, sizes)])
        hits = response["hits"]["hits"]
        numbers = map(self._found.note, hits)
        return Matches(
            total=total_of(response),
            total_without=totals_without(response, search),
            hits=[ScoredDocument(n, hit["_score"]) for n, hit in zip(numbers, hits, strict=True)],
            counts=self._counts(search, response) if is_counted else search,
        )

    def count_facets(self, request: SearchRequest, matches: Matches) -> tuple[FacetResult, ...]:
        """Return the facets of matches."""
        return to_facet_results(
            self._table, request, self._counts_of(matches).facets, self.check_time
        )

    def count_months(self, request: SearchRequest, matches: Matches) -> tuple[MonthCount, ...]:
        """Return the matches of every month of the archive."""
        return to_month_counts(self._table, request, self._counts_of(matches).facets)

    def count_days(self, request: SearchRequest, matches: Matches) -> tuple[DayCount, ...]:
        """Return the matches of every day of the request's window."""
        if not request.filters.day_window:
            return ()
        by_day = self._generation.doc_counts_by_day[self._copies]
        return to_day_counts(request.filters, self._counts_of(matches).days, by_day)

    def documents(self, numbers: Sequence[int]) -> list[Document]:
        """Return the stored documents of document numbers."""
        self._load(numbers, source=True)
        return [self._found[number].document for number in numbers]

    def document_number_of(self, doc_id: str) -> int:
        """Return the document number of an id."""
        number = self._found.number_of(doc_id)
        if number is None:
            self.current_id(doc_id)
            number = self._found.number_of(doc_id)
        if number is None:
            raise DocumentMissingError(doc_id)
        return number

    def current_id(self, doc_id: str) -> str:
        """Return the id of the article that has an id or had it once; any other id as it is."""
        query = query_of_id(doc_id)
        numbers = [self._found.note(hit) for hit in self._hits(documents_body(query, OWNERS_MOST))]
        owners = [self._found[number].doc_id for number in numbers]
        return doc_id if doc_id in owners else next(iter(owners), doc_id)

    def dates(self, numbers: Sequence[int]) -> list[dt.date | None]:
        """Return the dates of documents, None for one without a date."""
        self._load(numbers, source=False)
        return [self._found[number].date for number in numbers]

    def newest_date(self) -> dt.date | None:
        """Return the newest date of all documents."""
        return self._generation.newest_date

    def copy_roles(self, numbers: Sequence[int]) -> list[CopyRole]:
        """Return the part of each document in its group of near duplicates."""
        self._load(numbers, source=False)
        return [self._found[number].role for number in numbers]

    def group_of(self, number: int) -> list[int]:
        """Return a document's group, its representative first."""
        self._load([number], source=False)
        representative = self._found[number].value("representative")
        if representative is None:
            return []
        query = {"term": {"representative": representative}}
        hits = self._hits(documents_body(query, GROUP_MOST, with_source=False))
        numbers = [self._found.note(hit) for hit in hits]
        return sorted(numbers, key=lambda each: self._found[each].role.is_copy)

    def field_doc_count(self, field: str) -> int:
        """Return how many documents have a field."""
        return self._generation.field_doc_counts.get(field, 0)

    def expect(self, field: str, terms: Sequence[str], distance: int = 0) -> None:
        """Ask for frequencies, or for near terms, together with whatever is asked next."""
        if distance:
            self._expectations.add_near((field, term, distance) for term in terms)
        else:
            self._expectations.add_terms((field, term) for term in terms)

    def expect_count(self, query: Query, filters: Filters) -> None:
        """Count matches together with whatever is asked next."""
        self._expectations.add_count((query, filters, self._copies))

    def doc_frequencies(self, field: str, terms: Sequence[str]) -> list[int]:
        """Return how many documents have each term of an index field."""
        asked = [(field, term) for term in terms]
        known = self._expectations.frequencies(asked)
        if known is None:
            self.expect(field, terms)
            self._ask([])
            known = self._expectations.frequencies(asked)
        return known or []

    def fuzzy_terms(self, field: str, word: str, distance: int) -> Sequence[str]:
        """Return the terms of a field within an edit distance that begin with the same letter."""
        asked = (field, word, distance)
        near = self._expectations.near(asked)
        if near is None:
            self._expectations.add_near([asked])
            self._ask([])
            near = self._expectations.near(asked)
        return list(near.counts) if near else []

    def facet_values(self, facet: str) -> Iterable[tuple[str, int]]:
        """Yield every value of a facet and how many candidates have it."""
        own = self._table.ranges[facet]
        values = slice(own.first, own.none)
        totals = self._table.totals[values].tolist()
        return zip(self._table.values[values], totals, strict=True)

    @property
    def _table(self) -> FacetTable:
        return self._generation.values.table(copies=self._copies)

    def _value_sizes(self) -> dict[str, int]:
        """Return how many values of each facet are counted at once."""
        sizes = {name: self._generation.values.size_of(name) for name in FACET_NAMES}
        return {name: min(size, self._values_most) for name, size in sizes.items()}

    def _ask(self, bodies: Sequence[Body]) -> list[Any]:
        """Send searches, and with them those for what is expected."""
        expected = self._expectations.take()
        others = [body for each in expected for body in each.bodies]
        answers = self.searches.ask([*bodies, *others], self._deadline)
        rest = iter(answers[len(bodies) :])
        for each in expected:
            each.read(list(islice(rest, len(each.bodies))))
        return answers[: len(bodies)]

    def _hits(self, body: Body) -> list[Body]:
        return list(self._ask([body])[0]["hits"]["hits"])

    def _load(self, numbers: Sequence[int], *, source: bool) -> None:
        """Ask for the values of documents, and for their stored texts, where they are lacking."""
        keys = self._found.keys_lacking(numbers, source=source)
        for first in range(0, len(keys), DOCUMENTS_AT_ONCE):
            query = ids_query(keys[first : first + DOCUMENTS_AT_ONCE])
            for hit in self._hits(documents_body(query, DOCUMENTS_AT_ONCE, with_source=source)):
                self._found.note(hit)

    def _counts_of(self, matches: Matches) -> MatchCounts:
        """Return the counts of matches; ask for them if `find` did not."""
        if not isinstance(matches.counts, Search):
            return matches.counts  # type: ignore[return-value]  # it is one of our own
        search = matches.counts
        if search.is_whole:
            return self._counts(search)
        return self._counts(search, *self._ask([search.body(COUNT_ONLY, self._value_sizes())]))

    def _counts(self, search: Search, response: Any = None) -> MatchCounts:
        """Return the counts of an answer, those that it lacks read page by page."""
        if search.is_whole:
            return MatchCounts(self._table.totals)
        counts = facet_counts(response, search)
        for facet in counts.incomplete:
            counts.values[facet] = self._all_counts(search, facet)
        facets = self._generation.values.counts(counts.values, counts.missing)
        return MatchCounts(facets, day_counts(response))

    def _all_counts(self, search: Search, facet: str) -> dict[str, int]:
        """Return the counts of all values of a facet, which are divided until none is left out."""
        parts = 1 + 2 * self._generation.values.size_of(facet) // self._values_most
        while True:
            responses = self._ask(search.part_bodies(facet, parts, self._values_most))
            counted = [response["aggregations"][facet] for response in responses]
            if all(map(is_complete, counted)):
                return {v: count for each in counted for v, count in value_counts(each).items()}
            parts *= 2
