"""The kernels against Whoosh: own codec, own matchers, same weighting and lengths, same answers."""

import inspect
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import whoosh.query
from hypothesis import given, settings
from hypothesis import strategies as st
from search.execution.whoosh_scoring import LuceneNear, LucenePhrase
from whoosh import query as wq
from whoosh.reading import TermNotFound

from search.matches import Wanted
from tests.oracle.differences import DIFFERENCES
from tests.oracle.matchers import GivenLengths, run_matchers
from tests.oracle.pair import Pair
from tests.oracle.plain import Held, PlainFilters, count, in_order
from tests.oracle.queries import CASES, Rng, Vocabulary
from tests.oracle.random_archives import (
    KINDS,
    LAYOUT,
    MONTHS,
    SHAPES,
    TAGS,
    WORDS,
    Archive,
    make_archive,
)
from tests.oracle.test_queries import UNASKED
from tests.oracle.trees import tree

WEIGHTS = {"title": 0.7, "body": 0.35, "stem": 1.3}
ALL = Wanted(10_000, "newest", by_score=True)
NO_FILTERS = PlainFilters()
SILENT = {type(wq.NullQuery)}
"""The classes that never find anything."""


def known(archive: Archive) -> Vocabulary:
    """Return what queries of an archive are made of: all of its words, and what stands together."""
    texts = {name: [t for t in archive.texts(name) if len(t) > 2] for name in ("title", "body")}
    return Vocabulary(
        words={"title": WORDS, "body": WORDS},
        stems={"stem": sorted({word[:3] for word in WORDS})},
        keys={"month": MONTHS, "kind": KINDS},
        dates=[0, 1, 700, 2999, 2**31 - 2, *(d.date for d in archive.docs if d.date is not None)],
        phrases={
            name: [t[:3] for t in held] + [t[-3:] for t in held] for name, held in texts.items()
        },
        parents="kind",
        columns=("date",),
    )


def pair_of(archive: Archive) -> Pair:
    """Open both indexes of an archive; the oracle scores by lengths worked out in plain Python."""
    documents = [
        Held(d.doc_id, d.date, {"tag": frozenset(d.tags), "kind": frozenset({d.kind})})
        for d in archive.docs
    ]
    exact = {name: [len(words) for words in archive.texts(name)] for name in WEIGHTS}
    rounded = {name: archive.lengths(name).rounded for name in WEIGHTS}
    weighting = GivenLengths(exact, rounded, WEIGHTS)
    return Pair(documents, LAYOUT, (archive.columnar, archive.oracle), weighting)


class Opened:
    """An archive, open on both sides, and what queries of it are made of."""

    def __init__(self, archive: Archive) -> None:
        self.archive, self.pair, self.known = archive, pair_of(archive), known(archive)

    def __repr__(self) -> str:
        return repr(self.archive)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Opened]]:
    """Archives of one segment and of several, some documents deleted, some words said often."""
    shapes = [(*shape, ()) for shape in SHAPES] + [(5, (20, 9), 3, (2, 25))]
    made = [Opened(make_archive(tmp_path_factory.mktemp("columnar"), *shape)) for shape in shapes]
    yield made
    for each in made:
        each.pair.close()


places = st.integers(0, len(SHAPES))
seeds = st.integers(0, 2**32)
values = {"tag": [*TAGS, "nihil"], "kind": [*KINDS, "nihil"]}


def choices(least: int) -> st.SearchStrategy[dict[str, frozenset[str]]]:
    """Draw values of some facets, "none" and what no document has among them."""
    some = {
        name: st.frozensets(st.sampled_from([*held, ""]), min_size=least, max_size=3)
        for name, held in values.items()
    }
    return st.fixed_dictionaries({}, optional=some)


dates = st.sampled_from([0, 1, 700, 1500, 3000, 2**31 - 2])
filters = st.builds(
    PlainFilters, choices(1), choices(1), st.none() | st.tuples(dates, dates).map(sorted).map(tuple)
)
wanted_hits = st.builds(
    Wanted, st.sampled_from([0, 1, 3, 10, 99]), st.sampled_from(["newest", "oldest"]), st.booleans()
)


def attempt(asked: Callable[[], Any]) -> Any:
    """Return an answer, or which error is raised: the oracle's has to be the other's too."""
    try:
        return asked()
    except Exception as error:  # noqa: BLE001 - whatever it is
        return type(error)


def check_scores(pair: Pair, query: wq.Query) -> Any:
    """Compare all documents and scores; return the oracle's, or which error it raised."""
    expected = attempt(lambda: pair.expected(query))
    found = attempt(lambda: pair.found(query, ALL, NO_FILTERS))
    if isinstance(expected, type):
        assert found is expected, query
        return expected
    scores = {hit.number: hit.score for hit in found.hits}
    assert scores == pytest.approx(expected, rel=1e-4), query
    assert found.total == len(found.hits) == len(expected), query
    return expected


def test_every_class_of_whoosh_queries_is_asked() -> None:
    """A class that Whoosh adds must be tried, or it is said why not; and two of our own."""
    members = inspect.getmembers(whoosh.query, inspect.isclass)
    found = {value for _, value in members if issubclass(value, wq.Query)}
    assert found | {LucenePhrase, LuceneNear} == {*CASES, *UNASKED}
    assert not {*CASES} & {*UNASKED}
    assert {*DIFFERENCES} <= {*CASES}
    assert all(difference.reason for difference in DIFFERENCES.values())


@pytest.mark.parametrize("kind", CASES, ids=lambda kind: kind.__name__)
def test_every_class_of_queries_finds_the_same_with_the_same_scores(
    opened: list[Opened], kind: type
) -> None:
    """In every archive, many times; and every class finds something that can be compared."""
    rng = random.Random(kind.__name__)
    found = [
        check_scores(each.pair, CASES[kind](rng, each.known)) for each in opened for _ in range(15)
    ]
    assert any(isinstance(scores, dict) and scores for scores in found) == (kind not in SILENT)


@settings(max_examples=400, deadline=None)
@given(place=places, seed=seeds)
def test_queries_within_queries_find_the_same_with_the_same_scores(
    opened: list[Opened], place: int, seed: int
) -> None:
    """Whatever stands inside of whatever."""
    each = opened[place]
    check_scores(each.pair, tree(Rng(seed), each.known))


def _raw(pair: Pair, query: wq.Query) -> Any:
    return attempt(lambda: run_matchers(query, pair.oracle, pair.oracle_weighting))


@pytest.mark.parametrize("kind", DIFFERENCES, ids=lambda kind: kind.__name__)
def test_every_wanted_difference_is_there(opened: list[Opened], kind: type) -> None:
    """Whoosh by itself differs or raises, alone or within others; if not, the row can go."""
    rng = random.Random(kind.__name__)

    def differs() -> bool:
        each = rng.choice(opened)
        asked = CASES[kind](rng, each.known)
        asked = rng.choice((asked, wq.And([asked, wq.Every()]), wq.Not(asked)))
        return bool(_raw(each.pair, asked) != pytest.approx(each.pair.expected(asked)))

    assert any(differs() for _ in range(300))


@settings(max_examples=150, deadline=None)
@given(place=places, seed=seeds, filters=filters)
def test_totals_and_facets_are_those_counted_in_plain_python(
    opened: list[Opened], place: int, seed: int, filters: PlainFilters
) -> None:
    """Over what Whoosh's matchers find: each facet without its own filter, the total with all."""
    pair, known = opened[place].pair, opened[place].known
    query = tree(Rng(seed), known, depth=2)
    expected, found = pair.expected(query), pair.found(query, ALL, filters)
    counted = count(pair.documents, expected, filters, LAYOUT.facets)
    assert {hit.number for hit in found.hits} == counted.passing
    assert found.total == len(counted.passing)
    assert {name: pair.counts(found, name) for name in LAYOUT.facets} == counted.counts


@settings(max_examples=200, deadline=None)
@given(place=places, seed=seeds, filters=filters, wanted=wanted_hits)
def test_best_hits_stand_in_the_order_of_a_plain_sort(
    opened: list[Opened], place: int, seed: int, filters: PlainFilters, wanted: Wanted
) -> None:
    """By score or date; of equals the newest, or oldest, first, the undated last, then by id."""
    pair, known = opened[place].pair, opened[place].known
    query = tree(Rng(seed), known, depth=1)
    every = pair.found(query, replace(wanted, best=ALL.best), filters).hits
    scores = {hit.number: hit.score for hit in every}
    ordered = in_order(pair.documents, scores, wanted.order, by_score=wanted.by_score)
    assert [hit.number for hit in every] == ordered
    assert pair.found(query, wanted, filters).hits == every[: wanted.best]


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
    "every document, boosted": lambda: wq.Or([wq.Every(boost=2.5), wq.Every("month", boost=0.5)]),
    "exclusions alone, boosted": lambda: wq.And(
        [wq.Not(wq.Term("body", "made")), wq.Not(wq.Term("body", "fade"))], boost=2.5
    ),
    "one part, boosted": lambda: wq.And([wq.Or([wq.Term("body", "made")], boost=9)], boost=9),
    "a bonus for several": lambda: wq.Or(
        [wq.Term("body", "made"), wq.Term("body", "fade")], scale=0.5
    ),
}


@pytest.mark.parametrize("case", UNUSUAL)
def test_unusual_query_finds_what_whoosh_finds(opened: list[Opened], case: str) -> None:
    """Nothing where Whoosh finds nothing, and an error only where it raises that too."""
    for each in opened:
        check_scores(each.pair, UNUSUAL[case]())
        check_scores(each.pair, wq.Not(UNUSUAL[case]()))


def test_every_document_of_an_unknown_field_is_none(opened: list[Opened]) -> None:
    """Where Whoosh raises."""
    for each in opened:
        assert _raw(each.pair, wq.Every("isi")) is TermNotFound
        assert each.pair.found(wq.Every("isi"), ALL, NO_FILTERS).total == 0


@pytest.mark.parametrize("sizes", [(), (3,), (2, 1)])
def test_index_without_documents_answers_every_query(
    opened: list[Opened], tmp_path: Path, sizes: tuple[int, ...]
) -> None:
    """Without a segment, or with nothing but deleted documents."""
    pair = pair_of(make_archive(tmp_path, 1, sizes, sum(sizes)))
    rng = random.Random(1)
    for _ in range(60):
        query = tree(rng, opened[0].known)
        assert pair.expected(query) == {}
        found = pair.found(query, ALL, PlainFilters({"tag": frozenset({"ai", ""})}))
        assert (found.total, list(found.hits)) == (0, [])
        assert not found.counts.any()
    assert pair.found(wq.Every(), ALL, NO_FILTERS).total == pair.snapshot.doc_count == 0
