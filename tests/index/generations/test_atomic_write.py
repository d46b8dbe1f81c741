"""Atomic writes: the old text or the new one, and nothing beside it."""

import os
from errno import EIO, ENOSPC
from pathlib import Path

import pytest

from index.generations.atomic_write import make_folder, write_atomically


def test_text_replaces_the_one_before(tmp_path: Path) -> None:
    """Letters beyond ASCII too; no unfinished file stays."""
    for text in ("lama", "baru \N{EM DASH} café"):
        write_atomically(tmp_path / "current", text)
        assert (tmp_path / "current").read_text(encoding="utf-8") == text
    assert [path.name for path in tmp_path.iterdir()] == ["current"]


def test_failed_write_leaves_the_old_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk shows when the bytes are synced, before the file is renamed."""
    write_atomically(tmp_path / "current", "lama")

    def fail(_: int) -> None:
        raise OSError(ENOSPC, "disk full")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(tmp_path / "current", "baru")
    assert (tmp_path / "current").read_text(encoding="utf-8") == "lama"


def test_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    """One that is there stays as it is."""
    for _ in range(2):
        make_folder(tmp_path / "a" / "b" / "c")
        (tmp_path / "a" / "b" / "c" / "file").touch()
    assert (tmp_path / "a" / "b" / "c" / "file").is_file()


@pytest.mark.parametrize("before", ["lama", None])
def test_failed_sync_of_the_name_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    """Readers would see the new text although its writer was told that it failed."""
    path = tmp_path / "current"
    if before:
        write_atomically(path, before)
    fsync, calls = os.fsync, []

    def fail_second(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(EIO, "disk failed")
        fsync(descriptor)

    monkeypatch.setattr("os.fsync", fail_second)
    with pytest.raises(OSError, match="disk failed"):
        write_atomically(path, "baru")
    assert (path.read_text(encoding="utf-8") if path.exists() else None) == before
