"""An archive on a cluster: what a build sends, in a few requests."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from index.corpus import group_near_duplicates, make_signatures
from index.document import Document
from index.generations import generation_path
from index.opensearch import (
    ClusterOptions,
    Connection,
    DocumentEncoder,
    Role,
    document_key,
    make_mapping,
    make_settings,
    parse_address,
    save_files,
)
from index.opensearch.state import make_state_index
from index.schema import schema_fingerprint
from tests.search.cases.engines import ColumnarIndex

BATCH = 500
BULK_SECONDS = 120.0


def write_index(
    address: str,
    documents: Sequence[Document],
    *,
    shards: int = 1,
    number: int = 1,
    replicas: int = 0,
) -> None:
    """Write documents to an index of so many shards, and let the alias name it."""
    options = ClusterOptions(shards=shards, replicas=replicas)
    connection = Connection(parse_address(address), options)
    name = connection.address.physical_name(number)
    manifest = {
        "schema": schema_fingerprint(),
        "number": number,
        "doc_count": len(documents),
        "built_at": f"2026-12-01T00:00:{number:02d}+00:00",
    }
    body = {"settings": make_settings(options), "mappings": make_mapping(manifest)}
    connection.call("PUT", f"/{name}", body, seconds=BULK_SECONDS)
    roles, encoder = roles_of(documents), DocumentEncoder()
    for first in range(0, len(documents), BATCH):
        batch = documents[first : first + BATCH]
        lines = encoder.encode(batch, roles[first : first + BATCH])
        keys = [msgspec.json.encode({"index": {"_id": document_key(d.doc_id)}}) for d in batch]
        rows = (b"%b\n%b\n" % pair for pair in zip(keys, lines, strict=True))
        answer = connection.call("POST", f"/{name}/_bulk", b"".join(rows), seconds=BULK_SECONDS)
        assert not answer["errors"], answer
    connection.call("POST", f"/{name}/_refresh", seconds=BULK_SECONDS)
    alias = {"index": f"{connection.address.name}-0*", "alias": connection.address.name}
    actions = [
        {"remove": {**alias, "must_exist": False}},
        {"add": {**alias, "index": name}},
    ]
    connection.call("POST", "/_aliases", {"actions": actions})
    make_state_index(connection)
    with TemporaryDirectory() as folder:
        on_disk = ColumnarIndex(Path(folder))
        on_disk.commit(documents)
        save_files(connection, number, generation_path(Path(folder), 1))
    connection.close()


def roles_of(documents: Sequence[Document]) -> list[Role]:
    """Return the part of each document in its group of near duplicates."""
    ids = [document.doc_id for document in documents]
    representatives = group_near_duplicates(ids, make_signatures(documents))
    counts: dict[str, int] = {}
    for representative in representatives.values():
        counts[representative] = counts.get(representative, 0) + 1
    return [
        Role(
            representative=representatives.get(doc_id, doc_id if doc_id in counts else ""),
            copy_count=counts.get(doc_id, 0),
            is_copy=doc_id in representatives,
        )
        for doc_id in ids
    ]


def remove_indices(address: str) -> None:
    """Remove all generations of an index."""
    connection = Connection(parse_address(address), ClusterOptions())
    for name in connection.call("GET", f"/{connection.address.name}/_alias"):
        connection.call("DELETE", f"/{name}")
    connection.close()
