"""The command that measures ranking, and what it measures on a few invented articles."""

import re
import runpy
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "evaluate.py"
INVENTED = Path(__file__).parents[1] / "fixtures" / "relevance"
FILES = ("--documents", "articles.jsonl", "--queries", "questions.tsv", "--qrels", "qrels.txt")
RULES = (
    "stems by field",
    "exact words and stems by field",
    "long queries: most of the words",
    "without words that only ask",
    "questions: near each other",
    "questions: near an answer",
    "Kliping: with synonyms",
)
"""Each row that gains on the one above it, up to all that Kliping does."""
Evaluate = Callable[..., tuple[int, str, str]]


@pytest.fixture
def evaluate(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Evaluate:
    """Run the command within this process, as it finds its own parts."""
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    main = runpy.run_path(str(SCRIPT))["main"]

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main([str(INVENTED / a) if "." in a else a for a in arguments])
        except SystemExit as left:  # so argparse ends
            code = left.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def figures_of(printed: str) -> dict[str, float]:
    """MRR@10 by configuration, from the first table."""
    rows = re.findall(r"^\| ([^|]+) \| (\d\.\d+) \|", printed, re.MULTILINE)
    return {name: float(figure) for name, figure in rows}


def test_each_rule_gains_on_the_invented_questions(evaluate: Evaluate) -> None:
    """With all of them every question has its article first, which no baseline reaches."""
    code, printed, _ = evaluate(*FILES)
    figures = figures_of(printed)
    gained = [figures[name] for name in RULES]
    assert code == 0
    assert all(before < after for before, after in pairwise(gained))
    assert gained[-1] == 1.0
    assert gained[1] >= figures["PyStemmer, BM25 alone"]


def test_differences_are_shown_with_their_chance(evaluate: Evaluate) -> None:
    """Each row against the one above it."""
    _, printed, _ = evaluate(*FILES)
    assert re.search(rf"\| {RULES[-1]} \| \+0\.0263 \(p \d\.\d+\) \|", printed)


def test_halves_hold_every_question_once(evaluate: Evaluate) -> None:
    """The odd ones and the even ones are nineteen together."""
    said = [evaluate(*FILES, "--half", half)[1] for half in ("even", "odd")]
    assert [re.search(r"(\d+) questions", text)[1] for text in said] == ["10", "9"]  # type: ignore[index]


def test_a_file_that_is_missing_is_named(evaluate: Evaluate) -> None:
    """Nothing is measured then."""
    code, _, error = evaluate(*FILES[:-1], "nowhere.txt")
    assert code == 1
    assert "nowhere.txt" in error


def test_a_weight_of_no_field_is_wrong_usage(evaluate: Evaluate) -> None:
    """A misspelt field would leave everything as it was, in silence."""
    code, _, error = evaluate(*FILES, "--weight", "titel=1")
    assert code == 2
    assert "titel" in error
