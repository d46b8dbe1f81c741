"""Timing of engines that answer within this process, as calls of a Python function."""

import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from bench.peer import Answer, BenchQuery

Raw = TypeVar("Raw")
"""What an engine itself returns. Only that is timed, not its conversion to an `Answer`."""


class InProcessSearcher(ABC, Generic[Raw]):
    """The searcher of an engine in this process; subclasses ask the engine and read its answer."""

    @abstractmethod
    def ask(self, query: BenchQuery, *, snippets: bool) -> Raw:
        """Ask the engine from the first step, until all values are Python objects."""

    @abstractmethod
    def read(self, raw: Raw) -> Answer:
        """Convert what the engine returned to an answer, in which engines are compared."""

    def answer(self, query: BenchQuery, *, snippets: bool) -> Answer:
        """Return the answer to a query."""
        return self.read(self.ask(query, snippets=snippets))

    def time(self, query: BenchQuery, *, snippets: bool, seconds: float) -> list[float]:
        """Repeat a query for that many seconds, at least once; return the seconds of each call."""
        calls: list[float] = []
        started = time.perf_counter()
        end = started + seconds
        while started < end or not calls:
            self.ask(query, snippets=snippets)
            stopped = time.perf_counter()
            calls.append(stopped - started)
            started = stopped
        return calls

    def warm(self, queries: Sequence[BenchQuery], *, snippets: bool, seconds: float) -> None:
        """Repeat each query for that many seconds."""
        for query in queries:
            self.time(query, snippets=snippets, seconds=seconds)

    def close(self) -> None:
        """Close nothing; a subclass that has something to close does."""
