"""The comparison on real articles: every kind of query is run, no difference is passed over."""

import subprocess
import sys
from pathlib import Path

import pytest
from whoosh import query as wq

from search.execution import AnyTerm, NumberRange, Plan
from search.query import load_synonyms
from tests.hang_guard import HANG_SECONDS
from tests.oracle.archive import build_pair, read_articles, vocabulary
from tests.oracle.cases import LEFT_OUT, NESTED, PLANS, Case, class_name, make_cases
from tests.oracle.comparing import (
    Outcome,
    compare_plan,
    compare_query,
    differing_fuzzy_terms,
    differing_terms,
)
from tests.oracle.pair import Pair
from tests.oracle.queries import CASES
from tests.oracle.texts import TEXTS
from tests.oracle.vocabulary import Vocabulary, new_rng
from tests.oracle.whoosh_query import plan_to_whoosh

PROJECT = Path(__file__).parents[2]
SAMPLES = PROJECT / "samples"
KIND_COUNT = 80
"""So many queries that each kind is one of them."""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    command = [sys.executable, "-m", "tests.oracle", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=HANG_SECONDS, cwd=PROJECT
    )


def test_samples_are_the_same_in_both_indexes() -> None:
    """Every kind of query is run, and equal; so are terms and near words."""
    ran = run(str(SAMPLES), "--documents", "60", "--queries", str(KIND_COUNT))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "60 articles built twice" in ran.stdout
    for kind in ("Whoosh: AndMaybe", "plan", "nested queries", "typed: alternatives"):
        assert f"\n{kind} " in ran.stdout
    assert ran.stdout.splitlines()[-2:] == [
        "Terms and their statistics: equal",
        "Fuzzy terms and suggestions: equal",
    ]


def test_missing_path_fails_with_a_sentence() -> None:
    """No index is built of nothing."""
    ran = run("nowhere")
    assert ran.returncode == 1
    assert "nowhere" in ran.stderr
    assert "Traceback" not in ran.stderr


Opened = tuple[Pair, Vocabulary]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Return the samples in both indexes, and their vocabulary."""
    documents = read_articles([SAMPLES], 40, seed=1)
    pair = build_pair(documents, tmp_path_factory.mktemp("columnar"))
    return pair, vocabulary(documents, pair, seed=1)


def cases(opened: Opened, seed: int) -> list[Case]:
    """Draw cases of every kind."""
    return list(make_cases(opened[1], KIND_COUNT, seed, load_synonyms()))


def test_every_kind_of_query_is_made(opened: Opened) -> None:
    """Plans, texts of readers, and each class of Whoosh's queries; or it is said why not."""
    classes = {class_name(kind) for kind in CASES if kind not in LEFT_OUT}
    texts = {f"typed: {kind}" for kind in TEXTS}
    assert {case.kind for case in cases(opened, 1)} == classes | texts | {PLANS, NESTED}


def test_same_seed_draws_the_same(opened: Opened) -> None:
    """A difference that was found can be found again."""
    first, second = ([case.name for case in cases(opened, 5)] for _ in range(2))
    assert first == second


@pytest.fixture
def mismatched(tmp_path: Path, opened: Opened) -> Pair:
    """Return a pair whose two indexes hold different articles."""
    documents = read_articles([SAMPLES], 80, seed=1)
    other = build_pair(documents[40:], tmp_path)
    other.oracle = opened[0].oracle
    return other


WORDS = [("body", b"di"), ("body", b"harga")]


def test_difference_is_named(mismatched: Pair) -> None:
    """Other documents, scores, articles, terms or near words are never passed over in silence."""
    plans = [Plan(AnyTerm((0,)), (term,)) for term in WORDS]
    queries = [plan_to_whoosh(plan) for plan in plans]
    of_plans = [compare_plan(mismatched, *each) for each in zip(plans, queries, strict=True)]
    of_queries = [compare_query(mismatched, query) for query in queries]
    named = [
        *(problem for outcome in of_plans for problem in outcome.problems),
        *differing_terms(mismatched, new_rng(1)),
        *differing_fuzzy_terms(mismatched, new_rng(1)),
    ]
    for part in ("documents, not", "scores differ", "stored article", "terms of body", "near"):
        assert any(part in problem for problem in named), part
    assert any("the words of body near" in problem for problem in named)
    assert all(outcome.problems for outcome in of_queries)


def test_query_that_cannot_be_run_is_a_difference(opened: Opened) -> None:
    """An error is no answer of the kernels; of Whoosh it must be the same in both indexes."""
    broken = wq.NumericRange("body", 1, 2)
    plan = Plan(NumberRange("body", 1, 2), ())
    outcome = compare_plan(opened[0], plan, broken)
    assert outcome != Outcome()
    assert "cannot be run" in outcome.problems[0]
    assert compare_query(opened[0], broken) == Outcome()
