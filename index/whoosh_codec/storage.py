"""A storage whose files stay open, so that they can be read after their folder is removed.

Whoosh opens its files anew for every searcher. By then the folder may be gone: two builds later a
generation is removed, and a request may still read it. So every file is opened once, with the
generation, and each searcher gets a view of its own; the system keeps the bytes until the last view
is closed. It also makes sure that the bytes that are read are those that the manifest verified.
"""

import mmap
import os
import weakref
from collections.abc import Callable, Hashable, Iterable
from fnmatch import fnmatch
from io import BytesIO
from os import path
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

_WHOOSH_FILES = "*MAIN_*"
"""How the names of Whoosh's own files are built, around its default name of an index."""

Shared = TypeVar("Shared")


class OpenFileStorage(FileStorage):
    """Whoosh's files in a folder, as they were when it was made, for reading only.

    Raises:
        OSError: when a file cannot be opened.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), readonly=True)  # type: ignore[no-untyped-call]  # Whoosh's
        self._descriptors: dict[str, int] = {}
        self._shared: dict[Hashable, object] = {}
        self._lock = Lock()
        weakref.finalize(self, _close_all, self._descriptors.values())
        for file in folder.iterdir():  # `glob` would hide what the system refuses
            if fnmatch(file.name, _WHOOSH_FILES):
                self._descriptors[file.name] = os.open(file, os.O_RDONLY)

    def open_file(self, name: str, **kwargs: Any) -> StructFile:
        """Return a view of a file, which can be moved about on its own."""
        # An empty file cannot be mapped.
        view: Any = BytesIO()
        if self.file_length(name):
            view = mmap.mmap(self._descriptors[name], 0, access=mmap.ACCESS_READ)
        return StructFile(view, name=name, **kwargs)

    def descriptor(self, name: str) -> int:
        """Return the descriptor of a file, which is open for as long as the storage exists."""
        return self._descriptors[name]

    def shared(self, key: Hashable, make: Callable[[], Shared]) -> Shared:
        """Return what was made for this key by the first caller; all others share it.

        What was made of a file alone has the file's name as its key; see `share_from`.
        """
        with self._lock:
            if key not in self._shared:
                self._shared[key] = make()
            return cast("Shared", self._shared[key])

    def share_from(self, other: "OpenFileStorage") -> None:
        """Share what another storage made of files that are the same on disk, by their names.

        A file that is open keeps its number, so equal numbers mean the same file.
        """
        for name, value in other.made_of_files().items():
            if self.file_exists(name) and path.samestat(self.status(name), other.status(name)):
                self._shared[name] = value

    def made_of_files(self) -> dict[str, object]:
        """Return what was made of a file alone, by the file's name."""
        with self._lock:
            return {key: made for key, made in self._shared.items() if isinstance(key, str)}

    def status(self, name: str) -> os.stat_result:
        """Return what the system knows of a file."""
        return os.fstat(self._descriptors[name])

    def list(self) -> list[str]:
        """Return the names of all files."""
        return list(self._descriptors)

    def file_exists(self, name: str) -> bool:
        """Return whether there is such a file."""
        return name in self._descriptors

    def file_length(self, name: str) -> int:
        """Return the size of a file in bytes."""
        return self.status(name).st_size


def _close_all(descriptors: Iterable[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)
