"""A generation that is open stays readable, whatever becomes of its folder."""

import gc
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.generations.directory import generation_path
from index.generations.generation import Generation, open_current
from index.indexer.build import build_index

OPEN_FILES = Path("/proc/self/fd")


def count_of(generation: Generation, word: str) -> int:
    """Return how many articles have a word, by a searcher opened for it."""
    with generation.whoosh.searcher() as searcher:
        return len(list(searcher.document_numbers(body=word)))


def test_open_generation_outlives_two_builds(
    old_index: Path, articles: Callable[..., Path]
) -> None:
    """A request may still be at work in it when it is reaped, and may open a new searcher."""
    generation = open_current(old_index)
    for _ in range(2):
        build_index([articles("a", "b", "c")], old_index)
    assert not generation_path(old_index, 1).exists()
    assert count_of(generation, "beras") == 3
    ((segment, _),) = generation.segments()
    assert "pangan" in segment.facet_values


def test_open_generation_does_not_see_what_is_written_in_its_place(old_index: Path) -> None:
    """What the manifest vouched for is what is read."""
    generation = open_current(old_index)
    folder = generation_path(old_index, 1)
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "_MAIN_1.toc").write_bytes(b"something else")
    assert count_of(generation, "beras") == 3


@pytest.mark.skipif(not OPEN_FILES.is_dir(), reason="the system does not list open files")
def test_generation_that_was_let_go_holds_no_file(old_index: Path) -> None:
    """A server that takes up a thousand builds does not run out of open files."""
    gc.collect()
    before = len(list(OPEN_FILES.iterdir()))
    for _ in range(3):
        assert count_of(open_current(old_index), "beras") == 3
    gc.collect()
    assert len(list(OPEN_FILES.iterdir())) == before
