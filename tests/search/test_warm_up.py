"""No reader waits for a compiler: what warming up leaves is all that any request needs."""

import json
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).with_name("ask_after_warm_up.py")
PROJECT = Path(__file__).parents[2]


def test_no_request_compiles_a_kernel(tmp_path: Path) -> None:
    """In a process of its own, since every other test compiles what it needs."""
    ran = subprocess.run(
        [sys.executable, str(PROGRAM), str(PROJECT / "samples"), str(tmp_path / "index")],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(ran.stdout) == []
