"""The groups of near copies of a generation, as a file beside its segments.

A group is known by the article that represents it. Articles are told by their document numbers,
those of the first segment first, so the file holds for one generation only; each build or update
groups all articles anew, and an updated index has the groups that a rebuilt one would have.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.corpus.near_duplicates import Traits, group_copies
from index.segments.array_file import map_file, write_arrays
from index.segments.segment import Segment

GROUPS_NAME = "copies.groups"
ID_FIELD = "id"


class CopyGroups(NamedTuple):
    """Which articles another one represents.

    Attributes:
        members: their document numbers, in order.
        representatives: the number of the one that represents each.
    """

    members: NDArray[np.int64]
    representatives: NDArray[np.int64]


NO_COPIES = CopyGroups(np.empty(0, np.int64), np.empty(0, np.int64))


def write_groups(
    folder: Path, segments: Iterable[tuple[Segment, int]], doc_ids: Sequence[str], traits: Traits
) -> int:
    """Group the articles of a generation, write the groups; return how many are represented.

    Args:
        folder: the generation's.
        segments: its segments, each with the number of its first document.
        doc_ids: the articles.
        traits: what tells their copies, in the same order.
    """
    representatives = group_copies(doc_ids, traits)
    copies = np.flatnonzero(representatives != np.arange(len(representatives)))
    groups = NO_COPIES
    if len(copies):
        number_of = _numbers(segments)
        pairs = sorted(
            (number_of[doc_ids[copy]], number_of[doc_ids[int(representatives[copy])]])
            for copy in copies.tolist()
        )
        groups = CopyGroups(*np.array(pairs, np.int64).T)
    write_arrays(folder / GROUPS_NAME, groups._asdict(), {})
    return len(copies)


def read_groups(folder: Path) -> CopyGroups:
    """Return the groups of a generation; none where it was written without any.

    Raises:
        SegmentError: when the file is not one of these.
    """
    if not (folder / GROUPS_NAME).exists():  # one that was lost, its manifest would miss
        return NO_COPIES
    arrays, _ = map_file(folder / GROUPS_NAME)
    return CopyGroups(**{name: arrays[name] for name in CopyGroups._fields})


def _numbers(segments: Iterable[tuple[Segment, int]]) -> Mapping[str, int]:
    """Return the document number of each id, deleted articles left out."""
    numbers: dict[str, int] = {}
    for segment, offset in segments:
        row = segment.fields[ID_FIELD]
        if row.first == row.last:
            continue
        start, stop = segment.posting_range(row.first)[0], segment.posting_range(row.last - 1)[1]
        docs = segment.docs[start:stop].astype(np.int64)
        counts = segment.doc_counts[row.first : row.last]
        ids = (
            term.decode("utf-8", "surrogatepass")
            for term in segment.terms.read(row.first, row.last)
        )
        repeated = (doc_id for doc_id, count in zip(ids, counts, strict=True) for _ in range(count))
        for doc_id, doc in zip(repeated, docs.tolist(), strict=True):
            if not len(segment.live) or segment.live[doc]:
                numbers[doc_id] = offset + doc
    return numbers
