"""Failures of a request to a cluster: from the client's exceptions to one sentence each."""

import re
from collections.abc import Mapping
from typing import Any

from index.errors import ArchiveIndexError, IndexMissingError
from index.opensearch.address import ClusterAddress
from index.opensearch.errors import (
    CertificateError,
    ClusterAccessError,
    ClusterBusyError,
    ClusterReadOnlyError,
    ClusterRefusedError,
    ClusterUnavailableError,
    HostUnknownError,
    MappingChangedError,
)

REASON_CHARS_MOST = 300
"""Characters of a node's own words: some quote whole documents."""

_Sentence = type[
    ClusterAccessError
    | ClusterBusyError
    | ClusterReadOnlyError
    | ClusterUnavailableError
    | MappingChangedError
]

BY_KIND: Mapping[str, _Sentence] = {
    "cluster_block_exception": ClusterReadOnlyError,
    "security_exception": ClusterAccessError,
    "strict_dynamic_mapping_exception": MappingChangedError,
    "mapper_parsing_exception": MappingChangedError,
    "circuit_breaking_exception": ClusterBusyError,
    "es_rejected_execution_exception": ClusterBusyError,
    "rejected_execution_exception": ClusterBusyError,
    "opensearch_rejected_execution_exception": ClusterBusyError,
    # A node went while others asked it: what they say of each other.
    "node_disconnected_exception": ClusterUnavailableError,
    "node_not_connected_exception": ClusterUnavailableError,
    "node_closed_exception": ClusterUnavailableError,
    "connect_transport_exception": ClusterUnavailableError,
    "send_request_transport_exception": ClusterUnavailableError,
    "receive_timeout_transport_exception": ClusterUnavailableError,
    "no_shard_available_action_exception": ClusterUnavailableError,
}
"""The errors that OpenSearch names and that have a sentence of their own."""

BY_STATUS: Mapping[int, _Sentence] = {
    401: ClusterAccessError,
    403: ClusterAccessError,
    429: ClusterBusyError,
    502: ClusterUnavailableError,
    503: ClusterUnavailableError,
    504: ClusterUnavailableError,
}
"""The same for errors that only their HTTP status tells, such as a proxy's."""

MISSING = "index_not_found_exception"
_NO_STATE = re.compile(r"state not recovered|no (cluster_)?manager|not initialized", re.IGNORECASE)
"""Blocks of a cluster that starts or has lost its manager: it is away, not read-only."""


def to_cluster_error(error: Any, address: ClusterAddress) -> ArchiveIndexError:
    """Return the error of Kliping for one of the client's."""
    status = getattr(error, "status_code", None)
    if not isinstance(status, int):
        return _without_answer(error, address)
    info = error.info if isinstance(error.info, dict) else {}
    cause = info.get("error") if isinstance(info.get("error"), dict) else {}
    kind = str((cause or {}).get("type") or error.error)
    reason = str((cause or {}).get("reason") or info.get("error") or error.error)
    return told_error(status, kind, reason, address)


def told_error(status: int, kind: str, reason: str, address: ClusterAddress) -> ArchiveIndexError:
    """Return the error for what a node answered, to a request or to one row of a bulk."""
    if kind == MISSING:
        return IndexMissingError(str(address))
    what = " ".join(reason.split())[:REASON_CHARS_MOST].rstrip(".;")
    sentence = BY_KIND.get(kind) or BY_STATUS.get(status)
    if sentence is ClusterReadOnlyError and _NO_STATE.search(reason):
        sentence = ClusterUnavailableError
    if sentence is None:
        return ClusterRefusedError(address, status, kind, what)
    return sentence(address, what)


def _without_answer(error: Any, address: ClusterAddress) -> ArchiveIndexError:
    """Return the error for a request that no node answered."""
    from opensearchpy.exceptions import ConnectionTimeout, SSLError  # noqa: PLC0415 - see connection

    cause = getattr(error, "info", None)
    if isinstance(error, SSLError):
        return CertificateError(address, _certificate_fault(str(cause)))
    if isinstance(error, ConnectionTimeout):
        return ClusterUnavailableError(address, "a node took too long")
    if type(cause).__name__ == "NameResolutionError":
        return HostUnknownError(address, ", ".join(host.name for host in address.hosts))
    if not address.is_secure and "RemoteDisconnected" in str(cause):
        return ClusterUnavailableError(
            address, "a node closed the connection, as one that speaks only TLS does"
        )
    return ClusterUnavailableError(address, "no connection could be made")


def _certificate_fault(said: str) -> str:
    """Return what is wrong with a certificate, in few words."""
    if "WRONG_VERSION_NUMBER" in said or "record layer" in said:
        return "the node does not speak TLS"
    if "doesn't match" in said or "not valid for" in said or "Hostname mismatch" in said:
        return "its certificate is that of another host"
    if "expired" in said:
        return "its certificate has expired"
    if "self-signed" in said or "self signed" in said or "unable to get" in said:
        return "nobody that this machine trusts has signed its certificate"
    return "its certificate was refused"
