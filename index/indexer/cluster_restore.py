"""Restore what a cluster has beside its indices: the files of a generation, from a backup's folder.

The indices themselves come back by OpenSearch's snapshots. What belongs together is known by the
time at which the index was made and by its number of articles, which both sides tell.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from index.errors import IndexDamagedError
from index.generations import Manifest, read_manifest
from index.opensearch import (
    BackupMismatchError,
    Connection,
    cluster_lock,
    count_documents,
    current_index_number,
    fetch_files,
    find_sealed,
    name_index,
    save_files,
)


def restore_cluster(connection: Connection, folder: Path) -> int:
    """Save the files of a generation on the cluster that has its index; return its number.

    The alias is set where there is none. Nothing is changed where the files are there and whole.

    Args:
        connection: to the cluster.
        folder: the files of the generation with their manifest.

    Raises:
        BackupMismatchError: when the cluster has no index to which they belong, or has the files.
        IndexLockedError: when a run is under way.
        SchemaMismatchError, MappingChangedError: when the index is not one of this program.
    """
    manifest = read_manifest(folder)
    address = connection.address
    with cluster_lock(connection) as lock:
        number = find_sealed(connection, manifest)
        index = address.physical_name(number)
        if not number or count_documents(connection, index) != manifest.doc_count:
            what = f"it belongs to the index of {manifest.built_at} with {manifest.doc_count:,} "
            raise BackupMismatchError(
                str(address), f"{what}articles, which is not there or not whole"
            )
        if _is_whole(connection, number, manifest):
            raise BackupMismatchError(str(address), f"the files of {index} are there and whole")
        save_files(connection, number, folder)
        lock.check()
        if not current_index_number(connection):
            name_index(connection, number)
    return number


def _is_whole(connection: Connection, number: int, manifest: Manifest) -> bool:
    """Return whether the cluster has all files of a generation."""
    with TemporaryDirectory() as name:
        try:
            found = fetch_files(connection, number, Path(name) / "generations" / str(number))
        except IndexDamagedError:
            return False
    return found == manifest
