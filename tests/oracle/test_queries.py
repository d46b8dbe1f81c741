"""Our codec against Whoosh's own: queries of every class of `whoosh.query` find the same."""

import inspect
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import whoosh.query
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as wq

from tests.oracle.comparing import attempt, compare_query, has_class
from tests.oracle.pair import Scores, run_matchers
from tests.oracle.queries import CASES, random_query
from tests.oracle.random_archives import SHAPES, WORDS, make_archive
from tests.oracle.random_pairs import RandomPair, open_pairs
from tests.oracle.vocabulary import Rng
from tests.oracle.whoosh_query import excluding
from tests.oracle.whoosh_scoring import LuceneNear, LucenePhrase


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[RandomPair]]:
    """Archives of one segment and of several, some documents deleted, some words very often."""
    opened = open_pairs(lambda: tmp_path_factory.mktemp("columnar"))
    yield opened
    for pair in opened:
        pair.close()


NOT_RUN = {
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
"""What Whoosh 3.54 itself cannot run: `SplitOr` uses an `ArrayMatcher` that does not exist."""

PRUNED_BY_BLOCKS = (wq.AndNot, wq.AndMaybe)
"""Classes whose best hits alone are not compared. For them, where the blocks of a list end decides
which documents Whoosh passes over, and our lists are one block each."""


def test_every_class_of_whoosh_queries_is_run() -> None:
    """A class that Whoosh adds must be run, or it is said why not; and two of our own."""
    members = inspect.getmembers(whoosh.query, inspect.isclass)
    found = {value for _, value in members if issubclass(value, wq.Query)}
    assert found | {LucenePhrase, LuceneNear} == {*CASES, *NOT_RUN}
    assert not {*CASES} & {*NOT_RUN}


def check(pair: RandomPair, query: wq.Query) -> Any:
    """Compare documents and scores, searched in every way; return Whoosh's, or what it raises."""
    assert not compare_query(pair, query).problems, query
    expected = attempt(lambda: run_matchers(query, pair.oracle))
    if isinstance(expected, dict):
        assert hits(pair.codec, query, None) == about(hits(pair.oracle, query, None)), query
        assert documents(pair.codec, query) == documents(pair.oracle, query), query
        if not has_class(query, *PRUNED_BY_BLOCKS):
            assert best(pair.codec, query) == about(best(pair.oracle, query)), query
    return expected


def hits(searcher: Any, query: wq.Query, limit: int | None) -> Scores | type:
    """Return the scores of the hits by document."""
    found = attempt(lambda: searcher.search(query, limit=limit))
    return found if isinstance(found, type) else {hit.docnum: hit.score for hit in found}


def best(searcher: Any, query: wq.Query) -> list[float] | type:
    """Return the best scores, found by passing over what cannot be one of them."""
    found = hits(searcher, query, 3)
    return found if isinstance(found, type) else list(found.values())


def documents(searcher: Any, query: wq.Query) -> set[int] | type:
    """Return the matching documents, unscored."""
    found: set[int] | type = attempt(lambda: set(searcher.docs_for_query(query)))
    return found


def about(expected: Any) -> Any:
    """Allow for rounding; errors must be the same."""
    return expected if isinstance(expected, type) else pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("kind", CASES, ids=lambda kind: kind.__name__)
def test_every_class_of_queries_finds_the_same_with_the_same_scores(
    pairs: list[RandomPair], kind: type
) -> None:
    """In every archive, many times; and every class finds something that can be compared."""
    rng = Rng(kind.__name__)
    found = [check(pair, CASES[kind](rng, pair.known)) for pair in pairs for _ in range(12)]
    if kind in FAILING:
        assert FAILING[kind] in found
    elif kind not in SILENT:
        assert any(isinstance(scores, dict) and scores for scores in found)


@settings(max_examples=300, deadline=None)
@given(number=st.integers(0, len(SHAPES)), seed=st.integers(0, 2**32))
def test_queries_within_queries_find_the_same(
    pairs: list[RandomPair], number: int, seed: int
) -> None:
    """Whatever is in what."""
    check(pairs[number], random_query(Rng(seed), pairs[number].known))


@pytest.mark.parametrize("number", range(len(SHAPES)))
def test_exclusion_leaves_what_the_other_query_does_not_match(
    pairs: list[RandomPair], number: int
) -> None:
    """Against plain sets: the oracle's exclusions are no oracle of themselves."""
    rng, pair = Rng(number), pairs[number]
    body = pair.archive.texts("body")
    for _ in range(20):
        required, excluded = rng.sample(WORDS, 2)
        query = excluding(wq.Term("body", required), [wq.Term("body", excluded)])
        left = {n for n, words in enumerate(body) if required in words and excluded not in words}
        for searcher in (pair.codec, pair.oracle):
            assert documents(searcher, query) == left - pair.archive.deleted


def test_exclusion_inside_others_is_answered_after_its_end(pairs: list[RandomPair]) -> None:
    """Whoosh's own lists raise where the last document was deleted; this is let pass elsewhere."""
    pair, found = pairs[1], list[Scores | type]()
    ids, titles = [doc.doc_id for doc in pair.archive.docs], pair.archive.texts("title")
    for word, number in product(WORDS, range(len(ids) - 1)):
        exclusion = wq.AndNot(wq.Term("title", word), wq.Term("id", ids[-1]))
        query = wq.And([exclusion, wq.Term("id", ids[number])])
        is_match = word in titles[number] and number not in pair.archive.deleted
        assert documents(pair.codec, query) == ({number} if is_match else set())
        found.append(attempt(partial(run_matchers, query, pair.oracle)))
    assert IndexError in found


UNUSUAL: dict[str, Callable[[], wq.Query]] = {
    "any of nothing": lambda: wq.Or([]),
    "all of nothing": lambda: wq.And([]),
    "nothing": lambda: wq.NullQuery,
    "any of nothings": lambda: wq.Or([wq.NullQuery, wq.Or([])]),
    "nothing and a word": lambda: wq.And([wq.NullQuery, wq.Term("body", "made")]),
    "a word without nothing": lambda: wq.AndNot(wq.Term("body", "made"), wq.NullQuery),
    "a word and maybe nothing": lambda: wq.AndMaybe(wq.Term("body", "made"), wq.NullQuery),
    "a word of no field": lambda: wq.Term("isi", "made"),
    "a phrase of no field": lambda: LucenePhrase("isi", ["made", "fade"]),
    "a phrase of stems": lambda: wq.Phrase("stem", ["mad", "fad"]),
    "a phrase of no words": lambda: wq.Phrase("body", []),
    "a phrase of a word": lambda: wq.Phrase("body", ["made"], boost=2.5),
    "a phrase of one word twice": lambda: wq.Phrase("body", ["made", "made"], boost=2.5),
    "a phrase with a word that is nowhere": lambda: wq.Phrase("body", ["made", "xqxq"]),
    "a prefix of no field": lambda: wq.Prefix("isi", "ma"),
    "a prefix of a number": lambda: wq.Prefix("date", ""),
    "a prefix of every word": lambda: wq.Prefix("body", "", boost=2.5),
    "a prefix of many bytes": lambda: wq.Prefix("body", "新"),
    "a range of no field": lambda: wq.TermRange("isi", "a", "z"),
    "a range of all words": lambda: wq.TermRange("body", None, None),
    "a range of words that is empty": lambda: wq.TermRange("body", "s", "r"),
    "a range of numbers that is empty": lambda: wq.NumericRange("date", 9, 2),
    "a range of numbers of no field": lambda: wq.NumericRange("isi", 2, 9),
    "a range of numbers of words": lambda: wq.NumericRange("body", 2, 9),
    "a word that is no number": lambda: wq.Term("date", "made"),
    "half a character": lambda: wq.Term("body", "\ud800"),
    "no document": lambda: wq.Not(wq.Every()),
    "every document of no field": lambda: wq.Every("isi"),
    "every document, boosted": lambda: wq.Or([wq.Every(boost=2.5), wq.Every("month", boost=0.5)]),
    "exclusions alone, boosted": lambda: wq.And(
        [wq.Not(wq.Term("body", "made")), wq.Not(wq.Term("body", "fade"))], boost=2.5
    ),
    "one part, boosted": lambda: wq.And([wq.Or([wq.Term("body", "made")], boost=9)], boost=9),
    "a bonus for several": lambda: wq.Or(
        [wq.Term("body", "made"), wq.Term("body", "fade")], scale=0.5
    ),
    "a condition that cannot be scored": lambda: wq.ColumnQuery("date", lambda value: value > 9),
}


@pytest.mark.parametrize("case", UNUSUAL)
def test_unusual_query_finds_what_whoosh_finds(pairs: list[RandomPair], case: str) -> None:
    """Nothing where Whoosh finds nothing, and an error only where it raises that too."""
    for pair in pairs:
        check(pair, UNUSUAL[case]())
        check(pair, wq.Not(UNUSUAL[case]()))


@pytest.mark.parametrize("sizes", [(), (3,), (2, 1)])
def test_index_without_documents_answers_every_query(
    pairs: list[RandomPair], tmp_path: Path, sizes: tuple[int, ...]
) -> None:
    """Without a segment, or with nothing but deleted documents."""
    pair, rng = RandomPair(make_archive(tmp_path, 1, sizes, sum(sizes))), Rng(1)
    for _ in range(60):
        found = check(pair, random_query(rng, pairs[0].known))
        assert isinstance(found, type) or not found
    pair.close()
