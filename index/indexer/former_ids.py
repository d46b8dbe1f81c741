"""Former ids: where links lead whose article has another id now.

When the id of an article goes, an article that was read now may be the same one: it has its text,
or its address. Then the id becomes a former id of that
article. An index of an older version, in which ids were made of files and rows, is such a case; if
none is left, the id that an article would have had by those rules is taken.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from index.corpus import hash_text
from index.generations import Catalog, Trace
from index.indexer.staging import StagingRows


@dataclass(frozen=True, slots=True)
class FormerIds:
    """What becomes of former ids in a change.

    Attributes:
        moved: by the id of an article that is gone, the id of what it is now; None for nothing.
        added: hashes of further former ids, each with the id of its article.
    """

    moved: Mapping[str, str | None] = field(default_factory=dict)
    added: Sequence[tuple[int, str]] = ()


def find_former_ids(
    staging: StagingRows, id_by_number: Mapping[int, str], catalog: Catalog, gone: Iterable[str]
) -> FormerIds:
    """Return what becomes of the ids of articles that are gone.

    Args:
        staging: the articles that were read.
        id_by_number: for each that is in the index, or a copy of one that is, the id of that one.
        catalog: where the articles stood.
        gone: their ids.
    """
    traces = list(catalog.traces(gone))
    keys = {trace.doc_id: _keys(trace, is_old=catalog.is_old) for trace in traces}
    found = _Finder(staging, id_by_number).find(keys) if keys else {}
    moved = {trace.doc_id: found.get(trace.doc_id) for trace in traces}
    return FormerIds(moved, [(hash_text(doc_id), to) for doc_id, to in found.items()])


def find_former_ids_of_all(
    staging: StagingRows, id_by_number: Mapping[int, str], catalog: Catalog | None
) -> FormerIds:
    """Return the former ids of a new index, some of them carried over from the one before.

    Args:
        staging: as `find_former_ids`.
        id_by_number: the same.
        catalog: of the index before; None if there is none. Then nobody knows which ids were in
            use, and all that older versions would have given are taken.
    """
    if catalog is None:
        numbers = (number for number in id_by_number if staging.formers[number])
        return FormerIds(added=[(staging.formers[n], id_by_number[n]) for n in numbers])
    current = frozenset(id_by_number.values())
    gone = (doc_id for doc_id in catalog.ids() if doc_id not in current)
    found = find_former_ids(staging, id_by_number, catalog, gone)
    carried = (
        (former, doc_id if doc_id in current else found.moved.get(doc_id))
        for former, doc_id in catalog.former_ids()
    )
    return FormerIds(added=[*((former, to) for former, to in carried if to), *found.added])


class _Finder:
    """Finds articles that were read, by what is known of articles that are gone."""

    def __init__(self, staging: StagingRows, id_by_number: Mapping[int, str]) -> None:
        self._id_by_number = id_by_number
        columns = (staging.texts, staging.addresses, staging.formers)
        self._columns = [_Column.of(column) for column in columns]

    def find(self, keys_by_id: Mapping[str, Sequence[int]]) -> dict[str, str]:
        """Return what each article is now, by its id, for those that one of their keys finds."""
        found: dict[str, str] = {}
        by_column = zip(*keys_by_id.values(), strict=True)
        for column, keys in zip(self._columns, by_column, strict=True):
            for doc_id, number in zip(keys_by_id, column.find(keys), strict=True):
                current = self._id_by_number.get(number)
                if current not in {None, doc_id}:
                    found.setdefault(doc_id, str(current))
        return found


class _Column(NamedTuple):
    """Hashes of the articles that were read, sorted, each with the number of its article."""

    hashes: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    numbers: "np.ndarray[tuple[int], np.dtype[np.int64]]"

    @classmethod
    def of(cls, column: Sequence[int]) -> "_Column":
        hashes = np.array(column, np.int64)
        order = np.argsort(hashes, kind="stable")
        return cls(hashes[order], order)

    def find(self, keys: Sequence[int]) -> list[int]:
        """Return the number of the first article with each hash; -1 for none and for 0."""
        if not len(self.hashes):
            return [-1] * len(keys)
        wanted = np.array(keys, np.int64)
        places = np.minimum(np.searchsorted(self.hashes, wanted), len(self.hashes) - 1)
        is_found = (self.hashes[places] == wanted) & (wanted != 0)
        found: list[int] = np.where(is_found, self.numbers[places], -1).tolist()
        return found


def _keys(trace: Trace, *, is_old: bool) -> tuple[int, int, int]:
    """Return the hashes by which an article is found again: its text, its address, its old id."""
    return trace.text, trace.address, hash_text(trace.doc_id) if is_old else 0
