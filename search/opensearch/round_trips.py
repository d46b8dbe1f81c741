"""Round trips to the cluster: several searches in one request, within the time of the query.

An answer is whole or an error: a shard that fails, a search that runs out of time and a node that
does not answer never become fewer hits or lower counts.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from index.errors import ArchiveIndexError
from index.opensearch import ClusterAddress, ClusterUnavailableError, Connection, told_error
from search.errors import EngineUnavailableError
from search.execution import Deadline
from search.opensearch.query_body import Body

GRACE_SECONDS = 0.5
"""What an answer may take beyond the time of its search, to come over the network."""
TIME_OVER = "Time exceeded"
"""What a shard says when a search is stopped at its time limit."""


class Searches:
    """Sends the searches of one request to an index.

    Attributes:
        count: how many round trips were made.
    """

    def __init__(self, connection: Connection, index: str) -> None:
        """Name the index; it is that of one generation."""
        self.count = 0
        self._connection, self._index = connection, index

    def ask(self, bodies: Sequence[Body], deadline: Deadline) -> list[Any]:
        """Send searches together and return the answer to each.

        Args:
            bodies: the searches.
            deadline: when to stop.

        Raises:
            EngineUnavailableError: when a part of the cluster does not answer.
            QueryTimeoutError: when it takes too long.
        """
        deadline.check()
        seconds = deadline.left
        timeout = f"{max(1, int(seconds * 1000))}ms"
        lines = [
            line for body in bodies for line in (self._header(body), {**body, "timeout": timeout})
        ]
        self.count += 1
        try:
            answer = self._connection.call(
                "POST",
                "/_msearch",
                b"".join(msgspec.json.encode(line) + b"\n" for line in lines),
                seconds=seconds + GRACE_SECONDS,
            )
            responses: list[Any] = answer["responses"]
            for response in responses:
                check_whole(response, self._connection.address, deadline)
        except ArchiveIndexError as error:
            deadline.check()  # where time is over, that is what the reader is told
            raise EngineUnavailableError(str(error), type(error)) from error
        return responses

    def _header(self, body: Body) -> Body:
        # Where scores count, all shards agree on idf first, so that they do not depend on shards.
        is_scored = "track_scores" in body
        return {
            "index": self._index,
            "search_type": "dfs_query_then_fetch" if is_scored else "query_then_fetch",
            "allow_partial_search_results": False,
        }


def check_whole(response: Any, address: ClusterAddress, deadline: Deadline) -> None:
    """Refuse an answer that is not whole.

    Raises:
        ClusterError, IndexMissingError: when it is an error, or a shard is missing.
        QueryTimeoutError: when the search was stopped at its time limit.
    """
    if "error" in response:
        kind, reason = cause_of(response["error"])
        if TIME_OVER in reason:
            raise deadline.error()
        raise told_error(response["status"], kind, reason, address)
    if response["timed_out"]:
        raise deadline.error()
    if response["_shards"]["failed"]:
        raise ClusterUnavailableError(address, "a shard does not answer")


def cause_of(error: Any) -> tuple[str, str]:
    """Return the kind and the reason of an error, of the first shard that failed where it tells.

    >>> cause_of({"type": "search_phase_execution_exception", "reason": "all shards failed",
    ...     "failed_shards": [{"reason": {"type": "too_many", "reason": "Too many."}}]})
    ('too_many', 'Too many.')
    """
    if not isinstance(error, dict):
        return "", str(error)
    shards = error.get("failed_shards") or []
    cause = error.get("caused_by") or error
    cause = shards[0]["reason"] if shards else cause
    return str(cause.get("type")), str(cause.get("reason"))
