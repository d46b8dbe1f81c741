"""Trials: an index before a command, and what it serves before and after, for each command."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from campaigns.commands import Commands, Ended, Fault
from campaigns.recording import RecorderError
from index.errors import IndexMissingError
from index.generations import open_current, read_takedowns
from index.schema import from_stored

REINDEX, BACKUP = "reindex", "backup"
BACKUP_NAME = "backup.tar"


@dataclass(frozen=True, slots=True)
class Step:
    """A command that is tried.

    Attributes:
        name: what it is called in the outcome.
        options: of the script.
        edits: files of the archive, and how many articles each has; 0 removes it.
        script: of the folder scripts.
        is_bare: whether the index is lost before the command.
    """

    name: str
    options: tuple[str, ...]
    edits: dict[str, int]
    script: str = REINDEX
    is_bare: bool = False

    def arguments(self, archive: Path, folder: Path) -> list[str]:
        """Return the arguments of the command, for the index in a folder."""
        named = {"ARCHIVE": str(archive), "BACKUP": str(folder / BACKUP_NAME)}
        options = [named.get(option, option) for option in self.options]
        more = ["--processes", "1"] if self.script == REINDEX else []
        return [*options, "--index", str(folder / "index"), *more]

    def run(
        self,
        commands: Commands,
        archive: Path,
        folder: Path,
        fault: Fault | None = None,
        kill_after: float | None = None,
    ) -> Ended:
        """Run the command, for the index in a folder."""
        return commands.run(self.arguments(archive, folder), fault, kill_after, self.script)


STEPS = (
    Step("build", ("ARCHIVE",), {"a.jsonl": 1, "b.jsonl": 1}),
    Step("rebuild", ("ARCHIVE",), {"c.jsonl": 1}),
    Step("update", ("--update", "ARCHIVE"), {"b.jsonl": 2, "d.jsonl": 1}),
    Step("prune", ("--update", "ARCHIVE", "--prune", "--allow-shrink"), {"c.jsonl": 0}),
    Step("rollback", ("--rollback",), {}),
    Step("takedown", ("--remove", "a.jsonl-1", "--reason", "hak jawab"), {}),
    Step("restoring", ("--restore", "a.jsonl-1"), {}),
    Step("backup", ("make", "BACKUP"), {}, "backup"),
    Step("correction", ("a.jsonl-2", "title", "Judul lain", "--by", "redaksi"), {}, "correct"),
    Step("next backup", ("make", "BACKUP"), {}, "backup"),
    Step("recovery", ("restore", "BACKUP"), {}, "backup", is_bare=True),
)
NEXT_BUILD = Step("next build", ("ARCHIVE", "--allow-shrink"), {})


@dataclass(frozen=True, slots=True)
class Served:
    """What an index directory serves: ids with titles, none without an index; the takedowns."""

    articles: tuple[tuple[str, str], ...]
    taken_down: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A command on an index.

    Attributes:
        step: the command.
        archive: the folder of articles, as the command finds it.
        start: a folder with the index as the command finds it.
        before: what that serves.
        after: what is served once the command has ended.
        seconds: how long the command takes.
    """

    step: Step
    archive: Path
    start: Path
    before: Served
    after: Served
    seconds: float

    @property
    def allowed(self) -> set[Served]:
        """What may be served while the command runs, or once it was stopped.

        An article is on the list before the index without it is current, and not after.
        """
        return {self.before, self.after, Served(self.before.articles, self.after.taken_down)}

    def run(
        self,
        commands: Commands,
        folder: Path,
        fault: Fault | None = None,
        kill_after: float | None = None,
    ) -> Ended:
        """Run the command on the index in a folder."""
        return self.step.run(commands, self.archive, folder, fault, kill_after)

    def problems_after(self, commands: Commands, folder: Path, served: Served) -> Iterator[str]:
        """Yield what is wrong with a backup, and with the next command, once this one has ended.

        That is the same command, or a build where it is done. What it leaves is verified.

        Raises:
            ArchiveError: when that cannot be opened.
        """
        yield from _problems_of_backup(commands, folder, self.step)
        step = self.step if served == self.before else NEXT_BUILD
        then = step.run(commands, self.archive, folder)
        if then.code:
            yield f"the next command fails: {then.stderr}"
        read_served(folder)

    def copy_start(self, folder: Path) -> None:
        """Make a folder what the command finds."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.start, folder)


def _problems_of_backup(commands: Commands, folder: Path, step: Step) -> Iterator[str]:
    """Yield what is wrong with the archive that a backup left: there is none, or it is whole."""
    if step.script != BACKUP or step.is_bare or not (folder / BACKUP_NAME).is_file():
        return
    other = folder / "other"
    restored = commands.run(
        ["restore", str(folder / BACKUP_NAME), "--index", str(other / "index")], script=BACKUP
    )
    if restored.code or not read_served(other).articles:
        yield f"the archive that is left cannot be restored: {restored.stderr}"


def arguments_of(options: tuple[str, ...], archive: Path, folder: Path) -> list[str]:
    """Return arguments of scripts/reindex.py, for the index in a folder."""
    return Step("", options, {}).arguments(archive, folder)


def trials(commands: Commands, folder: Path, articles: int) -> Iterator[Trial]:
    """Yield a trial of each command, one after another: each finds what the one before has made.

    Args:
        commands: what runs them.
        folder: to work in.
        articles: how many a file has.

    Raises:
        RecorderError: when one fails although nothing is wrong.
    """
    archive, disk, start = folder / "archive", folder / "disk", folder / "start"
    for each in (archive, disk):
        each.mkdir()
    for step in STEPS:
        for name, count in step.edits.items():
            write_articles(archive / name, count * articles)
        if step.is_bare:
            shutil.rmtree(disk / "index")
        shutil.rmtree(start, ignore_errors=True)
        shutil.copytree(disk, start)
        before = read_served(disk)
        ended = step.run(commands, archive, disk)
        if ended.code:
            raise RecorderError(f"{step.name} failed although nothing was wrong: {ended.stderr}")
        yield Trial(step, archive, start, before, read_served(disk), ended.seconds)


def write_articles(path: Path, count: int) -> None:
    """Write a file of articles with ids of its name; remove it for none."""
    if not count:
        path.unlink()
        return
    rows = (
        {"id": f"{path.name}-{n}", "title": f"Judul {path.name} {n}", "body": f"Harga beras {n}."}
        for n in range(count)
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def read_served(folder: Path) -> Served:
    """Return what the index in a folder serves, once all of it is verified.

    Raises:
        ArchiveError: when it cannot be opened.
    """
    index_path = folder / "index"
    down = tuple(sorted(line.doc_id for line in read_takedowns(index_path).articles))
    try:
        generation = open_current(index_path)
    except IndexMissingError:
        return Served((), down)
    with generation.whoosh.searcher() as searcher:
        documents = [from_stored(stored["document"]) for stored in searcher.documents()]
    return Served(tuple(sorted((each.doc_id, each.title) for each in documents)), down)
