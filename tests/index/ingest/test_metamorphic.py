"""Metamorphic tests: what is read does not change under what has nothing to do with the article.

Every invented page and file of rows, and every sample, is read under every change of
`scripts/reading/changes`. The floor is raised as readers get better, never lowered.
"""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[3]
LEAST_OF_ALL = 0.97
LEAST_OF_EACH = 0.9


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
    low = {change: share for change, share in shares.items() if share < LEAST_OF_EACH}
    assert low == {}
