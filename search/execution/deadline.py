"""Query timeout: how long a query may take."""

import time

from search.errors import QueryTimeoutError


class Deadline:
    """The time limit of a query; `check` is cheap (some fifty nanoseconds), so call it often."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._moment = time.monotonic() + seconds

    def check(self) -> None:
        """Stop the query if its time is over.

        Raises:
            QueryTimeoutError: when there is none left.
        """
        if time.monotonic() > self._moment:
            raise QueryTimeoutError(self._seconds)
