"""The site over a cluster: what readers and monitors are told when it cannot answer."""

import json
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from clusters.cluster import Cluster
from flask.testing import FlaskClient

from index.opensearch import ClusterOptions, Connection, parse_address
from tests.cluster.gate import Gate, opened_gate
from web import create_app, read_settings

pytestmark = pytest.mark.cluster
REINDEX = Path(__file__).parents[2] / "scripts" / "reindex.py"
SEEN = ("/search?q=beras", "/articles/a", "/api/search?q=beras", "/api/suggest?q=be")


@pytest.fixture
def gate(one_node: Cluster) -> Iterator[Gate]:
    """The only way to the node."""
    with opened_gate(one_node.nodes[0].port) as opened:
        yield opened


@pytest.fixture
def connection(one_node: Cluster, index_name: str) -> Iterator[Connection]:
    """A connection to the index that is served, not through the gate."""
    made = Connection(parse_address(one_node.address(index_name)), ClusterOptions())
    yield made
    made.close()


@pytest.fixture
def client(
    gate: Gate,
    connection: Connection,
    index_name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> FlaskClient:
    """A client of a site over an index of two articles."""
    monkeypatch.chdir(tmp_path)
    assert build(connection) == 0
    address = f"opensearch://127.0.0.1:{gate.port}/{index_name}"
    return create_app(read_settings({"KLIPING_INDEX": address})).test_client()


def build(connection: Connection, *options: str) -> int:
    """Build an index of two articles."""
    rows = [{"id": i, "title": f"Beras {i}", "body": f"Harga {i} naik."} for i in "ab"]
    Path("rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    main = runpy.run_path(str(REINDEX))["main"]
    arguments = ["rows.jsonl", "--processes", "1", "--index", str(connection.address), *options]
    return int(main(arguments))


def told(client: FlaskClient) -> str:
    """Return why nothing is found, by both addresses of monitors; "" where all is found."""
    health, ready = client.get("/healthz"), client.get("/readyz")
    assert health.status_code == ready.status_code
    answers = [client.get(path) for path in SEEN]
    statuses = {answer.status_code for answer in answers}
    assert statuses == {health.status_code}
    if statuses == {200}:
        return ""
    assert statuses == {503}
    assert all(answer.headers["Retry-After"] == "5" for answer in answers)
    assert all("ETag" not in answer.headers for answer in answers)
    problem: str = health.json["problem"]
    assert ready.json["reason"] == problem
    return problem


def test_site_without_nodes_says_so_and_comes_back_by_itself(
    client: FlaskClient, gate: Gate
) -> None:
    """In the reader's language, while the node is away, and no longer."""
    assert told(client) == ""
    gate.shut()
    assert "does not answer" in told(client)
    shown = {lang: client.get(f"/search?q=beras&lang={lang}").text for lang in ("id", "en")}
    assert "Coba lagi dalam beberapa menit" in shown["id"]
    assert "Try again in a few minutes" in shown["en"]
    gate.open()
    assert told(client) == ""


def new_site(gate: Gate, connection: Connection) -> FlaskClient:
    """Return a client of a site that starts now."""
    address = f"opensearch://127.0.0.1:{gate.port}/{connection.address.name}"
    return create_app(read_settings({"KLIPING_INDEX": address})).test_client()


def change_mapping(connection: Connection, **change: Any) -> None:
    """Change the mapping of the index that is served."""
    connection.call("PUT", f"/{connection.address.physical_name(1)}/_mapping", change)


def test_field_that_a_hand_has_added_is_told(
    client: FlaskClient, gate: Gate, connection: Connection
) -> None:
    """A server that starts then, names the field; one that runs has what it needs."""
    change_mapping(connection, properties={"warna": {"type": "keyword"}})
    assert told(client) == ""
    problem = told(new_site(gate, connection))
    assert "was changed by hand: " in problem
    assert "warna" in problem
    assert "Build the index again" in problem


def test_index_of_another_schema_is_told(
    client: FlaskClient, gate: Gate, connection: Connection
) -> None:
    """As another version of Kliping has built it, with other fields or another analyzer."""
    assert told(client) == ""
    change_mapping(connection, _meta={"kliping": {"schema": "another", "number": 1}})
    problem = told(new_site(gate, connection))
    assert "built by another version (its fields or its analyzer are not today's)" in problem


def test_alias_that_names_nothing_is_told(
    client: FlaskClient, gate: Gate, connection: Connection
) -> None:
    """Whether its index was removed or the alias; a build makes both again."""
    assert told(client) == ""
    connection.call("DELETE", f"/{connection.address.physical_name(1)}")
    for each in (client, new_site(gate, connection)):
        assert "There is no index in opensearch://" in told(each)
    assert build(connection) == 0
    assert told(client) == ""


def test_writer_of_a_cluster_that_may_only_be_read_is_told(
    client: FlaskClient, connection: Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    """As when its disks are full: one sentence, and what is served stays."""
    state = f"/{connection.address.state_name}/_settings"
    connection.call("PUT", state, {"index.blocks.read_only_allow_delete": True})
    try:
        assert build(connection) == 1
    finally:
        connection.call("PUT", state, {"index.blocks.read_only_allow_delete": None})
    sentence = capsys.readouterr().err
    assert "refuses to write" in sentence
    assert "Free space on its disks" in sentence
    assert told(client) == ""
