"""A cluster of OpenSearch nodes at free ports of 127.0.0.1."""

import os
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from clusters.errors import ClusterError
from clusters.jars import fetch_jars
from clusters.java import find_java
from clusters.node import HOST, OK, PAUSE_SECONDS, START_SECONDS, Node

PORTS = range(20_000, 30_000)
"""Ports that the system gives to nobody by itself, so that a node finds its own again."""

PORTS_PER_PROCESS = 10

COMMON_SETTINGS = {
    "cluster.name": "kliping",
    "network.host": HOST,
    "discovery.type": "zen",
    # The disk of whoever runs tests may be nearly full; OpenSearch would refuse to write.
    "cluster.routing.allocation.disk.threshold_enabled": "false",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Nodes that run, or did.

    Attributes:
        nodes: all of them.
    """

    nodes: Sequence[Node]

    @property
    def hosts(self) -> tuple[str, ...]:
        """Host and port of each node."""
        return tuple(f"{HOST}:{node.port}" for node in self.nodes)

    def address(self, name: str) -> str:
        """Return the address of an index, as `--index` takes it.

        >>> nodes = [Node(f"node-{port}", port, *(Path(),) * 3, {}) for port in (9200, 9201)]
        >>> Cluster(nodes).address("kliping")
        'opensearch://127.0.0.1:9200,127.0.0.1:9201/kliping'
        """
        return f"opensearch://{','.join(self.hosts)}/{name}"

    def wait(self, status: str = "yellow", index: str = "") -> None:
        """Wait until all nodes that run are in the cluster, and every shard has its first copy.

        With "green" for the status, each has all of its copies: a node may be killed. With an
        index, the others do not count: those without copies miss shards when a node was killed.

        Raises:
            ClusterError: when they are not in time.
        """
        running = [node for node in self.nodes if node.is_running]
        for node in running:
            node.wait()
        end = time.monotonic() + START_SECONDS
        wanted = f"wait_for_nodes={len(running)}&wait_for_status={status}&timeout=10s"
        path = f"/_cluster/health/{index}?{wanted}"
        while any(node.get(path)[0] != OK for node in running):
            if time.monotonic() > end:
                logs = ", ".join(str(node.log) for node in running)
                raise ClusterError(f"The {len(running)} nodes do not form a cluster: see {logs}.")
            time.sleep(PAUSE_SECONDS)

    def heal(self) -> None:
        """Start the nodes that were stopped or killed, and wait for the whole cluster.

        Raises:
            ClusterError: when one does not start.
        """
        for node in self.nodes:
            if not node.is_running:
                node.start()
        self.wait()

    def stop(self) -> None:
        """End all nodes."""
        for node in self.nodes:
            node.stop()

    @classmethod
    @contextmanager
    def running(cls, folder: Path, count: int = 1, *options: str) -> Iterator["Cluster"]:
        """Run a cluster until the `with` ends; its data stay in a folder for the next time.

        Args:
            folder: of the nodes.
            count: how many nodes.
            *options: of Java; the last of two that contradict each other counts.

        Raises:
            ClusterError: when Java or Maven is missing, or a node does not start.
        """
        java, jars = find_java(), fetch_jars()
        option = f"-XX:SharedArchiveFile={_class_archive(java, jars)}"
        cluster = cls(_make_nodes(folder, count, java, jars, option, *options))
        try:
            cluster.heal()
            yield cluster
        finally:
            cluster.stop()


def _class_archive(java: Path, jars: Path) -> Path:
    """Return the file with OpenSearch's classes as Java needs them, made at the first time.

    With it a node is up in half the time; Java passes by one that another version made. It is made
    when a node ends, under a name of its own, so that nobody reads half of it.
    """
    archive = jars.with_suffix(".jsa")
    if not archive.exists():
        with TemporaryDirectory(prefix="starting-", dir=jars.parent) as folder:
            made = Path(folder) / archive.name
            [node] = _make_nodes(Path(folder), 1, java, jars, f"-XX:ArchiveClassesAtExit={made}")
            node.start()
            try:
                node.wait()
            finally:
                is_whole = node.stop()
            if is_whole and made.exists():
                made.rename(archive)
    return archive


def _make_nodes(folder: Path, count: int, java: Path, jars: Path, *options: str) -> list[Node]:
    ports = list(islice(_free_ports(), 2 * count))
    http_ports, transport_ports = ports[:count], ports[count:]
    names = [f"node-{number}" for number in range(1, count + 1)]
    shared = {
        **COMMON_SETTINGS,
        "discovery.seed_hosts": ",".join(f"{HOST}:{port}" for port in transport_ports),
        "cluster.initial_cluster_manager_nodes": ",".join(names),
    }
    return [
        Node(name, http_port, folder / name, java, jars, settings, options)
        for name, http_port, transport_port in zip(names, http_ports, transport_ports, strict=True)
        for settings in (
            {
                **shared,
                "node.name": name,
                "http.port": str(http_port),
                "transport.port": str(transport_port),
            },
        )
    ]


def _free_ports() -> Iterator[int]:
    """Yield ports on which nothing listens; two processes begin at different ones."""
    first = os.getpid() * PORTS_PER_PROCESS
    for number in range(len(PORTS)):
        port = PORTS[(first + number) % len(PORTS)]
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)):
                yield port
