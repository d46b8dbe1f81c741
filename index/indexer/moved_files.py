"""Moved files: known files that are no longer there, and where their folder is now.

A file that is no longer there has moved when an article of it is read from another file. If that
has the same name, the folders above tell where the others have gone: each known file of the old
folder is the one at the same place in the new folder, whatever that holds by now.

>>> find_folders(b"/arsip/lama/2024/a.txt", b"/arsip/baru/2024/a.txt")
(b'/arsip/lama', b'/arsip/baru')
"""

import os
from collections.abc import Iterable, Sequence
from functools import cache

from index.generations import KnownFile


class MovedFiles:
    """Finds the known files that have moved."""

    def __init__(self, known: Iterable[KnownFile]) -> None:
        self._path_by_number = {file.number: file.path for file in known}
        self.is_missing = cache(self._is_missing)

    def find(self, found: Iterable[int], read: Sequence[bytes], *, prune: bool) -> set[int]:
        """Return the files that have moved.

        Args:
            found: files that are no longer there, of which an article was read again.
            read: the paths of the files that were read.
            prune: count among them all other files of a moved folder that are no longer there.
        """
        moved = set(found) if prune else set()
        there = frozenset(read)
        for old, new in self._folders(found, read):
            for number, path in self._path_by_number.items():
                has_moved = prune or new + path.removeprefix(old) in there
                if path.startswith(old + b"/") and has_moved and self.is_missing(number):
                    moved.add(number)
        return moved

    def _folders(self, found: Iterable[int], read: Sequence[bytes]) -> set[tuple[bytes, bytes]]:
        """Return the old and the new folder of each file that was found in another folder."""
        by_name: dict[bytes, list[bytes]] = {}
        for path in read if found else ():
            by_name.setdefault(_name_of(path), []).append(path)
        folders = set()
        for number in found:
            old = self._path_by_number[number]
            pairs = [find_folders(old, new) for new in by_name.get(_name_of(old), ())]
            folders |= set(sorted(pairs, key=lambda pair: len(pair[0]))[:1])
        return folders

    def _is_missing(self, number: int) -> bool:
        path = self._path_by_number.get(number)
        return path is not None and not os.path.lexists(path)


def _name_of(path: bytes) -> bytes:
    return path.rpartition(b"/")[2]


def find_folders(old: bytes, new: bytes) -> tuple[bytes, bytes]:
    """Return two paths without the end that they share."""
    old_parts, new_parts = old.split(b"/"), new.split(b"/")
    while len(old_parts) > 1 and len(new_parts) > 1 and old_parts[-1] == new_parts[-1]:
        old_parts.pop()
        new_parts.pop()
    return b"/".join(old_parts), b"/".join(new_parts)
