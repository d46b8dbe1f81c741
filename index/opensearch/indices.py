"""The indices of a generation on a cluster: made, cloned, checked, named by the alias, removed.

Readers search the alias. The index of a generation never changes once the alias has named it: an
update begins with a clone, which shares the files that did not change.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from index.opensearch.connection import Connection
from index.opensearch.encoding import document_key, from_keyword
from index.opensearch.errors import ClusterRefusedError
from index.opensearch.failures import told_error
from index.opensearch.mapping import FACETS, META_KEY, make_mapping, make_settings

MAKE_SECONDS = 120.0
READ_MOST = 500
"""Documents that are read in one request."""
PAGE_VALUES = 5_000
"""Values of a facet in one answer; all are read, page by page."""
_MISSING = 404


def read_numbers(connection: Connection) -> dict[int, bool]:
    """Return the generations that have an index, and whether the alias names it."""
    address = connection.address
    found = connection.call("GET", f"/{address.name}-*/_alias", seconds=MAKE_SECONDS)
    numbers = ((address.number_of(index), row["aliases"]) for index, row in found.items())
    return {n: address.name in aliases for n, aliases in sorted(numbers, key=str) if n is not None}


def current_index_number(connection: Connection) -> int:
    """Return the generation that the alias names; 0 for none."""
    return max((n for n, is_named in read_numbers(connection).items() if is_named), default=0)


def make_index(connection: Connection, number: int) -> str:
    """Make the index of a generation, and return its name."""
    index = connection.address.physical_name(number)
    body = {"settings": make_settings(connection.options), "mappings": make_mapping({})}
    connection.call("PUT", f"/{index}", body, seconds=MAKE_SECONDS)
    return index


def clone_index(connection: Connection, base: int, number: int) -> str:
    """Make the index of a generation as a clone of another one, and return its name."""
    source, index = map(connection.address.physical_name, (base, number))
    settings = {
        "index.blocks.write": None,
        "index.number_of_replicas": connection.options.replicas,
    }
    connection.call("PUT", f"/{source}/_settings", {"index.blocks.write": True})
    connection.call(
        "PUT",
        f"/{source}/_clone/{index}",
        {"settings": settings},
        seconds=MAKE_SECONDS,
        wait_for_active_shards="1",
    )
    connection.call(
        "GET", f"/_cluster/health/{index}", seconds=MAKE_SECONDS, wait_for_status="yellow"
    )
    return index


def refresh_index(connection: Connection, index: str) -> None:
    """Make what was sent to an index searchable, and durable."""
    connection.call("POST", f"/{index}/_refresh", seconds=MAKE_SECONDS)
    connection.call("POST", f"/{index}/_flush", seconds=MAKE_SECONDS)


def seal_index(connection: Connection, index: str, manifest: Mapping[str, Any]) -> int:
    """Write the manifest into an index, which nobody changes from now on; return its bytes."""
    body = {"_meta": {META_KEY: dict(manifest)}}
    connection.call("PUT", f"/{index}/_mapping", body, seconds=MAKE_SECONDS)
    connection.call("PUT", f"/{index}/_settings", {"index.blocks.write": True})
    found = connection.call("GET", f"/{index}/_stats/store", seconds=MAKE_SECONDS)
    return int(found["_all"]["primaries"]["store"]["size_in_bytes"])


def name_index(connection: Connection, number: int) -> None:
    """Let the alias name the index of a generation, and no other, in one call."""
    address = connection.address
    named = (n for n, is_named in read_numbers(connection).items() if is_named and n != number)
    actions = [
        *({"remove": {"index": address.physical_name(n), "alias": address.name}} for n in named),
        {"add": {"index": address.physical_name(number), "alias": address.name}},
    ]
    connection.call("POST", "/_aliases", {"actions": actions}, seconds=MAKE_SECONDS)


def remove_indices(connection: Connection, keep: Iterable[int]) -> None:
    """Remove the indices of all generations but some."""
    for number in sorted(set(read_numbers(connection)) - set(keep)):
        path = f"/{connection.address.physical_name(number)}"
        connection.call("DELETE", path, seconds=MAKE_SECONDS)


def count_documents(connection: Connection, index: str) -> int:
    """Return how many documents an index has."""
    found = connection.call("GET", f"/{index}/_count", seconds=MAKE_SECONDS)
    return int(found["count"])


def find_sources(
    connection: Connection, index: str, body: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the sources of the documents that a search finds."""
    found = _search(connection, index, body)
    return [hit["_source"] for hit in found["hits"]["hits"]]


def read_source(connection: Connection, index: str, doc_id: str) -> str | None:
    """Return the stored document of an id, as JSON; None where there is none."""
    path = f"/{index}/_doc/{document_key(doc_id)}"
    try:
        found = connection.call("GET", path, _source_includes="document")
    except ClusterRefusedError as error:
        if error.status != _MISSING:
            raise
        return None
    return str(found["_source"]["document"])


def read_sources(connection: Connection, index: str, doc_ids: Iterable[str]) -> dict[str, str]:
    """Return the stored documents of some ids, as JSON; those that are not there are left out."""
    keys = {document_key(doc_id): doc_id for doc_id in doc_ids}
    found: dict[str, str] = {}
    waiting = iter(keys)
    while asked := list(islice(waiting, READ_MOST)):
        body = {"ids": asked}
        answer = connection.call(
            "POST", f"/{index}/_mget", body, seconds=MAKE_SECONDS, _source_includes="document"
        )
        for row in answer["docs"]:
            if "error" in row:
                raise _told_of_row(connection, row["error"])
        rows = (row for row in answer["docs"] if row["found"])
        found |= {keys[row["_id"]]: row["_source"]["document"] for row in rows}
    return found


def count_values(
    connection: Connection, index: str, fields: Mapping[str, str]
) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield each combination of values of some fields, None for no value, and its documents.

    Args:
        connection: to the cluster.
        index: its name.
        fields: by the name that a value gets, the field of the mapping.
    """
    sources = [
        {name: {"terms": {"field": field, "missing_bucket": True}}}
        for name, field in fields.items()
    ]
    after: dict[str, Any] = {}
    while True:
        composite = {"size": PAGE_VALUES, "sources": sources, **after}
        body = {"size": 0, "aggs": {"values": {"composite": composite}}}
        found = _search(connection, index, body)
        values = found["aggregations"]["values"]
        for bucket in values["buckets"]:
            yield bucket["key"], bucket["doc_count"]
        if "after_key" not in values:
            return
        after = {"after": values["after_key"]}


def read_facet(connection: Connection, index: str, facet: str) -> dict[str, int]:
    """Return every value of a facet, and how many documents have it."""
    counted = count_values(connection, index, {"value": f"{FACETS}.{facet}"})
    return {from_keyword(row["value"]): n for row, n in counted if row["value"] is not None}


def _search(connection: Connection, index: str, body: Mapping[str, Any]) -> Any:
    """Return the whole answer to a search; a shard that does not answer makes it an error."""
    path = f"/{index}/_search"
    return connection.call(
        "POST", path, body, seconds=MAKE_SECONDS, allow_partial_search_results=False
    )


def _told_of_row(connection: Connection, error: Any) -> Exception:
    """Return the error of one document that could not be read."""
    kind, reason = str(error.get("type")), str(error.get("reason"))
    return told_error(503, kind, reason, connection.address)
