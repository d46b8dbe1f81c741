"""Run commands of `scripts` by the thousand: with a fault, or killed after a while."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from campaigns.command_server import READY
from campaigns.recording import RecorderError

SCRIPTS = Path(__file__).parents[1]
PROJECT = SCRIPTS.parent


@dataclass(frozen=True, slots=True)
class Fault:
    """Which calls to the system fail.

    Attributes:
        log: a file; it gets a line for each call, or, where calls fail, for the first that did.
        place: a line of such a log: the calls of which one fails.
        first: its number among these; 0 if none fails.
        error: the system's number of the error.
        kinds: a bit for each kind of calls that fail from there on; 0 if it is that one alone.
    """

    log: Path
    place: str = ""
    first: int = 0
    error: int = 0
    kinds: int = 0

    def armed(self) -> tuple[str | int, ...]:
        """Return what `campaigns.faults.arm_faults` takes."""
        return str(self.log), self.place, self.first, self.error, self.kinds


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended.

    Attributes:
        code: the exit code; minus the signal's number if a signal ended it.
        stderr: what it said on standard error, without progress.
        seconds: how long it took.
    """

    code: int
    stderr: str
    seconds: float


class Commands:
    """Runs commands, one at a time, each in a process of its own that has all loaded."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self._server = server

    def run(
        self,
        arguments: Sequence[str],
        fault: Fault | None = None,
        kill_after: float | None = None,
        script: str = "reindex",
    ) -> Ended:
        """Run a command and wait for its end, or kill it after so many seconds."""
        task = {"script": script, "arguments": list(arguments), "kill_after": kill_after}
        answer = json.loads(self._ask(json.dumps({**task, "fault": fault and fault.armed()})))
        lines = answer["stderr"].replace("\r", "\n").split("\n")
        # What the bar of progress shows is not what the command says.
        said = "\n".join(line for line in lines if line.strip() and "B/s]" not in line)
        return Ended(answer["code"], said, answer["seconds"])

    def _ask(self, line: str) -> str:
        pipes = self._server.stdin, self._server.stdout
        if not all(pipes):
            raise RecorderError("The process that runs commands has no pipes")
        print(line, file=pipes[0], flush=True)
        answer = pipes[1].readline() if pipes[1] else ""
        if not answer:
            raise RecorderError("The process that runs commands has ended")
        return answer


@contextmanager
def running_commands(library: Path | None = None) -> Iterator[Commands]:
    """Start what runs commands, with a library loaded before the C library if there is one."""
    paths = [str(SCRIPTS), str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]
    loaded = {"LD_PRELOAD": str(library)} if library else {}
    with subprocess.Popen(
        [sys.executable, "-m", "campaigns.command_server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), **loaded},
    ) as server:
        try:
            if server.stdout is None or server.stdout.readline().strip() != READY:
                raise RecorderError("The process that runs commands could not be started")
            yield Commands(server)
        finally:
            server.kill()
