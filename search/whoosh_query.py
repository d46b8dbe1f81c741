"""From the query tree to a Whoosh query.

A word without a field becomes one Whoosh term for each field that plain words search; which fields
those are, and what each counts for, is told in `search.ranking`.
"""

import datetime as dt
import heapq
from itertools import islice
from typing import Any

from whoosh import query as whoosh
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.reading import IndexReader

from index.analysis import tokenize
from index.stemming import stem
from search.deadline import Deadline
from search.query import All, And, DateRange, Not, Or, Phrase, Prefix, Query, Term
from search.ranking import WEIGHT_BY_NAME, searched_fields
from search.results import Notice
from search.whoosh_exclusion import Without
from search.whoosh_scoring import LucenePhrase

PREFIX_TERMS_MOST = 1000
"""Most words that a prefix stands for, in one field: the commonest ones, with a notice."""


class WhooshCompiler:
    """Turns query trees into Whoosh queries for one reader; collects `notices` on the way."""

    def __init__(self, reader: IndexReader, deadline: Deadline) -> None:
        self._reader = reader
        self._deadline = deadline
        self.notices: list[Notice] = []

    def compile(self, query: Query) -> Any:  # noqa: PLR0911 - one return a node of the tree
        """Return the Whoosh query for a tree."""
        match query:
            case All():
                return whoosh.Every()
            case Term(text, field):
                return self._term(text, field)
            case Phrase(text, field):
                return self._phrase(text, field)
            case Prefix(text, field):
                return self._prefix(text, field)
            case DateRange(start, end):
                return whoosh.NumericRange("date", _day_number(start), _day_number(end))
            case Or(parts):
                return whoosh.Or([self.compile(part) for part in parts])
            case Not(part):
                return Without(whoosh.Every(), self.compile(part))
            case And(parts):
                return self._and(parts)

    def _and(self, parts: tuple[Query, ...]) -> Any:
        wanted = [self.compile(part) for part in parts if not isinstance(part, Not)]
        unwanted = [self.compile(part.part) for part in parts if isinstance(part, Not)]
        if any(self._finds_nothing(part) for part in wanted):
            return whoosh.NullQuery
        matched = whoosh.And(wanted) if wanted else whoosh.Every()
        return Without(matched, whoosh.Or(unwanted)) if unwanted else matched

    def _finds_nothing(self, part: Any) -> bool:
        """Whether a word stands nowhere; then the other words need not be looked at."""
        terms = part.subqueries if isinstance(part, whoosh.Or) else [part]
        return all(
            isinstance(term, whoosh.Term) and (term.fieldname, term.text) not in self._reader
            for term in terms
        )

    def _term(self, text: str, field: str | None) -> Any:
        words = [token.text for token in tokenize(text)]
        if len(words) > 1:
            return self._phrase(text, field)
        return whoosh.Or([_whoosh_term(name, w) for name in searched_fields(field) for w in words])

    def _phrase(self, text: str, field: str | None) -> Any:
        words = [token.text for token in tokenize(text)]
        names = [name for name in searched_fields(field) if not name.endswith("_stem")]
        if len(words) == 1:
            return whoosh.Or([whoosh.Term(name, words[0]) for name in names])
        return whoosh.Or([LucenePhrase(name, words, self._deadline) for name in names if words])

    def _prefix(self, text: str, field: str | None) -> Any:
        words = [token.text for token in tokenize(text)]
        if len(words) != 1:
            return self._phrase(text, field)
        names = [name for name in searched_fields(field) if not name.endswith("_stem")]
        return whoosh.Or([self._prefix_in(name, words[0]) for name in names])

    def _prefix_in(self, name: str, prefix: str) -> Any:
        found = list(islice(self._reader.expand_prefix(name, prefix), PREFIX_TERMS_MOST * 20))
        if len(found) > PREFIX_TERMS_MOST:
            self.notices.append(Notice("prefix_cut", f"{prefix}*"))
            frequency = {term: self._reader.doc_frequency(name, term) for term in found}
            found = heapq.nlargest(PREFIX_TERMS_MOST, found, key=frequency.__getitem__)
        return AnyTerm(name, found, WEIGHT_BY_NAME[name], self._deadline)


class AnyTerm(whoosh.Query):
    """Documents with any of these terms, all with the same score.

    It collects whole posting lists into one set, since nothing in them is scored; Whoosh's union of
    a thousand terms would walk them side by side.
    """

    def __init__(self, fieldname: str, terms: list[Any], score: float, deadline: Deadline) -> None:
        self._deadline = deadline
        self.fieldname = fieldname
        self.terms_of_field = terms
        self.score = score

    def estimate_size(self, reader: IndexReader) -> int:
        """Return a number of documents that is never too small: Whoosh orders its work by it."""
        return sum(reader.doc_frequency(self.fieldname, term) for term in self.terms_of_field)

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """Return a matcher of the documents."""
        del context  # nothing here depends on weights
        reader = searcher.reader()
        docs: set[int] = set()
        for term in self.terms_of_field:
            self._deadline.check()
            if (self.fieldname, term) in reader:
                docs.update(reader.postings(self.fieldname, term).all_ids())
        return ListMatcher(sorted(docs), all_weights=self.score) if docs else NullMatcher()


def _whoosh_term(name: str, word: str) -> Any:
    return whoosh.Term(name, stem(word) if name.endswith("_stem") else word)


def _day_number(day: dt.date | None) -> int | None:
    return int(day.strftime("%Y%m%d")) if day else None
