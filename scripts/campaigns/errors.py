"""Let calls to the system fail, one after another, in every command.

Each call is refused with an error that the system may give: once, or from there on, as a disk
that is full stays full. The command must end with one sentence and the exit code of README, what is
served must be what was served before or what the command makes, and the same command must work once
nothing is wrong any more.
"""

import errno
import re
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from campaigns.commands import Commands, Ended, Fault, running_commands
from campaigns.outcome import Outcome, Task
from campaigns.recording import build_library
from campaigns.trials import Trial, read_served, trials
from index.errors import ArchiveError

SOURCE = Path(__file__).with_name("faults.c")
ROUNDS = {True: 2, False: 1_000_000}
"""Calls of each command that fail, in a short campaign and in a long one: there, all of them."""
ARTICLES = 30
NOT_KNOWN = re.compile("refuses to put it back|what is served cannot be read now")
"""What a command says that could neither go on nor go back."""
FAILED, SOME_REFUSED, HUNG = 1, 3, -signal.SIGKILL


@dataclass(frozen=True, slots=True)
class Call:
    """A kind of call to the system.

    Attributes:
        name: what it is called in the outcome.
        errors: the errors that it may end with.
    """

    name: str
    errors: tuple[int, ...]


_DISK = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EDQUOT)
_FULL = (errno.ENOSPC, errno.EIO, errno.EDQUOT)
_OPEN = (errno.EMFILE, errno.EIO, errno.EACCES, errno.ENOMEM)

CALLS = (
    Call("open", _OPEN),
    Call("create", (*_DISK, errno.EMFILE, errno.ENOMEM)),
    Call("write", _FULL),
    Call("sync", _FULL),
    Call("rename", _DISK),
    Call("link", (*_DISK, errno.EMLINK)),
    Call("unlink", (errno.EIO, errno.EROFS, errno.EACCES)),
    Call("mkdir", _DISK),
    Call("rmdir", (errno.EIO, errno.EROFS, errno.EACCES)),
    Call("resize", _FULL),
    Call("map", (errno.ENOMEM,)),
    Call("read", (errno.EIO,)),
    Call("list", _OPEN),
)
"""In the order of faults.c."""
MAP = ord("a") + [call.name for call in CALLS].index("map")
"""The byte of that call in the log."""


def kinds_with(error: int) -> int:
    """Return the kinds of calls that may end with an error, a bit each.

    >>> bin(kinds_with(errno.EMLINK))
    '0b100000'
    """
    return sum(1 << kind for kind, call in enumerate(CALLS) if error in call.errors)


def fail_calls(task: Task) -> Outcome:
    """Run the campaign."""
    library = build_library(SOURCE, task.folder)
    campaign = _Errors(task)
    with running_commands(library) as commands:
        for trial in trials(commands, task.folder, ARTICLES):
            campaign.run(commands, trial)
    return campaign.outcome


class _Errors:
    """Lets calls of each command fail, and judges how it ends and what it leaves."""

    def __init__(self, task: Task) -> None:
        self.outcome = Outcome()
        self._work, self._log = task.folder / "work", task.folder / "calls"
        self._random = Random(task.seed)  # noqa: S311 - nothing is secret
        self._is_short = task.is_short
        self._rounds = task.rounds or ROUNDS[task.is_short]

    def run(self, commands: Commands, trial: Trial) -> None:
        """Count the calls of a command, then let them fail, one after another."""
        trial.copy_start(self._work)
        trial.run(commands, self._work, Fault(self._log))
        made = self._log.read_bytes()
        for fault in self._faults(made):
            trial.copy_start(self._work)
            ended = trial.run(commands, self._work, fault)
            failed = self._log.read_bytes()
            if failed and fault.error not in CALLS[failed[0] - ord("a")].errors:
                continue  # threads took turns otherwise: it is another call, without this error
            kind = CALLS[failed[0] - ord("a")].name if failed else "no call"
            stays = "from there on" if fault.kinds else "once"
            what = f"{trial.step.name}, {errno.errorcode[fault.error]} {stays} at {kind}"
            self.outcome.count(f"{trial.step.name}: failing calls")
            if ended.code == HUNG and fault.error == errno.ENOMEM:
                self.outcome.count("threads that got no memory to start: Python waits for them")
                continue
            for problem in self._problems(commands, trial, ended):
                self.outcome.failures.append(f"{what} {fault.first}: {problem}")

    def _faults(self, made: bytes) -> Iterator[Fault]:
        """Yield a fault for each call, or for some drawn of all, with an error drawn for each."""
        numbers: Sequence[int] = [
            number
            for number, kind in enumerate(made, start=1)
            # Without memory, Python may wait for a thread for ever; `make test` has not the time.
            if not (self._is_short and kind == MAP)
        ]
        if self._rounds < len(numbers):
            numbers = sorted(self._random.sample(numbers, self._rounds))
        for number in numbers:
            error = self._random.choice(CALLS[made[number - 1] - ord("a")].errors)
            yield Fault(self._log, number, error, self._random.choice((0, kinds_with(error))))

    def _problems(self, commands: Commands, trial: Trial, ended: Ended) -> Iterator[str]:
        """Yield what is wrong with how a command ended, or with what it left."""
        if complaint := complaint_about(ended):
            yield complaint
        try:
            served = read_served(self._work)
            if ended.code == SOME_REFUSED:
                self.outcome.count("files of articles that could not be read, so were refused")
            elif served in trial.allowed and NOT_KNOWN.search(ended.stderr):
                self.outcome.count("commands that could neither go on nor back, and said so")
            elif served != (trial.before if ended.code else trial.after):
                changed = "the list of takedowns" if served in trial.allowed else "neither"
                changed = "what it makes" if served == trial.after else changed
                yield f"exit code {ended.code}, but what is served is {changed}: {ended.stderr}"
            yield from trial.problems_after(commands, self._work, served)
        except (ArchiveError, OSError) as error:
            yield f"what is left cannot be read: {error}"


def complaint_about(ended: Ended) -> str:
    """Return what is wrong with an exit code and what came with it; empty if all is as promised.

    >>> complaint_about(Ended(1, "reindex: The disk is full.", 0.1))
    ''
    >>> complaint_about(Ended(-11, "", 0.1))
    'it ended with code -11: '
    """
    if ended.code not in (0, FAILED, SOME_REFUSED):
        return f"it ended with code {ended.code}: {ended.stderr[-300:]}"
    if "Traceback" in ended.stderr or "Exception ignored" in ended.stderr:
        return f"a traceback: {_last_place(ended.stderr)}"
    if ended.code == FAILED and not re.fullmatch(
        r"(reindex|backup|correct): .+\.?", ended.stderr.strip()
    ):
        return f"not one sentence: {ended.stderr[-300:]!r}"
    return ""


def _last_place(text: str) -> str:
    """Return where a traceback ends, and its last line."""
    places = re.findall(r'File "[^"]*?([^/"]+)", line (\d+)', text)
    place = ":".join(places[-1]) if places else ""
    return f"{place} {text.strip().splitlines()[-1]}"
