"""The measuring of a cluster: both sides send the same, and the figures become tables."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from cluster_bench.figures import Figures, markdown_tables
from cluster_bench.growth import growth_table
from cluster_bench.searches import BareClient, record_bodies, time_requests
from cluster_bench.writing import measure_rates
from clusters.cluster import Cluster
from comparing.requests import Asked

from index.document import Document
from index.generations import open_current
from index.indexer import build_index, open_store
from index.opensearch import ClusterOptions, Connection, parse_address
from index.schema import from_stored
from search import SearchRequest, open_engine

pytestmark = pytest.mark.cluster

SECONDS = 60.0
ASKED = [Asked("word", SearchRequest(query_text="beras")), Asked("everything", SearchRequest())]


@pytest.fixture
def both(one_node: Cluster, index_name: str, tmp_path: Path) -> Iterator[SimpleNamespace]:
    """The same articles, two of them near duplicates, in a directory and on a cluster."""
    rows = [{"id": f"{n}", "title": f"Judul {n}", "body": f"Harga beras {n}."} for n in range(9)]
    text = " ".join(f"Kata{n} harga beras naik" for n in range(99))
    text = " ".join(f"kata{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(200))
    story = {"body": text, "date": "2024-08-28"}
    rows += [{"id": each, "title": each, "source": each, **story} for each in ("satu", "dua")]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    build_index([tmp_path / "a.jsonl"], tmp_path / "index")
    address = one_node.address(index_name)
    store, _ = open_store(address, ClusterOptions())
    build_index([tmp_path / "a.jsonl"], tmp_path / "local", store=store)
    connection = Connection(parse_address(address), ClusterOptions())
    documents = list(documents_of(tmp_path / "index"))
    engines = [open_engine(each, SECONDS) for each in (address, str(tmp_path / "index"))]
    bare = BareClient(one_node.hosts[0])
    yield SimpleNamespace(connection=connection, documents=documents, engines=engines, bare=bare)
    for each in (*engines, bare):
        each.close()
    connection.call("DELETE", f"/{index_name}-*")
    connection.close()


def documents_of(index_path: Path) -> Iterator[Document]:
    """Yield the documents of an index directory."""
    for segment, _ in open_current(index_path).segments():
        yield from (from_stored(segment.stored.document(n)) for n in range(segment.doc_count))


def test_what_is_measured_answers_alike(both: SimpleNamespace) -> None:
    """With the documents and the groups of the directory."""
    for each in ASKED:
        first, second = (engine.search(each.request) for engine in both.engines)
        assert (first.total, [hit.doc_id for hit in first.hits]) == (
            second.total,
            [hit.doc_id for hit in second.hits],
        )
    assert second.total == len(both.documents) - 1


def test_bare_client_sends_what_kliping_sends(both: SimpleNamespace) -> None:
    """Each request is timed on every side, and takes as many round trips as there are bodies."""
    ours, embedded = both.engines
    timed = time_requests(ASKED, ours, embedded, both.bare, rounds=1)
    assert [each.kind for each in timed] == ["word", "everything"]
    bodies = record_bodies(ours, ASKED[0].request)
    assert timed[0].trips == len(bodies) == 1
    assert b'"aggs"' in bodies[0]
    assert all(taken > 0 for each in timed for taken in each.milliseconds.values())


def test_figures_become_tables(both: SimpleNamespace) -> None:
    """Two sizes are carried on to a hundred million articles; one is not."""
    timed = time_requests(ASKED, *both.engines, both.bare, rounds=1)
    rates = measure_rates(both.connection, both.documents, 1)
    runs = [Figures(count, timed, rates, 9_000_000, 50_000, 100, 30_000) for count in (10, 20)]
    tables = markdown_tables(runs)
    assert "| 20 articles, kind of query | round trips |" in tables
    assert "| everything | 1.0 |" in tables
    assert "\n| 100,000,000 | 100 | 500 |" in growth_table(runs)
    assert growth_table(runs[:1]) == ""
