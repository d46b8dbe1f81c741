"""Measure the style of the code, and refuse what is too long or not said.

    .venv/bin/python scripts/measure_style.py

Prints a table of what reviewers look for (lengths, docstrings, return types, inner imports), then
whatever breaks a rule: a function over 40 lines, a file over 300 (tables of data aside), or a
module or public name without a docstring. A function's lines are all from `def` to its last.
"""

import ast
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parent.parent

PACKAGES = ("index", "search", "web", "scripts")
TESTS = "tests"

FUNCTION_LINES_MOST = 40
FILE_LINES_MOST = 300

TABLE_LINES_LEAST = 10
"""From so many lines on, a constant of a module is a table of data and does not count."""

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Measured:
    """A number of lines, and where it was counted."""

    lines: int
    place: str


@dataclass(frozen=True, slots=True)
class Module:
    """One parsed file, and its path within the project."""

    path: str
    tree: ast.Module
    line_count: int


@dataclass(frozen=True, slots=True)
class Presence:
    """How many of some things have what they should; the places of those that have not."""

    total: int
    missing: tuple[str, ...]

    def __str__(self) -> str:
        if not self.total:
            return "none there"
        return f"{100 * (self.total - len(self.missing)) / self.total:.0f} % of {self.total}"


def main(arguments: Sequence[str] = ()) -> int:
    """Print the table and the broken rules.

    Args:
        arguments: at most one, the folder to measure; the project itself if there is none.

    Returns:
        The exit code: 0 when no rule is broken, 1 otherwise.
    """
    root = Path(arguments[0]) if arguments else PROJECT
    code = [module for package in PACKAGES for module in read_modules(root, package)]
    tests = list(read_modules(root, TESTS))
    for label, value in table_rows(code, tests):
        print(f"{label:<44} {value}")
    broken = broken_rules(code)
    print(*broken, f"{len(broken)} rules broken." if broken else "No rule broken.", sep="\n")
    return 1 if broken else 0


def read_modules(root: Path, package: str) -> Iterator[Module]:
    """Yield the Python files below a package, in order of path."""
    for path in sorted((root / package).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text, filename=str(path))
        yield Module(path.relative_to(root).as_posix(), tree, len(text.splitlines()))


def table_rows(code: Sequence[Module], tests: Sequence[Module]) -> list[tuple[str, str]]:
    """Return the rows of the table: what was measured, and the value."""
    return [
        ("functions: median, p90, longest", _spread(function_lengths(code))),
        ("files without tables: median, p90, longest", _spread(file_lengths(code))),
        ("modules with docstring", str(module_docstrings(code))),
        ("public names with docstring", str(name_docstrings(code))),
        ("functions with return type", str(return_types(code))),
        ("imports inside functions", _with_places(inner_imports(code))),
        ("tests with docstring", str(test_docstrings(tests))),
        ("tests: median, p90, longest", _spread(test_lengths(tests))),
        ("test lines per code line", _ratio(tests, code)),
    ]


def broken_rules(code: Sequence[Module]) -> list[str]:
    """Return one line for each place that breaks a rule, saying what to do."""
    rules = (
        (FUNCTION_LINES_MOST, function_lengths(code), "split the function"),
        (FILE_LINES_MOST, file_lengths(code), "split the file"),
    )
    too_long = [
        f"{measured.place}: {measured.lines} lines, at most {most}: {advice}"
        for most, lengths, advice in rules
        for measured in lengths
        if measured.lines > most
    ]
    unsaid = module_docstrings(code).missing + name_docstrings(code).missing
    return too_long + [f"{place}: no docstring: say what it is for" for place in unsaid]


def function_lengths(modules: Sequence[Module]) -> list[Measured]:
    """Return the lines of every function, inner ones too."""
    return [
        Measured(_line_span(node), _place(module, node))
        for module in modules
        for node in _functions(module)
    ]


def file_lengths(modules: Sequence[Module]) -> list[Measured]:
    """Return the lines of every file, without its tables of data."""
    return [Measured(module.line_count - _table_lines(module), module.path) for module in modules]


def module_docstrings(modules: Sequence[Module]) -> Presence:
    """Return which modules say what they are for; an empty file needs not."""
    filled = [module for module in modules if module.line_count]
    missing = [module.path for module in filled if not ast.get_docstring(module.tree)]
    return Presence(len(filled), tuple(missing))


def name_docstrings(modules: Sequence[Module]) -> Presence:
    """Return which public classes, functions and methods say what they do."""
    names = [(module, node) for module in modules for node in _public_names(module.tree)]
    missing = [_place(module, node) for module, node in names if not ast.get_docstring(node)]
    return Presence(len(names), tuple(missing))


def return_types(modules: Sequence[Module]) -> Presence:
    """Return which functions declare what they return."""
    functions = [(module, node) for module in modules for node in _functions(module)]
    missing = [_place(module, node) for module, node in functions if node.returns is None]
    return Presence(len(functions), tuple(missing))


def inner_imports(modules: Sequence[Module]) -> list[str]:
    """Return the places of imports inside functions."""
    return sorted(
        {
            _place(module, node)
            for module in modules
            for function in _functions(module)
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
    )


def test_docstrings(modules: Sequence[Module]) -> Presence:
    """Return which tests say in a sentence what they show."""
    tests = [(module, node) for module in modules for node in _tests(module)]
    missing = [_place(module, node) for module, node in tests if not ast.get_docstring(node)]
    return Presence(len(tests), tuple(missing))


def test_lengths(modules: Sequence[Module]) -> list[Measured]:
    """Return the lines of every test."""
    return [
        Measured(_line_span(node), _place(module, node))
        for module in modules
        for node in _tests(module)
    ]


def _functions(module: Module) -> Iterator[_Function]:
    return (node for node in ast.walk(module.tree) if isinstance(node, _Function))


def _tests(module: Module) -> Iterator[_Function]:
    return (node for node in _functions(module) if node.name.startswith("test_"))


def _public_names(owner: ast.Module | ast.ClassDef) -> Iterator[_Documented]:
    for node in owner.body:
        if isinstance(node, _Documented) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public_names(node)


def _line_span(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _table_lines(module: Module) -> int:
    spans = (_line_span(n) for n in module.tree.body if isinstance(n, ast.Assign | ast.AnnAssign))
    return sum(span for span in spans if span >= TABLE_LINES_LEAST)


def _place(module: Module, node: ast.stmt) -> str:
    name = getattr(node, "name", "")
    return f"{module.path}:{node.lineno}" + (f" {name}" if name else "")


def _spread(lengths: Sequence[Measured]) -> str:
    if not lengths:
        return "none there"
    ordered = sorted(lengths, key=lambda measured: measured.lines)
    median = statistics.median(measured.lines for measured in ordered)
    p90 = ordered[(9 * len(ordered) - 1) // 10].lines
    return f"{median:g}, {p90}, {ordered[-1].lines} ({ordered[-1].place})"


def _with_places(places: Sequence[str]) -> str:
    return f"{len(places)} ({', '.join(places)})" if places else "0"


def _ratio(tests: Sequence[Module], code: Sequence[Module]) -> str:
    lines = sum(module.line_count for module in code)
    return f"{sum(module.line_count for module in tests) / lines:.2f}" if lines else "none there"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
