"""Which generation is served: let go of at once when replaced, tried again when it failed."""

import gc
import resource
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from errno import EACCES
from itertools import pairwise
from pathlib import Path
from weakref import ref

import pytest

from index.errors import ArchiveError, IndexUnreadableError
from index.generations.directory import current_number, generation_path
from index.indexer import remove_articles
from search.columnar_engine import ColumnarEngine
from search.current_index import RETRY_SECONDS_LEAST, RETRY_SECONDS_MOST, CurrentIndex
from search.request import SearchRequest
from search.served_generation import ServedGeneration

Row = dict[str, object]
Build = Callable[[Sequence[Row]], Path]
OpenAt = Callable[..., ColumnarEngine]
MAPS, DESCRIPTORS = Path("/proc/self/maps"), Path("/proc/self/fd")
TAKE_UPS_MOST = 1_000_000
"""Looks at an engine that never takes up a new generation."""
GENERATIONS = 50

QUERIES = ("", "kabar", "kabr beras", '"harga beras"', "har*", "zzzz", "harga -gula", "b")


def rows(count: int, *, alike: bool = False) -> list[Row]:
    """Articles, each with words of its own, or all alike but for their names."""
    own = "Harga beras naik di pasar pagi ini, kata para pedagang beras di kota. " * 3
    return [
        {
            "id": f"n{number}",
            "title": f"Kabar {number}",
            "body": own if alike else f"{own} " + f"kata{number} " * 40,
            "source": f"Koran {number}",
            "tags": ["pangan"],
        }
        for number in range(count)
    ]


@pytest.fixture
def _no_collector() -> Iterator[None]:
    """Let Python free only what nothing refers to, as in a server that seldom collects."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def held(index_path: Path) -> tuple[int, int]:
    """How many files of an index this process has open, and how many it has mapped."""
    opened = 0
    for descriptor in DESCRIPTORS.iterdir():
        with suppress(OSError):  # the one that lists the others is closed by now
            opened += str(descriptor.readlink()).startswith(str(index_path))
    return opened, MAPS.read_text(encoding="utf-8").count(str(index_path))


def ask_everything(engine: ColumnarEngine) -> None:
    """Ask in every way, and in ways that fail."""
    for query_text in QUERIES:
        for copies in (False, True):
            with suppress(ArchiveError):
                engine.search(SearchRequest(query_text=query_text, copies=copies))
        for doc_id in ("n1", "tak-ada"):
            with suppress(ArchiveError):
                engine.document(doc_id, query_text)
            with suppress(ArchiveError):
                engine.similar(doc_id, 5)
        with suppress(ArchiveError):
            engine.complete(query_text, 8)


@pytest.mark.skipif(not MAPS.exists(), reason="needs /proc to count open files")
@pytest.mark.usefixtures("_no_collector")
@pytest.mark.parametrize("alike", [False, True], ids=["each its own", "near duplicates"])
@pytest.mark.parametrize("seconds", [30.0, 1e-9], ids=["answered", "stopped"])
def test_a_replaced_generation_is_let_go_without_a_collector(
    build: Build,
    open_engine_at: OpenAt,
    alike: bool,  # noqa: FBT001 - a case, by name
    seconds: float,
) -> None:
    """After the last request that reads it, whatever was asked: no file and no memory of it."""
    index_path = build(rows(5, alike=alike))
    engine = open_engine_at(index_path, seconds=seconds)
    ask_everything(engine)
    first = held(index_path)
    assert min(first) > 0
    for _ in range(2):
        build(rows(5, alike=alike))
        engine.refresh()
        ask_everything(engine)
        assert held(index_path) == first


@pytest.mark.skipif(not MAPS.exists(), reason="needs /proc to count open files")
@pytest.mark.usefixtures("_no_collector")
def test_fifty_generations_leave_no_more_than_two(build: Build, open_engine_at: OpenAt) -> None:
    """Open files, mapped files and files on the disk are as after the second."""
    index_path = build(rows(3))
    engine = open_engine_at(index_path)

    def footprint() -> tuple[object, ...]:
        return (*held(index_path), len([*(index_path / "generations").rglob("*")]))

    seen = []
    for _ in range(GENERATIONS):
        build(rows(3))
        engine.refresh()
        engine.search(SearchRequest(query_text="kabar"))
        seen.append(footprint())
    assert set(seen[1:]) == {seen[1]}


@pytest.mark.skipif(not MAPS.exists(), reason="needs /proc to count open files")
@pytest.mark.usefixtures("_no_collector")
def test_a_request_holds_the_generation_that_it_reads(build: Build) -> None:
    """Until it ends, and no longer."""
    index_path = build(rows(3))
    served = ServedGeneration(index_path)
    served.refresh()
    reading = served.opened()
    both = held(index_path)
    build(rows(3))
    served.refresh()
    assert held(index_path) > both
    del reading
    assert held(index_path) == both
    served.close()
    assert held(index_path) == (0, 0)


@pytest.mark.skipif(not MAPS.exists(), reason="needs /proc to count open files")
@pytest.mark.usefixtures("_no_collector")
def test_what_two_generations_share_stays_and_the_rest_is_let_go(build: Build) -> None:
    """By reference alone: after a removal the mapped file stays, after a build it goes, too."""
    index_path = build(rows(6))
    served = ServedGeneration(index_path)
    served.refresh()
    first = served.opened()
    segment = first.snapshot.views[0].segment
    mapped, shared = held(index_path), ref(segment)
    own = [ref(first), ref(first.snapshot), ref(first.generation.whoosh.storage)]
    remove_articles(index_path, ["n1"])
    gc.collect()  # what the command itself has left, before anything is taken up
    served.refresh()
    (renewed,) = served.opened().snapshot.views
    assert renewed.segment.shares_file(segment)
    assert renewed.segment.live_count == segment.live_count - 1
    del first, segment
    assert [each() for each in own] == [None] * len(own)
    assert shared() is not None
    assert held(index_path) == mapped
    del renewed
    build(rows(6))
    served.refresh()
    assert shared() is None
    assert held(index_path) == mapped
    served.close()


def test_a_generation_that_shares_files_is_verified_where_it_does_not(build: Build) -> None:
    """Damage in what a removal wrote is told, and the one before is served on."""
    index_path = build(rows(3))
    served = ServedGeneration(index_path)
    served.refresh()
    remove_articles(index_path, ["n1"])
    folder = generation_path(index_path, current_number(index_path))
    (contents,) = folder.glob("*.toc")
    contents.write_bytes(contents.read_bytes()[:-1])
    served.refresh()
    assert contents.name in served.problem
    assert served.opened().snapshot.doc_count == len(rows(3))
    served.close()


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@contextmanager
def no_more_files() -> Iterator[None]:
    """Let this process open no file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_generation_that_could_not_be_opened_is_tried_again(build: Build) -> None:
    """Out of descriptors: told as what it is, the old one serves on, the new one comes later."""
    clock = Clock()
    index_path = build(rows(1))
    served = ServedGeneration(index_path, clock)
    served.refresh()
    build(rows(2))
    with no_more_files():
        served.refresh()
    assert served.opened().snapshot.doc_count == 1
    assert "files open" in served.problem
    assert "damaged" not in served.problem
    assert served.cause is IndexUnreadableError
    served.refresh()
    assert served.opened().snapshot.doc_count == 1, "it was tried again at once"
    clock.now += RETRY_SECONDS_LEAST
    served.refresh()
    assert (served.opened().snapshot.doc_count, served.problem) == (2, "")
    served.close()


def test_a_damaged_generation_is_tried_ever_more_seldom(build: Build) -> None:
    """Each try reads every file: twice as long until the next one, up to a bound."""
    clock = Clock()
    index_path = build(rows(1))
    (generation_path(index_path, current_number(index_path)) / "manifest.json").unlink()
    served = ServedGeneration(index_path, clock)
    tries = []
    for _ in range(4000):
        before = served.problem = "not tried"
        served.refresh()
        if served.problem != before:
            tries.append(clock.now)
        clock.now += 0.25
    waits = [later - sooner for sooner, later in pairwise(tries)]
    assert waits[:3] == [RETRY_SECONDS_LEAST, 2 * RETRY_SECONDS_LEAST, 4 * RETRY_SECONDS_LEAST]
    assert max(waits) == waits[-1] == RETRY_SECONDS_MOST


def test_a_folder_that_was_away_for_a_moment_is_no_damage(build: Build) -> None:
    """As when a disk is mounted again: served on, and not opened anew when it is back."""
    index_path = build(rows(1))
    served = ServedGeneration(index_path)
    served.refresh()
    opened = served.opened()
    away = index_path.rename(index_path.with_name("away"))
    served.refresh()
    assert served.opened() is opened
    assert "damaged" not in served.problem
    away.rename(index_path)
    served.refresh()
    assert served.opened() is opened
    assert served.problem == ""
    served.close()


def test_a_watching_engine_takes_up_generations_by_itself(
    build: Build, open_engine_at: OpenAt
) -> None:
    """No request asks for it, and none waits for it."""
    index_path = build(rows(1))
    engine = open_engine_at(index_path)
    engine.watch()
    for number in (2, 3):
        build(rows(number))
        counts = (engine.status().doc_count for _ in range(TAKE_UPS_MOST))
        assert any(count == number for count in counts)


class Refused(CurrentIndex[str]):
    """An index that the system lets nobody read."""

    def _read_stamp(self) -> int:
        return 1

    def _open_current(self) -> str:
        raise PermissionError(EACCES, "Permission denied")

    def _is_current(self, opened: str) -> bool:
        return bool(opened)


def test_what_the_system_refuses_is_told_with_the_index_and_what_to_do() -> None:
    """The system's own two words would tell no operator which files they concern."""
    index = Refused("var/index")
    index.refresh()
    assert "var/index cannot be opened now: this user may not read it" in index.problem
