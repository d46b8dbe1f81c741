"""Commands on an index of a cluster: corrections by hand, backups, and what is shown of them."""

import json
import os
import runpy
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clusters.cluster import Cluster

from index.indexer.stores import LOCAL_FOLDER
from index.opensearch import (
    ClusterOptions,
    Connection,
    cluster_lock,
    current_index_number,
    inspect_cluster,
    parse_address,
)
from search.engine import open_engine
from search.errors import DocumentMissingError

pytestmark = pytest.mark.cluster
SCRIPTS = Path(__file__).parents[2] / "scripts"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def connection(one_node: Cluster, index_name: str) -> Iterator[Connection]:
    """A connection to the index that the commands work on."""
    made = Connection(parse_address(one_node.address(index_name)), ClusterOptions())
    yield made
    made.close()


@pytest.fixture
def run(
    connection: Connection,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """What runs a command on the cluster, in a folder with two articles, which are indexed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KLIPING_INDEX", str(connection.address))
    rows = [{"id": i, "title": f"Hrga {i}", "body": f"Beras {i} naik."} for i in "ab"]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))

    def run_script(name: str, *arguments: str) -> tuple[int, str]:
        code: int = runpy.run_path(str(SCRIPTS / f"{name}.py"))["main"](arguments)
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    assert run_script("reindex", "rows.jsonl", "--processes", "1")[0] == 0
    return run_script


def title_of(connection: Connection, doc_id: str) -> str:
    """Return the headline that readers see."""
    engine = open_engine(str(connection.address), query_seconds=60)
    try:
        return engine.document(doc_id).document.title
    except DocumentMissingError:
        return ""
    finally:
        engine.close()


def forget_local_copy(tmp_path: Path) -> None:
    """Be another machine, which has no copy of what is on the cluster."""
    (tmp_path / LOCAL_FOLDER).rename(tmp_path / f"copy-{os.urandom(4).hex()}")


def test_correction_is_kept_on_the_cluster(
    run: Run, connection: Connection, tmp_path: Path
) -> None:
    """Any machine lists it, applies it to the article that changed, and undoes it."""
    code, told = run("correct", "a", "title", "Harga beras", "--by", "Ani", "--on", "2024-08-28")
    assert (code, f"generation 2 of {connection.address}" in told) == (0, True)
    assert title_of(connection, "a") == "Harga beras"
    forget_local_copy(tmp_path)
    assert run("correct", "--list") == (0, "a  title: Harga beras  (Ani, 2024-08-28)\n")
    _, told = run("explain", "rows.jsonl")
    assert "corrected   title by Ani on 2024-08-28; was: Hrga a" in told
    with Path("rows.jsonl").open("a") as file:
        file.write(json.dumps({"id": "c", "title": "Gula", "body": "Gula naik."}) + "\n")
    assert run("reindex", "--update", "rows.jsonl")[0] == 0
    assert title_of(connection, "a") == "Harga beras"
    assert run("correct", "--undo", "a", "title")[0] == 0
    assert title_of(connection, "a") == "Hrga a"
    assert run("correct", "--list") == (0, "\n")


def test_correction_waits_for_the_writer(run: Run, connection: Connection) -> None:
    """While another run writes, it is refused, and nothing is listed or changed."""
    with cluster_lock(connection) as lock:
        lock._owner["host"] = "lain"  # noqa: SLF001 - another machine cannot be had
        lock._write(**lock._version)  # noqa: SLF001 - the same
        code, told = run("correct", "a", "title", "Harga", "--by", "Ani")
    assert (code, "Another build is writing to" in told) == (1, True)
    code, told = run("correct", "nobody", "title", "Harga", "--by", "Ani")
    assert (code, "no article of the index has the id" in told) == (1, True)
    assert run("correct", "--list") == (0, "\n")
    assert current_index_number(connection) == 1


def test_backup_brings_back_what_the_cluster_lost(
    run: Run, connection: Connection, tmp_path: Path
) -> None:
    """Catalogue, corrections and takedowns come back, on any machine, and updates go on."""
    run("correct", "a", "title", "Harga beras", "--by", "Ani")
    run("reindex", "--remove", "b", "--reason", "hak jawab")
    code, told = run("backup", "make", "b.tar")
    assert (code, "save it with a snapshot of OpenSearch" in told) == (0, True)
    assert run("backup", "restore", "b.tar")[0] == 1
    connection.call("DELETE", f"/{connection.address.state_name}")
    forget_local_copy(tmp_path)
    assert run("check_index")[0] == 1
    code, told = run("backup", "restore", "b.tar")
    assert (code, "Generation 3 of" in told) == (0, True)
    assert [*inspect_cluster(connection)] == []
    assert run("reindex", "--update", "rows.jsonl")[0] == 0
    assert title_of(connection, "a") == "Harga beras"
    assert title_of(connection, "b") == ""


def test_backup_is_not_restored_beside_another_index(
    run: Run, connection: Connection, tmp_path: Path
) -> None:
    """It would tell updates of articles that are not there; a directory has no use for it."""
    run("backup", "make", "b.tar")
    row = {"id": "c", "title": "Harga c", "body": "Beras c naik."}
    with (tmp_path / "rows.jsonl").open("a", encoding="utf-8") as rows:
        rows.write(json.dumps(row) + "\n")  # builds of one second differ in their articles alone
    for _ in range(2):
        run("reindex", "rows.jsonl", "--processes", "1")
    connection.call("DELETE", f"/{connection.address.state_name}")
    code, told = run("backup", "restore", "b.tar")
    assert (code, "it belongs to the index of " in told) == (1, True)
    assert "restore the snapshot of OpenSearch" in told
    code, told = run("backup", "restore", "b.tar", "--index", str(tmp_path / "index"))
    assert (code, "it is one of a cluster" in told) == (1, True)


def test_backup_has_the_settings_without_the_password(
    run: Run, connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the address, by which the cluster is found again."""
    monkeypatch.setenv("KLIPING_OPENSEARCH_USER", "ana")
    monkeypatch.setenv("KLIPING_OPENSEARCH_PASSWORD", "rahasia")
    assert run("backup", "make", "b.tar")[0] == 0
    with tarfile.open(tmp_path / "b.tar") as tar:
        names = tar.getnames()
        file = tar.extractfile("settings.env")
        assert file
        lines = file.read().decode().splitlines()
    assert lines == [f"KLIPING_INDEX={connection.address}", "KLIPING_OPENSEARCH_USER=ana"]
    assert "generation/catalog.sqlite" in names
    assert b"rahasia" not in (tmp_path / "b.tar").read_bytes()
