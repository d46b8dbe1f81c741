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

import json
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from index.opensearch.address import ClusterAddress
from index.opensearch.errors import PasswordFileError
from index.opensearch.failures import to_cluster_error

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

CALL_SECONDS = 10.0
"""How long a request may take, unless its caller knows better."""
CONNECTIONS = 16
"""Connections that are kept to each node: one for each thread of a server."""
TRIES_LEAST = 3
"""Times that a request is tried, on one node after the other, when connections break."""
_LOGGER = "opensearch"
"""The log of opensearch-py: it repeats each failure with a trace and the request's address."""
PASSWORD_BYTES_MOST = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterOptions:
    """How a cluster is reached, and how its indices are made.

    Attributes:
        user, password: of HTTP's basic authentication; "" for none.
        ca: the file of the authorities that sign certificates; "" for the system's own.
        is_insecure: whether certificates are not checked.
        shards: of an index that is built.
        replicas: of each shard.
    """

    user: str = ""
    password: str = field(default="", repr=False)
    ca: str = ""
    is_insecure: bool = False
    shards: int = 1
    replicas: int = 0


def read_password(password: str, path: str) -> str:
    """Return the password that is given, or that stands in a file.

    Raises:
        PasswordFileError: when the file cannot be read, or both are given.
    """
    if not path:
        return password
    if password:
        raise PasswordFileError("it is given both in a variable and in a file")
    try:
        with Path(path).open("rb") as file:
            return file.read(PASSWORD_BYTES_MOST).decode().rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise PasswordFileError(f"{path} is no file of text that this user may read") from error


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
        self._client = _make_client(address, options, connections)

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

        Args:
            method: of HTTP.
            path: below the node's address.
            body: a value that becomes JSON, or bytes as they are sent.
            seconds: how long to wait for each node's answer.
            **parameters: of the query string; None counts as none.

        Raises:
            ClusterError, IndexMissingError: when there is no answer, or it is an error.
        """
        from opensearchpy.exceptions import OpenSearchException  # noqa: PLC0415 - see above

        given = ((name, value) for name, value in parameters.items() if value is not None)
        told = {name: _to_parameter(value) for name, value in given}
        try:
            return self._client.transport.perform_request(
                method, path, params=told, body=body, timeout=seconds
            )
        except OpenSearchException as error:
            raise to_cluster_error(error, self.address) from error

    def close(self) -> None:
        """Close all connections."""
        self._client.close()


class _Json:
    """Encodes and decodes JSON in a fifth of the time of the standard library."""

    mimetype = "application/json"

    def dumps(self, data: Any) -> Any:
        return data if isinstance(data, bytes) else msgspec.json.encode(data)

    def loads(self, text: str) -> Any:
        with suppress(msgspec.DecodeError):
            return msgspec.json.decode(text)
        return json.loads(text)  # half of a surrogate pair is refused above


def _make_client(
    address: ClusterAddress, options: ClusterOptions, connections: int
) -> "OpenSearch":
    """Return a client of opensearch-py."""
    from opensearchpy import OpenSearch, Urllib3HttpConnection  # noqa: PLC0415 - see above

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
    return OpenSearch(
        hosts=[{"host": host.name, "port": host.port} for host in address.hosts],
        http_auth=(options.user, options.password) if options.user else None,
        connection_class=Urllib3HttpConnection,
        pool_maxsize=connections,
        max_retries=max(TRIES_LEAST, len(address.hosts) + 1) - 1,
        retry_on_status=(),
        serializer=_Json(),
        **secured,
    )


def _to_parameter(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
