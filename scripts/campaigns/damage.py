"""Cut, flip and zero files of a generation: before it is opened, when it is new, when it is read.

Before it is opened, damage must be told: checksums cover every file. A damaged generation that is
made current must not replace the one that is served. Checksums are compared when a generation is
opened and not again, so of damage to mapped files this only counts what readers get: what must hold
is that the server answers rightly once the bytes are back, and that its log has no traceback.
"""

import json
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from campaigns.commands import running_commands
from campaigns.outcome import Outcome, Task
from campaigns.serving import LOST, OK, Served, serving
from campaigns.trials import arguments_of, read_served, write_articles
from index.errors import ArchiveError
from index.generations import current_folder, current_number, point_to

ROUNDS = {True: 3, False: 100}
"""Damages of each kind, in a short campaign and in a long one; ten times as many before opening."""
OPENED_MORE = 10
ARTICLES = 200
BUSY = 503
WAIT_SECONDS, PAUSE_SECONDS = 90.0, 0.05
IN_A_ROW = 6
"""Right answers after which both processes of the server are taken to be well."""
ADDRESSES = tuple(f"/api/search?q={query}" for query in ("beras", "harga+beras", '"beras+1"', ""))
PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Damage:
    """Damage to a file.

    Attributes:
        path: the file.
        before: its bytes.
        after: the bytes that it gets.
        kind: what is done to it.
    """

    path: Path
    before: bytes
    after: bytes
    kind: str

    def do(self) -> None:
        """Damage the file where it lies, so that who has mapped it sees it."""
        _overwrite(self.path, self.after)

    def undo(self) -> None:
        """Give the file its bytes back."""
        _overwrite(self.path, self.before)


def draw_damage(random: Random, folder: Path) -> Damage:
    """Return a damage to a file of a generation."""
    path = random.choice(sorted(each for each in folder.iterdir() if each.stat().st_size))
    before = path.read_bytes()
    at = random.randrange(len(before))
    stop = at + random.choice((1, 64, 4096))
    changed = {
        "cut": before[:at],
        "flipped": before[:at] + bytes([before[at] ^ 1 << random.randrange(8)]) + before[at + 1 :],
        "zeroed": before[:at] + bytes(len(before[at:stop])) + before[stop:],
    }
    # What was zero before is not changed by zeros.
    kind = random.choice(sorted(kind for kind, after in changed.items() if after != before))
    return Damage(path, before, changed[kind], kind)


def damage_files(task: Task) -> Outcome:
    """Run the campaign."""
    archive, disk = task.folder / "archive", task.folder / "disk"
    archive.mkdir()
    with running_commands() as commands:
        for options in (("ARCHIVE",), ("--update", "ARCHIVE")):
            write_articles(archive / f"{len(options)}.jsonl", ARTICLES)
            commands.run(arguments_of(options, archive, disk))
    campaign = _Damages(task, disk)
    campaign.damage_before_opening()
    with serving(disk / "index", task.folder / "log") as server:
        campaign.damage_served(server)
        if server.tracebacks():
            campaign.outcome.failures.append(f"{server.tracebacks()} tracebacks in the log")
    return campaign.outcome


class _Damages:
    """Damages an index, and judges what is told and answered."""

    def __init__(self, task: Task, disk: Path) -> None:
        self.outcome = Outcome()
        self._random = Random(task.seed)  # noqa: S311 - nothing is secret
        self._disk, self._work = disk, task.folder / "work"
        self._rounds = task.rounds or ROUNDS[task.is_short]

    def damage_before_opening(self) -> None:
        """Damage a copy of the index, then open it: it must be told."""
        sound = read_served(self._disk)
        for _ in range(OPENED_MORE * self._rounds):
            shutil.rmtree(self._work, ignore_errors=True)
            shutil.copytree(self._disk, self._work)
            damage = draw_damage(self._random, current_folder(self._work / "index"))
            damage.do()
            try:
                told = "served right" if read_served(self._work) == sound else "served wrong"
            except ArchiveError:
                told = "told"
            self.outcome.count(f"damage before opening: {told}")
            if told != "told":
                self._fail(damage, told)

    def damage_served(self, server: Served) -> None:
        """Damage what a server has open, and what it is to take up."""
        right = {address: _content(server.get(address)[1]) for address in ADDRESSES}
        for _ in range(self._rounds):
            damage = draw_damage(self._random, current_folder(self._disk / "index"))
            damage.do()
            for address in ADDRESSES:
                self.outcome.count(f"answers while {damage.kind}: {_judge(server, address, right)}")
            damage.undo()
            if not _is_well(server, right):
                self._fail(damage, "the server does not answer rightly after")
        for _ in range(self._rounds):
            self._make_damaged_current(server, right)

    def _make_damaged_current(self, server: Served, right: dict[str, str]) -> None:
        """Point to a damaged copy of the generation, and back."""
        index_path = self._disk / "index"
        number, folder = current_number(index_path), current_folder(index_path)
        new = folder.with_name(str(number + 1))
        shutil.copytree(folder, new)
        damage = draw_damage(self._random, new)
        damage.do()
        point_to(index_path, number + 1)
        end = time.monotonic() + WAIT_SECONDS
        while PROBLEM.encode() not in server.get("/healthz")[1] and time.monotonic() < end:
            time.sleep(PAUSE_SECONDS)
        answers = [_judge(server, address, right) for address in ADDRESSES]
        self.outcome.count("damaged generations that were made current")
        if set(answers) != {"right"}:
            self._fail(damage, f"made current: {answers}")
        point_to(index_path, number)
        shutil.rmtree(new)
        if not _is_well(server, right):
            self._fail(damage, "the server does not answer rightly after")

    def _fail(self, damage: Damage, what: str) -> None:
        self.outcome.failures.append(f"{damage.path.name} {damage.kind}: {what}")


def _judge(server: Served, address: str, right: dict[str, str]) -> str:
    """Return what an answer is: right, wrong, told as damage, an error, or none at all."""
    status, body = server.get(address)
    if status == OK:
        return "right" if _content(body) == right[address] else "wrong"
    return {BUSY: "told", LOST: "the process ended"}.get(status, f"status {status}")


def _is_well(server: Served, right: dict[str, str]) -> bool:
    """Wait until several answers in a row are right; return whether they came within a time."""
    end, row = time.monotonic() + WAIT_SECONDS, 0
    while row < IN_A_ROW and time.monotonic() < end:
        address = ADDRESSES[row % len(ADDRESSES)]
        row = row + 1 if _judge(server, address, right) == "right" else 0
        time.sleep(0 if row else PAUSE_SECONDS)
    return row == IN_A_ROW


def _content(body: bytes) -> str:
    """Return what an answer says, without the time that it took."""
    answer = json.loads(body)
    return json.dumps({key: value for key, value in answer.items() if key != "took_ms"})


def _overwrite(path: Path, data: bytes) -> None:
    with path.open("r+b") as file:
        file.write(data)
        file.truncate()
