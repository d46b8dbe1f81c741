"""ARCHITECTURE.md is the map of the code: every package, module, file and function in it exists."""

import re
from pathlib import Path

import pytest

from tests.documents import ARCHITECTURE, PROJECT, definitions, rows_of, section

TOP_LEVEL = ("index", "search", "web")
BESIDE = ("tests/oracle",)
"""Packages outside the product that the map shows, too."""
WALKS = ("A query", "A query on a cluster", "An article", "An update", "A facet count")
HOPS = range(6, 9)
GLOSSARY_WORDS = range(20, 32)

PACKAGE_ROWS = rows_of(ARCHITECTURE, "Packages", "package")


def test_every_package_has_a_row() -> None:
    """And no row stands for one that does not exist."""
    found = {path.parent for top in TOP_LEVEL for path in (PROJECT / top).rglob("__init__.py")}
    packages = {path.relative_to(PROJECT).as_posix() for path in found} | set(BESIDE)
    assert sorted(row[0].strip("`") for row in PACKAGE_ROWS) == sorted(packages)


@pytest.mark.parametrize("row", PACKAGE_ROWS, ids=lambda row: row[0])
def test_row_of_a_package_names_its_modules(row: list[str]) -> None:
    """All of them, by their bare names, and no others."""
    folder = PROJECT / row[0].strip("`")
    modules = {
        path.stem for path in folder.glob("*.py") if not path.stem.startswith(("__", "test_"))
    }
    assert sorted(re.findall(r"`(\w+)`", row[-1])) == sorted(modules)


@pytest.mark.parametrize("walk", WALKS)
def test_walk_has_six_to_eight_hops_that_exist(walk: str) -> None:
    """Each names a file and a function or method of it."""
    text = section(ARCHITECTURE, "Walks").partition(f"**{walk}**")[2].partition("\n**")[0]
    hops = re.findall(r"^\d+\. (.*)$", text, re.MULTILINE)
    assert len(hops) in HOPS
    for hop in hops:
        pairs = re.findall(r"`([\w/]+\.py)` `([\w.]+)`", hop)
        assert pairs, hop
        for path, name in pairs:
            assert name in definitions(Path(path)), f"{path} has no {name}"


def test_places_that_no_walk_passes_exist() -> None:
    """Each row of the table names a file and what is in it, or the file alone."""
    rows = rows_of(ARCHITECTURE, "Where is …?", "what")
    pairs = [pair for row in rows for pair in re.findall(r"`([\w/]+\.py)` `([\w.]+)`", row[1])]
    assert [name for path, name in pairs if name not in definitions(Path(path))] == []
    assert len(pairs) >= len(rows) - 1


def test_recipes_name_things_that_exist() -> None:
    """Each constant, class and function in them is one of a file that they name."""
    text = section(ARCHITECTURE, "Recipes")
    paths = [Path(path) for path in re.findall(r"`([\w/]+\.py)`", text)]
    known = {part for path in paths for name in definitions(path) for part in name.split(".")}
    named = set(re.findall(r"`([A-Z]\w+)`", text)) - {"DATA", "FLAGS"}
    assert named <= known
    assert len(re.findall(r"^- \*\*", text, re.MULTILINE)) >= 5


def test_glossary_has_words_that_the_code_uses() -> None:
    """Twenty to thirty rows; each word stands in some docstring or name."""
    rows = rows_of(ARCHITECTURE, "Words", "word")
    code = " ".join(_all_code()).lower().replace("_", " ")
    words = [word.strip() for row in rows for word in row[0].split(",")]
    assert len(rows) in GLOSSARY_WORDS
    assert [word for word in words if word.lower() not in code] == []


def _all_code() -> list[str]:
    files = (path for top in TOP_LEVEL for path in (PROJECT / top).rglob("*.py"))
    return [path.read_text(encoding="utf-8") for path in files]


def test_decisions_are_numbered_and_dated() -> None:
    """So that they can be cited, and their age is known."""
    text = section(ARCHITECTURE, "Decisions")
    dated = re.findall(r"^(\d+)\. \*\*[^*]+\*\* \(20\d\d-\d\d-\d\d", text, re.MULTILINE)
    assert dated == [str(number) for number, _ in enumerate(dated, 1)]
    assert dated == re.findall(r"^(\d+)\. ", text, re.MULTILINE)
