"""The kernels over large segments: any query of any clauses finds what a plain search finds."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as wq

from search.execution.whoosh_scoring import LuceneNear, LucenePhrase
from search.kernels.score import WINDOW
from search.matches import NUMBER_BIT, Wanted
from tests.index.segments.plain_segments import LAYOUT, Row
from tests.search.execution.plain_search import Choice, PlainArchive, PlainFilters, ordered

WORDS = ("semua", "banyak", "sering", "kadang", "langka", "ulang", "semut")
OFTEN = (0.97, 0.5, 0.2, 0.03, 0.0006, 0.01, 0.002)
"""How many of the documents hold each word: the kernel walks some lists and searches others."""

TAGS = ("AI", "beras", "zoë")
SHAPES = ((2 * WINDOW + 700, 65_535, 0), (WINDOW + 900, 3_000, 400), (90, 20, 12), (1, 1, 0))
"""Of each archive: its documents, documents of a segment, how many of all are deleted."""

Rng = random.Random


def random_row(rng: Rng, number: int) -> Row:
    """A row in which words stand as often as is told; one in many says a word 300 times."""
    held = [word for word, often in zip(WORDS, OFTEN, strict=True) if rng.random() < often]
    rng.shuffle(held)
    times = 300 if rng.random() < 0.002 else rng.choice((1, 1, 2))
    return Row(
        key=f"{rng.randrange(1000):03}-{number}",
        title=" ".join(rng.choices(WORDS[:4], k=rng.randint(0, 3))),
        body="\n".join([" ".join(held)] * times),
        number=rng.choice((None, *range(20))),
        tags=tuple(rng.choices(TAGS, k=rng.randint(0, 2))),
        kinds=(rng.choice(("kabar", "opini")),) if rng.random() < 0.9 else (),
    )


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[PlainArchive]:
    """An archive of each shape: one of three windows, one of two segments and more, small ones."""
    made = []
    for seed, (count, docs_most, deleted_count) in enumerate(SHAPES):
        rng = random.Random(seed)
        rows = [random_row(rng, number) for number in range(count)]
        deleted = rng.sample(range(count), deleted_count)
        made.append(PlainArchive(tmp_path_factory.mktemp("plain"), rows, docs_most, deleted))
    return made


boosts = st.sampled_from([1.0, 1.0, 2.5])
words = st.sampled_from([*WORDS, "nihil"])
terms = st.one_of(
    st.builds(wq.Term, st.sampled_from(["title", "body"]), words, boosts),
    st.builds(lambda word, boost: wq.Term("stem", word[:3], boost), words, boosts),
    st.builds(wq.Term, st.just("key"), st.sampled_from(["007-7", "nihil"])),
)
numbers = st.none() | st.integers(-1, 21)
phrases = st.builds(
    LucenePhrase, st.sampled_from(["title", "body"]), st.lists(words, min_size=2, max_size=3)
)
near = st.builds(
    LuceneNear,
    st.sampled_from(["title", "body"]),
    st.lists(words, min_size=2, max_size=4),
    st.integers(1, 8),
    boosts,
)
leaves = st.one_of(
    terms,
    terms,
    phrases,
    near,
    st.builds(
        wq.Prefix, st.sampled_from(["title", "body"]), st.sampled_from(["s", "sem", "x"]), boosts
    ),
    st.builds(wq.NumericRange, st.just("number"), numbers, numbers, st.booleans(), st.booleans()),
    st.just(wq.Every()),
)


def joined(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Join queries in every way in which they can be."""
    several = st.lists(parts, min_size=1, max_size=4)
    pairs = [st.builds(kind, parts, parts) for kind in (wq.AndNot, wq.AndMaybe, wq.Require)]
    return st.one_of(
        st.builds(wq.Or, several, boost=boosts),
        st.builds(wq.And, several, boost=boosts),
        st.builds(wq.ConstantScoreQuery, parts, boosts),
        st.builds(wq.Not, parts),
        *pairs,
    )


queries = st.recursive(leaves, joined, max_leaves=8)


def choices(values: tuple[str, ...]) -> st.SearchStrategy[Choice]:
    """Draw a choice among a facet's values, "none" and one that no document has."""
    some = st.frozensets(st.sampled_from([*values, "nihil"]), max_size=2)
    with_none = st.frozensets(st.sampled_from([*values, "", "nihil"]), min_size=1, max_size=2)
    return st.builds(Choice, st.none() | with_none, some)


filters = st.builds(
    PlainFilters,
    st.fixed_dictionaries({}, optional={"tag": choices(TAGS), "kind": choices(("kabar", "opini"))}),
    st.none() | st.tuples(st.integers(-2, 10), st.integers(5, 25)),
)
places = st.integers(0, len(SHAPES) - 1)
wanted_hits = st.builds(
    Wanted,
    st.sampled_from([0, 1, 10, 70]),
    st.sampled_from([order.name for order in LAYOUT.orders]),
    st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(place=places, query=near)
def test_words_are_near_where_a_plain_search_finds_them(
    archives: list[PlainArchive], place: int, query: Any
) -> None:
    """Every window is tried, in any order of the words; some of them are asked for twice."""
    found = {hit.number: hit.score for hit in archives[place].find(query).hits}
    assert found == pytest.approx(archives[place].expected(query).scores, rel=1e-5)


@settings(max_examples=150, deadline=None)
@given(place=places, query=queries)
def test_documents_and_scores_are_those_of_a_plain_search(
    archives: list[PlainArchive], place: int, query: Any
) -> None:
    """Over several windows and segments, whatever stands inside of whatever."""
    archive = archives[place]
    expected = archive.expected(query).scores
    found = archive.find(query)
    assert found.total == len(expected)
    # The whole archive alone is put in order and not scored.
    scored = {} if isinstance(query, wq.Every) else expected
    scores = {hit.number: hit.score for hit in found.hits}
    assert set(scores) == set(expected)
    assert {n: scores[n] for n in scored} == pytest.approx(scored, rel=1e-5)


@settings(max_examples=120, deadline=None)
@given(place=places, query=queries, filters=filters)
def test_totals_and_counts_are_those_of_a_plain_search(
    archives: list[PlainArchive], place: int, query: Any, filters: PlainFilters
) -> None:
    """With filters: every facet without its own, and what each filter alone keeps out."""
    archive = archives[place]
    expected, found = archive.expected(query, filters), archive.find(query, filters=filters)
    assert found.total == len(expected.scores)
    assert {hit.number for hit in found.hits} == set(expected.scores)
    for name in LAYOUT.facets:
        assert archive.counts(found, name) == expected.counts[name]
    bits = {name: bit for bit, name in enumerate(archive.snapshot.facets)} | {"number": NUMBER_BIT}
    without = {name: found.total_without[bit] for name, bit in bits.items()}
    assert without == {name: expected.total_without[name] for name in bits}


@settings(max_examples=120, deadline=None)
@given(place=places, query=queries, filters=filters, wanted=wanted_hits)
def test_best_hits_are_the_first_of_all_hits_in_order(
    archives: list[PlainArchive], place: int, query: Any, filters: PlainFilters, wanted: Wanted
) -> None:
    """By score or by an order, which decides between equal scores: there are many."""
    archive = archives[place]
    every = archive.find(query, replace(wanted, best=len(archive.rows)), filters).hits
    assert list(every) == ordered(archive, every, wanted)
    assert list(archive.find(query, wanted, filters).hits) == list(every)[: wanted.best]


@settings(max_examples=60, deadline=None)
@given(word=words, field=st.sampled_from(["title", "body"]), place=places)
def test_phrases_are_found_where_words_stand_side_by_side(
    archives: list[PlainArchive], word: str, field: str, place: int
) -> None:
    """Of every word with this one: in order, within a line, as often as they do."""
    archive = archives[place]
    for other in WORDS:
        for phrase in ([word, other], [other, word], [word, other, word], [other, other]):
            query = LucenePhrase(field, phrase)
            expected = archive.expected(query).scores
            found = {hit.number: hit.score for hit in archive.find(query).hits}
            assert found == pytest.approx(expected, rel=1e-5)


@pytest.fixture
def repeated(tmp_path: Any) -> PlainArchive:
    """Return rows in which a phrase stands more often than there is room for at first."""
    bodies = ["a b " * 3_000, "a b", "b a " * 700, "a\n" * 3_000 + "b", "a a a b", ""]
    rows = [Row(str(n), body=body) for n, body in enumerate(bodies)]
    return PlainArchive(tmp_path, rows, 65_535)


@pytest.mark.parametrize("words", ["a b", "b a", "a a", "a b a", "a a a b", "b b", "a b a b a b"])
def test_phrase_of_repeated_words_is_counted_exactly(repeated: PlainArchive, words: str) -> None:
    """Thousands of times in a document, overlapping, over lines that keep it apart."""
    query = LucenePhrase("body", words.split())
    found = {hit.number: hit.score for hit in repeated.find(query).hits}
    assert found == pytest.approx(repeated.expected(query).scores, rel=1e-5)


def alike(count: int) -> list[Row]:
    """Rows that are all alike but for their number and key, newest last."""
    return [Row(f"{n:05}", "judul", "kata lain", number=n // 3, tags=("AI",)) for n in range(count)]


@pytest.mark.parametrize("docs_most", [65_535, 700])
@pytest.mark.parametrize("best", [1, 10, 4_999, 6_000])
def test_equal_scores_are_ordered_by_date_over_all_segments(
    tmp_path: Any, docs_most: int, best: int
) -> None:
    """Thousands of ties: the newest come first, and of one day those of the first key."""
    archive = PlainArchive(tmp_path, alike(5_000), docs_most)
    query = wq.Or([wq.Term("title", "judul"), wq.Term("body", "kata"), wq.Term("stem", "lai")])
    ranks = archive.ranks("newest")
    expected = sorted(range(5_000), key=ranks.__getitem__)[:best]
    assert [
        hit.number for hit in archive.find(query, Wanted(best, "newest", by_score=True)).hits
    ] == expected


class Unknown(wq.Query):
    """A query of a class that has no kernel."""


def test_a_query_without_a_kernel_is_run_by_whoosh(tmp_path: Any) -> None:
    """Alone or within others, a segment at a time; its scores are added like any other's."""
    archive = PlainArchive(tmp_path, alike(5), 2)
    asked = []

    def run_matcher(segment: int, query: Any) -> tuple[list[int], list[float]]:
        asked.append((type(query), segment))
        return ([0], [2.0])

    query = wq.Or([Unknown(), wq.Term("key", "00001")])
    found = archive.find(query, run_matcher=run_matcher)
    assert asked == [(Unknown, segment) for segment in range(3)]
    assert {hit.number: hit.score for hit in found.hits} == {0: 2.0, 1: 1.0, 2: 2.0, 4: 2.0}


EMPTY: dict[str, Callable[[], Any]] = {
    "no words": lambda: wq.Or([]),
    "all of no words": lambda: wq.And([]),
    "unknown word": lambda: wq.Term("body", "nihil"),
    "unknown field": lambda: wq.Term("isi", "kata"),
    "phrase of an unknown word": lambda: LucenePhrase("body", ["kata", "nihil"]),
    "phrase in an unknown field": lambda: LucenePhrase("isi", ["kata", "lain"]),
    "excluded everything": lambda: wq.AndNot(wq.Term("body", "kata"), wq.Every()),
    "empty range": lambda: wq.NumericRange("number", 9, 2),
}


@pytest.mark.parametrize("case", EMPTY)
def test_query_that_can_find_nothing_finds_nothing(tmp_path: Any, case: str) -> None:
    """Alone, beside what finds something, and as what is excluded."""
    archive = PlainArchive(tmp_path, alike(5), 2)
    assert archive.find(EMPTY[case]()).total == 0
    assert archive.find(wq.And([wq.Term("body", "kata"), EMPTY[case]()])).total == 0
    assert archive.find(wq.Or([wq.Term("body", "kata"), EMPTY[case]()])).total == 5
    assert archive.find(wq.AndNot(wq.Term("body", "kata"), EMPTY[case]())).total == 5
