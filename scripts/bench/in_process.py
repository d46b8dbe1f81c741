"""Timing of engines that answer within this process, as calls of a Python function."""

import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from bench.peer import Answer, BenchQuery

Found = TypeVar("Found")
"""What an engine returns by itself: timed; what is made of it to compare answers is not."""


class InProcessSearcher(ABC, Generic[Found]):
    """The searcher of an engine in this process; a subclass says how it asks and what it found."""

    @abstractmethod
    def ask(self, query: BenchQuery, *, snippets: bool) -> Found:
        """Ask the engine from the first step, and have all values at hand as Python objects."""

    @abstractmethod
    def read(self, found: Found) -> Answer:
        """Put what was found into the form in which engines are compared."""

    def answer(self, query: BenchQuery, *, snippets: bool) -> Answer:
        """Return what the query finds."""
        return self.read(self.ask(query, snippets=snippets))

    def time(self, query: BenchQuery, *, snippets: bool, seconds: float) -> list[float]:
        """Ask as often as goes into so many seconds, at least once; return seconds a call."""
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
        """Ask each query for so many seconds."""
        for query in queries:
            self.time(query, snippets=snippets, seconds=seconds)

    def close(self) -> None:
        """Nothing to let go of, unless a subclass says so."""
