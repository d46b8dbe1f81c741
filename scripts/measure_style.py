"""Measure the style of the code: lengths, docstrings, return types, lines of code.

    .venv/bin/python scripts/measure_style.py [FOLDER]

Prints a table of what reviewers look for, then every broken rule: a function over 40 lines, a file
over 300 (tables of data aside), or a module or public name without a docstring. A function's length
is counted from `def` to its last line. Without a folder, the project itself is measured; with one,
another checkout of it, for example an older one to compare with.

Exit codes: 0 no rule is broken; 1 some are.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import start

    start("measure_style")


import ast
import io
import statistics
import sys
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from indexing.start import run

PROJECT = Path(__file__).parent.parent

PRODUCT = ("index", "search", "web")
SCRIPTS = "scripts"
TESTS = "tests"

FUNCTION_LINES_MOST = 40
FILE_LINES_MOST = 300

TABLE_LINES_LEAST = 10
"""A constant of a module with at least so many lines is a table of data and does not count."""

_LAYOUT_TOKENS = frozenset(
    (
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENCODING,
        tokenize.ENDMARKER,
    )
)
"""Tokens of Python that are no code: a line with nothing else is not counted as code."""

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Measured:
    """A number of lines, and the location where it was counted, as path:line name."""

    lines: int
    location: str


@dataclass(frozen=True, slots=True)
class Module:
    """One parsed file.

    Attributes:
        path: its path within the project.
        tree: its syntax tree.
        line_count: all of its lines.
        code_line_count: its lines of code, without docstrings, comments and blank lines.
    """

    path: str
    tree: ast.Module
    line_count: int
    code_line_count: int


@dataclass(frozen=True, slots=True)
class Presence:
    """How many things were checked, and the locations of those that lack what they should have."""

    total: int
    missing: tuple[str, ...]

    def __str__(self) -> str:
        if not self.total:
            return "none there"
        return f"{100 * (self.total - len(self.missing)) / self.total:.0f} % of {self.total}"


def main(arguments: Sequence[str] = ()) -> int:
    """Print the table and the broken rules.

    Args:
        arguments: at most one, the folder to measure; without it, the project itself.

    Returns:
        The exit code: 0 when no rule is broken, 1 otherwise.
    """
    root = Path(arguments[0]) if arguments else PROJECT
    product = [module for package in PRODUCT for module in read_modules(root, package)]
    scripts = list(read_modules(root, SCRIPTS))
    tests = list(read_modules(root, TESTS))
    for label, value in table_rows(product, scripts, tests):
        print(f"{label:<44} {value}")
    broken = broken_rules([*product, *scripts])
    print(*broken, f"{len(broken)} rules broken." if broken else "No rule broken.", sep="\n")
    return 1 if broken else 0


def read_modules(root: Path, package: str) -> Iterator[Module]:
    """Yield the Python files below a package, in order of path."""
    for path in sorted((root / package).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text, filename=str(path))
        yield Module(
            path.relative_to(root).as_posix(),
            tree,
            line_count=len(text.splitlines()),
            code_line_count=count_code_lines(text, tree),
        )


def count_code_lines(text: str, tree: ast.Module) -> int:
    """Count the lines of code, without docstrings, comments and blank lines.

    Any statement that is only a string counts as a docstring, such as the one below a constant.
    A string of several lines that is a value counts with all of its lines.
    """
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _LAYOUT_TOKENS:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and _is_string(node.value):
            lines.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(lines)


def table_rows(
    product: Sequence[Module], scripts: Sequence[Module], tests: Sequence[Module]
) -> list[tuple[str, str]]:
    """Return the rows of the table, as pairs of a label and a value.

    Args:
        product: the modules of index, search and web.
        scripts: the modules of scripts.
        tests: the modules of tests.
    """
    code = [*product, *scripts]
    return [
        ("lines of code: index, search, web; scripts", _code_lines(product, scripts)),
        ("functions: median, p90, longest", _spread(function_lengths(code))),
        ("files without tables: median, p90, longest", _spread(file_lengths(code))),
        ("modules with docstring", str(module_docstrings(code))),
        ("public names with docstring", str(name_docstrings(code))),
        ("functions with return type", str(return_types(code))),
        ("imports inside functions", _count_with_locations(inner_imports(code))),
        ("tests with docstring", str(test_docstrings(tests))),
        ("tests: median, p90, longest", _spread(test_lengths(tests))),
        ("test lines per code line", _ratio(tests, code)),
    ]


def broken_rules(code: Sequence[Module]) -> list[str]:
    """Return one line for each location that breaks a rule, with what to do."""
    rules = (
        (FUNCTION_LINES_MOST, function_lengths(code), "split the function"),
        (FILE_LINES_MOST, file_lengths(code), "split the file"),
    )
    too_long = [
        f"{measured.location}: {measured.lines} lines, at most {most}: {advice}"
        for most, lengths, advice in rules
        for measured in lengths
        if measured.lines > most
    ]
    undocumented = module_docstrings(code).missing + name_docstrings(code).missing
    return too_long + [f"{where}: no docstring: say what it is for" for where in undocumented]


def function_lengths(modules: Sequence[Module]) -> list[Measured]:
    """Return the length of every function, nested ones included."""
    return [
        Measured(_line_span(node), _location(module, node))
        for module in modules
        for node in _functions(module)
    ]


def file_lengths(modules: Sequence[Module]) -> list[Measured]:
    """Return the length of every file, without its tables of data."""
    return [Measured(module.line_count - _table_lines(module), module.path) for module in modules]


def module_docstrings(modules: Sequence[Module]) -> Presence:
    """Return which modules have a docstring; an empty file needs none."""
    filled = [module for module in modules if module.line_count]
    missing = [module.path for module in filled if not ast.get_docstring(module.tree)]
    return Presence(len(filled), tuple(missing))


def name_docstrings(modules: Sequence[Module]) -> Presence:
    """Return which public classes, functions and methods have a docstring."""
    names = [(module, node) for module in modules for node in _public_names(module.tree)]
    missing = [_location(module, node) for module, node in names if not ast.get_docstring(node)]
    return Presence(len(names), tuple(missing))


def return_types(modules: Sequence[Module]) -> Presence:
    """Return which functions declare their return type."""
    functions = [(module, node) for module in modules for node in _functions(module)]
    missing = [_location(module, node) for module, node in functions if node.returns is None]
    return Presence(len(functions), tuple(missing))


def inner_imports(modules: Sequence[Module]) -> list[str]:
    """Return the locations of imports inside functions."""
    return sorted(
        {
            _location(module, node)
            for module in modules
            for function in _functions(module)
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
    )


def test_docstrings(modules: Sequence[Module]) -> Presence:
    """Return which tests have a docstring."""
    tests = [(module, node) for module in modules for node in _tests(module)]
    missing = [_location(module, node) for module, node in tests if not ast.get_docstring(node)]
    return Presence(len(tests), tuple(missing))


def test_lengths(modules: Sequence[Module]) -> list[Measured]:
    """Return the length of every test."""
    return [
        Measured(_line_span(node), _location(module, node))
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


def _is_string(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _code_lines(product: Sequence[Module], scripts: Sequence[Module]) -> str:
    counts = (sum(module.code_line_count for module in part) for part in (product, scripts))
    return "; ".join(f"{count:,}" for count in counts)


def _line_span(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _table_lines(module: Module) -> int:
    spans = (_line_span(n) for n in module.tree.body if isinstance(n, ast.Assign | ast.AnnAssign))
    return sum(span for span in spans if span >= TABLE_LINES_LEAST)


def _location(module: Module, node: ast.stmt) -> str:
    name = getattr(node, "name", "")
    return f"{module.path}:{node.lineno}" + (f" {name}" if name else "")


def _spread(lengths: Sequence[Measured]) -> str:
    if not lengths:
        return "none there"
    ordered = sorted(lengths, key=lambda measured: measured.lines)
    median = statistics.median(measured.lines for measured in ordered)
    p90 = ordered[(9 * len(ordered) - 1) // 10].lines
    return f"{median:g}, {p90}, {ordered[-1].lines} ({ordered[-1].location})"


def _count_with_locations(locations: Sequence[str]) -> str:
    return f"{len(locations)} ({', '.join(locations)})" if locations else "0"


def _ratio(tests: Sequence[Module], code: Sequence[Module]) -> str:
    lines = sum(module.line_count for module in code)
    return f"{sum(module.line_count for module in tests) / lines:.2f}" if lines else "none there"


if __name__ == "__main__":
    run("measure_style", partial(main, sys.argv[1:]))
