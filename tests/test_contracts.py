"""The import contracts of pyproject.toml: each fails, by its name, when one import breaks it."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.hang_guard import HANG_SECONDS

PROJECT = Path(__file__).parent.parent
LINTER: dict[str, Any] = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))[
    "tool"
]["importlinter"]
CONTRACTS: list[dict[str, Any]] = LINTER["contracts"]


class Breach(NamedTuple):
    """An import that a contract forbids: which module gets it, and what it imports."""

    importer: str
    imported: str


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the modules of all packages."""
    folder = tmp_path_factory.mktemp("copied")
    for package in LINTER["root_packages"]:
        for path in (PROJECT / package).rglob("*.py"):
            target = folder / path.relative_to(PROJECT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    return folder


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract["name"])
def test_contract_fails_when_an_import_breaks_it(copied: Path, contract: dict[str, Any]) -> None:
    """The check names the contract and the import."""
    breach = _breach_of(contract)
    path = _path_of(copied, breach.importer)
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nimport {breach.imported}\n", encoding="utf-8")
    try:
        ran = _check_imports(copied, contract)
    finally:
        path.write_text(text, encoding="utf-8")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert f"{contract['name']} BROKEN" in ran.stdout
    assert f"{breach.importer} -> {breach.imported}" in ran.stdout


def _breach_of(contract: dict[str, Any]) -> Breach:
    """Return an import from the lowest layer to the highest, or of what is forbidden."""
    if contract["type"] == "forbidden":
        source, *_ = reversed(contract["source_modules"])
        return Breach(source, contract["forbidden_modules"][0])
    container = contract.get("containers", [""])[0]
    highest, lowest = (re.search(r"\w+", contract["layers"][end])[0] for end in (0, -1))
    before = f"{container}." if container else ""
    return Breach(before + lowest, before + highest)


def _path_of(folder: Path, module: str) -> Path:
    path = folder.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _check_imports(folder: Path, contract: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """Check one contract alone, which takes a second."""
    settings = {name: value for name, value in LINTER.items() if name != "contracts"}
    lines = ["[tool.importlinter]", *_toml(settings)]
    lines += ["[[tool.importlinter.contracts]]", *_toml(contract)]
    (folder / "pyproject.toml").write_text("\n".join(lines), encoding="utf-8")
    return subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
        timeout=HANG_SECONDS,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
    )


def _toml(table: dict[str, Any]) -> list[str]:
    """Return the lines of a table; TOML writes texts, lists and booleans as JSON does."""
    return [f"{key} = {json.dumps(value)}" for key, value in table.items()]
