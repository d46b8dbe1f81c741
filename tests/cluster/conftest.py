"""Clusters of OpenSearch for tests: one node, and three, each started once when a test asks for it.

An index of a test has a name of its own (`index_name`), so tests do not see each other's. A test
that stops or kills nodes takes `nodes_to_kill`, which mends the cluster after it.
"""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from clusters.cluster import Cluster
from clusters.java import missing_tool


@pytest.fixture(scope="session")
def one_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster of one node."""
    yield from _running(tmp_path_factory, 1)


@pytest.fixture(scope="session")
def three_nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster of three nodes, none of which a test may stop."""
    yield from _running(tmp_path_factory, 3)


@pytest.fixture
def nodes_to_kill(three_nodes: Cluster) -> Iterator[Cluster]:
    """The three nodes, which are started again after the test."""
    yield three_nodes
    three_nodes.heal()


@pytest.fixture
def index_name() -> str:
    """A name that no other test has, or the beginning of several."""
    return f"test-{uuid4().hex}"


def _running(tmp_path_factory: pytest.TempPathFactory, count: int) -> Iterator[Cluster]:
    if reason := missing_tool():
        pytest.skip(reason)
    with Cluster.running(tmp_path_factory.mktemp("cluster"), count) as cluster:
        yield cluster
