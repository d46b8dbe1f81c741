"""The index directory: numbers only grow, the pointer moves in one step, one build at a time."""

from contextlib import suppress
from pathlib import Path

import pytest

from index.errors import (
    IndexDamagedError,
    IndexLockedError,
    IndexMissingError,
)
from index.generations.directory import (
    build_lock,
    building_folder,
    building_path,
    current_number,
    earlier_numbers,
    generation_path,
    next_number,
    point_to,
    pointer_stamp,
    remove_generations,
)


def make_generations(index_path: Path, *names: str, manifest: bool = True) -> None:
    """Make folders of generations, finished ones unless told otherwise."""
    for name in names:
        folder = index_path / "generations" / name
        folder.mkdir(parents=True)
        if manifest:
            (folder / "manifest.json").write_text("{}")


def names_of(index_path: Path) -> list[str]:
    """Return what lies in the folder of generations."""
    return sorted(path.name for path in (index_path / "generations").iterdir())


def test_pointer_gives_back_the_number_it_was_given(tmp_path: Path) -> None:
    """A second call replaces the first, and nothing else is left beside it."""
    for number in (1, 12):
        point_to(tmp_path, number)
    assert current_number(tmp_path) == 12
    assert [path.name for path in tmp_path.iterdir()] == ["current"]


def test_pointer_stamp_changes_with_every_replacement(tmp_path: Path) -> None:
    """Even when the number is the same again: a reader must look anew."""
    stamps = [pointer_stamp(tmp_path)]
    for number in (1, 2, 1):
        point_to(tmp_path, number)
        stamps.append(pointer_stamp(tmp_path))
    assert stamps[0] == ()
    assert len(set(stamps[1:])) == 3


def test_directory_without_pointer_has_no_index(tmp_path: Path) -> None:
    """Whether the directory is empty, not there, or a file."""
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path, tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(IndexMissingError):
            current_number(path)


@pytest.mark.parametrize("told", [b"", b"\n", b"one", b"-1", b"1.0", b"1 2", b"\xff", b"\xc2\xb2"])
def test_pointer_without_a_number_is_damage(tmp_path: Path, told: bytes) -> None:
    """What is no plain number is never guessed at."""
    (tmp_path / "current").write_bytes(told)
    with pytest.raises(IndexDamagedError, match="does not hold a number"):
        current_number(tmp_path)


def test_pointer_that_is_a_folder_is_damage(tmp_path: Path) -> None:
    """An error of the system becomes one of ours."""
    (tmp_path / "current").mkdir()
    with pytest.raises(IndexDamagedError, match="cannot be read"):
        current_number(tmp_path)


def test_endless_pointer_is_read_in_part(tmp_path: Path) -> None:
    """A number with 10,000 digits costs no more than any other."""
    (tmp_path / "current").write_bytes(b"9" * 10_000)
    assert len(str(current_number(tmp_path))) <= 20


@pytest.mark.parametrize(
    ("names", "number"), [((), 1), (("1",), 2), (("2", "10", "9"), 11), (("3", "7.tmp"), 8)]
)
def test_next_number_is_greater_than_any_used(
    tmp_path: Path, names: tuple[str, ...], number: int
) -> None:
    """Numbers count as numbers, and those of builds that died count too."""
    make_generations(tmp_path, *names)
    assert next_number(tmp_path) == number


def test_next_number_passes_over_what_is_no_generation(tmp_path: Path) -> None:
    """A folder that somebody left there is none of ours."""
    make_generations(tmp_path, "lost+found", ".cache", "2")
    assert next_number(tmp_path) == 3


def test_earlier_numbers_are_the_finished_ones_before_the_current(tmp_path: Path) -> None:
    """Newest first; later ones, unfinished ones and remains of builds do not count."""
    make_generations(tmp_path, "2", "9", "10", "12")
    make_generations(tmp_path, "8", "9.tmp", manifest=False)
    point_to(tmp_path, 10)
    assert earlier_numbers(tmp_path) == [9, 2]
    point_to(tmp_path, 9)
    assert earlier_numbers(tmp_path) == [2]


def test_first_generation_has_none_before_it(tmp_path: Path) -> None:
    """Neither a later one nor an unfinished one is offered instead."""
    make_generations(tmp_path, "3", "4")
    make_generations(tmp_path, "2", manifest=False)
    point_to(tmp_path, 3)
    assert earlier_numbers(tmp_path) == []


def test_damaged_pointer_leaves_every_finished_one_to_go_back_to(tmp_path: Path) -> None:
    """Nothing tells which one was served."""
    make_generations(tmp_path, "3", "4")
    (tmp_path / "current").write_text("four")
    assert earlier_numbers(tmp_path) == [4, 3]


def test_reaping_keeps_what_it_is_told_and_what_is_none_of_ours(tmp_path: Path) -> None:
    """Remains of builds go even when their number is one to keep."""
    make_generations(tmp_path, "1", "2", "3", "3.tmp", "10", "lost+found")
    remove_generations(tmp_path, {2, 3})
    assert names_of(tmp_path) == ["2", "3", "lost+found"]


def test_folder_of_a_failed_build_is_removed(tmp_path: Path) -> None:
    """With all that it holds."""
    make_generations(tmp_path, "1")
    with suppress(KeyboardInterrupt), building_folder(tmp_path, 2) as folder:
        (folder / "half").write_bytes(b"")
        raise KeyboardInterrupt
    assert names_of(tmp_path) == ["1"]


def test_folder_that_was_given_its_number_stays(tmp_path: Path) -> None:
    """A build that went well has renamed it."""
    make_generations(tmp_path, "1")
    with building_folder(tmp_path, 2) as folder:
        assert folder == building_path(tmp_path, 2)
        folder.rename(generation_path(tmp_path, 2))
    assert names_of(tmp_path) == ["1", "2"]


def test_lock_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    """Whoever comes second is refused and does not wait."""
    with build_lock(tmp_path), pytest.raises(IndexLockedError), build_lock(tmp_path):
        pytest.fail("two builds at once")


def test_lock_is_free_again_however_its_holder_ends(tmp_path: Path) -> None:
    """It makes the directory it needs, and its file stays there to be locked again."""
    index_path = tmp_path / "var" / "index"
    with suppress(KeyboardInterrupt), build_lock(index_path):
        raise KeyboardInterrupt
    with build_lock(index_path):
        assert (index_path / "lock").exists()
