"""A search over plain rows, a document at a time: what the kernels must find, worked out slowly."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from whoosh import query as wq

from index.segments.field_norms import round_length
from search.execution.deadline import Deadline
from search.execution.evaluator import Scoring, evaluate
from search.execution.snapshot import Snapshot
from search.execution.whoosh_scoring import LuceneNear, LucenePhrase
from search.matches import Filters, Found, FoundHit, Wanted
from tests.index.segments.plain_segments import (
    LAYOUT,
    Row,
    build,
    in_order,
    open_segment,
    tokens_of,
)

WEIGHTS = {"title": 0.7, "body": 0.35, "stem": 1.3}
Scores = dict[int, float]
Positions = dict[int, list[int]]


class Choice(NamedTuple):
    """A filter of a facet: any of the values to allow ("" is "none"), none of those to deny."""

    allow: frozenset[str] | None = None
    deny: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PlainFilters:
    """Filters by value: of each facet that has one, and of the number."""

    choices: dict[str, Choice] = field(default_factory=dict)
    number: tuple[int, int] | None = None


class Expected(NamedTuple):
    """What a search must find; hits in order, where that is not by score."""

    scores: Scores
    matched: int
    total_without: dict[str, int]
    counts: dict[str, Counter[str]]


class PlainArchive:
    """Rows, the same in segments, and which of them were deleted."""

    def __init__(
        self, folder: Path, rows: Sequence[Row], docs_most: int, deleted: Iterable[int] = ()
    ) -> None:
        self.rows, self.deleted = rows, frozenset(deleted)
        paths = build(folder, rows, docs_most, batch_docs=min(500, docs_most))
        segments, first = [], 0
        for path in paths:
            whole = open_segment(path)
            here = [n - first for n in sorted(self.deleted) if 0 <= n - first < whole.doc_count]
            segments.append((open_segment(path, here), first))
            first += whole.doc_count
        self.snapshot = Snapshot(segments, LAYOUT.facets, LAYOUT.orders)

    def __repr__(self) -> str:
        return f"<archive of {len(self.rows)} in {len(self.snapshot.views)}>"

    def find(
        self,
        query: Any,
        wanted: Wanted | None = None,
        filters: PlainFilters | None = None,
        seconds: float = 60,
        run_matcher: Any = None,
    ) -> Found:
        """Search with the kernels; all hits by score, unless told otherwise."""
        wanted = wanted or Wanted(len(self.rows), "newest", by_score=True)
        scoring = Scoring(WEIGHTS, lambda _, text: str(text).encode(), run_matcher)
        held = self._ordinals(filters or PlainFilters())
        return evaluate(query, self.snapshot, scoring, wanted, held, Deadline(seconds))

    def counts(self, found: Found, name: str) -> Counter[str]:
        """A facet's counts by value, "" for "none"; zeros left out."""
        place, values = self.snapshot.facets[name], self.snapshot.facet_values
        part = slice(place.first, place.none + 1)
        return +Counter(dict(zip(values[part], found.counts[part].tolist(), strict=True)))

    def expected(self, query: Any, filters: PlainFilters | None = None) -> Expected:
        """Search a document at a time."""
        filters = filters or PlainFilters()
        scores = {n: s for n, s in self.scores(query).items() if n not in self.deleted}
        failing = {n: self._failing(n, filters) for n in scores}
        counts = {
            name: Counter(
                value
                for n, failed in failing.items()
                if failed <= {name}
                for value in self.values(n, name)
            )
            for name in LAYOUT.facets
        }
        alone = Counter(next(iter(failed)) for failed in failing.values() if len(failed) == 1)
        kept = {n: s for n, s in scores.items() if not failing[n]}
        return Expected(kept, len(scores), alone, counts)

    def values(self, number: int, name: str) -> set[str]:
        """The values of a row in a facet; "" where it has none."""
        row = self.rows[number]
        return set(row.tags if name == "tag" else row.kinds) or {""}

    def ranks(self, order: str) -> dict[int, int]:
        """The place of each document in an order."""
        places = in_order(self.rows, is_descending=order == "newest")
        return {number: place for place, number in enumerate(places)}

    def scores(self, query: Any) -> Scores:  # noqa: C901, PLR0911 - one return a class of query
        """The documents that match, deleted ones too, and their scores."""
        match query:
            case LucenePhrase():
                texts = [word.encode() for word in query.words]
                return (
                    self._weighed(query.fieldname, query.words, query.boost, self._phrase(query))
                    if texts
                    else {}
                )
            case wq.Term():
                held = self.postings[query.fieldname].get(str(query.text), {})
                return self._weighed(query.fieldname, [str(query.text)], query.boost, held)
            case wq.Or():
                boost = query.boost if len(query.subqueries) > 1 else 1.0
                return _times(_sum(map(self.scores, query.subqueries)), boost)
            case wq.And():
                parts = [self.scores(part) for part in query.subqueries]
                common = set.intersection(*map(set, parts)) if parts else set()
                boost = query.boost if len(query.subqueries) > 1 else 1.0
                return _times(_only(_sum(parts), common), boost)
            case wq.AndNot():
                wanted = self.scores(query.a)
                return _only(wanted, set(wanted) - set(self.scores(query.b)))
            case wq.AndMaybe():
                wanted = self.scores(query.a)
                return _only(_sum([wanted, self.scores(query.b)]), set(wanted))
            case wq.Require():
                wanted = self.scores(query.a)
                return _only(wanted, set(wanted) & set(self.scores(query.b)))
            case wq.Not():
                unwanted = self.scores(query.query)
                return {n: 1.0 for n in range(len(self.rows)) if n not in unwanted}
            case wq.ConstantScoreQuery():
                return dict.fromkeys(self.scores(query.child), query.score)
            case wq.Prefix():
                terms = [t for t in self.postings[query.fieldname] if t.startswith(query.text)]
                found = {n for term in terms for n in self.postings[query.fieldname][term]}
                return dict.fromkeys(found, query.boost)
            case wq.NumericRange():
                return dict.fromkeys(self._numbered(query), query.boost)
            case wq.Every():
                return dict.fromkeys(range(len(self.rows)), query.boost)
        raise NotImplementedError(query)

    @cached_property
    def postings(self) -> dict[str, dict[str, Positions]]:
        """By field and term, the positions in each document."""
        held: dict[str, dict[str, Positions]] = {n: defaultdict(dict) for n in LAYOUT.term_fields}
        for number, row in enumerate(self.rows):
            for word, position in tokens_of(row.title):
                held["title"][word].setdefault(number, []).append(position)
            for word, position in tokens_of(row.body):
                held["body"][word].setdefault(number, []).append(position)
                held["stem"][word[:3]].setdefault(number, []).append(position)
            held["key"][row.key][number] = [0]
        return held

    @cached_property
    def lengths(self) -> dict[str, Counter[int]]:
        """By field, the tokens of each document that has any."""
        return {
            name: _total(held) for name, held in self.postings.items() if name not in LAYOUT.keys
        }

    def _weighed(self, name: str, words: Sequence[str], boost: float, held: Positions) -> Scores:
        """BM25 of a term or phrase, as `search.ranking` tells it; 1 in a field of keys."""
        if name in LAYOUT.keys:
            return dict.fromkeys(held, boost)
        lengths = self.lengths[name]
        average = sum(lengths.values()) / max(len(lengths), 1)
        counts = [len(self.postings[name].get(word, {})) for word in words]
        idf = sum(math.log(1 + (len(lengths) - n + 0.5) / (n + 0.5)) for n in counts)
        scores = {}
        for number, positions in held.items():
            norm = 1.2 * (0.25 + 0.75 * round_length(lengths[number]) / average)
            scores[number] = WEIGHTS[name] * boost * idf * len(positions) / (len(positions) + norm)
        return scores

    def _near(self, query: Any) -> Positions:
        """By document, where windows begin that hold all words, and would not if cut at an end."""
        width, held = len(query.words) + query.slop - 1, self.postings[query.fieldname]
        found = {}
        for number in set.intersection(*(set(held.get(word, {})) for word in query.words)):
            words = {place: word for word in set(query.words) for place in held[word][number]}

            def is_whole(first: int, last: int, words: dict[int, str] = words) -> bool:
                here = Counter(words.get(place) for place in range(first, last + 1))
                return Counter(query.words) <= here

            near = [
                first
                for first in sorted(words)
                for last in range(first, first + width)
                if is_whole(first, last)
                and not is_whole(first + 1, last)
                and not is_whole(first, last - 1)
            ]
            if near:
                found[number] = near
        return found

    def _phrase(self, query: Any) -> Positions:
        if isinstance(query, LuceneNear):
            return self._near(query)
        held = [self.postings[query.fieldname].get(word, {}) for word in query.words]
        found = {}
        for number in set.intersection(*map(set, held)):
            places = set(held[0][number])
            for distance, word in enumerate(held):
                places &= {position - distance for position in word[number]}
            if places:
                found[number] = sorted(places)
        return found

    def _numbered(self, query: Any) -> list[int]:
        least = -math.inf if query.start is None else query.start
        most = math.inf if query.end is None else query.end
        numbers = [(n, row.number) for n, row in enumerate(self.rows) if row.number is not None]
        return [
            n
            for n, number in numbers
            if least <= number <= most
            and not (query.startexcl and number == query.start)
            and not (query.endexcl and number == query.end)
        ]

    def _failing(self, number: int, filters: PlainFilters) -> set[str]:
        failing = set()
        for name, choice in filters.choices.items():
            values = self.values(number, name)
            is_allowed = choice.allow is None or values & choice.allow
            if not is_allowed or values & choice.deny:
                failing.add(name)
        if filters.number:
            held = self.rows[number].number
            if held is None or not filters.number[0] <= held <= filters.number[1]:
                failing.add("number")
        return failing

    def _ordinals(self, filters: PlainFilters) -> Filters:
        allow, deny = {}, {}
        for name, choice in filters.choices.items():
            bit = list(self.snapshot.facets).index(name)
            if choice.allow is not None:
                allow[bit] = self._known(name, choice.allow)
            if choice.deny:
                deny[bit] = self._known(name, choice.deny)
        number = ("number", *filters.number) if filters.number else None
        return Filters(allow, deny, number)

    def _known(self, name: str, values: Iterable[str]) -> list[int]:
        none = self.snapshot.facets[name].none
        found = [none if v == "" else self.snapshot.facet_ordinal(name, v) for v in values]
        return [ordinal for ordinal in found if ordinal is not None]


def ordered(archive: PlainArchive, hits: Sequence[FoundHit], wanted: Wanted) -> list[FoundHit]:
    """Put hits in the order wanted, by their own scores."""
    ranks = archive.ranks(wanted.order)
    return sorted(hits, key=lambda hit: (-hit.score if wanted.by_score else 0.0, ranks[hit.number]))


def _total(held: dict[str, Positions]) -> Counter[int]:
    lengths: Counter[int] = Counter()
    for documents in held.values():
        for number, positions in documents.items():
            lengths[number] += len(positions)
    return lengths


def _sum(parts: Iterable[Scores]) -> Scores:
    total: Scores = defaultdict(float)
    for part in parts:
        for number, score in part.items():
            total[number] += score
    return total


def _only(scores: Scores, numbers: set[int]) -> Scores:
    return {number: score for number, score in scores.items() if number in numbers}


def _times(scores: Scores, factor: float) -> Scores:
    return {number: score * factor for number, score in scores.items()}
