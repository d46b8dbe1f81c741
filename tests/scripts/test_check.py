"""The runner of all checks: runs what it can, names what failed and what it could not run."""

import runpy
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from clusters import java

SCRIPT = Path(__file__).parents[2] / "scripts" / "check.py"


@pytest.fixture(scope="module")
def check() -> SimpleNamespace:
    """Return the script's names, without running it."""
    return SimpleNamespace(**runpy.run_path(str(SCRIPT)))


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which no tool is found."""
    return {"PATH": str(tmp_path)}


def python_check(check: SimpleNamespace, code: str, needs: str = sys.executable) -> Any:
    """Return a check that runs a piece of Python."""
    return check.Check("sample", (sys.executable, "-c", code), needs, "buy it")


def make_program(path: Path) -> str:
    """Write a file that may be run, and return its path."""
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_command_that_succeeds_passes(
    check: SimpleNamespace, environment: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    """What the command prints is shown below the check's name."""
    outcome = check.run_check(python_check(check, "print('9 passed')"), environment)
    assert outcome is check.Outcome.PASSED
    assert capfd.readouterr().out.endswith("9 passed\n")


def test_command_that_fails_is_named_in_the_last_lines(
    check: SimpleNamespace, environment: dict[str, str]
) -> None:
    """Any exit code but 0 is a failure, and says which command to run again."""
    row = python_check(check, "raise SystemExit(3)")
    outcomes = {row: check.run_check(row, environment)}
    lines = check.summary_lines(outcomes, requires_all=False)
    assert lines == ["0 of 1 checks passed.", f"Failed: sample ({' '.join(row.command)})"]
    assert not check.is_well(outcomes, requires_all=False)


def test_check_without_its_tool_is_left_out_with_a_remedy(
    check: SimpleNamespace, environment: dict[str, str]
) -> None:
    """A missing tool is no failure, but it is said."""
    row = python_check(check, "", needs="no-such-tool")
    outcomes = {row: check.run_check(row, environment)}
    assert check.summary_lines(outcomes, requires_all=False)[-1] == (
        "Left out: sample, because no-such-tool is missing: buy it"
    )
    assert check.is_well(outcomes, requires_all=False)


def test_what_is_left_out_fails_when_all_is_required(
    check: SimpleNamespace, environment: dict[str, str]
) -> None:
    """On the build machine nothing may be skipped."""
    row = python_check(check, "", needs="no-such-tool")
    assert not check.is_well({row: check.run_check(row, environment)}, requires_all=True)


def test_tools_beside_this_python_come_first(check: SimpleNamespace) -> None:
    """The checks use the tools of the environment they run in, not others of the machine."""
    made = check.make_environment({"PATH": "/elsewhere"})
    assert made["PATH"].startswith(str(Path(sys.executable).parent))


def test_checks_learn_where_the_browser_is(
    check: SimpleNamespace, environment: dict[str, str], tmp_path: Path
) -> None:
    """A browser on the path reaches the tests as CHROMIUM."""
    browser = make_program(tmp_path / "google-chrome")
    assert check.make_environment(environment)["CHROMIUM"] == browser


def test_browser_of_the_environment_goes_before_the_path(
    check: SimpleNamespace, environment: dict[str, str], tmp_path: Path
) -> None:
    """CHROMIUM chooses the browser when several are there."""
    make_program(tmp_path / "chromium")
    chosen = make_program(tmp_path / "my-browser")
    assert check.find_browser(environment | {"CHROMIUM": chosen}) == chosen


def test_browser_that_is_not_there_is_not_found(
    check: SimpleNamespace, environment: dict[str, str]
) -> None:
    """A CHROMIUM that names no program does not count."""
    assert check.find_browser(environment | {"CHROMIUM": "/no/such/browser"}) is None


def test_tests_of_a_cluster_need_java_and_maven(
    check: SimpleNamespace,
    environment: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without one of them they are left out, and the last lines say what to install."""
    monkeypatch.setattr(java, "JAVA_FOLDERS", ())
    [row] = [row for row in check.CHECKS if row.needs == check.CLUSTER]
    make_program(tmp_path / "mvn")
    outcomes = {row: check.run_check(row, environment)}
    assert check.summary_lines(outcomes, requires_all=False)[-1] == (
        "Left out: cluster tests, because Java 21 with Maven is missing:"
        " install both, and set JAVA_HOME where Java is in no usual folder"
    )
    (tmp_path / "java").write_text("#!/bin/sh\necho 'version \"21.0.1\"' >&2\n", encoding="utf-8")
    (tmp_path / "java").chmod(0o755)
    assert check.find_tool(check.CLUSTER, environment)


def test_every_check_says_how_to_get_its_tool(check: SimpleNamespace) -> None:
    """The table is complete and its names are all different."""
    assert all(row.needs and row.remedy for row in check.CHECKS)
    assert len({row.name for row in check.CHECKS}) == len(check.CHECKS)
