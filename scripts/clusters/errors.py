"""Errors of a cluster that cannot be started."""

from index.errors import ArchiveError


class ClusterError(ArchiveError):
    """No cluster can run here; the message says why and what to do."""
