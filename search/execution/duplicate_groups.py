"""The groups of near copies as requests see them: who represents whom, by document numbers.

>>> copies = Copies(DuplicateGroups(np.array([3, 5, 9]), np.array([1, 4, 1])))
>>> copies.count(1), copies.group_of(9), copies.group_of(2)
(2, [1, 3, 9], [])
"""

import numpy as np

from index.corpus.duplicate_groups import DuplicateGroups


class Copies:
    """Looks up groups of copies; shared by all threads."""

    def __init__(self, groups: DuplicateGroups) -> None:
        self._members, self._representatives = groups
        order = np.argsort(groups.representatives, kind="stable")
        self._grouped_by = groups.representatives[order]
        self._grouped = groups.members[order]

    def count(self, number: int) -> int:
        """Return how many documents a document represents, itself not counted."""
        first, last = np.searchsorted(self._grouped_by, (number, number + 1))
        return int(last - first)

    def representative_of(self, number: int) -> int:
        """Return the document that represents a document: itself, if no other does."""
        place = int(np.searchsorted(self._members, number))
        is_member = place < len(self._members) and self._members[place] == number
        return int(self._representatives[place]) if is_member else number

    def group_of(self, number: int) -> list[int]:
        """Return a document's whole group, the one that represents it first; empty if alone."""
        representative = self.representative_of(number)
        first, last = np.searchsorted(self._grouped_by, (representative, representative + 1))
        members: list[int] = self._grouped[first:last].tolist()
        return [representative, *members] if members else []
