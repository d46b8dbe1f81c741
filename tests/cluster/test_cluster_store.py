"""Builds, updates, removals and rollbacks on a cluster: what a directory would have, as safely."""

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from clusters.cluster import Cluster

from index.corpus import read_coverage, read_phrases
from index.document import Document
from index.errors import IndexLockedError, IndexShrunkError
from index.generations import open_current
from index.indexer import (
    STEPS,
    build_index,
    open_store,
    remove_articles,
    restore_articles,
    roll_back_index,
    update_index,
)
from index.indexer.cluster_store import ClusterStore
from index.opensearch import (
    ClusterOptions,
    Connection,
    cluster_lock,
    current_index_number,
    document_key,
    fetch_file,
    inspect_cluster,
    parse_address,
    read_document,
    read_numbers,
)

pytestmark = pytest.mark.cluster
LONG = " ".join(f"kata{number}" for number in range(60))


class Archive:
    """A folder of articles, and an index of it on a cluster and one on disk."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.files = folder / "files"
        self.files.mkdir()
        self.address = address
        self.connection = Connection(parse_address(address), ClusterOptions())
        self.local, self.disk = folder / "local", folder / "disk"

    def write(self, name: str, *rows: dict[str, object]) -> None:
        """Write a file of articles."""
        lines = (json.dumps(row) + "\n" for row in rows)
        (self.files / f"{name}.jsonl").write_text("".join(lines))

    @property
    def store(self) -> ClusterStore:
        """A store for one run."""
        return ClusterStore(self.connection)

    def build(self, on_step: Callable[[str], None] = lambda _: None) -> None:
        """Build both indexes."""
        build_index([self.files], self.local, store=self.store, on_step=on_step)
        build_index([self.files], self.disk)

    def update(self, *, prune: bool = True) -> None:
        """Update both indexes."""
        update_index([self.files], self.local, prune=prune, allow_shrink=True, store=self.store)
        update_index([self.files], self.disk, prune=prune, allow_shrink=True)

    def found(self) -> dict[str, dict[str, object]]:
        """What the alias finds, by id: the document and its role."""
        names = ("is_copy", "copy_count", "representative", "facets.tag", "date", "month")
        body = {"size": 1000, "query": {"match_all": {}}, "docvalue_fields": names}
        path = f"/{self.connection.address.name}/_search"
        hits = self.connection.call("POST", path, body)["hits"]["hits"]
        return {
            hit["_source"]["id"]: {
                "document": read_document(hit["_source"]["document"]),
                **{name: hit["fields"].get(name) for name in names},
            }
            for hit in hits
        }

    def documents_on_disk(self) -> dict[str, Document]:
        """The same documents from the index on disk."""
        generation = open_current(self.disk)
        ids = list(self.found())
        found = {doc_id: generation.find_document(doc_id) for doc_id in ids}
        assert generation.doc_count == len(ids)
        return {doc_id: document for doc_id, document in found.items() if document}


@pytest.fixture
def archive(tmp_path: Path, one_node: Cluster, index_name: str) -> Archive:
    """Three files: a story in two outlets, and another article."""
    made = Archive(tmp_path, one_node.address(index_name))
    made.write("a", article("a1", f"Harga beras {LONG}", source="Pagi", tags=["pangan"]))
    made.write("b", article("b1", f"Harga beras {LONG} lagi", source="Sore", tags=["pangan"]))
    made.write("c", article("c1", "Hujan turun di kota.", source="Pagi", date="2024-02-01"))
    return made


def article(doc_id: str, body: str, **others: object) -> dict[str, object]:
    """Make a row."""
    return {"id": doc_id, "title": f"Judul {doc_id}", "body": body, "date": "2024-01-05", **others}


def test_a_build_has_what_a_directory_would_have(archive: Archive) -> None:
    """Documents, near duplicates, phrases and coverage are those of an index on disk."""
    archive.build()
    found = archive.found()
    assert {doc_id: row["document"] for doc_id, row in found.items()} == archive.documents_on_disk()
    assert [found[i]["is_copy"] for i in ("a1", "b1", "c1")] == [[True], [False], [False]]
    assert [found[i]["copy_count"] for i in ("a1", "b1", "c1")] == [[0], [1], [0]]
    assert [found[i]["representative"] for i in ("a1", "b1", "c1")] == [["b1"], ["b1"], None]
    local, disk = (max((path / "generations").iterdir()) for path in (archive.local, archive.disk))
    assert read_coverage(local) == read_coverage(disk)
    assert read_phrases(local) == read_phrases(disk)
    coverage = fetch_file(archive.connection, 1, "coverage.json")
    assert coverage == (local / "coverage.json").read_bytes()


def test_an_update_gives_what_a_rebuild_gives(archive: Archive) -> None:
    """Added, replaced and dropped articles, and a near duplicate that is none any more."""
    archive.build()
    archive.write("a", article("a1", "Beras langka.", source="Pagi", tags=["beras"]))
    archive.write("d", article("d1", f"Harga beras {LONG} lagi", source="Malam"))
    (archive.files / "c.jsonl").unlink()
    archive.update()
    updated = archive.found()
    assert {i: row["document"] for i, row in updated.items()} == archive.documents_on_disk()
    archive.build()
    assert updated == archive.found()
    assert set(updated) == {"a1", "b1", "d1"}


def test_another_machine_updates(archive: Archive) -> None:
    """All that an update needs is on the cluster: the local copy may be lost."""
    archive.build()
    shutil.rmtree(archive.local)
    archive.write("d", article("d1", "Kabar baru.", source="Malam"))
    report = update_index([archive.files], archive.local, store=archive.store)
    assert (report.added, report.replaced, report.dropped, report.read_count) == (1, 0, 0, 1)
    assert set(archive.found()) == {"a1", "b1", "c1", "d1"}


def test_a_rollback_serves_the_generation_before(archive: Archive) -> None:
    """The alias names the index before; a second rollback has nothing to go back to."""
    archive.build()
    before = archive.found()
    archive.write("c")
    archive.update()
    assert set(archive.found()) == {"a1", "b1"}
    assert roll_back_index(archive.local, archive.store).generation == 1
    assert archive.found() == before


def test_a_removal_reaches_every_index_and_is_final(archive: Archive) -> None:
    """No index of an older generation keeps the article; a rebuild does not bring it back."""
    archive.build()
    archive.write("d", article("d1", "Kabar baru.", source="Malam"))
    archive.update()
    removal, _ = remove_articles(archive.local, ["c1"], "diminta", store=archive.store)
    assert list(removal.evidence) == ["c1"]
    assert set(archive.found()) == {"a1", "b1", "d1"}
    assert len(read_numbers(archive.connection)) == 1
    shutil.rmtree(archive.local)
    build_index([archive.files], archive.local, store=archive.store)
    assert set(archive.found()) == {"a1", "b1", "d1"}
    restore_articles(archive.local, ["c1"], store=archive.store)
    assert set(archive.found()) == {"a1", "b1", "c1", "d1"}


@pytest.mark.parametrize("step", ["locked", "read", "added", "committed", "checked", "synced"])
def test_a_run_that_ends_early_changes_nothing(archive: Archive, step: str) -> None:
    """The alias stays, and the next run clears what is left."""
    archive.build()
    before = archive.found()
    archive.write("d", article("d1", "Kabar baru.", source="Malam"))

    def stop(reached: str) -> None:
        if reached == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.build(on_step=stop)
    assert archive.found() == before
    archive.build()
    assert set(archive.found()) == {"a1", "b1", "c1", "d1"}
    assert len(read_numbers(archive.connection)) == 2  # the one that is served, and one before


@pytest.mark.parametrize("step", STEPS[:-1])
def test_a_run_that_is_killed_loses_nothing(archive: Archive, step: str) -> None:
    """The alias names the old index or the new one; the next run takes the lock and clears up."""
    archive.build()
    before = archive.found()
    archive.write("d", article("d1", "Kabar baru.", source="Malam"))
    child = os.fork()
    if not child:
        build_index(
            [archive.files],
            archive.local,
            store=ClusterStore(Connection(parse_address(archive.address), ClusterOptions())),
            on_step=lambda reached: os._exit(9) if reached == step else None,
        )
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    is_served = step == "current"
    assert (set(archive.found()) == {"a1", "b1", "c1", "d1"}) is is_served
    assert is_served or archive.found() == before
    archive.update()
    assert set(archive.found()) == {"a1", "b1", "c1", "d1"}
    assert len(read_numbers(archive.connection)) == 2  # the one that is served, and one before


def test_a_second_writer_is_refused_and_a_dead_one_is_not_waited_for(archive: Archive) -> None:
    """One run at a time, from whatever machine; the lock of a process that is gone is taken."""
    with cluster_lock(archive.connection):
        path = f"/{archive.connection.address.state_name}/_doc/lock"
        lock = archive.connection.call("GET", path)["_source"]
        assert lock["process"] == os.getpid()
    child = os.fork()
    if not child:
        cluster_lock(archive.connection).__enter__()
        os._exit(0)
    os.waitpid(child, 0)
    with cluster_lock(archive.connection):
        pass


def test_a_lock_on_another_machine_is_watched_before_it_is_taken(archive: Archive) -> None:
    """An owner that still counts up keeps its lock."""
    with cluster_lock(archive.connection) as lock:
        lock._owner["host"] = "lain"  # noqa: SLF001 - another machine cannot be had
        lock._write(**lock._version)  # noqa: SLF001 - the same
        with pytest.raises(IndexLockedError), cluster_lock(archive.connection):
            pass


def test_far_fewer_articles_are_refused(archive: Archive) -> None:
    """A build that would lose most of the archive leaves the alias where it is."""
    archive.build()
    before = archive.found()
    for name in "bc":
        (archive.files / f"{name}.jsonl").unlink()
    with pytest.raises(IndexShrunkError):
        build_index([archive.files], archive.local, store=archive.store)
    assert archive.found() == before
    assert current_index_number(archive.connection) == 1


def test_an_inspection_names_what_is_wrong(archive: Archive) -> None:
    """Nothing of a sound index; then what is missing, in the index or among its files."""
    address = archive.connection.address
    assert [found.is_served for found in inspect_cluster(archive.connection)] == [True]  # none yet
    archive.build()
    archive.build()
    assert list(inspect_cluster(archive.connection)) == []
    path = f"/{address.state_name}/_doc/1-catalog.sqlite-0"
    archive.connection.call("DELETE", path)
    (found,) = inspect_cluster(archive.connection)
    assert not found.is_served
    assert "catalog.sqlite of generation 1 is not in" in found.what
    index = address.physical_name(2)
    archive.connection.call("PUT", f"/{index}/_settings", {"index.blocks.write": False})
    archive.connection.call("DELETE", f"/{index}/_doc/{document_key('a1')}", refresh=True)
    served, _ = inspect_cluster(archive.connection)
    assert served.is_served
    assert "do not hold the same articles" in served.what


def test_an_address_chooses_the_store() -> None:
    """A cluster's address leads to a local copy of its small files, which no other one shares."""
    store, path = open_store("opensearch://es1/berita", ClusterOptions())
    assert isinstance(store, ClusterStore)
    assert path.parent == Path("var/cluster")
    assert re.fullmatch("berita-[0-9a-f]+", path.name)
    _, again = open_store("opensearch://es1/berita", ClusterOptions())
    others = ("opensearch://es2/berita", "opensearchs://es1/berita", "opensearch://es1:9201/berita")
    assert again == path
    assert path not in {open_store(each, ClusterOptions())[1] for each in others}
