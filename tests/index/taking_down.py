"""The list of articles taken down, as tests read and write it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from index.generations.takedowns import (
    Evidence,
    TakenDown,
    list_path,
    read_takedowns,
    write_takedowns,
)


def read_taken_down(index_path: Path) -> list[TakenDown]:
    """Return the articles on the list."""
    return read_takedowns(index_path).articles


def take_down(
    index_path: Path, doc_ids: Iterable[str], evidence: Mapping[str, Evidence] | None = None
) -> None:
    """Add ids to the list, as a hand would do; complete lines of which more is known now."""
    known = evidence or {}
    added = {doc_id: known.get(doc_id, Evidence()) for doc_id in doc_ids}
    listed = read_takedowns(index_path).with_articles(added).completed(known)
    write_takedowns(listed, list_path(index_path))
