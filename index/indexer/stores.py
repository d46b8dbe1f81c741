"""Which store an index has: the one place where a directory and a cluster are told apart.

>>> store, index_path = open_store("var/index", ClusterOptions())
>>> type(store).__name__, str(index_path)
('DirectoryStore', 'var/index')
"""

from pathlib import Path

from index.indexer.store import DIRECTORY, Store
from index.opensearch import ClusterOptions, Connection, is_cluster_address, parse_address

LOCAL_FOLDER = Path("var/cluster")
"""Where a run keeps its copies of what a cluster has, a folder for each address."""


def open_store(index: str, options: ClusterOptions) -> tuple[Store, Path]:
    """Return the store of an index, and the index directory in which a run works.

    Args:
        index: a directory, or the address of a cluster.
        options: how a cluster is reached.

    Raises:
        AddressError: for an address that cannot be used.
    """
    if not is_cluster_address(index):
        return DIRECTORY, Path(index)
    from index.indexer.cluster_store import ClusterStore  # noqa: PLC0415 - only for a cluster

    address = parse_address(index)
    return ClusterStore(Connection(address, options)), LOCAL_FOLDER / address.folder_name
