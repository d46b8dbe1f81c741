"""Write the same documents to a cluster as Kliping does, and by opensearch-py ready-made.

Kliping's side analyses and encodes while it sends; the other has the JSON of all documents in
memory before the clock starts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from time import perf_counter
from typing import Any

from bench.peer import CannotRunError
from opensearchpy import OpenSearch
from opensearchpy.helpers import parallel_bulk

from index.document import Document
from index.opensearch import (
    NO_ROLE,
    Connection,
    DocumentEncoder,
    Row,
    document_key,
    make_index,
    send_rows,
)

BATCH_DOCS = 500
SENDERS = 4
"""Requests under way at once, on both sides."""
SECONDS = 300.0
GENERATION = 999_999
"""Of the index that both sides write, and that is removed."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Documents a second of both sides, until the cluster has them all.

    Attributes:
        ours: analysed, encoded and sent by Kliping.
        ready_made: sent by opensearch-py's `parallel_bulk`.
    """

    ours: float
    ready_made: float


def measure_rates(connection: Connection, documents: Sequence[Document], rounds: int) -> Rates:
    """Return the best rate of each side, which take turns, on an index made anew each time."""
    ready = [
        {"_id": document_key(row.doc_id), "_source": row.raw.decode()}
        for row in _encoded(documents)
        if row.raw
    ]
    ours, theirs = [], []
    for _ in range(rounds):
        index = make_index(connection, GENERATION)
        started = perf_counter()
        send_rows(connection, index, _encoded(documents))
        ours.append(len(documents) / (perf_counter() - started))
        connection.call("DELETE", f"/{index}", seconds=SECONDS)
        make_index(connection, GENERATION)
        started = perf_counter()
        _send_ready_made(connection, index, ready)
        theirs.append(len(documents) / (perf_counter() - started))
        connection.call("DELETE", f"/{index}", seconds=SECONDS)
    return Rates(max(ours), max(theirs))


def _encoded(documents: Sequence[Document]) -> Iterator[Row]:
    """Yield documents as they are sent, some hundred of them analysed at once."""
    encoder, remaining = DocumentEncoder(), iter(documents)
    while batch := list(islice(remaining, BATCH_DOCS)):
        encoded = encoder.encode(batch, [NO_ROLE] * len(batch))
        yield from (Row(each.doc_id, raw) for each, raw in zip(batch, encoded, strict=True))


def _send_ready_made(
    connection: Connection, index: str, ready: Iterable[Mapping[str, Any]]
) -> None:
    hosts = [{"host": host.name, "port": host.port} for host in connection.address.hosts]
    client = OpenSearch(hosts=hosts, timeout=SECONDS, pool_maxsize=SENDERS)
    sent = parallel_bulk(client, ready, index=index, thread_count=SENDERS, chunk_size=BATCH_DOCS)
    if not all(is_done for is_done, _ in sent):
        raise CannotRunError("The cluster refuses documents that are ready-made.")
    client.close()
