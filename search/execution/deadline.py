"""How long a query may take."""

import time

from search.errors import QueryTimeoutError


class Deadline:
    """A moment after which a query is stopped; to be asked often, at some fifty nanoseconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._moment = time.monotonic() + seconds

    def check(self) -> None:
        """Return while there is time.

        Raises:
            QueryTimeoutError: when there is none left.
        """
        if time.monotonic() > self._moment:
            raise QueryTimeoutError(self._seconds)
