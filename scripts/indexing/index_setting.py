"""The setting of the index: a directory, or for some commands an address on a cluster."""

import os
import sys
from pathlib import Path

from index.errors import ArchiveError
from index.opensearch import is_cluster_address, mask
from web import Settings, read_settings


class NoDirectoryError(ArchiveError):
    """The index is on a cluster, and the command needs an index directory."""

    def __init__(self, index: str) -> None:
        super().__init__(
            f"This command needs an index directory, and {mask(index)} is an address. Name a "
            "directory on the command line, or in KLIPING_INDEX."
        )


def read_directory(option: str | None) -> Path:
    """Return the index directory of an option or the environment.

    Raises:
        NoDirectoryError: for an address; a folder of the name `opensearch:` would help nobody.
        SettingError: for a setting that cannot be used.
    """
    return directory_of(read_settings(os.environ, index=option))


def directory_of(settings: Settings) -> Path:
    """Return the index directory of the settings; see `read_directory`."""
    if is_cluster_address(settings.index):
        raise NoDirectoryError(settings.index)
    return Path(settings.index)


def warn(command: str, settings: Settings) -> None:
    """Print a line where the cluster's certificate is not checked."""
    if settings.opensearch_insecure == "yes" and is_cluster_address(settings.index):
        print(
            f"{command}: WARNING: KLIPING_OPENSEARCH_INSECURE is on, so whoever poses as the "
            "cluster learns its password and may alter what is found. Name the file of its "
            "authority in KLIPING_OPENSEARCH_CA instead.",
            file=sys.stderr,
        )
