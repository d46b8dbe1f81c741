"""The engine over time: no index, a damaged one, a new one, many threads, nothing left behind."""

import gc
import shutil
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.build import roll_back
from index.document import Document
from index.generations import current_number, generation_path
from search.engine import open_engine
from search.errors import DocumentMissingError, EngineUnavailableError, QueryTimeoutError
from search.request import SearchRequest
from search.results import SearchResults
from search.whoosh_engine import WhooshEngine

Row = dict[str, object]
Build = Callable[[Sequence[Row]], Path]
OpenAt = Callable[..., WhooshEngine]
DESCRIPTORS = Path("/proc/self/fd")
SEARCHES_MOST = 20_000
"""Searches of a thread that waits for a generation that never comes."""


def edition(number: int) -> list[Row]:
    """An edition of ten articles times its number; every one of them names it."""
    return [
        {"id": f"{number}-{n}", "title": f"Edisi{number}", "body": "Kabar.", "tags": [f"t{number}"]}
        for n in range(number * 10)
    ]


def assert_one_edition(results: SearchResults) -> None:
    """All of an answer comes from one generation."""
    number = results.generation
    assert results.total == number * 10
    assert {hit.title.text for hit in results.hits} == {f"Edisi{number}"}
    counts = {bucket.value: bucket.count for bucket in results.facets[0].buckets}
    assert counts == {f"t{number}": results.total}


def remove_pointer(index_path: Path) -> None:
    """Damage: nothing names a generation."""
    (index_path / "current").unlink()


def garble_pointer(index_path: Path) -> None:
    """Damage: the pointer names no number."""
    (index_path / "current").write_text("newest")


def remove_generation(index_path: Path) -> None:
    """Damage: the generation named is not there."""
    shutil.rmtree(generation_path(index_path, current_number(index_path)))


def cut_a_file(index_path: Path) -> None:
    """Damage: a file is shorter than it was."""
    largest = max(live_files(index_path), key=lambda path: path.stat().st_size)
    largest.write_bytes(largest.read_bytes()[:-1])


def alter_the_pickle(index_path: Path) -> None:
    """Damage: the file that runs code when it is opened is another one."""
    (pickled,) = (path for path in live_files(index_path) if path.suffix == ".toc")
    pickled.write_bytes(pickled.read_bytes().replace(b"title", b"tifle", 1))


def add_a_file(index_path: Path) -> None:
    """Damage: a stranger's file, which Whoosh would take for a newer one."""
    folder = generation_path(index_path, current_number(index_path))
    (folder / "_MAIN_99.toc").write_bytes(b"stranger")


def remove_the_manifest(index_path: Path) -> None:
    """Damage: nothing vouches for the files."""
    (generation_path(index_path, current_number(index_path)) / "manifest.json").unlink()


def live_files(index_path: Path) -> list[Path]:
    """The files of the generation that the pointer names."""
    return list(generation_path(index_path, current_number(index_path)).iterdir())


DAMAGES = (
    remove_pointer,
    garble_pointer,
    remove_generation,
    cut_a_file,
    alter_the_pickle,
    add_a_file,
    remove_the_manifest,
)


def open_file_count() -> int:
    """How many files this process holds open, garbage aside."""
    gc.collect()
    return len(list(DESCRIPTORS.iterdir()))


def test_engine_without_an_index_says_how_to_build_one(tmp_path: Path) -> None:
    """It opens all the same, and answers with the one error that means so."""
    engine = open_engine(str(tmp_path / "index"), 5)
    status = engine.status()
    assert (status.is_open, status.generation, status.doc_count) == (False, 0, 0)
    assert "scripts/reindex.py" in status.problem
    with pytest.raises(EngineUnavailableError, match=r"scripts/reindex\.py"):
        engine.search(SearchRequest())
    with pytest.raises(EngineUnavailableError):
        engine.document("a")


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damaged_index_is_refused_until_another_is_built(
    build: Build, open_engine_at: OpenAt, damage: Callable[[Path], None]
) -> None:
    """The engine says what is wrong, opens nothing, and takes up the next build by itself."""
    index_path = build(edition(1))
    damage(index_path)
    engine = open_engine_at(index_path)
    assert not engine.status().is_open
    with pytest.raises(EngineUnavailableError) as caught:
        engine.search(SearchRequest())
    assert str(caught.value) == engine.status().problem != ""
    build(edition(1))
    engine.refresh()
    assert engine.status().problem == ""
    assert engine.search(SearchRequest()).total == 10


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_an_open_index_serves_on_when_its_successor_is_damaged(
    build: Build, open_engine_at: OpenAt, damage: Callable[[Path], None]
) -> None:
    """Readers keep the old articles; the status says what is wrong with the new ones."""
    engine = open_engine_at(build(edition(1)))
    damage(build(edition(2)))
    engine.refresh()
    status = engine.status()
    assert (status.is_open, status.generation) == (True, 1)
    assert "reindex.py" in status.problem
    assert_one_edition(engine.search(SearchRequest()))


def test_a_new_generation_is_taken_up_by_refresh(build: Build, open_engine_at: OpenAt) -> None:
    """Without a restart, and only then; the stamp tells that another one is open."""
    engine = open_engine_at(build(edition(1)))
    old = engine.status()
    build(edition(2))
    assert engine.status() == old
    engine.refresh()
    new = engine.status()
    assert (new.generation, new.doc_count) == (2, 20)
    assert new.stamp != old.stamp
    assert_one_edition(engine.search(SearchRequest()))
    with pytest.raises(DocumentMissingError):
        engine.document("1-0")


def test_a_generation_that_is_open_is_not_opened_again(
    build: Build, open_engine_at: OpenAt
) -> None:
    """Every request asks for a refresh; only a new pointer costs the check of every file."""
    index_path = build(edition(1))
    engine = open_engine_at(index_path)
    add_a_file(index_path)
    engine.refresh()
    assert engine.status().problem == ""


def test_a_rollback_is_taken_up_by_refresh(build: Build, open_engine_at: OpenAt) -> None:
    """The previous generation is current again."""
    build(edition(1))
    index_path = build(edition(2))
    engine = open_engine_at(index_path)
    roll_back(index_path)
    engine.refresh()
    assert_one_edition(engine.search(SearchRequest()))
    assert engine.status().generation == 1


def test_a_generation_is_searched_to_the_end_although_it_was_removed(
    build: Build, open_engine_at: OpenAt
) -> None:
    """Two builds later its files are gone from the disk; who opened it still reads it."""
    index_path = build(edition(1))
    engine = open_engine_at(index_path)
    build(edition(2))
    build(edition(3))
    assert not generation_path(index_path, 1).exists()
    assert_one_edition(engine.search(SearchRequest(query_text="kabar")))
    assert engine.document("1-0").document.title == "Edisi1"


def test_threads_search_while_generations_change(build: Build, open_engine_at: OpenAt) -> None:
    """No error, no answer of two generations, and none older than the one before."""
    engine, last = open_engine_at(build(edition(1))), 5

    def search_on() -> list[int]:
        seen = [1]
        while seen[-1] < last and len(seen) < SEARCHES_MOST:
            engine.refresh()
            results = engine.search(SearchRequest(query_text="kabar"))
            assert_one_edition(results)
            seen.append(results.generation)
        return seen

    with ThreadPoolExecutor(4) as threads:
        searches = [threads.submit(search_on) for _ in range(4)]
        for number in range(2, last + 1):
            build(edition(number))
        for search in searches:
            seen = search.result()
            assert seen == sorted(seen)
            assert seen[-1] == last


@pytest.mark.skipif(not DESCRIPTORS.exists(), reason="needs /proc to count open files")
def test_searches_and_generations_leave_no_file_open(build: Build, open_engine_at: OpenAt) -> None:
    """No more files after five generations and 300 searches than after the first of each."""
    engine = open_engine_at(build(edition(1)))
    engine.search(SearchRequest(query_text="kabar"))
    first = open_file_count()
    for number in range(2, 7):
        build(edition(number))
        engine.refresh()
        for _ in range(60):
            engine.search(SearchRequest(query_text="kabar -gula ka*"))
    assert open_file_count() <= first


@pytest.mark.skipif(not DESCRIPTORS.exists(), reason="needs /proc to count open files")
def test_a_closed_engine_lets_go_of_every_file(build: Build) -> None:
    """And says so when it is asked again."""
    index_path = build(edition(1))
    before = open_file_count()
    engine = WhooshEngine(index_path, 5)
    engine.search(SearchRequest(query_text="kabar"))
    assert open_file_count() > before
    engine.close()
    assert open_file_count() <= before
    with pytest.raises(EngineUnavailableError, match="closed"):
        engine.search(SearchRequest())


def test_a_query_beyond_its_time_is_stopped_and_the_next_one_answered(
    archive_of: Callable[[Iterable[Document]], Path], open_engine_at: OpenAt
) -> None:
    """The searcher that was stopped half-way serves the next request."""
    documents = (Document(doc_id=str(n), title="Kabar", body=f"Soal {n}.") for n in range(10))
    engine = open_engine_at(archive_of(documents), seconds=1e-9)
    for query_text in ("kabar", '"soal 7"', '"7 soal"'):
        with pytest.raises(QueryTimeoutError):
            engine.search(SearchRequest(query_text=query_text))
    assert engine.search(SearchRequest(query_text="zzzz")).total == 0
    assert engine.search(SearchRequest()).total == 10
