"""The cluster that tests start: it outlives a node, keeps its data, and ends with its starter."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from clusters.cluster import Cluster
from opensearchpy import OpenSearch

from tests.hang_guard import HANG_SECONDS

pytestmark = pytest.mark.cluster

SCRIPT = Path(__file__).parents[2] / "scripts" / "cluster.py"
DOC_COUNT = 20


@contextmanager
def client_of(*hosts: str) -> Iterator[OpenSearch]:
    """Open a client of these hosts, which waits long on a slow machine."""
    client = OpenSearch(list(hosts), timeout=HANG_SECONDS)
    try:
        yield client
    finally:
        client.close()


def fill(client: OpenSearch, index_name: str) -> None:
    """Make an index with a copy of each shard on another node, and some documents."""
    settings = {"number_of_shards": 3, "number_of_replicas": 1}
    client.indices.create(index=index_name, body={"settings": settings})
    for number in range(DOC_COUNT):
        client.index(index=index_name, id=str(number), body={"title": f"Harga beras {number}"})
    client.indices.refresh(index=index_name)


def count(client: OpenSearch, index_name: str) -> int:
    """Return how many documents have a word that all have."""
    answer = client.search(index=index_name, body={"query": {"match": {"title": "beras"}}})
    assert answer["_shards"]["failed"] == 0
    return int(answer["hits"]["total"]["value"])


def test_killed_node_is_missed_by_nobody_and_joins_again(
    nodes_to_kill: Cluster, index_name: str
) -> None:
    """The two others have all documents; the killed one is asked for them after its restart."""
    killed, *_ = nodes_to_kill.nodes
    first, *others = nodes_to_kill.hosts
    with client_of(*others) as client:
        fill(client, index_name)
        nodes_to_kill.wait("green", index_name)
        killed.kill()
        assert not killed.answers()
        nodes_to_kill.wait(index=index_name)
        client.indices.refresh(index=index_name)
        assert count(client, index_name) == DOC_COUNT
    nodes_to_kill.heal()
    with client_of(first) as client:
        assert client.cluster.health()["number_of_nodes"] == len(nodes_to_kill.nodes)
        assert count(client, index_name) == DOC_COUNT


def test_node_that_starts_again_has_its_data(one_node: Cluster, index_name: str) -> None:
    """At the same port, so that the address of an index stays."""
    with client_of(*one_node.hosts) as client:
        fill(client, index_name)
        one_node.nodes[0].restart()
        one_node.wait()
        assert count(client, index_name) == DOC_COUNT


def test_nodes_end_when_their_starter_is_killed(one_node: Cluster, tmp_path: Path) -> None:
    """Nothing keeps running after a test run that was killed."""
    assert one_node.nodes[0].answers()  # OpenSearch is here; without Java, this is skipped
    command = [sys.executable, str(SCRIPT), "--folder", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as starter:
        assert starter.stdout
        address = re.fullmatch(
            r"opensearch://127\.0\.0\.1:(\d+)/kliping\n", starter.stdout.readline()
        )
        assert address
        with socket.create_connection(("127.0.0.1", int(address[1])), HANG_SECONDS) as open_socket:
            starter.kill()
            assert not open_socket.recv(1)


def test_command_runs_beside_a_cluster_and_its_exit_code_is_kept(
    one_node: Cluster, tmp_path: Path
) -> None:
    """It finds the address in its environment."""
    assert one_node.nodes[0].answers()
    code = "import os, sys; print(os.environ['KLIPING_INDEX']); sys.exit(7)"
    command = [sys.executable, str(SCRIPT), "--folder", str(tmp_path), sys.executable, "-c", code]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    told, seen = ran.stdout.splitlines()
    assert (ran.returncode, told) == (7, seen)
