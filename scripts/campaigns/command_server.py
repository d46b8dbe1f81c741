"""Run commands in processes forked from one that has loaded everything, so that thousands can run.

`campaigns.commands` starts it and writes a JSON object on each line: what to run, which fault of
`faults.c` to arm, after how many seconds to kill it. Each line is answered by one.
"""

import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import backup
import correct
import reindex
from tqdm import tqdm

from campaigns import opening
from campaigns.faults import arm_faults

MAINS: Mapping[str, Callable[[list[str]], int | None]] = {
    "reindex": reindex.main,
    "backup": backup.main,
    "correct": correct.main,
    "check": opening.check,
    "serve": opening.serve,
}

HANG_SECONDS = 20.0
"""A command that takes longer hangs: it is killed, and its code is that of the signal's name."""
READY = "ready"


def serve_commands() -> None:
    """Load all that commands need by running some, then run what is asked for."""
    tqdm.monitor_interval = 0  # its thread would be in the middle of something at a fork
    with TemporaryDirectory() as name:
        told = Path(name) / "told"
        _warm_up(Path(name), told)
        print(READY, flush=True)
        for line in sys.stdin:
            print(json.dumps(_run(json.loads(line), told)), flush=True)


def _warm_up(folder: Path, told: Path) -> None:
    """Run each kind of command once in this process: its kernels are loaded by then."""
    rows = ({"id": f"a{n}", "title": f"Judul {n}", "body": f"Harga {n}."} for n in range(40))
    archive = folder / "a.jsonl"
    archive.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    where = ["--index", str(folder / "index"), "--processes", "1"]
    out = os.dup(1)
    _send_output_to(told)
    for options in ([str(archive)], ["--remove", "a1"], ["--rollback"]):
        reindex.main([*options, *where])
    backup.main(["make", str(folder / "a.tar"), *where[:2]])
    correct.main(["a2", "title", "Judul", "--by", "redaksi", *where[:2]])
    opening.check([str(folder / "index")])
    opening.serve_once(folder / "index")
    sys.stdout.flush()
    os.dup2(out, 1)


def _run(task: dict[str, Any], told: Path) -> dict[str, Any]:
    """Run a command in a process of its own; return its exit code and what it said."""
    started = time.perf_counter()
    pid = os.fork()
    if not pid:
        _be_the_command(task, told)
    with suppress(OSError):  # it may have done so, or have ended: a kill needs the group now
        os.setpgid(pid, pid)
    seconds = task["kill_after"] if task["kill_after"] is not None else HANG_SECONDS
    ended = os.pidfd_open(pid)
    is_over, _, _ = select.select([ended], [], [], seconds)
    os.close(ended)
    if not is_over:
        os.killpg(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    said = told.read_text(encoding="utf-8", errors="replace") if told.exists() else ""
    code = os.waitstatus_to_exitcode(status)
    return {"code": code, "stderr": said, "seconds": time.perf_counter() - started}


def _be_the_command(task: dict[str, Any], told: Path) -> None:
    """Run the command as Python would run its script, and end this process."""
    os.setpgid(0, 0)
    _send_output_to(told)
    if task["fault"]:
        arm_faults(*task["fault"])
    code: Any = 1
    try:
        code = MAINS[task["script"]](task["arguments"])
    except SystemExit as error:
        code = error.code
    except BaseException:  # noqa: BLE001 - as Python ends a script
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _send_output_to(told: Path) -> None:
    """Send standard error to a file, and standard output nowhere."""
    for path, descriptor in ((os.devnull, 1), (told, 2)):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(opened, descriptor)
        os.close(opened)


if __name__ == "__main__":
    serve_commands()
