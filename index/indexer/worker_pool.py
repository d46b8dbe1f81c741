"""A pool of worker processes that read work units; results come back in the order of the units.

A Python process reads on one core, so a large archive is read by one process per core. A worker
knows only the unit it was sent, writes nothing, and ends with this process, however that ends.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from index.errors import ReadersLostError
from index.indexer.work_units import WorkResult, WorkUnit, read_work_unit

BYTES_LEAST = 50_000_000
"""Bytes on disk from which on workers are started, which takes about a second."""
WAITING_MOST = 2
"""Units per process that are sent ahead, or results that wait to be used: they are in memory."""


def read_work_units(
    units: Iterable[WorkUnit | WorkResult], process_count: int
) -> Iterator[WorkResult]:
    """Yield the result of each unit; with one process, it is read in this one.

    Raises:
        ReadersLostError: when the system ends a worker.
    """
    if process_count < 2:  # noqa: PLR2004 - one is this one
        for unit in units:
            yield unit if isinstance(unit, WorkResult) else read_work_unit(unit)
        return
    context = multiprocessing.get_context("spawn")  # a fork would copy threads that hold locks
    with ProcessPoolExecutor(process_count, context, initializer=_end_with_parent) as pool:
        try:
            yield from _in_order(units, pool, process_count * WAITING_MOST)
        except BrokenProcessPool as error:
            raise ReadersLostError from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def choose_process_count(byte_count: int) -> int:
    """Return how many processes read so many bytes on disk fastest."""
    return (os.cpu_count() or 1) if byte_count >= BYTES_LEAST else 1


def _in_order(
    units: Iterable[WorkUnit | WorkResult], pool: ProcessPoolExecutor, waiting_most: int
) -> Iterator[WorkResult]:
    waiting: deque[WorkResult | Future[WorkResult]] = deque()
    for unit in units:
        if isinstance(unit, WorkResult):
            waiting.append(unit)
        else:
            with _deaf_to_ctrl_c():
                waiting.append(pool.submit(read_work_unit, unit))
        if len(waiting) > waiting_most:
            yield _take_first(waiting)
    while waiting:
        yield _take_first(waiting)


def _take_first(waiting: "deque[WorkResult | Future[WorkResult]]") -> WorkResult:
    first = waiting.popleft()
    return first if isinstance(first, WorkResult) else first.result()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Let a process that is started here begin deaf to Ctrl-C; this one hears of it afterwards."""
    # It would print a traceback if the key was pressed before its initializer is called.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    """Make a worker end with its parent; a key press that stops the build is left to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
