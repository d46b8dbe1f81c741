"""The columnar index against Whoosh's own codec: every class of queries finds the same."""

import datetime as dt
import inspect
import random
from collections.abc import Callable
from typing import Any

import pytest
import whoosh.query
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as wq
from whoosh.scoring import Frequency

from tests.oracle.exclusion import Without
from tests.oracle.random_archives import KINDS, MONTHS, SHAPES, WORDS, Archive, make_archives
from tests.oracle.scoring import searchers

Rng = random.Random
Case = Callable[[Rng], wq.Query]


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[Archive]:
    """A handful of random archives, each in two indexes."""
    return make_archives(lambda: tmp_path_factory.mktemp("columnar"))


def field(rng: Rng) -> str:
    """A field of text."""
    return rng.choice(("title", "body", "stem"))


def term(rng: Rng, name: str = "") -> wq.Query:
    """A word of a field, sometimes with a boost."""
    name = name or field(rng)
    word = rng.choice(WORDS)
    return wq.Term(name, word[:3] if name == "stem" else word, boost=rng.choice((1.0, 1.0, 2.5)))


def terms(rng: Rng, name: str = "") -> list[wq.Query]:
    """Two or three words."""
    return [term(rng, name) for _ in range(rng.randint(2, 3))]


def placed(rng: Rng) -> list[wq.Query]:
    """Two words of one field with positions."""
    name = rng.choice(("title", "body"))
    return [term(rng, name), term(rng, name)]


def number_range(rng: Rng) -> wq.Query:
    """A range of dates, open or closed at either end."""
    bounds = (None, -(2**31), 0, 1, 700, 1500, 2999, 2**31 - 2)
    ends = [rng.choice(bounds), rng.choice(bounds)]
    return wq.NumericRange("date", *ends, rng.random() < 0.5, rng.random() < 0.5)


def date_range(rng: Rng) -> wq.Query:
    """A range of moments: microseconds from the first day on, as a number field may have them."""
    first = dt.datetime(1, 1, 1, microsecond=rng.randint(1, 900))  # noqa: DTZ001 - as Whoosh has them
    return wq.DateRange("date", first, None)


def parents(rng: Rng) -> wq.Query:
    """Documents that stand before others which belong to them."""
    return wq.Term("kind", rng.choice(KINDS))


def conditioned(rng: Rng) -> wq.Query:
    """Documents whose number in a column is large; scored from outside, since it cannot be."""
    least = rng.randint(0, 3000)
    found = wq.ColumnQuery("date", lambda value: value > least)
    return wq.ConstantScoreQuery(found) if rng.random() < 0.9 else found


CASES: dict[type, Case] = {
    wq.Term: term,
    wq.And: lambda rng: wq.And(terms(rng), boost=rng.choice((1.0, 3.0))),
    wq.Or: lambda rng: wq.Or(terms(rng), minmatch=rng.choice((0, 2))),
    wq.DefaultOr: lambda rng: wq.DefaultOr(terms(rng)),
    wq.SplitOr: lambda rng: wq.SplitOr(terms(rng)),
    wq.PreloadedOr: lambda rng: wq.PreloadedOr(terms(rng)),
    wq.DisjunctionMax: lambda rng: wq.DisjunctionMax(terms(rng), tiebreak=0.3),
    wq.Not: lambda rng: wq.Not(term(rng)),
    wq.AndNot: lambda rng: wq.AndNot(term(rng), term(rng)),
    wq.AndMaybe: lambda rng: wq.AndMaybe(term(rng), term(rng)),
    wq.Require: lambda rng: wq.Require(term(rng), term(rng)),
    wq.Otherwise: lambda rng: wq.Otherwise(wq.Term("body", rng.choice(("x", "made"))), term(rng)),
    wq.Prefix: lambda rng: wq.Prefix(
        field(rng), rng.choice(("re", "sha", "fa", "z", "")), constantscore=rng.random() < 0.5
    ),
    wq.Wildcard: lambda rng: wq.Wildcard(
        field(rng), rng.choice(("*ade", "?ade", "r*g", "*", "caf?"))
    ),
    wq.Regex: lambda rng: wq.Regex(
        field(rng), rng.choice(("[bf]l?ade.*", ".*", "ren.*", "über|zoë"))
    ),
    wq.FuzzyTerm: lambda rng: wq.FuzzyTerm(
        field(rng), rng.choice(WORDS), maxdist=rng.randint(1, 2), prefixlength=rng.randint(0, 2)
    ),
    wq.Variations: lambda rng: wq.Variations(field(rng), rng.choice(WORDS)),
    wq.TermRange: lambda rng: wq.TermRange(
        rng.choice(("title", "month")), *sorted(rng.sample((*WORDS, *MONTHS), 2))
    ),
    wq.NumericRange: number_range,
    wq.DateRange: date_range,
    wq.Every: lambda rng: wq.Every(rng.choice((None, "title", "month", "date"))),
    wq.Phrase: lambda rng: wq.Phrase(
        rng.choice(("title", "body")), rng.choices(WORDS, k=2), slop=rng.randint(1, 4)
    ),
    wq.Sequence: lambda rng: wq.Sequence(placed(rng), slop=rng.randint(1, 5)),
    wq.Ordered: lambda rng: wq.Ordered(placed(rng)),
    wq.ConstantScoreQuery: lambda rng: wq.ConstantScoreQuery(term(rng), 1.7),
    wq.WeightingQuery: lambda rng: wq.WeightingQuery(term(rng), Frequency()),
    wq.ColumnQuery: conditioned,
    wq.NestedParent: lambda rng: wq.NestedParent(parents(rng), term(rng)),
    wq.NestedChildren: lambda rng: wq.NestedChildren(parents(rng), parents(rng)),
    wq.SpanFirst: lambda rng: wq.SpanFirst(placed(rng)[0], limit=rng.randint(0, 9)),
    wq.SpanNear: lambda rng: wq.SpanNear(*placed(rng), slop=rng.randint(1, 6), ordered=False),
    wq.SpanNear2: lambda rng: wq.SpanNear2(placed(rng), slop=rng.randint(1, 6)),
    wq.SpanNot: lambda rng: wq.SpanNot(*placed(rng)),
    wq.SpanOr: lambda rng: wq.SpanOr(placed(rng)),
    wq.SpanContains: lambda rng: wq.SpanContains(
        wq.SpanNear(*placed(rng), slop=9), term(rng, "body")
    ),
    wq.SpanBefore: lambda rng: wq.SpanBefore(*placed(rng)),
    wq.SpanCondition: lambda rng: wq.SpanCondition(*placed(rng)),
    type(wq.NullQuery): lambda _: wq.NullQuery,
}
"""How to make a random query of each class."""

UNASKED = {
    wq.Query: "the base of all",
    wq.CompoundQuery: "the base of those with several parts",
    wq.BinaryQuery: "the base of those with two parts",
    wq.MultiTerm: "the base of those that expand to terms",
    wq.PatternQuery: "the base of those that expand by a pattern",
    wq.ExpandingTerm: "the base of those that expand a word",
    wq.WrappingQuery: "the base of those around another query",
    wq.SpanQuery: "the base of those with positions",
    wq.WrappingSpan: "the base of those around a query with positions",
    wq.SpanBiQuery: "the base of those of two queries with positions",
}
"""The classes of `whoosh.query` that match nothing by themselves, and why."""

SILENT = {type(wq.NullQuery)}
"""The classes that never find anything."""


FAILING = {wq.SplitOr: AttributeError}
"""What cannot be run in Whoosh 3.54 itself: `SplitOr` asks for an `ArrayMatcher` that is not there.
(`ColumnQuery` cannot be scored by itself either, and `NumericRange` not be empty at a limit.)"""


def attempt(asked: Callable[[], Any]) -> Any:
    """Return an answer, or which error is raised: the oracle's has to be the other's too."""
    try:
        return asked()
    except Exception as error:  # noqa: BLE001 - whatever it is
        return type(error)


def scores(searcher: Any, query: wq.Query, **options: Any) -> Any:
    """Return the scores of the hits by document, in order."""
    return attempt(lambda: {hit.docnum: hit.score for hit in searcher.search(query, **options)})


def best(searcher: Any, query: wq.Query) -> Any:
    """Return the best scores, as they are found by passing over what cannot be among them."""
    return attempt(lambda: [hit.score for hit in searcher.search(query, limit=3)])


def numbers(searcher: Any, query: wq.Query) -> Any:
    """Return the matching documents, unscored."""
    return attempt(lambda: set(searcher.docs_for_query(query)))


def about(expected: Any) -> Any:
    """Allow for scores that were rounded in another way; errors must be the same."""
    return expected if isinstance(expected, type) else pytest.approx(expected, rel=1e-6)


def test_every_class_of_whoosh_queries_is_asked() -> None:
    """A class that Whoosh adds must be tried, or it is said why not."""
    found = {
        value
        for _, value in inspect.getmembers(whoosh.query, inspect.isclass)
        if issubclass(value, wq.Query)
    }
    assert found == {*CASES, *UNASKED}
    assert not {*CASES} & {*UNASKED}


@pytest.mark.parametrize("kind", CASES, ids=lambda kind: kind.__name__)
def test_every_class_of_queries_finds_the_same_with_the_same_scores(
    archives: list[Archive], kind: type
) -> None:
    """All documents and the best ones; and every class finds something that can be compared."""
    rng = random.Random(kind.__name__)
    found: list[Any] = []
    for archive in archives:
        oracle, columnar = searchers(archive)
        for _ in range(12):
            asked = CASES[kind](rng)
            found.append(scores(oracle, asked, limit=None))
            assert scores(columnar, asked, limit=None) == about(found[-1]), asked
            assert numbers(columnar, asked) == numbers(oracle, asked), asked
            assert best(columnar, asked) == about(best(oracle, asked)), asked
    if kind in FAILING:
        assert FAILING[kind] in found
    elif kind not in SILENT:
        assert any(isinstance(each, dict) and each for each in found)


def tree(rng: Rng, depth: int = 2) -> wq.Query:
    """A query of several classes within each other."""
    if depth == 0:
        return CASES[rng.choice((wq.Term, wq.Prefix, wq.Phrase, wq.DateRange, wq.Every))](rng)
    parts = [tree(rng, depth - 1) for _ in range(rng.randint(2, 3))]
    joined = rng.choice((wq.And, wq.Or, wq.DisjunctionMax))(parts)
    return Without(joined, tree(rng, 0)) if rng.random() < 0.3 else joined


@settings(max_examples=120, deadline=None)
@given(number=st.integers(0, len(SHAPES) - 1), seed=st.integers(0, 2**20))
def test_queries_within_queries_find_the_same(
    archives: list[Archive], number: int, seed: int
) -> None:
    """And, Or and exclusions of words, prefixes, phrases and ranges of numbers.

    The exclusion is ours: that of Whoosh 3.54 lets excluded documents through.
    """
    oracle, columnar = searchers(archives[number])
    asked = tree(Rng(seed))
    assert scores(columnar, asked, limit=None) == about(scores(oracle, asked, limit=None))
    assert best(columnar, asked) == about(best(oracle, asked))


@pytest.mark.parametrize("number", range(len(SHAPES)))
def test_exclusion_leaves_what_the_other_query_does_not_match(
    archives: list[Archive], number: int
) -> None:
    """Against plain sets, since Whoosh's own exclusion is no oracle."""
    rng, archive = Rng(number), archives[number]
    _, columnar = searchers(archive)
    body = archive.texts("body")
    for _ in range(20):
        wanted, unwanted = rng.sample(WORDS, 2)
        asked = Without(wq.Term("body", wanted), wq.Term("body", unwanted))
        left = {n for n, words in enumerate(body) if wanted in words and unwanted not in words}
        assert numbers(columnar, asked) == left - archive.deleted
