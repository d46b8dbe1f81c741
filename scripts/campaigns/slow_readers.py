"""Ask quick queries beside eight readers who ask slow ones: how much later is a quick answer?

A server of two processes is asked each quick address alone, then again while the readers ask all
kinds of slow ones, one after another, each reader another one. An answer's delay is its time beside
them less the usual one of the same address alone. What the slow readers got is counted, too: a
quick answer must not come by starving them.
"""

import math
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count, cycle, pairwise
from statistics import median
from threading import Event
from typing import NamedTuple
from urllib.parse import urlencode

from campaigns.outcome import Outcome, Task
from campaigns.serving import OK, Served, serving
from campaigns.time_limit import common_words, endless_client, make_archive, slow_addresses

READERS = 8
REQUESTS = {True: 40, False: 1_000}
"""Quick requests beside the slow ones, in a short campaign and in a long one."""
ALONE = {True: 2, False: 10}
"""How often each quick address is asked alone."""
DELAY_MS_MOST = 100
"""How much later a quick answer may come; a short campaign measures no time."""
TIME_OVER = 503
"""The status of a query that takes longer than it may."""
WORDS, WORDS_SKIPPED = 20, 20
"""Words of quick queries, after the commonest."""
PERCENTS = (50, 95, 99, 100)
TIME_SHOWN = re.compile(rb'"took_ms":[^,}]*|<h1 title="[^"]*"')
"""The time that an answer says it took: all else must be as alone."""


class Quick(NamedTuple):
    """A quick answer: what was asked, how long it took, and its text without the time it names."""

    address: str
    milliseconds: float
    text: bytes


@dataclass(slots=True)
class _Readers:
    """Readers who ask slow addresses until the end.

    Attributes:
        server: which they ask.
        addresses: by name.
        ended: when they shall end.
        asked: how often each name was answered.
        problems: a sentence each.
        milliseconds: how long the answers took.
    """

    server: Served
    addresses: Mapping[str, str]
    ended: Event = field(default_factory=Event)
    asked: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    def ask(self, first: int) -> None:
        """Ask one address after another, beginning with some, until the end."""
        names = list(self.addresses)
        for number in count(first):
            if self.ended.is_set():
                return
            name = names[number % len(names)]
            began = time.perf_counter()
            status, _ = self.server.get(self.addresses[name])
            self.milliseconds.append(1000 * (time.perf_counter() - began))
            self.asked[name] += 1
            if status not in {OK, TIME_OVER}:
                self.problems.append(f"{name}: status {status}")


def ask_beside_slow(task: Task) -> Outcome:
    """Run the campaign."""
    outcome, client = Outcome(), endless_client(index_path := task.index or make_archive(task))
    quick, slow = list(_quick_addresses(common_words(client))), dict(slow_addresses(client))
    with serving(index_path, task.folder / "log") as server:
        _ask(server, quick * 2, outcome)  # what a first request loads is not measured
        alone = _ask(server, quick * ALONE[task.is_short], outcome)
        beside = _ask_beside(server, quick, slow, task, outcome)
        if server.tracebacks():
            outcome.failures.append(f"{server.tracebacks()} tracebacks in the log")
    _compare(alone, beside, task, outcome)
    return outcome


def _quick_addresses(words: Sequence[str]) -> Iterator[str]:
    """Yield searches for two words, for JSON and pages, and completions."""
    chosen = words[WORDS_SKIPPED : WORDS_SKIPPED + WORDS]
    for first, other in pairwise(chosen):
        yield f"/api/search?{urlencode({'q': f'{first} {other}'})}"
        yield f"/search?{urlencode({'q': f'{other} {first}'})}"
        yield f"/api/suggest?{urlencode({'q': first[:3]})}"


def _ask_beside(
    server: Served, quick: Sequence[str], slow: Mapping[str, str], task: Task, outcome: Outcome
) -> list[Quick]:
    """Ask quick addresses while readers ask slow ones, until all of these were answered."""
    readers, began, wanted = _Readers(server, slow), time.perf_counter(), cycle(quick)
    answers: list[Quick] = []
    with ThreadPoolExecutor(READERS) as pool:
        asking = [
            pool.submit(readers.ask, number * len(slow) // READERS) for number in range(READERS)
        ]
        try:
            while len(answers) < (task.rounds or REQUESTS[task.is_short]) or (
                len(readers.asked) < len(slow) and not readers.problems
            ):
                answers += _ask(server, [next(wanted)], outcome)
        finally:
            readers.ended.set()
        for each in asking:
            each.result()
    seconds = time.perf_counter() - began
    outcome.count("kinds of slow requests", len(slow))
    outcome.count("slow answers", readers.asked.total())
    outcome.count("slow answers a minute", round(60 * readers.asked.total() / seconds))
    outcome.count("ms: p50 of slow answers", _percentile(readers.milliseconds, 50))
    outcome.failures += readers.problems
    return answers


def _ask(server: Served, addresses: Sequence[str], outcome: Outcome) -> list[Quick]:
    """Ask for quick answers, one after another."""
    answers = []
    for address in addresses:
        began = time.perf_counter()
        status, body = server.get(address)
        milliseconds = 1000 * (time.perf_counter() - began)
        answers.append(Quick(address, milliseconds, TIME_SHOWN.sub(b"", body)))
        if status != OK:
            outcome.failures.append(f"{address}: status {status}")
    return answers


def _compare(alone: Sequence[Quick], beside: Sequence[Quick], task: Task, outcome: Outcome) -> None:
    """Compare quick answers alone with those beside slow ones: their times and their texts."""
    times: dict[str, list[float]] = {}
    for answer in alone:
        times.setdefault(answer.address, []).append(answer.milliseconds)
    usual = {address: median(own) for address, own in times.items()}
    delays = [answer.milliseconds - usual[answer.address] for answer in beside]
    measured = {
        "quick answers alone": [answer.milliseconds for answer in alone],
        "quick answers beside slow ones": [answer.milliseconds for answer in beside],
        "their delays": delays,
    }
    for name, milliseconds in measured.items():
        outcome.count(name, len(milliseconds))
        for percent in PERCENTS:
            outcome.count(f"ms: p{percent} of {name}", _percentile(milliseconds, percent))
    texts = {answer.address: answer.text for answer in alone}
    changed = {answer.address for answer in beside if answer.text != texts[answer.address]}
    outcome.failures += [f"another answer beside slow ones: {each}" for each in sorted(changed)]
    if not task.is_short and max(delays) > DELAY_MS_MOST:
        outcome.failures.append(f"a quick answer came {max(delays):.0f} ms later")


def _percentile(values: Sequence[float], percent: int) -> int:
    """Return a percentile, rounded up."""
    return math.ceil(sorted(values)[math.ceil(len(values) * percent / 100) - 1])
