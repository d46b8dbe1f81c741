"""Describe the machine, and measure the memory of processes and the size of folders."""

import os
import platform
import subprocess
from pathlib import Path

KIBIBYTES_A_MEGABYTE = 1_000_000 / 1_024


def machine() -> dict[str, str]:
    """Return cores, processor, system and Python."""
    return {
        "cores": str(os.cpu_count()),
        "processor": _processor(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
    }


def folder_megabytes(folder: Path) -> float:
    """Return the size of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1_000_000


def resident_megabytes(process_id: int) -> float | None:
    """Return the memory of a process and its children, shared pages counted once; None if unknown.

    Only Linux reports how pages are shared (smaps_rollup); a sum of plain resident sizes would
    count the mapped index once a worker.
    """
    try:
        return sum(_kibibytes(each) for each in _family(process_id)) / KIBIBYTES_A_MEGABYTE
    except OSError:
        return None


def _kibibytes(process_id: int) -> int:
    rollup = Path(f"/proc/{process_id}/smaps_rollup").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))


def _family(process_id: int) -> list[int]:
    children = Path(f"/proc/{process_id}/task/{process_id}/children").read_text(encoding="ascii")
    return [process_id, *(each for child in children.split() for each in _family(int(child)))]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        ran = subprocess.run(
            ["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"],
            capture_output=True,
            text=True,
            check=False,
        )
        return ran.stdout.strip() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
