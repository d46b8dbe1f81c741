"""Let calls to the system fail while an index is opened: by a server, and by check_index.py.

A server opens an index when it starts, and takes up each new one. With any call refused, it must
answer: the old index if one is open, or 503; /healthz must tell the reason; and once nothing is
refused any more, the new one must be served without a problem, by itself. check_index.py must tell
what it could not read, and find nothing damaged. Which calls are tried is as in `campaigns.errors`,
but for those to files of the programs themselves.
"""

import errno
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from campaigns.call_groups import Place, Plan, Refusal, read_places
from campaigns.commands import Commands, Ended, Fault, running_commands
from campaigns.errors import HUNG, SOURCE, complaint_about
from campaigns.outcome import Outcome, Task
from campaigns.recording import build_library
from campaigns.serving import OK
from campaigns.trials import arguments_of, write_articles
from index.failures import FAILURES, UNTOLD, describe_shortage
from index.generations import current_number

ROUNDS = {True: 4, False: 1_000_000}
"""Calls of each opening that fail, in a short campaign; a long one has all of the plan."""
ARTICLES = 30
BUSY = 503
DAMAGED = "is damaged"
SERVED = "served"
"""The folder with the index: by its name, calls for files of the index are known."""
CHECKED = (0, 1, 3)
"""Exit codes of check_index.py: all is sound; what is served is not; something beside it is not."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A way to open an index.

    Attributes:
        name: what it is called in the outcome.
        script: what opens it, by the name of `command_server`.
        before: the generation that is open before calls fail, counted back from the current one;
            0 if none is.
    """

    name: str
    script: str
    before: int = 0

    def run(self, commands: Commands, index_path: Path, fault: Fault) -> Ended:
        """Open the index while calls fail."""
        if self.script == "check":
            return commands.run([str(index_path)], fault, script=self.script)
        current = current_number(index_path)
        armed = json.dumps(fault.armed())
        arguments = [str(index_path), str(current - self.before), str(current), armed]
        return commands.run(arguments, script=self.script)


OPENINGS = (
    Opening("a server that starts", "serve"),
    Opening("a server that takes up an update", "serve", before=1),
    Opening("check_index.py", "check"),
)


def fail_openings(task: Task) -> Outcome:
    """Run the campaign."""
    library = build_library(SOURCE, task.folder)
    archive = task.folder / "archive"
    archive.mkdir()
    with running_commands(library) as commands:
        for options in (("ARCHIVE",), ("--update", "ARCHIVE")):
            write_articles(archive / ("ab"[len(options) - 1] + ".jsonl"), ARTICLES)
            commands.run(arguments_of(options, archive, task.folder / SERVED))
        campaign = _Openings(task, commands)
        for opening in OPENINGS:
            campaign.run(opening)
    return campaign.outcome


class _Openings:
    """Lets calls fail while an index is opened, and judges what is told and answered."""

    def __init__(self, task: Task, commands: Commands) -> None:
        self.outcome = Outcome()
        self._commands = commands
        self._index, self._log = task.folder / SERVED / "index", task.folder / "calls"
        self._random = Random(task.seed)  # noqa: S311 - nothing is secret
        self._rounds = task.rounds or ROUNDS[task.is_short]

    def run(self, opening: Opening) -> None:
        """Record the calls of an opening, then let those of the plan fail, one after another."""
        opening.run(self._commands, self._index, Fault(self._log))
        plan = Plan(filter(_is_of_index, read_places(self._log)), self._random)
        plan.count_in(self.outcome)
        for refusal in islice(plan.refusals, self._rounds):
            ended = opening.run(self._commands, self._index, refusal.fault(self._log))
            self.outcome.count(f"{opening.name}: failing calls")
            if ended.code == HUNG and refusal.error == errno.ENOMEM:
                self.outcome.count("threads that got no memory to start: Python waits for them")
                continue
            judge = self._check_problems if opening.script == "check" else self._server_problems
            for problem in judge(opening, refusal, ended):
                self.outcome.failures.append(f"{opening.name}, {refusal}: {problem}")

    def _server_problems(self, opening: Opening, refusal: Refusal, ended: Ended) -> Iterator[str]:
        """Yield what is wrong with how a server answered while calls failed, and after."""
        told = ended.stderr.strip().split("\n")[-1]
        if ended.code or "Traceback" in ended.stderr:
            yield complaint_about(ended) or f"it ended with code {ended.code}: {told[-300:]}"
            return
        report = json.loads(told)
        failing, healthy = report["failing"], report["healthy"]
        allowed = {OK} if opening.before else {OK, BUSY}
        if not allowed.issuperset(failing["status"].values()):
            yield f"while it fails: {failing['status']}"
        if failing["generation"] == healthy["generation"]:
            self.outcome.count("opened all the same")
        elif not _tells(failing["problem"], refusal.error):
            yield f"/healthz tells another reason: {failing['problem']!r}"
        if healthy["problem"] or set(healthy["status"].values()) != {OK}:
            yield f"it does not recover: {healthy}"

    def _check_problems(self, _: Opening, refusal: Refusal, ended: Ended) -> Iterator[str]:
        """Yield what is wrong with what check_index.py told."""
        if ended.code not in CHECKED or "Traceback" in ended.stderr:
            yield complaint_about(ended)
        elif ended.code == 0:
            self.outcome.count("found sound all the same")
        elif not _tells(ended.stderr, refusal.error):
            yield f"it tells another reason: {ended.stderr[-300:]!r}"


def _is_of_index(place: Place) -> bool:
    """Whether a call is made for a file of the index, or for none.

    A program whose own files cannot be read does not start, whatever it is.
    """
    return not place.path or f"/{SERVED}/" in f"{place.path}/"


def _tells(text: str, error: int) -> bool:
    """Return whether a text names what the system refused, and calls nothing damaged.

    >>> _tells("The index in i cannot be opened now: memory ran out.", errno.ENOMEM)
    True
    """
    # SQLite does not tell why the system would not open a file.
    reasons = {describe_shortage(error)[0], FAILURES[error][0], describe_shortage(UNTOLD)[0]}
    return DAMAGED not in text and any(reason in text for reason in reasons)
