"""Ranking, reading and stems are as good as the committed figures say."""

import pytest

from tests.expected.measuring import (
    COMMANDS,
    Command,
    differences,
    expected_figures,
    first_table,
    measure,
)

COMMAND = Command("reading", "scripts/measure_reading.py")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_figures_are_those_that_are_expected(command: Command) -> None:
    """Whoever makes one worse is told which command shows it."""
    expected = expected_figures()[command.name]
    assert len(expected) > 3
    assert list(differences(command, measure(command), expected)) == []


@pytest.mark.parametrize("measured", [{}, {"rows": {}}, {"rows": {"title": 0.9}}])
def test_figure_that_fell_or_is_gone_is_told(measured: dict[str, dict[str, float]]) -> None:
    """With the row, the column, the command, and how to renew the file."""
    (told,) = differences(COMMAND, measured, {"rows": {"title": 0.95}})
    for part in ("title of rows", "0.95 is expected", COMMAND.script, "-m tests.expected"):
        assert part in told


def test_figure_that_is_better_or_new_is_told() -> None:
    """Otherwise it could fall back unseen."""
    expected = {"rows": {"title": 0.95}}
    assert len(list(differences(COMMAND, {"rows": {"title": 1.0}}, expected))) == 1
    assert len(list(differences(COMMAND, {**expected, "pages": {"date": 1.0}}, expected))) == 1


def test_figure_that_differs_in_its_last_digit_is_let_pass() -> None:
    """Another machine may round otherwise."""
    assert not list(differences(COMMAND, {"a": {"b": 0.9501}}, {"a": {"b": 0.95}}))


def test_table_is_read_from_what_a_command_prints() -> None:
    """Markdown and columns; shares become numbers, an empty cell is no figure, one table only."""
    assert first_table(
        "Two articles.\n\n| files | title | text |\n|---|---:|---:|\n"
        "| rows | 3 of 4 |  |\n\n| other | x |\n"
    ) == {"rows": {"title": 0.75}}
    printed = "list  half  meet\nforms  all  97.00 %\ncold: 9 stems\n"
    assert first_table(printed) == {"forms, all": {"meet": 97.0}}
