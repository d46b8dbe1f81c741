"""Cut the power at every moment of a build, an update, a prune, a rollback and a takedown.

Each command runs under the recorder (`campaigns.recording`). Then its changes are replayed on a
disk (`campaigns.disk_model`), and after each the power is cut: what was not synced is lost, or its
names are there without bytes, or bytes without names, or any part of it. The index that is left
must open, verify, and hold what was served before the command or what it made; once the command has
ended, what it made. The list of those taken down must be the one before or the one after.
"""

import hashlib
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from campaigns.disk_model import BYTES_ONLY, LOST, NAMES_ONLY, Disk, Policy, Tree, torn, write_tree
from campaigns.outcome import Outcome, Task
from campaigns.recording import Kind, build_recorder, record
from index.errors import ArchiveError, IndexMissingError
from index.generations import open_current, read_takedowns
from index.indexer import build_index
from index.schema import from_stored

REINDEX = Path(__file__).parents[1] / "reindex.py"
TORN = 2
"""Disks with some part of what was not synced, at each cut."""
REBUILDS = {True: 2, False: 12}
"""Disks of each command on which the next build is tried, in a short campaign and in a long one."""
ARTICLES = {True: 30, False: 250}
"""Articles of a file; from some hundreds on, stored texts have a dictionary."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command that is cut off.

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


def cut_power(task: Task) -> Outcome:
    """Run the campaign."""
    campaign = _PowerCuts(task)
    for step in STEPS:
        campaign.run(step)
    return campaign.outcome


@dataclass(frozen=True, slots=True)
class _Served:
    """What an index directory serves: ids, nothing without an index; and the takedowns."""

    ids: tuple[str, ...]
    taken_down: tuple[str, ...]


class _PowerCuts:
    """Records the commands, one after another, and judges what cuts leave of each."""

    def __init__(self, task: Task) -> None:
        self.outcome, folder = Outcome(), task.folder
        self._library = build_recorder(folder)
        self._log, self._cut = folder / "record", folder / "cut"
        self._disk, self._archive = folder / "disk", folder / "archive"
        for each in (self._disk, self._archive):
            each.mkdir()
        self._random = Random(task.seed)  # noqa: S311 - nothing is secret
        self._is_short = task.is_short
        self._model = Disk(self._disk)  # one for all commands: what one left unsynced may yet go
        self._seen: set[bytes] = set()

    def run(self, step: Step) -> None:
        """Record a command and cut it off after each of its changes."""
        for name, count in step.edits.items():
            write_articles(self._archive / name, count * ARTICLES[self._is_short])
        before, disk = _served(self._disk), self._model
        options = [str(self._archive) if each == "ARCHIVE" else each for each in step.options]
        index = ["--index", str(self._disk / "index"), "--processes", "1"]
        changes = record(self._library, [sys.executable, str(REINDEX), *options, *index], self._log)
        after = _served(self._disk)
        # The list is written just before the pointer.
        allowed = {before, after, _Served(before.ids, after.taken_down)}
        rebuilds = self._random.sample(range(len(changes)), k=min(len(changes), 400))
        rebuilt = set(rebuilds[: REBUILDS[self._is_short]])
        for number, change in enumerate(changes):
            if (disk.apply(change) and change.kind is not Kind.WRITE) or number in rebuilt:
                moment = f"{step.name}, change {number}"
                self._judge_cuts(disk, moment, allowed, is_rebuilt=number in rebuilt)
        self._judge_cuts(disk, f"{step.name}, after its end", {after}, is_rebuilt=True)
        if disk.live() != _read_tree(self._disk):
            self.outcome.failures.append(f"{step.name}: the record has not all that was written")

    def _judge_cuts(
        self, disk: Disk, moment: str, allowed: set[_Served], *, is_rebuilt: bool
    ) -> None:
        for policy in self._policies():
            self.outcome.count("power cuts")
            tree = disk.after_cut(policy)
            key = _digest(tree, moment if len(allowed) == 1 else "")
            if key not in self._seen:
                self._seen.add(key)
                self._judge(tree, moment, allowed, is_rebuilt=is_rebuilt)

    def _policies(self) -> Iterator[Policy]:
        yield from (LOST, NAMES_ONLY, BYTES_ONLY)
        for _ in range(1 if self._is_short else TORN):
            yield torn(self._random)

    def _judge(self, tree: Tree, moment: str, allowed: set[_Served], *, is_rebuilt: bool) -> None:
        shutil.rmtree(self._cut, ignore_errors=True)
        write_tree(tree, self._cut)
        self.outcome.count("different disks that a cut left")
        try:
            if _served(self._cut) not in allowed:
                self.outcome.failures.append(f"{moment}: what is served is neither old nor new")
            elif is_rebuilt:
                self.outcome.count("builds on such a disk")
                build_index([self._archive], self._cut / "index", allow_shrink=True)
                _served(self._cut)
        except ArchiveError as error:
            self.outcome.failures.append(f"{moment}: {error}")


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


def _served(disk: Path) -> _Served:
    """Return what the index on a disk serves, once all of it is verified.

    Raises:
        ArchiveError: when it cannot be opened.
    """
    index_path = disk / "index"
    down = tuple(sorted(line.doc_id for line in read_takedowns(index_path).articles))
    try:
        generation = open_current(index_path)
    except IndexMissingError:
        return _Served((), down)
    with generation.whoosh.searcher() as searcher:
        ids = [from_stored(stored["document"]).doc_id for stored in searcher.documents()]
    return _Served(tuple(sorted(ids)), down)


def _read_tree(folder: Path) -> Tree:
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in folder.rglob("*")
    }


def _digest(tree: Tree, more: str) -> bytes:
    digest = hashlib.blake2b(more.encode())
    for path, data in sorted(tree.items()):
        digest.update(f"{path}\0{-1 if data is None else len(data)}\0".encode())
        digest.update(data or b"")
    return digest.digest()
