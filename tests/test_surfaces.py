"""A package imports from another package only what that one exports.

A package is a folder with an `__init__`, its front page. What that imports from the package's own
modules and what it defines is exported: each name is written once. The package's own modules import
each other directly. Modules at the root of search and web are shared by the packages below them,
which import them directly, too; those at the root of index (document, errors, schema, arrays,
compiled) are shared by all. The compiled loops in a package called kernels are imported by module.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

PROJECT = Path(__file__).parent.parent
PRODUCT = ("index", "search", "web")
IMPORTERS = (*PRODUCT, "scripts")
DIRECT = "kernels"
"""The last part of a package without a surface."""
SHARED_BY_ALL = "index"
"""The package whose root modules every package may import."""


class Import(NamedTuple):
    """A name that a module imports from a package, and from which of its modules.

    Attributes:
        importer: path:line of the import.
        package: the package that has the module.
        module: the rest of the module's dotted name; "" for the package itself.
        name: what is imported.
    """

    importer: str
    package: str
    module: str
    name: str

    def __str__(self) -> str:
        return f"{self.importer}: {self.name} of {'.'.join(filter(None, self[1:3]))}"


def test_other_packages_import_only_what_a_package_exports() -> None:
    """Whatever they need is on its front page, and is imported from the package itself."""
    wrong = [
        str(each) for each in imports() if each.module or each.name not in surface(each.package)
    ]
    assert wrong == []


@pytest.mark.parametrize("package", PRODUCT)
def test_every_exported_name_is_imported_by_another_package(package: str) -> None:
    """A surface holds no more than what is needed outside: by the product, scripts or tests."""
    used = {(each.package, each.name) for each in imports((*IMPORTERS, "tests"))}
    inner = [name for name in packages() if name.partition(".")[0] == package]
    unused = [f"{name}.{export}" for name in inner for export in surface(name)]
    assert [each for each in unused if tuple(each.rsplit(".", 1)) not in used] == []


def imports(importers: tuple[str, ...] = IMPORTERS) -> Iterator[Import]:
    """Yield every name that a module imports from another package of the product."""
    for folder in importers:
        for path in sorted((PROJECT / folder).rglob("*.py")):
            own = ".".join(path.relative_to(PROJECT).parent.parts)
            for line, dotted, name in _imported(path):
                package, module = _split(dotted, name)
                if package and not _is_direct(own, package, module):
                    where = f"{path.relative_to(PROJECT)}:{line}"
                    yield Import(where, package, module, name)


@cache
def packages() -> frozenset[str]:
    """Return the dotted names of all packages of the product."""
    found = (path.parent for top in PRODUCT for path in (PROJECT / top).rglob("__init__.py"))
    return frozenset(".".join(folder.relative_to(PROJECT).parts) for folder in found)


@cache
def surface(package: str) -> tuple[str, ...]:
    """Return what a front page imports from the package's own modules, and what it defines."""
    tree = ast.parse(PROJECT.joinpath(*package.split("."), "__init__.py").read_text("utf-8"))
    imported = [
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith(f"{package}.")
        for alias in node.names
    ]
    defined = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    return tuple(name for name in (*imported, *defined) if not name.startswith("_"))


def _imported(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the dotted name and the imported name of each import."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                dotted, _, name = alias.name.rpartition(".")
                yield node.lineno, dotted or name, name


def _split(dotted: str, name: str) -> tuple[str, str]:
    """Return the package of an imported name, and the module within it; "" for other code."""
    if f"{dotted}.{name}" in packages():  # from search import query
        return f"{dotted}.{name}", ""
    if dotted in packages():
        is_module = PROJECT.joinpath(*dotted.split("."), f"{name}.py").exists()
        return dotted, name if is_module else ""
    package, _, module = dotted.rpartition(".")
    return (package, module) if package in packages() else ("", "")


def _is_direct(own: str, package: str, module: str) -> bool:
    """Whether a module may import from this one directly."""
    is_own = package == own
    is_shared_root = bool(module) and package in {SHARED_BY_ALL, own.partition(".")[0]}
    return is_own or is_shared_root or package.rpartition(".")[2] == DIRECT
