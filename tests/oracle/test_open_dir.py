"""A real generation under Whoosh: `open_dir` opens it, and every class of query runs on it.

The articles are indexed by the command that a newsroom runs, and what is in the generation is
written once more with Whoosh's own codec.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.index import open_dir

from index.generations.directory import generation_path
from index.schema import from_stored
from tests.oracle.archive import pair_of, vocabulary, write_oracle
from tests.oracle.cases import LEFT_OUT, make_cases
from tests.oracle.comparing import compare_plan, compare_query, differing_terms
from tests.oracle.pair import Pair
from tests.oracle.queries import CASES, random_query
from tests.oracle.vocabulary import Rng, Vocabulary

PROJECT = Path(__file__).parents[2]

Opened = tuple[Pair, Vocabulary]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Index the articles of a folder, open the generation, and write Whoosh's own index of it."""
    index_path = tmp_path_factory.mktemp("index")
    command = ["scripts/reindex.py", "samples/sains", "samples/budaya", "--index", str(index_path)]
    subprocess.run([sys.executable, *command], check=True, capture_output=True, cwd=PROJECT)
    opened = open_dir(str(generation_path(index_path, 1)))
    with opened.reader() as reader:
        stored = [fields["document"] for fields in reader.all_stored_fields()]
    documents = list(map(from_stored, stored))
    assert len(documents) > 10
    pair = pair_of(documents, (opened, write_oracle([documents])))
    yield pair, vocabulary(documents, pair, seed=1)
    pair.close()


@pytest.mark.parametrize(
    "kind", [kind for kind in CASES if kind not in LEFT_OUT], ids=lambda kind: kind.__name__
)
def test_every_class_of_queries_runs_on_a_generation(opened: Opened, kind: type) -> None:
    """It finds the same documents with the same scores as in Whoosh's own index."""
    pair, known = opened
    rng = Rng(kind.__name__)
    for _ in range(8):
        query = CASES[kind](rng, known)
        assert not compare_query(pair, query).problems, query


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_queries_within_queries_run_on_a_generation(opened: Opened, seed: int) -> None:
    """Whatever is in what."""
    pair, known = opened
    query = random_query(Rng(seed), known)
    assert not compare_query(pair, query).problems, query


def test_plans_and_typed_texts_find_the_same_in_a_generation(opened: Opened) -> None:
    """The kernels find in it what Whoosh finds in its own index."""
    pair, known = opened
    cases = make_cases(known, 240, 2, {})
    planned = [(case, case.plan) for case in cases if case.plan is not None]
    assert len(planned) > 60
    for case, plan in planned:
        assert not compare_plan(pair, plan, case.query).problems, case.name


def test_terms_of_a_generation_are_those_of_whoosh(opened: Opened) -> None:
    """What the command analysed is what Whoosh's analyzers of the schema analyse."""
    assert not list(differing_terms(opened[0], Rng(1)))
