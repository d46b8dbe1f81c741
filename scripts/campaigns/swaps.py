"""Remove articles and build anew under four clients: how soon, how smoothly, and what is left.

Measured are the time from the end of a removal to the last answer that has the article, the
latency of answers while nothing changes and around each change of the generation, and open files,
mapped files and disk after the second build and after the last.
"""

import json
import math
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import NamedTuple

from campaigns.commands import Commands, running_commands
from campaigns.outcome import Outcome, Task
from campaigns.serving import OK, Served, serving
from campaigns.trials import arguments_of

ARTICLES = {True: 100, False: 5_000}
REMOVALS = {True: 2, False: 10}
BUILDS = {True: 3, False: 50}
CLIENTS = 4
QUIET_SECONDS = 2.0
"""How long clients ask before anything changes, and after each removal."""
NOTICED_MS_MOST = 1_000
LOOKS = 40
"""How often what a server holds is looked at: a request may still read the generation before."""
BUILD = ("ARCHIVE", "--allow-shrink")
BUILD_SECONDS_MOST = 3_600.0


class Answer(NamedTuple):
    """An answer: when it came, how long it took, and the id of the article that it has, if any."""

    at: float
    milliseconds: float
    doc_id: str


class Held(NamedTuple):
    """What an index costs a server: files open and mapped by its processes, and bytes on disk."""

    open_files: int
    mapped_files: int
    disk: int


@dataclass(slots=True)
class _Clients:
    """Clients that ask for one article after another, and for many, until the end."""

    server: Served
    target: str = "a0"
    ended: Event = field(default_factory=Event)
    answers: list[Answer] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def ask(self) -> None:
        """Ask until the end."""
        while not self.ended.is_set():
            doc_id = self.target
            for address in (f"/api/search?q=kata{doc_id}", "/api/search?q=harga+beras"):
                started = time.time()
                status, body = self.server.get(address)
                now = time.time()
                if status != OK:
                    self.problems.append(f"{address}: status {status}")
                    continue
                found = [hit["id"] for hit in json.loads(body)["hits"]]
                has_it = doc_id if doc_id in found else ""
                self.answers.append(Answer(now, 1000 * (now - started), has_it))

    def during(self, periods: Sequence[tuple[float, float]]) -> list[float]:
        """Return the milliseconds of the answers that came in some periods."""
        return [
            answer.milliseconds
            for answer in self.answers
            if any(start <= answer.at < stop for start, stop in periods)
        ]


def swap_under_load(task: Task) -> Outcome:
    """Run the campaign."""
    outcome, folder, short = Outcome(), task.folder, task.is_short
    (folder / "archive").mkdir()
    lines = _lines(task.articles or ARTICLES[short])
    (folder / "archive" / "a.jsonl").write_text("".join(lines), encoding="utf-8")
    with running_commands() as commands:
        _run(commands, outcome, folder, BUILD)
        with serving(folder / "index", folder / "log") as server, ThreadPoolExecutor() as pool:
            clients = _Clients(server)
            asking = [pool.submit(clients.ask) for _ in range(CLIENTS)]
            try:
                _remove(commands, outcome, clients, folder, task.rounds or REMOVALS[short])
                _build(commands, outcome, server, folder, task.rounds or BUILDS[short])
            finally:
                clients.ended.set()
            for each in asking:
                each.result()
        outcome.count("answers", len(clients.answers))
        outcome.failures += clients.problems
    return outcome


def _remove(
    commands: Commands, outcome: Outcome, clients: _Clients, folder: Path, count: int
) -> None:
    """Remove articles; count how late they were last seen, and latencies around each change."""
    latest, changes = 0.0, []
    time.sleep(QUIET_SECONDS)
    for number in range(count):
        clients.target = f"a{number}"
        time.sleep(QUIET_SECONDS)
        started = time.time()
        _run(commands, outcome, folder, ("--remove", clients.target))
        ended = time.time()
        changes.append((started, (folder / "index" / "current").stat().st_mtime))
        time.sleep(QUIET_SECONDS)
        seen = [each.at - ended for each in clients.answers if each.doc_id == clients.target]
        latest = max(latest, *seen) if seen else latest
    outcome.count("ms from the end of a removal to the last answer with it, at most", _ms(latest))
    (first, _), (_, last) = changes[0], changes[-1]
    periods = {
        "before all removals": [(first - QUIET_SECONDS, first)],  # workers are warm by then
        "while a removal prepares": changes,
        "in the second of a change": [(change, change + 1) for _, change in changes],
        "after all removals": [(last + 1, time.time())],
    }
    for when, bounds in periods.items():
        outcome.count(f"ms: p99 of answers {when}", _percentile(clients.during(bounds), 99))
    if _ms(latest) > NOTICED_MS_MOST:
        outcome.failures.append(f"a removed article was answered {_ms(latest)} ms later")


def _build(commands: Commands, outcome: Outcome, server: Served, folder: Path, count: int) -> None:
    """Build again and again; compare what the server holds after the second and the last."""
    held = []
    for _ in range(count):
        _run(commands, outcome, folder, BUILD)
        held.append(_least_held(server, folder / "index"))
    for when, found in (("second", held[1]), ("last", held[-1])):
        for what, amount in found._asdict().items():
            outcome.count(f"{what.replace('_', ' ')} after the {when} build", amount)
    if held[-1] > held[1]:
        outcome.failures.append(f"{held[1]} after the second build, {held[-1]} after the last")


def _run(commands: Commands, outcome: Outcome, folder: Path, options: Sequence[str]) -> None:
    arguments = arguments_of(tuple(options), folder / "archive", folder)
    ended = commands.run(arguments, kill_after=BUILD_SECONDS_MOST)
    outcome.count("removals" if "--remove" in options else "builds")
    if ended.code:
        outcome.failures.append(f"{options} ends with {ended.code}: {ended.stderr}")


def _lines(count: int) -> Iterator[str]:
    for n in range(count):
        body = f"Harga beras nomor {n} naik, kata kataa{n}. " + f"Isi {n * n} {n % 97}. " * 20
        row = {"id": f"a{n}", "title": f"Judul {n}", "body": body, "tags": [f"tag {n % 300}"]}
        yield json.dumps(row) + "\n"


def _least_held(server: Served, index_path: Path) -> Held:
    """Return the least that is seen in some looks: what requests still read goes with them."""
    found = []
    for _ in range(LOOKS):
        found.append(_held(server, index_path))
        time.sleep(QUIET_SECONDS / LOOKS)
    return min(found)


def _held(server: Served, index_path: Path) -> Held:
    opened = mapped = 0
    for process_id in server.worker_ids():
        process = Path("/proc", process_id)
        links = [str(_target(link)) for link in (process / "fd").iterdir()]
        opened += sum(link.startswith(str(index_path)) for link in links)
        mapped += (process / "maps").read_text(encoding="utf-8").count(str(index_path))
    files = {path.stat().st_ino: path.stat().st_size for path in index_path.rglob("*.*")}
    return Held(opened, mapped, sum(files.values()))


def _target(link: Path) -> Path:
    try:
        return link.readlink()
    except OSError:  # closed by now
        return link


def _percentile(values: Sequence[float], percent: int) -> int:
    """Return a percentile, rounded up; 0 of nothing."""
    rank = math.ceil(len(values) * percent / 100) - 1
    return math.ceil(sorted(values)[rank]) if values else 0


def _ms(seconds: float) -> int:
    return math.ceil(1000 * seconds)
