"""Run every check of the project, in order, and list at the end what failed.

    .venv/bin/python scripts/check.py

All checks run, even if one fails before them, and their output is shown as it comes. A check whose
tool is missing is left out; the last lines name it and say how to get the tool. With REQUIRE=all in
the environment, a check that is left out counts as failed. To add a check, add a row to `CHECKS`.

Exit codes: 0 all checks passed; 1 some failed.
"""

if __name__ == "__main__":  # before what takes time to load
    from indexing.start import start

    start("check")


import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from clusters.java import missing_tool
from indexing.start import run

PROJECT = Path(__file__).parent.parent

PACKAGES = ("index", "search", "web", "scripts")
"""Packages whose docstrings have examples (doctests)."""

BROWSER = "chromium"
BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome")
"""Programs that the browser tests can drive, the preferred one first; $CHROMIUM goes before all."""

CLUSTER = "Java 21 with Maven"
"""What the tests of a cluster need, for OpenSearch."""


@dataclass(frozen=True, slots=True)
class Check:
    """One row of the table of checks.

    Attributes:
        name: its name in the report.
        command: a tool and its arguments.
        needs: the tool that it needs; without it, the check is left out.
        remedy: how to get that tool.
    """

    name: str
    command: tuple[str, ...]
    needs: str
    remedy: str


class Outcome(Enum):
    """How a check ended: passed, failed, or left out."""

    PASSED = "passed"
    FAILED = "failed"
    LEFT_OUT = "left out"


_SETUP = "make dev"
_BROWSER_REMEDY = "install Chromium (apt-get install chromium), or set CHROMIUM to a browser's path"
_ORDINARY = "not browser and not nginx and not caddy and not systemd and not cluster"
_CLUSTER_REMEDY = "install both, and set JAVA_HOME where Java is in no usual folder"

CHECKS = (
    Check("lint", ("ruff", "check", "."), "ruff", _SETUP),
    Check("format", ("ruff", "format", "--check", "."), "ruff", _SETUP),
    Check("types", ("mypy",), "mypy", _SETUP),
    Check("types of scripts", ("mypy", "scripts"), "mypy", _SETUP),
    Check("types of the oracle", ("mypy", "-p", "tests.oracle"), "mypy", _SETUP),
    Check("imports", ("lint-imports",), "lint-imports", _SETUP),
    Check("style", ("python", "scripts/measure_style.py"), "python", _SETUP),
    Check("examples", ("pytest", "--doctest-modules", *PACKAGES), "pytest", _SETUP),
    Check("tests", ("pytest", "-m", _ORDINARY), "pytest", _SETUP),
    Check("nginx example", ("pytest", "-m", "nginx"), "nginx", "apt-get install nginx-light"),
    Check("Caddy example", ("pytest", "-m", "caddy"), "caddy", "apt-get install caddy"),
    Check("systemd units", ("pytest", "-m", "systemd"), "systemd-analyze", "a Linux with systemd"),
    Check("cluster tests", ("pytest", "-m", "cluster"), CLUSTER, _CLUSTER_REMEDY),
    Check("browser tests", ("pytest", "-m", "browser"), BROWSER, _BROWSER_REMEDY),
)


def main() -> int:
    """Run all checks.

    Returns:
        The exit code: 0 when all is well, 1 otherwise.
    """
    environment = make_environment(os.environ)
    outcomes = {check: run_check(check, environment) for check in CHECKS}
    requires_all = os.environ.get("REQUIRE") == "all"
    print("", *summary_lines(outcomes, requires_all=requires_all), sep="\n", flush=True)
    return 0 if is_well(outcomes, requires_all=requires_all) else 1


def make_environment(outer: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the checks: tools beside this Python first, CHROMIUM if found."""
    tools = str(Path(sys.executable).parent)
    path = os.pathsep.join(filter(None, (tools, outer.get("PATH"))))
    environment = {**outer, "PATH": path}
    browser = find_browser(environment)
    return {**environment, "CHROMIUM": browser} if browser else environment


def find_browser(environment: Mapping[str, str]) -> str | None:
    """Return the path of a browser, or None; a CHROMIUM that names no program is ignored."""
    names = (environment.get("CHROMIUM", ""), *BROWSER_NAMES)
    paths = (shutil.which(name, path=environment["PATH"]) for name in names if name)
    return next(filter(None, paths), None)


def run_check(check: Check, environment: Mapping[str, str]) -> Outcome:
    """Run one check; its output goes where ours goes."""
    print(f"\n== {check.name}: {' '.join(check.command)}", flush=True)
    if not find_tool(check.needs, environment):
        print(f"left out: {check.needs} was not found", flush=True)
        return Outcome.LEFT_OUT
    tool = find_tool(check.command[0], environment) or check.command[0]
    ran = subprocess.run(  # noqa: S603 - the commands are those of our own table
        [tool, *check.command[1:]],
        cwd=PROJECT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return Outcome.FAILED if ran.returncode else Outcome.PASSED


def find_tool(name: str, environment: Mapping[str, str]) -> str | None:
    """Return the path of a tool, or None."""
    if name == BROWSER:
        return find_browser(environment)
    if name == CLUSTER:
        return None if missing_tool(environment) else CLUSTER
    return shutil.which(name, path=environment["PATH"])


def summary_lines(outcomes: Mapping[Check, Outcome], *, requires_all: bool) -> list[str]:
    """Return the last lines: what passed, what failed, what was left out and how to get it."""
    left_out = _with_outcome(outcomes, Outcome.LEFT_OUT)
    failed = _with_outcome(outcomes, Outcome.FAILED)
    lines = [f"{len(_with_outcome(outcomes, Outcome.PASSED))} of {len(outcomes)} checks passed."]
    lines += [f"Failed: {check.name} ({' '.join(check.command)})" for check in failed]
    lines += [
        f"Left out: {check.name}, because {check.needs} is missing: {check.remedy}"
        for check in left_out
    ]
    if left_out and requires_all:
        lines.append("REQUIRE=all is set, so a check that is left out counts as failed.")
    return lines


def is_well(outcomes: Mapping[Check, Outcome], *, requires_all: bool) -> bool:
    """Return whether nothing failed, and nothing was left out if all checks are required."""
    bad = {Outcome.FAILED, Outcome.LEFT_OUT} if requires_all else {Outcome.FAILED}
    return bad.isdisjoint(outcomes.values())


def _with_outcome(outcomes: Mapping[Check, Outcome], outcome: Outcome) -> Sequence[Check]:
    return [check for check, ended in outcomes.items() if ended is outcome]


if __name__ == "__main__":
    run("check", main)
