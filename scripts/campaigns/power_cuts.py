"""Cut the power at every moment of a build, an update, a prune, a rollback and a takedown.

Each command runs under the recorder (`campaigns.recording`). Then its changes are replayed on a
disk (`campaigns.disk_model`), and after each the power is cut: what was not synced is lost, or its
names are there without bytes, or bytes without names, or any part of it. The index that is left
must open, verify, and hold what was served before the command or what it made; once the command has
ended, what it made. The list of those taken down must be the one before or the one after.
"""

import hashlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from campaigns.disk_model import BYTES_ONLY, LOST, NAMES_ONLY, Disk, Policy, Tree, torn, write_tree
from campaigns.outcome import Outcome, Task
from campaigns.recording import SOURCE, Kind, build_library, record
from campaigns.trials import STEPS, Served, Step, read_served, write_articles
from index.errors import ArchiveError
from index.indexer import build_index

SCRIPTS = Path(__file__).parents[1]
TORN = 2
"""Disks with some part of what was not synced, at each cut."""
REBUILDS = {True: 2, False: 12}
"""Disks of each command on which the next build is tried, in a short campaign and in a long one."""
ARTICLES = {True: 30, False: 250}
"""Articles of a file; from some hundreds on, stored texts have a dictionary."""


def cut_power(task: Task) -> Outcome:
    """Run the campaign."""
    campaign = _PowerCuts(task)
    for step in STEPS:
        campaign.run(step)
    return campaign.outcome


class _PowerCuts:
    """Records the commands, one after another, and judges what cuts leave of each."""

    def __init__(self, task: Task) -> None:
        self.outcome, folder = Outcome(), task.folder
        self._library = build_library(SOURCE, folder)
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
        if step.is_bare:
            shutil.rmtree(self._disk / "index")
            self._model = Disk(self._disk)
        before, disk = read_served(self._disk), self._model
        command = [sys.executable, str(SCRIPTS / f"{step.script}.py")]
        command += step.arguments(self._archive, self._disk)
        changes = record(self._library, command, self._log)
        after = read_served(self._disk)
        # The list is written just before the pointer.
        allowed = {before, after, Served(before.articles, after.taken_down)}
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
        self, disk: Disk, moment: str, allowed: set[Served], *, is_rebuilt: bool
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

    def _judge(self, tree: Tree, moment: str, allowed: set[Served], *, is_rebuilt: bool) -> None:
        shutil.rmtree(self._cut, ignore_errors=True)
        write_tree(tree, self._cut)
        self.outcome.count("different disks that a cut left")
        try:
            if read_served(self._cut) not in allowed:
                self.outcome.failures.append(f"{moment}: what is served is neither old nor new")
            elif is_rebuilt:
                self.outcome.count("builds on such a disk")
                build_index([self._archive], self._cut / "index", allow_shrink=True)
                read_served(self._cut)
        except ArchiveError as error:
            self.outcome.failures.append(f"{moment}: {error}")


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
