"""The command that measures ranking, and what it measures on a few invented articles."""

import gzip
import re
import runpy
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "evaluate.py"
INVENTED = Path(__file__).parents[1] / "fixtures" / "relevance"
PARTS = ("exact words and stems by field", "coverage in long queries", "synonyms")
"""The rows of Kliping: each gains on the one above it."""
Evaluate = Callable[..., tuple[int, str, str]]


@pytest.fixture
def evaluate(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Evaluate:
    """Run the command within this process, as it finds its own parts."""
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    main = runpy.run_path(str(SCRIPT))["main"]

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(list(arguments))
        except SystemExit as left:  # so argparse ends
            code = left.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def figures_of(printed: str) -> dict[str, float]:
    """MRR@10 by configuration, from the first table."""
    rows = re.findall(r"^\| ([^|]+) \| (\d\.\d+) \|", printed, re.MULTILINE)
    return {name: float(figure) for name, figure in rows}


def test_each_part_gains_on_the_invented_questions(evaluate: Evaluate) -> None:
    """With all of them every question has its article first, which no baseline reaches."""
    code, printed, _ = evaluate(str(INVENTED))
    figures = figures_of(printed)
    gained = [figures[name] for name in PARTS]
    assert code == 0
    assert all(before < after for before, after in pairwise(gained))
    assert gained[-1] == 1.0
    assert gained[0] >= figures["PyStemmer, BM25 alone"]


def test_differences_are_shown_with_their_chance(evaluate: Evaluate) -> None:
    """Each row against the one above it."""
    _, printed, _ = evaluate(str(INVENTED))
    assert re.search(rf"\| {PARTS[-1]} \| \+0\.0312 \(p \d\.\d+\) \|", printed)


def test_halves_hold_every_question_once(evaluate: Evaluate) -> None:
    """The odd ones and the even ones are sixteen together."""
    said = [evaluate(str(INVENTED), "--half", half)[1] for half in ("even", "odd")]
    assert [re.search(r"(\d+) queries", text)[1] for text in said] == ["8", "8"]  # type: ignore[index]


def test_a_file_that_is_missing_is_named(evaluate: Evaluate, tmp_path: Path) -> None:
    """Nothing is measured then."""
    code, _, error = evaluate(str(tmp_path))
    assert code == 1
    assert "qrels.txt" in error


def test_without_a_folder_the_invented_queries_are_measured(evaluate: Evaluate) -> None:
    """So that the command can be tried without data."""
    assert evaluate()[1] == evaluate(str(INVENTED))[1]


def test_packed_files_are_read_like_plain_ones(evaluate: Evaluate, tmp_path: Path) -> None:
    """Collections are often packed."""
    for path in INVENTED.iterdir():
        (tmp_path / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
    assert evaluate(str(tmp_path))[1] == evaluate(str(INVENTED))[1]


def test_a_weight_of_no_field_is_wrong_usage(evaluate: Evaluate) -> None:
    """A misspelt field would leave everything as it was, in silence."""
    code, _, error = evaluate(str(INVENTED), "--weight", "titel=1")
    assert code == 2
    assert "titel" in error
