"""Faults of a cluster: what was lost on it, and a lock that another run has taken."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from clusters.cluster import Cluster

from index.errors import IndexDamagedError, IndexLockedError, TakedownsError
from index.generations import list_path
from index.indexer import build_index, update_index
from index.indexer.cluster_store import ClusterStore
from index.opensearch import (
    ClusterOptions,
    Connection,
    cluster_lock,
    current_index_number,
    parse_address,
)

pytestmark = pytest.mark.cluster


@pytest.fixture
def connection(one_node: Cluster, index_name: str) -> Iterator[Connection]:
    """A connection to an index that is not there yet."""
    made = Connection(parse_address(one_node.address(index_name)), ClusterOptions())
    yield made
    made.close()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A file with one article."""
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "a1", "title": "Harga beras", "body": "Harga naik."}) + "\n")
    return path


def test_lost_state_is_mended_by_a_build(
    connection: Connection, files: Path, tmp_path: Path
) -> None:
    """An update is refused, and says to build again; the build needs only the list."""
    local = tmp_path / "local"
    build_index([files], local, store=ClusterStore(connection))
    list_path(local).touch()
    connection.call("DELETE", f"/{connection.address.state_name}")
    with pytest.raises(IndexDamagedError):
        update_index([files], local, store=ClusterStore(connection))
    assert current_index_number(connection) == 1
    build_index([files], local, store=ClusterStore(connection))
    update_index([files], local, store=ClusterStore(connection))
    assert current_index_number(connection) == 3


def test_lost_list_of_those_taken_down_stops_a_build_elsewhere(
    connection: Connection, files: Path, tmp_path: Path
) -> None:
    """A machine without the list could bring articles back, so it says what to do instead."""
    build_index([files], tmp_path / "local", store=ClusterStore(connection))
    connection.call("DELETE", f"/{connection.address.state_name}")
    with pytest.raises(TakedownsError):
        build_index([files], tmp_path / "other", store=ClusterStore(connection))
    assert current_index_number(connection) == 1


def test_lock_that_was_taken_over_is_seen_before_the_alias_moves(connection: Connection) -> None:
    """Not only when it is counted up the next time."""
    path = f"/{connection.address.state_name}/_doc/lock"
    with cluster_lock(connection) as lock:
        lock.check()
        other = {"kind": "lock", "host": "lain", "process": 1, "token": "lain", "beats": 0}
        connection.call("PUT", path, other)
        with pytest.raises(IndexLockedError):
            lock.check()
    assert connection.call("GET", path)["_source"]["host"] == "lain"


def test_own_count_without_an_answer_keeps_the_lock(connection: Connection) -> None:
    """A node may go after it has written and before it answers; the lock is ours all the same."""
    path = f"/{connection.address.state_name}/_doc/lock"
    with cluster_lock(connection) as lock:
        connection.call("PUT", path, connection.call("GET", path)["_source"])
        lock.check()
