"""Let calls to the system fail, group by group, in every command.

A call is refused with an error that the system may give: once, or from there on, as a disk
that is full stays full. The command must end with one sentence and the exit code of README, what is
served must be what was served before or what the command makes, and the same command must work once
nothing is wrong any more.

`campaigns.call_groups` tells which calls are tried: the first and the last of each group, with each
error, or with `--rounds` so many of each command, drawn so that every group has its turn. Not
tried: calls between those two, two causes at once, and calls that no group has, such as those for
sockets, locks and the clock.
"""

import errno
import re
import signal
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from campaigns.call_groups import Plan, Refusal, read_places
from campaigns.commands import Commands, Ended, Fault, running_commands
from campaigns.outcome import Outcome, Task
from campaigns.recording import build_library
from campaigns.trials import Trial, read_served, trials
from index.errors import ArchiveError

SOURCE = Path(__file__).with_name("faults.c")
ROUNDS = {True: 2, False: 1_000_000}
"""Calls of each command that fail, in a short campaign; a long one has all of the plan."""
ARTICLES = 30
NOT_KNOWN = re.compile("refuses to put it back|what is served cannot be read now")
"""What a command says that could neither go on nor go back."""
FAILED, SOME_REFUSED, HUNG = 1, 3, -signal.SIGKILL


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
        """Record the calls of a command, then let those of the plan fail, one after another."""
        trial.copy_start(self._work)
        trial.run(commands, self._work, Fault(self._log))
        # Without memory, Python may wait for a thread for ever; `make test` has not the time.
        left_out = "map" if self._is_short else ""
        places = (each for each in read_places(self._log) if each.call.name != left_out)
        plan = Plan(places, self._random)
        plan.count_in(self.outcome)
        for refusal in islice(plan.refusals, self._rounds):
            self._try(commands, trial, refusal)

    def _try(self, commands: Commands, trial: Trial, refusal: Refusal) -> None:
        """Let a call fail, and judge how the command ends and what it leaves."""
        trial.copy_start(self._work)
        ended = trial.run(commands, self._work, refusal.fault(self._log))
        if not read_places(self._log):
            self.outcome.count("calls that were not made again, so could not fail")
            return
        self.outcome.count(f"{trial.step.name}: failing calls")
        if ended.code == HUNG and refusal.error == errno.ENOMEM:
            self.outcome.count("threads that got no memory to start: Python waits for them")
            return
        for problem in self._problems(commands, trial, ended):
            self.outcome.failures.append(f"{trial.step.name}, {refusal}: {problem}")

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
