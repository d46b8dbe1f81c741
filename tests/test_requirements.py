"""The locked packages: serving needs no package of the tests, and both locks agree."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

PROJECT = Path(__file__).parents[1]
FOR_SERVING = ("reindex", "serve", "explain", "correct", "compile_kernels")
PIN = re.compile(r"^([\w.-]+)==(\S+)(?: ; (.+?))? \\$", re.MULTILINE)


def pins(name: str) -> set[tuple[str, str, str]]:
    """Return package, version and condition of each line of a lock."""
    return set(PIN.findall((PROJECT / name).read_text()))


def imported(path: Path) -> set[str]:
    """Return the packages that a module imports, by their first names."""
    tree = ast.parse(path.read_text())
    names = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names}


def test_what_serves_imports_only_what_setup_installs() -> None:
    """`make setup` installs the dependencies; whatever else is imported would be missing."""
    scripts = PROJECT / "scripts"
    paths = [scripts / f"{name}.py" for name in FOR_SERVING]
    paths += (scripts / "indexing").rglob("*.py")
    paths += [
        path for name in ("index", "search", "web") for path in (PROJECT / name).rglob("*.py")
    ]
    names = set().union(*map(imported, paths)) - sys.stdlib_module_names
    names -= {"index", "search", "web", "scripts", *(path.name for path in scripts.iterdir())}
    packages = packages_distributions()
    needed = {package.lower() for name in names for package in packages[name]}
    locked = {name for name, *_ in pins("requirements.lock")}
    assert needed <= locked


def test_locks_agree() -> None:
    """A package that both name has one version, and each direct dependency is in its lock."""
    served, tested = pins("requirements.lock"), pins("requirements-dev.lock")
    both = {name for name, *_ in served} & {name for name, *_ in tested}
    assert {pin for pin in served if pin[0] in both} >= {pin for pin in tested if pin[0] in both}
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    for wanted, lock in (
        ([*project["project"]["dependencies"], *groups["build"]], served),
        (groups["dev"], tested),
    ):
        names = {re.split(r"[^\w.-]", each)[0].lower() for each in wanted}
        assert names <= {name for name, *_ in lock}


def test_locks_name_no_registry() -> None:
    """Packages are known by their hashes, wherever they are fetched from."""
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (PROJECT / name).read_text()
        assert "://" not in text
        assert "--index-url" not in text
        assert all(
            "--hash=sha256:" in block for block in re.split(r"\n(?=\w)", text) if "==" in block
        )
