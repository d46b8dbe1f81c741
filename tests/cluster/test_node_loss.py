"""A node of three is killed under a steady load of searches: never a wrong number."""

import datetime as dt
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Semaphore

import pytest
from clusters.cluster import Cluster

from index.document import Document
from search.engine import Engine, open_engine
from search.errors import EngineUnavailableError, QueryTimeoutError
from search.request import SearchRequest
from tests.cluster.cluster_index import remove_indices, write_index
from tests.hang_guard import HANG_SECONDS

pytestmark = pytest.mark.cluster

QUERY_SECONDS = 10.0
READERS, BEFORE, AFTER = 4, 20, 40
"""Readers, and the right answers of each before and after the node is gone."""
WORDS = {"beras": 60, "kopi": 20, "gula": 12}
"""How many of the articles have each word."""


@dataclass
class Load:
    """Readers who search without a pause.

    Attributes:
        engine: which they ask.
        ready: released by each reader who has had enough answers before.
        is_lost: set once the node is gone.
        wrong: what was no right answer and no error told in words.
        told: errors told in words.
    """

    engine: Engine
    ready: Semaphore = field(default_factory=lambda: Semaphore(0))
    is_lost: Event = field(default_factory=Event)
    wrong: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def read(self, number: int) -> int:
        """Search until there were enough right answers after the loss; return how many."""
        words, end = list(WORDS), time.monotonic() + HANG_SECONDS
        before = after = asked = 0
        while after < AFTER and time.monotonic() < end:
            is_lost = self.is_lost.is_set()
            asked += 1
            is_right = self._ask(words[(number + asked) % len(words)])
            after += is_right and is_lost
            before += is_right and not is_lost
            if before == BEFORE and not is_lost:
                self.ready.release()
                before += 1
        return after

    def _ask(self, word: str) -> bool:
        try:
            found = self.engine.search(SearchRequest(query_text=word))
        except (EngineUnavailableError, QueryTimeoutError) as error:
            self.told.append(str(error))
            return False
        months = sum(month.hit_count for month in found.months)
        if (found.total, months) != (WORDS[word], WORDS[word]):
            self.wrong.append(f"{word}: {found.total} hits, {months} in months")
        return True


def articles() -> Iterator[Document]:
    """Yield articles with so many of each word."""
    for number in range(max(WORDS.values())):
        said = " ".join(word for word, count in WORDS.items() if number < count)
        own = " ".join(f"kata{number}x{each}" for each in range(20))
        yield Document(
            doc_id=f"a{number}",
            title=f"Judul {number}",
            body=f"{said} {own}",
            date=dt.date(2026, 1, 5),
        )


def test_searches_stay_right_while_a_node_is_killed(
    nodes_to_kill: Cluster, index_name: str
) -> None:
    """Errors are told while the cluster notices; then all answers are whole again."""
    address = nodes_to_kill.address(index_name)
    write_index(address, list(articles()), shards=3, replicas=1)
    nodes_to_kill.wait("green")
    load = Load(open_engine(address, QUERY_SECONDS))
    try:
        with ThreadPoolExecutor(READERS) as pool:
            reading = [pool.submit(load.read, number) for number in range(READERS)]
            assert all(load.ready.acquire(timeout=HANG_SECONDS) for _ in range(READERS))
            nodes_to_kill.nodes[0].kill()
            load.is_lost.set()
            answers = [each.result() for each in reading]
    finally:
        load.is_lost.set()
        load.engine.close()
    assert not load.wrong
    assert answers == [AFTER] * READERS
    assert all("does not answer" in each or "seconds" in each for each in load.told), load.told
    nodes_to_kill.heal()
    remove_indices(address)
