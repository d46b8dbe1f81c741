"""The documents of the project, their tables, and the names that the code defines.

Tests compare the two: a name in a document that the code does not have, or the other way round.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parent.parent
CODE_FOLDERS = ("index", "search", "web", "scripts", "tests")

README = PROJECT / "README.md"
ARCHITECTURE = PROJECT / "ARCHITECTURE.md"
MAKEFILE = PROJECT / "Makefile"
DOCS = PROJECT / "docs"
DOCUMENTS = (README, ARCHITECTURE, *sorted(DOCS.glob("*.md")))

_CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"^ {4,}(\S.*)$", re.MULTILINE)
_CODE_SPAN = re.compile(r"`([^`\n]+)`")
_BAR = re.compile(r"(?<!\\)\|")


@cache
def text_of(document: Path) -> str:
    """Return a document's text."""
    return document.read_text(encoding="utf-8")


def section(document: Path, heading: str) -> str:
    """Return the text below a heading, up to the next heading of any level."""
    found = re.search(
        rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text_of(document), re.MULTILINE | re.DOTALL
    )
    assert found, f"{document.name} has no heading {heading!r}"
    return found[1]


def rows_of(document: Path, heading: str, first_column: str) -> list[list[str]]:
    """Return the cells of the rows of a table below a heading, found by its first column's head."""
    lines = section(document, heading).splitlines()
    head = next((n for n, line in enumerate(lines) if line.startswith(f"| {first_column} |")), None)
    assert head is not None, f"{document.name} has no table {first_column!r} below {heading!r}"
    rows = []
    for line in lines[head + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in _BAR.split(line)[1:-1]])
    return rows


def first_names(document: Path, heading: str, first_column: str) -> list[str]:
    """Return every code span in the first column of a table."""
    rows = rows_of(document, heading, first_column)
    return [name for row in rows for name in _CODE_SPAN.findall(row[0])]


def code_spans(document: Path) -> list[str]:
    """Return every code span of a document, code blocks left out."""
    return _CODE_SPAN.findall(_CODE_BLOCK.sub("", text_of(document)))


def code_blocks(document: Path) -> str:
    """Return the code blocks of a document, fenced and indented ones, one below the other."""
    text = text_of(document)
    return "\n".join((*_CODE_BLOCK.findall(text), *_INDENTED.findall(text)))


@cache
def modules() -> tuple[Path, ...]:
    """Return every Python file of the project, relative to it."""
    found = (path for name in CODE_FOLDERS for path in sorted((PROJECT / name).rglob("*.py")))
    return tuple(path.relative_to(PROJECT) for path in found)


@cache
def tree_of(module: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse((PROJECT / module).read_text(encoding="utf-8"))


def definitions(module: Path) -> set[str]:
    """Return the functions, classes and constants of a module, and methods as Class.method."""
    return set(_defined(tree_of(module).body, ""))


def options_of(script: Path) -> set[str]:
    """Return the options that a script's parser knows, by its own words or a part's of it."""
    parts = [script, *(part for part in _imported(script) if part in modules())]
    calls = (node for part in parts for node in ast.walk(tree_of(part)))
    added = (
        call.args
        for call in calls
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "add_argument"
    )
    texts = (arg.value for args in added for arg in args if isinstance(arg, ast.Constant))
    return {text for text in texts if isinstance(text, str) and text.startswith("--")}


def _imported(script: Path) -> Iterator[Path]:
    for node in tree_of(script).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield script.parent / f"{node.module.replace('.', '/')}.py"


OUTCOMES = Path("scripts/indexing/outcome.py")
START = Path("scripts/indexing/start.py")


def exit_codes_of(module: Path) -> set[int]:
    """Return the exit codes that a script can end with.

    These are the numbers that its functions return, directly or by an EXIT_ constant, where they
    return an int; those of the functions that tell failures, start and run it, where they are
    called; and 2 where argparse reads its command line.
    """
    tree = tree_of(module)
    codes = {0}
    value_by_name = dict([*_exit_constants(tree_of(START)), *_exit_constants(tree)])
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and ast.unparse(function.returns or tree) == "int":
            returned = (node.value for node in ast.walk(function) if isinstance(node, ast.Return))
            for value in (each for whole in returned for each in _alternatives(whole)):
                if isinstance(value, ast.Constant) and isinstance(value.value, int):
                    codes.add(value.value)
                elif isinstance(value, ast.Name) and value.id in value_by_name:
                    codes.add(value_by_name[value.id])
    text = module.read_text(encoding="utf-8")
    if "import FAILURES," in text:
        codes |= exit_codes_of(OUTCOMES)
    codes |= {value_by_name["EXIT_STOPPED"]} if f'run("{module.stem}", ' in text else set()
    codes |= {value_by_name["EXIT_FAILED"]} if f'start("{module.stem}", ' in text else set()
    return codes | ({2} if ".parse_args(" in ast.unparse(tree) else set())


def _defined(body: list[ast.stmt], owner: str) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield f"{owner}{node.name}"
        if isinstance(node, ast.ClassDef):
            yield from _defined(node.body, f"{node.name}.")
        if isinstance(node, ast.Assign):
            yield from (f"{owner}{name}" for target in node.targets for name in _names(target))
        if isinstance(node, ast.AnnAssign):
            yield from (f"{owner}{name}" for name in _names(node.target))


def _names(target: ast.expr) -> Iterator[str]:
    return (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def _exit_constants(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in tree.body:
        if isinstance(node, ast.Assign):
            names, values = (
                side.elts if isinstance(side, ast.Tuple) else [side]
                for side in (node.targets[0], node.value)
            )
            for name, value in zip(names, values, strict=False):
                if isinstance(name, ast.Name) and name.id.startswith("EXIT_"):
                    yield name.id, ast.literal_eval(value)


def _alternatives(value: ast.expr | None) -> Iterator[ast.expr]:
    if isinstance(value, ast.IfExp):
        yield from _alternatives(value.body)
        yield from _alternatives(value.orelse)
    elif value is not None:
        yield value
