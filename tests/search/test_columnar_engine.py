"""The engine over time: no index, a damaged one, a new one, many threads, nothing left behind."""

import datetime as dt
import pickle
import random
import shutil
import struct
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from index.document import Document
from index.generations.directory import current_number, generation_path
from index.generations.manifest import make_manifest, write_manifest
from index.indexer.rollback import roll_back_index as roll_back
from index.segments.array_file import VERSION
from search.columnar_engine import ColumnarEngine
from search.engine import open_engine
from search.errors import DocumentMissingError, EngineUnavailableError, QueryTimeoutError
from search.request import SORTS, FacetChoice, SearchRequest
from search.results import SearchResults

Row = dict[str, object]
Build = Callable[[Sequence[Row]], Path]
OpenAt = Callable[..., ColumnarEngine]
DESCRIPTORS = Path("/proc/self/fd")
SEARCHES_MOST = 20_000
"""Searches of a thread that waits for a generation that never comes."""


def edition(number: int) -> list[Row]:
    """An edition of ten articles times its number; every one of them names it."""
    return [
        {"id": f"{number}-{n}", "title": f"Edisi{number}", "body": body, "tags": [f"t{number}"]}
        for n, body in enumerate(f"Kabar {n}." for n in range(number * 10))
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
    """How many files this process holds open; nothing is collected for it."""
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
    engine = ColumnarEngine(index_path, 5)
    engine.search(SearchRequest(query_text="kabar"))
    assert open_file_count() > before
    engine.close()
    assert open_file_count() <= before
    with pytest.raises(EngineUnavailableError, match="closed"):
        engine.search(SearchRequest())


def test_a_query_beyond_its_time_is_stopped_and_the_next_one_answered(
    archive_of: Callable[[Iterable[Document]], Path], open_engine_at: OpenAt
) -> None:
    """What was stopped leaves nothing behind: articles are read, no file stays open."""
    documents = (Document(doc_id=str(n), title="Kabar", body=f"Soal {n}.") for n in range(10))
    engine = open_engine_at(archive_of(documents), seconds=1e-9)
    before = open_file_count() if DESCRIPTORS.exists() else 0
    for query_text in ("kabar", '"soal 7"', "ka* -soal", "zzzz"):
        with pytest.raises(QueryTimeoutError, match="was stopped after 1e-09 seconds"):
            engine.search(SearchRequest(query_text=query_text))
        assert engine.document("7", query_text).document.body == "Soal 7."
    assert (open_file_count() if DESCRIPTORS.exists() else 0) <= before


QUERY_TEXTS = (
    *("", "kabar", "harga beras", "harga OR beras", '"harga beras"', "ka*", "-gula", "bers"),
    *(
        "harga -gula tanggal:2024",
        "tag:pangan",
        "judul:harga (beras OR gula)",
        "zzzz",
        "haarga gulaa",
    ),
)
"""Every way to the index: all articles, words, phrases, prefixes, dates, spelling."""


def requests_of_all_kinds() -> list[SearchRequest]:
    """Each query in each order, with and without filters."""
    chosen = SearchRequest().with_choice("tag", FacetChoice(include=("pangan",), without=True))
    return [
        SearchRequest(query_text=text, sort=sort, choices=choices, any_word=any_word)
        for text in QUERY_TEXTS
        for sort in SORTS
        for choices in ((), chosen.choices)
        for any_word in (False, True)
    ]


def test_threads_get_the_answers_that_one_gets(
    archive_of: Callable[[Iterable[Document]], Path], open_engine_at: OpenAt
) -> None:
    """Four at once on one engine that was just opened, each asking everything in its own order."""
    rng = random.Random(1)
    words = "kabar harga beras gula teh pasar".split()
    index_path = archive_of(
        Document(
            doc_id=str(n),
            title=" ".join(rng.choices(words, k=3)),
            body="\n".join(" ".join(rng.choices(words, k=30)) for _ in range(3)),
            tags=tuple(rng.choices(("pangan", "pasar"), k=rng.randint(0, 2))),
            date=dt.date(2024, 1, 1) + dt.timedelta(days=n) if n % 7 else None,
        )
        for n in range(800)
    )
    asked = requests_of_all_kinds()
    alone = open_engine_at(index_path)
    expected = {request: replace(alone.search(request), took_ms=0) for request in asked}
    engine = open_engine_at(index_path)

    def differing(seed: int) -> list[SearchRequest]:
        mixed = random.Random(seed).sample(asked, len(asked))
        return [r for r in mixed if replace(engine.search(r), took_ms=0) != expected[r]]

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(differing, range(4))) == [[]] * 4


class UnpickledError(Exception):
    """Raised by a file that runs code when it is unpickled."""


def spring() -> None:
    """Tell that it was unpickled."""
    raise UnpickledError


class Trap:
    """Springs when it is unpickled."""

    def __reduce__(self) -> tuple[Callable[[], None], tuple[()]]:
        return spring, ()


def altered_at_random(data: bytes, rng: random.Random) -> bytes:
    """Cut a file, or give some of its bytes other values."""
    if rng.random() < 0.4:
        return data[: rng.randrange(len(data))]
    altered = bytearray(data)
    for place in rng.sample(range(len(data)), rng.randint(1, 3)):
        altered[place] ^= rng.randint(1, 255)
    return bytes(altered)


@pytest.mark.parametrize("seed", range(4))
def test_no_file_altered_at_random_is_opened(build: Build, seed: int) -> None:
    """Cut or flipped anywhere, in any file: a sentence and no answer, never another error."""
    index_path, rng = build(edition(3)), random.Random(seed)
    for path in sorted(live_files(index_path)):
        data = path.read_bytes()
        for _ in range(25):
            path.write_bytes(altered_at_random(data, rng))
            status = open_engine(str(index_path), 5).status()
            assert (status.is_open, status.doc_count) == (False, 0)
            assert "scripts/reindex.py" in status.problem
        path.write_bytes(data)
    assert open_engine(str(index_path), 5).status().is_open


def test_nothing_is_unpickled_before_it_is_checked(build: Build) -> None:
    """A crafted file under any name is refused; the manifest comes first."""
    index_path = build(edition(1))
    for path in live_files(index_path):
        data = path.read_bytes()
        path.write_bytes(pickle.dumps(Trap()))
        assert not open_engine(str(index_path), 5).status().is_open
        path.write_bytes(data)
    with pytest.raises(UnpickledError):
        pickle.loads(pickle.dumps(Trap()))  # noqa: S301 - to see that it would be told


def test_segment_of_another_version_is_told_in_a_sentence(build: Build) -> None:
    """As after an update of Kliping: vouched for, and in another form; the engine opens nothing."""
    index_path = build(edition(1))
    folder = generation_path(index_path, 1)
    (segment,) = folder.glob("*.col")
    written = bytearray(segment.read_bytes())
    written[8:16] = struct.pack("<Q", VERSION + 1)
    segment.write_bytes(written)
    write_manifest(make_manifest(folder, 10), folder)
    status = open_engine(str(index_path), 5).status()
    assert not status.is_open
    assert "was built by another version" in status.problem
