"""Count the work of reading without a clock, so that a busy machine changes nothing.

Work is what grows when code backtracks or squares: calls of functions, and the steps of the
regular expressions of `index.ingest`. What is linear does twice the work for twice the text.
"""

import gc
import importlib
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from types import FrameType
from typing import Any

import pytest

import index.ingest
from tests.index.ingest.pattern_steps import StepCounter

MODULES = [
    importlib.import_module(found.name)
    for found in pkgutil.walk_packages(index.ingest.__path__, "index.ingest.")
]
COUNTERS = {__name__, StepCounter.__module__}
"""The modules that count; their own calls are not counted."""
GROWTH_MOST = 2.2
"""What is linear grows by 2; the rest is for texts that reach a limit on their way."""
NOISE = 0.01
"""A smaller part of the work is no growth: libraries do some now and then."""
RECURSION_MOST = 40_000
"""Frames that the counter of steps may need; it takes some for each part of a pattern."""


def growth(read: Callable[[Any], object], make: Callable[[int], Any], count: int) -> float:
    """Return by what the work of the next pieces grows when their number doubles.

    It is 2 for what is linear, 4 for what squares, and less than 2 where a limit is reached. What
    reading costs whatever the text holds is left out of it.

    Args:
        read: reads what was made.
        make: makes a text of so many pieces.
        count: the smallest number of pieces.
    """
    texts = [make(count), make(2 * count), make(4 * count)]
    read(texts[0])  # what is done once a process is not counted
    first, second, third = (count_work(partial(read, text)) for text in texts)
    return (third - second) / max(second - first, first * NOISE)


def count_work(run: Callable[[], object]) -> int:
    """Return the calls and the steps of patterns that a run takes."""
    with _counted_patterns() as patterns:
        calls = count_calls(run)
        return calls + sum(pattern.steps for pattern in patterns)


def count_calls(run: Callable[[], object]) -> int:
    """Return how many functions a run calls, those of Python and those written in C."""
    calls = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"} and frame.f_globals.get("__name__") not in COUNTERS

    most = sys.getrecursionlimit()
    sys.setrecursionlimit(RECURSION_MOST)
    gc.disable()  # it calls what it frees, whenever it comes
    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(None)
        gc.enable()
        sys.setrecursionlimit(most)
    return calls


@contextmanager
def _counted_patterns() -> Iterator[list["_CountedPattern"]]:
    """Count the patterns of `index.ingest` from here on, and empty its caches."""
    counted: list[_CountedPattern] = []

    def replaced(pattern: object) -> object:
        if isinstance(pattern, re.Pattern):
            counted.append(_CountedPattern(pattern))
            return counted[-1]
        return pattern

    with pytest.MonkeyPatch.context() as patch:
        for module in MODULES:
            for name, value in list(vars(module).items()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
                if type(value) is tuple:
                    patch.setattr(module, name, tuple(map(replaced, value)))
                else:
                    patch.setattr(module, name, replaced(value))
        yield counted


@cache
def _counter_of(pattern: Any) -> StepCounter:
    return StepCounter(pattern)


class _CountedPattern:
    """A pattern that answers as before, and has its steps counted."""

    def __init__(self, pattern: Any) -> None:
        self._pattern = pattern
        self._counter = _counter_of(pattern)
        self._before = self._counter.steps

    @property
    def steps(self) -> int:
        """Steps since it was made."""
        return self._counter.steps - self._before

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)

    def match(self, text: Any, start: int = 0, end: int = sys.maxsize) -> Any:
        self._attempt(text, start, end)
        return self._pattern.match(text, start, end)

    def fullmatch(self, text: Any, start: int = 0, end: int = sys.maxsize) -> Any:
        self._attempt(text, start, end, is_whole=True)
        return self._pattern.fullmatch(text, start, end)

    def search(self, text: Any, start: int = 0, end: int = sys.maxsize) -> Any:
        found = self._pattern.search(text, start, end)
        self._scan(text, start, found.start() if found else min(end, len(text)), end)
        return found

    def finditer(self, text: Any, start: int = 0, end: int = sys.maxsize) -> Any:
        self._scan(text, start, min(end, len(text)), end)
        return self._pattern.finditer(text, start, end)

    def findall(self, text: Any) -> Any:
        self._scan(text, 0, len(text), len(text))
        return self._pattern.findall(text)

    def split(self, text: Any, maxsplit: int = 0) -> Any:
        self._scan(text, 0, len(text), len(text))
        return self._pattern.split(text, maxsplit)

    def sub(self, replacement: Any, text: Any, count: int = 0) -> Any:
        self._scan(text, 0, len(text), len(text))
        return self._pattern.sub(replacement, text, count)

    def _attempt(self, text: Any, start: int, end: int, *, is_whole: bool = False) -> int | None:
        read = text if isinstance(text, str) else bytes(text).decode("latin-1")
        return self._counter.attempt(read, start, min(end, len(read)), is_whole=is_whole)

    def _scan(self, text: Any, start: int, last: int, end: int) -> None:
        """Count the attempts at each position up to the last, matches skipped."""
        read = text if isinstance(text, str) else bytes(text).decode("latin-1")
        while start <= last:
            stop = self._attempt(read, start, end)
            start = max(start + 1, stop or 0)
