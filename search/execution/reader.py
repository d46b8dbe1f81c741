"""What one request asks of a generation: matches, documents, and words of the archive."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from typing import Any

from whoosh.fields import Schema
from whoosh.searching import SearchContext, Searcher

from index.analysis.analyzer import tokenize
from index.analysis.stemmer import stem
from index.document import Document
from index.schema import from_stored
from search.errors import DocumentMissingError
from search.execution.deadline import Deadline
from search.execution.evaluator import Scoring, evaluate
from search.execution.snapshot import Snapshot
from search.execution.whoosh_query import to_whoosh
from search.execution.whoosh_scoring import LuceneBM25
from search.matches import Filters, Found, Wanted
from search.preferences import NO_PREFERENCES, Preferences
from search.query.parser import ParsedQuery, parse_query
from search.query.synonyms import NO_SYNONYMS
from search.query.tree import Query
from search.ranking import WEIGHT_BY_NAME
from search.request import SearchRequest
from search.suggest.more_like_this import similar_query

SPELLING_FIELDS = ("body", "title")
"""Where words to suggest are looked for: fields of exact words, never of stems."""


class GenerationReader:
    """Reads one generation for one request; not to be shared between threads."""

    def __init__(  # noqa: PLR0913, PLR0917 - each is a value of its own
        self,
        number: int,
        snapshot: Snapshot,
        schema: Schema,
        searcher: Callable[[], Searcher],
        seconds: float,
        preferences: Preferences = NO_PREFERENCES,
    ) -> None:
        """Prepare to read.

        Args:
            number: the generation's.
            snapshot: what it holds.
            schema: its Whoosh schema.
            searcher: gives a Whoosh searcher for this request; most requests need none.
            seconds: how long the request may take.
            preferences: how the site searches.
        """
        self.preferences = preferences
        self.number = number
        self.snapshot = self._whole = snapshot
        self._schema = schema
        self._searcher = searcher
        self._deadline = Deadline(seconds)
        self.weights: Mapping[str, float] = WEIGHT_BY_NAME

    def parse(self, request: SearchRequest) -> ParsedQuery:
        """Return the query of a request, with the synonyms of this site unless they are off."""
        table = self.preferences.synonyms if request.synonyms else NO_SYNONYMS
        text = request.query_text
        return parse_query(text, any_word=request.any_word, synonyms=table)

    def among(self, *, copies: bool) -> "GenerationReader":
        """Return the same reader, to which of near copies all are candidates, or one."""
        reader = copy(self)
        reader.snapshot = self._whole if copies else self._whole.leading
        return reader

    def weighted(self, weights: Mapping[str, float]) -> "GenerationReader":
        """Return the same reader with other field weights, to measure what they are worth."""
        reader = copy(self)
        reader.weights = weights
        return reader

    def find(self, query: Query, wanted: Wanted, filters: Filters) -> Found:
        """Return what a query finds.

        Raises:
            QueryTimeoutError: when it takes too long.
        """
        return self.run(to_whoosh(query), wanted, filters)

    def similar(self, number: int, most: int) -> list[int]:
        """Return the numbers of articles like one, the most alike first; no copies of it."""
        query = similar_query(self.document(number), self.snapshot)
        if query is None:
            return []
        copies = {number, *self.snapshot.copies.group_of(number)}
        wanted = Wanted(most + len(copies), "newest", by_score=True)
        hits = self.among(copies=False).run(query, wanted, Filters()).hits
        return [hit.number for hit in hits if hit.number not in copies][:most]

    def run(self, query: Any, wanted: Wanted, filters: Filters) -> Found:
        """Return what a Whoosh query finds."""
        scoring = Scoring(self.weights, self._field_bytes, self._run_matcher)
        return evaluate(query, self.snapshot, scoring, wanted, filters, self._deadline)

    def document(self, number: int) -> Document:
        """Return the stored document of a document number."""
        view, doc = self.snapshot.place_of(number)
        return from_stored(view.segment.stored.document(doc))

    def number_of(self, doc_id: str) -> int:
        """Return the document number of an id.

        Raises:
            DocumentMissingError: when there is none.
        """
        text = self._field_bytes("id", doc_id)
        number = None if text is None else self.snapshot.number_of("id", text)
        if number is None:
            raise DocumentMissingError(doc_id)
        return number

    def frequency(self, word: str) -> int:
        """Return in how many documents a word stands, as it was typed."""
        terms = [
            (field, token.text.encode()) for token in tokenize(word) for field in SPELLING_FIELDS
        ]
        return max((self.snapshot.doc_frequency(*term) for term in terms), default=0)

    def form_frequency(self, word: str) -> int:
        """Return in how many documents any form of a word stands, by its stem."""
        terms = [
            (f"{field}_stem", stem(token.text).encode())
            for token in tokenize(word)
            for field in SPELLING_FIELDS
        ]
        return max((self.snapshot.doc_frequency(*term) for term in terms), default=0)

    def near_words(self, word: str, distance: int) -> Iterable[str]:
        """Return the archive's words within an edit distance that begin with the same letter.

        Few misspell a word's first letter, and looking only there is several times as fast.
        """
        self._deadline.check()
        reader = self._searcher().reader()
        found = (reader.terms_within(field, word, distance, prefix=1) for field in SPELLING_FIELDS)
        return dict.fromkeys(near for words in found for near in words)

    def _field_bytes(self, field: str, text: Any) -> bytes | None:
        """Return a text as the bytes of a term; None where no term can be that."""
        if field not in self._schema:
            return None
        try:
            found: bytes = self._schema[field].to_bytes(text)
        except ValueError:  # half a surrogate pair, or no number
            return None
        return found

    def _run_matcher(self, segment: int, query: Any) -> tuple[list[int], list[float]]:
        """Run a query that has no kernel, by Whoosh's matcher on one segment."""
        leaf, _ = self._searcher().leaf_searchers()[segment]
        weighting = LuceneBM25(self.snapshot.statistics, self.weights)
        matcher = query.matcher(leaf, SearchContext(weighting=weighting))
        docs, scores = [], []
        while matcher.is_active():
            docs.append(matcher.id())
            scores.append(matcher.score())
            matcher.next()
            self._deadline.check()
        return docs, scores
