"""The comparison with Whoosh's own codec: every kind is asked, no difference is passed over."""

import subprocess
import sys
from pathlib import Path

import pytest
from whoosh import query as wq

from tests.oracle.archive import build_pair, read_articles, vocabulary
from tests.oracle.comparing import Outcome, compare_query, differing_suggestions, differing_terms
from tests.oracle.kinds import TEXTS, UNASKED, make_queries
from tests.oracle.pair import Pair
from tests.oracle.queries import CASES, Vocabulary, new_rng

PROJECT = Path(__file__).parents[2]
SAMPLES = PROJECT / "samples"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    command = [sys.executable, "-m", "tests.oracle", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, cwd=PROJECT
    )


def test_samples_are_the_same_in_both_indexes() -> None:
    """Every kind of query is asked, and equal; so are terms and suggestions."""
    ran = run(str(SAMPLES), "--documents", "60", "--queries", "70")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "60 articles built twice" in ran.stdout
    for kind in ("AndMaybe", "tree", "typed: alternatives"):
        assert f"\n{kind} " in ran.stdout
    assert ran.stdout.splitlines()[-2:] == [
        "Terms and their statistics: equal",
        "Spelling suggestions: equal",
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
    """Return the samples in both indexes, and what can be asked of them."""
    documents = read_articles([SAMPLES], 40, seed=1)
    pair = build_pair(documents, tmp_path_factory.mktemp("columnar"))
    return pair, vocabulary(documents, pair, seed=1)


def test_every_kind_of_query_is_made(opened: Opened) -> None:
    """Each class of Whoosh's queries and each text of a reader, in turn; or it is said why not."""
    made = {asked.kind for asked in make_queries(opened[1], 60, seed=1)}
    classes = {kind.__name__.lstrip("_") for kind in CASES if kind not in UNASKED}
    assert made == classes | {"tree"} | {f"typed: {kind}" for kind in TEXTS}


def test_same_seed_asks_the_same(opened: Opened) -> None:
    """A difference that was found can be found again."""
    first, second = ([a.name for a in make_queries(opened[1], 60, seed=5)] for _ in range(2))
    assert first == second


@pytest.fixture
def mismatched(tmp_path: Path, opened: Opened) -> Pair:
    """Return a pair whose indexes hold other articles."""
    documents = read_articles([SAMPLES], 80, seed=1)
    other = build_pair(documents[40:], tmp_path)
    other.oracle, other.oracle_weighting = opened[0].oracle, opened[0].oracle_weighting
    return other


def test_difference_is_told_with_what_differs(mismatched: Pair) -> None:
    """Other documents, other terms, other suggestions; never a silent pass."""
    told = [
        problem
        for query in (wq.Term("body", "di"), wq.Term("body", "harga"))
        for problem in compare_query(mismatched, query, new_rng(1)).problems
    ]
    for part in ("documents, not", "scores differ by", "the stored article"):
        assert any(part in problem for problem in told), part
    assert any(
        "the terms of body" in problem for problem in differing_terms(mismatched, new_rng(1))
    )
    assert any("near" in problem for problem in differing_suggestions(mismatched, new_rng(1)))


def test_query_that_cannot_be_run_is_a_difference(opened: Opened) -> None:
    """An error is no answer."""
    broken = wq.NumericRange("body", 1, 2)
    outcome = compare_query(opened[0], broken, new_rng(1))
    assert outcome != Outcome()
    assert "cannot be run" in outcome.problems[0]
