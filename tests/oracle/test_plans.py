"""The kernels against Whoosh: random plans find in our index what Whoosh finds in its own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.execution import (
    AllOf,
    AnyOf,
    AnyTerm,
    EveryDocument,
    NumberRange,
    Plan,
    TermsFrom,
    TermsTogether,
)
from search.matches import Selection
from tests.oracle.comparing import Outcome, compare_plan
from tests.oracle.pair import ALL
from tests.oracle.plain import NO_FILTERS, PlainFilters
from tests.oracle.plans import NODES, random_plan
from tests.oracle.random_archives import KINDS, SHAPES, TAGS, make_archive
from tests.oracle.random_pairs import RandomPair, open_pairs
from tests.oracle.vocabulary import Rng, Vocabulary
from tests.oracle.whoosh_query import plan_to_whoosh


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[RandomPair]]:
    """Archives of one segment and of several, some documents deleted, some words very often."""
    opened = open_pairs(lambda: tmp_path_factory.mktemp("columnar"))
    yield opened
    for pair in opened:
        pair.close()


numbers = st.integers(0, len(SHAPES))
seeds = st.integers(0, 2**32)
values = {"tag": [*TAGS, "nihil"], "kind": [*KINDS, "nihil"]}


def choices() -> st.SearchStrategy[dict[str, frozenset[str]]]:
    """Draw values of some facets, "no value" and a value that no document has included."""
    some = {
        name: st.frozensets(st.sampled_from([*own, ""]), min_size=1, max_size=3)
        for name, own in values.items()
    }
    return st.fixed_dictionaries({}, optional=some)


dates = st.sampled_from([0, 1, 700, 1500, 3000, 2**31 - 2])
ranges = st.tuples(dates, dates).map(sorted).map(tuple)
filters = st.builds(PlainFilters, choices(), choices(), st.none() | ranges)
orders = st.sampled_from(["newest", "oldest"])


def compare(pair: RandomPair, plan: Plan, *options: Any) -> Outcome:
    """Compare a plan, and fail where anything differs."""
    outcome = compare_plan(pair, plan, plan_to_whoosh(plan), *options)
    assert not outcome.problems, plan
    return outcome


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.__name__)
def test_every_class_of_node_finds_the_same(pairs: list[RandomPair], node: type) -> None:
    """In every archive, many times; and every class finds something that can be compared."""
    rng = Rng(node.__name__)
    outcomes = [compare(p, random_plan(rng, p.known, node)) for p in pairs for _ in range(15)]
    assert sum(outcome.matched > 0 for outcome in outcomes) > len(outcomes) / 3


@settings(max_examples=400, deadline=None)
@given(number=numbers, seed=seeds)
def test_nodes_within_nodes_find_the_same(pairs: list[RandomPair], number: int, seed: int) -> None:
    """Documents, scores, order, totals, facets and stored documents, whatever is in what."""
    compare(pairs[number], random_plan(Rng(seed), pairs[number].known))


@settings(max_examples=300, deadline=None)
@given(number=numbers, seed=seeds, filters=filters, order=orders, by_score=st.booleans())
def test_filtered_plans_find_the_same(  # noqa: PLR0913, PLR0917 - each is drawn by itself
    pairs: list[RandomPair],
    number: int,
    seed: int,
    filters: PlainFilters,
    order: str,
    by_score: bool,  # noqa: FBT001 - drawn by name
) -> None:
    """Each facet without its own filter, the total with all, what each alone keeps out; in order.

    By score or date; of equals the newest, or oldest, first, the undated last, then by id.
    """
    plan = random_plan(Rng(seed), pairs[number].known, depth=2)
    compare(pairs[number], plan, filters, Selection(ALL.size, order, by_score=by_score))


selections = st.builds(Selection, st.sampled_from([0, 1, 3, 10, 99]), orders, st.booleans())


@settings(max_examples=200, deadline=None)
@given(number=numbers, seed=seeds, filters=filters, selection=selections)
def test_best_hits_are_the_first_of_all_hits(
    pairs: list[RandomPair], number: int, seed: int, filters: PlainFilters, selection: Selection
) -> None:
    """However many are kept, they are the same, with the same scores."""
    plan = random_plan(Rng(seed), pairs[number].known, depth=1)
    whole = Selection(ALL.size, selection.order, by_score=selection.by_score)
    every = pairs[number].find(plan, whole, filters).hits
    assert pairs[number].find(plan, selection, filters).hits == every[: selection.size]


WORD, OTHER, PAIR = AnyTerm((0,)), AnyTerm((1,)), TermsTogether("body", (0, 1), None)
BODY = (("body", b"made"), ("body", b"fade"))
NOTHING = (("body", b"xqxq"), ("isi", b"made"))
UNUSUAL = {
    "any of nothing": Plan(AnyOf(()), ()),
    "no word": Plan(AnyTerm(()), ()),
    "any of nothings": Plan(AnyOf((AnyOf(()), AnyTerm(()))), ()),
    "nothing and a word": Plan(AllOf((AnyOf(()), WORD)), BODY),
    "a word without nothing": Plan(AllOf((WORD,), (AnyOf(()),)), BODY),
    "a word of no field": Plan(OTHER, NOTHING),
    "words nobody wrote": Plan(AnyTerm((0, 1)), NOTHING),
    "a phrase with a word that is nowhere": Plan(PAIR, (BODY[0], NOTHING[0])),
    "a phrase of no field": Plan(TermsTogether("isi", (1, 1), None), NOTHING),
    "a phrase of stems": Plan(TermsTogether("stem", (0, 0), None), (("stem", b"mad"),)),
    "a phrase of one word twice": Plan(TermsTogether("body", (0, 0), None), BODY),
    "one word near itself": Plan(TermsTogether("body", (0,), 3), BODY),
    "words near each other in a whole text": Plan(TermsTogether("body", (0, 1, 0), 999), BODY),
    "a prefix of no field": Plan(TermsFrom("isi", b"ma", 1.0), ()),
    "a prefix of every word": Plan(TermsFrom("body", b"", 2.5), ()),
    "a prefix of many bytes": Plan(TermsFrom("body", "新".encode(), 1.0), ()),
    "a prefix that is a whole word": Plan(TermsFrom("body", b"made", 1.0), ()),
    "a range that is empty": Plan(NumberRange("date", 9, 2), ()),
    "a range of one number": Plan(NumberRange("date", 700, 700), ()),
    "a range of all numbers": Plan(NumberRange("date", -(2**31) + 1, 2**31 - 2), ()),
    "an open range": Plan(NumberRange("date", None, None), ()),
    "every document": Plan(EveryDocument(), ()),
    "every document, boosted": Plan(AnyOf((EveryDocument(), EveryDocument()), 2.5), ()),
    "no document": Plan(AllOf((EveryDocument(),), (EveryDocument(),)), ()),
    "exclusions alone": Plan(AllOf((EveryDocument(),), (WORD, OTHER)), BODY),
    "one part, boosted": Plan(AnyOf((AnyOf((WORD,), 9.0),), 9.0), BODY),
    "a word twice": Plan(AnyTerm((0, 0)), BODY),
    "a word required twice": Plan(AllOf((WORD, WORD)), BODY),
    "many clauses": Plan(AllOf((WORD, OTHER) * 20), BODY),
    "many alternatives": Plan(AnyOf((WORD, PAIR, OTHER) * 12, 0.5), BODY),
}


@pytest.mark.parametrize("case", UNUSUAL)
def test_unusual_plan_finds_what_whoosh_finds(pairs: list[RandomPair], case: str) -> None:
    """Alone, excluded from all documents, and beside a word; filtered or not."""
    root, terms = UNUSUAL[case].root, UNUSUAL[case].terms
    filtered = PlainFilters({"tag": frozenset({"ai", ""})}, {"kind": frozenset({"opini"})})
    for pair in pairs:
        for node in (
            root,
            AllOf((EveryDocument(),), (root,)),
            AnyOf((root, TermsFrom("title", b"r", 1.0))),
        ):
            for some in (NO_FILTERS, filtered):
                compare(pair, Plan(node, terms), some)


@pytest.fixture(scope="module")
def known(pairs: list[RandomPair]) -> Vocabulary:
    """Return what plans for an archive without documents are made of."""
    return pairs[0].known


@pytest.mark.parametrize("sizes", [(), (3,), (2, 1)])
def test_index_without_documents_answers_every_plan(
    known: Vocabulary, tmp_path: Path, sizes: tuple[int, ...]
) -> None:
    """Without a segment, or with nothing but deleted documents."""
    pair, rng = RandomPair(make_archive(tmp_path, 1, sizes, sum(sizes))), Rng(1)
    for _ in range(60):
        plan = random_plan(rng, known)
        for some in (NO_FILTERS, PlainFilters({"tag": frozenset({"ai", ""})})):
            assert compare(pair, plan, some).matched == 0
            assert not any(pair.counts(pair.find(plan, ALL, some)).values())
    assert pair.find(Plan(EveryDocument(), ())).total == pair.snapshot.doc_count == 0
    pair.close()


def classes_in(node: Any) -> Iterator[type]:
    """Yield the class of a node and of all parts within it."""
    yield type(node)
    if isinstance(node, AnyOf | AllOf):
        parts = node.parts if isinstance(node, AnyOf) else (*node.must, *node.must_not)
        for part in parts:
            yield from classes_in(part)


def test_random_plans_have_every_class_of_node(known: Vocabulary) -> None:
    """Within each other, too; a class that is added must be drawn."""
    rng = Rng(1)
    roots = [random_plan(rng, known).root for _ in range(200)]
    inner = {kind for root in roots for kind in list(classes_in(root))[1:]}
    assert inner == {type(root) for root in roots} == {*NODES}


MISTAKES: dict[str, Callable[[Plan], Plan]] = {
    "another score": lambda plan: Plan(AnyOf((plan.root,), 1.001), plan.terms),
    "another document": lambda plan: Plan(AllOf((plan.root, WORD)), plan.terms),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_difference_is_found(pairs: list[RandomPair], mistake: str) -> None:
    """A comparison that finds no mistake would prove nothing."""
    plan = Plan(OTHER, BODY)
    outcome = compare_plan(pairs[0], MISTAKES[mistake](plan), plan_to_whoosh(plan))
    assert outcome.problems
