"""The connection to a cluster: requests with time limits, on another node when one is gone.

Connections are kept alive and pooled by opensearch-py, which is imported when the first one is
made, so that nobody loads it who has no cluster. A failure is told in one sentence
(`index.opensearch.errors`).

>>> from index.opensearch.address import parse_address
>>> connection = Connection(parse_address("opensearch://127.0.0.1:1/berita"), ClusterOptions())
>>> connection.call("GET", "/")  # doctest: +ELLIPSIS
Traceback (most recent call last):
index.opensearch.errors.ClusterUnavailableError: The cluster opensearch://127.0.0.1:1/berita ...
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from index.opensearch.address import ClusterAddress
from index.opensearch.client import make_client
from index.opensearch.failures import to_cluster_error
from index.opensearch.options import ClusterOptions

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

CALL_SECONDS = 10.0
"""How long a request may take, unless its caller knows better."""
CONNECTIONS = 16
"""Connections that are kept to each node: one for each thread of a server."""
FIRST_SHARE = 1 / 3
"""The part of its time that a search waits for the first of several nodes: one that hangs accepts
connections and never answers. The second node has the rest."""
SEARCHES = ("/_search", "/_msearch")
"""Ends of the paths of searches, which are sent by POST and change nothing."""


class Connection:
    """Sends requests to the nodes of a cluster; safe to use from several threads.

    Attributes:
        address: of the cluster, and the name of the index there.
        options: how it is reached.
    """

    def __init__(
        self, address: ClusterAddress, options: ClusterOptions, *, connections: int = CONNECTIONS
    ) -> None:
        """Make a client; nothing is sent before the first request."""
        self.address, self.options = address, options
        self._client: OpenSearch = make_client(address, options, connections)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        seconds: float = CALL_SECONDS,
        **parameters: Any,
    ) -> Any:
        """Send a request and return the answer, decoded.

        What only reads is sent to another node, too, when the first one takes its time.

        Args:
            method: of HTTP.
            path: below the node's address.
            body: a value that becomes JSON, or bytes as they are sent.
            seconds: how long to wait for an answer.
            **parameters: of the query string; None counts as none.

        Raises:
            ClusterError, IndexMissingError: when there is no answer, or it is an error.
        """
        from opensearchpy.exceptions import OpenSearchException  # noqa: PLC0415 - see above

        given = ((name, value) for name, value in parameters.items() if value is not None)
        told = {name: _to_parameter(value) for name, value in given}
        send = partial(self._client.transport.perform_request, method, path, body=body)
        try:
            if not self._may_ask_again(method, path):
                return send(params=told, timeout=seconds)
            return _ask_two(partial(send, params=told), seconds)
        except OpenSearchException as error:
            raise to_cluster_error(error, self.address) from error

    def _may_ask_again(self, method: str, path: str) -> bool:
        """Whether there is another node, and a request that may come twice."""
        return len(self.address.hosts) > 1 and (method == "GET" or path.endswith(SEARCHES))

    def close(self) -> None:
        """Close all connections."""
        self._client.close()


def _ask_two(send: Callable[..., Any], seconds: float) -> Any:
    """Return the answer of a node, or of the next one where the first does not answer in time."""
    from opensearchpy.exceptions import ConnectionTimeout  # noqa: PLC0415 - see above

    first = seconds * FIRST_SHARE
    with suppress(ConnectionTimeout):
        return send(timeout=first)
    return send(timeout=seconds - first)


def _to_parameter(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
