"""Groups of near duplicates as requests look them up: who represents whom, by document numbers.

>>> groups = GroupLookup(DuplicateGroups(np.array([3, 5, 9]), np.array([1, 4, 1])))
>>> groups.copy_count(1), groups.group_of(9), groups.group_of(2)
(2, [1, 3, 9], [])
"""

import numpy as np

from index.corpus import DuplicateGroups


class GroupLookup:
    """Looks up groups of near duplicates; shared by all threads."""

    def __init__(self, groups: DuplicateGroups) -> None:
        """Sort the members of groups by their representatives."""
        self._members, self._representatives = groups
        order = np.argsort(groups.representatives, kind="stable")
        self._grouped_by = groups.representatives[order]
        self._grouped = groups.members[order]

    def copy_count(self, number: int) -> int:
        """Return how many documents a document represents, itself not counted."""
        first, last = np.searchsorted(self._grouped_by, (number, number + 1))
        return int(last - first)

    def representative_of(self, number: int) -> int:
        """Return the document that represents a document: itself, if no other does."""
        row = int(np.searchsorted(self._members, number))
        is_member = row < len(self._members) and self._members[row] == number
        return int(self._representatives[row]) if is_member else number

    def group_of(self, number: int) -> list[int]:
        """Return a document's whole group, its representative first; empty if it is alone."""
        representative = self.representative_of(number)
        first, last = np.searchsorted(self._grouped_by, (representative, representative + 1))
        members: list[int] = self._grouped[first:last].tolist()
        return [representative, *members] if members else []
