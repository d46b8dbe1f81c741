"""Readers' texts against Whoosh: parsed, planned and run, they find what Whoosh finds for them.

Trees become Whoosh queries without the product's planner, over the product's own fields.
"""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.execution import plan_query
from search.matches import Selection
from search.query import NO_SYNONYMS, Query, parse_query
from search.query.synonyms import read_synonyms
from search.query.tree import Nothing
from tests.oracle.archive import build_pair, vocabulary
from tests.oracle.comparing import Outcome, compare_plan, random_filters
from tests.oracle.pair import ALL, Pair
from tests.oracle.plain import NO_FILTERS
from tests.oracle.random_documents import random_document
from tests.oracle.texts import TEXTS, random_synonyms
from tests.oracle.trees import CLASSES, random_tree
from tests.oracle.vocabulary import Rng, Vocabulary, chance
from tests.oracle.whoosh_query import to_whoosh

SHAPES = (((60,), 0), ((25, 30, 1), 9), ((1,), 0))
"""Of each archive: documents of its segments, and how many of all are deleted."""

Opened = tuple[Pair, Vocabulary]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Opened]]:
    """Random articles in one segment and in several, some deleted, and what queries are made of."""
    made = []
    for seed, (sizes, deleted_count) in enumerate(SHAPES):
        rng = Rng(seed)
        documents = [random_document(rng, number) for number in range(sum(sizes))]
        deleted = rng.sample(range(sum(sizes)), deleted_count)
        pair = build_pair(documents, tmp_path_factory.mktemp("columnar"), sizes, deleted)
        made.append((pair, vocabulary([random_document(rng, n) for n in range(60)], pair, seed)))
    yield made
    for pair, _ in made:
        pair.close()


def compare(pair: Pair, tree: Query, rng: Rng) -> Outcome:
    """Compare a tree, filtered at times and in any order, and fail where anything differs."""
    filters = random_filters(pair, rng) if chance(rng, 0.5) else NO_FILTERS
    order, by_score = rng.choice(list(pair.snapshot.orders)), chance(rng, 0.7)
    selection = Selection(ALL.size, order, by_score=by_score)
    outcome = compare_plan(pair, plan_query(tree), to_whoosh(tree), filters, selection)
    assert not outcome.problems, tree
    return outcome


@pytest.mark.parametrize("kind", TEXTS)
def test_every_kind_of_text_finds_the_same(opened: list[Opened], kind: str) -> None:
    """With all words or any, with other names of words or without; each kind finds something."""
    rng, found = Rng(kind), 0
    for pair, known in opened:
        synonyms = read_synonyms(random_synonyms(rng, known), "synonyms")
        for _ in range(20):
            text, table = TEXTS[kind](rng, known), rng.choice((NO_SYNONYMS, synonyms))
            tree = parse_query(text, any_word=chance(rng, 0.3), synonyms=table).query
            found += compare(pair, tree, rng).matched > 0
    assert found


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_class_of_tree_finds_the_same(opened: list[Opened], kind: type) -> None:
    """In every archive, many times; and every class but one finds something to be compared."""
    rng = Rng(kind.__name__)
    outcomes = [
        compare(pair, random_tree(rng, known, kind, 2), rng)
        for pair, known in opened
        for _ in range(20)
    ]
    assert any(outcome.matched for outcome in outcomes) == (kind is not Nothing)


@settings(max_examples=300, deadline=None)
@given(number=st.integers(0, len(SHAPES) - 1), seed=st.integers(0, 2**32))
def test_trees_within_trees_find_the_same(opened: list[Opened], number: int, seed: int) -> None:
    """Also such as no reader can write: exclusions of exclusions, names of alternatives."""
    pair, known = opened[number]
    rng = Rng(seed)
    compare(pair, random_tree(rng, known), rng)


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_archive_without_documents_answers_every_tree(
    opened: list[Opened], without_documents: Pair, seed: int
) -> None:
    """It finds nothing, in nothing."""
    tree = random_tree(Rng(seed), opened[0][1])
    outcome = compare_plan(without_documents, plan_query(tree), to_whoosh(tree))
    assert (outcome.matched, outcome.problems) == (0, [])


@pytest.fixture(scope="module", params=[0, 3])
def without_documents(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    """Return an archive without a segment, and one whose documents were all deleted."""
    documents = [random_document(Rng(1), number) for number in range(request.param)]
    sizes = (request.param,) if documents else ()
    pair = build_pair(documents, tmp_path_factory.mktemp("empty"), sizes, range(request.param))
    yield pair
    pair.close()
