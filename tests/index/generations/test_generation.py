"""Opening an index: whatever was cut, altered, removed or added is refused before it is used."""

import errno
import json
import os
import pickle
import resource
import shutil
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC

from index.errors import (
    IndexDamagedError,
    IndexMissingError,
    IndexUnreadableError,
    PackageError,
    SchemaMismatchError,
)
from index.failures import shortage_behind
from index.generations.catalog import Catalog
from index.generations.directory import generation_path
from index.generations.generation import open_current
from index.generations.inspection import inspect_index
from index.generations.manifest import (
    MANIFEST_NAME,
    make_manifest,
    read_manifest,
    write_manifest,
)
from index.segments.array_file import VERSION


class SideEffect:
    """Writes a file when it is unpickled: what a crafted index would do to its reader."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return Path.touch, (self.path,)


@pytest.fixture(scope="module")
def generation(
    old_index_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Return the folder of the one generation of an index; each test leaves it as it was."""
    copy = tmp_path_factory.mktemp("victim") / "index"
    shutil.copytree(old_index_template, copy)
    yield generation_path(copy, 1)
    open_current(copy)


@contextmanager
def altered(path: Path, data: bytes | None) -> Iterator[None]:
    """Give a file other bytes, or none: then it is not there."""
    before = path.read_bytes() if path.exists() else None
    write(path, data)
    try:
        yield
    finally:
        write(path, before)


def write(path: Path, data: bytes | None) -> None:
    """Write a file, or remove it."""
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)


def index_of(generation: Path) -> Path:
    """Return the index directory of a generation."""
    return generation.parents[1]


def files_of(generation: Path) -> list[Path]:
    """Return all files of a generation, the manifest among them."""
    return sorted(generation.iterdir())


def name_told(path: Path) -> str:
    """Return what an error says of a damaged file."""
    return "no sound manifest" if path.name == MANIFEST_NAME else path.name


def crafted_toc(generation: Path, crafted: object) -> bytes:
    """Return the table of contents that Whoosh writes when a segment of it is something else."""
    storage = RamStorage()
    schema = TOC.read(FileStorage(str(generation)), "MAIN").schema
    TOC(schema, [crafted], 1).write(storage, "MAIN")
    with storage.open_file("_MAIN_1.toc") as file:
        return bytes(file.read())


def assert_damaged(generation: Path, what: str) -> None:
    """Assert that opening is refused, in words that name the index and the command that mends."""
    index_path = index_of(generation)
    with pytest.raises(IndexDamagedError) as caught:
        open_current(index_path)
    assert what in str(caught.value)
    assert f"scripts/reindex.py PATH --index {index_path}" in str(caught.value)
    assert caught.value.index_path == index_path


def test_untouched_index_opens(generation: Path) -> None:
    """The tests below damage an index that is sound."""
    opened = open_current(index_of(generation))
    assert (opened.number, opened.manifest.doc_count, opened.whoosh.doc_count()) == (1, 3, 3)
    assert set(opened.manifest.files) == {
        path.name for path in files_of(generation) if path.name != MANIFEST_NAME
    }


@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_file_that_was_cut_is_refused(generation: Path, share: float) -> None:
    """To nothing, to half, or by its last byte: every file that holds any."""
    for path in files_of(generation):
        data = path.read_bytes()
        if data:
            with altered(path, data[: min(int(len(data) * share), len(data) - 1)]):
                assert_damaged(generation, name_told(path))


def test_file_with_more_at_its_end_is_refused(generation: Path) -> None:
    """Of every file, even one that was empty."""
    for path in files_of(generation):
        with altered(path, path.read_bytes() + b"x"):
            assert_damaged(generation, name_told(path))


def test_file_that_is_missing_is_refused(generation: Path) -> None:
    """Each file is needed, or it would not be there."""
    for path in files_of(generation):
        with altered(path, None):
            assert_damaged(generation, name_told(path))


@given(data=st.data())
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_file_with_one_flipped_bit_is_refused(generation: Path, data: st.DataObject) -> None:
    """At any place of any file: length and date of the file tell nothing."""
    path = data.draw(st.sampled_from([p for p in files_of(generation) if p.stat().st_size]))
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    with altered(path, bytes(content)):
        assert_damaged(generation, name_told(path))


def test_files_that_changed_places_are_refused(generation: Path) -> None:
    """A checksum belongs to a name."""
    first, second = generation / "MAIN_000001.col", generation / "_MAIN_1.toc"
    with altered(first, second.read_bytes()), altered(second, first.read_bytes()):
        assert_damaged(generation, "MAIN_000001.col was cut or altered")


@pytest.mark.parametrize("name", ["_MAIN_99.toc", "note.txt", ".hidden", "manifest.json.tmp"])
def test_stranger_among_the_files_is_refused(generation: Path, name: str) -> None:
    """Whoosh would open a newer table of contents if it lay there."""
    with altered(generation / name, b"x"):
        assert_damaged(generation, f"{name} does not belong to it")


@contextmanager
def files_most(count: int) -> Iterator[None]:
    """Let this process open no file with a number from `count` on."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def open_all(index_path: Path) -> int:
    """Open an index and its catalogue; return how many articles that has."""
    with Catalog.opened(open_current(index_path).folder) as catalog:
        return len(list(catalog.ids()))


def inspect_all(index_path: Path) -> int:
    """Inspect an index; what is found is no damage."""
    told = [finding.what for finding in inspect_index(index_path)]
    assert [what for what in told if "damaged" in what] == []
    return 0 if told else 3


@pytest.mark.parametrize("read", [open_all, inspect_all])
def test_want_of_descriptors_is_never_damage(generation: Path, read: Callable[[Path], int]) -> None:
    """Whichever file is the first that the system does not open: it is told as what it is."""
    numbers: list[int | None] = []
    for count in range(3, 500):
        try:
            with files_most(count):
                if read(index_of(generation)):
                    break
                numbers.append(errno.EMFILE)
        except (IndexUnreadableError, OSError) as error:
            numbers.append(shortage_behind(error.__cause__ or error))
    assert set(numbers) == {errno.EMFILE}
    assert 3 < len(numbers) < 400


LOOPS = (MANIFEST_NAME, "MAIN_000001.col", "catalog.sqlite", "../../current")


@pytest.mark.parametrize("name", LOOPS)
def test_path_that_leads_round_is_no_damage(generation: Path, name: str) -> None:
    """The sentence says what it is, for every kind of file."""
    path = generation / name
    with altered(path, None):
        path.symlink_to(path.name)
        with pytest.raises(IndexUnreadableError, match="leads round in links") as caught:
            open_current(index_of(generation))
        path.unlink()
    assert caught.value.number == errno.ELOOP


@pytest.mark.parametrize("metadata", ["", "Name: whoosh3\n", None])
def test_package_without_a_version_is_told(
    generation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, metadata: str | None
) -> None:
    """Its metadata was cut, or is not there: a sentence with the command that mends it."""
    folder = tmp_path / "whoosh3-3.54.dist-info"
    folder.mkdir()
    if metadata is not None:
        (folder / "METADATA").write_text(metadata)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(PackageError, match=r"whoosh3 does not tell its version.*make setup"):
        open_current(index_of(generation))


def test_folder_in_place_of_a_file_is_refused(generation: Path) -> None:
    """An error of the system becomes one of ours."""
    with altered(generation / "MAIN_000001.col", None):
        (generation / "MAIN_000001.col").mkdir()
        assert_damaged(generation, "MAIN_000001.col")
        (generation / "MAIN_000001.col").rmdir()


@pytest.mark.parametrize("told", [b"", b"\xff", b"2", b"1 1", b"9" * 99, b"../1"])
def test_pointer_that_leads_nowhere_is_refused(generation: Path, told: bytes) -> None:
    """No other generation is guessed at."""
    with altered(index_of(generation) / "current", told):
        assert_damaged(generation, "")


def test_index_without_pointer_is_missing(generation: Path) -> None:
    """Then no build ever ended there, and the message says how to make one."""
    missing = pytest.raises(IndexMissingError, match=r"scripts/reindex\.py PATH --index")
    with altered(index_of(generation) / "current", None), missing:
        open_current(index_of(generation))


def test_pickle_in_the_table_of_contents_is_not_run(generation: Path, tmp_path: Path) -> None:
    """The same file runs its code as soon as Whoosh reads it, so the check does come first."""
    toc, ran = generation / "_MAIN_1.toc", tmp_path / "ran"
    with altered(toc, crafted_toc(generation, SideEffect(ran))):
        assert_damaged(generation, toc.name)
        assert not ran.exists()
        TOC.read(FileStorage(str(generation)), "MAIN")
        assert ran.exists()


@pytest.mark.parametrize("name", ["_MAIN_99.toc", "MAIN_000001.col", "MAIN_000002.col", "x.pickle"])
def test_pickle_under_any_name_is_not_run(generation: Path, tmp_path: Path, name: str) -> None:
    """Neither as a stranger nor in place of a file."""
    with altered(generation / name, pickle.dumps(SideEffect(tmp_path / "ran"))):
        assert_damaged(generation, name)
    assert not (tmp_path / "ran").exists()


def test_manifest_changed_by_hand_is_refused(generation: Path) -> None:
    """Its own checksum covers the number of documents as well."""
    path = generation / MANIFEST_NAME
    told = json.loads(path.read_text())
    told["content"]["doc_count"] = 4
    with altered(path, json.dumps(told).encode()):
        assert_damaged(generation, "no sound manifest")


@pytest.mark.parametrize(
    ("change", "what"),
    [({"schema": "0" * 16}, "fields or its analyzer"), ({"whoosh": "2.7.4"}, "Whoosh 2.7.4")],
)
def test_index_of_another_version_is_refused_in_one_sentence(
    generation: Path, change: dict[str, Any], what: str
) -> None:
    """What differs, and the command that mends it, with the directory it is about."""
    before = read_manifest(generation)
    write_manifest(replace(before, **change), generation)
    with pytest.raises(SchemaMismatchError) as caught:
        open_current(index_of(generation))
    write_manifest(before, generation)
    command = f".venv/bin/python scripts/reindex.py PATH --index {index_of(generation)}"
    assert "was built by another version" in str(caught.value)
    assert what in str(caught.value)
    assert str(caught.value).endswith(f"Build it again: {command}")


def test_segment_of_another_form_is_refused_in_one_sentence(generation: Path) -> None:
    """The manifest vouches for it; another version of Kliping wrote it all the same."""
    before, path = read_manifest(generation), generation / "MAIN_000001.col"
    written = bytearray(path.read_bytes())
    written[8:16] = struct.pack("<Q", VERSION + 1)
    with altered(path, bytes(written)):
        write_manifest(make_manifest(generation, 3), generation)
        with pytest.raises(SchemaMismatchError, match=r"have another form.*Build it again: "):
            open_current(index_of(generation))
    write_manifest(before, generation)


def test_another_bugfix_of_whoosh_may_read_the_index(generation: Path) -> None:
    """Its files keep their form within a line of versions."""
    before = read_manifest(generation)
    line = before.whoosh.rpartition(".")[0]
    write_manifest(replace(before, whoosh=f"{line}.999"), generation)
    assert open_current(index_of(generation)).whoosh.doc_count() == 3
    write_manifest(before, generation)


def test_crafted_table_of_another_schema_is_not_run(generation: Path, tmp_path: Path) -> None:
    """An index that is refused for its schema is not opened to find out more."""
    before, crafted = (
        read_manifest(generation),
        crafted_toc(generation, SideEffect(tmp_path / "ran")),
    )
    write_manifest(replace(before, schema="0" * 16), generation)
    with altered(generation / "_MAIN_1.toc", crafted), pytest.raises(SchemaMismatchError):
        open_current(index_of(generation))
    write_manifest(before, generation)
    assert not (tmp_path / "ran").exists()


def test_what_an_open_generation_has_verified_is_known_again(generation: Path) -> None:
    """By place, size and time: it is not read again; altered since, it is read and refused."""
    base = open_current(index_of(generation))
    segment = next(generation.glob("*.col"))
    before = segment.stat()
    data = segment.read_bytes()
    with altered(segment, bytes([*data[:-1], data[-1] ^ 1])):
        with pytest.raises(IndexDamagedError, match=segment.name):
            open_current(index_of(generation), base)
        os.utime(segment, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert open_current(index_of(generation), base).manifest == base.manifest
        with pytest.raises(IndexDamagedError, match=segment.name):
            open_current(index_of(generation))


def test_what_is_copied_is_verified(generation: Path) -> None:
    """Another file of the same name, size and time is not the one that is known."""
    base = open_current(index_of(generation))
    segment = next(generation.glob("*.col"))
    kept, before, data = segment.with_suffix(".kept"), segment.stat(), segment.read_bytes()
    segment.rename(kept)
    try:
        segment.write_bytes(bytes([*data[:-1], data[-1] ^ 1]))
        os.utime(segment, ns=(before.st_atime_ns, before.st_mtime_ns))
        kept.rename(index_of(generation) / "kept")
        with pytest.raises(IndexDamagedError, match=segment.name):
            open_current(index_of(generation), base)
    finally:
        (index_of(generation) / "kept").replace(segment)
