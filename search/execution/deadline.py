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
from search.execution.turns import Turn


class Deadline:
    """The time limit of a query; `check` is cheap (some fifty nanoseconds), so call it often."""

    def __init__(
        self,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
        turn: Turn | None = None,
    ) -> None:
        """Begin now.

        Args:
            seconds: the time limit.
            clock: tells the time, in seconds.
            turn: where slow requests take turns, this one's part in them.
        """
        self._seconds = seconds
        self._clock = clock
        self._turn = turn
        self._moment = clock() + seconds

    def check(self) -> None:
        """Stop the query if its time is over; let others run where it is slow.

        Raises:
            QueryTimeoutError: when there is no time left.
        """
        now = self._clock()
        if now > self._moment or (self._turn and not self._turn.take(now, self._moment - now)):
            raise self.error()

    @property
    def left(self) -> float:
        """The seconds that are left; not below 0."""
        return max(self._moment - self._clock(), 0.0)

    def error(self) -> QueryTimeoutError:
        """Return the error of a query whose time is over."""
        return QueryTimeoutError(self._seconds)

    def half(self) -> "Deadline":
        """Return a deadline at half of the time that is left, for what can be left out."""
        earlier = copy(self)
        earlier._moment = (self._clock() + self._moment) / 2  # noqa: SLF001 - it is of this class
        return earlier
