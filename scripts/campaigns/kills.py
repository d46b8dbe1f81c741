"""Kill every command at random moments, while a reader polls what is served.

Readers must see the index before the command or the one that it makes, whole, and no error; the
same command must work after, and clear what the killed one has left.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from threading import Event, Thread

from campaigns.commands import Commands, running_commands
from campaigns.outcome import Outcome, Task
from campaigns.trials import Trial, read_served, trials
from index.errors import ArchiveError
from search import Engine, SearchRequest, open_engine

ROUNDS = {True: 1, False: 30}
"""Kills of each command, in a short campaign and in a long one."""
ARTICLES = 200
QUERY_SECONDS = 30.0
PAUSE_SECONDS = 0.005
"""Between two polls, so that the command gets the machine."""
LATEST = 1.2
"""The last moment of a kill, as a share of the time that the command takes: some end before it."""
GENERATIONS_MOST = 2
"""What is kept: the one that is served, and the one before."""


def kill_commands(task: Task) -> Outcome:
    """Run the campaign."""
    campaign = _Kills(task)
    with running_commands() as commands:
        for trial in trials(commands, task.folder, ARTICLES):
            campaign.run(commands, trial)
    return campaign.outcome


class _Kills:
    """Kills commands, and judges what readers saw and what is left."""

    def __init__(self, task: Task) -> None:
        self.outcome = Outcome()
        self._work = task.folder / "work"
        self._random = Random(task.seed)  # noqa: S311 - nothing is secret
        self._rounds = task.rounds or ROUNDS[task.is_short]

    def run(self, commands: Commands, trial: Trial) -> None:
        """Kill a command as often as is asked for."""
        for number in range(self._rounds):
            trial.copy_start(self._work)
            moment = self._random.uniform(0, LATEST * trial.seconds)
            totals = {len(served.articles) for served in (trial.before, trial.after)}
            reader = Reader(self._work / "index", totals)
            with reader:
                ended = trial.run(commands, self._work, kill_after=moment)
            self.outcome.count(f"{trial.step.name}: kills", ended.code < 0)
            self.outcome.count("answers to readers", reader.answers)
            for problem in (*reader.problems, *self._problems(commands, trial)):
                self.outcome.failures.append(f"{trial.step.name}, kill {number}: {problem}")

    def _problems(self, commands: Commands, trial: Trial) -> Iterator[str]:
        """Yield what is wrong with what a killed command left, and with the next one."""
        try:
            served = read_served(self._work)
            if served not in trial.allowed:
                yield "what is served is neither old nor new"
            yield from trial.problems_after(commands, self._work, served)
        except (ArchiveError, OSError) as error:
            yield f"what is left cannot be read: {error}"
        yield from leftovers(self._work)


def leftovers(folder: Path) -> Iterator[str]:
    """Yield what is in a folder with an index and belongs to no generation that is kept."""
    unfinished = sorted(path.name for path in folder.rglob("*.tmp"))
    if unfinished:
        yield f"unfinished files stay: {', '.join(unfinished)}"
    kept = sorted(path.name for path in (folder / "index" / "generations").glob("*"))
    if len(kept) > GENERATIONS_MOST:
        yield f"{len(kept)} generations are kept: {', '.join(kept)}"


class Reader:
    """Polls an index in a thread, as a server does, until the `with` ends.

    Attributes:
        answers: how many it got.
        problems: what was wrong with them, once each.
    """

    def __init__(self, index_path: Path, totals: set[int]) -> None:
        """Open the index.

        Args:
            index_path: the index directory.
            totals: how many articles there may be; 0 where there may be no index.
        """
        self.answers = 0
        self.problems: set[str] = set()
        self._engine: Engine = open_engine(str(index_path), QUERY_SECONDS)
        self._totals = totals
        self._ended = Event()
        self._thread = Thread(target=self._poll)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self._engine.close()

    def _poll(self) -> None:
        while not self._ended.wait(PAUSE_SECONDS):
            try:
                self._engine.refresh()
                if self._engine.status().is_open or 0 not in self._totals:
                    self._ask()
            except Exception as error:  # noqa: BLE001 - whatever it is, a reader would see it
                self.problems.add(f"a reader gets {type(error).__name__}: {error}")

    def _ask(self) -> None:
        results = self._engine.search(SearchRequest(query_text="beras", copies=True))
        self.answers += 1
        if results.total not in self._totals:
            self.problems.add(f"a reader gets {results.total} articles, not {self._totals}")
