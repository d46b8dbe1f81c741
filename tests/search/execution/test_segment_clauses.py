"""Clauses of plans over large segments: any plan matches what a plain search finds for it."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.execution.planner import AllOf, AnyOf, EveryDocument, NumberRange
from search.kernels.score import WINDOW
from search.matches import Selection
from tests.index.segments.plain_segments import LAYOUT, Row
from tests.oracle.plain import PlainFilters
from tests.search.execution.plain_search import PlainArchive, phrase, prefix, term

WORDS = ("semua", "banyak", "sering", "kadang", "langka", "ulang", "semut")
OFTEN = (0.97, 0.5, 0.2, 0.03, 0.0006, 0.01, 0.002)
"""The share of the documents that have each word: the kernel walks some lists, and searches others
for each candidate."""

TAGS = ("AI", "beras", "zoë")
KINDS = ("kabar", "opini")
SHAPES = ((2 * WINDOW + 700, 65_535, 0), (WINDOW + 900, 3_000, 400), (90, 20, 12), (1, 1, 0))
"""Of each archive: its documents, documents of a segment, how many of all are deleted."""

Rng = random.Random


def random_row(rng: Rng, number: int) -> Row:
    """A row whose words are drawn by their shares; one in many has each word 300 times."""
    words = [word for word, share in zip(WORDS, OFTEN, strict=True) if rng.random() < share]
    rng.shuffle(words)
    times = 300 if rng.random() < 0.002 else rng.choice((1, 1, 2))
    return Row(
        key=f"{rng.randrange(1000):03}-{number}",
        title=" ".join(rng.choices(WORDS[:4], k=rng.randint(0, 3))),
        body="\n".join([" ".join(words)] * times),
        number=rng.choice((None, *range(20))),
        tags=tuple(rng.choices(TAGS, k=rng.randint(0, 2))),
        kinds=(rng.choice(KINDS),) if rng.random() < 0.9 else (),
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


word_fields = st.sampled_from(["title", "body"])
words = st.sampled_from([*WORDS, "nihil"])
boosts = st.sampled_from([1.0, 1.0, 2.5])
bounds = st.none() | st.integers(-1, 21)


def texts(least: int, most: int) -> st.SearchStrategy[str]:
    """Draw words with blanks between them; often one stands twice."""
    return st.lists(words, min_size=least, max_size=most).map(" ".join)


terms = st.one_of(
    st.builds(lambda field, own: term(field, *own), word_fields, st.lists(words, max_size=3)),
    st.builds(lambda word: term("stem", word[:3]), words),
    st.builds(lambda key: term("key", key), st.sampled_from(["007-7", "nihil"])),
)
near = st.builds(phrase, word_fields, texts(2, 4), st.integers(0, 7))
leaves = st.one_of(
    terms,
    terms,
    st.builds(phrase, word_fields, texts(2, 3)),
    near,
    st.builds(prefix, word_fields, st.sampled_from(["s", "sem", "x"]), boosts),
    st.builds(NumberRange, st.just("number"), bounds, bounds),
    st.just(EveryDocument()),
)


def joined(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Join nodes in every way in which they can be joined."""
    several = st.lists(parts, min_size=1, max_size=4).map(tuple)
    few = st.lists(parts, max_size=2).map(tuple)
    return st.builds(AnyOf, several, boosts) | st.builds(AllOf, several, few)


nodes = st.recursive(leaves, joined, max_leaves=8)


def choices() -> st.SearchStrategy[dict[str, frozenset[str]]]:
    """Draw values of some facets, "no value" and a value that no document has included."""
    values = {"tag": [*TAGS, "", "nihil"], "kind": [*KINDS, "", "nihil"]}
    some = {name: st.frozensets(st.sampled_from(own), max_size=2) for name, own in values.items()}
    return st.fixed_dictionaries({}, optional=some)


filters = st.builds(
    PlainFilters,
    choices(),
    choices(),
    st.none() | st.tuples(st.integers(-2, 10), st.integers(5, 25)),
)
archive_numbers = st.integers(0, len(SHAPES) - 1)
selections = st.builds(
    Selection,
    st.sampled_from([0, 1, 10, 70]),
    st.sampled_from([order.name for order in LAYOUT.orders]),
    st.booleans(),
)


def check_scores(archive: PlainArchive, node: Any) -> None:
    """Assert that the documents and scores are those of a plain search."""
    expected, matches = archive.expected(node), archive.find(node)
    if isinstance(node, EveryDocument):  # the whole archive is put in order, and scores 0
        expected = dict.fromkeys(expected, 0.0)
    assert matches.total == len(expected)
    assert {hit.number: hit.score for hit in matches.hits} == pytest.approx(expected, rel=1e-5)


@settings(max_examples=150, deadline=None)
@given(number=archive_numbers, node=near)
def test_words_are_near_where_a_plain_search_finds_them(
    archives: list[PlainArchive], number: int, node: Any
) -> None:
    """Every window is tried, with the words in any order; some words have to stand there twice."""
    check_scores(archives[number], node)


@settings(max_examples=150, deadline=None)
@given(number=archive_numbers, node=nodes)
def test_documents_and_scores_are_those_of_a_plain_search(
    archives: list[PlainArchive], number: int, node: Any
) -> None:
    """Over several windows and segments, for nodes within nodes."""
    check_scores(archives[number], node)


@settings(max_examples=120, deadline=None)
@given(number=archive_numbers, node=nodes, filters=filters)
def test_totals_and_counts_are_those_of_a_plain_search(
    archives: list[PlainArchive], number: int, node: Any, filters: PlainFilters
) -> None:
    """Every facet is counted without its own filter; each filter alone keeps out so many."""
    archive = archives[number]
    expected = archive.expected_counts(node, filters)
    matches = archive.find(node, filters=filters)
    assert {hit.number for hit in matches.hits} == expected.passing
    assert matches.total == len(expected.passing)
    assert {name: archive.counts(matches, name) for name in LAYOUT.facets} == expected.counts
    assert matches.total_without == expected.total_without


@settings(max_examples=120, deadline=None)
@given(number=archive_numbers, node=nodes, filters=filters, selection=selections)
def test_best_hits_are_the_first_of_all_hits_in_order(
    archives: list[PlainArchive],
    number: int,
    node: Any,
    filters: PlainFilters,
    selection: Selection,
) -> None:
    """By score or by an order, which also decides between equal scores: there are many."""
    archive = archives[number]
    every = archive.find(node, replace(selection, size=len(archive.rows)), filters).hits
    assert [hit.number for hit in every] == archive.in_order(every, selection)
    assert list(archive.find(node, selection, filters).hits) == list(every)[: selection.size]


@settings(max_examples=60, deadline=None)
@given(word=words, field=word_fields, number=archive_numbers)
def test_phrases_are_found_where_words_stand_side_by_side(
    archives: list[PlainArchive], word: str, field: str, number: int
) -> None:
    """A word with every other word: in order, within a line, as often as they do."""
    for other in WORDS:
        for text in (f"{word} {other}", f"{other} {word}", f"{word} {other} {word}"):
            check_scores(archives[number], phrase(field, text))
        check_scores(archives[number], phrase(field, f"{other} {other}"))


@pytest.fixture
def repeated(tmp_path: Path) -> PlainArchive:
    """Return rows in which a phrase stands more often than its first buffer can hold."""
    bodies = ["a b " * 3_000, "a b", "b a " * 700, "a\n" * 3_000 + "b", "a a a b", ""]
    rows = [Row(str(n), body=body) for n, body in enumerate(bodies)]
    return PlainArchive(tmp_path, rows, 65_535)


@pytest.mark.parametrize("text", ["a b", "b a", "a a", "a b a", "a a a b", "b b", "a b a b a b"])
def test_phrase_of_repeated_words_is_counted_exactly(repeated: PlainArchive, text: str) -> None:
    """Thousands of times in a document, overlapping, over lines that keep it apart."""
    check_scores(repeated, phrase("body", text))


def test_near_words_are_found_in_every_document_of_many(tmp_path: Path) -> None:
    """Of twenty words in two thousand documents: more than are looked at together."""
    words = [f"kata{number}" for number in range(20)]
    far = [*words[:10], *["lain"] * 9, *words[10:]]
    rows = [Row(f"{n:05}", body=" ".join(words if n % 3 else far)) for n in range(2_000)]
    archive = PlainArchive(tmp_path, rows, 65_535)
    found = archive.find(
        phrase("body", " ".join(words), 8), Selection(2_000, "newest", by_score=True)
    )
    assert sorted(hit.number for hit in found.hits) == [n for n in range(2_000) if n % 3]


def alike(count: int) -> list[Row]:
    """Rows that are all alike but for their number and key, the newest last."""
    return [Row(f"{n:05}", "judul", "kata lain", number=n // 3, tags=("AI",)) for n in range(count)]


@pytest.mark.parametrize("docs_most", [65_535, 700])
@pytest.mark.parametrize("size", [1, 10, 4_999, 6_000])
def test_equal_scores_are_ordered_by_date_over_all_segments(
    tmp_path: Path, docs_most: int, size: int
) -> None:
    """Thousands of ties: the newest come first, and of one day those of the first key."""
    archive = PlainArchive(tmp_path, alike(5_000), docs_most)
    node = AnyOf((term("title", "judul"), term("body", "kata"), term("stem", "lai")))
    matches = archive.find(node, Selection(size, "newest", by_score=True))
    expected = sorted(range(5_000), key=lambda n: (-(n // 3), n))[:size]
    assert [hit.number for hit in matches.hits] == expected


WORD = term("body", "kata")
EMPTY = {
    "no words": term("body"),
    "no parts": AnyOf(()),
    "unknown word": term("body", "nihil"),
    "unknown field": term("isi", "kata"),
    "phrase of an unknown word": phrase("body", "kata nihil"),
    "phrase in an unknown field": phrase("isi", "kata lain"),
    "phrase in a field without positions": phrase("stem", "kat lai"),
    "near words of which one is unknown": phrase("body", "kata nihil", 3),
    "word near itself": phrase("body", "kata kata", 9),
    "prefix of no word": prefix("body", "x"),
    "prefix in an unknown field": prefix("isi", "k"),
    "excluded everything": AllOf((WORD,), (EveryDocument(),)),
    "empty range": NumberRange("number", 9, 2),
}


@pytest.mark.parametrize("case", EMPTY)
def test_node_that_can_match_nothing_matches_nothing(tmp_path: Path, case: str) -> None:
    """Alone, beside what matches, and as what is excluded."""
    archive, nothing = PlainArchive(tmp_path, alike(5), 2), EMPTY[case]
    assert archive.find(nothing).total == 0
    assert archive.find(AllOf((WORD, nothing))).total == 0
    assert archive.find(AnyOf((WORD, nothing))).total == 5
    assert archive.find(AllOf((WORD,), (nothing,))).total == 5
    assert archive.find(AllOf((EveryDocument(),), (nothing,))).total == 5


SCORED: dict[str, tuple[Any, float]] = {
    "key": (term("key", "00001"), 1.0),
    "prefix": (prefix("body", "ka", 0.4), 0.4),
    "range": (NumberRange("number", 0, 0), 1.0),
    "everything but nothing": (AllOf((EveryDocument(),), (term("body", "nihil"),)), 1.0),
    "boosted": (AnyOf((prefix("body", "ka", 0.4),), 2.5), 1.0),
    "boosted twice": (AnyOf((AnyOf((term("key", "00001"),), 3.0),), 0.5), 1.5),
    "sum of all parts": (AllOf((term("key", "00001"), prefix("body", "ka", 0.5))), 1.5),
    "sum of any parts": (AnyOf((term("key", "00001"), prefix("body", "ka", 0.5))), 1.5),
    "the same term twice": (term("key", "00001", "00001"), 2.0),
    "exclusion adds nothing": (AllOf((term("key", "00001"),), (term("key", "00002"),)), 1.0),
}
"""Nodes that the second row matches, and its score, which follows from no statistics."""


@pytest.mark.parametrize("case", SCORED)
def test_score_without_statistics_is_the_one_written_here(tmp_path: Path, case: str) -> None:
    """What only restricts scores 1, a prefix its own score; parts add up, boosts multiply."""
    node, expected = SCORED[case]
    scores = {hit.number: hit.score for hit in PlainArchive(tmp_path, alike(5), 2).find(node).hits}
    assert scores[1] == pytest.approx(expected)
