"""Metamorphic tests: what is read does not change under what has nothing to do with the article.

Every invented page and file of rows, and every sample, is read under every change of
`scripts/reading/changes`. The floor is raised as readers get better, never lowered.
"""

import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[3]
LEAST_OF_ALL = 0.78
LEAST_OF_EACH = 0.9
BELOW: Mapping[str, float] = {
    "teasers in the text": 0.86,
    "date beside the headline": 0.84,
    "columns renamed": 0.27,
    "columns in capitals": 0.45,
    "columns with spaces": 0.37,
    "columns in camel case": 0.48,
    "delimiter bar": 0.0,
    "date in rows": 0.03,
    "lists written as Python": 0.56,
    "lists written as JSON": 0.56,
    "names as objects": 0.0,
    "each value a list of one": 0.0,
    "text as a list": 0.0,
    "wrapped": 0.0,
    "an object by id": 0.0,
    "answer of WordPress": 0.0,
    "JSON lines as .jl": 0.0,
    "JSON lines as .txt": 0.0,
    "JSON as .jsonl": 0.0,
    "JSON as .txt": 0.0,
    "table as .txt": 0.0,
}
"""The changes that do not reach `LEAST_OF_EACH` yet, without their forms, and what they reach."""


def floor_of(change: str) -> float:
    """Return the least share of a change; its forms are named after a colon."""
    return BELOW.get(change.partition(":")[0], LEAST_OF_EACH)


@pytest.fixture(scope="module")
def figures() -> Iterator[Any]:
    """Return the figures by change."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(PROJECT / "scripts"))
        truths = importlib.import_module("reading.truths")
        cases = [
            *truths.find_cases(PROJECT / "tests" / "fixtures" / "reading"),
            *truths.cases_as_read(PROJECT / "samples"),
        ]
        yield importlib.import_module("measure_reading").measure_changes(cases)[0]


def test_changes_together_stay_above_their_floor(figures: Any) -> None:
    """Over all fields of all files."""
    assert len(figures.judgments) > 100
    assert figures.share() >= LEAST_OF_ALL


def test_each_change_stays_above_its_floor(figures: Any) -> None:
    """None spoils a form of file or of page."""
    shares = {change: figures.share(change) for change in figures.judgments}
    low = {c: s for c, s in shares.items() if s < floor_of(c)}
    assert low == {}
