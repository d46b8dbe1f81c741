"""Reading parts, here or in processes beside this one; they come back in the order they went.

A Python process reads on one core, so a large archive is read by one process a core. These know
nothing but what they are sent, write nothing, and end with this one, however it ends.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from index.errors import ReadersLostError
from index.indexer.work_units import Part, Unread, read_part

BYTES_LEAST = 50_000_000
"""Bytes on disk that are worth starting processes for, which takes about a second."""
WAITING_MOST = 2
"""Parts a process that are sent ahead or wait to be taken: they are in memory."""


def read_parts(parts: Iterable[Unread | Part], process_count: int) -> Iterator[Part]:
    """Read what was not read yet; no processes are started where one would be.

    Raises:
        ReadersLostError: when the system ends a process.
    """
    if process_count < 2:  # noqa: PLR2004 - one is this one
        for part in parts:
            yield part if isinstance(part, Part) else read_part(part)
        return
    context = multiprocessing.get_context("spawn")  # a fork would copy threads that hold locks
    with ProcessPoolExecutor(process_count, context, initializer=_end_with_parent) as pool:
        try:
            yield from _in_order(parts, pool, process_count * WAITING_MOST)
        except BrokenProcessPool as error:
            raise ReadersLostError from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def processes_for(byte_count: int) -> int:
    """Return how many processes are worth their start for so many bytes on disk."""
    return (os.cpu_count() or 1) if byte_count >= BYTES_LEAST else 1


def _in_order(
    parts: Iterable[Unread | Part], pool: ProcessPoolExecutor, waiting_most: int
) -> Iterator[Part]:
    waiting: deque[Part | Future[Part]] = deque()
    for part in parts:
        waiting.append(part if isinstance(part, Part) else pool.submit(read_part, part))
        if len(waiting) > waiting_most:
            yield _taken(waiting)
    while waiting:
        yield _taken(waiting)


def _taken(waiting: "deque[Part | Future[Part]]") -> Part:
    first = waiting.popleft()
    return first if isinstance(first, Part) else first.result()


def _end_with_parent() -> None:
    """See to it that no process outlives the build; whoever stops that, stops it alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
