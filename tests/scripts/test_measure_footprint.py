"""The command that measures memory and disk: a row for each number of articles."""

import subprocess
import sys
from pathlib import Path

from tests.hang_guard import HANG_SECONDS

SCRIPT = Path(__file__).parents[2] / "scripts" / "measure_footprint.py"


def test_row_has_sizes_of_build_index_and_worker() -> None:
    """All were measured: none is nothing."""
    ran = subprocess.run(
        [sys.executable, str(SCRIPT), "--documents", "300"],
        capture_output=True,
        text=True,
        check=True,
        timeout=HANG_SECONDS,
    )
    cells = [cell.strip() for cell in ran.stdout.splitlines()[-1].strip("|").split("|")]
    assert cells[0] == "300"
    assert all(int(cell.replace(",", "")) > 0 for cell in cells[2:])
    assert len(cells) == len(ran.stdout.splitlines()[0].strip("|").split("|"))
