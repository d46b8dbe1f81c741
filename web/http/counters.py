"""Counters of requests, times and refusals, shared by all processes of a server.

They are numbers in memory that was mapped before the processes were forked. Each process writes to
a slot of its own, and any of them can add up all slots, so it does not matter which one is asked.

>>> counters = Counters()
>>> counters.add(0, "2xx", 0.02, ""); counters.totals()[0, COLUMNS.index("2xx")].item()
1.0
"""

import mmap
import resource
import sys
from threading import Lock

import numpy as np
from numpy.typing import NDArray

STATUSES = ("2xx", "3xx", "4xx", "5xx")
"""Kinds of HTTP statuses."""
CODES = ("too_many_requests", "too_busy", "query_timeout")
"""Errors that are counted by their code."""
BOUNDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)
"""Seconds; each has a column with the requests that took no longer."""
COLUMNS = (*STATUSES, *CODES, "seconds", *map(str, BOUNDS), "memory")
"""What is counted for each endpoint; the memory of a process stands in its first row."""
ROWS_MOST = 64
"""More than there are endpoints."""

_KILOBYTE = 1 if sys.platform == "darwin" else 1024


class Counters:
    """Counts for each endpoint; safe to use from several threads.

    Attributes:
        slot: where this process writes; each has its own.
    """

    def __init__(self, slots: int = 1) -> None:
        """Map memory for so many processes."""
        shape = (slots, ROWS_MOST, len(COLUMNS))
        memory = mmap.mmap(-1, int(np.prod(shape)) * np.dtype(np.float64).itemsize)
        self._numbers: NDArray[np.float64] = np.frombuffer(memory, np.float64).reshape(shape)
        self._lock = Lock()
        self.slot = 0

    def take_slot(self, number: int) -> None:
        """Write to the slot of a process, by how many were started before it."""
        self.slot = number % len(self._numbers)

    def add(self, row: int, status: str, seconds: float, code: str) -> None:
        """Count an answer: its kind of status, how long it took, the code of its error if any."""
        columns = [*(bound for bound in map(str, BOUNDS) if seconds <= float(bound)), status]
        if code in CODES:
            columns.append(code)
        with self._lock:
            numbers = self._numbers[self.slot, row]
            numbers[[COLUMNS.index(name) for name in columns]] += 1
            numbers[COLUMNS.index("seconds")] += seconds
            self._numbers[self.slot, 0, -1] = (
                resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTE
            )

    def totals(self) -> NDArray[np.float64]:
        """Return the numbers of all processes together."""
        totals: NDArray[np.float64] = self._numbers.sum(axis=0)
        return totals

    def memory(self) -> list[int]:
        """Return the most memory that each process has used, in bytes."""
        return [int(size) for size in self._numbers[:, 0, -1].tolist()]
