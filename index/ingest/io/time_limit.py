"""The time limit of a reader: what takes too long from one article to the next is refused.

>>> list(within_seconds(iter([1, 2]), 60))
[1, 2]

The system's alarm interrupts Python code and calls that wait. A library that computes on without
returning to Python is interrupted when it returns; its work is bounded by the size of its input.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from index.errors import SourceError

ItemT = TypeVar("ItemT")


class _AlarmError(BaseException):
    """Raised by the alarm; no reader catches it, as one would catch the error of a row."""


def within_seconds(items: Iterator[ItemT], seconds: float) -> Iterator[ItemT]:
    """Yield the items of a reader; the time that their user takes does not count.

    Outside of a program's main thread there is no alarm, and so no limit.

    Raises:
        SourceError: too_slow, when an item takes longer.
    """
    if threading.current_thread() is not threading.main_thread():
        yield from items
        return
    end = object()
    while True:
        try:
            with _alarm(seconds):
                item = next(items, end)
        except _AlarmError:
            detail = f"reading took more than {seconds:g} s without coming to an article"
            raise SourceError("too_slow", detail) from None
        if item is end:
            return
        yield item  # type: ignore[misc] # it is not `end`


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, _ring)
    try:
        left, interval = signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, left, interval)
    finally:
        signal.signal(signal.SIGALRM, before)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise _AlarmError
