"""Build, update and roll back under eight clients: each answer is wholly of one generation.

Every article of a generation has a tag of its own, and each generation another number of articles:
total, hits and facets of an answer must be those of one.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

from campaigns.commands import Commands, running_commands
from campaigns.outcome import Outcome, Task
from campaigns.serving import OK, Served, serving
from campaigns.trials import arguments_of

ROUNDS = {True: 4, False: 60}
"""Commands that change the index, in a short campaign and in a long one."""
CLIENTS = 8
LEAST, STEP, SIZES = 200, 4, 5
"""Articles of the smallest version; how many more the next one has; versions of different size."""
COMMANDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("build", ("ARCHIVE",)),
    ("update", ("--update", "ARCHIVE")),
    ("rollback", ("--rollback",)),
    ("update", ("--update", "ARCHIVE", "--prune")),
)
ADDRESSES = (
    "/api/search?q=beras&copies=1&size=50",
    "/api/search?q=harga+beras&copies=1&size=20&page=2",
    "/api/search?copies=1&sort=newest",
)


def change_under_load(task: Task) -> Outcome:
    """Run the campaign."""
    outcome, archive = Outcome(), task.folder / "archive"
    archive.mkdir()
    with running_commands() as commands:
        _write_version(archive, 0)
        _run(commands, outcome, task.folder, ("build", ("ARCHIVE",)))
        with serving(task.folder / "index", task.folder / "log") as server:
            ended = Event()
            with ThreadPoolExecutor(CLIENTS) as pool:
                clients = [pool.submit(_ask, server, ended, n) for n in range(CLIENTS)]
                try:
                    for number in range(task.rounds or ROUNDS[task.is_short]):
                        _write_version(archive, number + 1)
                        _run(commands, outcome, task.folder, COMMANDS[number % len(COMMANDS)])
                finally:
                    ended.set()
                for client in clients:
                    count, problems = client.result()
                    outcome.count("answers", count)
                    outcome.failures += problems
            if server.tracebacks():
                outcome.failures.append(f"{server.tracebacks()} tracebacks in the log")
    return outcome


def _run(
    commands: Commands, outcome: Outcome, folder: Path, command: tuple[str, tuple[str, ...]]
) -> None:
    name, options = command
    ended = commands.run(arguments_of(options, folder / "archive", folder))
    outcome.count(f"{name}s")
    if ended.code:
        outcome.failures.append(f"{name} ends with {ended.code}: {ended.stderr}")


def _write_version(archive: Path, version: int) -> None:
    """Write the articles of a version: the same ids, and some more or less."""
    rows = (
        {
            "id": f"a{n}",
            "title": f"Judul {n}",
            "body": f"Harga beras {n} {version}.",
            "tags": [f"versi {version}"],
        }
        for n in range(_size(version))
    )
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (archive / "a.jsonl").write_text(lines, encoding="utf-8")


def _size(version: int) -> int:
    return LEAST + STEP * (version % SIZES)


def _ask(server: Served, ended: Event, number: int) -> tuple[int, list[str]]:
    """Ask until the end; return how many answers came, and what was wrong with them."""
    count, problems = 0, []
    while not ended.is_set():
        address = ADDRESSES[(number + count) % len(ADDRESSES)]
        status, body = server.get(address)
        count += 1
        problem = mixture_in(json.loads(body)) if status == OK else f"status {status}"
        if problem:
            problems.append(f"{address}: {problem}")
    return count, problems


def mixture_in(answer: dict[str, Any]) -> str:
    """Return what in an answer is not of one generation; empty if all is."""
    tags = {tag for hit in answer["hits"] for tag in hit["tags"]}
    buckets = {each["value"]: each["count"] for each in answer["facets"]["tag"]["buckets"]}
    if len(tags) != 1 or set(buckets) != tags:
        return f"hits of {sorted(tags)}, facets of {sorted(buckets)}"
    version = int(tags.pop().split()[-1])
    total = answer["total"]
    if not total == _size(version) == sum(buckets.values()):
        return f"{total} articles and {sum(buckets.values())} in facets of version {version}"
    return ""
