"""The measure of style: what it refuses, and what it lets pass."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hang_guard import HANG_SECONDS

SCRIPT = Path(__file__).parents[2] / "scripts" / "measure_style.py"


def measure(root: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Measure a project of a single file."""
    (root / "index").mkdir()
    (root / "index" / "sample.py").write_text(code, encoding="utf-8")
    command = [sys.executable, str(SCRIPT), str(root)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=HANG_SECONDS
    )


def function_of(line_count: int) -> str:
    """Return a module with a function of so many lines."""
    head = '"""A module."""\n\n\ndef add() -> None:\n    """Add."""\n'
    return head + "    print()\n" * (line_count - 2)


def test_clean_code_passes(tmp_path: Path) -> None:
    """Code that keeps the rules is measured, and nothing is refused."""
    ran = measure(tmp_path, function_of(40))
    assert ran.returncode == 0
    assert "public names with docstring                  100 % of 1" in ran.stdout


def test_function_over_40_lines_is_refused(tmp_path: Path) -> None:
    """The place, the length and what to do are named."""
    ran = measure(tmp_path, function_of(41))
    assert ran.returncode == 1
    assert "index/sample.py:4 add: 41 lines, at most 40: split the function" in ran.stdout


def test_file_over_300_lines_is_refused(tmp_path: Path) -> None:
    """A long file is named."""
    ran = measure(tmp_path, '"""A module."""\n' + "COUNT = 1\n" * 300)
    assert ran.returncode == 1
    assert "index/sample.py: 301 lines, at most 300: split the file" in ran.stdout


def test_long_table_does_not_count(tmp_path: Path) -> None:
    """Data may be long: only code must be short."""
    table = "WORDS = (\n" + '    "beras",\n' * 400 + ")\n"
    assert measure(tmp_path, '"""A module."""\n' + table).returncode == 0


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("COUNT = 1\n", "index/sample.py"),
        ('"""A module."""\ndef add() -> None: ...\n', "index/sample.py:2 add"),
        ('"""A module."""\nclass Hit: ...\n', "index/sample.py:2 Hit"),
        ('"""M."""\nclass _Hit:\n    def add(self) -> None: ...\n', None),
        ('"""M."""\nclass Hit:\n    """H."""\n    def add(self): ...\n', "index/sample.py:4 add"),
        ("", None),
    ],
)
def test_public_name_without_docstring_is_refused(
    tmp_path: Path, code: str, place: str | None
) -> None:
    """Modules, classes, functions and methods need one; private names and empty files do not."""
    ran = measure(tmp_path, code)
    assert ran.returncode == (1 if place else 0)
    assert place is None or f"{place}: no docstring" in ran.stdout


def test_inner_imports_are_counted_with_their_place(tmp_path: Path) -> None:
    """An import inside a function is no failure, but it is shown."""
    code = '"""M."""\ndef add() -> None:\n    """Add."""\n    import json\n'
    assert "1 (index/sample.py:4)" in measure(tmp_path, code).stdout


def test_lines_of_code_leave_out_docstrings_comments_and_blank_lines(tmp_path: Path) -> None:
    """A string that is a value counts with all of its lines; one below a constant does not."""
    code = '''"""A module
of two lines.
"""

# A comment.
COUNT = 1  # beside code
"""What COUNT is."""

TEXT = """one
two
"""


def add(
    number: int,
) -> int:
    """Add."""

    return number + 1
'''
    assert re.search(
        r"lines of code: index, search, web; scripts +8; 0\n", measure(tmp_path, code).stdout
    )
