"""The time limit of a reader: what takes too long from one article to the next is refused.

>>> list(within_seconds(iter([1, 2]), 60))
[1, 2]

The system's alarm interrupts Python code and calls that wait. A library that computes on without
returning to Python is interrupted when it returns; its work is bounded by the size of its input.
"""

import signal
import threading
from collections.abc import Iterator
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
    before = signal.signal(signal.SIGALRM, _ring)  # once, because it costs as much as a short row
    try:
        yield from _timed(items, seconds)
    except _AlarmError:
        detail = f"reading took more than {seconds:g} s without coming to an article"
        raise SourceError("too_slow", detail) from None
    finally:
        signal.signal(signal.SIGALRM, before)


def _timed(items: Iterator[ItemT], seconds: float) -> Iterator[ItemT]:
    end = object()
    while True:
        left, interval = signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            item = next(items, end)
        finally:
            signal.setitimer(signal.ITIMER_REAL, left, interval)
        if item is end:
            return
        yield item  # type: ignore[misc] # it is not `end`


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise _AlarmError
