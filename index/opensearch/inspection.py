"""Inspect an index on a cluster: every generation, its files, its replicas, who was taken down.

Nothing is changed and nothing is locked. The files of a generation are fetched, so it takes as long
as they are large.
"""

from collections.abc import Iterator
from typing import Any

from index.errors import (
    ArchiveError,
    IndexDamagedError,
    IndexMissingError,
    SchemaMismatchError,
)
from index.generations import LIST_NAME, Catalog, Finding, Manifest, read_list
from index.opensearch.connection import Connection
from index.opensearch.errors import MappingChangedError
from index.opensearch.indices import MAKE_SECONDS, count_documents, read_numbers, read_sources
from index.opensearch.mapping import META_KEY, find_difference
from index.opensearch.state import fetch_files
from index.schema import schema_fingerprint
from index.temporary_folder import temporary_folder

_HEALTH = {
    "red": "a part of it does not answer: look at its nodes and their disks",
    "yellow": "a replica of it is missing: start the node that has it, or set fewer replicas",
}
"""What each state of an index means that is not green."""


def inspect_cluster(connection: Connection) -> Iterator[Finding]:
    """Yield all that is wrong with an index on a cluster.

    Raises:
        ClusterError: when the cluster does not answer.
    """
    numbers = read_numbers(connection)
    if not any(numbers.values()):
        yield Finding(str(IndexMissingError(str(connection.address))), is_served=True)
    for number, is_served in sorted(numbers.items(), reverse=True):
        of = "the one that is served" if is_served else "kept for a rollback"
        try:
            what = _find_fault(connection, number)
        except ArchiveError as error:
            yield Finding(f"Generation {number}, {of}: {error}", is_served=is_served)
            continue
        if what:
            yield Finding(f"Generation {number}, {of}: {what}", is_served=is_served)
    for index, row in _health(connection).items():
        if row["status"] in _HEALTH:
            what = _HEALTH[row["status"]]
            yield Finding(f"{index}: {what}", is_served=row["status"] == "red")


def check_mapping(mapping: Any, address: str) -> None:
    """Check that an index has the fields that this program searches.

    Raises:
        SchemaMismatchError: when another version of Kliping built it.
        MappingChangedError: when its mapping was changed by hand.
    """
    manifest = mapping.get("_meta", {}).get(META_KEY, {})
    if manifest.get("schema") != schema_fingerprint():
        raise SchemaMismatchError(address, "its fields or its analyzer are not today's")
    difference = find_difference(mapping)
    if difference:
        raise MappingChangedError(address, difference)


def find_sealed(connection: Connection, manifest: Manifest) -> int:
    """Return the generation whose index was made with a manifest; 0 for none.

    Raises:
        SchemaMismatchError, MappingChangedError: when this program cannot search that index.
    """
    address = connection.address
    found = connection.call("GET", f"/{address.name}-*/_mapping", seconds=MAKE_SECONDS)
    for index, row in found.items():
        number, mapping = address.number_of(index), row["mappings"]
        sealed = mapping.get("_meta", {}).get(META_KEY, {})
        made = sealed.get("number"), sealed.get("built_at"), sealed.get("doc_count")
        if number and made == (number, manifest.built_at, manifest.doc_count):
            check_mapping(mapping, str(address))
            return number
    return 0


def _find_fault(connection: Connection, number: int) -> str:
    """Return what is wrong with a generation that can be opened; "" for nothing.

    Raises:
        ArchiveError: when it cannot be opened.
    """
    address = connection.address
    index = address.physical_name(number)
    mapping = connection.call("GET", f"/{index}/_mapping", seconds=MAKE_SECONDS)
    check_mapping(mapping[index]["mappings"], str(address))
    # An error about a file names the folder two above it.
    with temporary_folder() as work:
        folder = work / "generations" / str(number)
        manifest = fetch_files(connection, number, folder)
        with Catalog.opened(folder) as catalog:
            listed = sum(1 for _ in catalog.ids())
        down = [line.doc_id for line in read_list(folder / LIST_NAME, folder).articles]
    if not count_documents(connection, index) == listed == manifest.doc_count:
        raise IndexDamagedError(str(address), "its catalogue and it do not hold the same articles")
    if found := read_sources(connection, index, down):
        doc_id = next(iter(found))
        return f"{doc_id} was taken down, but is in it. Run scripts/reindex.py --remove {doc_id}"
    return ""


def _health(connection: Connection) -> dict[str, Any]:
    """Return the state of each index of a name."""
    address = connection.address
    found = connection.call(
        "GET",
        f"/_cluster/health/{address.name}-*",
        seconds=MAKE_SECONDS,
        level="indices",
        expand_wildcards="open",
    )
    states: dict[str, Any] = found["indices"]
    own = (name for name in states if address.number_of(name) or name == address.state_name)
    return {name: states[name] for name in sorted(own)}
