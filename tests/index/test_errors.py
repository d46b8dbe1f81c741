"""Every error, provoked by its real cause, says what is wrong and what to do next."""

import errno
import inspect
import multiprocessing
import os
import re
import resource
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index import errors
from index.errors import (
    ArchiveError,
    ArchiveIndexError,
    BuildCheckError,
    ClockError,
    ColumnMapError,
    CorrectionError,
    IndexDamagedError,
    IndexLockedError,
    IndexMissingError,
    IndexShrunkError,
    IndexUnreadableError,
    NoDocumentsError,
    NoPreviousGenerationError,
    PackageError,
    PathError,
    ReadersLostError,
    SchemaMismatchError,
    SourceError,
    TakedownsError,
)
from index.failures import tell_failure
from index.generations.catalog_tables import CATALOG_NAME
from index.generations.directory import build_lock, current_folder, generation_path
from index.generations.generation import open_current
from index.generations.manifest import make_manifest, read_manifest, write_manifest
from index.generations.verification import ExpectedIndex, check_generation
from index.indexer.build import build_index
from index.indexer.corrections import parse_corrections
from index.indexer.rollback import roll_back_index as roll_back
from index.indexer.update import update_index
from index.indexer.work_units import SmallFiles, WorkUnit
from index.indexer.worker_pool import read_work_units
from index.ingest import LIMITS, parse_column_map
from index.ingest.text.decoding import decode_text
from index.installed import installed_version

ROOT = Path(__file__).parents[2]


def lose_readers(_: Path) -> None:
    """Read with two workers, and kill both when both are started."""

    def units() -> Iterator[WorkUnit]:
        for _ in range(2):
            yield SmallFiles(0, [], LIMITS, {})
        for process in multiprocessing.active_children():
            os.kill(process.pid or 0, signal.SIGKILL)

    list(read_work_units(units(), 2))


def cut_a_file(index_path: Path) -> None:
    """Open an index of which a file was cut."""
    (generation_path(index_path, 1) / "MAIN_000001.col").write_bytes(b"")
    open_current(index_path)


def change_the_schema(index_path: Path) -> None:
    """Open an index with another schema."""
    folder = generation_path(index_path, 1)
    write_manifest(replace(read_manifest(folder), schema="0" * 16), folder)
    open_current(index_path)


def lock_twice(index_path: Path) -> None:
    """Build while a build is under way."""
    with build_lock(index_path), build_lock(index_path):
        pytest.fail("two builds at once")


def shrink(index_path: Path) -> None:
    """Build an index of one article over one of three."""
    one = index_path.parent / "one.jsonl"
    one.write_text('{"title": "Satu", "body": "Isi."}\n', encoding="utf-8")
    build_index([one], index_path)


def build_of_nothing(index_path: Path) -> None:
    """Build from a folder without articles."""
    empty = index_path.parent / "empty"
    empty.mkdir()
    build_index([empty], index_path)


def expect_one_more(index_path: Path) -> None:
    """Check a generation that has lost a document."""
    check_generation(generation_path(index_path, 1), ExpectedIndex(doc_count=4), index_path)


def open_without_descriptors(index_path: Path) -> None:
    """Open an index in a process that may open no more files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        open_current(index_path)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


Provoke = Callable[[Path], object]


def break_the_list(index_path: Path) -> None:
    """Build with a list of takedowns that a disk has filled with zeros."""
    (index_path / "taken_down.txt").write_bytes(bytes(9))
    build_index([Path("samples/sains")], index_path)


def build_in_the_past(index_path: Path) -> None:
    """Build with a clock that lies before the time of the index."""
    folder = current_folder(index_path)
    write_manifest(replace(read_manifest(folder), built_at="2999-01-01T00:00:00+00:00"), folder)
    build_index([Path("samples/sains")], index_path)


CAUSES: dict[type[ArchiveError], tuple[Provoke, str, str]] = {
    SourceError: (lambda _: decode_text(b"a\x00b"), "binary: ", "See what is read of the file: "),
    PathError: (
        lambda path: build_index([path / "none"], path),
        "There is no file or folder",
        "Check how it is spelled",
    ),
    ColumnMapError: (lambda _: parse_column_map(["judul"]), "'judul'", "COLUMN=KEY, as in --map"),
    CorrectionError: (
        lambda path: parse_corrections('a,title,"b', path / "corrections.csv"),
        "line 1 of ",
        "How one is written",
    ),
    PackageError: (
        lambda _: installed_version("no-such-package"),
        "no-such-package does not tell its version",
        "make setup",
    ),
    ReadersLostError: (lose_readers, "ended a process that read", "--processes 1"),
    IndexMissingError: (lambda path: open_current(path / "i"), "There is no index", "Build one: "),
    IndexDamagedError: (cut_a_file, "is damaged: MAIN_000001.col", "Go back one generation: "),
    IndexUnreadableError: (open_without_descriptors, "files open as it may", "ulimit -n"),
    SchemaMismatchError: (change_the_schema, "built by another version", "Build it again: "),
    IndexLockedError: (lock_twice, "Another build is writing", "Wait until it ends"),
    IndexShrunkError: (shrink, "has 1 articles, the live one", "add --allow-shrink"),
    BuildCheckError: (expect_one_more, "failed its check (the number", "Run the build again"),
    NoDocumentsError: (build_of_nothing, "No article was found", "Name files that can be read"),
    TakedownsError: (break_the_list, "bytes that are no text", "has a copy of the list"),
    ClockError: (build_in_the_past, "The clock of this machine says", "set it, then try again"),
    NoPreviousGenerationError: (roll_back, "holds no earlier index", "Build the one you want"),
}
"""For each error: what provokes it in an index of three articles, the fault, the next step."""

ABSTRACT = {ArchiveError, ArchiveIndexError}


def concrete_errors() -> set[type[ArchiveError]]:
    """Return every class of error that is raised as itself."""
    found = {each for _, each in inspect.getmembers(errors, inspect.isclass)}
    return {each for each in found if issubclass(each, Exception)} - ABSTRACT


def test_every_error_is_provoked_here() -> None:
    """A new error needs a cause, a fault and a next step in the table above."""
    assert set(CAUSES) == concrete_errors()
    assert all(issubclass(error, ArchiveError) for error in CAUSES)


@pytest.mark.parametrize("error", CAUSES, ids=lambda error: error.__name__)
def test_error_says_what_is_wrong_and_what_to_do_next(
    error: type[ArchiveError], old_index: Path
) -> None:
    """In this order; the scripts and the options that it names exist."""
    provoke, fault, advice = CAUSES[error]
    with pytest.raises(error) as caught:
        provoke(old_index)
    assert type(caught.value) is error
    message = str(caught.value)
    assert 0 <= message.index(fault) < message.index(advice)
    for script, _, options in (
        match.partition(" ") for match in re.findall(r"scripts/\S.*", message)
    ):
        assert (ROOT / script).is_file()
        parts = (ROOT / script, ROOT / "scripts/indexing/options.py")
        text = "".join(part.read_text(encoding="utf-8") for part in parts)
        assert [name for name in re.findall(r"--[a-z-]+", options) if f'"{name}"' not in text] == []
    assert "\n" not in message


@pytest.mark.parametrize("error", CAUSES, ids=lambda error: error.__name__)
def test_error_of_an_index_names_its_directory(error: type[ArchiveError], old_index: Path) -> None:
    """As an attribute, for whoever has several."""
    provoke, _, _ = CAUSES[error]
    if issubclass(error, ArchiveIndexError):
        with pytest.raises(error) as caught:
            provoke(old_index)
        assert Path(caught.value.index_path).is_relative_to(old_index)


def test_catalogue_that_cannot_be_read_names_the_index_directory(old_index: Path) -> None:
    """And not the folder of a generation, where no command helps."""
    folder = generation_path(old_index, 1)
    (folder / CATALOG_NAME).write_bytes(b"no database" * 100)
    write_manifest(make_manifest(folder, 3), folder)
    with pytest.raises(IndexDamagedError, match="catalog") as caught:
        update_index([], old_index)
    assert caught.value.index_path == old_index
    assert f"PATH --index {old_index}" in str(caught.value)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EFBIG, "a: a file may not grow further; kept. Raise the limit of file sizes"),
        (errno.EISDIR, "a: Is a directory; kept. Check the path"),
    ],
)
def test_what_the_system_refuses_is_told_without_its_number(number: int, words: str) -> None:
    """With the path that it is about, whether there is advice of our own or not."""
    told = tell_failure(OSError(number, os.strerror(number), "a"), "kept")
    assert (told or "").startswith(words)
