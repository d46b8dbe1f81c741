"""Query timeout: how long a query may take.

>>> moments = iter([100.0, 104.0, 107.5])
>>> whole = Deadline(10, lambda: next(moments))
>>> whole.half().check()  # half of the 6 seconds that are left at 104: until 107
Traceback (most recent call last):
    ...
search.errors.QueryTimeoutError: ...
"""

import time
from collections.abc import Callable
from copy import copy

from search.errors import QueryTimeoutError


class Deadline:
    """The time limit of a query; `check` is cheap (some fifty nanoseconds), so call it often."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin now.

        Args:
            seconds: the time limit.
            clock: tells the time, in seconds.
        """
        self._seconds = seconds
        self._clock = clock
        self._moment = clock() + seconds

    def check(self) -> None:
        """Stop the query if its time is over.

        Raises:
            QueryTimeoutError: when there is none left.
        """
        if self._clock() > self._moment:
            raise QueryTimeoutError(self._seconds)

    def half(self) -> "Deadline":
        """Return a deadline at half of the time that is left, for what can be left out."""
        earlier = copy(self)
        earlier._moment = (self._clock() + self._moment) / 2  # noqa: SLF001 - it is of this class
        return earlier
