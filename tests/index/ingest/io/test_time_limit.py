"""The time limit of a reader: one that never comes to an article is stopped."""

import signal
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from index.errors import SourceError
from index.ingest.io.time_limit import within_seconds


def hang_after(count: int) -> Iterator[int]:
    """Yield some numbers, then compute for ever, and catch whatever error a row may raise."""
    yield from range(count)
    while True:
        with suppress(Exception):
            sum(range(1_000))


def test_reader_that_hangs_is_stopped_after_what_it_read() -> None:
    """The items before are kept; the error says what happened."""
    items = within_seconds(hang_after(2), 0.01)
    assert [next(items), next(items)] == [0, 1]
    with pytest.raises(SourceError) as caught:
        next(items)
    assert caught.value.reason == "too_slow"


def test_alarm_of_the_caller_is_left_as_it_was() -> None:
    """Its handler and its timer: a library does not take what belongs to the program."""
    before = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, 1_000)
    try:
        assert list(within_seconds(iter("ab"), 60)) == ["a", "b"]
        assert signal.getsignal(signal.SIGALRM) is signal.SIG_IGN
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 500
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_reader_in_another_thread_reads_without_a_limit() -> None:
    """Only the main thread can be interrupted, so that is no error."""
    read: list[str] = []
    thread = threading.Thread(target=lambda: read.extend(within_seconds(iter("ab"), 60)))
    thread.start()
    thread.join()
    assert read == ["a", "b"]
