"""What one request asks of a generation: matches, documents, and words of the archive."""

from collections.abc import Iterable
from typing import NamedTuple

from whoosh.searching import Searcher

from index.analysis import tokenize
from index.columns import Columns
from index.document import Document
from index.schema import from_stored
from index.whoosh_index import Generation
from search.deadline import Deadline
from search.errors import DocumentMissingError
from search.evaluate import Matches, evaluate
from search.query import Query
from search.results import Notice
from search.whoosh_query import WhooshCompiler
from search.whoosh_scoring import LuceneBM25

SPELLING_FIELDS = ("body", "title")
"""Where words to suggest are looked for: fields of exact words, never of stems."""


class Matched(NamedTuple):
    """The documents that match a query, and what was dropped from it on the way."""

    matches: Matches
    notices: tuple[Notice, ...]


class GenerationReader:
    """Reads one generation for one request; not to be shared between threads."""

    def __init__(self, generation: Generation, searcher: Searcher, seconds: float) -> None:
        self._generation = generation
        self._searcher = searcher
        self._deadline = Deadline(seconds)

    @property
    def number(self) -> int:
        """The generation's number."""
        return self._generation.number

    @property
    def columns(self) -> Columns:
        """The generation's columns."""
        return self._generation.columns

    def matched(self, query: Query) -> Matched:
        """Return all documents that match a query, with their scores.

        Raises:
            QueryTimeoutError: when it takes too long.
        """
        compiler = WhooshCompiler(self._searcher.reader(), self._deadline)
        compiled = compiler.compile(query)
        matches = evaluate(
            compiled,
            self._searcher,
            lambda offset: LuceneBM25(self.columns, offset),
            self._deadline,
        )
        return Matched(matches, tuple(dict.fromkeys(compiler.notices)))

    def document(self, number: int) -> Document:
        """Return the stored document of a document number."""
        return from_stored(self._searcher.reader().stored_fields(number)["document"])

    def number_of(self, doc_id: str) -> int:
        """Return the document number of an id.

        Raises:
            DocumentMissingError: when there is none.
        """
        try:
            number = self._searcher.document_number(id=doc_id)
        except UnicodeEncodeError:  # half a surrogate pair: no text that is stored has one
            number = None
        if number is None:
            raise DocumentMissingError(doc_id)
        return int(number)

    def frequency(self, word: str) -> int:
        """Return in how many documents a word stands, as it was typed."""
        return max(
            (
                int(self._searcher.reader().doc_frequency(field, token.text))
                for token in tokenize(word)
                for field in SPELLING_FIELDS
            ),
            default=0,
        )

    def near_words(self, word: str, distance: int) -> Iterable[str]:
        """Return the archive's words within an edit distance that begin with the same letter.

        Few misspell a word's first letter, and looking only there is several times as fast.
        """
        self._deadline.check()
        reader = self._searcher.reader()
        found = (reader.terms_within(field, word, distance, prefix=1) for field in SPELLING_FIELDS)
        return dict.fromkeys(near for words in found for near in words)
