"""Going back a generation, and building anew where the served one is of no use."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import (
    IndexDamagedError,
    IndexMissingError,
    IndexShrunkError,
    NoPreviousGenerationError,
    SchemaMismatchError,
)
from index.generations.directory import current_number, generation_path
from index.indexer.build import build_index
from index.indexer.rollback import roll_back_index as roll_back

Served = Callable[[Path], list[str]]
Articles = Callable[..., Path]


def test_roll_back_serves_the_previous_index(
    old_index: Path, old_ids: list[str], articles: Articles, served: Served
) -> None:
    """One step back and no further; the new generation is still there to look at."""
    build_index([articles("a", "b", "c")], old_index)
    assert roll_back(old_index).generation == 1
    assert served(old_index) == old_ids
    with pytest.raises(NoPreviousGenerationError, match="no earlier index"):
        roll_back(old_index)
    assert served(old_index) == old_ids


def test_build_after_a_roll_back_keeps_what_was_served(
    old_index: Path, old_ids: list[str], articles: Articles, served: Served
) -> None:
    """The bad generation is reaped; a second roll back leads to the good one again."""
    build_index([articles("bad-1", "bad-2", "bad-3")], old_index)
    roll_back(old_index)
    build_index([articles("a", "b", "c")], old_index)
    assert (current_number(old_index), served(old_index)) == (3, ["a", "b", "c"])
    roll_back(old_index)
    assert served(old_index) == old_ids


def test_roll_back_without_an_index_makes_none(tmp_path: Path) -> None:
    """A directory that was misspelt stays what it was: not there."""
    with pytest.raises(IndexMissingError, match="There is no index in"):
        roll_back(tmp_path / "indx")
    assert not (tmp_path / "indx").exists()


def test_roll_back_to_a_damaged_index_changes_nothing(
    old_index: Path, articles: Articles, served: Served
) -> None:
    """A sound index is never given up for one that cannot be opened."""
    build_index([articles("a", "b", "c")], old_index)
    (generation_path(old_index, 1) / "MAIN_000001.col").write_bytes(b"")
    with pytest.raises(IndexDamagedError, match=r"MAIN_000001\.col"):
        roll_back(old_index)
    assert served(old_index) == ["a", "b", "c"]


def test_build_over_a_damaged_index_keeps_the_sound_one_before_it(
    old_index: Path, old_ids: list[str], articles: Articles, served: Served
) -> None:
    """What cannot be opened is no index to go back to."""
    build_index([articles("a", "b", "c")], old_index)
    (generation_path(old_index, 2) / "MAIN_000001.col").write_bytes(b"")
    build_index([articles("d", "e", "f")], old_index)
    assert roll_back(old_index).generation == 1
    assert served(old_index) == old_ids


def test_roll_back_mends_a_damaged_pointer(
    old_index: Path, old_ids: list[str], served: Served
) -> None:
    """As the message about it advises."""
    (old_index / "current").write_text("one")
    assert roll_back(old_index).generation == 1
    assert served(old_index) == old_ids


def test_roll_back_to_another_schema_changes_nothing(
    old_index: Path, articles: Articles, served: Served, other_schema: Callable[[Path], None]
) -> None:
    """After an update of Kliping, the previous index may be one that it cannot read."""
    build_index([articles("a", "b", "c")], old_index)
    other_schema(generation_path(old_index, 1))
    with pytest.raises(SchemaMismatchError):
        roll_back(old_index)
    assert served(old_index) == ["a", "b", "c"]


@pytest.mark.parametrize("damaged", ["current", "manifest.json", "MAIN_000001.col", "generation"])
def test_damaged_live_index_does_not_stop_a_rebuild(
    old_index: Path, articles: Articles, served: Served, damaged: str
) -> None:
    """To build anew is what the message of a damaged index advises."""
    if damaged == "generation":
        shutil.rmtree(generation_path(old_index, 1))
    elif damaged == "current":
        (old_index / "current").write_bytes(b"\xff")
    else:
        (generation_path(old_index, 1) / damaged).write_bytes(b"{")
    with pytest.raises(IndexDamagedError):
        served(old_index)
    build_index([articles("a", "b", "c")], old_index)
    assert served(old_index) == ["a", "b", "c"]


def test_index_of_another_schema_does_not_stop_a_rebuild(
    old_index: Path, articles: Articles, served: Served, other_schema: Callable[[Path], None]
) -> None:
    """To build anew is what the message of another schema advises."""
    other_schema(generation_path(old_index, 1))
    build_index([articles("a", "b", "c")], old_index)
    assert served(old_index) == ["a", "b", "c"]


def test_index_of_another_schema_still_may_not_shrink(
    old_index: Path, articles: Articles, other_schema: Callable[[Path], None]
) -> None:
    """Its manifest tells how many articles it had, whoever can read the rest."""
    other_schema(generation_path(old_index, 1))
    with pytest.raises(IndexShrunkError):
        build_index([articles("a")], old_index)


def test_older_generation_that_cannot_be_removed_does_not_fail_a_build(
    old_index: Path, articles: Articles, served: Served
) -> None:
    """Once readers see the new index, the build went well, whatever is left to tidy."""
    (old_index / "generations" / "0").write_bytes(b"a file, where folders are expected")
    build_index([articles("a", "b", "c")], old_index)
    assert served(old_index) == ["a", "b", "c"]
