"""Groups of near duplicates, stored beside the segments of a generation.

A group is named by its representative. Articles are given by their document numbers, so the file
holds for one generation only. Each build and each update groups all articles again, so an updated
index has the groups that a rebuilt one would have.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.arrays import Int64Array
from index.corpus.live_documents import find_live_documents
from index.segments import Segment, map_file, write_arrays

GROUPS_NAME = "near_duplicates.groups"


class DuplicateGroups(NamedTuple):
    """Which articles are near duplicates of a representative.

    Attributes:
        members: their document numbers, in order; representatives are not among them.
        representatives: the document number of each one's representative.
    """

    members: Int64Array
    representatives: Int64Array


NO_GROUPS = DuplicateGroups(np.empty(0, np.int64), np.empty(0, np.int64))


def write_groups(
    folder: Path,
    segments: Iterable[tuple[Segment, int]],
    representative_by_id: Mapping[str, str],
) -> DuplicateGroups:
    """Write the groups of a generation into its folder, and return them.

    Args:
        folder: the generation's.
        segments: its segments, each with the number of its first document.
        representative_by_id: the result of `index.corpus.near_duplicates.group_near_duplicates`.
    """
    number_by_id = {
        doc_id: first + doc
        for segment, first in segments
        for doc_id, doc in zip(*find_live_documents(segment), strict=True)
    }
    pairs = sorted(
        (number_by_id[member], number_by_id[representative])
        for member, representative in representative_by_id.items()
    )
    groups = DuplicateGroups(*np.array(pairs, np.int64).reshape(-1, 2).T)
    write_arrays(folder / GROUPS_NAME, groups._asdict(), {})
    return groups


def read_groups(folder: Path) -> DuplicateGroups:
    """Return the groups of a generation; none where it was written without any.

    Raises:
        SegmentError: when the file does not hold groups.
    """
    if not (folder / GROUPS_NAME).exists():  # the manifest notices a lost file
        return NO_GROUPS
    arrays, _ = map_file(folder / GROUPS_NAME)
    return DuplicateGroups(**{name: arrays[name] for name in DuplicateGroups._fields})
