"""What is told of other people's packages: all of the lock, with licences, as a standard form."""

import datetime as dt
import json
import runpy
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

PROJECT = Path(__file__).parents[2]

LOCK = """anyio==1.0 ; sys_platform == 'win32' \\
    --hash=sha256:00 \\
    --hash=sha256:01
    # via
    #   flask
    #   kliping (pyproject.toml)
flask==3.1.3 \\
    --hash=sha256:02
    # via kliping (pyproject.toml)
"""


@pytest.fixture(scope="module")
def supply() -> SimpleNamespace:
    """Return the script's names, without running it."""
    return SimpleNamespace(**runpy.run_path(str(PROJECT / "scripts" / "supply.py")))


def test_lock_is_read_with_markers_and_parents(supply: SimpleNamespace) -> None:
    """In its order."""
    first, second = supply.read_lock(LOCK)
    assert (first.name, first.version, first.marker) == ("anyio", "1.0", "sys_platform == 'win32'")
    assert (first.parents, second.parents) == (("flask", "kliping"), ("kliping",))


def test_every_package_of_the_lock_is_listed(
    supply: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a licence, where it is installed; all direct dependencies are."""
    assert supply.main(["licences"]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    lock = (PROJECT / "requirements.lock").read_text()
    assert lines.keys() == {line.partition("==")[0] for line in lock.splitlines() if "==" in line}
    direct = [package.name for package in supply.read_lock(lock) if "kliping" in package.parents]
    assert len(direct) > 10
    assert "BSD-2-Clause" in lines["whoosh3"]


def test_bill_of_materials_is_complete_and_closed(supply: SimpleNamespace, tmp_path: Path) -> None:
    """Each package stands in it once, every reference leads somewhere, and it is reproducible."""
    paths = [tmp_path / "a" / "sbom.json", tmp_path / "sbom.json"]
    assert [supply.main(["sbom", "--out", str(path)]) for path in paths] == [0, 0]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    sbom = json.loads(paths[0].read_text())
    packages = supply.read_lock((PROJECT / "requirements.lock").read_text())
    assert [part["purl"] for part in sbom["components"]] == [package.purl for package in packages]
    refs = {part["bom-ref"] for part in sbom["components"]} | {
        sbom["metadata"]["component"]["bom-ref"]
    }
    rows = sbom["dependencies"]
    assert [row["ref"] for row in rows if row["ref"] not in refs] == []
    assert {ref for row in rows for ref in row["dependsOn"]} == refs - {rows[0]["ref"]}
    assert (sbom["bomFormat"], sbom["specVersion"]) == ("CycloneDX", "1.6")


def test_oldest_release_comes_first(supply: SimpleNamespace) -> None:
    """By the first file of a version; a package without a day goes before."""
    uv_lock = """
[[package]]
name = "flask"
version = "3.1.3"
sdist = { upload-time = "2026-01-03T00:00:00Z" }
wheels = [{ upload-time = "2026-01-02T00:00:00Z" }]
"""
    lines = list(supply.list_ages(supply.read_lock(LOCK), uv_lock, dt.date(2026, 1, 12)))
    assert [line.split()[0] for line in lines] == ["anyio", "flask"]
    assert "no day is known" in lines[0]
    assert "2026-01-02    10 days" in lines[1]


def test_pins_are_a_project_of_these_versions(supply: SimpleNamespace) -> None:
    """With the systems on which they are installed."""
    pins = tomllib.loads(supply.make_pins(supply.read_lock(LOCK)))["project"]["dependencies"]
    assert pins == ["anyio==1.0 ; sys_platform == 'win32'", "flask==3.1.3"]


def test_missing_dates_are_a_sentence(
    supply: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And exit code 1."""
    assert supply.main(["ages", "--dates", str(tmp_path / "none")]) == 1
    assert "Check the path" in capsys.readouterr().err
