"""Inspect a whole index directory: every generation, its catalogue, the list of those taken down.

Nothing is changed and nothing is locked, so a server may run, and a build, whose folder is passed
over. All files are read once: as long as the disk takes to read them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from index.corpus import find_live_documents
from index.errors import ArchiveError, IndexDamagedError, IndexMissingError
from index.generations.catalog import Catalog
from index.generations.directory import current_number, finished_numbers
from index.generations.generation import Generation, open_generation
from index.generations.takedowns import Takedowns, read_takedowns


class Finding(NamedTuple):
    """Something that is wrong with an index directory.

    Attributes:
        what: what is wrong and what to do.
        is_served: whether it concerns what is served now.
    """

    what: str
    is_served: bool


def inspect_index(index_path: Path) -> Iterator[Finding]:
    """Yield all that is wrong with an index directory."""
    current, listed = None, Takedowns()
    try:
        listed = read_takedowns(index_path)
    except ArchiveError as error:
        yield Finding(str(error), is_served=False)
    try:
        current = current_number(index_path)
    except (IndexMissingError, IndexDamagedError) as error:
        yield Finding(str(error), is_served=True)
    numbers = {*finished_numbers(index_path), *([] if current is None else [current])}
    for number in sorted(numbers, reverse=True):
        try:
            generation = open_generation(index_path, number)
            _compare_catalogue(generation, index_path)
            if number == current:
                yield from _served_though_taken_down(generation, listed)
        except ArchiveError as error:
            of = "the one that is served" if number == current else "kept for a rollback"
            yield Finding(f"Generation {number}, {of}: {error}", is_served=number == current)


def _compare_catalogue(generation: Generation, index_path: Path) -> None:
    """Raise IndexDamagedError when catalogue and segments do not hold the same articles."""
    with Catalog.opened(generation.folder) as catalog:
        listed = sorted(catalog.ids())
    if listed != _live_ids(generation):
        what = "its catalogue and its segments do not hold the same articles"
        raise IndexDamagedError(index_path, what)


def _served_though_taken_down(generation: Generation, listed: Takedowns) -> Iterator[Finding]:
    """Yield a finding for each article on the list that is served: a hand has added it."""
    served = set(_live_ids(generation))
    for line in listed.articles:
        if line.doc_id in served:
            what = f"{line.doc_id} is on the list of those taken down, but is served"
            yield Finding(f"{what}. Run scripts/reindex.py --update PATH", is_served=True)


def _live_ids(generation: Generation) -> list[str]:
    segments = generation.segments()
    return sorted(doc_id for segment, _ in segments for doc_id in find_live_documents(segment)[0])
