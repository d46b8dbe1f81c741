"""The client of opensearch-py: pooled connections, quick JSON, nodes that hang passed over.

opensearch-py is imported when a client is made, so that nobody loads it who has no cluster.
"""

import json
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from index.opensearch.address import ClusterAddress
from index.opensearch.options import ClusterOptions

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

TRIES_LEAST = 3
"""Times that a request is tried, on one node after the other, when connections break."""
PASSED_OVER_SECONDS = 10
"""How long a node that broke a connection or did not answer in time is asked only if there is no
other; twice as long each time that this happens again."""
DOUBLED_MOST = 3
_LOGGER = "opensearch"
"""The log of opensearch-py: it repeats each failure with a trace and the request's address."""


def make_client(address: ClusterAddress, options: ClusterOptions, connections: int) -> "OpenSearch":
    """Return a client with so many connections to each node; nothing is sent before a request."""
    from opensearchpy import OpenSearch  # noqa: PLC0415 - see above

    # What goes wrong is told by whoever asked, in one sentence.
    logging.getLogger(_LOGGER).setLevel(logging.CRITICAL)
    secured: dict[str, Any] = {}
    if address.is_secure:
        secured = {
            "use_ssl": True,
            "verify_certs": not options.is_insecure,
            "ssl_show_warn": False,
            "ca_certs": options.ca or None,
        }
    client = OpenSearch(
        hosts=[{"host": host.name, "port": host.port} for host in address.hosts],
        http_auth=(options.user, options.password) if options.user else None,
        connection_class=_node_class(),
        pool_maxsize=connections,
        max_retries=max(TRIES_LEAST, len(address.hosts) + 1) - 1,
        retry_on_status=(),
        serializer=_Json(),
        dead_timeout=PASSED_OVER_SECONDS,
        timeout_cutoff=DOUBLED_MOST,
        **secured,
    )
    for node in client.transport.connection_pool.connections:
        node.nodes = client.transport.connection_pool
    return client


def _node_class() -> type[Any]:
    """Return the class of what keeps the connections to one node."""
    from opensearchpy import Urllib3HttpConnection  # noqa: PLC0415 - see above
    from opensearchpy.exceptions import ConnectionTimeout  # noqa: PLC0415 - see above

    class Node(Urllib3HttpConnection):
        """A node, which is passed over for a while once it did not answer in time.

        opensearch-py does so only where it asks again by itself, and that for writes, too.
        """

        nodes: Any = None

        def perform_request(self, *args: Any, **kwargs: Any) -> Any:
            """Send a request to this node."""
            try:
                return super().perform_request(*args, **kwargs)
            except ConnectionTimeout:
                self.nodes.mark_dead(self)
                raise

    return Node


class _Json:
    """Encodes and decodes JSON in a fifth of the time of the standard library."""

    mimetype = "application/json"

    def dumps(self, data: Any) -> Any:
        return data if isinstance(data, bytes) else msgspec.json.encode(data)

    def loads(self, text: str) -> Any:
        with suppress(msgspec.DecodeError):
            return msgspec.json.decode(text)
        return json.loads(text)  # half of a surrogate pair is refused above
