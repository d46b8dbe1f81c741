"""A build: what it reports, what it leaves behind, and that nothing interrupts the old index."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.errors import (
    IndexLockedError,
    IndexShrunkError,
    NoDocumentsError,
    PathError,
)
from index.generations.directory import current_number, generation_path
from index.indexer.build import STEPS, build_index
from index.indexer.rollback import roll_back_index as roll_back
from index.ingest import ReadOptions
from index.ingest.registry import READERS
from search.columnar_engine import ColumnarEngine
from search.request import SearchRequest

Served = Callable[[Path], list[str]]
Articles = Callable[..., Path]
Snapshot = Callable[[Path], dict[str, bytes]]

HOLD_LOCK = """
import sys
from pathlib import Path
from index.generations.directory import build_lock
with build_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


class InterruptedBuildError(Exception):
    """Stands for whatever ends a build from within: a full disk, a key pressed."""


@contextmanager
def other_process_builds(index_path: Path) -> Iterator[None]:
    """Let another process hold the lock of an index directory."""
    command = [sys.executable, "-c", HOLD_LOCK, str(index_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        yield
        holder.send_signal(signal.SIGKILL)


def live_files(index_path: Path, snapshot: Snapshot) -> dict[str, bytes]:
    """Return what readers may look at: all but the lock and the list of refused articles."""
    files = snapshot(index_path)
    return {name: data for name, data in files.items() if name not in ("lock", "rejected.jsonl")}


def test_first_build_serves_every_article(
    tmp_path: Path, articles: Articles, served: Served
) -> None:
    """An index directory that does not exist is made, with all its parents."""
    report = build_index([articles("a", "b")], tmp_path / "var" / "index")
    assert report.doc_count == 2
    assert served(tmp_path / "var" / "index") == ["a", "b"]


def test_report_counts_what_was_read(tmp_path: Path, articles: Articles) -> None:
    """Documents, those without a date, and those of which the reader noticed something."""
    dated = articles("a", date="28/8/2024")
    unreadable = articles("b", "c", name="b.jsonl", date="entah kapan")
    report = build_index([dated, unreadable], tmp_path / "index")
    assert (report.generation, report.doc_count) == (1, 3)
    assert (report.undated_count, report.noted_count) == (2, 2)
    assert report.seconds > 0


def test_report_gives_the_size_on_disk(tmp_path: Path, articles: Articles) -> None:
    """All files of the generation, and nothing but them."""
    report = build_index([articles("a")], tmp_path / "index")
    files = generation_path(tmp_path / "index", 1).iterdir()
    assert report.size == sum(len(path.read_bytes()) for path in files)


def test_refused_articles_are_counted_and_listed(tmp_path: Path, articles: Articles) -> None:
    """Commonest reason first in the report; path, row, reason and detail in the list."""
    (tmp_path / "kosong.txt").write_bytes(b"")
    bad = articles("x", "y", name="bad.jsonl", body="")
    paths = [articles("a"), tmp_path / "kosong.txt", bad]
    report = build_index(paths, tmp_path / "index")
    listed = [json.loads(line) for line in report.rejections_path.read_text().splitlines()]
    assert list(report.rejected.items()) == [("no_body", 2), ("empty", 1)]
    assert report.rejections_path == tmp_path / "index" / "rejected.jsonl"
    assert [(Path(row["path"]).name, row["line"], row["reason"]) for row in listed] == [
        ("kosong.txt", 0, "empty"),
        ("bad.jsonl", 1, "no_body"),
        ("bad.jsonl", 2, "no_body"),
    ]
    assert all(row["detail"] for row in listed)


def test_list_of_refused_articles_is_begun_anew(tmp_path: Path, articles: Articles) -> None:
    """What an earlier build refused is not told again."""
    build_index([articles("a"), articles("", name="bad.jsonl", body="")], tmp_path / "index")
    report = build_index([articles("a")], tmp_path / "index")
    assert report.rejected == {}
    assert report.rejections_path.read_text() == ""


def test_duplicates_are_reported_and_the_first_is_kept(
    tmp_path: Path, articles: Articles, served: Served
) -> None:
    """The id and the place of the first are named, so that they can be compared."""
    first = articles("a", "b", name="1.jsonl")
    second = articles("b", "c", name="2.jsonl", body="Beras lain.")
    report = build_index([first, second], tmp_path / "index")
    listed = json.loads(report.rejections_path.read_text())
    assert report.rejected == {"duplicate": 1}
    assert (listed["path"], listed["line"]) == (str(second), 1)
    assert listed["detail"].startswith(f"its id is that of b, read from {first}:2")
    assert served(tmp_path / "index") == ["a", "b", "c"]


def test_ids_are_stable_when_the_archive_moves_and_grows(tmp_path: Path, served: Served) -> None:
    """An article without id and address is known by its path below the folder given."""
    here, there = tmp_path / "here", tmp_path / "there"
    (here / "2024").mkdir(parents=True)
    (here / "2024" / "m.txt").write_text("Harga Beras\nHarga beras turun di pasar pagi ini.\n")
    (here / "m.jsonl").write_text('{"title": "Satu", "body": "Harga beras naik."}\n')
    build_index([here], tmp_path / "first")
    shutil.copytree(here, there)
    (there / "2024" / "a.txt").write_text("Gula\nHarga gula dan beras turun di pasar.\n")
    build_index([there], tmp_path / "second")
    before, after = served(tmp_path / "first"), served(tmp_path / "second")
    assert len(before) == 2
    assert len(set(after) - set(before)) == 1
    assert set(before) < set(after)


def test_steps_are_told_in_their_order(tmp_path: Path, articles: Articles) -> None:
    """A progress bar, and the kill test, rely on every one of them."""
    told: list[str] = []
    build_index([articles("a")], tmp_path / "index", on_step=told.append)
    assert tuple(told) == STEPS


def test_every_file_is_synced_before_readers_see_the_index(
    tmp_path: Path, articles: Articles, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut after the swap finds the catalogue and what stands beside the segments, too."""
    synced: set[int] = set()
    monkeypatch.setattr("os.fsync", lambda descriptor: synced.add(os.fstat(descriptor).st_ino))
    missing: list[str] = []

    def look(step: str) -> None:
        if step == "numbered":
            files = generation_path(tmp_path / "index", 1).iterdir()
            missing.extend(path.name for path in files if path.stat().st_ino not in synced)

    build_index([articles("a")], tmp_path / "index", on_step=look)
    assert synced
    assert missing == []


def test_kinds_of_files_in_the_error_are_those_of_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever names an empty folder is told what is read, a new kind of file too."""
    monkeypatch.setitem(READERS, ".epub", READERS[".html"])
    (tmp_path / "archive").mkdir()
    with pytest.raises(NoDocumentsError) as raised:
        build_index([tmp_path / "archive"], tmp_path / "index")
    assert [suffix for suffix in READERS if suffix not in str(raised.value)] == []


def test_bytes_told_add_up_to_the_archive(tmp_path: Path, articles: Articles) -> None:
    """A progress bar ends at its end."""
    paths = [articles("a", "b"), articles("c", name="c.jsonl")]
    told: list[int] = []
    build_index(paths, tmp_path / "index", ReadOptions(on_bytes=told.append))
    files = [file for path in paths for file in ([path], path.iterdir())[path.is_dir()]]
    assert sum(told) == sum(file.stat().st_size for file in files) > 0


def test_path_that_does_not_exist_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    """Not even the index directory is made."""
    with pytest.raises(PathError, match="no file or folder"):
        build_index([tmp_path / "nowhere"], tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_archive_without_articles_changes_nothing(
    old_index: Path, articles: Articles, snapshot: Snapshot
) -> None:
    """How many were refused and why is told, and where they are listed."""
    before = live_files(old_index, snapshot)
    with pytest.raises(
        NoDocumentsError, match=r"Refused: 2 no_body; see .*rejected\.failed\.jsonl"
    ):
        build_index([articles("a", "b", body="")], old_index)
    assert len((old_index / "rejected.failed.jsonl").read_text().splitlines()) == 2
    (old_index / "rejected.failed.jsonl").unlink()
    assert live_files(old_index, snapshot) == before


def test_index_that_would_shrink_is_refused(
    old_index: Path, articles: Articles, snapshot: Snapshot
) -> None:
    """Two articles instead of three are fewer than 90 %; the message says how to insist."""
    before = live_files(old_index, snapshot)
    with pytest.raises(IndexShrunkError, match=r"has 2 articles.* has 3;.*--allow-shrink"):
        build_index([articles("a", "b")], old_index)
    (old_index / "rejected.failed.jsonl").unlink()
    assert live_files(old_index, snapshot) == before


def test_file_that_is_named_twice_is_read_once(tmp_path: Path, articles: Articles) -> None:
    """By itself, and by its folder: else each of its articles would be a copy of itself."""
    archive = articles("a", "b")
    report = build_index([archive, tmp_path, archive], tmp_path / "index")
    assert (report.read_count, report.doc_count, report.copy_count) == (1, 2, 0)


def test_index_below_the_archive_is_not_read(tmp_path: Path, articles: Articles) -> None:
    """Its own list of refused articles, above all: a build would read what it writes for ever."""
    articles("a", "b")
    articles("c", name="bad.jsonl", body="")
    for _ in range(2):
        report = build_index([tmp_path], tmp_path / "index")
        assert (report.doc_count, report.rejected) == (2, {"no_body": 1})


def test_index_may_shrink_when_told(old_index: Path, articles: Articles, served: Served) -> None:
    """--allow-shrink is for archives that really became smaller."""
    build_index([articles("a")], old_index, allow_shrink=True)
    assert served(old_index) == ["a"]


@pytest.mark.parametrize(("count", "is_accepted"), [(9, True), (8, False)])
def test_index_may_shrink_to_nine_tenths(
    tmp_path: Path, articles: Articles, served: Served, count: int, *, is_accepted: bool
) -> None:
    """Nine of ten articles are enough, eight are not."""
    build_index([articles(*map(str, range(10)))], tmp_path / "index")
    archive = articles(*map(str, range(count)))
    if is_accepted:
        build_index([archive], tmp_path / "index")
    else:
        with pytest.raises(IndexShrunkError):
            build_index([archive], tmp_path / "index")
    assert len(served(tmp_path / "index")) == (count if is_accepted else 10)


def test_build_is_refused_while_another_process_builds(
    old_index: Path, old_ids: list[str], articles: Articles, served: Served
) -> None:
    """The lock is the system's: it is free as soon as its holder is dead, and not before."""
    archive = articles("a", "b", "c", "d")
    with other_process_builds(old_index):
        with pytest.raises(IndexLockedError, match="Another build is writing"):
            build_index([archive], old_index)
        with pytest.raises(IndexLockedError):
            roll_back(old_index)
        assert served(old_index) == old_ids
    build_index([archive], old_index)
    assert served(old_index) == ["a", "b", "c", "d"]


def test_refused_build_does_not_take_the_lock_away(old_index: Path, articles: Articles) -> None:
    """A third build is refused as the second was."""
    with other_process_builds(old_index):
        for _ in range(2):
            with pytest.raises(IndexLockedError):
                build_index([articles("a")], old_index)


def test_reader_during_a_build_sees_the_old_index(
    old_index: Path, old_ids: list[str], articles: Articles, served: Served
) -> None:
    """Whoever opens the index at a step finds one whole index: old before the swap, then new."""
    seen: dict[str, list[str]] = {}
    build_index(
        [articles("a", "b", "c")],
        old_index,
        on_step=lambda step: seen.update({step: served(old_index)}),
    )
    swap = STEPS.index("current")
    assert [seen[step] for step in STEPS[:swap]] == [old_ids] * swap
    assert [seen[step] for step in STEPS[swap:]] == [["a", "b", "c"]] * (len(STEPS) - swap)


def test_query_during_a_build_sees_the_old_index(old_index: Path, articles: Articles) -> None:
    """An engine that was open before answers all along, and takes up the new index after."""
    engine = ColumnarEngine(old_index, 10)
    request = SearchRequest(query_text="beras")
    totals: list[int] = []
    archive = articles("a", "b", "c", "d")
    build_index([archive], old_index, on_step=lambda _: totals.append(engine.search(request).total))
    engine.refresh()
    assert totals == [3] * len(STEPS)
    assert engine.search(request).total == 4
    engine.close()


@pytest.mark.parametrize("step", STEPS)
def test_build_that_fails_leaves_one_whole_index(
    old_index: Path, old_ids: list[str], articles: Articles, served: Served, step: str
) -> None:
    """Nothing of the failed build lies about, and the next one is not refused."""

    def fail(told: str) -> None:
        if told == step:
            raise InterruptedBuildError

    with pytest.raises(InterruptedBuildError):
        build_index([articles("a", "b", "c")], old_index, on_step=fail)
    is_new = STEPS.index(step) >= STEPS.index("current")
    assert served(old_index) == (["a", "b", "c"] if is_new else old_ids)
    assert not list(old_index.rglob("*.tmp*"))
    build_index([articles("x", "y", "z")], old_index)
    assert served(old_index) == ["x", "y", "z"]


def test_previous_generation_stays_and_older_ones_go(old_index: Path, articles: Articles) -> None:
    """Two indexes at most lie on the disk, and no number is used twice."""
    for _ in range(3):
        build_index([articles("a", "b", "c")], old_index)
    names = sorted(path.name for path in (old_index / "generations").iterdir())
    assert (current_number(old_index), names) == (4, ["3", "4"])


def test_articles_may_hold_anything(tmp_path: Path, served: Served) -> None:
    """Lone surrogates, zero characters, sounds without letters: the rest of the archive builds."""
    values = ["\ud800", "\x00", "\uff9e", "\ufdfa", "a\u0327\u0301" * 500, "😀", "½", "'", "\u2028"]
    rows = [
        {"id": f"id{value}", "title": f"x {value}", "body": f"beras {value}", "tags": [value]}
        for value in values
    ]
    archive = tmp_path / "odd.jsonl"
    archive.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    report = build_index([archive], tmp_path / "index")
    assert report.doc_count + report.copy_count == len(values)  # some are empty once they are clean
    assert len(served(tmp_path / "index")) == report.doc_count > 0


def test_file_in_the_way_of_the_index_stays_as_it_is(tmp_path: Path, articles: Articles) -> None:
    """A path that was mistaken for a directory is never overwritten."""
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(OSError, match=r"notes\.txt"):
        build_index([articles("a")], tmp_path / "notes.txt")
    assert (tmp_path / "notes.txt").read_text() == "mine"
