"""Describe the machine, and measure the memory of processes and the size of folders."""

import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

SCRIPTS = Path(__file__).parents[1]
KIBIBYTE = 1_024
KIBIBYTES_A_MEGABYTE = 1_000_000 / KIBIBYTE
SOME_REFUSED = 3


def machine() -> dict[str, str]:
    """Return cores, processor, system and Python."""
    return {
        "cores": str(os.cpu_count()),
        "processor": _processor(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
    }


def run_script(command: Sequence[str], folder: Path | None = None) -> tuple[str, int]:
    """Run a script in a folder; return what it printed, and its largest memory in bytes.

    Raises:
        CalledProcessError: when it fails; articles that are refused are no failure.
    """
    whole = [sys.executable, str(SCRIPTS / command[0]), *command[1:]]
    with subprocess.Popen(  # noqa: S603 - our own script
        whole, stdout=subprocess.PIPE, text=True, cwd=folder
    ) as process:
        printed = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, SOME_REFUSED}:
        raise subprocess.CalledProcessError(process.returncode, whole)
    return printed, usage.ru_maxrss * KIBIBYTE


def folder_bytes(folder: Path) -> int:
    """Return the size of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def folder_megabytes(folder: Path) -> float:
    """Return the same in megabytes."""
    return folder_bytes(folder) / 1_000_000


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
