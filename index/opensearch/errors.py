"""Errors of an index on an OpenSearch cluster: each says what is wrong and what to do next.

A node's own words are quoted as far as they help, and never a password.
"""

from index.errors import ArchiveError, ArchiveIndexError


class AddressError(ArchiveError):
    """The address of a cluster cannot be used; the address given is not repeated."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The address of the cluster cannot be used: {what}. It has this form: "
            "opensearch://HOST:PORT,HOST:PORT/NAME, or opensearchs:// for TLS"
        )


class PasswordFileError(ArchiveError):
    """The file with the password cannot be read, or a password is given twice."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The password of the cluster cannot be read: {what}. Put it alone into a file, and "
            "name that in KLIPING_OPENSEARCH_PASSWORD_FILE"
        )


class ClusterError(ArchiveIndexError):
    """Root of what can be wrong with a cluster."""


class ClusterUnavailableError(ClusterError):
    """No node answers, or not in time, or the cluster has no manager."""

    def __init__(self, address: object, what: str) -> None:
        super().__init__(
            str(address),
            f"The cluster {address} does not answer: {what}. See that OpenSearch runs there and "
            "that this machine may reach it; a server tries again by itself.",
        )


class ClusterBusyError(ClusterError):
    """The cluster refuses work for now, since it has too much."""

    def __init__(self, address: object, what: str) -> None:
        super().__init__(
            str(address),
            f"The cluster {address} has more to do than it can: {what}. Try again later, or give "
            "it more memory or more nodes.",
        )


class HostUnknownError(ClusterError):
    """No host of the address has an IP address."""

    def __init__(self, address: object, what: str) -> None:
        super().__init__(
            str(address),
            f"No host of {address} is known here ({what}). Check how the hosts are spelled.",
        )


class ClusterAccessError(ClusterError):
    """The cluster refuses the user, or what the user asks for."""

    def __init__(self, address: object, what: str) -> None:
        super().__init__(
            str(address),
            f"The cluster {address} refuses this user: {what}. Check KLIPING_OPENSEARCH_USER, its "
            "password, and what the user may do there.",
        )


class CertificateError(ClusterError):
    """The cluster's certificate is not trusted, or one side does not speak TLS."""

    def __init__(self, address: object, what: str) -> None:
        super().__init__(
            str(address),
            f"There is no safe connection to {address}: {what}. Name the file of the authority "
            "that signed its certificate in KLIPING_OPENSEARCH_CA; without TLS, the address "
            "begins with opensearch://",
        )


class ClusterReadOnlyError(ClusterError):
    """An index may not be written: most often, a node's disk is nearly full."""

    def __init__(self, address: object, what: str) -> None:
        super().__init__(
            str(address),
            f"The cluster {address} refuses to write: {what}. Free space on its disks, or add "
            "some; OpenSearch takes the block away by itself when there is enough.",
        )


class MappingChangedError(ClusterError):
    """The mapping of an index is not the one that Kliping gave it."""

    def __init__(self, address: object, what: str) -> None:
        super().__init__(
            str(address),
            f"The mapping of {address} was changed by hand: {what}. Build the index again: "
            f".venv/bin/python scripts/reindex.py PATH --index {address}",
        )


class BackupMismatchError(ClusterError):
    """A backup does not fit what the cluster holds, so nothing of it was restored."""

    def __init__(self, address: object, what: str) -> None:
        super().__init__(
            str(address),
            f"The backup is not restored to {address}: {what}; nothing was changed. Look at the "
            "index with scripts/check_index.py; if it is lost, restore the snapshot of OpenSearch "
            "that was taken with the backup, then the backup.",
        )


class ClusterRefusedError(ClusterError):
    """The cluster refuses a request for a reason that has no sentence of its own.

    Attributes:
        status: of the HTTP answer.
        kind: the cluster's name of the error.
    """

    def __init__(self, address: object, status: int, kind: str, what: str) -> None:
        super().__init__(
            str(address),
            f"The cluster {address} refused a request ({status} {kind}): {what}. Look at the log "
            "of its nodes; Kliping is made for OpenSearch 3.",
        )
        self.status, self.kind = status, kind
