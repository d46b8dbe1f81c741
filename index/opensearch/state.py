"""The state index: the files of each generation, so that any machine may update an index.

A file is cut into pieces, a document each. The manifest goes last and is read first, so a
generation whose files are not all there has none.
"""

import base64
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Any

from index.errors import ArchiveIndexError, IndexDamagedError, IndexMissingError
from index.generations import MANIFEST_NAME, Manifest, measure_file, read_manifest
from index.opensearch.connection import Connection
from index.opensearch.errors import ClusterRefusedError

PIECE_BYTES = 4 << 20
"""Bytes of a file in one document: few requests, and little memory of a node."""
PIECES_MOST = 1 << 20
STATE_SECONDS = 60.0
_EXISTS = "resource_already_exists_exception"
_MISSING = 404

_BODY: dict[str, Any] = {
    "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-all"},
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "kind": {"type": "keyword"},
            "host": {"type": "keyword"},
            "process": {"type": "integer"},
            "token": {"type": "keyword"},
            "beats": {"type": "integer"},
            "generation": {"type": "integer"},
            "name": {"type": "keyword"},
            "piece": {"type": "integer"},
            "data": {"type": "binary"},
        },
    },
}


def make_state_index(connection: Connection) -> None:
    """Make the state index of an index, if there is none."""
    try:
        connection.call("PUT", f"/{connection.address.state_name}", _BODY, seconds=STATE_SECONDS)
    except ClusterRefusedError as error:
        if error.kind != _EXISTS:
            raise


def save_files(connection: Connection, number: int, folder: Path) -> None:
    """Save the files of a generation's folder; the manifest is there already, and goes last."""
    manifest = read_manifest(folder)
    for name in (*manifest.files, MANIFEST_NAME):
        with (folder / name).open("rb") as file:
            piece = 0
            while True:
                data = file.read(PIECE_BYTES)
                body = {
                    "kind": "file",
                    "generation": number,
                    "name": name,
                    "piece": piece,
                    "data": base64.b64encode(data).decode(),
                }
                path = _path(connection, number, name, piece)
                connection.call("PUT", path, body, seconds=STATE_SECONDS)
                piece += 1
                if len(data) < PIECE_BYTES:
                    break


def fetch_files(
    connection: Connection, number: int, folder: Path, *, only: Container[str] | None = None
) -> Manifest:
    """Fetch the files of a generation into a folder; those that are there and whole stay.

    Args:
        connection: to the cluster.
        number: of the generation.
        folder: where they go.
        only: names of files, where not all are needed.

    Raises:
        IndexDamagedError: when one is missing or altered.
        SchemaMismatchError: when another version of Kliping wrote them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _fetch(connection, number, MANIFEST_NAME, folder)
    manifest = read_manifest(folder)
    for name, expected in manifest.files.items():
        path = folder / name
        if only is not None and name not in only:
            continue
        if path.is_file() and measure_file(path) == expected:
            continue
        _fetch(connection, number, name, folder)
        if measure_file(path) != expected:
            raise IndexDamagedError(str(connection.address), f"{name} was cut or altered")
    for path in folder.iterdir():
        if path.name not in {*manifest.files, MANIFEST_NAME}:
            path.unlink()
    return manifest


def fetch_file(connection: Connection, number: int, name: str) -> bytes:
    """Return one file of a generation, such as its frequent phrases.

    Raises:
        IndexDamagedError: when it is missing.
    """
    return b"".join(_pieces(connection, number, name))


def remove_files(connection: Connection, keep: Iterable[int]) -> None:
    """Remove the files of all generations but some."""
    body = {
        "query": {
            "bool": {
                "filter": {"term": {"kind": "file"}},
                "must_not": {"terms": {"generation": sorted(keep)}},
            }
        }
    }
    path = f"/{connection.address.state_name}"
    connection.call("POST", f"{path}/_refresh", seconds=STATE_SECONDS)
    connection.call(
        "POST", f"{path}/_delete_by_query", body, seconds=STATE_SECONDS, conflicts="proceed"
    )


def _fetch(connection: Connection, number: int, name: str, folder: Path) -> None:
    with (folder / name).open("wb") as file:
        file.writelines(_pieces(connection, number, name))


def _pieces(connection: Connection, number: int, name: str) -> Iterator[bytes]:
    address = connection.address
    for piece in range(PIECES_MOST):
        try:
            found = connection.call(
                "GET", _path(connection, number, name, piece), seconds=STATE_SECONDS
            )
        except (ClusterRefusedError, IndexMissingError) as error:
            if isinstance(error, ClusterRefusedError) and error.status != _MISSING:
                raise
            what = f"{name} of generation {number} is not in {address.state_name}"
            raise _damaged(address, what) from error
        data = base64.b64decode(found["_source"]["data"])
        yield data
        if len(data) < PIECE_BYTES:
            return


def _damaged(address: object, what: str) -> ArchiveIndexError:
    return IndexDamagedError(str(address), what)


def _path(connection: Connection, number: int, name: str, piece: int) -> str:
    return f"/{connection.address.state_name}/_doc/{number}-{name}-{piece}"
