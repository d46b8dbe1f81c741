"""A plain search over rows, one document at a time: what the kernels must find, worked out slowly.

Nodes of plans name their terms here, and `to_plan` numbers them as the planner does:

>>> to_plan(AllOf((term("body", "beras"),), (phrase("body", "beras naik"),))).terms
(('body', b'beras'), ('body', b'naik'))
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from index.segments.segment import open_segment
from search.execution.deadline import Deadline
from search.execution.evaluator import Scope, evaluate
from search.execution.planner import (
    AllOf,
    AnyOf,
    AnyTerm,
    EveryDocument,
    NumberRange,
    Plan,
    TermsFrom,
    TermsTogether,
)
from search.execution.snapshot import Snapshot
from search.matches import Matches, ScoredDocument, Selection
from tests.index.segments.plain_segments import LAYOUT, Row, build, tokens_of
from tests.oracle.plain import (
    NO_FILTERS,
    Counted,
    PlainDocument,
    PlainFilters,
    count,
    facet_counts,
    in_order,
    lucene_length,
)

WEIGHTS = {"title": 0.7, "body": 0.35, "stem": 1.3}
Scores = dict[int, float]
Positions = dict[int, list[int]]


def term(field: str, *words: str) -> AnyTerm:
    """Any of some words of a field."""
    return AnyTerm(tuple((field, word.encode()) for word in words))


def phrase(field: str, words: str, reach: int | None = None) -> TermsTogether:
    """Words of a field side by side; with a reach, near each other."""
    return TermsTogether(field, term(field, *words.split()).numbers, reach)


def prefix(field: str, text: str, score: float = 1.0) -> TermsFrom:
    """Any word of a field that begins with a text."""
    return TermsFrom(field, text.encode(), score)


def to_plan(node: Any) -> Plan:
    """Return the plan of a node that names its terms."""
    numbers: dict[Any, int] = {}
    root = _numbered(node, numbers)
    return Plan(root, tuple(numbers))


def _numbered(node: Any, numbers: dict[Any, int]) -> Any:
    match node:
        case AnyTerm(terms) | TermsTogether(_, terms):
            own = tuple(numbers.setdefault(each, len(numbers)) for each in terms)
            return node._replace(numbers=own)
        case AnyOf(parts):
            return node._replace(parts=tuple(_numbered(part, numbers) for part in parts))
        case AllOf(must, must_not):
            must, must_not = ([_numbered(part, numbers) for part in own] for own in node)
            return AllOf(tuple(must), tuple(must_not))
    return node


class PlainArchive:
    """Rows, the same rows in segments, and which of them were deleted."""

    def __init__(
        self, folder: Path, rows: Sequence[Row], docs_most: int, deleted: Iterable[int] = ()
    ) -> None:
        self.rows, self.deleted = rows, frozenset(deleted)
        self.documents = [
            PlainDocument(r.key, r.number, {"tag": frozenset(r.tags), "kind": frozenset(r.kinds)})
            for r in rows
        ]
        paths = build(folder, rows, docs_most, batch_docs=min(500, docs_most))
        segments, first = [], 0
        for path in paths:
            whole = open_segment(path)
            own = [n - first for n in sorted(self.deleted) if 0 <= n - first < whole.doc_count]
            segments.append((open_segment(path, own), first))
            first += whole.doc_count
        self.snapshot = Snapshot(segments, LAYOUT.facets, LAYOUT.orders)

    def __repr__(self) -> str:
        return f"<archive of {len(self.rows)} in {len(self.snapshot.views)}>"

    def find(
        self,
        node: Any,
        selection: Selection | None = None,
        filters: PlainFilters = NO_FILTERS,
        seconds: float = 60,
    ) -> Matches:
        """Search with the kernels; all hits by score, where no selection is given."""
        selection = selection or Selection(len(self.rows), "newest", by_score=True)
        scope = Scope(self.snapshot, WEIGHTS, Deadline(seconds))
        ordinals = filters.as_ordinals(self.snapshot.facets, "number")
        return evaluate(to_plan(node), scope, selection, ordinals)

    def counts(self, matches: Matches, name: str) -> Counter[str]:
        """A facet's counts by value, "" for "no value"; zeros left out."""
        return facet_counts(self.snapshot.facets, matches, name)

    def expected(self, node: Any) -> Scores:
        """Search one document at a time; deleted documents left out."""
        return {n: score for n, score in self._scores(node).items() if n not in self.deleted}

    def expected_counts(self, node: Any, filters: PlainFilters) -> Counted:
        """Filter and count what a plain search finds."""
        return count(self.documents, self.expected(node), filters, LAYOUT.facets)

    def in_order(self, hits: Sequence[ScoredDocument], selection: Selection) -> list[int]:
        """Sort hits as selected, by their own scores; return their numbers."""
        scores = {hit.number: hit.score for hit in hits}
        return in_order(self.documents, scores, selection.order, by_score=selection.by_score)

    def _scores(self, node: Any) -> Scores:  # noqa: PLR0911 - one return a class of node
        """Return the documents that match, deleted ones included, and their scores."""
        match node:
            case AnyTerm(terms):
                return _sum(self._score_term(field, text.decode()) for field, text in terms)
            case TermsTogether(field, terms, reach):
                words = [text.decode() for _, text in terms]
                if reach is None:
                    return self._bm25(field, words, self._phrase(field, words))
                near = self._near(field, words, reach)
                total = _sum(self._score_term(field, word) for word in set(words))
                return {number: total[number] for number in near}
            case TermsFrom(field, text, score):
                known = self.postings.get(field, {}).items()
                found = [docs for word, docs in known if word.encode().startswith(text)]
                return dict.fromkeys((n for docs in found for n in docs), score)
            case NumberRange(_, low, high):
                return dict.fromkeys(self._in_range(low, high), 1.0)
            case EveryDocument():
                return dict.fromkeys(range(len(self.rows)), 1.0)
            case AnyOf(parts, boost):
                return {n: boost * s for n, s in _sum(map(self._scores, parts)).items()}
            case AllOf(must, must_not):
                parts = [self._scores(part) for part in must]
                kept = set.intersection(*map(set, parts)).difference(*map(self._scores, must_not))
                return {n: score for n, score in _sum(parts).items() if n in kept}
        raise NotImplementedError(node)

    @cached_property
    def postings(self) -> dict[str, dict[str, Positions]]:
        """By field and term, the positions in each document."""
        postings: dict[str, dict[str, Positions]] = {
            name: defaultdict(dict) for name in LAYOUT.term_fields
        }
        for number, row in enumerate(self.rows):
            for word, position in tokens_of(row.title):
                postings["title"][word].setdefault(number, []).append(position)
            for word, position in tokens_of(row.body):
                postings["body"][word].setdefault(number, []).append(position)
                postings["stem"][word[:3]].setdefault(number, []).append(position)
            postings["key"][row.key][number] = [0]
        return postings

    @cached_property
    def lengths(self) -> dict[str, Counter[int]]:
        """By field, the number of tokens of each document that has any."""
        fields = [name for name in self.postings if name not in LAYOUT.keys]
        return {name: _lengths(self.postings[name].values()) for name in fields}

    def _docs(self, field: str, word: str) -> Positions:
        return self.postings.get(field, {}).get(word, {})

    def _score_term(self, field: str, word: str) -> Scores:
        return self._bm25(field, [word], self._docs(field, word))

    def _bm25(self, field: str, words: Sequence[str], found: Positions) -> Scores:
        """Score a term or a phrase by the formula of `search.ranking`; 1 in a field of keys."""
        if field in LAYOUT.keys or not found:
            return dict.fromkeys(found, 1.0)
        lengths = self.lengths[field]
        average = sum(lengths.values()) / max(len(lengths), 1)
        counts = [len(self._docs(field, word)) for word in words]
        idf = sum(math.log(1 + (len(lengths) - n + 0.5) / (n + 0.5)) for n in counts)
        scores = {}
        for number, positions in found.items():
            norm = 1.2 * (0.25 + 0.75 * lucene_length(lengths[number]) / average)
            scores[number] = WEIGHTS[field] * idf * len(positions) / (len(positions) + norm)
        return scores

    def _phrase(self, field: str, words: Sequence[str]) -> Positions:
        """Return, by document, the positions at which words stand side by side."""
        postings = [self._docs(field, word) for word in words]
        found = {}
        for number in set.intersection(*map(set, postings)):
            starts = set(postings[0][number])
            for distance, docs in enumerate(postings):
                starts &= {position - distance for position in docs[number]}
            if starts:
                found[number] = sorted(starts)
        return found

    def _near(self, field: str, words: Sequence[str], reach: int) -> set[int]:
        """Return the documents that have a short window with all words."""
        found = set()
        for number in set.intersection(*(set(self._docs(field, word)) for word in words)):
            at = {p: word for word in set(words) for p in self._docs(field, word)[number]}

            def has_all(first: int, last: int, at: dict[int, str] = at) -> bool:
                window = Counter(at.get(position) for position in range(first, last + 1))
                return Counter(words) <= window

            if any(has_all(first, first + len(words) + reach - 1) for first in at):
                found.add(number)
        return found

    def _in_range(self, low: int | None, high: int | None) -> list[int]:
        least = -math.inf if low is None else low
        most = math.inf if high is None else high
        numbers = [(n, row.number) for n, row in enumerate(self.rows) if row.number is not None]
        return [n for n, number in numbers if least <= number <= most]


def _lengths(postings: Iterable[Positions]) -> Counter[int]:
    lengths: Counter[int] = Counter()
    for documents in postings:
        for number, positions in documents.items():
            lengths[number] += len(positions)
    return lengths


def _sum(parts: Iterable[Scores]) -> Scores:
    total: Scores = defaultdict(float)
    for part in parts:
        for number, score in part.items():
            total[number] += score
    return total
