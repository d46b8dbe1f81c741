"""Figures that the repository's own commands print of its own data, and those that are expected."""

import json
import re
import runpy
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

PROJECT = Path(__file__).parents[2]
FIGURES = Path(__file__).with_name("figures.toml")

TOLERANCE = 0.0006
"""Figures are printed with three or four digits; a difference in the last one is let pass."""

Figures = Mapping[str, Mapping[str, float]]
"""By the row and the column of a table that a command prints."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command that prints a table of figures.

    Attributes:
        name: its table in the file of figures.
        script: the script, below the project.
        arguments: what it measures.
    """

    name: str
    script: str
    arguments: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((".venv/bin/python", self.script, *self.arguments))


COMMANDS = (
    Command("relevance", "scripts/evaluate.py"),
    Command("reading", "scripts/measure_reading.py"),
    Command("stems", "scripts/measure_stems.py", ("tests/fixtures/stems/forms.tsv",)),
)
"""Speed is no figure here: a clock on a busy machine tells nothing, and nothing counts the work."""


def expected_figures() -> Mapping[str, Figures]:
    """Return the committed figures by command."""
    return tomllib.loads(FIGURES.read_text(encoding="utf-8"))


def measure(command: Command) -> Figures:
    """Run a command within this process; return the first table that it prints."""
    printed, arguments, path = StringIO(), sys.argv, [*sys.path]
    sys.argv = [command.script, *command.arguments]
    sys.path.insert(0, str(PROJECT / "scripts"))  # as when the script is run by itself
    try:
        main = runpy.run_path(str(PROJECT / command.script))["main"]
        with redirect_stdout(printed):
            main()
    finally:
        sys.argv, sys.path[:] = arguments, path
    return first_table(printed.getvalue())


def first_table(printed: str) -> Figures:
    r"""Return the figures of a table in Markdown, or of columns with two blanks between them.

    >>> first_table("| files | title | text |\n|---|---:|---:|\n| rows | 3 of 4 |  |\n")
    {'rows': {'title': 0.75}}
    >>> first_table("list  half   meet\nforms  all   0.9700  \n")
    {'forms, all': {'meet': 0.97}}
    """
    table: dict[str, dict[str, float]] = {}
    head: list[str] = []
    for line in printed.splitlines():
        cells = _cells(line)
        if not head:
            head = cells if len(cells) > 1 else []
        elif len(cells) != len(head):
            break
        elif not set(line) <= set("|-: "):
            figures = dict(zip(head, map(_figure, cells), strict=True))
            name = ", ".join(c for c in cells[:3] if _figure(c) is None and c)
            table[name] = {column: f for column, f in figures.items() if f is not None}
    return table


def _cells(line: str) -> list[str]:
    if line.startswith("|"):
        return [cell.strip() for cell in line.strip("|").split("|")]
    return re.split(r"\s{2,}", line.strip())


def _figure(cell: str) -> float | None:
    """Return a number, a percentage or a share such as 34 of 36; None for other texts."""
    if share := re.fullmatch(r"(\d+) of (\d+)", cell):
        return int(share[1]) / int(share[2])
    number = re.fullmatch(r"(\d+(?:\.\d+)?)( %)?", cell)
    return float(number[1]) if number else None


def differences(command: Command, measured: Figures, expected: Figures) -> Iterator[str]:
    """Yield a sentence for each figure that is not the expected one.

    A better figure is one, too: it is written down, so that a later fall to the old one is seen.
    """
    for row in {**expected, **measured}:
        found, asked = measured.get(row, {}), expected.get(row, {})
        for column in {**asked, **found}:
            if not _is_near(found.get(column), asked.get(column)):
                yield (
                    f"`{command}` measures {found.get(column)} as {column} of {row},"
                    f" and {asked.get(column)} is expected. If the change is meant, commit what"
                    " `.venv/bin/python -m tests.expected` writes."
                )


def _is_near(found: float | None, asked: float | None) -> bool:
    return found is not None and asked is not None and abs(found - asked) <= TOLERANCE


def write_figures() -> None:
    """Measure everything, and write the file of expected figures."""
    lines = [
        "# Expected figures by command, row and column; `python -m tests.expected` writes them."
    ]
    for command in COMMANDS:
        for row, figures in measure(command).items():
            lines += ["", f"[{command.name}.{json.dumps(row)}]"]
            lines += [f"{json.dumps(column)} = {figure}" for column, figure in figures.items()]
    FIGURES.write_text("\n".join(lines) + "\n", encoding="utf-8")
