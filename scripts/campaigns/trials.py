"""Trials: an index before a command, and what it serves before and after, for each command."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from campaigns.commands import Commands
from campaigns.recording import RecorderError
from index.errors import IndexMissingError
from index.generations import open_current, read_takedowns
from index.schema import from_stored


@dataclass(frozen=True, slots=True)
class Step:
    """A command that is tried.

    Attributes:
        name: what it is called in the outcome.
        options: of scripts/reindex.py.
        edits: files of the archive, and how many articles each has; 0 removes it.
    """

    name: str
    options: tuple[str, ...]
    edits: dict[str, int]


STEPS = (
    Step("build", ("ARCHIVE",), {"a.jsonl": 1, "b.jsonl": 1}),
    Step("rebuild", ("ARCHIVE",), {"c.jsonl": 1}),
    Step("update", ("--update", "ARCHIVE"), {"b.jsonl": 2, "d.jsonl": 1}),
    Step("prune", ("--update", "ARCHIVE", "--prune", "--allow-shrink"), {"c.jsonl": 0}),
    Step("rollback", ("--rollback",), {}),
    Step("takedown", ("--remove", "a.jsonl-1", "--reason", "hak jawab"), {}),
    Step("restoring", ("--restore", "a.jsonl-1"), {}),
)


@dataclass(frozen=True, slots=True)
class Served:
    """What an index directory serves: ids, nothing without an index; and the takedowns."""

    ids: tuple[str, ...]
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
        return {self.before, self.after, Served(self.before.ids, self.after.taken_down)}

    def arguments(self, folder: Path) -> list[str]:
        """Return the arguments of the command, for the index in a folder."""
        return arguments_of(self.step.options, self.archive, folder)

    def problems_after(self, commands: Commands, folder: Path, served: Served) -> Iterator[str]:
        """Yield what is wrong with the next command, once this one has ended with a folder.

        It is the same command, or a build where it is done. What it leaves is verified.

        Raises:
            ArchiveError: when that cannot be opened.
        """
        build = arguments_of(("ARCHIVE", "--allow-shrink"), self.archive, folder)
        then = commands.run(self.arguments(folder) if served == self.before else build)
        if then.code:
            yield f"the next command fails: {then.stderr}"
        read_served(folder)

    def copy_start(self, folder: Path) -> None:
        """Make a folder what the command finds."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.start, folder)


def arguments_of(options: tuple[str, ...], archive: Path, folder: Path) -> list[str]:
    """Return arguments of scripts/reindex.py, for the index in a folder."""
    named = [str(archive) if each == "ARCHIVE" else each for each in options]
    return [*named, "--index", str(folder / "index"), "--processes", "1"]


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
        shutil.rmtree(start, ignore_errors=True)
        shutil.copytree(disk, start)
        before = read_served(disk)
        ended = commands.run(arguments_of(step.options, archive, disk))
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
        ids = [from_stored(stored["document"]).doc_id for stored in searcher.documents()]
    return Served(tuple(sorted(ids)), down)
