"""Ask a server for a long time: what it holds must be as much at the end as in the middle.

Descriptors and anonymous memory of the parent and of each worker are read when half of the requests
are answered, and at the end, each time once no client is connected. Requests come by connections
that stay and by new ones, for pages, JSON, suggestions and what is not there.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import NamedTuple

from campaigns.outcome import Outcome, Task
from campaigns.serving import HOST, TIMEOUT_SECONDS, Served, serving
from campaigns.trials import write_articles
from index.indexer import build_index

REQUESTS = {True: 400, False: 100_000}
"""Requests, in a short campaign and in a long one."""
ARTICLES = 500
CLIENTS = 4
PER_CONNECTION = (1, 3, 50)
"""Requests that a client sends by one connection: drawn for each."""
ADDRESSES = (
    "/api/search?q=beras+{}&copies=1",
    "/api/search?q=%22harga+beras%22&page={}",
    "/search?q=harga+{}&size=20",
    "/search?q=hargaa+{}&lang=en",
    "/api/suggest?q=ha&n={}",
    "/api/articles/a.jsonl-{}/similar",
    "/articles/none-{}",
    "/coverage?n={}",
)
QUIET_SECONDS, PAUSE_SECONDS = 30.0, 0.2
"""How long connections may take to be closed on the side of the server."""
MEMORY_MORE_MOST = {True: 32 << 20, False: 4 << 20}
"""Bytes by which a process may grow between two looks, in a short campaign and in a long one: the
allocator's own, and in a short one what a worker loads that has hardly been asked before."""
KILOBYTE = 1024
SERVER_ERROR = 500


class Held(NamedTuple):
    """What a process holds: open descriptors, and bytes of memory that no file backs."""

    descriptors: int
    memory: int


def soak(task: Task) -> Outcome:
    """Run the campaign."""
    outcome = Outcome()
    write_articles(task.folder / "a.jsonl", ARTICLES)
    build_index([task.folder / "a.jsonl"], task.folder / "index")
    half = (task.rounds or REQUESTS[task.is_short]) // 2
    with serving(task.folder / "index", task.folder / "log") as server:
        _ask_all(server, half, task.seed, outcome)
        middle = _held_at_rest(server, {})
        _ask_all(server, half, task.seed + 1, outcome)
        end = _held_at_rest(server, middle)
        _compare(middle, end, outcome, MEMORY_MORE_MOST[task.is_short])
        if server.tracebacks():
            outcome.failures.append(f"{server.tracebacks()} tracebacks in the log")
    return outcome


def held_by(process: int) -> Held:
    """Return what a process holds, as Linux tells it."""
    folder = Path(f"/proc/{process}")
    found = re.search(r"RssAnon:\s+(\d+) kB", (folder / "status").read_text())
    return Held(len(list((folder / "fd").iterdir())), KILOBYTE * int(found[1] if found else 0))


def _processes(server: Served) -> list[int]:
    return [server.process_id, *map(int, server.worker_ids())]


def _held_at_rest(server: Served, before: dict[int, Held]) -> dict[int, Held]:
    """Return what each process holds, once its descriptors are as before or do not change."""
    end = monotonic() + QUIET_SECONDS
    while True:
        held = {process: held_by(process) for process in _processes(server)}
        sleep(PAUSE_SECONDS)
        after = {process: held_by(process).descriptors for process in _processes(server)}
        earlier = {number: each.descriptors for number, each in (before or held).items()}
        if after == earlier or monotonic() > end:
            return held


def _compare(
    middle: dict[int, Held], end: dict[int, Held], outcome: Outcome, memory_more_most: int
) -> None:
    if middle.keys() != end.keys():
        outcome.failures.append(f"processes were {sorted(middle)} and are {sorted(end)}")
    for number, process in enumerate(sorted(middle.keys() & end.keys())):
        name = f"worker {number}" if number else "parent"
        before, after = middle[process], end[process]
        outcome.count(f"descriptors of {name} at the end", after.descriptors)
        outcome.count(f"KB of {name} at half of the requests", before.memory // KILOBYTE)
        outcome.count(f"KB of {name} at the end", after.memory // KILOBYTE)
        if after.descriptors > before.descriptors:
            outcome.failures.append(f"descriptors of {name}: {before} and then {after}")
        if after.memory - before.memory > memory_more_most:
            outcome.failures.append(f"memory of {name}: {before} and then {after}")


def _ask_all(server: Served, count: int, seed: int, outcome: Outcome) -> None:
    """Send so many requests by several clients at once, and count the answers by status."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        share = count // CLIENTS
        seeds = range(CLIENTS * seed, CLIENTS * (seed + 1))
        clients = [pool.submit(_ask, server.port, share, each) for each in seeds]
        for statuses in (client.result() for client in clients):
            for status, times in statuses.items():
                outcome.count(f"answers {status}", times)
                if status >= SERVER_ERROR:
                    outcome.failures.append(f"{times} answers {status}")


def _ask(port: int, count: int, seed: int) -> dict[int, int]:
    """Send requests, some by one connection; return how often each status came."""
    random = Random(seed)  # noqa: S311 - nothing is secret
    statuses: dict[int, int] = {}
    while count:
        connection = HTTPConnection(HOST, port, timeout=TIMEOUT_SECONDS)
        for _ in range(min(count, random.choice(PER_CONNECTION))):
            connection.request("GET", random.choice(ADDRESSES).format(random.randrange(ARTICLES)))
            answer = connection.getresponse()
            answer.read()
            statuses[answer.status] = statuses.get(answer.status, 0) + 1
            count -= 1
            if answer.will_close:
                break
        connection.close()
    return statuses
